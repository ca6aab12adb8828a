/* export-reply.c: whether a reply's headers and first bytes can be those of an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/text.h"

/* More digits do not fit into 63 bits. */
#define MAX_LENGTH_DIGITS 18

/* Nothing but digits: no sign, no list of two lengths that libsoup has joined. */
static gboolean
parse_length (const char *text,
              gint64     *length)
{
  gsize n = strlen (text);

  if (n == 0 || n > MAX_LENGTH_DIGITS || strspn (text, "0123456789") != n)
    return FALSE;

  *length = g_ascii_strtoll (text, NULL, 10);

  return TRUE;
}

/**
 * wb_export_reply_check_headers:
 * @host: who answered
 * @headers: the headers of a reply with status 200
 * @total_bytes: (out): how long the body is, -1 if the headers do not say
 * @error: return location
 *
 * Checks for one valid length or none, and for bytes that are sent as they are.
 *
 * Returns: %FALSE with %WB_ERROR_SERVICE
 */
gboolean
wb_export_reply_check_headers (const char         *host,
                               SoupMessageHeaders *headers,
                               gint64             *total_bytes,
                               GError            **error)
{
  const char      *length;
  const char      *content_encoding;
  const char      *transfer_encoding;
  g_autofree char *safe_host = NULL;

  g_return_val_if_fail (host != NULL, FALSE);
  g_return_val_if_fail (headers != NULL, FALSE);
  g_return_val_if_fail (total_bytes != NULL, FALSE);

  length = soup_message_headers_get_list (headers, "Content-Length");
  content_encoding = soup_message_headers_get_list (headers, "Content-Encoding");
  transfer_encoding = soup_message_headers_get_list (headers, "Transfer-Encoding");
  safe_host = wb_text_escape (host, -1);

  *total_bytes = -1;
  if (length != NULL && !parse_length (length, total_bytes))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                   /* Translators: a host's name. */
                   _ ("%s did not send a valid length for the export, so Waybill cannot know "
                      "whether it is complete. Try again; a proxy in between may be the cause."),
                   safe_host);
      return FALSE;
    }
  if (content_encoding != NULL && g_ascii_strcasecmp (content_encoding, "identity") != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                   /* Translators: a host's name. */
                   _ ("%s sent the export in a different encoding than requested, so these are "
                      "not the service’s own bytes. A proxy in between may be the cause."),
                   safe_host);
      return FALSE;
    }
  if (transfer_encoding != NULL && g_ascii_strcasecmp (transfer_encoding, "chunked") != 0
      && g_ascii_strcasecmp (transfer_encoding, "identity") != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                   /* Translators: a host's name. */
                   _ ("%s sent the export in a way that cannot be read. A proxy in between may be "
                      "the cause."),
                   safe_host);
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_export_reply_is_zip:
 * @start: the first %WB_EXPORT_REPLY_MAGIC_BYTES bytes of a body, or all of it
 *
 * Returns: whether a ZIP begins like this: with a file, or with the end record of an empty one
 */
gboolean
wb_export_reply_is_zip (GBytes *start)
{
  gsize       length;
  const char *bytes;

  g_return_val_if_fail (start != NULL, FALSE);

  bytes = g_bytes_get_data (start, &length);

  return length >= WB_EXPORT_REPLY_MAGIC_BYTES
         && (memcmp (bytes, "PK\3\4", WB_EXPORT_REPLY_MAGIC_BYTES) == 0
             || memcmp (bytes, "PK\5\6", WB_EXPORT_REPLY_MAGIC_BYTES) == 0);
}

/**
 * wb_export_reply_check_length:
 * @host: who answered
 * @total_bytes: what the headers said, or -1
 * @received_bytes: what came
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_NETWORK if bytes are missing or too many
 */
gboolean
wb_export_reply_check_length (const char *host,
                              gint64      total_bytes,
                              guint64     received_bytes,
                              GError    **error)
{
  g_autofree char *safe_host = NULL;
  g_autofree char *received = NULL;
  g_autofree char *total = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  if (total_bytes < 0 || (guint64) total_bytes == received_bytes)
    return TRUE;

  safe_host = wb_text_escape (host, -1);
  received = g_strdup_printf ("%" G_GUINT64_FORMAT, received_bytes);
  total = g_strdup_printf ("%" G_GINT64_FORMAT, total_bytes);
  g_set_error (error, WB_ERROR, WB_ERROR_NETWORK,
               /* Translators: numbers of bytes, then a host name */
               _ ("%s bytes came instead of the %s that %s announced: the connection broke off. "
                  "Try again."),
               received, total, safe_host);

  return FALSE;
}
