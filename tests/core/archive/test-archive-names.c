/* test-archive-names.c: large archives, whose names are there before their files are read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/tree/findings.h"
#include "core/error.h"

#define N_LARGE 2500

/* As a service would make it, one of them with another name. */
static WbZipMaker *
make (guint n)
{
  WbZipMaker *maker = wb_zip_maker_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/c%u.conn", i);
      g_autofree char *text =
        g_strdup_printf ("{\"name\": \"c%u\", \"type\": \"%s\","
                         " \"config\": {\"ip\": \"10.0.%u.%u\", \"password\": \"secret-%u\"}}",
                         i == 7 ? 8 : i, i % 2 != 0 ? "DWS" : "RDS", i / 256, i % 256, i);

      wb_zip_maker_add_text (maker, name, text);
    }

  return maker;
}

static WbSpool *
to_spool (GBytes *bytes)
{
  g_autofree char *path = wb_zip_bytes_to_path (bytes, "names.zip");
  g_autoptr (GError) error = NULL;
  WbSpool *spool = wb_spool_open (path, &error);

  g_assert_no_error (error);

  return spool;
}

static WbArchive *
open_names (WbZipMaker *maker)
{
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (maker, NULL);
  g_autoptr (WbSpool) spool = to_spool (bytes);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbArchive *archive;

  wb_archive_open_async (spool, TRUE, NULL, await_cb, &result);
  archive = wb_archive_open_finish (await (&result), &error);
  g_assert_no_error (error);

  return archive;
}

static WbArchive *
complete (WbArchive *names)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbArchive *archive;

  wb_archive_complete_async (names, NULL, await_cb, &result);
  archive = wb_archive_complete_finish (names, await (&result), &error);
  g_assert_no_error (error);

  return archive;
}

/* A workspace has 200 connections at most, and those are read in no time. */
static void
test_small (void)
{
  g_autoptr (WbZipMaker) maker = make (200);
  g_autoptr (WbArchive) archive = open_names (maker);

  g_assert_true (wb_archive_is_complete (archive));
  g_assert_cmpstr (wb_archive_get_type_name (archive, 2), !=, "");
}

static void
test_large (void)
{
  g_autoptr (WbZipMaker) maker = make (N_LARGE);
  g_autoptr (WbZipMaker) same = make (N_LARGE);
  g_autoptr (WbArchive) names = open_names (maker);
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) whole = archive_open_maker (same);
  g_autoptr (GArray) findings = NULL;
  g_autoptr (GArray) whole_findings = NULL;

  g_assert_false (wb_archive_is_complete (names));
  g_assert_cmpuint (wb_archive_get_n_connections (names), ==, N_LARGE);
  g_assert_cmpuint (wb_archive_get_n_clear_secrets (names), ==, 0);

  archive = complete (names);
  g_assert_true (wb_archive_is_complete (archive));
  g_assert_false (wb_archive_is_complete (names));
  g_assert_cmpuint (wb_archive_get_n_nodes (archive), ==, wb_archive_get_n_nodes (names));
  g_assert_cmpuint (wb_archive_get_n_clear_secrets (archive), ==, N_LARGE);
  for (guint i = 0; i < wb_archive_get_n_nodes (archive); i++)
    {
      g_autofree char *name = wb_archive_dup_path (names, i);
      g_autofree char *path = wb_archive_dup_path (archive, i);

      g_assert_cmpstr (name, ==, path);
      g_assert_cmpuint (wb_archive_get_size_bytes (names, i), ==,
                        wb_archive_get_size_bytes (archive, i));
      g_assert_cmpstr (wb_archive_get_type_name (names, i), ==, "");
      g_assert_cmpstr (wb_archive_get_type_name (archive, i), ==,
                       wb_archive_get_type_name (whole, i));
      g_assert_cmpstr (wb_archive_get_address (archive, i), ==, wb_archive_get_address (whole, i));
    }

  findings = wb_findings_new (archive);
  whole_findings = wb_findings_new (whole);
  g_assert_cmpuint (findings->len, >, 0);
  g_assert_cmpmem (findings->data, findings->len * sizeof (WbFinding), whole_findings->data,
                   whole_findings->len * sizeof (WbFinding));
}

/* Few files that are long take as much time to read. */
static void
test_long (void)
{
  g_autoptr (WbZipMaker) maker = make (2);
  g_autofree char *long_text = g_strnfill (9 * 1024 * 1024, ' ');
  g_autoptr (WbArchive) archive = NULL;

  wb_zip_maker_add_text (maker, "long.txt", long_text);
  archive = open_names (maker);
  g_assert_false (wb_archive_is_complete (archive));
}

/* What these are called depends on what is in them. */
static void
test_at_once (void)
{
  g_autoptr (WbZipMaker) noted = make (N_LARGE);
  g_autoptr (WbZipMaker) encrypted = make (N_LARGE);
  g_autoptr (WbArchive) with_note = NULL;
  g_autoptr (WbArchive) locked = NULL;

  wb_zip_maker_add_text (noted, "REDACTED.txt", "-");
  with_note = open_names (noted);
  g_assert_true (wb_archive_is_complete (with_note));

  wb_zip_maker_add (encrypted, &(WbZipItem){ .name = "locked.conn", .data = "{}", .flag_bits = 1 });
  locked = open_names (encrypted);
  g_assert_true (wb_archive_is_complete (locked));
  g_assert_true (wb_archive_is_locked (locked));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no ZIP", 6);
  g_autoptr (WbSpool) spool = to_spool (bytes);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_archive_open_async (spool, TRUE, NULL, await_cb, &result);
  g_assert_null (wb_archive_open_finish (await (&result), &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE);
}

static void
test_cancelled (void)
{
  g_autoptr (WbZipMaker) maker = make (N_LARGE);
  g_autoptr (WbArchive) names = open_names (maker);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_archive_complete_async (names, cancellable, await_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (wb_archive_complete_finish (names, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The entries that a view holds stay the same, and say more. */
static void
test_list (void)
{
  g_autoptr (WbZipMaker) maker = make (N_LARGE);
  g_autoptr (WbArchive) names = open_names (maker);
  g_autoptr (WbArchive) archive = complete (names);
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = wb_entry_list_new (names, 1, order);
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (names);
  g_autoptr (WbEntry) entry = NULL;
  g_autoptr (WbEntry) again = NULL;
  g_autoptr (GPtrArray) copy = NULL;

  wb_entry_list_set_filter (list, filter);
  wb_entry_list_reach (list, N_LARGE - 1);
  entry = g_list_model_get_item (G_LIST_MODEL (list), 3);
  copy = archive_follow (list);
  g_assert_cmpstr (wb_entry_get_type_name (entry), ==, "");

  wb_entry_list_set_archive (list, archive);
  wb_entry_filter_set_archive (filter, archive);
  again = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_assert_true (entry == again);
  g_assert_true (wb_entry_get_archive (entry) == archive);
  g_assert_cmpstr (wb_entry_get_name (entry), ==, "c3.conn");
  g_assert_cmpstr (wb_entry_get_type_name (entry), ==, "DWS");
  g_assert_false (wb_entry_filter_get_busy (filter));
  archive_assert_follow (list, copy);

  /* Only where they are sorted by what was not known, they move. */
  wb_entry_list_set_archive (list, names);
  wb_entry_order_set (order, WB_SORT_TYPE, FALSE);
  wb_entry_list_set_archive (list, archive);
  g_clear_object (&again);
  again = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_true (entry == again);
  archive_assert_follow (list, copy);
}

/* A search does not say that there is nothing before it could look. */
static void
test_search (void)
{
  g_autoptr (WbZipMaker) maker = make (N_LARGE);
  g_autoptr (WbArchive) names = open_names (maker);
  g_autoptr (WbArchive) archive = complete (names);
  g_autoptr (WbEntryFilter) filter = wb_entry_filter_new (names);

  wb_entry_filter_set_text (filter, "type:rds");
  wb_entry_filter_set_text (filter, "type:dws");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (wb_entry_filter_get_busy (filter));
  g_assert_false (wb_entry_filter_get_active (filter));

  wb_entry_filter_set_archive (filter, archive);
  while (wb_entry_filter_get_busy (filter))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (wb_entry_filter_get_n_matches (filter), ==, N_LARGE / 2);
}

/* What is in a folder lies in the order in which a list begins, each node once. */
static void
test_children (void)
{
  static const char *const paths[] = { "b10.conn", "b2.conn", "Ä.conn", "z/inner/c2.conn",
                                       "z/inner/C10.conn", "z/a.conn", "y.conn", "x/only.conn" };
  g_autoptr (WbZipMaker) maker = make (12);
  g_autoptr (WbArchive) archive = NULL;
  g_autofree guint *seen = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    wb_zip_maker_add_text (maker, paths[i], "{}");
  archive = open_names (maker);
  seen = g_new0 (guint, wb_archive_get_n_nodes (archive));

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autoptr (WbEntryList) list = wb_entry_list_new (archive, node, NULL);
      guint        n_children;
      const guint *children = wb_archive_get_children (archive, node, &n_children);

      g_assert_cmpuint (n_children, ==, wb_entry_list_get_n_nodes (list));
      for (guint i = 0; i < n_children; i++)
        {
          g_assert_cmpuint (children[i], ==, wb_entry_list_get_node (list, i));
          g_assert_cmpint (wb_archive_get_parent (archive, children[i]), ==, node);
          seen[children[i]]++;
        }
    }
  for (guint node = 1; node < wb_archive_get_n_nodes (archive); node++)
    g_assert_cmpuint (seen[node], ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/archive-names/small", test_small);
  g_test_add_func ("/archive-names/large", test_large);
  g_test_add_func ("/archive-names/children", test_children);
  g_test_add_func ("/archive-names/long", test_long);
  g_test_add_func ("/archive-names/at-once", test_at_once);
  g_test_add_func ("/archive-names/refused", test_refused);
  g_test_add_func ("/archive-names/cancelled", test_cancelled);
  g_test_add_func ("/archive-names/list", test_list);
  g_test_add_func ("/archive-names/search", test_search);

  return g_test_run ();
}
