/* text.h: bytes from outside, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *wb_text_escape      (const char *bytes,
                               gssize      length);
char     *wb_text_escape_json (const char *json);
gboolean  wb_text_is_one_line (const char *text);
char     *wb_text_normalize   (const char    *text,
                               GNormalizeMode mode);

G_END_DECLS
