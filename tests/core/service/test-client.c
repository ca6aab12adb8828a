/* test-client.c: where requests may go, and over what
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "core/service/http/client.h"

#include <string.h>

#include "client-fixture.h"
#include "core/error.h"
#include "fault-server.h"

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
  g_autoptr (WbClient) client = client_new (own_url, NULL);
  g_auto (ClientResult) result = { 0 };

  result.message = soup_message_new ("POST", other_url);
  wb_client_fetch_async (client, result.message, 10, NULL, client_fetched_cb, &result);
  client_wait (&result);

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
  g_autoptr (WbClient) client = client_new (url, NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (headers); j++)
        {
          g_auto (ClientResult) result = { 0 };

          fault_server_add_reply (server, statuses[i], headers[j], "", -1);
          client_fetch (&result, client, url);
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
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autoptr (FaultServer) other = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *header = g_strdup_printf ("Location: http://localhost:%u/\r\n",
                                             fault_server_get_port (other));
  g_autoptr (WbClient) client = client_new (url, "ca.pem");
  g_auto (ClientResult) result = { 0 };

  fault_server_add_reply (server, 307, header, "", -1);
  client_fetch (&result, client, url);
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
  g_autoptr (WbClient) client = client_new (url, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_auto (ClientResult) result = { 0 };
      g_autofree char *cookie = NULL;

      fault_server_add_reply (server, 200,
                              "Set-Cookie: a=b\r\nCache-Control: max-age=60\r\n"
                              "Strict-Transport-Security: max-age=60\r\n",
                              "ok", -1);
      client_fetch (&result, client, url);
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
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (ClientResult) result = { 0 };
  guint n = 0;

  fault_server_add_reply (server, 200, NULL, "ok", -1);
  client_fetch (&result, client, url);
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
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_auto (ClientResult) result = { 0 };

  fault_server_add_reply (server, 200, "Content-Encoding: gzip\r\n", (const char *) gzip,
                          sizeof gzip);
  client_fetch (&result, client, url);

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
  g_autoptr (WbClient) client = client_new ("https://a.example", NULL);

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
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_auto (ClientResult) limited = { 0 };
  g_auto (ClientResult) cut = { 0 };

  fault_server_add (server, endless, -1, FAULT_ENDLESS);
  client_fetch (&limited, client, url);
  g_assert_no_error (limited.error);
  g_assert_cmpuint (g_bytes_get_size (limited.body), ==, WB_CLIENT_MAX_BODY_BYTES);

  fault_server_add (server, "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", -1,
                    FAULT_CLOSE);
  client_fetch (&cut, client, url);
  g_assert_no_error (cut.error);
  g_assert_cmpuint (soup_message_get_status (cut.message), ==, 403);
  g_assert_cmpuint (g_bytes_get_size (cut.body), ==, 3);
}

/* A host that has an address of IPv6 alone. */
static void
test_ipv6 (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = g_strdup_printf ("http://[::1]:%u", fault_server_get_port (server));
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_auto (ClientResult) result = { 0 };
  g_autofree char *host = NULL;

  if (!fault_server_add_ipv6 (server))
    {
      g_test_skip ("this computer has no IPv6");
      return;
    }
  fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
  client_fetch (&result, client, url);
  g_assert_no_error (result.error);
  host = fault_server_dup_header (server, 0, "Host");
  g_assert_true (g_str_has_prefix (host, "[::1]"));
}

/* Whole over HTTP/1.1, though the server would rather speak HTTP/2. */
static void
test_tls (void)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = client_new (url, "ca.pem");
  g_auto (ClientResult) result = { 0 };

  fault_server_set_protocols (server, protocols);
  fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
  client_fetch (&result, client, url);

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
    { "no-names.pem", "ca.pem", "localhost does not say which host it is for: it has no" },
    { "good.pem", "other-ca.pem", "Check the CA file" },
    { "good.pem", NULL, "set its CA file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = client_new_tls_server (cases[i].certificate);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbClient) client = client_new (url, cases[i].ca);
      g_auto (ClientResult) result = { 0 };

      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      client_fetch (&result, client, url);

      g_assert_nonnull (result.error);
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
  g_autofree char  *missing = client_dup_fixture ("missing.pem");
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
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *missing = client_dup_fixture ("missing.pem");
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbClient) none = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_CLOUD, "other");
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, url);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ca_file = cases[i].ca != NULL ? client_dup_fixture (cases[i].ca) : NULL;
      g_autoptr (WbClient) client = NULL;
      g_auto (ClientResult) result = { 0 };

      wb_account_set (account, WB_ACCOUNT_CA_FILE, ca_file);
      client = wb_client_new_for_account (account, clouds, &error);
      g_assert_no_error (error);
      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      client_fetch (&result, client, url);
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
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = client_new (url, "ca.pem");
  g_auto (ClientResult) result = { 0 };

  fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
  client_fetch (&result, client, url);

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

static void
test_refused_connection (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_auto (ClientResult) result = { 0 };

  g_clear_pointer (&server, fault_server_free);
  wb_client_set_limits (client, 1, 0);
  client_fetch (&result, client, url);

  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_true (g_str_has_prefix (result.error->message, "Could not reach 127.0.0.1: "));
}

/* A connection that is closed before a byte of the answer is made again, with the body; one that is
 * closed later is not. */
static void
test_reconnect (void)
{
  static const struct
  {
    int         limit;
    guint       n_closed;
    const char *begun;
    guint       n_opened;
    gboolean    is_answered;
  } cases[] = {
    { -1, 1, NULL, 2, TRUE },
    { -1, 4, NULL, 4, FALSE },
    { 1, 2, NULL, 2, FALSE },
    { 0, 1, NULL, 1, FALSE },
    { -1, 0, "H", 1, FALSE },
    { -1, 0, "garbage\r\n\r\n", 1, FALSE },
    { -1, 0, "HTTP/1.1 100 Continue\r\n\r\n", 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbClient) client = client_new (url, NULL);
      g_autoptr (WbRequestLog) log = wb_request_log_new ();
      g_autoptr (GBytes) body = g_bytes_new_static ("the body", 8);
      g_auto (ClientResult) result = { 0 };

      g_test_message ("row %u", i);
      for (guint j = 0; j < cases[i].n_closed; j++)
        fault_server_add (server, "", 0, FAULT_CLOSE);
      fault_server_add (server, cases[i].begun != NULL ? cases[i].begun : CLIENT_OK_REPLY, -1,
                        FAULT_CLOSE);
      wb_client_set_limits (client, cases[i].limit, 0);
      wb_client_set_request_log (client, log);
      result.message = wb_client_new_message (client, "POST", url, NULL);
      wb_client_set_body (result.message, "text/plain", body);
      wb_client_fetch_async (client, result.message, 100, NULL, client_fetched_cb, &result);
      client_wait (&result);

      g_assert_cmpint (result.body != NULL, ==, cases[i].is_answered);
      g_assert_cmpuint (fault_server_get_n_opened (server), ==, cases[i].n_opened);
      for (guint j = 0; j < fault_server_get_n_requests (server); j++)
        g_assert_true (g_str_has_suffix (fault_server_get_request (server, j), "the body"));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
    }
}

/* A wait for the next attempt ends with a cancellation. */
static void
test_reconnect_cancel (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ClientResult) result = { 0 };

  fault_server_add (server, "", 0, FAULT_CLOSE);
  client_begin (&result, client, url, cancellable);
  while (fault_server_get_n_requests (server) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_cancellable_cancel (cancellable);
  client_wait (&result);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
}

/* A row of interim answers without an end ends with the idle time, be it slow or fast, and the main
 * loop turns all the while. */
static void
test_interim (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);
      g_autoptr (WbClient) client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints,
                                                  "idle-timeout-seconds", 1, NULL);
      g_auto (ClientResult) result = { 0 };

      if (i == 1)
        fault_server_set_drip (server);
      fault_server_add (server, "HTTP/1.1 102 Processing\r\n\r\n", -1, FAULT_ENDLESS);
      client_fetch (&result, client, url);
      g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_nonnull (strstr (result.error->message, "did not answer in time"));
      g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
    }
}

/* As many interim answers as are waited for, and one more. */
static void
test_most_interim (void)
{
  for (guint beyond = 0; beyond < 2; beyond++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbClient) client = client_new (url, NULL);
      g_autoptr (GString) reply = g_string_new (NULL);
      g_auto (ClientResult) result = { 0 };

      for (guint i = 0; i < WB_CLIENT_MAX_INTERIM + beyond; i++)
        g_string_append (reply, "HTTP/1.1 102 Processing\r\n\r\n");
      g_string_append (reply, CLIENT_OK_REPLY);
      fault_server_add (server, reply->str, -1, FAULT_CLOSE);
      client_fetch (&result, client, url);
      if (beyond == 0)
        g_assert_no_error (result.error);
      else
        g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    }
}

/* Before, and while nothing comes. */
static void
test_cancel (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbClient) client = client_new (url, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ClientResult) during = { 0 };
  g_auto (ClientResult) before = { 0 };

  client_begin (&during, client, url, cancellable);
  while (fault_server_get_n_requests (server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  client_wait (&during);
  g_assert_error (during.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (fault_server_get_n_left (server) == 0)
    g_main_context_iteration (NULL, TRUE);

  client_begin (&before, client, url, cancellable);
  client_wait (&before);
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
  g_test_add_func ("/client/ipv6", test_ipv6);
  g_test_add_func ("/client/tls", test_tls);
  g_test_add_func ("/client/certificates", test_certificates);
  g_test_add_func ("/client/ca-file", test_ca_file);
  g_test_add_func ("/client/account", test_account);
  g_test_add_func ("/client/old-tls", test_old_tls);
  g_test_add_func ("/client/old-tls/subprocess", test_old_tls_subprocess);
  g_test_add_func ("/client/refused-connection", test_refused_connection);
  g_test_add_func ("/client/reconnect", test_reconnect);
  g_test_add_func ("/client/reconnect-cancel", test_reconnect_cancel);
  g_test_add_func ("/client/interim", test_interim);
  g_test_add_func ("/client/most-interim", test_most_interim);
  g_test_add_func ("/client/cancel", test_cancel);

  return g_test_run ();
}
