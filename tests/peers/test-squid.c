/* test-squid.c: requests through a real Squid that wants a user and password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "client-fixture.h"
#include "core/error.h"
#include "core/service/http/proxy-resolver.h"

typedef struct
{
  const char *scheme;
  const char *variable; /* with the port */
} Kind;

static const Kind kinds[] = { { "http", "SQUID_PORT" }, { "https", "SQUID_TLS_PORT" } };

/* Asks for @url with `https_proxy` as it would be on a command line. */
static void
fetch (ClientResult *result,
       const Kind   *kind,
       const char   *user,
       const char   *url)
{
  g_autofree char *proxy = g_strdup_printf ("%s://%slocalhost:%s", kind->scheme, user,
                                            g_getenv (kind->variable));
  g_autoptr (WbProxyResolver) proxies = NULL;
  g_autoptr (WbClient) client = client_new (url, "ca.pem");

  g_setenv ("https_proxy", proxy, TRUE);
  proxies = wb_proxy_resolver_new_for_command ();
  wb_client_set_proxies (client, proxies);
  g_test_message ("%s://%s…: %s", kind->scheme, user, url);
  client_fetch (result, client, url);
}

static void
test_granted (void)
{
  static const char *const users[] = {
    "joe:right@",
    "jo%40corp:p%40ss%23%3A%25w@",
    "CORP%5Cjoe:p@",
    "CORP\\joe:p@",
    "j%C3%B6:p%C3%A4@",
    "j\xc3\xb6:p\xc3\xa4@",
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (users); i++)
    {
      g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
      g_autofree char *url = g_strdup_printf ("https://service.example.com:%u",
                                              fault_server_get_port (server));
      g_auto (ClientResult) result = { 0 };

      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      fetch (&result, &kinds[i % 2], users[i / 2], url);
      g_assert_no_error (result.error);
      g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
      g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
    }
}

/* Each is refused after one attempt: with-squid counts them by the hosts' names. */
static void
test_refused (void)
{
  static const struct
  {
    const char *user;
    const char *host; /* NULL: row-N.example */
    const char *expected;
  } cases[] = {
    { "joe:wrong@", NULL, "(HTTP status 407): it did not accept the user and password" },
    { "nobody:right@", NULL, "(HTTP status 407): it did not accept the user and password" },
    { "joe@", NULL, "(HTTP status 407): it did not accept the user and password" },
    { "", NULL, "(HTTP status 407): it requires a user and password" },
    { "joe:right@", "forbidden.example", "(HTTP status 403)" },
    { "joe:right@", NULL, "(HTTP status 503)" }, /* nobody listens there */
    { "joe:right@", "unknown.invalid", "(HTTP status 5" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      const Kind      *kind = &kinds[i % 2];
      const char      *host = cases[i / 2].host;
      g_autofree char *url = host != NULL ? g_strdup_printf ("https://%s:1", host)
                                          : g_strdup_printf ("https://row-%u.example:1", i);
      g_autofree char *name = g_strdup_printf ("The proxy %s://localhost:%s", kind->scheme,
                                               g_getenv (kind->variable));
      g_auto (ClientResult) result = { 0 };

      fetch (&result, kind, cases[i / 2].user, url);
      g_assert_error (result.error, WB_ERROR, WB_ERROR_NETWORK);
      g_test_message ("%s", result.error->message);
      g_assert_true (g_str_has_prefix (result.error->message, name));
      g_assert_nonnull (strstr (result.error->message, cases[i / 2].expected));
      g_assert_nonnull (strstr (result.error->message, "https_proxy"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *ca_file = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  g_test_init (&argc, &argv, NULL);

  /* In place of the system's authorities, which an HTTPS proxy is judged by. */
  ca_file = client_dup_fixture ("ca.pem");
  database = g_tls_file_database_new (ca_file, NULL);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  g_test_add_func ("/squid/granted", test_granted);
  g_test_add_func ("/squid/refused", test_refused);

  return g_test_run ();
}
