/* test-proxy-address.c: proxies' addresses as people write them, and what other libraries get
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/proxy-address.h"

#include <gio/gio.h>
#include <string.h>

#include "core/error.h"
#include "core/service/http/proxy-resolver.h"

#define URL "https://service.example.com"
#define SECRET "canary5"

static const struct
{
  const char *value;
  const char *expected; /* NULL: refused */
} addresses[] = {
  /* What may be missing. */
  { "h:3128", "http://h:3128" },
  { "HTTP://h:3128/", "http://h:3128" },
  { "http://h:3128/path?query#fragment", "http://h:3128" },
  { "h", "http://h:1080" },
  { "https://h", "https://h:443" },
  { "HttpS://H:1", "https://H:1" },
  { " h:1\n", "http://h:1" },
  { "[::1]:3128", "http://[::1]:3128" },
  { "http://[fe80::1%25eth0]:1", "http://[fe80::1%25eth0]:1" },
  { "b\xc3\xbc"
    "cher.example:1",
    "http://xn--bcher-kva.example:1" },
  { "h:080", "http://h:80" },
  { "@h:1", "http://h:1" },

  /* User and password, escaped or not. */
  { "joe:pw@h:1", "http://joe:pw@h:1" },
  { "joe@h:1", "http://joe:@h:1" },
  { "http://joe:@h:1", "http://joe:@h:1" },
  { ":pw@h:1", "http://:pw@h:1" },
  { "joe:p:w@h:1", "http://joe:p:w@h:1" },
  { "joe:p@x@h:1", "http://joe:p%40x@h:1" },
  { "joe:50%@h:1", "http://joe:50%25@h:1" },
  { "joe:%zz@h:1", "http://joe:%25zz@h:1" },
  { "joe:%4@h:1", "http://joe:%254@h:1" },
  { "joe:%41@h:1", "http://joe:A@h:1" },
  { "joe:p%2Fw%23%3F@h:1", "http://joe:p%2Fw%23%3F@h:1" },
  { "joe:[{<\"^`|>}]@h:1", "http://joe:%5B%7B%3C%22%5E%60%7C%3E%7D%5D@h:1" },
  { "CORP\\joe:p@h:1", "http://CORP%5Cjoe:p@h:1" },
  { "jo%40corp:p%40ss%23%3A%25w@h:1", "http://jo%40corp:p%40ss%23:%25w@h:1" },

  /* Other kinds of proxies. */
  { "socks5h://h", "socks5://h:1080" },
  { "SOCKS5://joe:pw@h:1", "socks5://joe:pw@h:1" },
  { "socks://h:1", "socks5://h:1" },
  { "socks4://h:1", "socks4://h:1" },
  { "socks4a://h:1", "socks4a://h:1" },

  /* Where the host would be a part of the password, or of something else. */
  { "joe:" SECRET "/w@h:1", NULL },
  { "joe:" SECRET "?w@h:1", NULL },
  { "joe:" SECRET "#w@h:1", NULL },
  { "http://joe:" SECRET "/@h:1", NULL },
  { "joe:" SECRET "://w@h:1", NULL },
  { "http:/joe:" SECRET "@h:1", NULL },
  { "http:/h:1", NULL },
  { "http://http://h:1", NULL },
  { "//joe:" SECRET "@h:1", NULL },
  { "", NULL },
  { "http://", NULL },
  { "joe:" SECRET "@", NULL },
  { "%3bh", NULL }, /* the host would be another one the next time */
  { "joe:" SECRET "@:1", NULL },
  { "joe:" SECRET "@h:99999", NULL },
  { "joe:" SECRET "@h:0", NULL },
  { "joe:" SECRET "@h:-1", NULL },
  { "joe:" SECRET "@h:+80", NULL },
  { "joe:" SECRET "@h:port", NULL },
  { "joe:" SECRET "@h:", NULL },
  { "joe:" SECRET "@h h:1", NULL },
  { "joe:" SECRET "@::1:3128", NULL },
  { "joe:" SECRET "@[::1", NULL },
  { "joe:" SECRET "%E4@h:1", NULL },
  { "joe:" SECRET "\xe4@h:1", NULL },
  { "joe:" SECRET "%00@h:1", NULL },
  { "joe:" SECRET "%0Ax@h:1", NULL },
  { "joe:" SECRET "\nx@h:1", NULL },
  { "joe:" SECRET "\x1b@h:1", NULL },
  { "ftp://joe:" SECRET "@h:1", NULL },
  { "direct://joe:" SECRET "@h", NULL },
  { "quic://joe:" SECRET "@h", NULL },
};

/* One form for all, and that of it is itself. */
static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *address = NULL;
      g_autofree char *again = NULL;
      g_autofree char *shown = NULL;

      g_test_message ("row %u", i);
      address = wb_proxy_address_normalize (addresses[i].value, 1080);
      g_assert_cmpstr (address, ==, addresses[i].expected);
      if (address == NULL)
        continue;

      again = wb_proxy_address_normalize (address, 80);
      g_assert_cmpstr (again, ==, address);
      shown = wb_proxy_address_dup_public (address);
      g_assert_null (strchr (shown, '@'));
      g_assert_null (strstr (shown, "joe"));
    }
}

static const char *const variables[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                         "no_proxy", "NO_PROXY", "http_proxy", "HTTP_PROXY" };

static void
clear_environment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

/* What a command does with an address that is not understood: it is refused by the variable's name,
 * and no library gets to see it. */
static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (WbProxyResolver) resolver = NULL;
      g_auto (GStrv) proxies = NULL;
      g_auto (GStrv) own = NULL;
      g_autoptr (GError) error = NULL;

      if (addresses[i].expected != NULL || *addresses[i].value == '\0')
        continue;

      clear_environment ();
      g_setenv ("HTTPS_PROXY", addresses[i].value, TRUE);
      resolver = wb_proxy_resolver_new_for_command ();
      proxies = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver), URL, NULL, &error);
      g_assert_null (proxies);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "HTTPS_PROXY"));
      g_assert_null (strstr (error->message, SECRET));
      g_assert_null (g_getenv ("HTTPS_PROXY"));

      own = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver), "http://127.0.0.1:1", NULL, NULL);
      g_assert_cmpstr (own[0], ==, "direct://");
    }
  clear_environment ();
}

/* Which variable counts. */
static void
test_variables (void)
{
  static const struct
  {
    const char *set[4]; /* name and value, twice */
    const char *proxy;
    const char *variable;
  } cases[] = {
    { { "https_proxy", "a:1", "HTTPS_PROXY", "b:1" }, "http://a:1", "https_proxy" },
    { { "HTTPS_PROXY", "b:1", "all_proxy", "c:1" }, "http://b:1", "HTTPS_PROXY" },
    { { "all_proxy", "c:1", "ALL_PROXY", "d:1" }, "http://c:1", "all_proxy" },
    { { "ALL_PROXY", "socks5h://d" }, "socks5://d:1080", "ALL_PROXY" },
    { { "https_proxy", "", "all_proxy", "c:1" }, "http://c:1", "all_proxy" },
    { { "https_proxy", "a:1", "no_proxy", "example.com" }, "direct://", "no_proxy" },
    { { "https_proxy", "a:1", "NO_PROXY", "*" }, "direct://", "NO_PROXY" },
    { { "no_proxy", "*" }, "direct://", "no_proxy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbProxyResolver) resolver = NULL;
      g_auto (GStrv) proxies = NULL;

      clear_environment ();
      for (guint j = 0; j < 4 && cases[i].set[j] != NULL; j += 2)
        g_setenv (cases[i].set[j], cases[i].set[j + 1], TRUE);
      resolver = wb_proxy_resolver_new_for_command ();
      proxies = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver), URL, NULL, NULL);

      g_assert_cmpuint (g_strv_length (proxies), ==, 1);
      g_assert_cmpstr (proxies[0], ==, cases[i].proxy);
      g_assert_cmpstr (wb_proxy_resolver_get_variable (resolver, URL), ==, cases[i].variable);
    }
  clear_environment ();
}

/* What `no_proxy` may hold. What is not understood is left out in silence: GIO would print it. */
static void
test_exceptions (void)
{
  static const struct
  {
    const char *value;
    const char *url;
    gboolean    direct;
  } cases[] = {
    { "service.example.com", URL, TRUE },
    { "SERVICE.Example.COM", URL, TRUE },
    { "example.com", URL, TRUE },
    { ".example.com", URL, TRUE },
    { "*.example.com", URL, TRUE },
    { "other.example, ,\texample.com", URL, TRUE },
    { "other.example service.example.com", URL, TRUE },
    { "service.example.com:443", URL, TRUE },
    { "service.example.com:443", URL ":443/v1", TRUE },
    { "service.example.com:8443", URL, FALSE },
    { "service.example.com:8443", URL ":8443", TRUE },
    { "a,*,b", URL, TRUE },
    { "ample.com", URL, FALSE },
    { "com.", URL, FALSE },
    { "other.example", URL, FALSE },
    { "10.0.0.0/8", "https://10.1.2.3", TRUE },
    { "10.0.0.0/8", "https://11.1.2.3", FALSE },
    { "10.1.2.3", "https://10.1.2.3", TRUE },
    { "10.1.2.3:443", "https://10.1.2.3", TRUE },
    { "2001:db8::/32", "https://[2001:db8::1]", TRUE },
    { "[2001:db8::1]", "https://[2001:db8::1]", TRUE },
    { "2001:db8::1", "https://[2001:db8::1]", TRUE },
    { "[2001:db8::1]:443", "https://[2001:db8::1]", TRUE },
    { "[2001:db8::1", "https://[2001:db8::1]", FALSE },
    { "[2001:db8::1]:x", "https://[2001:db8::1]", FALSE },
    { "[]", URL, FALSE },
    { "]:1", URL, FALSE },
    { "service.example.com:", URL, FALSE },
    { "service.example.com:https", URL, FALSE },
    { "service.example.com:0", URL, FALSE },
    { "service.example.com:99999", URL, FALSE },
    { ":443", URL, FALSE },
    { "http://service.example.com", URL, FALSE },
    { "10.0.0.0/99", "https://10.1.2.3", FALSE },
    { "\xff", URL, FALSE },
    { ",", URL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbProxyResolver) resolver = NULL;
      g_auto (GStrv) proxies = NULL;

      g_test_message ("row %u", i);
      clear_environment ();
      g_setenv ("https_proxy", "p:1", TRUE);
      g_setenv ("no_proxy", cases[i].value, TRUE);
      resolver = wb_proxy_resolver_new_for_command ();
      proxies = g_proxy_resolver_lookup (G_PROXY_RESOLVER (resolver), cases[i].url, NULL, NULL);
      g_assert_cmpstr (proxies[0], ==, cases[i].direct ? "direct://" : "http://p:1");
      g_assert_cmpstr (wb_proxy_resolver_get_variable (resolver, cases[i].url), ==,
                       cases[i].direct ? "no_proxy" : "https_proxy");
    }
  clear_environment ();
}

/* What libraries find in the environment later: the window's, too. */
static void
test_clean (void)
{
  g_auto (GStrv) removed = NULL;

  clear_environment ();
  g_setenv ("http_proxy", "joe:" SECRET "/x@h:1", TRUE);
  g_setenv ("HTTPS_PROXY", "joe:" SECRET "@h:port", TRUE);
  g_setenv ("all_proxy", "socks5h://CORP\\joe:pw@h", TRUE);
  removed = wb_proxy_environment_clean ();
  g_assert_cmpuint (g_strv_length (removed), ==, 2);
  g_assert_cmpstr (removed[0], ==, "http_proxy");
  g_assert_cmpstr (removed[1], ==, "HTTPS_PROXY");
  g_assert_null (g_getenv ("http_proxy"));
  g_assert_null (g_getenv ("HTTPS_PROXY"));
  g_assert_cmpstr (g_getenv ("all_proxy"), ==, "socks5://CORP%5Cjoe:pw@h:1080");
  clear_environment ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proxy-address/addresses", test_addresses);
  g_test_add_func ("/proxy-address/refused", test_refused);
  g_test_add_func ("/proxy-address/variables", test_variables);
  g_test_add_func ("/proxy-address/exceptions", test_exceptions);
  g_test_add_func ("/proxy-address/clean", test_clean);

  return g_test_run ();
}
