/* test-cli-proxy.c: the proxies that the environment names, and what is told of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "fault-server.h"

#define URL "https://service.invalid"

static CliRun *
run_with (CliFixture        *fixture,
          const char *const *variables)
{
  static const char *const more[] = { "--auth", "token", "-o", "out.zip", "--verbose", NULL };
  g_autoptr (GPtrArray) environment = g_ptr_array_new ();
  CliRun *run;

  /* GLib tells all it does, but warns in vain. */
  g_ptr_array_add (environment, (gpointer) "WAYBILL_TOKEN=cafe");
  g_ptr_array_add (environment, (gpointer) "G_DEBUG=");
  for (guint i = 0; variables[i] != NULL; i++)
    g_ptr_array_add (environment, (gpointer) variables[i]);
  g_ptr_array_add (environment, NULL);

  run = cli_fixture_start (fixture, URL, (const char *const *) environment->pdata, more,
                           CLI_RUN_DEFAULT);
  cli_end (run);
  g_test_message ("%s", run->err->str);
  g_assert_cmpuint (run->out->len, ==, 0);
  g_assert_null (strstr (run->err->str, CANARY));

  return run;
}

/* Each variable counts, and each refusal names it, the proxy and the status. */
static void
test_refused (CliFixture   *fixture,
              gconstpointer data)
{
  static const char *const variables[] = { "https_proxy", "HTTPS_PROXY", "all_proxy",
                                           "ALL_PROXY" };
  static const char *const schemes[] = { "", "http://", "HTTP://" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (schemes); j++)
        {
          g_autoptr (FaultServer) proxy = fault_server_new (NULL);
          guint             port = fault_server_get_port (proxy);
          g_autofree char  *setting = g_strdup_printf ("%s=%sCORP\\joe:%s@%%zz@127.0.0.1:%u",
                                                       variables[i], schemes[j], CANARY, port);
          g_autofree char  *name = g_strdup_printf ("http://127.0.0.1:%u", port);
          g_autofree char  *route = g_strdup_printf ("proxy %s (%s)", name, variables[i]);
          const char *const environment[] = { setting, "G_MESSAGES_DEBUG=all", NULL };
          g_autofree char  *header = NULL;
          g_autoptr (CliRun) run = NULL;

          fault_server_add_reply (proxy, 407, "Proxy-Authenticate: Basic realm=\"x\"\r\n", "", -1);
          run = run_with (fixture, environment);
          g_assert_cmpint (run->status, ==, 6);
          g_assert_nonnull (strstr (run->err->str, name));
          g_assert_nonnull (strstr (run->err->str, "(HTTP status 407)"));
          g_assert_nonnull (strstr (run->err->str, variables[i]));
          g_assert_nonnull (strstr (run->err->str, route));
          g_assert_cmpuint (fault_server_get_n_requests (proxy), ==, 1);
          header = fault_server_dup_header (proxy, 0, "Proxy-Authorization");
          g_assert_nonnull (header);
          g_assert_null (strstr (run->err->str, header));
        }
    }
}

/* A limit to the whole run is one to the connection, too, and the proxy is named. */
static void
test_silent (CliFixture   *fixture,
             gconstpointer data)
{
  static const char *const more[] = { "--auth", "token", "--timeout", "1", NULL };
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autofree char  *address = g_strdup_printf ("127.0.0.1:%u", fault_server_get_port (proxy));
  g_autofree char  *setting = g_strconcat ("https_proxy=joe:" CANARY "@", address, NULL);
  const char *const environment[] = { "WAYBILL_TOKEN=cafe", setting, NULL };
  g_autoptr (CliRun) run = NULL;

  if (cli_skip_in_valgrind ("a second is over before the proxy is asked"))
    return;

  run = cli_fixture_start (fixture, URL, environment, more, CLI_RUN_DEFAULT);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 6);
  g_assert_nonnull (strstr (run->err->str, address));
  g_assert_nonnull (strstr (run->err->str, "the variable https_proxy"));
  g_assert_nonnull (strstr (run->err->str, "within 1 second"));
  g_assert_null (strstr (run->err->str, CANARY));
}

/* An exception is reached without it. */
static void
test_exception (CliFixture   *fixture,
                gconstpointer data)
{
  g_autoptr (FaultServer) proxy = fault_server_new (NULL);
  g_autofree char  *setting = g_strdup_printf ("https_proxy=127.0.0.1:%u",
                                               fault_server_get_port (proxy));
  const char *const environment[] = { setting, "NO_PROXY=other, .INVALID", NULL };
  g_autoptr (CliRun) run = run_with (fixture, environment);

  g_assert_cmpint (run->status, ==, 6);
  g_assert_nonnull (strstr (run->err->str, "no proxy (NO_PROXY)"));
  g_assert_cmpuint (fault_server_get_n_opened (proxy), ==, 0);
}

/* What is not an address is refused by the variable's name, before anything is sent, and neither
 * GIO nor libproxy gets to see it. */
static void
test_unreadable (CliFixture   *fixture,
                 gconstpointer data)
{
  static const char *const values[] = {
    "joe:" CANARY "/x@127.0.0.1:1",
    "joe:" CANARY "#@127.0.0.1:1",
    "joe:" CANARY "@h:port",
    "ftp://joe:" CANARY "@h:1",
    "http://joe:" CANARY "%00@h:1",
    "joe:" CANARY "@",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char  *setting = g_strconcat ("all_proxy=", values[i], NULL);
      g_autofree char  *other = g_strconcat ("http_proxy=", values[i], NULL);
      const char *const environment[] = { setting, other, "G_MESSAGES_DEBUG=all", NULL };
      g_autoptr (CliRun) run = run_with (fixture, environment);

      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, "The value of the variable all_proxy is not"));
    }
}

/* It does not count for this computer. */
static void
test_sample (CliFixture   *fixture,
             gconstpointer data)
{
  static const char *const environment[] = { "https_proxy=/", "all_proxy=ftp://x", NULL };
  static const char *const arguments[] = { "export", "--sample", "-o", "sample.zip", NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);

  g_assert_cmpint (run->status, ==, 0);
}

/* The desktop's settings are asked where dconf has no place to be: its complaint is nobody's. */
static void
test_quiet (CliFixture   *fixture,
            gconstpointer data)
{
  static const char *const environment[] = {
    "XDG_CURRENT_DESKTOP=GNOME", "GSETTINGS_BACKEND=dconf", "HOME=/proc/none",
    "XDG_RUNTIME_DIR=/proc/none", "XDG_CONFIG_HOME=/proc/none",
    "XDG_CACHE_HOME=/tmp", "G_DEBUG=", NULL
  };
  g_autoptr (CliRun) run = run_with (fixture, environment);
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (run->status, ==, 6);
  g_assert_nonnull (strstr (run->err->str, "no proxy (system settings)"));
  lines = g_strsplit (run->err->str, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "waybill-cli: "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                       \
  g_test_add ("/cli/proxy/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("refused", test_refused);
  ADD ("silent", test_silent);
  ADD ("exception", test_exception);
  ADD ("unreadable", test_unreadable);
  ADD ("sample", test_sample);
  ADD ("quiet", test_quiet);
#undef ADD

  return g_test_run ();
}
