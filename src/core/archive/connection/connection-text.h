/* connection-text.h: a connection file as text to look at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"

G_BEGIN_DECLS

char *wb_connection_text_of_json  (WbConnectionJson *json);
char *wb_connection_text_of_utf8  (const char       *text,
                                   gsize             length);
char *wb_connection_text_of_bytes (const guint8     *bytes,
                                   gsize             length);
char *wb_connection_text_replace  (WbConnectionJson *json,
                                   const char       *replacement);

G_END_DECLS
