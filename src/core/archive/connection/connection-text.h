/* connection-text.h: a connection file as text to look at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-values.h"

G_BEGIN_DECLS

char *wb_connection_text_of_json  (const char     *text,
                                   gsize           length,
                                   WbSecretValues *secrets);
char *wb_connection_text_of_utf8  (const char     *text,
                                   gsize           length);
char *wb_connection_text_of_bytes (const guint8   *bytes,
                                   gsize           length);
char *wb_connection_text_replace  (const char     *text,
                                   gsize           length,
                                   WbSecretValues *secrets,
                                   const char     *replacement);

G_END_DECLS
