/* test-preview.c: the tree and the details of a ZIP
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/preview/preview.h"
#include "ui/widgets/panes.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"

static char *
make_zip (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/dws_sales.conn",
                         "{\"name\": \"dws_sales\", \"type\": \"DWS\", \"description\": \"Sales\","
                         " \"config\": {\"ip\": \"10.0.0.1\", \"userName\": \"dbadmin\","
                         " \"password\": \"" SECRET "\"}}");
  wb_zip_maker_add_text (zip, "connections/hive.conn",
                         "{\"name\": \"hive\", \"type\": \"HIVE\", \"description\": \"\","
                         " \"config\": {\"password\": \"******\"}}");
  wb_zip_maker_add_text (zip, "connections/broken.conn", "{\"password\": \"" SECRET "\"");
  wb_zip_maker_add_text (zip, "connections/ascii.conn",
                         "{\"name\": \"ascii\", \"type\": \"RDS\"}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "export.zip");
}

static WbPreview *
get_preview (WbWindow *window)
{
  ui_wait_for_page (window, "preview");

  return ui_find (window, WB_TYPE_PREVIEW, NULL);
}

/* The next window would follow. */
static void
reset_sorting (void)
{
  GSettings *settings = wb_context_get_settings (ui_test_get_context ());

  g_settings_reset (settings, "sort-key");
  g_settings_reset (settings, "sort-descending");
}

static guint
count_rows (WbPreview *preview)
{
  return g_list_model_get_n_items (
    G_LIST_MODEL (wb_archive_view_get_model (wb_preview_get_archive_view (preview))));
}

static char *
dup_row_name (WbPreview *preview,
              guint      position)
{
  GtkSelectionModel *model = wb_archive_view_get_model (wb_preview_get_archive_view (preview));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);
  g_autoptr (WbEntry) entry = gtk_tree_list_row_get_item (row);

  return g_strdup (wb_entry_get_name (entry));
}

static char *
dup_row_names (WbPreview *preview)
{
  GString *names = g_string_new ("");

  for (guint i = 0; i < count_rows (preview); i++)
    {
      g_autofree char *name = dup_row_name (preview, i);

      g_string_append_printf (names, "%s|", name);
    }

  return g_string_free (names, FALSE);
}

static char *
dup_selected_name (WbPreview *preview)
{
  g_autoptr (WbEntry) entry =
    wb_archive_view_dup_selected (wb_preview_get_archive_view (preview));

  return g_strdup (entry != NULL ? wb_entry_get_name (entry) : "nothing");
}

static void
wait_for_selected (WbPreview  *preview,
                   const char *name)
{
  gboolean found = FALSE;

  while (!found)
    {
      g_autofree char *selected = dup_selected_name (preview);

      found = g_str_equal (selected, name);
      if (!found)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
select_row (WbPreview  *preview,
            const char *name)
{
  GtkSelectionModel *model = wb_archive_view_get_model (wb_preview_get_archive_view (preview));

  for (guint i = 0; i < count_rows (preview); i++)
    {
      g_autofree char *row_name = dup_row_name (preview, i);

      if (g_str_equal (row_name, name))
        gtk_selection_model_select_item (model, i, TRUE);
    }

  wait_for_selected (preview, name);
  ui_wait_until (!wb_connection_view_get_busy (wb_preview_get_connection_view (preview)));
}

static void
test_tree (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  WbPreview       *preview = get_preview (window);
  g_autofree char *names = dup_row_names (preview);
  g_autofree char *selected = dup_selected_name (preview);
  g_autofree char *texts = ui_dup_texts (window, FALSE);

  g_assert_cmpstr (names, ==,
                   "export.zip|connections|ascii.conn|broken.conn|dws_sales.conn|hive.conn|");
  g_assert_cmpstr (selected, ==, "nothing");
  g_assert_nonnull (strstr (texts, "Address\n"));
  g_assert_nonnull (strstr (texts, "10.0.0.1\n"));
  g_assert_nonnull (strstr (texts, "4 connections"));
  g_assert_nonnull (strstr (texts, "Select a Connection"));
  g_assert_nonnull (strstr (texts, "Some entries are damaged or unusual"));

  ui_close_window (window);
}

static void
test_details (void)
{
  g_autofree char  *path = make_zip ();
  WbWindow         *window = ui_open_file (path);
  WbPreview        *preview = get_preview (window);
  WbConnectionView *details = wb_preview_get_connection_view (preview);
  g_autofree char  *sales = NULL;
  g_autofree char  *hive = NULL;
  g_autofree char  *broken = NULL;
  g_autofree char  *folder = NULL;
  g_autofree char  *everything = NULL;

  select_row (preview, "dws_sales.conn");
  sales = ui_dup_texts (details, FALSE);
  g_assert_nonnull (strstr (sales, "dws_sales\nDWS\nSales\n"));
  g_assert_nonnull (strstr (sales, "10.0.0.1\n"));
  g_assert_nonnull (strstr (sales, "dbadmin\n"));
  g_assert_nonnull (strstr (sales, "••••"));
  everything = ui_dup_texts (window, TRUE);
  g_assert_null (strstr (everything, SECRET));

  select_row (preview, "hive.conn");
  hive = ui_dup_texts (details, FALSE);
  g_assert_nonnull (strstr (hive, "hive\nHIVE\n"));
  g_assert_null (strstr (hive, "10.0.0.1"));

  /* A file that is not understood is not masked, so it is only shown when asked for. */
  select_row (preview, "broken.conn");
  broken = ui_dup_texts (window, TRUE);
  g_assert_null (strstr (broken, SECRET));
  g_assert_nonnull (strstr (broken, "not valid JSON at line 1, column 44"));
  g_assert_nonnull (ui_find (details, GTK_TYPE_BUTTON, "Show _Source"));

  select_row (preview, "connections");
  folder = ui_dup_texts (window, TRUE);
  g_assert_nonnull (strstr (folder, "4 items"));
  g_assert_null (strstr (folder, SECRET));

  ui_close_window (window);
}

/* The tree and the details agree on what a damaged connection is. */
static void
test_damaged (void)
{
  static const char      text[] = "{\"name\": \"x\", \"type\": \"DWS\","
                                  " \"config\": {\"ip\": \"10.0.12.47\"}}";
  static const WbZipItem items[] = {
    { .name = "connections/crc.conn", .data = text, .crc_xor = 1 },
    { .name = "connections/cut.conn", .data = text, .size_plus = 3 },
    { .name = "connections/encrypted.conn", .data = text, .stored = TRUE, .flag_bits = 0x1 },
    { .name = "connections/header.conn", .data = text, .local_name = "connections/h3ader.conn" },
    { .name = "connections/long.conn", .data = text, .size_plus = -3 },
    { .name = "connections/method.conn", .data = text, .method = 97 },
    { .name = "connections/right.conn", .data = text },
  };
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;
  guint            n_unknown = 0;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    wb_zip_maker_add (zip, &items[i]);
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "damaged.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  if (ui_find_dialog (window) != NULL)
    ui_click (ui_find_dialog (window), "_Cancel");

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      WbConnectionView *details = ui_select (window, 2 + i);
      g_autoptr (WbEntry) entry =
        wb_archive_view_dup_selected (wb_preview_get_archive_view (get_preview (window)));
      gboolean is_known = g_str_equal (wb_entry_get_type_name (entry), "DWS");

      g_test_message ("%s", items[i].name);
      g_assert_true (is_known || *wb_entry_get_type_name (entry) == '\0');
      g_assert_true (ui_shows (details, "DWS") == is_known);
      g_assert_true (ui_shows (details, "10.0.12.47") == is_known);
      n_unknown += is_known ? 0 : 1;
    }
  g_assert_cmpuint (n_unknown, >=, 3);

  ui_close_window (window);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (GBytes) contents = wb_archive_read_finish (WB_ARCHIVE (source), result, NULL);

  g_assert_nonnull (contents);
  *done = TRUE;
}

/* After two selections in a row the second one is shown, whichever is read first. */
static void
test_stale (void)
{
  g_autofree char   *path = make_zip ();
  WbWindow          *window = ui_open_file (path);
  WbPreview         *preview = get_preview (window);
  GtkSelectionModel *model = wb_archive_view_get_model (wb_preview_get_archive_view (preview));
  g_autofree char   *texts = NULL;
  gboolean           done = FALSE;

  gtk_selection_model_select_item (model, 4, TRUE);
  gtk_selection_model_select_item (model, 5, TRUE);
  ui_wait_until (!wb_connection_view_get_busy (wb_preview_get_connection_view (preview)));
  texts = ui_dup_texts (wb_preview_get_connection_view (preview), FALSE);
  g_assert_nonnull (strstr (texts, "hive\nHIVE\n"));

  /* A folder has nothing to read; what was being read before must not come after it. */
  g_free (texts);
  gtk_selection_model_select_item (model, 4, TRUE);
  gtk_selection_model_select_item (model, 1, TRUE);
  wb_archive_read_async (wb_document_get_archive (wb_window_get_document (window)), 3, NULL,
                         read_cb, &done);
  ui_wait_until (done);
  texts = ui_dup_texts (wb_preview_get_connection_view (preview), FALSE);
  g_assert_nonnull (strstr (texts, "connections\n"));
  g_assert_null (strstr (texts, "dws_sales"));

  /* And a window that closes while an entry is read. */
  gtk_selection_model_select_item (model, 4, TRUE);
  ui_close_window (window);
}

static void
test_sort (void)
{
  static const struct
  {
    const char *key;
    gboolean    descending;
    const char *names;
  } cases[] = {
    { "name", TRUE,
      "export.zip|connections|hive.conn|dws_sales.conn|broken.conn|ascii.conn|" },
    { "type", FALSE,
      "export.zip|connections|broken.conn|dws_sales.conn|hive.conn|ascii.conn|" },
    { "address", TRUE,
      "export.zip|connections|dws_sales.conn|ascii.conn|broken.conn|hive.conn|" },
    { "size", TRUE,
      "export.zip|connections|dws_sales.conn|hive.conn|broken.conn|ascii.conn|" },
    { "name", FALSE,
      "export.zip|connections|ascii.conn|broken.conn|dws_sales.conn|hive.conn|" },
  };
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  WbPreview       *preview = get_preview (window);
  GtkColumnView   *view = ui_find (preview, GTK_TYPE_COLUMN_VIEW, NULL);
  g_autoptr (GtkColumnViewColumn) size_column = NULL;
  g_autofree char *key = NULL;
  gboolean         descending;

  select_row (preview, "hive.conn");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = NULL;
      g_autofree char *selected = NULL;

      g_object_get (wb_preview_get_archive_view (preview), "sort-descending", &descending, NULL);
      if (descending != cases[i].descending)
        gtk_widget_activate_action (GTK_WIDGET (preview), "preview.sort-descending", NULL);
      gtk_widget_activate_action (GTK_WIDGET (preview), "preview.sort-by", "s", cases[i].key);

      names = dup_row_names (preview);
      selected = dup_selected_name (preview);
      g_assert_cmpstr (names, ==, cases[i].names);
      g_assert_cmpstr (selected, ==, "hive.conn");
    }

  /* A click on a header does this. */
  size_column = g_list_model_get_item (gtk_column_view_get_columns (view), 3);
  gtk_column_view_sort_by_column (view, size_column, GTK_SORT_DESCENDING);
  g_object_get (wb_preview_get_archive_view (preview),
                "sort-key", &key,
                "sort-descending", &descending,
                NULL);
  g_assert_cmpstr (key, ==, "size");
  g_assert_true (descending);

  ui_close_window (window);
  reset_sorting ();
}

static GtkMenuButton *
find_sort_button (GtkWidget *widget)
{
  GtkMenuButton *found = NULL;

  if (GTK_IS_MENU_BUTTON (widget)
      && g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)),
                    "view-sort-descending-symbolic")
           == 0)
    return GTK_MENU_BUTTON (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_sort_button (child);

  return found;
}

/* Each column has its item in the menu, under the target that it is known by. */
static void
test_sort_menu (void)
{
  static const char *const ids[] = { "name", "type", "address", "size" };
  g_autofree char         *path = make_zip ();
  WbWindow                *window = ui_open_file (path);
  WbPreview               *preview = get_preview (window);
  GtkColumnView           *view = ui_find (preview, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkMenuButton           *button = find_sort_button (GTK_WIDGET (preview));
  GMenuModel              *menu = gtk_menu_button_get_menu_model (button);
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);

  g_assert_cmpint (g_menu_model_get_n_items (section), ==, G_N_ELEMENTS (ids));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (view)), ==,
                    G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *action = NULL;
      g_autofree char *target = NULL;
      g_autofree char *label = NULL;
      g_auto (GStrv) parts = NULL;
      g_autoptr (GtkColumnViewColumn) column = NULL;

      column = g_list_model_get_item (gtk_column_view_get_columns (view), i);
      g_menu_model_get_item_attribute (section, (int) i, "action", "s", &action);
      g_menu_model_get_item_attribute (section, (int) i, "target", "s", &target);
      g_menu_model_get_item_attribute (section, (int) i, "label", "s", &label);
      g_assert_cmpstr (action, ==, "preview.sort-by");
      g_assert_cmpstr (target, ==, ids[i]);
      parts = g_strsplit (label, "_", 2);
      g_assert_cmpstr (parts[1], ==, gtk_column_view_column_get_title (column));
    }

  ui_close_window (window);
  reset_sorting ();
}

/* With the keys a person presses. */
static void
test_keyboard (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  WbPreview       *preview = get_preview (window);
  g_autofree char *texts = NULL;

  ui_wait_for_frames (window, 3);
  ui_press (window, "Home");
  wait_for_selected (preview, "export.zip");
  ui_press (window, "Down");
  wait_for_selected (preview, "connections");
  ui_press (window, "Left");
  ui_wait_until (count_rows (preview) == 2);
  ui_press (window, "Right");
  ui_wait_until (count_rows (preview) == 6);
  ui_press (window, "Right");
  wait_for_selected (preview, "ascii.conn");
  ui_wait_for_frames (window, 2);
  ui_press (window, "Down");
  wait_for_selected (preview, "broken.conn");
  ui_press (window, "End");
  wait_for_selected (preview, "hive.conn");
  ui_press (window, "Up");
  wait_for_selected (preview, "dws_sales.conn");
  ui_press (window, "Left");
  wait_for_selected (preview, "connections");
  ui_wait_for_frames (window, 2);
  ui_press (window, "Return");
  ui_wait_until (count_rows (preview) == 2);
  ui_press (window, "Left");
  wait_for_selected (preview, "export.zip");

  ui_close_window (window);
}

/* Folders in folders, by the keys and by the menu of a row. What is selected stays in sight. */
static void
test_folding (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;
  WbPreview       *preview;

  wb_zip_maker_add_text (zip, "a/b/c/deep.conn", "{}");
  wb_zip_maker_add_text (zip, "a/b/other.conn", "{}");
  wb_zip_maker_add_text (zip, "z/last.conn", "{}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "export.zip");
  window = ui_open_file (path);
  preview = get_preview (window);
  ui_wait_for_frames (window, 3);

  select_row (preview, "deep.conn");
  wb_archive_view_focus_rows (wb_preview_get_archive_view (preview));
  ui_wait_for_frames (window, 2);
  ui_press (window, "shift+Left");
  ui_wait_until (count_rows (preview) == 3);
  wait_for_selected (preview, "a");
  ui_wait_for_frames (window, 2);
  ui_press (window, "shift+Right");
  ui_wait_until (count_rows (preview) == 8);
  wait_for_selected (preview, "a");

  ui_activate (wb_preview_get_archive_view (preview), "tree.collapse-all");
  g_assert_cmpuint (count_rows (preview), ==, 3);
  ui_activate (wb_preview_get_archive_view (preview), "tree.expand-all");
  g_assert_cmpuint (count_rows (preview), ==, 8);
  ui_wait_for_frames (window, 3);

  ui_close_window (window);
}

/* Names from outside are text, wherever they are shown. */
static void
test_hostile (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  g_autofree char *texts = NULL;
  WbWindow        *window;
  WbPreview       *preview;

  wb_zip_maker_add_text (zip, "connections/<a href='x'>&.conn",
                         "{\"name\": \"<a href='x'>&\", \"type\": \"<b>&\","
                         " \"description\": \"<i>&\u202e\", \"config\": {\"<u>&\": \"<s>&\"}}");
  wb_zip_maker_add_text (zip, "connections/\x1b[31m.conn", "{}");
  wb_zip_maker_add_text (zip, "../../etc/passwd", "root");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "<a href='x'>&.zip");

  window = ui_open_file (path);
  preview = get_preview (window);
  select_row (preview, "<a href='x'>&.conn");
  texts = ui_dup_texts (wb_preview_get_connection_view (preview), FALSE);
  g_assert_nonnull (strstr (texts, "<a href='x'>&\n<b>&\n<i>&\\u{202E}\n"));
  g_assert_nonnull (strstr (texts, "<s>&\n"));

  g_free (texts);
  texts = ui_dup_texts (window, FALSE);
  g_assert_null (strchr (texts, '\x1b'));
  g_assert_nonnull (strstr (texts, "<a href='x'>&.zip"));

  ui_close_window (window);
}

/* Far more than a window can show at once. */
static void
test_large (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GString) json = g_string_new ("{\"name\": \"large\", \"config\": {");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *value = g_strnfill (1000 * 1000, 'x');
  WbWindow        *window;
  WbPreview       *preview;

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/%05u.conn", i);

      wb_zip_maker_add_text (zip, name, "{}");
    }
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (json, "\"key%u\": \"value\", ", i);
  g_string_append_printf (json, "\"ip\": \"%s\"}}", value);
  wb_zip_maker_add_text (zip, "a-large.conn", json->str);
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "large.zip");

  window = ui_open_file (path);
  preview = get_preview (window);
  ui_wait_until (count_rows (preview) == 30003);
  gtk_selection_model_select_item (
    wb_archive_view_get_model (wb_preview_get_archive_view (preview)), 30002, TRUE);
  wait_for_selected (preview, "a-large.conn");
  ui_wait_until (!wb_connection_view_get_busy (wb_preview_get_connection_view (preview)));
  texts = ui_dup_texts (wb_preview_get_connection_view (preview), FALSE);
  g_assert_nonnull (strstr (texts, "more settings are not shown."));
  g_assert_cmpuint (strlen (texts), <, 200 * 1000);

  ui_close_window (window);
}

static int
get_top (WbPreview *preview)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (
    GTK_WIDGET (wb_preview_get_archive_view (preview)), GTK_WIDGET (preview), &bounds));

  return (int) bounds.origin.y;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static gboolean
is_complete (WbWindow *window)
{
  return wb_archive_is_complete (wb_document_get_archive (wb_window_get_document (window)));
}

/* A large file is there with its names. What is in its files follows, and nothing moves. */
static void
open_names_first (gboolean with_secrets)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (WbEntry) selected = NULL;
  g_autoptr (WbEntry) still = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window = ui_open_window ();
  WbPreview       *preview;
  WbArchiveView   *tree;
  GtkAdjustment   *adjustment;
  guint            n_changes = 0;
  double           value;
  int              top;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("connections/c%05u.conn", i);
      g_autofree char *text =
        g_strdup_printf ("{\"name\": \"c%05u\", \"type\": \"DWS\","
                         " \"config\": {\"ip\": \"10.0.0.%u\", \"password\": \"%s\"}}",
                         i, i, with_secrets ? SECRET : "********");

      wb_zip_maker_add_text (zip, name, text);
    }
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "names.zip");
  file = g_file_new_for_path (path);

  wb_window_open_file (window, file);
  preview = get_preview (window);
  tree = wb_preview_get_archive_view (preview);
  if (is_complete (window))
    g_test_message ("it was complete before anybody could see it");
  else
    {
      g_assert_false (ui_is_enabled (window, "save-redacted"));
      g_assert_false (ui_is_enabled (window, "compare"));
      g_assert_true (ui_is_enabled (window, "save-as"));
    }
  adjustment = gtk_scrolled_window_get_vadjustment (ui_find (tree, GTK_TYPE_SCROLLED_WINDOW, NULL));
  gtk_selection_model_select_item (wb_archive_view_get_model (tree), 12, TRUE);
  selected = wb_archive_view_dup_selected (tree);
  ui_wait_for_frames (window, 1);
  g_signal_connect_swapped (wb_archive_view_get_model (tree), "selection-changed",
                            G_CALLBACK (count_cb), &n_changes);
  gtk_adjustment_set_value (adjustment, 100);
  value = gtk_adjustment_get_value (adjustment);
  top = get_top (preview);

  ui_wait_until (is_complete (window));
  ui_wait_until (ui_shows (tree, "10.0.0.12"));
  ui_wait_until (!wb_connection_view_get_busy (wb_preview_get_connection_view (preview)));
  ui_wait_for_frames (window, 2);
  still = wb_archive_view_dup_selected (tree);
  g_assert_true (still == selected);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, value);
  g_assert_cmpint (get_top (preview), ==, top);
  g_assert_true (ui_shows (tree, "DWS"));
  g_assert_true (ui_is_enabled (window, "save-redacted"));
  g_assert_cmpint (ui_shows (preview, "This ZIP contains 20000 passwords in clear text."), ==,
                   with_secrets);
  g_assert_false (ui_shows (preview, "Reading the file"));

  ui_close_window (window);
}

static void
test_names_first (void)
{
  open_names_first (TRUE);
  open_names_first (FALSE);
}

static gboolean
is_covered (WbPreview *preview)
{
  gboolean covered;

  g_object_get (ui_find (preview, WB_TYPE_PANES, NULL), "covered", &covered, NULL);

  return covered;
}

static gboolean
has_focus_in (WbWindow *window,
              gpointer  widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* The tree, then the details, and back. */
static void
test_narrow (void)
{
  g_autofree char  *path = make_zip ();
  WbWindow         *window = ui_open_file (path);
  WbPreview        *preview = get_preview (window);
  WbArchiveView    *tree = wb_preview_get_archive_view (preview);
  WbConnectionView *details = wb_preview_get_connection_view (preview);
  WbPanes          *panes = ui_find (preview, WB_TYPE_PANES, NULL);

  g_assert_false (wb_panes_get_folded (panes));
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 500);
  ui_wait_until (wb_panes_get_folded (panes));
  g_assert_false (is_covered (preview));
  ui_wait_for_frames (window, 3);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (preview)), <=, 360);

  /* A folder is only selected. */
  ui_left_click (ui_find (tree, GTK_TYPE_INSCRIPTION, "connections"));
  wait_for_selected (preview, "connections");
  g_assert_false (is_covered (preview));

  ui_left_click (ui_find (tree, GTK_TYPE_INSCRIPTION, "hive.conn"));
  ui_wait_until (is_covered (preview));
  ui_wait_until (ui_shows (details, "HIVE"));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (tree)));
  ui_left_click (ui_find (panes, GTK_TYPE_LABEL, "Back"));
  ui_wait_until (!is_covered (preview) && has_focus_in (window, tree));

  /* By keyboard. */
  ui_press (window, "Up");
  wait_for_selected (preview, "dws_sales.conn");
  g_assert_false (is_covered (preview));
  ui_press (window, "Return");
  ui_wait_until (is_covered (preview) && ui_shows (details, "dbadmin"));
  ui_press (window, "alt+Left");
  ui_wait_until (!is_covered (preview) && has_focus_in (window, tree));

  /* A search is for the tree. */
  ui_press (window, "Return");
  ui_wait_until (is_covered (preview));
  ui_press (window, "ctrl+f");
  ui_wait_until (!is_covered (preview));

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 500);
  ui_wait_until (!wb_panes_get_folded (panes));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (details)));

  ui_close_window (window);
}

/* The name of a connection has its room in the narrowest window, too. */
static void
test_columns (void)
{
  static const struct
  {
    int         width;
    const char *titles;
  } cases[] = {
    { 1280, "Name|Type|Address|Size|" },
    { 360, "Name|" },
  };
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  WbPreview       *preview = get_preview (window);
  GtkColumnView   *view = ui_find (preview, GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel      *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *name;
      g_autoptr (GString) titles = g_string_new (NULL);
      g_autoptr (PangoLayout) layout = NULL;
      int width;

      gtk_window_set_default_size (GTK_WINDOW (window), cases[i].width, 500);
      ui_wait_for_frames (window, 6);
      for (guint j = 0; j < g_list_model_get_n_items (columns); j++)
        {
          g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, j);

          if (gtk_column_view_column_get_visible (column))
            g_string_append_printf (titles, "%s|", gtk_column_view_column_get_title (column));
        }
      g_assert_true (g_str_has_prefix (titles->str, cases[i].titles));

      name = ui_find (view, GTK_TYPE_INSCRIPTION, "hive.conn");
      layout = gtk_widget_create_pango_layout (name, "dws_sales_eu.conn_");
      pango_layout_get_pixel_size (layout, &width, NULL);
      g_assert_cmpint (gtk_widget_get_width (name), >=, width);
    }

  ui_close_window (window);
}

/* The next window sorts as the last one did. */
static void
test_sort_stays (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  WbPreview       *preview = get_preview (window);
  g_autofree char *key = NULL;
  gboolean         descending;

  g_object_set (wb_preview_get_archive_view (preview), "sort-key", "size", "sort-descending", TRUE,
                NULL);
  ui_close_window (window);

  window = ui_open_file (path);
  preview = get_preview (window);
  g_object_get (wb_preview_get_archive_view (preview), "sort-key", &key, "sort-descending",
                &descending, NULL);
  g_assert_cmpstr (key, ==, "size");
  g_assert_true (descending);

  ui_close_window (window);
  reset_sorting ();
}

/* There is nothing to select, and the preview says so. */
static void
test_empty (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (zip, NULL);
  g_autofree char *path = wb_zip_bytes_to_path (bytes, "empty.zip");
  WbWindow        *window = ui_open_file (path);

  ui_wait_until (ui_shows (window, "This ZIP contains no connections."));
  g_assert_nonnull (ui_find (ui_find (window, WB_TYPE_CONNECTION_VIEW, NULL), GTK_TYPE_BUTTON,
                             "_Open ZIP…"));
  ui_close_window (window);
}

/* What Waybill made of a list is never taken for an export. */
static void
test_rebuilt (void)
{
  static const char note[] = "{\"waybill\": \"rebuilt\", \"version\": 1, \"source\": \"list\","
                             " \"enter_again\": []}";
  g_autofree char  *exported = make_zip ();
  WbWindow         *window = ui_open_file (exported);
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *rebuilt = NULL;

  ui_wait_until (ui_shows (window, "ZIP"));
  g_assert_false (ui_shows (window, "Rebuilt"));
  ui_close_window (window);

  wb_zip_maker_add_text (zip, "connections/a.conn", "{\"name\": \"a\", \"type\": \"DLI\"}");
  wb_zip_maker_add_text (zip, "WAYBILL.json", note);
  bytes = wb_zip_maker_finish (zip, NULL);
  rebuilt = wb_zip_bytes_to_path (bytes, "rebuilt.zip");
  window = ui_open_file (rebuilt);
  ui_wait_until (ui_shows (window, "Rebuilt"));
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/preview/empty", test_empty);
  g_test_add_func ("/preview/sort-stays", test_sort_stays);
  g_test_add_func ("/preview/tree", test_tree);
  g_test_add_func ("/preview/rebuilt", test_rebuilt);
  g_test_add_func ("/preview/details", test_details);
  g_test_add_func ("/preview/damaged", test_damaged);
  g_test_add_func ("/preview/folding", test_folding);
  g_test_add_func ("/preview/stale", test_stale);
  g_test_add_func ("/preview/sort", test_sort);
  g_test_add_func ("/preview/sort-menu", test_sort_menu);
  g_test_add_func ("/preview/keyboard", test_keyboard);
  g_test_add_func ("/preview/hostile", test_hostile);
  g_test_add_func ("/preview/large", test_large);
  g_test_add_func ("/preview/names-first", test_names_first);
  g_test_add_func ("/preview/narrow", test_narrow);
  g_test_add_func ("/preview/columns", test_columns);

  return g_test_run ();
}
