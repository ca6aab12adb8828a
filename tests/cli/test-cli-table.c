/* test-cli-table.c: no command prints a secret of fixtures/secrets.json
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "cli-run.h"
#include "zip-maker.h"

/* Each is a process. */
#define ROWS_PER_SHOW 25

typedef struct
{
  JsonParser *table;
  char       *folder;
} Fixture;

static JsonArray *
get_rows (Fixture *fixture)
{
  return json_node_get_array (json_parser_get_root (fixture->table));
}

static void
put (Fixture    *fixture,
     const char *name,
     WbZipMaker *maker)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

/* One archive with all rows, and one in which most secrets are others. */
static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "secrets.json", NULL);
  g_autoptr (WbZipMaker) old_maker = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) new_maker = wb_zip_maker_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = cli_make_folder ();
  fixture->table = json_parser_new ();
  json_parser_load_from_file (fixture->table, path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (get_rows (fixture)); i++)
    {
      JsonObject      *row = json_array_get_object_element (get_rows (fixture), i);
      g_autofree char *name = g_strdup_printf ("connections/%s.conn",
                                               json_object_get_string_member (row, "id"));
      g_autofree char *text = json_to_string (json_object_get_member (row, "content"), FALSE);
      g_autoptr (GString) changed = g_string_new (text);

      g_string_replace (changed, "Zq", "Zw", 0);
      wb_zip_maker_add_text (old_maker, name, text);
      wb_zip_maker_add_text (new_maker, name, changed->str);
    }
  put (fixture, "old.zip", old_maker);
  put (fixture, "new.zip", new_maker);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  cli_remove_folder (fixture->folder);
  g_object_unref (fixture->table);
}

/* Those of a row; other rows may say some of them for other reasons, but none that begins so. */
static void
assert_hidden (JsonObject *row,
               const char *start,
               CliRun     *run)
{
  JsonArray *hidden = json_object_get_array_member (row, "hidden");

  for (guint i = 0; i < json_array_get_length (hidden); i++)
    {
      const char *secret = json_array_get_string_element (hidden, i);

      if (g_str_has_prefix (secret, start)
          && (strstr (run->out->str, secret) != NULL || strstr (run->err->str, secret) != NULL))
        g_error ("%s is shown", json_object_get_string_member (row, "id"));
    }
}

static void
test_whole (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const commands[] = {
    "list old.zip",
    "list --json old.zip",
    "compare old.zip new.zip",
    "compare --json old.zip new.zip",
    "compare new.zip old.zip",
    "redact old.zip redacted.zip",
  };

  for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
    {
      g_auto (GStrv) words = g_strsplit (commands[c], " ", -1);
      g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, (const char *const *) words);

      g_test_message ("%s", commands[c]);
      g_assert_cmpint (run->status, ==, strncmp (commands[c], "compare", 7) == 0 ? 1 : 0);
      for (guint i = 0; i < json_array_get_length (get_rows (fixture)); i++)
        assert_hidden (json_array_get_object_element (get_rows (fixture), i), "Zq", run);
    }
}

static void
test_show (Fixture      *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < json_array_get_length (get_rows (fixture)); i += ROWS_PER_SHOW)
    {
      JsonObject *row = json_array_get_object_element (get_rows (fixture), i);
      const char *id = json_object_get_string_member (row, "id");

      for (guint json = 0; json < 2; json++)
        {
          const char *words[] = { "show", "old.zip", id, json ? "--json" : NULL, NULL };
          g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, words);

          g_assert_cmpint (run->status, ==, 0);
          assert_hidden (row, "", run);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/cli-table/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/cli-table/show", Fixture, NULL, set_up, test_show, tear_down);

  return g_test_run ();
}
