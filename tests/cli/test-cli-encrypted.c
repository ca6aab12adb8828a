/* test-cli-encrypted.c: `waybill-cli encrypt` and `verify`, and the password of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "zip-maker.h"

#define PASSWORD "CANARY of the ZIP"

static const char *const given[] = { "WAYBILL_ZIP_PASSWORD=" PASSWORD, NULL };
static const char *const no_text[] = { "WAYBILL_ZIP_PASSWORD=CANARY \377", NULL };
static const char *const wrong[] = { "WAYBILL_ZIP_PASSWORD=wrong", NULL };

static void
set_up (CliFixture   *fixture,
        gconstpointer data)
{
  g_autoptr (WbZipMaker) good = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) bad = wb_zip_maker_new ();
  g_autoptr (GBytes) good_bytes = NULL;
  g_autoptr (GBytes) bad_bytes = NULL;

  cli_fixture_set_up (fixture, data);
  wb_zip_maker_add_text (good, "connections/a.conn",
                         "{\"name\":\"inner\",\"type\":\"DWS\",\"description\":\"\"}");
  wb_zip_maker_add_text (good, "REDACTED.txt", "a note");
  good_bytes = wb_zip_maker_finish (good, NULL);
  cli_fixture_put (fixture, "good.zip", good_bytes);
  wb_zip_maker_add_text (bad, "good.conn", "{}");
  wb_zip_maker_add (bad, &(WbZipItem){ .name = "bad.conn", .data = "{}", .crc_xor = 1 });
  bad_bytes = wb_zip_maker_finish (bad, NULL);
  cli_fixture_put (fixture, "bad.zip", bad_bytes);
}

static CliRun *
run (CliFixture        *fixture,
     const char *const *environment,
     int                status,
     const char        *arguments)
{
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);
  CliRun *result = cli_run (fixture->folder, environment, (const char *const *) words);

  g_test_message ("%s: %s", arguments, result->err->str);
  g_assert_cmpint (result->status, ==, status);
  g_assert_null (strstr (result->out->str, "CANARY"));
  g_assert_null (strstr (result->err->str, "CANARY"));

  return result;
}

static void
test_verify (CliFixture   *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) right = run (fixture, NULL, 0, "verify good.zip good.zip");
  g_autoptr (CliRun) damaged = run (fixture, NULL, 7, "verify bad.zip good.zip");
  g_autoptr (CliRun) missing = run (fixture, NULL, 8, "verify none.zip good.zip");
  g_autoptr (CliRun) both = run (fixture, NULL, 7, "verify none.zip bad.zip");
  g_autoptr (CliRun) no_file = run (fixture, NULL, 2, "verify");

  g_assert_cmpstr (right->out->str, ==,
                   "good.zip: 1 file, all right\ngood.zip: 1 file, all right\n");
  g_assert_cmpstr (damaged->out->str, ==,
                   "bad.zip: bad.conn: The contents do not match their checksum.\n"
                   "good.zip: 1 file, all right\n");
  g_assert_nonnull (strstr (missing->out->str, "good.zip: 1 file"));
  g_assert_nonnull (strstr (missing->err->str, "none.zip"));
  g_assert_nonnull (strstr (both->err->str, "none.zip"));
}

/* The variable opens it for every command; a wrong one and none are named. */
static void
test_variable (CliFixture   *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char *arguments;
    int         given;
    int         wrong;
    int         none;
  } cases[] = {
    { "list copy.zip", 0, 1, 0 },
    { "list --names copy.zip", 0, 0, 0 },
    { "show copy.zip connections/a.conn", 0, 1, 1 },
    { "show copy.zip inner", 0, 1, 1 },
    { "redact --force copy.zip out.zip", 0, 1, 1 },
    { "verify copy.zip", 0, 1, 1 },
    { "encrypt --force copy.zip out.zip", 0, 1, 1 },
    { "compare good.zip copy.zip", 0, 9, 9 },
    { "compare --json good.zip copy.zip", 0, 9, 9 },
  };
  g_autoptr (CliRun) saved = run (fixture, given, 0, "encrypt good.zip copy.zip");
  g_autoptr (CliRun) again = run (fixture, given, 8, "encrypt good.zip copy.zip");
  g_autoptr (CliRun) none = run (fixture, NULL, 1, "encrypt --force good.zip copy.zip");
  g_autoptr (CliRun) not_text = run (fixture, no_text, 1, "encrypt --force good.zip copy.zip");

  g_assert_true (g_str_has_prefix (saved->out->str, "Saved copy.zip, encrypted, SHA-256 "));
  g_assert_nonnull (strstr (none->err->str, "WAYBILL_ZIP_PASSWORD"));
  g_assert_nonnull (strstr (not_text->err->str, "WAYBILL_ZIP_PASSWORD: The password is not UTF-8"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) right = run (fixture, given, cases[i].given, cases[i].arguments);
      g_autoptr (CliRun) refused = run (fixture, wrong, cases[i].wrong, cases[i].arguments);
      g_autoptr (CliRun) bytes = run (fixture, no_text, cases[i].wrong, cases[i].arguments);
      g_autoptr (CliRun) missing = run (fixture, NULL, cases[i].none, cases[i].arguments);

      if (cases[i].wrong != 0)
        {
          g_assert_nonnull (strstr (refused->err->str, "WAYBILL_ZIP_PASSWORD"));
          g_assert_nonnull (strstr (bytes->err->str, "WAYBILL_ZIP_PASSWORD"));
          g_assert_nonnull (strstr (bytes->err->str, "not UTF-8"));
        }
      if (cases[i].none != 0)
        g_assert_nonnull (strstr (missing->err->str, "WAYBILL_ZIP_PASSWORD"));
    }
}

static CliRun *
start (CliFixture *fixture,
       const char *arguments)
{
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);

  return cli_start (fixture->folder, NULL, (const char *const *) words, CLI_RUN_TERMINAL);
}

/* What was said before the answer is forgotten, for the same may be asked again. */
static void
answer (CliRun     *program,
        const char *question,
        const char *text)
{
  cli_expect (program, question);
  g_assert_false (cli_echoes (program));
  g_assert_null (strstr (program->err->str, "CANARY"));
  g_string_truncate (program->err, 0);
  cli_type (program, text);
}

/* A password is typed twice, unseen; two that differ are asked for again. To open, it is asked for
 * once, and again if it is wrong. */
static void
test_terminal (CliFixture   *fixture,
               gconstpointer data)
{
  g_autoptr (CliRun) encrypt = start (fixture, "encrypt good.zip copy.zip");
  g_autoptr (CliRun) show = NULL;
  g_autoptr (CliRun) wrong_thrice = NULL;

  answer (encrypt, "Password of the copy: ", "CANARY \377\n");
  cli_expect (encrypt, "not UTF-8");
  answer (encrypt, "Password of the copy: ", PASSWORD "\n");
  answer (encrypt, "again: ", "another\n");
  cli_expect (encrypt, "different");
  answer (encrypt, "Password of the copy: ", PASSWORD "\n");
  answer (encrypt, "again: ", PASSWORD "\n");
  cli_end (encrypt);
  g_assert_cmpint (encrypt->status, ==, 0);
  g_assert_null (strstr (encrypt->err->str, "CANARY"));

  show = start (fixture, "show copy.zip a");
  answer (show, "copy.zip”: ", "wrong\n");
  cli_expect (show, "does not open");
  answer (show, "copy.zip”: ", "CANARY \377\n");
  cli_expect (show, "not UTF-8");
  answer (show, "copy.zip”: ", PASSWORD "\n");
  cli_end (show);
  g_assert_cmpint (show->status, ==, 0);
  g_assert_nonnull (strstr (show->out->str, "Name: inner"));

  wrong_thrice = start (fixture, "verify copy.zip");
  for (guint i = 0; i < 3; i++)
    answer (wrong_thrice, "copy.zip”: ", "wrong\n");
  cli_end (wrong_thrice);
  g_assert_cmpint (wrong_thrice->status, ==, 1);
}

/* An entry that cannot be read: no copy. */
static void
test_unreadable (CliFixture   *fixture,
                 gconstpointer data)
{
  g_autoptr (CliRun) refused = run (fixture, given, 7, "encrypt bad.zip copy.zip");
  g_autoptr (CliRun) missing = run (fixture, NULL, 8, "list copy.zip");

  g_assert_nonnull (strstr (refused->err->str, "bad.conn"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                               \
  g_test_add ("/cli/encrypted/" name, CliFixture, NULL, set_up, function, \
              cli_fixture_tear_down)
  ADD ("verify", test_verify);
  ADD ("variable", test_variable);
  ADD ("terminal", test_terminal);
  ADD ("unreadable", test_unreadable);
#undef ADD

  return g_test_run ();
}
