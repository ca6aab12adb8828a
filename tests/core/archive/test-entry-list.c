/* test-entry-list.c: lists of entries that sort themselves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/connection/connection.h"
#include "core/archive/list/entry-list.h"
#include "core/archive/tree/natural-order.h"

#include <string.h>

/* Two folders and five files, in no order. */
static WbArchive *
open_usual (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "rds10.conn", "{\"type\":\"RDS\",\"ip\":\"10.0.0.1\"}");
  wb_zip_maker_add_text (maker, "zoo/inside.conn", "{\"type\":\"RDS\"}");
  wb_zip_maker_add_text (maker, "Alpha.conn", "{\"type\":\"hive\"}                   ");
  wb_zip_maker_add_text (maker, "rds2.conn", "{\"type\":\"RDS\",\"ip\":\"9.0.0.1\"  }");
  wb_zip_maker_add_text (maker, "Box/inside.conn", "{\"type\":\"RDS\"}");
  wb_zip_maker_add_text (maker, "beta.conn", "{\"type\":\"DWS\",\"clusterName\":\"\"}        ");
  wb_zip_maker_add_text (maker, "notes.txt", "-");

  return archive_open_maker (maker);
}

static void
test_root (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = wb_entry_list_new_root (archive, "a\u202e.zip", order);
  g_autoptr (WbEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), 0);

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == WB_TYPE_ENTRY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1));
  g_assert_true (wb_entry_get_archive (entry) == archive);
  g_assert_cmpuint (wb_entry_get_node (entry), ==, 0);

  g_assert_cmpstr (wb_entry_get_name (entry), ==, "a\\u{202E}.zip");
  g_assert_cmpstr (wb_entry_get_type_name (entry), ==, "");
  g_assert_cmpstr (wb_entry_get_text (entry, WB_DIGEST_ADDRESS), ==, "");
  g_assert_cmpint (wb_entry_get_kind (entry), ==, WB_NODE_ROOT);
  g_assert_cmpuint (wb_entry_get_size_bytes (entry), >, 500);
  g_assert_cmpuint (wb_entry_get_problems (entry), ==, 0);
}

static void
test_orders (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = wb_entry_list_new (archive, 0, order);
  g_autoptr (WbEntryList) plain = wb_entry_list_new (archive, 0, NULL);
  g_autoptr (WbEntryList) late = NULL;

  archive_assert_names (list, "Box zoo Alpha.conn beta.conn notes.txt rds2.conn rds10.conn ");
  archive_assert_names (plain, "Box zoo Alpha.conn beta.conn notes.txt rds2.conn rds10.conn ");
  wb_entry_order_set (order, WB_SORT_NAME, TRUE);
  archive_assert_names (list, "zoo Box rds10.conn rds2.conn notes.txt beta.conn Alpha.conn ");
  wb_entry_order_set (order, WB_SORT_TYPE, FALSE);
  archive_assert_names (list, "Box zoo notes.txt beta.conn Alpha.conn rds2.conn rds10.conn ");
  wb_entry_order_set (order, WB_SORT_TYPE, TRUE);
  archive_assert_names (list, "Box zoo rds2.conn rds10.conn Alpha.conn beta.conn notes.txt ");
  g_object_set (order, "key", WB_SORT_SIZE, "descending", FALSE, NULL);
  archive_assert_names (list, "Box zoo notes.txt rds10.conn rds2.conn Alpha.conn beta.conn ");
  g_object_set (order, "descending", TRUE, NULL);
  archive_assert_names (list, "Box zoo beta.conn Alpha.conn rds2.conn rds10.conn notes.txt ");
  g_assert_cmpint (wb_entry_order_get_key (order), ==, WB_SORT_SIZE);
  wb_entry_order_set (order, WB_SORT_ADDRESS, FALSE);
  archive_assert_names (list, "Box zoo Alpha.conn beta.conn notes.txt rds2.conn rds10.conn ");
  wb_entry_order_set (order, WB_SORT_SIZE, TRUE);
  g_assert_true (wb_entry_order_get_descending (order));

  late = wb_entry_list_new (archive, 0, order);
  archive_assert_names (late, "Box zoo beta.conn Alpha.conn rds2.conn rds10.conn notes.txt ");
  archive_assert_names (plain, "Box zoo Alpha.conn beta.conn notes.txt rds2.conn rds10.conn ");
}

typedef struct
{
  guint n;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Changes *changes = user_data;

  *changes = (Changes){ changes->n + 1, position, removed, added };
}

static void
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_changes (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = wb_entry_list_new (archive, 0, order);
  g_autoptr (WbEntryList) root = wb_entry_list_new_root (archive, "a.zip", order);
  Changes changes = { 0 };
  Changes root_changes = { 0 };
  guint   n_changed = 0;
  guint   n_notified = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  g_signal_connect (root, "items-changed", G_CALLBACK (items_changed_cb), &root_changes);
  g_signal_connect_swapped (order, "changed", G_CALLBACK (count_cb), &n_changed);
  g_signal_connect_swapped (order, "notify", G_CALLBACK (count_cb), &n_notified);

  /* By type, the folders keep their places and what is behind them moves. */
  wb_entry_order_set (order, WB_SORT_TYPE, FALSE);
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (changes.position, ==, 2);
  g_assert_cmpuint (changes.removed, ==, 3);
  g_assert_cmpuint (changes.added, ==, 3);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_notified, ==, 1);

  wb_entry_order_set (order, WB_SORT_TYPE, FALSE);
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);

  wb_entry_order_set (order, WB_SORT_NAME, TRUE);
  g_assert_cmpuint (changes.n, ==, 2);
  g_assert_cmpuint (changes.position, ==, 0);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (n_notified, ==, 3);
  g_assert_cmpuint (root_changes.n, ==, 0);
}

/* A held entry is the same object after sorting: a selection stays where it was. */
static void
test_identity (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = wb_entry_list_new (archive, 0, order);
  WbEntry *entry = g_list_model_get_item (G_LIST_MODEL (list), 6);
  g_autoptr (WbEntry) again = g_list_model_get_item (G_LIST_MODEL (list), 6);
  g_autoptr (WbEntry) moved = NULL;
  gpointer weak = entry;

  g_assert_true (entry == again);
  wb_entry_order_set (order, WB_SORT_NAME, TRUE);
  moved = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_assert_true (entry == moved);

  /* The list itself holds none. */
  g_object_add_weak_pointer (G_OBJECT (entry), &weak);
  g_clear_object (&again);
  g_clear_object (&moved);
  g_assert_nonnull (weak);
  g_object_unref (entry);
  g_assert_null (weak);

  /* An entry may outlive its list and its archive's owner. */
  entry = g_list_model_get_item (G_LIST_MODEL (list), 2);
  g_clear_object (&list);
  g_clear_object (&archive);
  g_assert_cmpstr (wb_entry_get_name (entry), ==, "rds10.conn");
  g_object_unref (entry);
}

/* A list that is gone leaves no handler behind. */
static void
test_lifetime (void)
{
  g_autoptr (WbArchive) archive = open_usual ();
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  WbEntryList *list = wb_entry_list_new (archive, 0, order);
  gpointer     weak = list;

  g_object_add_weak_pointer (G_OBJECT (list), &weak);
  g_object_unref (list);
  g_assert_null (weak);
  wb_entry_order_set (order, WB_SORT_SIZE, TRUE);
  g_assert_cmpuint (g_signal_handlers_disconnect_matched (order, G_SIGNAL_MATCH_ID,
                                                          g_signal_lookup ("changed",
                                                                           WB_TYPE_ENTRY_ORDER),
                                                          0, NULL, NULL, NULL),
                    ==, 0);
}

static int
compare_keys (const char *a,
              gsize       a_length,
              const char *b,
              gsize       b_length)
{
  g_autofree char *x = wb_natural_key (a, a_length);
  g_autofree char *y = wb_natural_key (b, b_length);

  return strcmp (x, y);
}

static void
test_natural (void)
{
  /* clang-format off */
  static const char *const sorted[] = {
    "", "1", "2", "02", "002", "10", "-", "a", "a.conn", "a1", "a2", "a10", "a10b", "a_b", "aa",
    "b", "x007", "x7b", "x08", "数",
  };
  /* clang-format on */
  static const char *const long_ending[] = { "", "a", "b" };
  g_autofree char         *long_name = g_strnfill (3000, 'x');
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbEntryList) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int order = compare_keys (sorted[i], strlen (sorted[i]), sorted[j], strlen (sorted[j]));

        if ((order > 0) - (order < 0) != (i > j) - (i < j))
          g_test_message ("“%s” and “%s”: %d", sorted[i], sorted[j], order);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
  g_assert_cmpint (compare_keys ("A10É", 5, "a10é", 5), ==, 0);
  g_assert_cmpint (compare_keys ("a\0b", 3, "a\0c", 3), <, 0);
  g_assert_cmpint (compare_keys ("a\xff", 2, "a", 1), >, 0);

  /* Behind the first 1,024 bytes, and where only case is different, it is bytes that count. */
  g_assert_cmpint (compare_keys (long_name, 3000, long_name, 2999), ==, 0);
  for (guint i = 3; i > 0; i--)
    {
      g_autofree char *name = g_strconcat (long_name, long_ending[i - 1], NULL);

      wb_zip_maker_add_text (maker, name, "");
    }
  wb_zip_maker_add_text (maker, "a1", "");
  wb_zip_maker_add_text (maker, "A1", "");
  archive = archive_open_maker (maker);
  list = wb_entry_list_new (archive, 0, NULL);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = wb_archive_dup_path (archive, wb_entry_list_get_node (list, i));

      if (i < 2)
        g_assert_cmpstr (path, ==, i == 0 ? "A1" : "a1");
      else
        g_assert_cmpstr (path + 3000, ==, long_ending[i - 2]);
    }

  g_assert_cmpint (wb_caseless_compare ("Aé\0", 4, "aé\0", 4), ==, 0);
  g_assert_cmpint (wb_caseless_compare ("a", 1, "ab", 2), <, 0);
  g_assert_cmpint (wb_caseless_compare ("[", 1, "{", 1), !=, 0);
}

static void
test_many (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbEntryOrder) order = wb_entry_order_new ();
  g_autoptr (WbEntryList) list = NULL;
  g_autoptr (WbEntryList) short_list = NULL;
  g_autoptr (WbEntry) first = NULL;
  const guint n = 50000;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("c/connection_%u.conn", i * 7919 % n);

      wb_zip_maker_add (maker, &(WbZipItem){ .name = name, .data = "{}", .stored = TRUE });
    }
  archive = archive_open_maker (maker);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, n);
  list = wb_entry_list_new (archive, 1, order);

  /* The first of them at once, and then all. */
  g_assert_cmpuint (wb_entry_list_get_n_nodes (list), ==, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), >, 16);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), <, 256);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) < n)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < n; i += 997)
    {
      g_autoptr (WbEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *name = g_strdup_printf ("connection_%u.conn", i);

      g_assert_cmpstr (wb_entry_get_name (entry), ==, name);
    }
  wb_entry_order_set (order, WB_SORT_NAME, TRUE);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (wb_entry_get_name (first), ==, "connection_49999.conn");

  short_list = wb_entry_list_new (archive, 1, order);
  wb_entry_list_reach (short_list, 20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (short_list)), <, 256);
  wb_entry_list_reach (short_list, 30000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (short_list)), ==, n);
}

/* Those of the service, and nothing for other types. */
static void
test_type_names (void)
{
  g_auto (GStrv) names = wb_entry_dup_type_names ();

  g_assert_cmpuint (g_strv_length (names), ==, WB_CONNECTION_TYPE_HOST);
  for (WbConnectionType type = WB_CONNECTION_TYPE_DWS; type <= WB_CONNECTION_TYPE_HOST; type++)
    g_assert_true (g_strv_contains ((const char *const *) names,
                                    wb_connection_type_get_name (type)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/entry-list/root", test_root);
  g_test_add_func ("/entry-list/orders", test_orders);
  g_test_add_func ("/entry-list/changes", test_changes);
  g_test_add_func ("/entry-list/identity", test_identity);
  g_test_add_func ("/entry-list/lifetime", test_lifetime);
  g_test_add_func ("/entry-list/natural", test_natural);
  g_test_add_func ("/entry-list/many", test_many);
  g_test_add_func ("/entry-list/type-names", test_type_names);

  return g_test_run ();
}
