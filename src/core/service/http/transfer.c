/* transfer.c: one message on its way, over a connection that is good enough
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"

typedef enum
{
  REFUSED_NOT,
  REFUSED_SLOW,    /* no connection in time */
  REFUSED_OLD_TLS, /* before a byte of the request is sent */
} Refused;

/* One message under way, until its headers are there. */
typedef struct
{
  SoupMessage  *message;      /* (owned) */
  GCancellable *inner;        /* (owned): the caller's cancellation, or ours */
  gulong        cancelled_id; /* on the caller's cancellable */
  GSource      *deadline;     /* (owned) (nullable): until there is a connection */
  guint         connect_timeout_ms;
  gboolean      is_reaching_proxy;
  gboolean      tls_accepted;
  Refused       refused;
} Send;

static void
send_free (Send *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  g_clear_object (&self->inner);
  g_clear_object (&self->message);
  g_free (self);
}

static void
send_refuse (Send   *self,
             Refused reason)
{
  self->refused = reason;
  g_cancellable_cancel (self->inner);
}

static gboolean
is_modern_tls (GIOStream *connection)
{
  GTlsProtocolVersion version;

  if (!G_IS_TLS_CONNECTION (connection))
    return FALSE;

  version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection));

  return version >= G_TLS_PROTOCOL_VERSION_TLS_1_2 && version < G_TLS_PROTOCOL_VERSION_DTLS_1_0;
}

static gboolean
is_to_proxy (GIOStream *connection)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (G_IS_SOCKET_CONNECTION (connection))
    address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);

  return address != NULL && G_IS_PROXY_ADDRESS (address);
}

static gboolean
is_https (SoupMessage *message)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");
}

static void
network_event_cb (SoupMessage       *message,
                  GSocketClientEvent event,
                  GIOStream         *connection,
                  gpointer           user_data)
{
  /* HTTP/2 is for many requests at once, which do not happen here, and its ways to end a body early
   * are many; in HTTP/1.1 there are two, and both are tested. */
  static const char *const protocols[] = { "http/1.1", NULL };
  Send                    *self = user_data;

  if (event == G_SOCKET_CLIENT_CONNECTING)
    {
      self->is_reaching_proxy = is_to_proxy (connection);
    }
  else if (event == G_SOCKET_CLIENT_CONNECTED)
    {
      self->is_reaching_proxy = FALSE;
    }
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (connection))
    {
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
    }
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    {
      if (is_modern_tls (connection))
        self->tls_accepted = TRUE;
      else
        send_refuse (self, REFUSED_OLD_TLS);
    }
}

/* There is a connection, and nothing has been sent over it. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Send *self = user_data;

  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);

  if (is_https (message) && !self->tls_accepted && self->refused == REFUSED_NOT)
    send_refuse (self, REFUSED_OLD_TLS);
}

static gboolean
deadline_cb (gpointer user_data)
{
  send_refuse (user_data, REFUSED_SLOW);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static const char *
get_host (SoupMessage *message)
{
  return g_uri_get_host (soup_message_get_uri (message));
}

static GError *
error_of_refusal (const Send *self)
{
  g_autofree char *host = wb_text_escape (get_host (self->message), -1);

  if (self->refused == REFUSED_OLD_TLS)
    return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                        /* Translators: a host's name. */
                        _ ("%s offers only an old version of TLS that is not secure any more, so "
                           "nothing was sent to it. A proxy in between may be the cause: ask the "
                           "network’s administrator."),
                        host);

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      g_dngettext (GETTEXT_PACKAGE,
                                   /* Translators: a host's name, and a number of seconds. */
                                   "Could not reach %s: no connection within %u second. Check the "
                                   "address in the account, the network connection, and whether a "
                                   "proxy is needed.",
                                   "Could not reach %s: no connection within %u seconds. Check "
                                   "the address in the account, the network connection, and "
                                   "whether a proxy is needed.",
                                   self->connect_timeout_ms / 1000),
                      host, self->connect_timeout_ms / 1000);
}

/* A reply to `CONNECT`, which libsoup gives as one to the message; the service has seen nothing. */
static GError *
error_of_proxy (SoupMessage *message)
{
  guint            status = soup_message_get_status (message);
  g_autofree char *host = wb_text_escape (get_host (message), -1);

  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                        /* Translators: a host's name. */
                        _ ("The proxy between here and %s requires authentication. Set its user "
                           "and password in the system’s network settings."),
                        host);

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      /* Translators: a host's name, and a number such as 403. */
                      _ ("The proxy between here and %s refused the connection (HTTP status %u). "
                         "Ask the network’s administrator, or check the proxy in the system’s "
                         "network settings."),
                      host, status);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Send   *send = g_task_get_task_data (task);
  GError *error = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  g_cancellable_disconnect (g_task_get_cancellable (task), send->cancelled_id);

  if (stream != NULL && is_https (send->message) && !send->tls_accepted)
    {
      g_task_return_error (task, error_of_proxy (send->message));
    }
  else if (stream != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&stream), g_object_unref);
    }
  else if (send->refused != REFUSED_NOT)
    {
      g_error_free (error);
      g_task_return_error (task, error_of_refusal (send));
    }
  else
    {
      /* The service's address has no part in it. */
      if (send->is_reaching_proxy && error->domain == G_IO_ERROR
          && error->code != G_IO_ERROR_CANCELLED)
        error->code = G_IO_ERROR_PROXY_FAILED;
      g_task_return_error (task, error);
    }

  g_task_set_task_data (task, NULL, NULL);
}

/**
 * wb_transfer_async:
 * @session: a session
 * @message: a message, not sent before
 * @connect_timeout_ms: how long name look-up, connection, proxy and TLS may take together
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply's headers are there
 * @user_data: for @callback
 *
 * Sends a message over HTTP/1.1 on a connection of its own. TLS below 1.2 is refused before a byte
 * of the request is sent. A redirect is a reply like others and is not followed; a proxy's refusal
 * is an error, not a reply. No credentials but those in the message's headers are sent to its
 * host; a proxy gets no more than `CONNECT` and, if it asks, the user and password in its own
 * address.
 */
void
wb_transfer_async (SoupSession        *session,
                   SoupMessage        *message,
                   guint               connect_timeout_ms,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Send *send;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_transfer_async);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  /* For this message alone: the session's still answers a proxy. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);

  send = g_new0 (Send, 1);
  send->message = g_object_ref (message);
  send->connect_timeout_ms = connect_timeout_ms;
  send->inner = g_cancellable_new ();
  send->deadline = g_timeout_source_new (connect_timeout_ms);
  g_source_set_static_name (send->deadline, "[waybill] connect");
  g_source_set_callback (send->deadline, deadline_cb, send, NULL);
  g_source_attach (send->deadline, g_task_get_context (task));
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), send);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), send);
  if (cancellable != NULL)
    send->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (send->inner), g_object_unref);

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, send->inner, send_cb,
                           g_steal_pointer (&task));
}

/**
 * wb_transfer_finish:
 * @session: a session
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the reply's body, to be read in this thread, whatever the status; or
 *   %NULL with %WB_ERROR_NETWORK for what is refused here, or an error of libsoup, GIO or TLS
 */
GInputStream *
wb_transfer_finish (SoupSession  *session,
                    GAsyncResult *result,
                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
