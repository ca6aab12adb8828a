/* test-socks.c: requests through real SOCKS5 proxies, with and without a user and password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "client-fixture.h"
#include "core/error.h"
#include "core/service/http/proxy-resolver.h"

/* Asks for @url with `all_proxy` as it would be on a command line. */
static void
fetch (ClientResult *result,
       const char   *scheme,
       const char   *user,
       const char   *port_variable,
       const char   *url)
{
  g_autofree char *proxy = g_strdup_printf ("%s://%slocalhost:%s", scheme, user,
                                            g_getenv (port_variable));
  g_autoptr (WbProxyResolver) proxies = NULL;
  g_autoptr (WbClient) client = client_new (url, "ca.pem");

  g_setenv ("all_proxy", proxy, TRUE);
  proxies = wb_proxy_resolver_new_for_command ();
  wb_client_set_proxies (client, proxies);
  g_test_message ("%s://%s…: %s", scheme, user, url);
  client_fetch (result, client, url);
}

/* The name is looked up by the proxy, as only that knows it. */
static void
test_granted (void)
{
  static const char *const cases[][3] = {
    { "socks5", "", "SOCKS_PORT" },
    { "socks5h", "", "SOCKS_PORT" },
    { "SOCKS5", "", "SOCKS_PORT" },
    { "socks5", "joe:right@", "SOCKS_USER_PORT" },
    { "socks5h", "joe:right@", "SOCKS_USER_PORT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = client_new_tls_server ("good.pem");
      g_autofree char *url = g_strdup_printf ("https://service.example.com:%u",
                                              fault_server_get_port (server));
      g_auto (ClientResult) result = { 0 };

      fault_server_add (server, CLIENT_OK_REPLY, -1, FAULT_CLOSE);
      fetch (&result, cases[i][0], cases[i][1], cases[i][2], url);
      g_assert_no_error (result.error);
      g_assert_cmpuint (g_bytes_get_size (result.body), ==, 2);
      g_assert_cmpuint (fault_server_get_n_opened (server), ==, 1);
    }
}

/* The refusal names the proxy and where it is set, and shows no password. */
static void
test_refused (void)
{
  static const char *const cases[][3] = {
    { "joe:CANARY@", "SOCKS_USER_PORT", "https://service.example.com:1" },
    { "", "SOCKS_USER_PORT", "https://service.example.com:1" },
    { "", "SOCKS_PORT", "https://service.example.com:1" }, /* nobody listens there */
    { "", "SOCKS_PORT", "https://unknown.invalid:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("localhost:%s", g_getenv (cases[i][1]));
      g_auto (ClientResult) result = { 0 };

      fetch (&result, "socks5", cases[i][0], cases[i][1], cases[i][2]);
      g_assert_nonnull (result.error);
      g_test_message ("%s", result.error->message);
      g_assert_cmpint (wb_error_get_kind (result.error), ==, WB_ERROR_KIND_NETWORK);
      g_assert_nonnull (strstr (result.error->message, name));
      g_assert_nonnull (strstr (result.error->message, "all_proxy"));
      g_assert_null (strstr (result.error->message, "CANARY"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socks/granted", test_granted);
  g_test_add_func ("/socks/refused", test_refused);

  return g_test_run ();
}
