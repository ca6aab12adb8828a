/* test-cli-list.c: `waybill-cli list` on right and on hostile files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-fixture.h"
#include "core/json-scan.h"
#include "zip-maker.h"

#define FILE_NAME "-in.zip"

/* In an order of its own, with two entries of one name. */
static GBytes *
make_zip (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  const WbZipItem link = { .name = "connections/link.conn", .data = "/etc/hosts", .mode = 0120777 };
  const WbZipItem nul = { .name = "connections/a\0b.conn", .name_length = 20, .data = "{}" };

  wb_zip_maker_add_text (maker, "connections/", "");
  wb_zip_maker_add_text (maker, "connections/sales.conn",
                         "{\"name\":\"sales\",\"type\":\"DWS\",\"description\":\"\"}");
  wb_zip_maker_add_text (maker, "connections/a.conn", "{\"name\":\"a\",\"type\":\"HIVE\"}");
  wb_zip_maker_add_text (maker, "connections/sales.conn", "{\"name\":\"sales\",\"type\":\"RDS\"}");
  wb_zip_maker_add_text (maker, "connections/\033[31m\t\n\xe2\x80\xae\xff.conn", "not JSON");
  wb_zip_maker_add (maker, &nul);
  wb_zip_maker_add_text (maker, "数据 €.txt", "hello");
  wb_zip_maker_add (maker, &link);

  return wb_zip_maker_finish (maker, NULL);
}

static const char *const names[] = {
  "connections/sales.conn",
  "connections/a.conn",
  "connections/sales.conn",
  "connections/\\x1b[31m\\x09\\x0a\\xe2\\x80\\xae\\xff.conn",
  "connections/a\\x00b.conn",
  "数据 €.txt",
  "connections/link.conn",
};

static const char *const rests[] = {
  "\tDWS\t46",
  "\tHIVE\t26",
  "\tRDS\t29",
  "\t\t8",
  "\t\t2",
  "\t\t5",
  "\t\t10",
};

static CliRun *
run_list (CliFixture *fixture,
          const char *option,
          const char *other_option)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  CliRun *run;

  g_ptr_array_add (arguments, (gpointer) "list");
  if (option != NULL)
    g_ptr_array_add (arguments, (gpointer) option);
  if (other_option != NULL)
    g_ptr_array_add (arguments, (gpointer) other_option);
  g_ptr_array_add (arguments, (gpointer) "--");
  g_ptr_array_add (arguments, (gpointer) FILE_NAME);
  g_ptr_array_add (arguments, NULL);

  run = cli_run (fixture->folder, NULL, (const char *const *) arguments->pdata);
  g_test_message ("%s", run->err->str);

  return run;
}

static JsonArray *
parse_array (CliRun    *run,
             JsonNode **node)
{
  g_autoptr (GError) error = NULL;

  *node = wb_json_parse (run->out->str, run->out->len, &error);
  g_assert_no_error (error);
  g_assert_null (strchr (run->out->str, '\033'));
  g_assert_null (strstr (run->out->str, "\xe2\x80\xae"));

  return json_node_get_array (*node);
}

static void
test_lines (CliFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) zip = make_zip ();
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (CliRun) run = NULL;

  cli_fixture_put (fixture, FILE_NAME, zip);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (expected, "%s%s\n", names[i], rests[i]);

  run = run_list (fixture, NULL, NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out->str, ==, expected->str);

  /* Problems that the preview would flag are printed, one entry a line, and are not a failure. */
  g_assert_nonnull (strstr (run->err->str, "waybill-cli: connections/\\x1b[31m"));
  g_assert_nonnull (strstr (run->err->str, "waybill-cli: connections/sales.conn: "));
  g_assert_null (strstr (run->err->str, "connections/a.conn"));
  g_assert_null (strchr (run->err->str, '\033'));
}

static void
test_names (CliFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) zip = make_zip ();
  g_autofree char *expected = NULL;
  g_autoptr (CliRun) run = NULL;

  cli_fixture_put (fixture, FILE_NAME, zip);
  run = run_list (fixture, "--names", NULL);
  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *before = g_steal_pointer (&expected);

      expected = g_strconcat (before != NULL ? before : "", names[i], "\n", NULL);
    }
  g_assert_cmpstr (run->out->str, ==, expected);
  g_assert_cmpstr (run->err->str, ==, "");
}

static void
test_json (CliFixture   *fixture,
           gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *name;
    const char *type;
    gint64      size_bytes;
  } expected[] = {
    { "connections/sales.conn", "sales.conn", "DWS", 46 },
    { "connections/a.conn", "a.conn", "HIVE", 26 },
    { "connections/sales.conn#2", "sales.conn#2", "RDS", 29 },
    { "connections/\\x1b[31m\\x09\\x0a\\xe2\\x80\\xae\\xff.conn",
      "\\x1b[31m\\x09\\x0a\\xe2\\x80\\xae\\xff.conn", "", 8 },
    { "connections/a\\x00b.conn", "a\\x00b.conn", "", 2 },
    { "数据 €.txt", "数据 €.txt", "", 5 },
    { "connections/link.conn", "link.conn", "", 10 },
  };
  g_autoptr (GBytes) zip = make_zip ();
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) paths = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) paths_node = NULL;
  JsonArray *array;

  cli_fixture_put (fixture, FILE_NAME, zip);
  run = run_list (fixture, "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  array = parse_array (run, &node);
  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      g_assert_cmpuint (json_object_get_size (object), ==, 4);
      g_assert_cmpstr (json_object_get_string_member (object, "path"), ==, expected[i].path);
      g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, expected[i].name);
      g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, expected[i].type);
      g_assert_cmpint (json_object_get_int_member (object, "size_bytes"), ==,
                       expected[i].size_bytes);
    }

  paths = run_list (fixture, "--json", "--names");
  g_assert_cmpint (paths->status, ==, 0);
  array = parse_array (paths, &paths_node);
  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (json_array_get_string_element (array, i), ==, expected[i].path);
}

static void
assert_shown (CliFixture *fixture,
              const char *path,
              gint64      size_bytes)
{
  const char *const arguments[] = { "show", "--reveal", "--json", "--", FILE_NAME, path, NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, arguments);

  g_test_message ("%s: %s", path, run->err->str);
  g_assert_cmpint (run->status, ==, 0);
  if (size_bytes == 46)
    g_assert_nonnull (strstr (run->out->str, "\"DWS\""));
  if (size_bytes == 29)
    g_assert_nonnull (strstr (run->out->str, "\"RDS\""));
  if (size_bytes == 11)
    g_assert_nonnull (strstr (run->out->str, "literal"));
  if (size_bytes == 12)
    g_assert_nonnull (strstr (run->out->str, "composed"));
}

/* Each path that is listed leads to its entry, as text, escaped, and in JSON with its escapes; in
 * JSON there are no two of the same. */
static void
test_shown (CliFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) plain = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) elements = NULL;
  JsonArray *array;

  wb_zip_maker_add_text (maker, "c/sales.conn",
                         "{\"name\":\"inner\",\"type\":\"DWS\",\"description\":\"\"}");
  wb_zip_maker_add_text (maker, "c/sales.conn", "{\"name\":\"sales\",\"type\":\"RDS\"}");
  wb_zip_maker_add_text (maker, "c/sales.conn", "{}");
  wb_zip_maker_add_text (maker, "c/sales.conn#2", "not JSON");
  wb_zip_maker_add_text (maker, "c/\xff\xff", "bytes");
  wb_zip_maker_add_text (maker, "c/\xff\xfe", "bytes");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/\\xff\\xff",
                                         .data = "literal one",
                                         .made_on = 3 });
  wb_zip_maker_add_text (maker, "c/\"q\"\t\u202e.conn", "x");
  wb_zip_maker_add_text (maker, "c/u\u0308ber.conn", "composed not");
  zip = wb_zip_maker_finish (maker, NULL);
  cli_fixture_put (fixture, FILE_NAME, zip);

  plain = run_list (fixture, "--names", NULL);
  lines = g_strsplit (plain->out->str, "\n", -1);
  for (guint i = 0; *lines[i] != '\0'; i++)
    assert_shown (fixture, lines[i], 0);

  run = run_list (fixture, "--json", NULL);
  array = parse_array (run, &node);
  elements = g_strsplit (run->out->str, "{\"path\":", -1);
  g_assert_cmpuint (json_array_get_length (array), ==, 9);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject      *object = json_array_get_object_element (array, i);
      const char      *path = json_object_get_string_member (object, "path");
      gint64           size_bytes = json_object_get_int_member (object, "size_bytes");
      g_autofree char *literal = g_strndup (elements[i + 1],
                                            (gsize) (strstr (elements[i + 1], ",\"name\"")
                                                     - elements[i + 1]));
      g_autofree char *unquoted = g_strndup (literal + 1, strlen (literal) - 2);

      g_assert_true (g_hash_table_add (seen, (gpointer) path));
      assert_shown (fixture, path, size_bytes);
      assert_shown (fixture, literal, size_bytes);
      assert_shown (fixture, unquoted, size_bytes);
    }
  assert_shown (fixture, "inner", 46);
  assert_shown (fixture, "c/\u00fcber.conn", 12);
  assert_shown (fixture, "\u00fcber", 12);
}

/* A file of nothing but wrong entries does not fill the screen. */
static void
test_many_problems (CliFixture   *fixture,
                    gconstpointer data)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;
  g_autoptr (CliRun) run = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/%u.conn", i);
      const WbZipItem  item = { .name = name, .data = "{}", .crc_xor = 1 };

      wb_zip_maker_add (maker, &item);
    }
  zip = wb_zip_maker_finish (maker, NULL);
  cli_fixture_put (fixture, FILE_NAME, zip);

  run = run_list (fixture, NULL, NULL);
  g_assert_cmpint (run->status, ==, 0);
  lines = g_strsplit (run->err->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 10 + 1 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "waybill-cli: connections/0.conn: "));
  g_assert_true (g_str_has_prefix (lines[10], "waybill-cli: 20 more"));
}

static void
test_empty (CliFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) zip = wb_zip_maker_finish (maker, NULL);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) json = NULL;
  g_autoptr (JsonNode) node = NULL;

  cli_fixture_put (fixture, FILE_NAME, zip);
  run = run_list (fixture, "--names", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out->str, ==, "");

  json = run_list (fixture, "--json", NULL);
  g_assert_cmpint (json->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (parse_array (json, &node)), ==, 0);
}

static void
assert_refused (CliFixture *fixture,
                int         status,
                const char *kind)
{
  g_autoptr (CliRun) names_run = run_list (fixture, "--names", NULL);
  g_autoptr (CliRun) run = run_list (fixture, "--json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (run->out->str, run->out->len, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_cmpint (names_run->status, ==, status);
  g_assert_cmpint (run->status, ==, status);
  g_assert_cmpstr (names_run->out->str, ==, "");
  g_assert_true (g_str_has_prefix (run->err->str, "waybill-cli: "));
  object = json_object_get_object_member (json_node_get_object (node), "error");
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, kind);
}

static void
test_not_an_archive (CliFixture   *fixture,
                     gconstpointer data)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) zip = make_zip ();
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (zip, 0, g_bytes_get_size (zip) - 30);

  cli_fixture_put (fixture, FILE_NAME, text);
  assert_refused (fixture, 7, "not-an-archive");
  cli_fixture_put (fixture, FILE_NAME, nothing);
  assert_refused (fixture, 7, "not-an-archive");
  cli_fixture_put (fixture, FILE_NAME, cut);
  assert_refused (fixture, 7, "not-an-archive");
}

static void
test_unreadable (CliFixture   *fixture,
                 gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, FILE_NAME, NULL);

  assert_refused (fixture, 8, "local-file");
  g_assert_no_errno (g_mkdir (path, 0700));
  assert_refused (fixture, 8, "local-file");
  g_assert_no_errno (g_rmdir (path));
  g_assert_no_errno (mkfifo (path, 0600));
  assert_refused (fixture, 8, "local-file");
}

static void
test_output (CliFixture   *fixture,
             gconstpointer data)
{
  static const char *const arguments[] = { "list", "--names", "./" FILE_NAME, NULL };
  static const CliRunFlags flags[] = { CLI_RUN_OUTPUT_CLOSED, CLI_RUN_OUTPUT_FULL };
  g_autoptr (GBytes) zip = make_zip ();

  cli_fixture_put (fixture, FILE_NAME, zip);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (CliRun) run = cli_start (fixture->folder, NULL, arguments, flags[i]);

      cli_end (run);
      /* A reader that has seen enough is no error. */
      if (flags[i] == CLI_RUN_OUTPUT_CLOSED)
        {
          g_assert_cmpint (run->status, ==, 141);
          g_assert_cmpstr (run->err->str, ==, "");
          continue;
        }
      g_assert_cmpint (run->status, ==, 8);
      g_assert_nonnull (strstr (run->err->str, "standard output"));
    }
}

/* While it waits for someone to read the rest. */
static void
test_interrupted (CliFixture   *fixture,
                  gconstpointer data)
{
  static const char *const arguments[] = { "list", "--names", "./" FILE_NAME, NULL };
  static const int         signals[] = { SIGINT, SIGTERM };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;
  g_autofree char *filler = g_strnfill (1000, 'x');

  if (cli_skip_in_valgrind (CLI_WRITE_IN_VALGRIND))
    return;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u-%s", i, filler);

      wb_zip_maker_add_text (maker, name, "");
    }
  zip = wb_zip_maker_finish (maker, NULL);
  cli_fixture_put (fixture, FILE_NAME, zip);

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (CliRun) run = cli_start (fixture->folder, NULL, arguments, CLI_RUN_OUTPUT_UNREAD);

      cli_await_output (run);
      g_subprocess_send_signal (run->process, signals[i]);
      cli_end (run);
      g_assert_cmpint (run->status, ==, 130);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                      \
  g_test_add ("/cli/list/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("lines", test_lines);
  ADD ("names", test_names);
  ADD ("json", test_json);
  ADD ("shown", test_shown);
  ADD ("many-problems", test_many_problems);
  ADD ("empty", test_empty);
  ADD ("not-an-archive", test_not_an_archive);
  ADD ("unreadable", test_unreadable);
  ADD ("output", test_output);
  ADD ("interrupted", test_interrupted);
#undef ADD

  return g_test_run ();
}
