/* test-proxy.c: what proxies do, and what is told of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "client-fixture.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/http/proxy-resolver.h"

#define URL "https://service.example.com/v1"
#define CONNECT_LINE "CONNECT service.example.com:443 HTTP/1.1\r\n"
#define GRANTED "HTTP/1.1 200 OK\r\n\r\n"
#define PASSWORD "canary-pw-9"

/* A resolver that lists proxies, as a script for proxies (PAC) can. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)

struct _TestResolver
{
  GObject parent_instance;

  char **proxies; /* (owned) */
};

static void test_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestResolver, test_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      test_resolver_iface_init))

static void
test_resolver_lookup_async (GProxyResolver     *resolver,
                            const char         *url,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, g_strdupv (TEST_RESOLVER (resolver)->proxies),
                         (GDestroyNotify) g_strfreev);
}

static char **
test_resolver_lookup_finish (GProxyResolver *resolver,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->lookup_async = test_resolver_lookup_async;
  iface->lookup_finish = test_resolver_lookup_finish;
}

static void
test_resolver_finalize (GObject *object)
{
  g_strfreev (TEST_RESOLVER (object)->proxies);

  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* A client that trusts the tests' authority. @url: where its service is; @second: another proxy, or
 * NULL */
static WbClient *
new_client (const char *url,
            const char *first,
            const char *second,
            guint       connect_timeout_ms)
{
  const char *const proxies[] = { first, second, NULL };
  g_autofree char  *ca_file = client_dup_fixture ("ca.pem");
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, NULL);
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);

  g_assert_nonnull (endpoints);
  resolver->proxies = g_strdupv ((char **) proxies);

  return g_object_new (WB_TYPE_CLIENT,
                       "endpoints", endpoints,
                       "proxy-resolver", resolver,
                       "tls-database", database,
                       "connect-timeout-ms", connect_timeout_ms,
                       NULL);
}

/* @user: (nullable): with “@” at its end */
static char *
dup_proxy_url (FaultServer *proxy,
               const char  *scheme,
               const char  *user,
               const char  *host)
{
  return g_strdup_printf ("%s://%s%s:%u", scheme, user != NULL ? user : "", host,
                          fault_server_get_port (proxy));
}

static void
assert_names_proxy (const GError *error,
                    FaultServer  *proxy,
                    const char   *scheme)
{
  g_autofree char *port = g_strdup_printf (":%u", fault_server_get_port (proxy));
  g_autofree char *start = g_strdup_printf ("proxy %s://", scheme);

  g_assert_error (error, WB_ERROR, WB_ERROR_NETWORK);
  g_test_message ("%s", error->message);
  g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_NETWORK);
  g_assert_nonnull (strstr (error->message, start));
  g_assert_nonnull (strstr (error->message, port));
  g_assert_nonnull (strstr (error->message, "the system’s network settings"));
  g_assert_null (strstr (error->message, PASSWORD));
}

/* The tunnels that are made: the service answers, and the proxy is asked once, at first with what
 * its own address has, or nothing. */
static void
test_granted (void)
{
  g_autofree char *much = g_strnfill (60 * 1024, 'x');
  g_autofree char *big = g_strdup_printf ("HTTP/1.1 200 OK\r\nX-Much: %s\r\n\r\n", much);
  const struct
  {
    const char *name;
    const char *answer;
    const char *user;
    const char *header; /* what the proxy got */
    gboolean    drips;
  } cases[] = {
    { "open", GRANTED, NULL, NULL, FALSE },
    { "HTTP/1.0", "HTTP/1.0 200 Connection established\r\n\r\n", NULL, NULL, FALSE },
    { "204", "HTTP/1.1 204 No Content\r\n\r\n", NULL, NULL, FALSE },
    { "slow", GRANTED, NULL, NULL, TRUE },
    { "length", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", NULL, NULL, FALSE },
    { "chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", NULL, NULL, FALSE },
    { "interim", "HTTP/1.1 100 Continue\r\n\r\n" GRANTED, NULL, NULL, FALSE },
    { "line feeds", "HTTP/1.1 200 OK\n\n", NULL, NULL, FALSE },
    { "much", big, NULL, NULL, FALSE },
    { "user", GRANTED, "joe:pw@", "Basic am9lOnB3", FALSE },
    { "escapes", GRANTED, "jo%40corp:p%40ss%23%3A%25w@", "Basic am9AY29ycDpwQHNzIzoldw==", FALSE },
    { "domain", GRANTED, "CORP%5Cjoe:p@", "Basic Q09SUFxqb2U6cA==", FALSE },
    { "UTF-8", GRANTED, "j%C3%B6:p%C3%A4@", "Basic asO2OnDDpA==", FALSE },
    { "user only", GRANTED, "joe@", "Basic am9lOg==", FALSE },
    { "as typed", GRANTED, "joe:50%@x@", "Basic am9lOjUwJUB4", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) proxy = fault_server_new (NULL);
      g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
      g_autofree char *proxy_url = dup_proxy_url (proxy, "http", cases[i].user, "127.0.0.1");
      g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 10000);
      g_autoptr (WbRequestLog) log = wb_request_log_new ();
      g_autofree char *header = NULL;
      g_autofree char *leaked = NULL;
      g_autofree char *logged = NULL;
      g_autofree char *route = dup_proxy_url (proxy, ", proxy http", NULL, "127.0.0.1");
      g_auto (ClientResult) result = { 0 };

      g_test_message ("%s", cases[i].name);
      if (cases[i].drips)
        fault_server_set_drip (proxy);
      fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
      fault_server_add (proxy, cases[i].answer, -1, FAULT_TUNNEL);
      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      wb_client_set_request_log (client, log);
      client_fetch (&result, client, URL);

      g_assert_no_error (result.error);
      g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
      g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 1);
      g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, 1);
      g_assert_true (g_str_has_prefix (fault_server_get_request (proxy, 0), CONNECT_LINE));
      header = fault_server_dup_header (proxy, 0, "Proxy-Authorization");
      g_assert_cmpstr (header, ==, cases[i].header);

      /* Neither sees what is the other's. */
      g_assert_null (strstr (fault_server_get_request (proxy, 0), CLIENT_SECRET));
      leaked = fault_server_dup_header (server, 0, "Proxy-Authorization");
      g_assert_null (leaked);
      g_assert_nonnull (strstr (fault_server_get_request (server, 0), CLIENT_SECRET));

      logged = wb_request_log_dup_text (log);
      g_assert_nonnull (strstr (logged, route));
      g_assert_null (strchr (logged, '@'));
    }
}

/* Where the service is and where the proxy is. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *url;
    const char *line;
  } cases[] = {
    { "https://[2001:db8::1]:8443", "CONNECT [2001:db8::1]:8443 HTTP/1.1\r\n" },
    { "https://b\xc3\xbc"
      "cher.example",
      "CONNECT xn--bcher-kva.example:443 HTTP/1.1\r\n" },
    { "https://service.example.com:8443", "CONNECT service.example.com:8443 HTTP/1.1\r\n" },
  };
  g_autoptr (FaultServer) gone = fault_server_new (NULL);
  g_autofree char *gone_url = dup_proxy_url (gone, "http", "joe:pw@", "127.0.0.1");

  g_clear_pointer (&gone, fault_server_free);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) proxy = fault_server_new (NULL);
      const char      *host = fault_server_add_ipv6 (proxy) ? "[::1]" : "127.0.0.1";
      g_autofree char *proxy_url = dup_proxy_url (proxy, "http", "ann:pw@", host);
      /* Behind another that is down. */
      g_autoptr (WbClient) client = new_client (cases[i].url, gone_url, proxy_url, 10000);
      g_autofree char *url = NULL;
      g_autofree char *header = NULL;
      g_auto (ClientResult) result = { 0 };

      g_test_message ("%s through %s", cases[i].url, host);
      url = g_strconcat (wb_client_get_endpoints (client)->service_url, "/", NULL);
      fault_server_add_reply (proxy, 403, NULL, "", -1);
      client_fetch (&result, client, url);
      assert_names_proxy (result.error, proxy, "http");
      g_assert_true (g_str_has_prefix (fault_server_get_request (proxy, 0), cases[i].line));
      header = fault_server_dup_header (proxy, 0, "Proxy-Authorization");
      g_assert_cmpstr (header, ==, "Basic YW5uOnB3");
    }
}

#define USER "joe:" PASSWORD "@"
#define OFFERS "Proxy-Authenticate: "
#define BASIC OFFERS "Basic realm=\"x, y\"\r\nContent-Length: 0\r\n\r\n"
#define EMPTY "Content-Length: 0\r\n\r\n"
#define NEEDS "(HTTP status 407): it requires a user and password"
#define WRONG "(HTTP status 407): it did not accept the user and password"
#define REFUSED "refused the connection to service.example.com"
#define FAILED "could not connect to service.example.com"

/* A status of 0: the answer is nothing but @rest, in which “{N}” is as many kilobytes. */
static const struct
{
  const char *name;
  const char *user; /* (nullable) */
  guint       status;
  const char *rest;
  FaultEnd    end;
  const char *expected;
} refusals[] = {
  { "none", NULL, 407, BASIC, FAULT_HOLD, NEEDS },
  { "none, closed", NULL, 407, OFFERS "basic\r\nConnection: close\r\n\r\n", FAULT_CLOSE,
    NEEDS },
  { "none, no header", NULL, 407, EMPTY, FAULT_HOLD, NEEDS },
  { "wrong, kept", USER, 407, BASIC, FAULT_HOLD, WRONG },
  { "wrong, closed", USER, 407, BASIC, FAULT_CLOSE, WRONG },
  { "wrong, no header", USER, 407, EMPTY, FAULT_HOLD, WRONG },
  { "NTLM", USER, 407, OFFERS "Negotiate\r\n" OFFERS "NTLM\r\n\r\n", FAULT_HOLD,
    "a sign-in by Negotiate, NTLM, which" },
  { "Digest", NULL, 407, OFFERS "Digest realm=\"a,b\", nonce=\"c\"\r\n\r\n", FAULT_HOLD,
    "a sign-in by Digest, which" },
  { "any", USER, 407, OFFERS "NTLM, Basic realm=\"x\"\r\n\r\n", FAULT_HOLD, WRONG },
  { "hostile", NULL, 407, OFFERS "\x1b[2J, <b>, Bearer, a\"b, Bearer\r\n\r\n", FAULT_HOLD,
    "a sign-in by Bearer, which" },
  { "password", USER, 407, OFFERS PASSWORD " realm=\"x\", NTLM\r\n\r\n", FAULT_HOLD,
    "a sign-in by •••, NTLM, which" },
  { "no body", NULL, 407, "Content-Length: 10\r\n\r\n", FAULT_HOLD, NEEDS },
  { "endless body", NULL, 407, "\r\nxxxxxxxxxxxxxxxx", FAULT_ENDLESS, NEEDS },
  { "401", USER, 401, EMPTY, FAULT_HOLD, REFUSED " (HTTP status 401)" },
  { "403", USER, 403, "Content-Length: 3\r\n\r\nno!", FAULT_HOLD, REFUSED " (HTTP status 403)" },
  { "502", USER, 502, "Content-Length: 25\r\n\r\n{\"error_code\":\"DLF.6322\"}", FAULT_CLOSE,
    FAILED " (HTTP status 502)" },
  { "503", NULL, 503, "Retry-After: 1\r\n\r\n", FAULT_CLOSE, FAILED " (HTTP status 503)" },
  { "302", USER, 302, "Location: https://evil.example/\r\n\r\n", FAULT_CLOSE,
    REFUSED " (HTTP status 302)" },
  { "garbage", USER, 0, "What do you want?\r\n\r\n", FAULT_CLOSE, "did not answer like a proxy" },
  { "half a head", USER, 0, "HTTP/1.1 200 OK\r\nX", FAULT_CLOSE, "did not answer like a proxy" },
  { "nothing", USER, 0, "", FAULT_CLOSE, "through the proxy" },
  { "no end", USER, 0, "{200}", FAULT_CLOSE, "proxy" },
  { "500 KB header", USER, 0, "HTTP/1.1 200 OK\r\nX: {500}\r\n\r\n", FAULT_HOLD, "proxy" },
};

static char *
dup_answer (guint       status,
            const char *rest)
{
  const char      *mark = status == 0 ? strchr (rest, '{') : NULL;
  g_autofree char *much = NULL;

  if (status != 0)
    return g_strdup_printf ("HTTP/1.1 %u No\r\n%s", status, rest);
  if (mark == NULL)
    return g_strdup (rest);

  much = g_strnfill (1024 * strtoul (mark + 1, NULL, 10), 'x');

  return g_strdup_printf ("%.*s%s%s", (int) (mark - rest), rest, much, strchr (mark, '}') + 1);
}

/* Each is told at once, in words, and the proxy is asked no second time: a user's account may be
 * locked after few wrong passwords. Wherever there is another proxy, it gets nothing. */
static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (FaultServer) proxy = fault_server_new (NULL);
      g_autoptr (FaultServer) other = fault_server_new (NULL);
      g_autofree char *host = g_strdup (fault_server_add_ipv6 (proxy) ? "localhost" : "127.0.0.1");
      g_autofree char *proxy_url = dup_proxy_url (proxy, "http", refusals[i].user, host);
      g_autofree char *other_url = dup_proxy_url (other, "http", "ann:pw2@", "127.0.0.1");
      g_autofree char *answer = dup_answer (refusals[i].status, refusals[i].rest);
      g_autoptr (WbClient) client = new_client (URL, proxy_url, other_url, 60000);
      g_autofree char *header = NULL;
      g_auto (ClientResult) result = { 0 };

      g_test_message ("%s", refusals[i].name);
      fault_server_add (proxy, answer, -1, refusals[i].end);
      client_fetch (&result, client, URL);

      assert_names_proxy (result.error, proxy, "http");
      g_assert_nonnull (strstr (result.error->message, refusals[i].expected));
      g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, 1);
      g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 1);
      g_assert_cmpuint (fault_server_get_n_opened (other), ==, 0);
      header = fault_server_dup_header (proxy, 0, "Proxy-Authorization");
      g_assert_cmpint (header != NULL, ==, refusals[i].user != NULL);
    }
}

/* What never ends: the deadline does, and names the proxy. */
static void
test_silent (void)
{
  static const struct
  {
    const char *name;
    const char *scheme;
    const char *answer;
    FaultEnd    end;
    gboolean    drips;
  } cases[] = {
    { "silent", "http", NULL, FAULT_HOLD, FALSE },
    { "banner", "http", "SSH-2.0-OpenSSH_9.2", FAULT_HOLD, FALSE },
    { "byte by byte", "http", "HTTP/1.1 200 OK\r\nX: ", FAULT_ENDLESS, TRUE },
    { "101", "http", "HTTP/1.1 101 Switching\r\n\r\n", FAULT_HOLD, FALSE },
    { "interim", "http", "HTTP/1.1 100 Continue\r\n\r\n", FAULT_ENDLESS, FALSE },
    { "TLS for a plain proxy", "https", NULL, FAULT_HOLD, FALSE },
    { "socks", "socks5", NULL, FAULT_HOLD, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) proxy = fault_server_new (NULL);
      g_autofree char *proxy_url = dup_proxy_url (proxy, cases[i].scheme, "joe:" PASSWORD "@",
                                                  "127.0.0.1");
      g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 100);
      g_auto (ClientResult) result = { 0 };

      g_test_message ("%s", cases[i].name);
      if (cases[i].drips)
        fault_server_set_drip (proxy);
      if (cases[i].answer != NULL)
        fault_server_add (proxy, cases[i].answer, -1, cases[i].end);
      client_fetch (&result, client, URL);

      assert_names_proxy (result.error, proxy, cases[i].scheme);
      g_assert_nonnull (strstr (result.error->message, "made no connection to service"));
      g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 1);
    }
}

/* One that is down, or has a name that nobody knows, is told from a service that is. */
static void
test_down (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autofree char  *down = dup_proxy_url (proxy, "http", "joe:" PASSWORD "@", "127.0.0.1");
  g_autofree char  *unknown = dup_proxy_url (proxy, "http", "joe:" PASSWORD "@", "proxy.invalid");
  const char *const urls[] = { down, unknown };

  fault_server_free (g_steal_pointer (&proxy));
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (WbClient) client = new_client (URL, urls[i], NULL, 10000);
      g_auto (ClientResult) result = { 0 };

      client_fetch (&result, client, URL);
      g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
      g_assert_true (g_str_has_prefix (result.error->message,
                                       "Could not reach service.example.com through"));
      g_assert_nonnull (strstr (result.error->message, "the system’s network settings"));
      g_assert_null (strstr (result.error->message, PASSWORD));
    }
}

/* Behind the tunnel it is the service that fails. */
static void
test_service_fails (void)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autoptr (FaultServer) server = client_new_tls_server ("wrong-host.pem");
  g_autofree char *proxy_url = fault_server_dup_url (proxy);
  g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 10000);
  g_auto (ClientResult) result = { 0 };

  fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
  fault_server_add (proxy, GRANTED, -1, FAULT_TUNNEL);
  client_fetch (&result, client, URL);
  g_assert_error (result.error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_nonnull (strstr (result.error->message, "that service.example.com shows"));
}

/* An HTTPS proxy is GIO's. Its certificate must be one that the system trusts. */
static void
test_https_untrusted (void)
{
  g_autoptr (FaultServer) proxy = client_new_tls_server ("good.pem");
  g_autofree char *proxy_url = dup_proxy_url (proxy, "https", "joe:" PASSWORD "@", "localhost");
  g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 10000);
  g_auto (ClientResult) result = { 0 };

  client_fetch (&result, client, URL);
  assert_names_proxy (result.error, proxy, "https");
  g_assert_nonnull (strstr (result.error->message, "No secure connection to the proxy https://"));
  g_assert_cmpuint (fault_server_get_n_bytes (proxy), ==, 0);
}

/* The largest head of an HTTPS proxy's answer, and one byte more. */
static void
test_largest_head (void)
{
  g_autofree char *ca_file = client_dup_fixture ("ca.pem");
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, NULL);

  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  for (gsize i = 0; i < 2; i++)
    {
      static const char start[] = "HTTP/1.1 200 OK\r\nX: ";
      g_autofree char  *filler = g_strnfill (WB_PROXY_MAX_HEAD_BYTES - strlen (start) - 4 + i, 'x');
      g_autofree char  *head = g_strconcat (start, filler, "\r\n\r\n", NULL);
      g_autoptr (FaultServer) proxy = client_new_tls_server ("good.pem");
      g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
      g_autofree char *proxy_url = dup_proxy_url (proxy, "https", NULL, "localhost");
      g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 60000);
      g_auto (ClientResult) result = { 0 };

      fault_server_add_ipv6 (proxy);
      fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
      for (guint j = 0; j < 2; j++)
        fault_server_add (proxy, head, -1, FAULT_TUNNEL);
      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      client_fetch (&result, client, URL);

      g_test_message ("%s", result.error != NULL ? result.error->message : "granted");
      if (i == 0)
        {
          g_assert_no_error (result.error);
          continue;
        }
      assert_names_proxy (result.error, proxy, "https");
      g_assert_nonnull (strstr (result.error->message, "did not answer like a proxy"));
    }
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
}

/* GIO asks each address of an HTTPS proxy, and each further proxy, unless it is stopped. */
static void
test_https (void)
{
  static const struct
  {
    const char *user; /* (nullable) */
    const char *answer;
    const char *expected; /* NULL: it is granted */
  } cases[] = {
    { "joe:pw@", GRANTED, NULL },
    { "joe@", GRANTED, NULL },
    { NULL, GRANTED, NULL },
    { "joe:" PASSWORD "@", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n",
      WRONG },
    { USER, "HTTP/1.1 407 No\r\n" OFFERS "Basic\r\nContent-Length: 9\r\n\r\n", WRONG },
    { "joe:" PASSWORD "@", "HTTP/1.1 403 No\r\n\r\n",
      REFUSED " (HTTP status 403)" },
    { NULL, "HTTP/1.1 503 No\r\n\r\n", FAILED " (HTTP status 503)" },
    { NULL, "HTTP/1.1 407 No\r\n" OFFERS "NTLM\r\n\r\n", "a sign-in by NTLM, which" },
    { NULL, "HTTP/1.1 100 Continue\r\n\r\n" GRANTED, NULL },
    { NULL, "HTTP/1.0 200 OK\nX: y\n\n", NULL },
    { NULL, "HTTP/1.1 101 No\r\n\r\n", "(HTTP status 101)" },
    { NULL, GRANTED "SSH-2.0", "did not answer like a proxy" },
    { USER, "HTTP/1.1 200 OK\r\nX", "did not answer like a proxy" },
    { NULL, "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n",
      "(HTTP status 407): it requires a user and password" },
    { NULL, "HTTP/1.1 403 No\r\n\r\n", "(HTTP status 403)" },
    { NULL, "garbage\r\n\r\n", "did not answer like a proxy" },
  };
  g_autofree char *ca_file = client_dup_fixture ("ca.pem");
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, NULL);

  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) proxy = client_new_tls_server ("good.pem");
      g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
      g_autofree char *proxy_url = dup_proxy_url (proxy, "https", cases[i].user, "localhost");
      const char      *second = cases[i].user != NULL ? proxy_url : NULL;
      g_autoptr (WbClient) client = new_client (URL, proxy_url, second, 60000);
      g_autofree char *header = NULL;
      g_auto (ClientResult) result = { 0 };

      g_test_message ("row %u", i);
      fault_server_add_ipv6 (proxy);
      fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
      for (guint j = 0; j < 4; j++)
        fault_server_add (proxy, cases[i].answer, -1,
                          cases[i].expected == NULL ? FAULT_TUNNEL : FAULT_CLOSE);
      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      client_fetch (&result, client, URL);

      if (result.error != NULL)
        g_test_message ("%s", result.error->message);
      header = fault_server_dup_header (proxy, 0, "Proxy-Authorization");
      g_assert_cmpint (header != NULL, ==, cases[i].user != NULL);
      if (cases[i].user != NULL)
        g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, 1);
      if (cases[i].expected == NULL)
        {
          g_assert_no_error (result.error);
          g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
          continue;
        }
      assert_names_proxy (result.error, proxy, "https");
      g_assert_nonnull (strstr (result.error->message, cases[i].expected));
    }
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
}

/* What a SOCKS proxy is told (RFC 1928 and 1929), and what it answers. */
typedef struct
{
  guint8 auth_answer;
  char  *user;    /* (owned) (nullable): and the password */
  char  *target;  /* (owned) (nullable) */
  guint  n_users; /* how often it was told */
  gint   n_under_way;
} Socks;

/* Returns: (transfer full) (nullable): a text behind its length */
static char *
read_text (GInputStream *input)
{
  guint8 length;
  char  *text;

  if (g_input_stream_read (input, &length, 1, NULL, NULL) != 1)
    return NULL;

  text = g_new0 (char, length + 1u);
  g_input_stream_read_all (input, text, length, NULL, NULL, NULL);

  return text;
}

/* Before its thread begins, which may be later than the end of what it is for. */
static gboolean
socks_incoming_cb (GSocketService    *service,
                   GSocketConnection *connection,
                   GObject           *source,
                   gpointer           user_data)
{
  Socks *socks = user_data;

  g_atomic_int_inc (&socks->n_under_way);

  return FALSE;
}

/* In a thread of its own. */
static gboolean
socks_run_cb (GThreadedSocketService *service,
              GSocketConnection      *connection,
              GObject                *source,
              gpointer                user_data)
{
  static const guint8 not_allowed[] = { 5, 2, 0, 1, 0, 0, 0, 0, 0, 0 };
  Socks              *socks = user_data;
  GInputStream       *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream      *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  const guint8        method[] = { 5, 2 };
  const guint8        auth[] = { 1, socks->auth_answer };
  guint8              head[4];
  g_autofree char    *methods = NULL;
  g_autofree char    *user = NULL;
  g_autofree char    *password = NULL;

  g_input_stream_read_all (input, head, 1, NULL, NULL, NULL);
  methods = read_text (input);
  g_output_stream_write_all (output, method, sizeof method, NULL, NULL, NULL);

  g_input_stream_read_all (input, head, 1, NULL, NULL, NULL);
  user = read_text (input);
  password = read_text (input);
  if (password == NULL)
    {
      g_atomic_int_add (&socks->n_under_way, -1);
      return TRUE;
    }
  socks->n_users++;
  g_free (socks->user);
  socks->user = g_strdup_printf ("%s:%s", user, password);
  g_output_stream_write_all (output, auth, sizeof auth, NULL, NULL, NULL);

  if (socks->auth_answer == 0)
    {
      g_input_stream_read_all (input, head, sizeof head, NULL, NULL, NULL);
      /* A name, which is not looked up here. */
      socks->target = head[3] == 3 ? read_text (input) : NULL;
      g_output_stream_write_all (output, not_allowed, sizeof not_allowed, NULL, NULL, NULL);
    }
  g_atomic_int_add (&socks->n_under_way, -1);

  return TRUE;
}

/* SOCKS is GIO's: the proxy gets the host's name, and its user and password once, whatever
 * addresses it has and whatever proxies follow. */
static void
test_socks (void)
{
  static const struct
  {
    const char *scheme;
    guint8      auth_answer;
    const char *target;
  } cases[] = {
    { "socks5", 0, "service.example.com" },
    { "socks5h", 0, "service.example.com" },
    { "SOCKS", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Socks socks = { .auth_answer = cases[i].auth_answer };
      g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
      GSocketListener *listener = G_SOCKET_LISTENER (service);
      guint16          port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
      g_autofree char *url = g_strdup_printf ("%s://joe:%s@localhost:%u", cases[i].scheme,
                                              PASSWORD, port);
      g_autofree char *name = g_strdup_printf ("The proxy socks5://localhost:%u", port);
      g_autoptr (WbClient) client = new_client (URL, url, url, 60000);
      g_auto (ClientResult) result = { 0 };

      g_signal_connect (service, "incoming", G_CALLBACK (socks_incoming_cb), &socks);
      g_signal_connect (service, "run", G_CALLBACK (socks_run_cb), &socks);
      g_socket_service_start (service);
      client_fetch (&result, client, URL);
      g_socket_service_stop (service);
      g_socket_listener_close (listener);
      while (g_atomic_int_get (&socks.n_under_way) > 0)
        g_thread_yield ();

      g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
      g_test_message ("%s", result.error->message);
      g_assert_true (g_str_has_prefix (result.error->message, name));
      g_assert_null (strstr (result.error->message, PASSWORD));
      g_assert_cmpstr (socks.user, ==, "joe:" PASSWORD);
      g_assert_cmpstr (socks.target, ==, cases[i].target);
      g_assert_cmpuint (socks.n_users, ==, 1);
      g_free (socks.user);
      g_free (socks.target);
    }
}

/* Many at once, some refused and some cancelled: each has a result of its own. */
static void
test_many (void)
{
  enum
  {
    N = 20
  };
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
  g_autofree char *proxy_url = dup_proxy_url (proxy, "http", "joe:pw@", "127.0.0.1");
  g_autoptr (WbClient) client = new_client (URL, proxy_url, NULL, 60000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ClientResult) silent = { 0 };
  ClientResult results[N];
  guint        n_granted = 0;
  guint        n_refused = 0;

  fault_server_set_tunnel_port (proxy, fault_server_get_port (server));
  for (guint i = 0; i < N; i++)
    {
      if (i % 2 == 0)
        {
          fault_server_add (proxy, GRANTED, -1, FAULT_TUNNEL);
          fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
        }
      else
        {
          fault_server_add_reply (proxy, 403, NULL, "", -1);
        }
      client_begin (&results[i], client, URL, NULL);
    }
  for (guint i = 0; i < N; i++)
    client_wait (&results[i]);

  /* There is no answer left for this one. */
  client_begin (&silent, client, URL, cancellable);
  while (fault_server_get_n_requests (proxy) <= N)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  client_wait (&silent);
  g_assert_error (silent.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < N; i++)
    {
      n_granted += results[i].body != NULL;
      n_refused += results[i].error != NULL && strstr (results[i].error->message, "403") != NULL;
      client_result_clear (&results[i]);
    }
  g_assert_cmpuint (n_granted, ==, N / 2);
  g_assert_cmpuint (n_refused, ==, N / 2);
  g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, N + 1);
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
  g_autoptr (WbProxyResolver) resolver = wb_proxy_resolver_new (system);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);
  g_autoptr (WbClient) client = NULL;
  g_auto (ClientResult) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) proxies = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver),
                                                        cases[i].url, NULL, NULL);

      g_assert_cmpstr (proxies[0], ==, cases[i].direct ? "direct://" : proxy_url);
    }

  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "proxy-resolver", system, NULL);
  fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
  client_fetch (&result, client, url);
  g_assert_no_error (result.error);
  g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proxy/granted", test_granted);
  g_test_add_func ("/proxy/addresses", test_addresses);
  g_test_add_func ("/proxy/refused", test_refused);
  g_test_add_func ("/proxy/silent", test_silent);
  g_test_add_func ("/proxy/down", test_down);
  g_test_add_func ("/proxy/service-fails", test_service_fails);
  g_test_add_func ("/proxy/https-untrusted", test_https_untrusted);
  g_test_add_func ("/proxy/https", test_https);
  g_test_add_func ("/proxy/largest-head", test_largest_head);
  g_test_add_func ("/proxy/socks", test_socks);
  g_test_add_func ("/proxy/many", test_many);
  g_test_add_func ("/proxy/no-proxy-for-loopback", test_no_proxy_for_loopback);

  return g_test_run ();
}
