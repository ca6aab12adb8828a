/* sample-body.c: the bodies of requests to the sample service
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "sample/sample-service-private.h"

/* A request's body so far. */
typedef struct
{
  gsize    length_bytes;
  gboolean too_large;
} BodyCount;

/* A body that is too large is read to its end, so that the client gets an answer, but not kept. */
static void
count_body (SoupServerMessage *message,
            BodyCount         *count,
            guint64            length_bytes)
{
  if (length_bytes <= WB_SAMPLE_MAX_BODY_BYTES)
    return;

  count->too_large = TRUE;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
got_headers_cb (SoupServerMessage *message,
                BodyCount         *count)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    count_body (message, count, (guint64) soup_message_headers_get_content_length (headers));
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              BodyCount         *count)
{
  count->length_bytes += g_bytes_get_size (chunk);
  count_body (message, count, count->length_bytes);
}

void
wb_sample_body_watch_cb (SoupServer        *server,
                         SoupServerMessage *message,
                         gpointer           user_data)
{
  BodyCount *count = g_new0 (BodyCount, 1);

  g_object_set_data_full (G_OBJECT (message), "body-count", count, g_free);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), count);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), count);
}

gboolean
wb_sample_body_is_too_large (SoupServerMessage *message)
{
  const BodyCount *count = g_object_get_data (G_OBJECT (message), "body-count");

  return count != NULL && count->too_large;
}

GBytes *
wb_sample_body_dup (SoupServerMessage *message)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (message));
}

gboolean
wb_sample_body_is_json (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") == 0;
}
