/* transfer.c: one message on its way, over a connection that is good enough
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/endpoints.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/http/network-error.h"
#include "core/service/http/proxy-address.h"
#include "core/service/http/proxy-resolver.h"
#include "core/text.h"
#include "core/thread.h"

/* So long after a cancellation there is usually an end. */
#define END_WAIT_MS 1000

/* Names the transfer of a message, while there is one. */
#define SEND_KEY "waybill-send"

typedef enum
{
  REFUSED_NOT,
  REFUSED_SLOW,     /* no connection in time */
  REFUSED_SILENT,   /* a connection, and nothing but interim answers */
  REFUSED_OLD_TLS,  /* before a byte of the request is sent */
  REFUSED_NO_NAMES, /* likewise: a certificate without a subjectAltName */
  REFUSED_BY_PROXY, /* its answer to `CONNECT` */
  REFUSED_AGAIN,    /* a proxy, before it gets its user and password a second time */
} Refused;

/* One message under way, until its headers are there. */
typedef struct
{
  GTask        *task;         /* (unowned): whose data this is */
  SoupSession  *session;      /* (owned) */
  SoupMessage  *message;      /* (owned) */
  GCancellable *inner;        /* (owned): the caller's cancellation, or ours */
  gulong        cancelled_id; /* on the caller's cancellable */
  GSource      *deadline;     /* (owned) (nullable): of what goes on now */
  guint         connect_timeout_ms;
  WbProxyRoute  route;
  gboolean      is_at_proxy; /* so a failure is the proxy's */
  GIOStream    *asked;       /* (owned) (nullable): the connection that a proxy got the user on */
  guint         n_interim;
  gboolean      tls_accepted;
  Refused       refused;
  guint         proxy_status; /* of its refusal */
  char         *authenticate; /* (owned) (nullable): likewise */
} Send;

static void finish (GTask        *task,
                    GInputStream *stream,
                    GError       *error);

static void
send_set_deadline (Send       *self,
                   guint       timeout_ms,
                   GSourceFunc callback)
{
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  if (callback == NULL)
    return;

  self->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_static_name (self->deadline, "[waybill] transfer");
  g_source_set_callback (self->deadline, callback, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
}

static void
send_free (Send *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_set_data (G_OBJECT (self->message), SEND_KEY, NULL);
  send_set_deadline (self, 0, NULL);
  wb_proxy_route_clear (&self->route);
  g_clear_pointer (&self->authenticate, g_free);
  g_clear_object (&self->asked);
  g_clear_object (&self->inner);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_free (self);
}

static void
send_refuse (Send   *self,
             Refused reason)
{
  if (self->refused == REFUSED_NOT)
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

/* Takes note of what the connection is to: a proxy, or the host itself. */
static void
send_set_proxy (Send      *self,
                GIOStream *connection)
{
  g_autoptr (GSocketAddress) address = NULL;
  GProxyAddress   *proxy;
  g_autofree char *text = NULL;

  if (G_IS_SOCKET_CONNECTION (connection))
    address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);

  self->is_at_proxy = address != NULL && G_IS_PROXY_ADDRESS (address);
  /* A second proxy gets nothing, so it is the first that is told of. */
  if (self->is_at_proxy && self->asked != NULL)
    return;

  g_clear_pointer (&self->route.address, g_free);
  if (self->is_at_proxy)
    {
      proxy = G_PROXY_ADDRESS (address);
      self->route.address = wb_proxy_address_dup_public (g_proxy_address_get_uri (proxy));
      self->route.has_user = g_proxy_address_get_username (proxy) != NULL;
    }
  text = wb_proxy_route_dup_text (&self->route);
  wb_request_log_set_route (self->message, text);
}

static gboolean
is_https (SoupMessage *message)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");
}

static void
send_judge_tls (Send      *self,
                GIOStream *connection)
{
  if (!is_modern_tls (connection))
    send_refuse (self, REFUSED_OLD_TLS);
  else if (!wb_certificate_has_names (
             g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection))))
    send_refuse (self, REFUSED_NO_NAMES);
  else
    self->tls_accepted = TRUE;
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

  switch (event)
    {
    case G_SOCKET_CLIENT_CONNECTING:
      send_set_proxy (self, connection);
      break;
    case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
      /* A user and password that were refused, or may have been, are not sent once more: not to
       * another address of the proxy, and not to another proxy. */
      if (self->asked != NULL)
        send_refuse (self, REFUSED_AGAIN);
      else if (self->route.has_user)
        g_set_object (&self->asked, connection);
      break;
    case G_SOCKET_CLIENT_PROXY_NEGOTIATED:
      self->is_at_proxy = FALSE;
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKING:
      if (G_IS_TLS_CONNECTION (connection))
        g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKED:
      send_judge_tls (self, connection);
      break;
    case G_SOCKET_CLIENT_RESOLVING:
    case G_SOCKET_CLIENT_RESOLVED:
    case G_SOCKET_CLIENT_CONNECTED:
    case G_SOCKET_CLIENT_COMPLETE:
    default:
      break;
    }
}

/* The proxy's answer, before its body. The message of a `CONNECT` is libsoup's own: it is of this
 * transfer if it has the connection of its message. */
static void
connect_got_headers_cb (SoupMessage *connect,
                        SoupMessage *message)
{
  Send *self = g_object_get_data (G_OBJECT (message), SEND_KEY);
  guint status = soup_message_get_status (connect);

  if (self == NULL || SOUP_STATUS_IS_SUCCESSFUL (status)
      || soup_message_get_connection_id (connect) != soup_message_get_connection_id (message))
    return;

  self->proxy_status = status;
  g_free (self->authenticate);
  self->authenticate = g_strdup (soup_message_headers_get_list (
    soup_message_get_response_headers (connect), "Proxy-Authenticate"));
  send_refuse (self, REFUSED_BY_PROXY);
}

static void
connect_got_informational_cb (SoupMessage *connect,
                              SoupMessage *message)
{
  Send *self = g_object_get_data (G_OBJECT (message), SEND_KEY);

  if (self != NULL
      && soup_message_get_connection_id (connect) == soup_message_get_connection_id (message)
      && ++self->n_interim > WB_CLIENT_MAX_INTERIM)
    send_refuse (self, REFUSED_SLOW);
}

/* A `CONNECT` may outlive the transfer, and each transfer sees those of all others. */
static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   gpointer     user_data)
{
  Send *self = user_data;

  if (!g_str_equal (soup_message_get_method (message), "CONNECT"))
    return;

  g_signal_connect_object (message, "got-headers", G_CALLBACK (connect_got_headers_cb),
                           self->message, 0);
  g_signal_connect_object (message, "got-informational", G_CALLBACK (connect_got_informational_cb),
                           self->message, 0);
}

static gboolean
silence_cb (gpointer user_data)
{
  send_refuse (user_data, REFUSED_SILENT);

  return G_SOURCE_REMOVE;
}

/* Each interim answer (1xx) would begin the idle time anew. While they come without a pause, the
 * main loop does not turn, and no deadline is met. */
static void
got_informational_cb (SoupMessage *message,
                      gpointer     user_data)
{
  Send *self = user_data;

  if (++self->n_interim > WB_CLIENT_MAX_INTERIM)
    send_refuse (self, REFUSED_SILENT);
}

/* There is a connection, and nothing has been sent over it. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Send *self = user_data;

  self->n_interim = 0;
  send_set_deadline (self, 0, NULL);

  if (is_https (message) && !self->tls_accepted && self->refused == REFUSED_NOT)
    send_refuse (self, REFUSED_OLD_TLS);
}

static void
wrote_body_cb (SoupMessage *message,
               gpointer     user_data)
{
  Send *self = user_data;

  send_set_deadline (self, soup_session_get_timeout (self->session) * 1000, silence_cb);
}

/* GLib negotiates TLS in a thread of its own. Where the system gives none, it waits for ever, also
 * for the end of what was cancelled. */
static gboolean
no_end_cb (gpointer user_data)
{
  Send   *self = user_data;
  GError *error = NULL;

  if (wb_thread_check (&error))
    return G_SOURCE_CONTINUE;

  finish (self->task, NULL, error);

  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Send *self = user_data;

  send_refuse (self, REFUSED_SLOW);
  send_set_deadline (self, END_WAIT_MS, no_end_cb);

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
error_of_slowness (const Send *self,
                   const char *host)
{
  guint            seconds = (self->connect_timeout_ms + 999) / 1000;
  g_autofree char *safe_host = NULL;
  GError          *error = NULL;

  if (!wb_thread_check (&error))
    return error;
  if (self->is_at_proxy)
    return wb_proxy_error_new_slow (&self->route, host, seconds);

  safe_host = wb_text_escape (host, -1);

  return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                      g_dngettext (GETTEXT_PACKAGE,
                                   /* Translators: a host's name, and a number of seconds. */
                                   "Could not reach %s: no connection within %u second. Check the "
                                   "address in the account, the network connection, and whether a "
                                   "proxy is needed.",
                                   "Could not reach %s: no connection within %u seconds. Check "
                                   "the address in the account, the network connection, and "
                                   "whether a proxy is needed.",
                                   seconds),
                      safe_host, seconds);
}

static GError *
error_of_refusal (const Send *self)
{
  const char      *host = get_host (self->message);
  g_autofree char *safe_host = wb_text_escape (host, -1);
  const GError    *failure;

  switch (self->refused)
    {
    case REFUSED_SLOW:
      return error_of_slowness (self, host);
    case REFUSED_BY_PROXY:
      return wb_proxy_error_new_refused (&self->route, host, self->proxy_status,
                                         self->authenticate);
    case REFUSED_AGAIN:
      failure = wb_proxy_tls_get_failure (self->asked);
      return failure != NULL ? wb_proxy_error_new_failed (&self->route, host, failure)
                             : wb_proxy_error_new_again (&self->route, host);
    case REFUSED_NO_NAMES:
      return wb_network_error_new_no_names (host);
    case REFUSED_OLD_TLS:
      return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                          /* Translators: a host's name. */
                          _ ("%s offers only an old version of TLS that is not secure any more, so "
                             "nothing was sent to it. A proxy in between may be the cause: ask the "
                             "network’s administrator."),
                          safe_host);
    case REFUSED_SILENT:
    case REFUSED_NOT:
    default:
      /* Explained like the same error of the socket. */
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "interim answers only");
    }
}

/* Takes @stream, the start of a reply's body, or @error. */
static void
finish (GTask        *task,
        GInputStream *stream,
        GError       *error)
{
  Send *send = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), send->cancelled_id);

  /* libsoup gives a proxy's refusal as a reply to the message. The service has seen nothing. */
  if (stream != NULL && is_https (send->message) && !send->tls_accepted
      && send->refused == REFUSED_NOT)
    {
      send->refused = REFUSED_BY_PROXY;
      send->proxy_status = soup_message_get_status (send->message);
    }

  if (send->refused != REFUSED_NOT)
    {
      g_clear_object (&stream);
      g_clear_error (&error);
      g_task_return_error (task, error_of_refusal (send));
    }
  else if (stream != NULL)
    {
      g_task_return_pointer (task, stream, g_object_unref);
    }
  else if (send->is_at_proxy && error->domain != WB_ERROR
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* The service's address has no part in it. */
      g_task_return_error (task, wb_proxy_error_new_failed (&send->route, get_host (send->message),
                                                            error));
      g_error_free (error);
    }
  else
    {
      g_task_return_error (task, error);
    }

  g_task_set_task_data (task, NULL, NULL);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError       *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (g_task_get_task_data (task) != NULL)
    {
      finish (task, stream, error);
      return;
    }

  /* After no_end_cb(). */
  g_clear_object (&stream);
  g_clear_error (&error);
}

/* libsoup asks once more, but does not say what for, where the way is needed for a sentence. */
static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_auto (GStrv) proxies = NULL;
  Send            *send = g_task_get_task_data (task);
  g_autofree char *text = NULL;
  GError          *error = NULL;

  proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);
  if (send == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (proxies == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  /* The one that is tried first, until there is a connection. */
  send->is_at_proxy = proxies[0] != NULL && !g_str_has_prefix (proxies[0], "direct:");
  if (send->is_at_proxy)
    send->route.address = wb_proxy_address_dup_public (proxies[0]);
  text = wb_proxy_route_dup_text (&send->route);
  wb_request_log_set_route (send->message, text);

  soup_session_send_async (send->session, send->message, G_PRIORITY_DEFAULT, send->inner, send_cb,
                           g_steal_pointer (&task));
}

/**
 * wb_transfer_async:
 * @session: a session of wb_proxy_sign_in_add(), with a #WbProxyResolver
 * @message: a message, not sent before
 * @connect_timeout_ms: how long name look-up, connection, proxy and TLS may take together
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply's headers are there
 * @user_data: for @callback
 *
 * Sends a message over HTTP/1.1 on a connection of its own. TLS below 1.2 and a certificate without
 * a subjectAltName are refused before a byte of the request is sent. A redirect is a reply like
 * others and is not followed; a proxy's refusal is an error, not a reply. No credentials but those
 * in the message's headers are sent to its host; a proxy gets no more than `CONNECT` with the user
 * and password in its own address, and it gets them once. Interim answers (1xx) do not prolong the
 * session's idle timeout.
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
  g_autofree char *url = NULL;
  GProxyResolver  *resolver;
  Send            *send;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_transfer_async);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION
                                     | SOUP_MESSAGE_COLLECT_METRICS);

  send = g_new0 (Send, 1);
  send->task = task;
  send->session = g_object_ref (session);
  send->message = g_object_ref (message);
  send->connect_timeout_ms = connect_timeout_ms;
  send->inner = g_cancellable_new ();
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  send_set_deadline (send, connect_timeout_ms, deadline_cb);

  g_object_set_data (G_OBJECT (message), SEND_KEY, send);
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), send);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), send);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), send);
  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), send);
  g_signal_connect (message, "got-informational", G_CALLBACK (got_informational_cb), send);
  if (cancellable != NULL)
    send->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (send->inner), g_object_unref);

  /* As GIO asks. */
  resolver = soup_session_get_proxy_resolver (session);
  url = g_uri_to_string_partial (soup_message_get_uri (message),
                                 G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT | G_URI_HIDE_USERINFO);
  send->route.is_loopback = wb_host_is_loopback (get_host (message));
  send->route.variable = wb_proxy_resolver_get_variable (WB_PROXY_RESOLVER (resolver), url);
  g_proxy_resolver_lookup_async (resolver, url, send->inner, looked_up_cb, g_steal_pointer (&task));
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
