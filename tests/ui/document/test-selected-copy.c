/* test-selected-copy.c: several entries selected in the tree, saved and copied
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/preview/preview.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"
#define SALES                                                                   \
  "{\"name\": \"sales\", \"type\": \"DWS\", \"config\": {\"ip\": \"10.0.0.1\"," \
  " \"password\": \"" SECRET "\"}}"
#define HIVE "{\"name\": \"hive\",\r\n\t\"type\": \"HIVE\"}\n"

/* Rows: export.zip, connections, broken.conn, hive.conn, sales.conn, notes, readme.txt */
enum
{
  ROOT,
  CONNECTIONS,
  BROKEN_ROW,
  HIVE_ROW,
  SALES_ROW,
  NOTES,
  README,
  N_ROWS
};

static WbWindow *
open_export (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;

  wb_zip_maker_add_text (zip, "connections/sales.conn", SALES);
  wb_zip_maker_add_text (zip, "connections/hive.conn", HIVE);
  wb_zip_maker_add_text (zip, "connections/broken.conn", "{\"password\": \"" SECRET "\"");
  wb_zip_maker_add_text (zip, "notes/readme.txt", "Nothing.");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "export.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");

  return window;
}

static WbPreview *
get_preview (WbWindow *window)
{
  return ui_find (window, WB_TYPE_PREVIEW, NULL);
}

static GtkSelectionModel *
get_rows (WbWindow *window)
{
  return wb_archive_view_get_model (wb_preview_get_archive_view (get_preview (window)));
}

/* Ends with -1. */
static void
select_rows (WbWindow *window,
             int       first,
             ...)
{
  va_list rows;

  gtk_selection_model_unselect_all (get_rows (window));
  va_start (rows, first);
  for (int row = first; row >= 0; row = va_arg (rows, int))
    gtk_selection_model_select_item (get_rows (window), (guint) row, FALSE);
  va_end (rows);
}

/* The names of the files that the selection stands for, or "nothing". */
static char *
dup_selected (WbWindow *window)
{
  WbArchiveView *view = wb_preview_get_archive_view (get_preview (window));
  WbArchive     *archive = wb_document_get_archive (wb_window_get_document (window));
  g_autoptr (GArray) files = wb_archive_view_dup_selected_files (view);
  GString *names = g_string_new ("");

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = wb_archive_dup_name (archive, g_array_index (files, guint, i));

      g_string_append_printf (names, "%s|", name);
    }

  return g_string_free (names, FALSE);
}

static void
assert_selected (WbWindow   *window,
                 const char *expected)
{
  g_autofree char *selected = dup_selected (window);

  g_assert_cmpstr (selected, ==, expected);
}

static char *
copy_json (WbWindow   *window,
           const char *message)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));

  gdk_clipboard_set_text (clipboard, "before");
  ui_activate (window, "win.copy-json");
  ui_wait_until (ui_shows (window, message));

  return ui_dup_clipboard_text (clipboard);
}

static char *
dup_home_path (const char *name)
{
  return g_build_filename (g_get_home_dir (), name, NULL);
}

/* One is shown, of several how many there are. */
static void
test_pages (void)
{
  WbWindow *window = open_export ();

  g_assert_false (ui_is_enabled (window, "save-selected"));
  g_assert_false (ui_is_enabled (window, "copy-json"));
  g_assert_true (ui_shows (window, "Select a Connection"));

  select_rows (window, SALES_ROW, HIVE_ROW, -1);
  g_assert_true (ui_shows (window, "2 connections selected"));
  g_assert_true (ui_is_enabled (window, "save-selected"));
  g_assert_true (ui_is_enabled (window, "copy-json"));

  select_rows (window, SALES_ROW, README, -1);
  g_assert_true (ui_shows (window, "2 files selected"));

  gtk_selection_model_select_item (get_rows (window), SALES_ROW, TRUE);
  ui_wait_until (ui_shows (window, "10.0.0.1"));
  g_assert_false (ui_shows (window, "selected"));

  /* A folder that closes takes what is in it out of the selection. */
  select_rows (window, SALES_ROW, HIVE_ROW, -1);
  {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (get_rows (window)),
                                                            CONNECTIONS);

    gtk_tree_list_row_set_expanded (row, FALSE);
  }
  g_assert_true (ui_shows (window, "Select a Connection"));
  g_assert_false (ui_is_enabled (window, "save-selected"));

  ui_close_window (window);
}

/* What a folder stands for; and no file twice. */
static void
test_folders (void)
{
  WbWindow  *window = open_export ();
  WbPreview *preview = get_preview (window);

  select_rows (window, CONNECTIONS, -1);
  assert_selected (window, "sales.conn|hive.conn|broken.conn|");
  select_rows (window, CONNECTIONS, HIVE_ROW, README, -1);
  assert_selected (window, "sales.conn|hive.conn|broken.conn|readme.txt|");
  gtk_selection_model_select_all (get_rows (window));
  assert_selected (window, "sales.conn|hive.conn|broken.conn|readme.txt|");

  /* Sorting and searching keep it, as far as it is still there. */
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.sort-descending", NULL);
  g_assert_cmpuint (wb_archive_view_get_n_selected (wb_preview_get_archive_view (preview)), ==,
                    N_ROWS);
  wb_archive_view_set_search (wb_preview_get_archive_view (preview), "hive");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), 2)
                 && g_list_model_get_n_items (G_LIST_MODEL (get_rows (window))) == 3);
  assert_selected (window, "hive.conn|");
  g_assert_true (ui_shows (window, "1 connection selected"));

  ui_close_window (window);
  g_settings_reset (wb_context_get_settings (ui_test_get_context ()), "sort-descending");
}

/* The keys and the pointer of a person. */
static void
test_keys (void)
{
  WbWindow *window = open_export ();

  ui_wait_for_frames (window, 3);
  ui_press (window, "Home");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), ROOT));
  ui_press (window, "Down Down shift+Down");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), HIVE_ROW));
  assert_selected (window, "hive.conn|broken.conn|");
  ui_press (window, "ctrl+a");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), README));
  assert_selected (window, "sales.conn|hive.conn|broken.conn|readme.txt|");

  /* The arrows go by the row with the focus. */
  ui_press (window, "Left");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), CONNECTIONS)
                 && !gtk_selection_model_is_selected (get_rows (window), ROOT));

  ui_close_window (window);
}

static gboolean
has_menu (WbWindow *window)
{
  GtkWidget *menu = ui_find (wb_preview_get_archive_view (get_preview (window)),
                             GTK_TYPE_POPOVER_MENU, NULL);

  return menu != NULL && gtk_widget_get_mapped (menu);
}

static GtkWidget *
find_text (WbWindow   *window,
           const char *text)
{
  return ui_find (wb_preview_get_archive_view (get_preview (window)), GTK_TYPE_WIDGET, text);
}

static void
test_menu (void)
{
  WbWindow *window = open_export ();

  ui_wait_for_frames (window, 3);
  select_rows (window, HIVE_ROW, -1);
  ui_right_click (find_text (window, "sales.conn"));
  ui_wait_until (has_menu (window));
  assert_selected (window, "sales.conn|");
  g_assert_nonnull (find_text (window, "Copy as JSON"));
  g_assert_nonnull (find_text (window, "Show Source"));
  ui_press (window, "Escape");
  ui_wait_until (!has_menu (window));

  /* On one of several, it is about all of them. */
  select_rows (window, HIVE_ROW, SALES_ROW, -1);
  ui_wait_for_frames (window, 3);
  ui_right_click (find_text (window, "sales.conn"));
  ui_wait_until (has_menu (window));
  assert_selected (window, "sales.conn|hive.conn|");
  ui_press (window, "Escape");
  ui_wait_until (!has_menu (window));

  ui_press (window, "Home");
  ui_wait_until (gtk_selection_model_is_selected (get_rows (window), ROOT));
  /* By its code: to the name F10, newer keymaps and xdotool add Alt. */
  ui_press (window, "shift+76");
  ui_wait_until (has_menu (window));
  ui_press (window, "Escape");
  ui_wait_until (!has_menu (window));
  ui_press (window, "Menu");
  ui_wait_until (has_menu (window));
  ui_press (window, "Escape");
  ui_wait_until (!has_menu (window));

  ui_close_window (window);
}

/* On one entry: its name, path and address, and what is in the file. */
static void
test_entry_actions (void)
{
  static const char *const copies[][2] = {
    { "entry.copy-name", "sales.conn" },
    { "entry.copy-path", "connections/sales.conn" },
    { "entry.copy-address", "10.0.0.1" },
  };
  WbWindow     *window = open_export ();
  GtkWidget    *view = ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);

  select_rows (window, SALES_ROW, -1);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *text = NULL;

      g_test_message ("%s", copies[i][0]);
      g_assert_true (gtk_widget_activate_action (view, copies[i][0], NULL));
      text = ui_dup_clipboard_text (clipboard);
      g_assert_cmpstr (text, ==, copies[i][1]);
      ui_wait_until (ui_shows (window, "Copied: "));
    }
  g_assert_true (gtk_widget_activate_action (view, "preview.show-source", NULL));
  ui_wait_until (ui_shows (window, "\"type\""));

  /* Nothing to copy. */
  select_rows (window, ROOT, -1);
  gdk_clipboard_set_text (clipboard, "before");
  gtk_widget_activate_action (view, "entry.copy-address", NULL);
  gtk_widget_activate_action (view, "entry.copy-path", NULL);
  {
    g_autofree char *text = ui_dup_clipboard_text (clipboard);

    g_assert_cmpstr (text, ==, "before");
  }

  ui_close_window (window);
}

/* One is an object, several are an array, and no secret is in either. */
static void
test_json (void)
{
  WbWindow        *window = open_export ();
  g_autofree char *one = NULL;
  g_autofree char *all = NULL;
  g_autofree char *nothing = NULL;

  select_rows (window, SALES_ROW, -1);
  one = copy_json (window, "1 connection copied. Passwords are masked.");
  g_assert_cmpstr (one, ==,
                   "{\"name\": \"sales\", \"type\": \"DWS\", \"config\": {\"ip\": \"10.0.0.1\","
                   " \"password\": \"*********\"}}\n");

  select_rows (window, ROOT, -1);
  all = copy_json (window, "2 connections copied. Passwords are masked. "
                           "2 files were skipped: they are not JSON connections.");
  g_assert_cmpstr (all, ==,
                   "[\n"
                   "  {\"name\": \"sales\", \"type\": \"DWS\", \"config\": {\"ip\":"
                   " \"10.0.0.1\", \"password\": \"*********\"}},\n"
                   "  {\"name\": \"hive\",\r\n"
                   "  \t\"type\": \"HIVE\"}\n"
                   "]\n");

  /* What is not understood may hold a secret anywhere. */
  select_rows (window, BROKEN_ROW, -1);
  nothing = copy_json (window, "There is no connection in JSON form to copy.");
  g_assert_cmpstr (nothing, ==, "before");

  ui_close_window (window);
}

/* One file is as it is. */
static void
test_save_one (void)
{
  WbWindow        *window = open_export ();
  g_autofree char *path = dup_home_path ("taken.conn");
  g_autofree char *suggested = NULL;
  g_autofree char *contents = NULL;
  gsize            length;

  select_rows (window, HIVE_ROW, -1);
  ui_activate (window, "win.save-selected");
  suggested = ui_save_to (path);
  ui_wait_until (ui_shows (window, "Copy saved as “taken.conn”"));
  g_assert_cmpstr (suggested, ==, "hive.conn");
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpstr (contents, ==, HIVE);
  g_assert_cmpuint (length, ==, strlen (HIVE));
  g_assert_true (ui_is_enabled (window, "save-selected"));

  ui_close_window (window);
}

/* Several are a ZIP with their paths and bytes, which the program opens again. */
static void
test_save_several (void)
{
  WbWindow        *window = open_export ();
  g_autofree char *path = dup_home_path ("taken.zip");
  g_autofree char *suggested = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *texts = NULL;
  WbWindow        *other;
  WbArchive       *archive;

  select_rows (window, SALES_ROW, HIVE_ROW, -1);
  ui_activate (window, "win.save-selected");
  suggested = ui_save_to (path);
  ui_wait_until (ui_shows (window, "Copy saved as “taken.zip”"));
  g_assert_cmpstr (suggested, ==, "export-selection.zip");
  texts = ui_dup_texts (window, FALSE);
  g_assert_nonnull (strstr (texts, "export.zip"));

  other = ui_open_file (path);
  ui_wait_for_page (other, "preview");
  archive = wb_document_get_archive (wb_window_get_document (other));
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 2);
  gtk_selection_model_select_item (get_rows (other), 1, TRUE);
  taken = dup_selected (other);
  g_assert_cmpstr (taken, ==, "sales.conn|hive.conn|");

  ui_close_window (other);
  ui_close_window (window);
}

/* The file that a copy is made of is not replaced by it. */
static void
test_keep_original (void)
{
  WbWindow         *window = open_export ();
  g_autofree char  *path = g_file_get_path (wb_document_get_file (wb_window_get_document (window)));
  g_autofree char  *copy = dup_home_path ("another.zip");
  g_autofree char  *first = NULL;
  g_autofree char  *second = NULL;
  g_autofree char  *before = NULL;
  g_autofree char  *after = NULL;
  gsize             length_before;
  gsize             length_after;
  AdwMessageDialog *dialog;

  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  select_rows (window, SALES_ROW, HIVE_ROW, -1);
  ui_activate (window, "win.save-selected");
  first = ui_save_to (path);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_true (ui_shows (dialog, "which would be lost"));
  ui_click (dialog, "_Save As…");
  second = ui_save_to (copy);
  ui_wait_until (ui_shows (window, "Copy saved as “another.zip”"));
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/selected-copy/pages", test_pages);
  g_test_add_func ("/selected-copy/folders", test_folders);
  g_test_add_func ("/selected-copy/keys", test_keys);
  g_test_add_func ("/selected-copy/menu", test_menu);
  g_test_add_func ("/selected-copy/json", test_json);
  g_test_add_func ("/selected-copy/save-one", test_save_one);
  g_test_add_func ("/selected-copy/entry-actions", test_entry_actions);
  g_test_add_func ("/selected-copy/save-several", test_save_several);
  g_test_add_func ("/selected-copy/keep-original", test_keep_original);

  return g_test_run ();
}
