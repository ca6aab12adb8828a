/* client.c: one policy for all HTTP that leaves this program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/client.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/service/network-error.h"
#include "core/service/proxy-resolver.h"
#include "core/service/read-limited.h"
#include "core/text.h"

/* Name look-up, connection, proxy and TLS together. */
#define CONNECT_TIMEOUT_MS (10 * 1000)

/* An export is silent while the service gathers it. */
#define IDLE_TIMEOUT_SECONDS 60

struct _WbClient
{
  GObject parent_instance;

  WbEndpoints    *endpoints;      /* (owned) */
  GTlsDatabase   *tls_database;   /* (owned) (nullable): the system's authorities if NULL */
  GProxyResolver *proxy_resolver; /* (owned) (nullable): the system's if NULL */
  guint           connect_timeout_ms;
  guint           idle_timeout_seconds;

  SoupSession *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbClient, wb_client, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ENDPOINTS,
  PROP_TLS_DATABASE,
  PROP_PROXY_RESOLVER,
  PROP_CONNECT_TIMEOUT_MS,
  PROP_IDLE_TIMEOUT_SECONDS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

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
  /* What HTTP/2 is for, many requests at once, is not done here, and its ways to end a body early
   * are many; in HTTP/1.1 there are two, and both are tested. */
  static const char *const protocols[] = { "http/1.1", NULL };
  Send                    *self = user_data;

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (connection))
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
error_of_refusal (WbClient    *self,
                  SoupMessage *message,
                  Refused      reason)
{
  g_autofree char *host = wb_text_escape (get_host (message), -1);

  if (reason == REFUSED_OLD_TLS)
    return g_error_new (WB_ERROR, WB_ERROR_NETWORK,
                        _ ("%s offers only an old version of TLS that is not secure any more, so "
                           "nothing was sent to it. A proxy in between may be the cause: ask the "
                           "network’s administrator."),
                        host);

  return g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                      g_dngettext (GETTEXT_PACKAGE,
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
    return g_error_new (G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH,
                        _ ("The proxy on the way to %s wants a sign-in of its own. Set its user "
                           "and password in the system’s network settings."),
                        host);

  return g_error_new (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED,
                      _ ("The proxy on the way to %s refused the connection (HTTP status %u). Ask "
                         "the network’s administrator, or check the proxy in the system’s network "
                         "settings."),
                      host, status);
}

static void
send_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  WbClient *self = g_task_get_source_object (task);
  Send     *send = g_task_get_task_data (task);
  GError   *error = NULL;

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
      g_task_return_error (task, error_of_refusal (self, send->message, send->refused));
    }
  else
    {
      wb_client_explain_error (self, send->message, &error);
      g_task_return_error (task, error);
    }

  g_task_set_task_data (task, NULL, NULL);
}

static gboolean
is_origin_of (const char *base_url,
              GUri       *uri)
{
  g_autoptr (GUri) base = NULL;

  base = base_url != NULL ? g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  return base != NULL
         && g_str_equal (g_uri_get_scheme (base), g_uri_get_scheme (uri))
         && g_ascii_strcasecmp (g_uri_get_host (base), g_uri_get_host (uri)) == 0
         && g_uri_get_port (base) == g_uri_get_port (uri);
}

/* Whether the account's requests may go to @uri at all. */
static gboolean
check_uri (WbClient *self,
           GUri     *uri,
           GError  **error)
{
  const char      *host = g_uri_get_host (uri);
  g_autofree char *safe_host = wb_text_escape (host != NULL ? host : "", -1);

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL
      || (!is_origin_of (self->endpoints->service_url, uri)
          && !is_origin_of (self->endpoints->identity_url, uri)
          && !is_origin_of (self->endpoints->management_url, uri)))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” is not among the account’s addresses, so nothing was sent to it. Check "
                      "the addresses in the account."),
                   safe_host);
      return FALSE;
    }

  if (!g_str_equal (g_uri_get_scheme (uri), "https")
      && !(g_str_equal (g_uri_get_scheme (uri), "http") && wb_host_is_loopback (host)))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("The address of “%s” is not secure: it must begin with “https://”. Change it "
                      "in the account."),
                   safe_host);
      return FALSE;
    }

  return TRUE;
}

/* The languages in which the service can say what is wrong. */
static const char *
find_service_language (void)
{
  const char *language = g_get_language_names ()[0];

  return g_str_has_prefix (language, "zh") ? "zh-cn" : "en-us";
}

/* A file of authorities for one account, such as a private cloud's. They are trusted instead of
 * the system's, and for this account alone. */
static GTlsDatabase *
load_authorities (const char *ca_file,
                  GError    **error)
{
  g_autofree char *path = NULL;
  GList           *certificates;
  GTlsDatabase    *database;

  certificates = g_tls_certificate_list_new_from_file (ca_file, error);
  if (certificates == NULL)
    {
      if (error != NULL && *error != NULL)
        g_prefix_error (error, _ ("The CA file “%s” cannot be used: "), ca_file);
      else
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     _ ("The CA file “%s” holds no certificate. Choose a file in PEM format."),
                     ca_file);
      return NULL;
    }
  g_list_free_full (certificates, g_object_unref);

  path = g_canonicalize_filename (ca_file, NULL);
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    g_prefix_error (error, _ ("The CA file “%s” cannot be used: "), ca_file);

  return database;
}

static void
wb_client_constructed (GObject *object)
{
  WbClient *self = WB_CLIENT (object);
  g_autoptr (GProxyResolver) proxies = NULL;

  G_OBJECT_CLASS (wb_client_parent_class)->constructed (object);

  if (self->proxy_resolver == NULL)
    self->proxy_resolver = g_object_ref (g_proxy_resolver_get_default ());
  proxies = wb_proxy_resolver_new (self->proxy_resolver);

  self->session = soup_session_new_with_options ("user-agent", "Waybill/" VERSION,
                                                 "timeout", self->idle_timeout_seconds,
                                                 "proxy-resolver", proxies,
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  if (self->tls_database != NULL)
    soup_session_set_tls_database (self->session, self->tls_database);
}

static void
wb_client_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  WbClient *self = WB_CLIENT (object);

  switch (property_id)
    {
    case PROP_ENDPOINTS:
      self->endpoints = g_value_dup_boxed (value);
      break;
    case PROP_TLS_DATABASE:
      self->tls_database = g_value_dup_object (value);
      break;
    case PROP_PROXY_RESOLVER:
      self->proxy_resolver = g_value_dup_object (value);
      break;
    case PROP_CONNECT_TIMEOUT_MS:
      self->connect_timeout_ms = g_value_get_uint (value);
      break;
    case PROP_IDLE_TIMEOUT_SECONDS:
      self->idle_timeout_seconds = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_client_dispose (GObject *object)
{
  WbClient *self = WB_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->proxy_resolver);
  g_clear_object (&self->tls_database);

  G_OBJECT_CLASS (wb_client_parent_class)->dispose (object);
}

static void
wb_client_finalize (GObject *object)
{
  WbClient *self = WB_CLIENT (object);

  g_clear_pointer (&self->endpoints, wb_endpoints_free);

  G_OBJECT_CLASS (wb_client_parent_class)->finalize (object);
}

static void
wb_client_class_init (WbClientClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = wb_client_constructed;
  object_class->set_property = wb_client_set_property;
  object_class->dispose = wb_client_dispose;
  object_class->finalize = wb_client_finalize;

  properties[PROP_ENDPOINTS] = g_param_spec_boxed ("endpoints", NULL, NULL,
                                                   WB_TYPE_ENDPOINTS, flags);
  properties[PROP_TLS_DATABASE] = g_param_spec_object ("tls-database", NULL, NULL,
                                                       G_TYPE_TLS_DATABASE, flags);
  properties[PROP_PROXY_RESOLVER] = g_param_spec_object ("proxy-resolver", NULL, NULL,
                                                         G_TYPE_PROXY_RESOLVER, flags);
  properties[PROP_CONNECT_TIMEOUT_MS] = g_param_spec_uint ("connect-timeout-ms", NULL, NULL,
                                                           1, G_MAXUINT, CONNECT_TIMEOUT_MS,
                                                           flags);
  properties[PROP_IDLE_TIMEOUT_SECONDS] = g_param_spec_uint ("idle-timeout-seconds", NULL, NULL,
                                                             1, G_MAXUINT, IDLE_TIMEOUT_SECONDS,
                                                             flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_client_init (WbClient *self)
{
}

/**
 * wb_client_new:
 * @endpoints: where requests may go
 * @ca_file: (nullable): a PEM file with the authorities that are trusted instead of the system's
 * @error: return location
 *
 * Returns: (transfer full): a client, or %NULL with an error if @ca_file cannot be used
 */
WbClient *
wb_client_new (const WbEndpoints *endpoints,
               const char        *ca_file,
               GError           **error)
{
  g_autoptr (GTlsDatabase) database = NULL;

  g_return_val_if_fail (endpoints != NULL, NULL);

  if (ca_file != NULL && *ca_file != '\0')
    {
      database = load_authorities (ca_file, error);
      if (database == NULL)
        return NULL;
    }

  return g_object_new (WB_TYPE_CLIENT,
                       "endpoints", endpoints,
                       "tls-database", database,
                       NULL);
}

/**
 * wb_client_get_endpoints:
 * @self: a client
 *
 * Returns: where requests may go
 */
const WbEndpoints *
wb_client_get_endpoints (WbClient *self)
{
  g_return_val_if_fail (WB_IS_CLIENT (self), NULL);

  return self->endpoints;
}

/**
 * wb_client_new_message:
 * @self: a client
 * @method: the HTTP method, in upper case
 * @url: where to, at one of the client's endpoints
 * @error: return location
 *
 * Returns: (transfer full): a message with the headers that all requests carry, or %NULL with
 *   %WB_ERROR_INVALID if the account's requests may not go there
 */
SoupMessage *
wb_client_new_message (WbClient   *self,
                       const char *method,
                       const char *url,
                       GError    **error)
{
  SoupMessage        *message;
  SoupMessageHeaders *headers;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (WB_IS_CLIENT (self), NULL);
  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("An address in the account is not well-formed. Check them."));
      return NULL;
    }
  if (!check_uri (self, uri, error))
    return NULL;

  message = soup_message_new_from_uri (method, uri);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept-Encoding", "identity");
  soup_message_headers_append (headers, "X-Language", find_service_language ());
  /* A body is not always read to its end, and what is left of it must not become the start of the
   * next answer. */
  soup_message_headers_append (headers, "Connection", "close");

  return message;
}

/**
 * wb_client_send_async:
 * @self: a client
 * @message: a message of wb_client_new_message(), not sent before
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply's headers are there
 * @user_data: for @callback
 *
 * Sends a message. A redirect is a reply like others and is not followed; no credentials but those
 * in the message's headers are ever sent to its host. A proxy gets no more than `CONNECT` and, if
 * it asks, the user and password in its own address.
 */
void
wb_client_send_async (WbClient           *self,
                      SoupMessage        *message,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Send   *send;

  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_client_send_async);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!check_uri (self, soup_message_get_uri (message), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  /* For this message alone: the session's still answers a proxy. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);

  send = g_new0 (Send, 1);
  send->message = g_object_ref (message);
  send->inner = g_cancellable_new ();
  send->deadline = g_timeout_source_new (self->connect_timeout_ms);
  g_source_set_static_name (send->deadline, "[waybill] connect");
  g_source_set_callback (send->deadline, deadline_cb, send, NULL);
  g_source_attach (send->deadline, g_task_get_context (task));
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), send);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), send);
  if (cancellable != NULL)
    send->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (send->inner), g_object_unref);

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, send->inner, send_cb,
                           g_steal_pointer (&task));
}

/**
 * wb_client_send_finish:
 * @self: a client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the reply's body, to be read in this thread, whatever the status
 */
GInputStream *
wb_client_send_finish (WbClient     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  SoupMessage *message; /* (owned) */
  gsize        max_body_bytes;
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->message);
  g_free (self);
}

static void
fetch_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = wb_read_limited_finish (G_INPUT_STREAM (object), result, &error);
  Fetch  *fetch = g_task_get_task_data (task);

  if (bytes != NULL)
    {
      g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
      return;
    }

  wb_client_explain_error (g_task_get_source_object (task), fetch->message, &error);
  g_task_return_error (task, error);
}

static void
fetch_send_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Fetch   *fetch = g_task_get_task_data (task);
  GError  *error = NULL;
  gboolean is_success;

  stream = wb_client_send_finish (WB_CLIENT (object), result, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* A refusal that breaks off is still a refusal. */
  is_success = SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (fetch->message));
  wb_read_limited_async (stream, fetch->max_body_bytes, !is_success,
                         g_task_get_cancellable (task), fetch_read_cb, g_object_ref (task));
}

/**
 * wb_client_fetch_async:
 * @self: a client
 * @message: a message of wb_client_new_message(), not sent before
 * @max_body_bytes: what is beyond is not read
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply is there
 * @user_data: for @callback
 *
 * As wb_client_send_async(), and reads the body, or the start of it.
 */
void
wb_client_fetch_async (WbClient           *self,
                       SoupMessage        *message,
                       gsize               max_body_bytes,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_client_fetch_async);

  fetch = g_new0 (Fetch, 1);
  fetch->message = g_object_ref (message);
  fetch->max_body_bytes = max_body_bytes;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);

  wb_client_send_async (self, message, cancellable, fetch_send_cb, g_steal_pointer (&task));
}

/**
 * wb_client_fetch_finish:
 * @self: a client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the body, whatever the status
 */
GBytes *
wb_client_fetch_finish (WbClient     *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_client_explain_error:
 * @self: a client
 * @message: the message that failed
 * @error: (inout): how; a cancellation and our own errors are left as they are
 *
 * Gives an error of GIO, libsoup or TLS a message that names the host, the cause and the way out.
 */
void
wb_client_explain_error (WbClient    *self,
                         SoupMessage *message,
                         GError     **error)
{
  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (error != NULL && *error != NULL);

  wb_network_error_explain (error, get_host (message),
                            soup_message_get_tls_peer_certificate (message),
                            soup_message_get_tls_peer_certificate_errors (message),
                            self->tls_database != NULL);
}
