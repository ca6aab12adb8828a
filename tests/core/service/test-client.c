/* test-client.c: where requests may go, and over what
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client.h"

#include <string.h>

#include "core/error.h"
#include "core/service/http/client-private.h"
#include "fault-server.h"

#define SECRET "canary-token-7Q"
#define OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

/* One request and what came of it. */
typedef struct
{
  gboolean        done;
  SoupMessage    *message;
  GBytes         *body;
  GError         *error;
  SoupHTTPVersion version;
} Result;

static void
result_clear (Result *result)
{
  if (result->error != NULL)
    {
      g_test_message ("%s", result->error->message);
      g_assert_null (strstr (result->error->message, SECRET));
    }
  g_clear_object (&result->message);
  g_clear_pointer (&result->body, g_bytes_unref);
  g_clear_error (&result->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static char *
dup_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "tls", name, NULL);
}

static FaultServer *
new_tls_server (const char *name)
{
  g_autofree char *path = dup_fixture (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return fault_server_new (certificate);
}

static WbClient *
new_client (const char *url,
            const char *ca_name)
{
  g_autofree char *ca_file = ca_name != NULL ? dup_fixture (ca_name) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, &error);
  WbClient *client;

  g_assert_no_error (error);
  client = wb_client_new (endpoints, ca_file, &error);
  g_assert_no_error (error);

  return client;
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *async_result,
            gpointer      user_data)
{
  Result *result = user_data;

  result->body = wb_client_fetch_finish (WB_CLIENT (object), async_result, &result->error);
  result->done = TRUE;
}

static void
begin (Result       *result,
       WbClient     *client,
       const char   *url,
       GCancellable *cancellable)
{
  memset (result, 0, sizeof *result);
  result->message = wb_client_new_message (client, "POST", url, &result->error);
  if (result->message == NULL)
    {
      result->done = TRUE;
      return;
    }

  soup_message_headers_append (soup_message_get_request_headers (result->message), "X-Auth-Token",
                               SECRET);
  wb_client_fetch_async (client, result->message, WB_CLIENT_MAX_BODY_BYTES, cancellable, fetched_cb,
                         result);
}

static void
wait_for (Result *result)
{
  while (!result->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
fetch (Result     *result,
       WbClient   *client,
       const char *url)
{
  begin (result, client, url, NULL);
  wait_for (result);
}

/* Nothing is sent to a host that is not the account's, and nothing in the clear. */
static void
test_origins (void)
{
  static const struct
  {
    const char *url;
    gboolean    allowed;
  } cases[] = {
    { "https://service.example.com/v1", TRUE },
    { "https://SERVICE.example.com:443/", TRUE },
    { "https://iam.example.com/v3", TRUE },
    { "https://dayu.example.com:8443/", TRUE },
    { "https://dayu.example.com/", FALSE },
    { "https://service.example.com:8443/", FALSE },
    { "https://service.example.com.evil.example/", FALSE },
    { "https://evil.example/service.example.com", FALSE },
    { "https://user:secret@service.example.com/", FALSE },
    { "http://service.example.com/", FALSE },
    { "http://127.0.0.1/", FALSE },
    { "ftp://service.example.com/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "service.example.com", FALSE },
    { "https://", FALSE },
    { "", FALSE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;

  endpoints = wb_endpoints_new ("https://service.example.com", "https://iam.example.com",
                                "https://dayu.example.com:8443", &error);
  g_assert_no_error (error);
  client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) refusal = NULL;
      g_autoptr (SoupMessage) message = NULL;

      g_test_message ("%s", cases[i].url);
      message = wb_client_new_message (client, "GET", cases[i].url, &refusal);
      g_assert_cmpint (message != NULL, ==, cases[i].allowed);
      if (!cases[i].allowed)
        g_assert_error (refusal, WB_ERROR, WB_ERROR_INVALID);
    }
}

/* Even if it was built by other means. */
static void
test_origin_of_foreign_message (void)
{
  g_autoptr (FaultServer) own = fault_server_new (NULL);
  g_autoptr (FaultServer) other = fault_server_new (NULL);
  g_autofree char *own_url = fault_server_dup_url (own);
  g_autofree char *other_url = fault_server_dup_url (other);
  g_autoptr (WbClient) client = new_client (own_url, NULL);
  g_auto (Result) result = { 0 };

  result.message = soup_message_new ("POST", other_url);
  wb_client_fetch_async (client, result.message, 10, NULL, fetched_cb, &result);
  wait_for (&result);

  g_assert_error (result.error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_cmpuint (fault_server_get_n_opened (other), ==, 0);
}

/* A redirect is a reply like others. */
static void
test_redirect (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (FaultServer) other = fault_server_new (NULL);
  g_autofree char  *url = fault_server_dup_url (server);
  g_autofree char  *other_url = fault_server_dup_url (other);
  g_autofree char  *elsewhere = g_strdup_printf ("Location: %s/\r\n", other_url);
  g_autofree char  *itself = g_strdup_printf ("Location: %s/\r\n", url);
  const char *const headers[] = { elsewhere, itself };
  g_autoptr (WbClient) client = new_client (url, NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (headers); j++)
        {
          g_auto (Result) result = { 0 };

          fault_server_add_reply (server, statuses[i], headers[j], "", -1);
          fetch (&result, client, url);
          g_assert_no_error (result.error);
          g_assert_cmpuint (soup_message_get_status (result.message), ==, statuses[i]);
          g_assert_cmpuint (fault_server_get_n_opened (server), ==, ++n);
        }
    }
  g_assert_cmpuint (fault_server_get_n_opened (other), ==, 0);
}

/* Nor one from a secure connection to one in the clear. */
static void
test_redirect_to_plain (void)
{
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autoptr (FaultServer) other = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *header = g_strdup_printf ("Location: http://localhost:%u/\r\n",
                                             fault_server_get_port (other));
  g_autoptr (WbClient) client = new_client (url, "ca.pem");
  g_auto (Result) result = { 0 };

  fault_server_add_reply (server, 307, header, "", -1);
  fetch (&result, client, url);
  g_assert_no_error (result.error);
  g_assert_cmpuint (soup_message_get_status (result.message), ==, 307);
  g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
  g_assert_cmpuint (fault_server_get_n_opened (other), ==, 0);
}

/* No cookies, no cache, no reuse: the second request is as the first. */
static void
test_nothing_is_kept (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_auto (Result) result = { 0 };
      g_autofree char *cookie = NULL;

      fault_server_add_reply (server, 200,
                              "Set-Cookie: a=b\r\nCache-Control: max-age=60\r\n"
                              "Strict-Transport-Security: max-age=60\r\n",
                              "ok", -1);
      fetch (&result, client, url);
      g_assert_no_error (result.error);
      cookie = fault_server_dup_header (server, i, "Cookie");
      g_assert_null (cookie);
    }
  g_assert_cmpuint (fault_server_get_n_opened (server), ==, 2);
}

/* The headers say nothing else about the program or the person: no cookie, no referrer, nothing for
 * a cache or a proxy. */
static void
test_headers (void)
{
  static const char *const expected[] = { "Host", "Accept-Encoding", "X-Language", "Connection",
                                          "X-Auth-Token", "User-Agent", "Content-Length" };
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (Result) result = { 0 };
  guint n = 0;

  fault_server_add_reply (server, 200, NULL, "ok", -1);
  fetch (&result, client, url);
  g_assert_no_error (result.error);

  lines = g_strsplit (fault_server_get_request (server, 0), "\r\n", -1);
  for (guint i = 1; *lines[i] != '\0'; i++, n++)
    {
      gboolean is_expected = FALSE;

      *strchr (lines[i], ':') = '\0';
      for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
        is_expected |= g_str_equal (lines[i], expected[j]);
      g_test_message ("%s", lines[i]);
      g_assert_true (is_expected);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

/* No bytes but those that were sent. */
static void
test_no_decoding (void)
{
  static const guint8 gzip[] = { /* of “ok” */
                                 0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xcb,
                                 0xcf, 0x06, 0x00, 0x47, 0xdd, 0xdc, 0x79, 0x02, 0x00, 0x00, 0x00
  };
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, NULL);
  g_auto (Result) result = { 0 };

  fault_server_add_reply (server, 200, "Content-Encoding: gzip\r\n", (const char *) gzip,
                          sizeof gzip);
  fetch (&result, client, url);

  g_assert_no_error (result.error);
  g_assert_cmpmem (g_bytes_get_data (result.body, NULL), g_bytes_get_size (result.body), gzip,
                   sizeof gzip);
}

/* The language in which the service is to say what is wrong. */
static void
test_language (void)
{
  static const struct
  {
    const char *language;
    const char *expected;
  } cases[] = {
    { "zh_CN", "zh-cn" }, { "zh_TW:en", "zh-cn" }, { "de", "en-us" }, { "en_GB", "en-us" }
  };
  g_autofree char *locale = g_strdup (g_getenv ("LC_ALL"));
  g_autoptr (WbClient) client = new_client ("https://a.example", NULL);

  /* LANGUAGE counts in a real locale only. */
  g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message = NULL;
      const char *value;

      g_setenv ("LANGUAGE", cases[i].language, TRUE);
      message = wb_client_new_message (client, "GET", "https://a.example/", NULL);
      value = soup_message_headers_get_one (soup_message_get_request_headers (message),
                                            "X-Language");
      g_assert_cmpstr (value, ==, cases[i].expected);
    }
  g_unsetenv ("LANGUAGE");
  g_unsetenv ("LC_ALL");
  if (locale != NULL)
    g_setenv ("LC_ALL", locale, TRUE);
}

/* A body is read up to the limit, and a refusal that breaks off is one all the same. */
static void
test_limit (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *filler = g_strnfill (4096, 'x');
  g_autofree char *endless = g_strconcat ("HTTP/1.1 403 No\r\n\r\n", filler, NULL);
  g_autoptr (WbClient) client = new_client (url, NULL);
  g_auto (Result) limited = { 0 };
  g_auto (Result) cut = { 0 };

  fault_server_add (server, endless, -1, FAULT_ENDLESS);
  fetch (&limited, client, url);
  g_assert_no_error (limited.error);
  g_assert_cmpuint (g_bytes_get_size (limited.body), ==, WB_CLIENT_MAX_BODY_BYTES);

  fault_server_add (server, "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", -1,
                    FAULT_CLOSE);
  fetch (&cut, client, url);
  g_assert_no_error (cut.error);
  g_assert_cmpuint (soup_message_get_status (cut.message), ==, 403);
  g_assert_cmpuint (g_bytes_get_size (cut.body), ==, 3);
}

/* Whole over HTTP/1.1, though the server would rather speak HTTP/2. */
static void
test_tls (void)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, "ca.pem");
  g_auto (Result) result = { 0 };

  fault_server_set_protocols (server, protocols);
  fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
  fetch (&result, client, url);

  g_assert_no_error (result.error);
  g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
  g_assert_cmpint (soup_message_get_http_version (result.message), ==, SOUP_HTTP_1_1);
  g_assert_cmpint (soup_message_get_tls_protocol_version (result.message), >=,
                   G_TLS_PROTOCOL_VERSION_TLS_1_2);
  g_assert_true (g_str_has_prefix (fault_server_get_request (server, 0), "POST / HTTP/1.1\r\n"));
}

/* Each wrong certificate is refused with its reason, before a byte of the request. */
static void
test_certificates (void)
{
  static const struct
  {
    const char *certificate;
    const char *ca;
    const char *reason;
  } cases[] = {
    { "expired.pem", "ca.pem", "localhost expired on 2021-01-01" },
    { "future.pem", "ca.pem", "localhost is valid from 2098-01-01" },
    { "wrong-host.pem", "ca.pem", "localhost shows belongs to another name" },
    { "good.pem", "other-ca.pem", "Check the CA file" },
    { "good.pem", NULL, "set its CA file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = new_tls_server (cases[i].certificate);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbClient) client = new_client (url, cases[i].ca);
      g_auto (Result) result = { 0 };

      fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
      fetch (&result, client, url);

      g_assert_error (result.error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
      g_assert_cmpint (wb_error_get_kind (result.error), ==, WB_ERROR_KIND_NETWORK);
      g_test_message ("%s", result.error->message);
      g_assert_nonnull (strstr (result.error->message, cases[i].reason));
      g_assert_cmpuint (fault_server_get_n_bytes (server), ==, 0);
    }
}

static void
test_ca_file (void)
{
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new ("https://a.example", "https://a.example",
                                                        NULL, NULL);
  g_autofree char  *missing = dup_fixture ("missing.pem");
  g_autofree char  *no_certificate = g_build_filename (g_get_tmp_dir (), "empty.pem", NULL);
  const char *const paths[] = { missing, no_certificate, g_get_tmp_dir () };

  g_assert_true (g_file_set_contents (no_certificate, "nothing\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbClient) client = wb_client_new (endpoints, paths[i], &error);

      g_assert_null (client);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

/* The authorities that an account trusts count for all of its requests: there is one way to make
 * its client. */
static void
test_account (void)
{
  static const struct
  {
    const char *ca;
    gboolean    trusted;
  } cases[] = { { "ca.pem", TRUE }, { "other-ca.pem", FALSE }, { NULL, FALSE } };
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *missing = dup_fixture ("missing.pem");
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbClient) none = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_CLOUD, "other");
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, url);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ca_file = cases[i].ca != NULL ? dup_fixture (cases[i].ca) : NULL;
      g_autoptr (WbClient) client = NULL;
      g_auto (Result) result = { 0 };

      wb_account_set (account, WB_ACCOUNT_CA_FILE, ca_file);
      client = wb_client_new_for_account (account, clouds, &error);
      g_assert_no_error (error);
      fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
      fetch (&result, client, url);
      if (cases[i].trusted)
        g_assert_no_error (result.error);
      else
        g_assert_error (result.error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
    }

  /* Never the system's in its place. */
  wb_account_set (account, WB_ACCOUNT_CA_FILE, missing);
  none = wb_client_new_for_account (account, clouds, &error);
  g_assert_null (none);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* Run in a process of its own, in which TLS is told to be old. */
static void
test_old_tls_subprocess (void)
{
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, "ca.pem");
  g_auto (Result) result = { 0 };

  fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
  fetch (&result, client, url);

  g_assert_null (result.body);
  g_assert_nonnull (result.error);
  if (result.error->domain == G_TLS_ERROR)
    {
      g_test_skip ("this system's TLS library cannot be told to be old");
      return;
    }
  g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
  g_assert_nonnull (strstr (result.error->message, "old version of TLS"));
  g_assert_cmpint (soup_message_get_tls_protocol_version (result.message), ==,
                   G_TLS_PROTOCOL_VERSION_TLS_1_1);
  g_assert_cmpuint (fault_server_get_n_bytes (server), ==, 0);
}

/* A server that speaks no TLS newer than 1.1 gets no byte of the request. */
static void
test_old_tls (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.1:+SIGN-ALL:%COMPAT", TRUE);
  g_test_trap_subprocess ("/client/old-tls/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("G_TLS_GNUTLS_PRIORITY");
  g_test_trap_assert_passed ();
}

static WbClient *
new_client_with_proxy (const char *proxy_url,
                       guint       connect_timeout_ms)
{
  static const char *const none[] = { NULL };
  g_autofree char         *ca_file = dup_fixture ("ca.pem");
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, NULL);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (proxy_url, (char **) none);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new ("https://service.example.com",
                                                        "https://iam.example.com", NULL, NULL);

  return g_object_new (WB_TYPE_CLIENT,
                       "endpoints", endpoints,
                       "proxy-resolver", resolver,
                       "tls-database", database,
                       "connect-timeout-ms", connect_timeout_ms,
                       NULL);
}

/* Another host is reached through the proxy, which sees its name and no more. */
static void
test_proxy (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autofree char *proxy_url = fault_server_dup_url (proxy);
  g_autoptr (WbClient) client = new_client_with_proxy (proxy_url, 10000);
  g_auto (Result) result = { 0 };
  const char *request;

  fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
  fault_server_add (proxy, "HTTP/1.1 200 OK\r\n\r\n", -1, FAULT_TUNNEL);
  fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
  fetch (&result, client, "https://service.example.com/v1");

  g_assert_no_error (result.error);
  g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
  request = fault_server_get_request (proxy, 0);
  g_assert_true (g_str_has_prefix (request, "CONNECT service.example.com:443 HTTP/1.1\r\n"));
  g_assert_null (strstr (request, SECRET));
  g_assert_nonnull (strstr (fault_server_get_request (server, 0), SECRET));
}

/* User and password in the proxy’s address go to the proxy, if it asks, and to nobody else and no
 * log. */
static void
test_proxy_sign_in (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autoptr (FaultServer) server = new_tls_server ("good.pem");
  g_autofree char *proxy_url = g_strdup_printf ("http://joe:pw@127.0.0.1:%u",
                                                fault_server_get_port (proxy));
  g_autoptr (WbClient) client = new_client_with_proxy (proxy_url, 10000);
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autofree char *logged = NULL;
  g_autofree char *told = NULL;
  g_autofree char *leaked = NULL;
  g_auto (Result) result = { 0 };

  fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
  fault_server_add_reply (proxy, 407,
                          "Proxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\n", "",
                          -1);
  fault_server_add (proxy, "HTTP/1.1 200 OK\r\n\r\n", -1, FAULT_TUNNEL);
  fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
  wb_client_set_request_log (client, log);
  fetch (&result, client, "https://service.example.com/v1");

  g_assert_no_error (result.error);
  told = fault_server_dup_header (proxy, 1, "Proxy-Authorization");
  g_assert_cmpstr (told, ==, "Basic am9lOnB3");
  leaked = fault_server_dup_header (server, 0, "Proxy-Authorization");
  g_assert_null (leaked);
  logged = wb_request_log_dup_text (log);
  g_assert_nonnull (strstr (logged, "https://service.example.com/v1"));
  g_assert_null (strstr (logged, "joe"));
  g_assert_null (strstr (logged, told));
}

/* A proxy's answer is never taken for the service's. */
static void
test_proxy_refuses (void)
{
  static const struct
  {
    guint       status;
    const char *headers;
    const char *expected;
  } cases[] = {
    { 407, "Proxy-Authenticate: Basic realm=\"x\"\r\n", "requires authentication" },
    { 403, NULL, "refused the connection (HTTP status 403)" },
    { 502, "Location: https://evil.example/\r\n", "refused the connection (HTTP status 502)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) proxy = fault_server_new (NULL);
      g_autofree char *proxy_url = fault_server_dup_url (proxy);
      g_autoptr (WbClient) client = new_client_with_proxy (proxy_url, 10000);
      g_auto (Result) result = { 0 };

      fault_server_add_reply (proxy, cases[i].status, cases[i].headers,
                              "{\"error_code\":\"DLF.6322\"}", -1);
      fetch (&result, client, "https://service.example.com/v1");
      g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
      g_assert_nonnull (strstr (result.error->message,
                                "The proxy between here and service.example"));
      g_assert_nonnull (strstr (result.error->message, cases[i].expected));
    }
}

/* One that is down is told from a service that is. */
static void
test_proxy_down (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autofree char *proxy_url = fault_server_dup_url (proxy);
  g_autoptr (WbClient) client = new_client_with_proxy (proxy_url, 10000);
  g_auto (Result) result = { 0 };

  g_clear_pointer (&proxy, fault_server_free);
  fetch (&result, client, "https://service.example.com/v1");

  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED);
  g_assert_cmpint (wb_error_get_kind (result.error), ==, WB_ERROR_KIND_NETWORK);
  g_assert_true (g_str_has_suffix (result.error->message,
                                   "Check the proxy in the system’s network settings."));
}

/* A loopback address never does, whatever the settings say. */
static void
test_no_proxy_for_loopback (void)
{
  static const char *const none[] = { NULL };
  static const struct
  {
    const char *url;
    gboolean    direct;
  } cases[] = {
    { "http://127.0.0.1:8080/a", TRUE },
    { "http://127.8.9.1/", TRUE },
    { "http://[::1]:1/", TRUE },
    { "https://LocalHost/", TRUE },
    { "https://localhost.example/", FALSE },
    { "https://service.example.com/", FALSE },
    { "https://128.0.0.1/", FALSE },
  };
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *proxy_url = fault_server_dup_url (proxy);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (GProxyResolver) system = g_simple_proxy_resolver_new (proxy_url, (char **) none);
  g_autoptr (GProxyResolver) resolver = wb_proxy_resolver_new (system);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);
  g_autoptr (WbClient) client = NULL;
  g_auto (Result) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) proxies = g_proxy_resolver_lookup (resolver, cases[i].url, NULL, NULL);

      g_assert_cmpstr (proxies[0], ==, cases[i].direct ? "direct://" : proxy_url);
    }

  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "proxy-resolver", system, NULL);
  fault_server_add (server, OK_REPLY, -1, FAULT_CLOSE);
  fetch (&result, client, url);
  g_assert_no_error (result.error);
  g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 0);
}

/* A proxy that takes the connection and says nothing counts as not connected. */
static void
test_connect_timeout (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autofree char *proxy_url = fault_server_dup_url (proxy);
  g_autoptr (WbClient) client = new_client_with_proxy (proxy_url, 1);
  g_auto (Result) result = { 0 };

  fetch (&result, client, "https://service.example.com/");

  g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
  g_assert_nonnull (strstr (result.error->message,
                            "Could not reach service.example.com: no connection within"));
}

static void
test_refused_connection (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, NULL);
  g_auto (Result) result = { 0 };

  g_clear_pointer (&server, fault_server_free);
  fetch (&result, client, url);

  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_true (g_str_has_prefix (result.error->message, "Could not reach 127.0.0.1: "));
}

/* Before, and while nothing comes. */
static void
test_cancel (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = new_client (url, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Result) during = { 0 };
  g_auto (Result) before = { 0 };

  begin (&during, client, url, cancellable);
  while (fault_server_get_n_requests (server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  wait_for (&during);
  g_assert_error (during.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (fault_server_get_n_left (server) == 0)
    g_main_context_iteration (NULL, TRUE);

  begin (&before, client, url, cancellable);
  wait_for (&before);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/origins", test_origins);
  g_test_add_func ("/client/origin-of-foreign-message", test_origin_of_foreign_message);
  g_test_add_func ("/client/redirect", test_redirect);
  g_test_add_func ("/client/redirect-to-plain", test_redirect_to_plain);
  g_test_add_func ("/client/nothing-is-kept", test_nothing_is_kept);
  g_test_add_func ("/client/headers", test_headers);
  g_test_add_func ("/client/no-decoding", test_no_decoding);
  g_test_add_func ("/client/language", test_language);
  g_test_add_func ("/client/limit", test_limit);
  g_test_add_func ("/client/tls", test_tls);
  g_test_add_func ("/client/certificates", test_certificates);
  g_test_add_func ("/client/ca-file", test_ca_file);
  g_test_add_func ("/client/account", test_account);
  g_test_add_func ("/client/old-tls", test_old_tls);
  g_test_add_func ("/client/old-tls/subprocess", test_old_tls_subprocess);
  g_test_add_func ("/client/proxy", test_proxy);
  g_test_add_func ("/client/proxy-sign-in", test_proxy_sign_in);
  g_test_add_func ("/client/proxy-refuses", test_proxy_refuses);
  g_test_add_func ("/client/proxy-down", test_proxy_down);
  g_test_add_func ("/client/no-proxy-for-loopback", test_no_proxy_for_loopback);
  g_test_add_func ("/client/connect-timeout", test_connect_timeout);
  g_test_add_func ("/client/refused-connection", test_refused_connection);
  g_test_add_func ("/client/cancel", test_cancel);

  return g_test_run ();
}
