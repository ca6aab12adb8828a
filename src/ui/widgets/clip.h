/* clip.h: a long text cut to what a widget can show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is shown at most, so that a hostile file cannot stop the window: GTK lays out all of a
 * label. */
#define WB_CLIP_VALUE_BYTES ((gsize) 4 * 1024)

char *wb_clip_text (const char *text,
                    gsize       max_bytes);

G_END_DECLS
