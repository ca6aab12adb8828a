/* test-cli-progress.c: the line on the terminal that follows an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "own-folder.h"
#include "zip-maker.h"

static const char *const environment[] = { "WAYBILL_TOKEN=cafe", "TERM=xterm", "NO_COLOR=", NULL };

static CliRun *
start (CliFixture *fixture,
       const char *option,
       CliRunFlags flags)
{
  const char *const more[] = { "--auth", "token", option, NULL };

  return cli_fixture_start (fixture, fixture->service->url, environment, more, flags);
}

/* The terminal's last line: everything since it was last cleared. */
static const char *
get_line (CliRun *run)
{
  const char *start_of_line = g_strrstr (run->err->str, "\r\033[K");

  return start_of_line != NULL ? start_of_line + strlen ("\r\033[K") : "";
}

static void
interrupt (CliFixture *fixture,
           CliRun     *run)
{
  cli_type (run, "\003");
  cli_end (run);
  g_assert_cmpint (run->status, ==, 130);

  /* The line is gone, and the message stands alone. */
  g_assert_cmpstr (get_line (run), ==, "waybill-cli: Interrupted.\r\n");
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_done (CliFixture   *fixture,
           gconstpointer data)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (CliRun) run = NULL;

  wb_zip_maker_add_text (maker, "connections/a.conn", "{}");
  fixture->service->status = 200;
  fixture->service->body = wb_zip_maker_finish (maker, NULL);

  run = start (fixture, NULL, CLI_RUN_TERMINAL);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err->str, "Waiting for the service… · 0 s"));

  /* One line, rewritten, and gone at the end. */
  g_assert_null (strchr (run->err->str, '\n'));
  g_assert_cmpstr (get_line (run), ==, "");
  g_assert_true (g_str_has_prefix (run->out->str, "Saved "));
  g_assert_true (g_str_has_suffix (run->err->str, "\r\033[K"));
}

/* Where nobody would see it, and where nobody asked for it. */
static void
test_hidden (CliFixture   *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) no_terminal = NULL;
  g_autoptr (CliRun) quiet = NULL;

  scripted_service_set_text (fixture->service, 500, NULL, "no");
  no_terminal = start (fixture, NULL, CLI_RUN_DEFAULT);
  cli_end (no_terminal);
  quiet = start (fixture, "--quiet", CLI_RUN_TERMINAL);
  cli_end (quiet);

  g_assert_cmpint (no_terminal->status, ==, 5);
  g_assert_cmpint (quiet->status, ==, 5);
  g_assert_true (g_str_has_prefix (no_terminal->err->str, "waybill-cli: "));
  g_assert_true (g_str_has_prefix (quiet->err->str, "waybill-cli: "));
}

static void
test_received (CliFixture   *fixture,
               gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4 some bytes!");
  fixture->service->hang = TRUE;
  run = start (fixture, NULL, CLI_RUN_TERMINAL);
  cli_expect (run, "Received 16 bytes · ");
  interrupt (fixture, run);
}

static void
test_fraction (CliFixture   *fixture,
               gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4 some bytes!");
  fixture->service->hang = TRUE;
  fixture->service->total_bytes = 64;
  run = start (fixture, NULL, CLI_RUN_TERMINAL);
  cli_expect (run, "Received 16 bytes of 64 bytes (25 %) · ");
  interrupt (fixture, run);
}

/* A line that wraps could not be rewritten. */
static void
test_narrow (CliFixture   *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;
  g_auto (GStrv) lines = NULL;

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4 some bytes!");
  fixture->service->hang = TRUE;
  fixture->service->total_bytes = 64;
  run = start (fixture, NULL, CLI_RUN_TERMINAL | CLI_RUN_NARROW);
  cli_expect (run, "Received 16 ");
  lines = g_strsplit (run->err->str, "\r\033[K", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <, 20);
  interrupt (fixture, run);
}

/* A wait that the service asked for can be seen, and need not be waited for. */
static void
test_waiting (CliFixture   *fixture,
              gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;

  scripted_service_set_text (fixture->service, 503, NULL, "");
  fixture->service->retry_after = "100";
  run = start (fixture, NULL, CLI_RUN_TERMINAL);
  cli_expect (run, "The service is busy. Next try in ");
  interrupt (fixture, run);
  g_assert_cmpuint (fixture->service->n_exports, ==, 1);
}

/* Where escape sequences are not wanted there is none, and a plain line each 10 s. */
static void
test_plain (CliFixture   *fixture,
            gconstpointer data)
{
  static const char *const environments[][4] = {
    { "WAYBILL_TOKEN=cafe", "TERM=dumb", "NO_COLOR=", NULL },
    { "WAYBILL_TOKEN=cafe", "TERM=", "NO_COLOR=", NULL },
    { "WAYBILL_TOKEN=cafe", "TERM=xterm", "NO_COLOR=1", NULL },
  };
  static const char *const more[] = { "--auth", "token", NULL };
  CliRun                  *runs[G_N_ELEMENTS (environments)];

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4 some bytes!");
  fixture->service->hang = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = cli_fixture_start (fixture, fixture->service->url, environments[i], more,
                                 CLI_RUN_TERMINAL);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      cli_expect (runs[i], " s\r\n");
      g_assert_true (g_str_has_prefix (runs[i]->err->str, "Received 16 bytes · 1"));
      cli_type (runs[i], "\003");
      cli_end (runs[i]);
      g_assert_null (strchr (runs[i]->err->str, '\033'));
      g_assert_true (g_str_has_suffix (runs[i]->err->str, "waybill-cli: Interrupted.\r\n"));
      cli_run_free (runs[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                          \
  g_test_add ("/cli/progress/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("done", test_done);
  ADD ("hidden", test_hidden);
  ADD ("received", test_received);
  ADD ("fraction", test_fraction);
  ADD ("narrow", test_narrow);
  ADD ("plain", test_plain);
  ADD ("waiting", test_waiting);
#undef ADD

  return g_test_run ();
}
