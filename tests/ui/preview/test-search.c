/* test-search.c: finding connections in the tree as one types
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/preview/preview.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"
#define ALL "export.zip|connections|ascii.conn|dws_sales.conn|hive.conn|other|readme.txt|"

static WbWindow *
open_export (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;

  wb_zip_maker_add_text (zip, "connections/dws_sales.conn",
                         "{\"name\": \"dws_sales\", \"type\": \"DWS\", \"description\": \"Umsatz\","
                         " \"config\": {\"ip\": \"10.0.0.1\", \"userName\": \"dbadmin\","
                         " \"password\": \"" SECRET "\"}}");
  wb_zip_maker_add_text (zip, "connections/hive.conn",
                         "{\"name\": \"hive\", \"type\": \"HIVE\", \"description\": \"a test\","
                         " \"config\": {\"password\": \"******\"}}");
  wb_zip_maker_add_text (zip, "connections/ascii.conn",
                         "{\"name\": \"ascii\", \"type\": \"RDS\"}");
  wb_zip_maker_add_text (zip, "other/readme.txt", "Nothing.");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "export.zip");

  return ui_open_file (path);
}

static WbPreview *
get_preview (WbWindow *window)
{
  ui_wait_for_page (window, "preview");

  return ui_find (window, WB_TYPE_PREVIEW, NULL);
}

static char *
dup_row_names (WbPreview *preview)
{
  GListModel *rows =
    G_LIST_MODEL (wb_archive_view_get_model (wb_preview_get_archive_view (preview)));
  GString *names = g_string_new ("");

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (WbEntry) entry = gtk_tree_list_row_get_item (row);

      g_string_append_printf (names, "%s|", wb_entry_get_name (entry));
    }

  return g_string_free (names, FALSE);
}

static gboolean
has_rows (WbPreview  *preview,
          const char *expected)
{
  g_autofree char *names = dup_row_names (preview);

  return g_str_equal (names, expected);
}

static gboolean
is_selected (WbPreview  *preview,
             const char *name)
{
  g_autoptr (WbEntry) entry =
    wb_archive_view_dup_selected (wb_preview_get_archive_view (preview));

  return g_strcmp0 (entry != NULL ? wb_entry_get_name (entry) : NULL, name) == 0;
}

static gboolean
is_searching (WbPreview *preview)
{
  gboolean searching;

  g_object_get (preview, "searching", &searching, NULL);

  return searching;
}

static gboolean
has_focus_in (WbWindow *window,
              gpointer  widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
type_search (WbPreview  *preview,
             const char *text)
{
  GtkEditable *entry = ui_find (preview, GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, text);
  ui_wait_until (!wb_entry_filter_get_busy (
    wb_archive_view_get_filter (wb_preview_get_archive_view (preview))));
}

static GtkToggleButton *
get_button (WbWindow *window)
{
  return GTK_TOGGLE_BUTTON (
    gtk_widget_get_template_child (GTK_WIDGET (window), WB_TYPE_WINDOW, "search_button"));
}

/* Typed by a person, from the key that begins it to the one that ends it. */
static void
test_keys (void)
{
  WbWindow        *window = open_export ();
  WbPreview       *preview = get_preview (window);
  GtkToggleButton *button = get_button (window);
  gpointer         view = wb_preview_get_archive_view (preview);
  GtkEditable     *entry;

  ui_wait_for_frames (window, 3);
  g_assert_true (has_rows (preview, ALL));
  g_assert_false (is_searching (preview));
  ui_press (window, "ctrl+f");
  ui_wait_until (is_searching (preview));
  entry = ui_find (preview, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_true (gtk_toggle_button_get_active (button));
  ui_press (window, "u m s a t z");
  ui_wait_until (has_rows (preview, "export.zip|connections|dws_sales.conn|"));
  g_assert_nonnull (ui_find (preview, GTK_TYPE_LABEL, "1 of 4"));

  /* On to what was found. */
  ui_press (window, "Down");
  ui_wait_until (is_selected (preview, "dws_sales.conn"));
  ui_wait_until (has_focus_in (window, view));

  ui_press (window, "ctrl+f");
  ui_wait_until (!has_focus_in (window, view));
  ui_press (window, "Escape");
  ui_wait_until (!is_searching (preview));
  ui_wait_until (has_focus_in (window, view));
  ui_wait_until (has_rows (preview, ALL));
  g_assert_true (is_selected (preview, "dws_sales.conn"));
  g_assert_null (ui_find (preview, GTK_TYPE_LABEL, "1 of 4"));

  /* In the tree, typing begins it as well. The rows come back, and a frame later the focus. */
  ui_wait_for_frames (window, 3);
  ui_press (window, "h i v");
  ui_wait_until (g_str_has_suffix (gtk_editable_get_text (entry), "v"));
  ui_wait_until (has_rows (preview, "export.zip|connections|hive.conn|"));
  g_assert_true (is_searching (preview));
  g_signal_emit_by_name (button, "clicked");
  ui_wait_until (!is_searching (preview));
  ui_wait_until (has_rows (preview, ALL));

  /* Going on at once leads to what is found, not to what was there before. */
  gtk_selection_model_unselect_all (wb_archive_view_get_model (view));
  ui_activate (window, "win.find");
  gtk_editable_set_text (entry, "hive");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (is_selected (preview, NULL));
  ui_wait_until (is_selected (preview, "hive.conn"));

  ui_close_window (window);
}

static void
test_queries (void)
{
  static const struct
  {
    const char *text;
    const char *names;
    const char *count;
  } cases[] = {
    { "type:dws", "export.zip|connections|dws_sales.conn|", "1 of 4" },
    { "host:10.0.", "export.zip|connections|dws_sales.conn|", "1 of 4" },
    { "DBADMIN", "export.zip|connections|dws_sales.conn|", "1 of 4" },
    { ".conn -test", "export.zip|connections|ascii.conn|dws_sales.conn|", "2 of 4" },
    { "readme", "export.zip|other|readme.txt|", "1 of 4" },
    { "", ALL, NULL },
    { "<a href='x'>&", "export.zip|", "0 of 4" },
    { "battery", "export.zip|", "0 of 4" },
  };
  WbWindow        *window = open_export ();
  WbPreview       *preview = get_preview (window);
  g_autofree char *texts = NULL;

  ui_activate (window, "win.find");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = NULL;

      type_search (preview, cases[i].text);
      names = dup_row_names (preview);
      g_assert_cmpstr (names, ==, cases[i].names);
      if (cases[i].count != NULL)
        g_assert_nonnull (ui_find (preview, GTK_TYPE_LABEL, cases[i].count));
    }

  /* The last one looked for a password. */
  texts = ui_dup_texts (preview, FALSE);
  g_assert_nonnull (strstr (texts, "No Results"));
  g_assert_nonnull (strstr (texts, "Passwords are never searched"));
  g_free (texts);
  texts = ui_dup_texts (window, TRUE);
  g_assert_null (strstr (texts, SECRET));

  ui_close_window (window);
}

/* Folders stay folded, and the selection stays if it can. */
static void
test_state (void)
{
  WbWindow      *window = open_export ();
  WbPreview     *preview = get_preview (window);
  WbArchiveView *view = wb_preview_get_archive_view (preview);
  GListModel    *rows = G_LIST_MODEL (wb_archive_view_get_model (view));
  g_autoptr (GtkTreeListRow) other = g_list_model_get_item (rows, 5);

  gtk_tree_list_row_set_expanded (other, FALSE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows), 4, TRUE);
  g_assert_true (is_selected (preview, "hive.conn"));

  ui_activate (window, "win.find");
  type_search (preview, "-ascii");
  g_assert_true (has_rows (preview, "export.zip|connections|dws_sales.conn|hive.conn|other|"
                                    "readme.txt|"));
  g_assert_true (is_selected (preview, "hive.conn"));
  ui_wait_until (!wb_connection_view_get_busy (wb_preview_get_connection_view (preview)));
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.sort-descending", NULL);
  g_assert_true (has_rows (preview, "export.zip|other|readme.txt|connections|hive.conn|"
                                    "dws_sales.conn|"));
  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.sort-descending", NULL);
  type_search (preview, "");
  g_assert_true (has_rows (preview, "export.zip|connections|ascii.conn|dws_sales.conn|hive.conn|"
                                    "other|"));
  g_assert_true (is_selected (preview, "hive.conn"));

  type_search (preview, "dws");
  g_assert_true (is_selected (preview, NULL));
  ui_wait_until (ui_find (preview, GTK_TYPE_LABEL, "Select a Connection") != NULL
                 || ui_find (preview, ADW_TYPE_STATUS_PAGE, NULL) != NULL);

  ui_close_window (window);
}

static gboolean
find_background (PangoAttribute *attribute,
                 gpointer        user_data)
{
  WbSpan *span = user_data;

  if (attribute->klass->type == PANGO_ATTR_BACKGROUND)
    {
      span->start = attribute->start_index;
      span->end = attribute->end_index;
    }

  return FALSE;
}

static void
assert_highlight (WbPreview  *preview,
                  const char *name,
                  gsize       start,
                  gsize       end)
{
  GtkInscription *label = NULL;
  PangoAttrList  *attributes;
  WbSpan          span = { 0, 0 };

  ui_wait_until ((label = ui_find (wb_preview_get_archive_view (preview), GTK_TYPE_INSCRIPTION,
                                   name))
                 != NULL);
  attributes = gtk_inscription_get_attributes (label);
  if (attributes != NULL)
    pango_attr_list_unref (pango_attr_list_filter (attributes, find_background, &span));
  g_assert_cmpuint (span.start, ==, start);
  g_assert_cmpuint (span.end, ==, end);
}

static void
test_highlight (void)
{
  WbWindow  *window = open_export ();
  WbPreview *preview = get_preview (window);

  ui_activate (window, "win.find");
  assert_highlight (preview, "dws_sales.conn", 0, 0);
  type_search (preview, "SALES");
  assert_highlight (preview, "dws_sales.conn", 4, 9);
  type_search (preview, "sal");
  assert_highlight (preview, "dws_sales.conn", 4, 7);
  type_search (preview, "umsatz");
  assert_highlight (preview, "dws_sales.conn", 0, 0);
  type_search (preview, "ws");
  assert_highlight (preview, "dws_sales.conn", 1, 3);
  type_search (preview, "host:0.0.1");
  assert_highlight (preview, "10.0.0.1", 3, 8);
  type_search (preview, "");
  assert_highlight (preview, "dws_sales.conn", 0, 0);

  ui_close_window (window);
}

/* The ? beside the entry, by keyboard; what it shows can be typed, and finds what it says. */
static void
test_help (void)
{
  WbWindow  *window = open_export ();
  WbPreview *preview = get_preview (window);
  GtkWidget *help;
  GtkWidget *popover;

  ui_activate (window, "win.find");
  help = ui_find (preview, g_type_from_name ("WbSearchHelp"), NULL);
  /* Newer GTK passes over what is not laid out yet. */
  ui_wait_until (gtk_widget_get_width (help) > 0);
  ui_press (window, "Tab");
  ui_wait_until (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), help));
  ui_press (window, "space");
  popover = GTK_WIDGET (
    gtk_menu_button_get_popover (ui_find (help, GTK_TYPE_MENU_BUTTON, NULL)));
  ui_wait_until (gtk_widget_get_mapped (popover)
                 && gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), popover));
  g_assert_true (ui_says (popover, "type:dws"));
  g_assert_true (ui_says (popover, "In the type, from its start"));
  ui_press (window, "Escape");
  ui_wait_until (!gtk_widget_get_mapped (popover));
  ui_wait_until (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), help));

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/search/keys", test_keys);
  g_test_add_func ("/search/queries", test_queries);
  g_test_add_func ("/search/state", test_state);
  g_test_add_func ("/search/highlight", test_highlight);
  g_test_add_func ("/search/help", test_help);

  return g_test_run ();
}
