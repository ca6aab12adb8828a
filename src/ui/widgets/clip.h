/* clip.h: a long text cut to what a widget can show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest value to show: GTK lays out all of a label, so a hostile file could block the
 * window. */
#define WB_CLIP_VALUE_BYTES ((gsize) 4 * 1024)

char *wb_clip_text (const char *text,
                    gsize       max_bytes);

G_END_DECLS
