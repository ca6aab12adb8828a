/* client.c: one policy for all HTTP that leaves this program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/http/client-private.h"
#include "core/service/http/network-error.h"
#include "core/service/http/retry.h"
#include "core/text.h"

G_DEFINE_FINAL_TYPE (WbClient, wb_client, G_TYPE_OBJECT)

enum
{
  PROP_ENDPOINTS = 1,
  PROP_TLS_DATABASE,
  PROP_PROXY_RESOLVER,
  PROP_CONNECT_TIMEOUT_MS,
  PROP_IDLE_TIMEOUT_SECONDS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

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

/**
 * wb_client_check_uri:
 * @self: a client
 * @uri: an address
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if the account's requests may not go there
 */
gboolean
wb_client_check_uri (WbClient *self,
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
                   /* Translators: an address, such as iam.example.com. */
                   _ ("“%s” is not among the account’s addresses, so nothing was sent to it. Check "
                      "the addresses in the account."),
                   safe_host);
      return FALSE;
    }

  if (!g_str_equal (g_uri_get_scheme (uri), "https")
      && !(g_str_equal (g_uri_get_scheme (uri), "http") && wb_host_is_loopback (host)))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an address, such as iam.example.com. */
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

static void
wb_client_constructed (GObject *object)
{
  WbClient *self = WB_CLIENT (object);
  g_autoptr (WbProxyResolver) proxies = wb_proxy_resolver_new (self->system);

  G_OBJECT_CLASS (wb_client_parent_class)->constructed (object);

  self->session = soup_session_new_with_options ("user-agent", "Waybill/" VERSION,
                                                 "timeout", self->idle_timeout_seconds,
                                                 "proxy-resolver", proxies,
                                                 "max-conns-per-host", WB_CLIENT_MAX_REQUESTS,
                                                 NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  wb_proxy_sign_in_add (self->session);
  wb_proxy_tls_register ();
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
      self->system = g_value_dup_object (value);
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
  g_clear_object (&self->log);
  g_clear_object (&self->pace);
  g_clear_object (&self->system);
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
                                                           1, G_MAXUINT, WB_CONNECT_TIMEOUT_MS,
                                                           flags);
  properties[PROP_IDLE_TIMEOUT_SECONDS] = g_param_spec_uint ("idle-timeout-seconds", NULL, NULL,
                                                             1, G_MAXUINT, WB_IDLE_TIMEOUT_SECONDS,
                                                             flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_client_init (WbClient *self)
{
  self->retry_limit = WB_RETRY_DEFAULT_LIMIT;
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
      database = wb_authorities_load (ca_file, error);
      if (database == NULL)
        return NULL;
    }

  return g_object_new (WB_TYPE_CLIENT,
                       "endpoints", endpoints,
                       "tls-database", database,
                       NULL);
}

/**
 * wb_client_new_for_account:
 * @account: an account, which need not be stored
 * @clouds: the clouds
 * @error: return location
 *
 * Returns: (transfer full): a client for its addresses that trusts the authorities in its CA
 *   file, or %NULL with an error if an address or that file cannot be used
 */
WbClient *
wb_client_new_for_account (WbAccount *account,
                           WbClouds  *clouds,
                           GError   **error)
{
  g_autoptr (WbEndpoints) endpoints = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  endpoints = wb_account_dup_endpoints (account, clouds, error);
  if (endpoints == NULL)
    return NULL;

  return wb_client_new (endpoints, wb_account_get (account, WB_ACCOUNT_CA_FILE), error);
}

const WbEndpoints *
wb_client_get_endpoints (WbClient *self)
{
  g_return_val_if_fail (WB_IS_CLIENT (self), NULL);

  return self->endpoints;
}

void
wb_client_set_request_log (WbClient     *self,
                           WbRequestLog *log)
{
  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (log == NULL || WB_IS_REQUEST_LOG (log));

  g_set_object (&self->log, log);
}

/**
 * wb_client_set_limits:
 * @self: a client
 * @retry_limit: how often a request is made again at most where the service is busy or there is no
 *   connection; %WB_RETRY_DEFAULT_LIMIT
 * @deadline_us: monotonic time by which each connection has to be there; 0 for none
 */
void
wb_client_set_limits (WbClient *self,
                      int       retry_limit,
                      gint64    deadline_us)
{
  g_return_if_fail (WB_IS_CLIENT (self));

  self->retry_limit = retry_limit;
  self->deadline_us = deadline_us;
}

int
wb_client_get_retry_limit (WbClient *self)
{
  g_return_val_if_fail (WB_IS_CLIENT (self), 0);

  return self->retry_limit;
}

void
wb_client_set_pace (WbClient *self,
                    WbPace   *pace)
{
  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (pace == NULL || WB_IS_PACE (pace));

  g_set_object (&self->pace, pace);
}

void
wb_client_keep_pace (WbClient *self)
{
  g_return_if_fail (WB_IS_CLIENT (self));

  if (self->pace == NULL)
    self->pace = wb_pace_new ();
}

/**
 * wb_client_set_proxies:
 * @self: a client
 * @proxies: which proxies its requests take from now on, in place of the system's
 */
void
wb_client_set_proxies (WbClient        *self,
                       WbProxyResolver *proxies)
{
  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (WB_IS_PROXY_RESOLVER (proxies));

  soup_session_set_proxy_resolver (self->session, G_PROXY_RESOLVER (proxies));
}

GProxyResolver *
wb_client_get_proxies (WbClient *self)
{
  g_return_val_if_fail (WB_IS_CLIENT (self), NULL);

  return soup_session_get_proxy_resolver (self->session);
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
                           _ ("An address in the account is not valid. Check the addresses."));
      return NULL;
    }
  if (!wb_client_check_uri (self, uri, error))
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

/* libsoup takes 64 KiB of a head, newer versions 100. A longer one is a cut input to it. */
static gboolean
is_head_too_long (SoupMessage  *message,
                  const GError *error)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && metrics != NULL
         && soup_message_metrics_get_response_header_bytes_received (metrics) > 64 * 1024;
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

  if (is_head_too_long (message, *error))
    {
      g_clear_error (error);
      g_set_error_literal (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING,
                           /* Translators: a reason, inside a sentence. */
                           _ ("the head of its answer is too long"));
    }
  wb_network_error_explain (error, g_uri_get_host (soup_message_get_uri (message)),
                            soup_message_get_tls_peer_certificate (message),
                            soup_message_get_tls_peer_certificate_errors (message),
                            self->tls_database != NULL);
}
