/* scripted-service.c: a service that answers an export as a test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scripted-service.h"

static void
wrote_chunk_cb (SoupServerMessage *message,
                ScriptedService   *self)
{
  self->n_chunks++;
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  ScriptedService    *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  self->n_exports++;
  g_free (self->token);
  self->token = g_strdup (soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "X-Auth-Token"));

  soup_server_message_set_status (message, self->status, NULL);
  if (self->type != NULL)
    soup_message_headers_append (headers, "Content-Type", self->type);
  if (self->request_id != NULL)
    soup_message_headers_append (headers, "X-Request-Id", self->request_id);
  if (self->retry_after != NULL)
    soup_message_headers_append (headers, "Retry-After", self->retry_after);
  if (self->hang)
    {
      if (self->total_bytes > 0)
        soup_message_headers_set_content_length (headers, (goffset) self->total_bytes);
      else
        soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
    }
  if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->body);
  if (!self->hang)
    soup_message_body_complete (soup_server_message_get_response_body (message));
}

/**
 * scripted_service_new:
 * @certificate: (nullable): to speak TLS with
 *
 * Returns: (transfer full): a service on the test's main context
 */
ScriptedService *
scripted_service_new (GTlsCertificate *certificate)
{
  ScriptedService *self = g_new0 (ScriptedService, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY
                              | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("%s://127.0.0.1:%d", certificate != NULL ? "https" : "http",
                               g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

/**
 * scripted_service_free:
 * @self: (transfer full): a service
 *
 * Ends it.
 */
void
scripted_service_free (ScriptedService *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->token);
  g_free (self->url);
  g_free (self);
}

/**
 * scripted_service_set_text:
 * @self: a service
 * @status: the reply's status
 * @type: (nullable): its Content-Type
 * @text: its body
 *
 * Sets the reply.
 */
void
scripted_service_set_text (ScriptedService *self,
                           guint            status,
                           const char      *type,
                           const char      *text)
{
  self->status = status;
  self->type = type;
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new (text, strlen (text));
}
