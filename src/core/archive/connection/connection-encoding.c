/* connection-encoding.c: a connection file's bytes as UTF-8
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-encoding.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"

static const char *
get_name (WbEncoding encoding)
{
  return encoding == WB_ENCODING_UTF16_LE ? "UTF-16LE" : "UTF-16BE";
}

/* A byte order mark, or that JSON begins with a character of ASCII. */
static WbEncoding
guess (const guint8 *bytes,
       gsize         length)
{
  if (length < 2 || length % 2 != 0)
    return WB_ENCODING_UTF8;
  if ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] != 0 && bytes[1] == 0))
    return WB_ENCODING_UTF16_LE;
  if ((bytes[0] == 0xfe && bytes[1] == 0xff) || (bytes[0] == 0 && bytes[1] != 0))
    return WB_ENCODING_UTF16_BE;

  return WB_ENCODING_UTF8;
}

/**
 * wb_connection_decode:
 * @contents: a file's bytes
 * @encoding: (out): how it is written
 * @has_mark: (out): whether a byte order mark is before it, as some editors write it
 *
 * Returns: (transfer full): the text without the mark, as UTF-8; or the bytes as they are, where
 *   they are neither UTF-8 nor UTF-16
 */
GBytes *
wb_connection_decode (GBytes     *contents,
                      WbEncoding *encoding,
                      gboolean   *has_mark)
{
  gsize       length;
  const char *bytes = g_bytes_get_data (contents, &length);
  char       *text;
  gsize       text_length;

  *encoding = length > 0 ? guess ((const guint8 *) bytes, length) : WB_ENCODING_UTF8;
  if (*encoding != WB_ENCODING_UTF8)
    {
      text = g_convert (bytes, (gssize) length, "UTF-8", get_name (*encoding), NULL, &text_length,
                        NULL);
      if (text != NULL)
        {
          g_autoptr (GBytes) whole = g_bytes_new_take (text, text_length);

          *has_mark = text_length >= 3 && memcmp (text, MARK, 3) == 0;
          return g_bytes_new_from_bytes (whole, *has_mark ? 3 : 0,
                                         text_length - (*has_mark ? 3 : 0));
        }
      *encoding = WB_ENCODING_UTF8;
    }

  *has_mark = length >= 3 && memcmp (bytes, MARK, 3) == 0;

  return g_bytes_new_from_bytes (contents, *has_mark ? 3 : 0, length - (*has_mark ? 3 : 0));
}

/**
 * wb_connection_encode:
 * @text: UTF-8
 * @length: how many bytes
 * @encoding: how to write it
 * @has_mark: whether to put a byte order mark before it
 *
 * Returns: (transfer full): what wb_connection_decode() reads as @text
 */
GBytes *
wb_connection_encode (const char *text,
                      gsize       length,
                      WbEncoding  encoding,
                      gboolean    has_mark)
{
  GString *whole = g_string_new (has_mark ? MARK : "");
  char    *bytes;

  g_string_append_len (whole, text, (gssize) length);
  if (encoding == WB_ENCODING_UTF8)
    return g_string_free_to_bytes (whole);

  bytes = g_convert (whole->str, (gssize) whole->len, get_name (encoding), "UTF-8", NULL, &length,
                     NULL);
  g_string_free (whole, TRUE);

  return bytes != NULL ? g_bytes_new_take (bytes, length) : g_bytes_new (NULL, 0);
}
