/* test-folder-summary.c: what is in a folder, and of which types
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "core/archive/tree/folder-summary.h"

static void
assert_summary (WbArchive  *archive,
                guint       node,
                guint       n_connections,
                guint64     size_bytes,
                const char *types)
{
  g_auto (WbFolderSummary) summary = { 0 };

  wb_folder_summary_init (&summary, archive, node);
  g_assert_cmpuint (summary.n_connections, ==, n_connections);
  g_assert_cmpuint (summary.size_bytes, ==, size_bytes);
  g_assert_cmpstr (summary.types, ==, types);
}

static guint
find_folder (WbArchive  *archive,
             const char *path)
{
  for (guint i = 0; i < wb_archive_get_n_nodes (archive); i++)
    {
      g_autofree char *this_path = wb_archive_dup_path (archive, i);

      if (g_str_equal (this_path, path))
        return i;
    }

  g_assert_not_reached ();
}

static void
test_folders (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add_text (zip, "a/1.conn", "{\"type\":\"RDS\"}");
  wb_zip_maker_add_text (zip, "a/b/2.conn", "{\"type\":\"DWS\"}");
  wb_zip_maker_add_text (zip, "a/b/3.conn", "{\"type\":\"DWS\"}");
  wb_zip_maker_add_text (zip, "a/b/4.conn", "{\"type\":\"DLI\"}");
  wb_zip_maker_add_text (zip, "a/c/", "");
  wb_zip_maker_add_text (zip, "5.conn", "{}");
  wb_zip_maker_add_text (zip, "a/b/readme", "12345");
  archive = archive_open_maker (zip);

  assert_summary (archive, 0, 5, 4 * 14 + 2 + 5, "2 DWS, 1 Unknown, 1 DLI, 1 RDS");
  assert_summary (archive, find_folder (archive, "a"), 4, 4 * 14 + 5, "2 DWS, 1 DLI, 1 RDS");
  assert_summary (archive, find_folder (archive, "a/b"), 3, 3 * 14 + 5, "2 DWS, 1 DLI");
  assert_summary (archive, find_folder (archive, "a/c"), 0, 0, "");
}

/* More than can be read are cut. */
static void
test_many_types (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_auto (WbFolderSummary) summary = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.conn", i);
      g_autofree char *text = g_strdup_printf ("{\"type\":\"T%02u\"}", i);

      wb_zip_maker_add_text (zip, name, text);
    }
  archive = archive_open_maker (zip);
  wb_folder_summary_init (&summary, archive, 0);
  g_assert_cmpuint (summary.n_connections, ==, 100);
  g_assert_true (g_str_has_prefix (summary.types, "1 T00, 1 T01, "));
  g_assert_true (g_str_has_suffix (summary.types, "1 T09, …"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/folder-summary/folders", test_folders);
  g_test_add_func ("/folder-summary/many-types", test_many_types);

  return g_test_run ();
}
