/* test-compare-window.c: what changed from one ZIP to another, in a window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "core/archive/compare/compare.h"
#include "ring.h"
#include "ui/compare/compare-window.h"
#include "ui/widgets/progress-bar.h"
#include "zip-maker.h"

#define OLD_SECRET "correct horse battery staple"
#define NEW_SECRET "wrong horse battery staple"

typedef struct
{
  const char *path;
  const char *text;
} Entry;

static const Entry old_entries[] = {
  { "connections/same.conn", "{\"name\": \"same\"}" },
  { "connections/gone.conn", "{\"name\": \"gone\", \"type\": \"HIVE\"}" },
  { "connections/one.conn", "{\"name\": \"one\", \"type\": \"DWS\"}" },
  { "connections/sales.conn",
    "{\"name\": \"sales\", \"type\": \"DWS\", \"config\": {\"ip\": \"10.0.0.1\","
    " \"password\": \"" OLD_SECRET "\", \"port\": 8000}}" },
  { "connections/broken.conn", "{\"password\": \"" OLD_SECRET "\"" },
};

static const Entry new_entries[] = {
  { "connections/same.conn", "{ \"name\" : \"same\" }" },
  { "connections/<b>&.conn",
    "{\"name\": \"<b>&\", \"config\": {\"password\": \"" NEW_SECRET "\", \"ip\": \"10.9.9.9\"}}" },
  { "connections/two.conn", "{\"name\": \"two\", \"type\": \"DWS\"}" },
  { "connections/sales.conn",
    "{\"config\": {\"port\": 8000.0, \"password\": \"" NEW_SECRET "\", \"ip\": \"10.0.0.2\"},"
    " \"name\": \"sales\", \"type\": \"DWS\"}" },
  { "connections/broken.conn", "{\"password\": \"" NEW_SECRET "\"" },
};

static char *
make_zip (const char  *name,
          const Entry *entries,
          guint        n_entries)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n_entries; i++)
    wb_zip_maker_add_text (zip, entries[i].path, entries[i].text);
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, name);
}

static WbCompareWindow *
find_comparison (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_COMPARE_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

static WbCompareWindow *
wait_for_comparison (const char *page)
{
  WbCompareWindow *comparison;

  ui_wait_until ((comparison = find_comparison ()) != NULL);
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), page));
  /* Whether there is room for the changes shows once the page is laid out. */
  ui_wait_for_frames (comparison, 2);

  return comparison;
}

/* GTK 4.8 asks a window for its size some time after it has come, even if it is gone by then. */
static void
close_comparison (WbCompareWindow *comparison)
{
  ui_wait_for_frames (comparison, 3);
  g_object_add_weak_pointer (G_OBJECT (comparison), (gpointer *) &comparison);
  gtk_window_close (GTK_WINDOW (comparison));
  ui_wait_until (comparison == NULL);
}

/* Opens the new one, and compares it with the old one by the file dialog. */
static WbWindow *
compare_files (const char *old_path,
               const char *new_path)
{
  WbWindow *window = ui_open_file (new_path);

  ui_wait_for_page (window, "preview");
  ui_activate (window, "win.compare");
  ui_choose_file (old_path);

  return window;
}

static GtkSingleSelection *
get_selection (WbCompareWindow *comparison)
{
  GtkListView *list = ui_find (comparison, GTK_TYPE_LIST_VIEW, NULL);

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (list));
}

static guint
count_changes (WbCompareWindow *comparison)
{
  GtkWidget *list = ui_find (comparison, GTK_TYPE_LIST_BOX, NULL);
  guint      n = 0;

  for (GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL;
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += GTK_IS_LIST_BOX_ROW (row);

  return n;
}

static gboolean
has_focus_on (WbCompareWindow *comparison,
              const char      *key)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (comparison));

  return GTK_IS_LIST_BOX_ROW (focus) && ui_shows (focus, key);
}

static void
assert_no_secret (gpointer root)
{
  g_autofree char *texts = ui_dup_texts (root, TRUE);

  g_assert_null (strstr (texts, OLD_SECRET));
  g_assert_null (strstr (texts, NEW_SECRET));
}

static WbWindow *
compare_old_and_new (void)
{
  g_autofree char *old_path = make_zip ("old.zip", old_entries, G_N_ELEMENTS (old_entries));
  g_autofree char *new_path = make_zip ("new.zip", new_entries, G_N_ELEMENTS (new_entries));

  return compare_files (old_path, new_path);
}

/* All kinds, in groups; and what is in each, without its secrets. */
static void
test_differences (void)
{
  /* Rows: Added, <b>&; Removed, gone; Renamed, two; Changed, broken, sales. */
  static const struct
  {
    guint       row;
    const char *says;
    guint       n_changes;
  } cases[] = {
    { 1, "connections/<b>&.conn\nAdded", 3 },
    { 3, "connections/gone.conn\nRemoved · HIVE", 2 },
    { 5, "connections/two.conn\nRenamed · was one.conn", 1 },
    { 7, "connections/broken.conn\nChanged", 1 },
    { 8, "connections/sales.conn\nChanged · DWS · 10.0.0.2:8000", 2 },
  };
  WbWindow        *window = compare_old_and_new ();
  WbCompareWindow *comparison = wait_for_comparison ("differences");

  g_assert_true (ui_shows (comparison, "old.zip → new.zip"));
  g_assert_true (ui_shows (comparison, "1 added, 1 removed, 1 renamed, 2 changed, 1 the same"));
  /* The folder of them all stands in the headings, and not in each row. */
  g_assert_true (ui_shows (comparison, "Changed: 2 · connections/\nbroken.conn\n"));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (comparison)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection (comparison))), ==, 9);

  ui_click (comparison, "Only C_hanges");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_single_selection_set_selected (get_selection (comparison), cases[i].row);
      ui_wait_until (count_changes (comparison) == cases[i].n_changes);
      ui_wait_until (ui_shows (comparison, cases[i].says));
      assert_no_secret (comparison);
    }

  ring_go_round (comparison);
  /* By the keyboard one comes to the headings and past them, and what is shown stays. */
  gtk_single_selection_set_selected (get_selection (comparison), 1);
  gtk_widget_grab_focus (ui_find (comparison, GTK_TYPE_LIST_VIEW, NULL));
  ui_press (comparison, "Home Down Down");
  ui_wait_until (ui_find (gtk_root_get_focus (GTK_ROOT (comparison)), GTK_TYPE_LABEL,
                          "Removed: 1 · connections/")
                 != NULL);
  ui_wait_for_frames (comparison, 2);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (comparison)), ==, 1);
  g_assert_cmpuint (count_changes (comparison), ==, 3);
  ui_press (comparison, "Down");
  ui_wait_until (gtk_single_selection_get_selected (get_selection (comparison)) == 3);
  ui_press (comparison, "End");
  ui_wait_until (gtk_single_selection_get_selected (get_selection (comparison)) == 8);
  ui_wait_until (count_changes (comparison) == 2);

  /* Old and new side by side. */
  g_assert_true (ui_shows (comparison, "config.ip\n10.0.0.1\n10.0.0.2\n"));
  g_assert_true (ui_shows (comparison, "config.password\n••••••••\n•••••••• (changed)\n"));
  g_assert_false (ui_shows (comparison, "config.port"));

  close_comparison (comparison);
  ui_close_window (window);
}

/* What does not count stands apart, and can be hidden; the keyboard goes from change to change. */
static void
test_only_changes (void)
{
  static const Entry before[] = {
    { "connections/a.conn", "{\"name\":\"a\",\"password\":\"\",\"update_time\":1}" },
    { "connections/b.conn", "{\"ip\":\"1\",\"name\":\"b\",\"password\":\"\",\"port\":\"2\"}" },
    { "connections/c.conn", "{\"ip\":\"1\"}" },
  };
  static const Entry after[] = {
    { "connections/a.conn",
      "{\"name\":\"a\",\"password\":\"" NEW_SECRET "\",\"update_time\":2}" },
    { "connections/b.conn",
      "{\"ip\":\"3\",\"name\":\"b\",\"password\":\"" NEW_SECRET "\",\"port\":\"4\"}" },
    { "connections/c.conn", "{\"ip\":\"3\"}" },
  };
  g_autofree char    *old_path = make_zip ("old.zip", before, G_N_ELEMENTS (before));
  g_autofree char    *new_path = make_zip ("new.zip", after, G_N_ELEMENTS (after));
  WbWindow           *window = compare_files (old_path, new_path);
  WbCompareWindow    *comparison = wait_for_comparison ("differences");
  GtkSingleSelection *selection = get_selection (comparison);

  /* Rows: Changed, b, c; The same, a. */
  g_assert_true (ui_shows (comparison, "2 changed, 1 the same, 2 secrets cannot be compared"));
  ui_wait_until (count_changes (comparison) == 4);
  ui_wait_until (ui_shows (comparison, "Cannot be compared\npassword\n"));
  gtk_single_selection_set_selected (selection, 4);
  ui_wait_until (count_changes (comparison) == 3);
  ui_wait_until (ui_shows (comparison, "Set by the service\nupdate_time\n1\n2\n"));

  ui_click (comparison, "Only C_hanges");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 3);
  ui_wait_until (count_changes (comparison) == 2);
  g_assert_false (ui_shows (comparison, "Cannot be compared\n"));
  ui_click (comparison, "Only C_hanges");
  ui_wait_until (count_changes (comparison) == 4);

  gtk_widget_grab_focus (ui_find (comparison, GTK_TYPE_LIST_VIEW, NULL));
  ui_press (comparison, "alt+Down");
  ui_wait_until (has_focus_on (comparison, "ip"));
  ui_press (comparison, "alt+Down");
  ui_wait_until (has_focus_on (comparison, "port"));
  ui_press (comparison, "alt+Down");
  ui_wait_until (gtk_single_selection_get_selected (selection) == 2);
  ui_wait_until (has_focus_on (comparison, "ip"));
  ui_press (comparison, "alt+Up");
  ui_wait_until (gtk_single_selection_get_selected (selection) == 1);
  ui_wait_until (has_focus_on (comparison, "port"));
  assert_no_secret (comparison);

  close_comparison (comparison);
  ui_close_window (window);
}

/* For a ticket: the same as on the command line. */
static void
test_copy (void)
{
  g_autofree char *old_path = make_zip ("old.zip", old_entries, G_N_ELEMENTS (old_entries));
  g_autofree char *new_path = make_zip ("new.zip", new_entries, G_N_ELEMENTS (new_entries));
  WbWindow        *window = compare_files (old_path, new_path);
  WbCompareWindow *comparison = wait_for_comparison ("differences");
  g_autoptr (WbSpool) old_spool = wb_spool_open (old_path, NULL);
  g_autoptr (WbSpool) new_spool = wb_spool_open (new_path, NULL);
  g_autoptr (WbArchive) old_archive = wb_archive_open (old_spool, NULL, NULL);
  g_autoptr (WbArchive) new_archive = wb_archive_open (new_spool, NULL, NULL);
  g_autoptr (WbComparison) expected = wb_comparison_new (old_archive, new_archive, NULL, NULL);
  g_autofree char *text = wb_comparison_dup_text (expected, NULL, NULL);
  g_autofree char *copied = NULL;

  gtk_widget_activate_action (GTK_WIDGET (comparison), "compare.copy", NULL);
  ui_wait_until (ui_shows (comparison, "Comparison copied, without passwords"));
  copied = ui_dup_clipboard_text (gtk_widget_get_clipboard (GTK_WIDGET (comparison)));
  g_assert_cmpstr (copied, ==, text);
  g_assert_nonnull (strstr (copied, "config.password: changed\n"));
  g_assert_null (strstr (copied, "horse"));

  close_comparison (comparison);
  ui_close_window (window);
}

static void
test_swap (void)
{
  WbWindow        *window = compare_old_and_new ();
  WbCompareWindow *comparison = wait_for_comparison ("differences");

  /* The mark goes along with its side, and the other one has none. */
  g_assert_false (ui_shows (comparison, "no mark"));
  wb_document_set_mark (wb_window_get_document (window), "Production", "red");
  gtk_widget_activate_action (GTK_WIDGET (comparison), "compare.swap", NULL);
  g_assert_cmpstr (wb_compare_window_get_page (comparison), ==, "busy");
  /* Its progress would be shown after a while. */
  ui_fire (ui_find (comparison, WB_TYPE_PROGRESS_BAR, NULL));
  wait_for_comparison ("differences");
  g_assert_true (ui_shows (comparison, "new.zip → old.zip"));
  g_assert_true (ui_shows (comparison, "connections/gone.conn\nAdded · HIVE"));
  g_assert_true (ui_shows (comparison, "Production\n") && ui_shows (comparison, "no mark\n"));

  close_comparison (comparison);
  ui_close_window (window);
}

static void
test_same (void)
{
  g_autofree char *path = make_zip ("old.zip", old_entries, G_N_ELEMENTS (old_entries));
  WbWindow        *window = compare_files (path, path);
  WbCompareWindow *comparison = wait_for_comparison ("same");

  g_assert_true (ui_shows (comparison, "No Differences"));
  g_assert_true (ui_shows (comparison, "All 5 files have the same contents in both ZIPs."));
  gtk_test_accessible_assert_role (
    gtk_widget_get_ancestor (ui_find (comparison, GTK_TYPE_LABEL, "No Differences"),
                             ADW_TYPE_STATUS_PAGE),
    GTK_ACCESSIBLE_ROLE_STATUS);

  close_comparison (comparison);
  ui_close_window (window);
}

/* A file that is not a ZIP; and entries that cannot be read in either. */
static void
test_unreadable (void)
{
  g_autofree char *path = make_zip ("new.zip", new_entries, G_N_ELEMENTS (new_entries));
  g_autofree char *text_path = g_build_filename (g_get_home_dir (), "<b>&.zip", NULL);
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (WbZipMaker) other = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *damaged_path = NULL;
  g_autofree char *other_path = NULL;
  WbWindow        *window;
  WbCompareWindow *comparison;

  g_assert_true (g_file_set_contents (text_path, "not a ZIP", -1, NULL));
  window = compare_files (text_path, path);
  comparison = wait_for_comparison ("error");
  g_assert_true (ui_shows (comparison, "“<b>&.zip” Could Not Be Opened"));
  ui_click (comparison, "_Another File…");
  ui_choose_file (path);
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), "same"));
  close_comparison (comparison);
  ui_close_window (window);

  wb_zip_maker_add (zip, &(WbZipItem){ .name = "connections/a.conn", .data = "{}", .method = 77 });
  bytes = wb_zip_maker_finish (zip, NULL);
  damaged_path = wb_zip_bytes_to_path (bytes, "damaged.zip");
  g_clear_pointer (&bytes, g_bytes_unref);
  wb_zip_maker_add (other,
                    &(WbZipItem){ .name = "connections/a.conn", .data = "[]", .method = 77 });
  bytes = wb_zip_maker_finish (other, NULL);
  other_path = wb_zip_bytes_to_path (bytes, "other.zip");
  window = compare_files (damaged_path, other_path);
  comparison = wait_for_comparison ("differences");
  g_assert_true (ui_shows (comparison, "1 not compared"));
  g_assert_true (ui_shows (comparison, "Not compared, because it cannot be read"));
  close_comparison (comparison);
  ui_close_window (window);
}

/* Closed while it compares, and with the window it came from gone. */
static void
test_close (void)
{
  g_autofree char *old_path = make_zip ("old.zip", old_entries, G_N_ELEMENTS (old_entries));
  g_autofree char *new_path = make_zip ("new.zip", new_entries, G_N_ELEMENTS (new_entries));
  WbWindow        *window = compare_files (old_path, new_path);
  WbCompareWindow *comparison;

  ui_wait_until ((comparison = find_comparison ()) != NULL);
  close_comparison (comparison);

  ui_activate (window, "win.compare");
  ui_choose_file (old_path);
  comparison = wait_for_comparison ("differences");
  ui_close_window (window);
  gtk_single_selection_set_selected (get_selection (comparison), 8);
  ui_wait_until (ui_shows (comparison, "config.ip"));
  ui_wait_for_frames (comparison, 3);

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "quit", NULL);
  ui_wait_until (find_comparison () == NULL);
}

/* The last export of a workspace is offered, and what other windows show. */
static void
test_offers (void)
{
  g_autofree char  *path = make_zip ("new.zip", new_entries, G_N_ELEMENTS (new_entries));
  AdwMessageDialog *dialog;
  WbCompareWindow  *comparison;
  WbWindow         *window;
  WbWindow         *other;

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "try-sample", NULL);
  window = WB_WINDOW (gtk_application_get_active_window (
    GTK_APPLICATION (ui_test_get_program ())));
  ui_wait_for_page (window, "preview");

  /* Nothing to offer yet: it is the last export itself. */
  ui_activate (window, "win.compare");
  g_assert_null (ui_find_dialog (window));
  ui_dismiss_file ();

  ui_activate (window, "win.export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Discard");
  ui_wait_for_page (window, "exporting");
  ui_wait_for_page (window, "preview");
  other = ui_open_file (path);
  ui_wait_for_page (other, "preview");

  ui_activate (window, "win.compare");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_true (ui_shows (dialog, "Last export of this workspace\nExported "));
  g_assert_true (ui_shows (dialog, "new.zip\n"));
  g_signal_emit_by_name (ui_find (dialog, ADW_TYPE_ACTION_ROW, NULL), "activated");
  comparison = wait_for_comparison ("same");
  g_assert_true (ui_shows (comparison, "Export of "));
  close_comparison (comparison);

  ui_activate (window, "win.compare");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Another File…");
  ui_choose_file (path);
  comparison = wait_for_comparison ("differences");
  assert_no_secret (comparison);
  close_comparison (comparison);

  ui_close_window (other);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/compare-window/differences", test_differences);
  g_test_add_func ("/compare-window/only-changes", test_only_changes);
  g_test_add_func ("/compare-window/copy", test_copy);
  g_test_add_func ("/compare-window/swap", test_swap);
  g_test_add_func ("/compare-window/same", test_same);
  g_test_add_func ("/compare-window/unreadable", test_unreadable);
  g_test_add_func ("/compare-window/close", test_close);
  g_test_add_func ("/compare-window/offers", test_offers);

  return g_test_run ();
}
