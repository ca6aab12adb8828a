/* connection-encoding.h: a connection file's bytes as UTF-8
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WB_ENCODING_UTF8,
  WB_ENCODING_UTF16_LE,
  WB_ENCODING_UTF16_BE,
} WbEncoding;

GBytes *wb_connection_decode (GBytes      *contents,
                              WbEncoding  *encoding,
                              gboolean    *has_mark);
GBytes *wb_connection_encode (const char  *text,
                              gsize        length,
                              WbEncoding   encoding,
                              gboolean     has_mark);

G_END_DECLS
