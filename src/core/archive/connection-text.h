/* connection-text.h: a connection file as text to look at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

/* Stands for a secret's value, whatever its length. */
#define WB_SECRET_DOTS "••••••••"

char *wb_connection_text_of_json  (const char   *text,
                                   gsize         length,
                                   WbJsonScan   *scan,
                                   const guint8 *secrets);
char *wb_connection_text_of_utf8  (const char   *text,
                                   gsize         length);
char *wb_connection_text_of_bytes (const guint8 *bytes,
                                   gsize         length);

G_END_DECLS
