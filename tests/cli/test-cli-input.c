/* test-cli-input.c: a ZIP from standard input or a pipe, its columns, and what is colored of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "zip-maker.h"

static GBytes *
make_zip (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "c/a.conn",
                         "{\"name\":\"a\",\"type\":\"DWS\",\"ip\":\"10.0.0.1\",\"port\":\"8000\","
                         "\"password\":\"hunter2\"}");
  wb_zip_maker_add_text (maker, "c/b.txt", "hello");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/bad.conn", .data = "{}", .crc_xor = 1 });

  return wb_zip_maker_finish (maker, NULL);
}

#define LINES "c/a.conn\tDWS\t76\nc/b.txt\t\t5\nc/bad.conn\t\t2\n"

/* The program is $W, the ZIP a.zip. */
static const struct
{
  const char *name;
  const char *command;
  int         status;
  const char *out; /* (nullable): what it prints, or what it begins with where it ends with “…” */
  const char *err; /* (nullable): a part of it */
} cases[] = {
  { "list-pipe", "cat a.zip | $W list -", 0, LINES, "bad.conn: " },
  { "list-file", "$W list - <a.zip", 0, LINES, NULL },
  { "list-name", "cat a.zip | $W list /dev/stdin", 0, LINES, NULL },
  { "list-descriptor", "$W list /dev/fd/3 3<a.zip", 0, LINES, NULL },
  { "list-names", "cat a.zip | $W list --names -", 0, "c/a.conn\nc/b.txt\nc/bad.conn\n", NULL },
  { "list-locale", "LC_ALL=de_DE.UTF-8 LANGUAGE=de $W list a.zip", 0, LINES, NULL },
  { "list-c", "LC_ALL=C $W list a.zip", 0, LINES, NULL },
  { "list-nothing", "$W list - </dev/null", 7, "", "“standard input”: " },
  { "list-text", "echo hello | $W list -", 7, "", "“standard input”: " },
  { "list-closed", "$W list - <&-", 8, "", "“standard input”: " },
  { "list-folder", "$W list - </", 8, "", "“standard input”: " },
  { "columns", "$W list --columns size,name,address,type,path a.zip", 0,
    "76\ta.conn\t10.0.0.1:8000\tDWS\tc/a.conn\n5\tb.txt\t\t\tc/b.txt\n"
    "2\tbad.conn\t\t\tc/bad.conn\n",
    NULL },
  { "columns-spaces", "$W list --columns 'path, type' a.zip", 0,
    "c/a.conn\tDWS\nc/b.txt\t\nc/bad.conn\t\n", NULL },
  { "columns-json", "$W list --json --columns=address,size a.zip", 0,
    "[\n  {\"address\":\"10.0.0.1:8000\",\"size_bytes\":76},…", NULL },
  { "columns-unknown", "$W list --columns path,owner a.zip", 2, "", "“owner”" },
  { "columns-empty", "$W list --columns= a.zip", 2, "", "path, name, type, address" },
  { "columns-and-names", "$W list --names --columns=path a.zip", 2, "", "--names or --columns" },
  { "show", "cat a.zip | $W show - a", 0, "Path: c/a.conn\nName: a\n…", NULL },
  { "compare", "cat a.zip | $W compare a.zip -", 0, "0 added…", NULL },
  /* Both are opened at once, and the first one's error is the one that counts. */
  { "compare-bad", "echo hello | tee b.zip >c.zip; $W compare b.zip c.zip", 7, "", "“b.zip”: " },
  { "compare-bad-none", "echo hello >b.zip; $W compare b.zip c.zip", 7, "", "“b.zip”: " },
  { "compare-none-bad", "echo hello >b.zip; $W compare c.zip b.zip", 8, "", "“c.zip” " },
  { "compare-good-bad", "echo hello | $W compare a.zip -", 7, "", "“standard input”: " },
  { "compare-both", "cat a.zip | $W compare - -", 7, "", "“standard input”: " },
  { "redact", "cat a.zip | $W redact - - | $W list --names -", 0, "c/a.conn\n…", NULL },
  /* The reader has left before the program starts. */
  { "head", "exec 3> >(true); wait $!; $W list a.zip >&3", 141, "", NULL },
  { "help-head", "exec 3> >(true); wait $!; $W help >&3", 141, "", NULL },
};

static void
test_case (CliFixture   *fixture,
           gconstpointer data)
{
  guint             i = GPOINTER_TO_UINT (data);
  g_autofree char  *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                     "waybill-cli", NULL);
  g_autofree char  *script = g_strdup_printf ("cd '%s'; W='%s'; %s", fixture->folder, program,
                                              cases[i].command);
  const char *const argv[] = { "bash", "-c", script, NULL };
  g_autoptr (GBytes) zip = make_zip ();
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) exit_error = NULL;
  int status;

  if (g_str_has_suffix (cases[i].command, "<&-")
      && cli_skip_in_valgrind (CLI_CLOSED_IN_VALGRIND))
    return;

  cli_fixture_put (fixture, "a.zip", zip);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s%s", cases[i].command, out, err);

  if (!g_spawn_check_wait_status (status, &exit_error))
    g_assert_error (exit_error, G_SPAWN_EXIT_ERROR, cases[i].status);
  else
    g_assert_cmpint (cases[i].status, ==, 0);
  if (g_str_has_suffix (cases[i].out, "…"))
    g_assert_cmpint (strncmp (out, cases[i].out, strlen (cases[i].out) - strlen ("…")), ==, 0);
  else
    g_assert_cmpstr (out, ==, cases[i].out);
  if (cases[i].err != NULL)
    g_assert_nonnull (strstr (err, cases[i].err));
  if (cases[i].status == 141)
    g_assert_cmpstr (err, ==, "");
}

/* On a terminal that takes it, findings have a color; nowhere else is an escape sequence. */
static void
test_colors (CliFixture   *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *environment[3];
    CliRunFlags flags;
    gboolean    colored;
  } places[] = {
    { { "TERM=xterm", "NO_COLOR=", NULL }, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT, TRUE },
    { { "TERM=dumb", "NO_COLOR=", NULL }, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT, FALSE },
    { { "TERM=", "NO_COLOR=", NULL }, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT, FALSE },
    { { "TERM=xterm", "NO_COLOR=1", NULL }, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT, FALSE },
    { { "TERM=xterm", "NO_COLOR=", NULL }, CLI_RUN_DEFAULT, FALSE },
  };
  static const char *const commands[][4] = {
    { "list", "a.zip", NULL },
    { "show", "a.zip", "a", NULL },
  };
  g_autoptr (GBytes) zip = make_zip ();

  cli_fixture_put (fixture, "a.zip", zip);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
      {
        g_autoptr (CliRun) run = cli_start (fixture->folder, places[i].environment, commands[j],
                                            places[i].flags);

        cli_end (run);
        g_test_message ("%u %s: %s%s", i, commands[j][0], run->out->str, run->err->str);
        g_assert_cmpint (run->status, ==, 0);
        g_assert_cmpint (strstr (run->err->str, "\033[33m") != NULL, ==, places[i].colored);
        g_assert_cmpint (strchr (run->err->str, '\033') != NULL, ==, places[i].colored);
        g_assert_null (strchr (run->out->str, '\033'));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/input/", cases[i].name, NULL);

      g_test_add (path, CliFixture, GUINT_TO_POINTER (i), cli_fixture_set_up, test_case,
                  cli_fixture_tear_down);
    }
  g_test_add ("/cli/input/colors", CliFixture, NULL, cli_fixture_set_up, test_colors,
              cli_fixture_tear_down);

  return g_test_run ();
}
