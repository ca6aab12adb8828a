/* test-findings.c: what there is to notice in a ZIP, in the window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring.h"
#include "ui-test.h"

#include "ui/tree/archive-view.h"
#include "ui/preview/preview-private.h"
#include "zip-maker.h"

/* Two of the same address and without SSL, one of which has a name of its own; and a stray file. */
static char *
make_zip (guint n_more)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/a.conn",
                         "{\"name\": \"a\", \"type\": \"Other\", \"config\": {\"ip\": \"10.0.0.1\","
                         " \"port\": \"8000\", \"sslEnable\": false}}");
  wb_zip_maker_add_text (zip, "connections/b.conn",
                         "{\"name\": \"<b>\", \"type\": \"Other\", \"config\": {\"ip\":"
                         " \"10.0.0.1\", \"port\": \"8000\", \"sslEnable\": \"false\"}}");
  wb_zip_maker_add_text (zip, "deep/er/<i>&", "");
  for (guint i = 0; i < n_more; i++)
    {
      g_autofree char *name = g_strdup_printf ("more/%04u", i);

      wb_zip_maker_add_text (zip, name, "");
    }
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "findings.zip");
}

static WbFindingsButton *
wait_for_findings (WbWindow *window)
{
  WbFindingsButton *button;

  ui_wait_for_page (window, "preview");
  ui_wait_until ((button = ui_find (window, WB_TYPE_FINDINGS_BUTTON, NULL)) != NULL);
  ui_wait_until (!wb_findings_button_get_busy (button));

  return button;
}

/* The list as a person sees it, a line for a label. */
static char *
dup_list (WbFindingsButton *button)
{
  GString       *texts = g_string_new ("");
  GtkListBox    *list;
  GtkListBoxRow *row;

  gtk_menu_button_popup (ui_find (button, GTK_TYPE_MENU_BUTTON, NULL));
  ui_wait_until ((list = ui_find (button, GTK_TYPE_LIST_BOX, NULL)) != NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      GtkWidget       *heading = gtk_list_box_row_get_header (row);
      g_autofree char *above = heading != NULL ? ui_dup_texts (heading, FALSE) : g_strdup ("");
      g_autofree char *text = ui_dup_texts (row, FALSE);

      g_string_append_printf (texts, "%s%s", above, text);
    }

  return g_string_free (texts, FALSE);
}

static gpointer
find_row (WbFindingsButton *button,
          const char       *text)
{
  GtkWidget *label = ui_find (ui_find (button, GTK_TYPE_LIST_BOX, NULL), GTK_TYPE_LABEL, text);

  g_assert_nonnull (label);

  return gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
}

static char *
dup_selected_path (WbWindow *window)
{
  g_autoptr (WbEntry) entry =
    wb_archive_view_dup_selected (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL));

  if (entry == NULL)
    return g_strdup ("nothing");

  return wb_archive_dup_path (wb_entry_get_archive (entry), wb_entry_get_node (entry));
}

static void
wait_for_selected (WbWindow   *window,
                   const char *path)
{
  for (;;)
    {
      g_autofree char *selected = dup_selected_path (window);

      if (g_str_equal (selected, path))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_list (void)
{
  g_autofree char  *path = make_zip (0);
  WbWindow         *window = ui_open_file (path);
  WbFindingsButton *button = wait_for_findings (window);
  g_autofree char  *list = NULL;

  g_assert_cmpstr (gtk_label_get_text (ui_find (button, GTK_TYPE_LABEL, NULL)), ==,
                   "6 findings");
  list = dup_list (button);
  g_assert_cmpstr (list, ==,
                   "Not a connection in the folder “connections”\n1\n"
                   "<i>&\ndeep/er/<i>&\n"
                   "Name differs from the file’s\n1\n"
                   "b.conn\nconnections/b.conn\n"
                   "SSL is off\n2\n"
                   "a.conn\nconnections/a.conn\n"
                   "b.conn\nconnections/b.conn\n"
                   "Same address as another connection\n2\n"
                   "a.conn\nconnections/a.conn\n"
                   "b.conn\nconnections/b.conn\n");

  ui_close_window (window);
}

static gboolean
has_focus_on (WbWindow   *window,
              const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_get_ancestor (focus, WB_TYPE_ARCHIVE_VIEW) != NULL
         && ui_find (focus, GTK_TYPE_INSCRIPTION, name) != NULL;
}

static GtkWidget *
get_focused_row (WbWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

static void
test_keyboard (void)
{
  g_autofree char  *path = make_zip (0);
  WbWindow         *window = ui_open_file (path);
  WbFindingsButton *button = wait_for_findings (window);

  gtk_widget_child_focus (GTK_WIDGET (button), GTK_DIR_TAB_FORWARD);
  ring_press (window, "space");
  ui_wait_until (get_focused_row (window) != NULL);
  g_assert_true (get_focused_row (window) == find_row (button, "<i>&"));
  ring_press (window, "Down");
  g_assert_true (get_focused_row (window) == find_row (button, "b.conn"));
  ring_press (window, "Tab");
  g_assert_true (get_focused_row (window) == find_row (button, "a.conn"));
  ring_press (window, "Up");
  ring_press (window, "Return");
  wait_for_selected (window, "connections/b.conn");
  ui_wait_until (has_focus_on (window, "b.conn"));

  /* Escape gives the focus back to the button. */
  gtk_widget_child_focus (GTK_WIDGET (button), GTK_DIR_TAB_FORWARD);
  ring_press (window, "space");
  ui_wait_until (get_focused_row (window) != NULL);
  ring_press (window, "Escape");
  ui_wait_until (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                         GTK_WIDGET (button))
                 && get_focused_row (window) == NULL);

  ui_close_window (window);
}

/* In a folder that is closed, and behind a search that leaves it out. */
static void
test_select (void)
{
  g_autofree char  *path = make_zip (0);
  WbWindow         *window = ui_open_file (path);
  WbFindingsButton *button = wait_for_findings (window);
  GtkSearchBar     *search_bar;
  GListModel       *rows;
  g_autofree char  *list = dup_list (button);
  g_autoptr (GtkTreeListRow) row = NULL;

  rows = G_LIST_MODEL (wb_archive_view_get_model (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL)));
  row = g_list_model_get_item (rows, 0);
  gtk_tree_list_row_set_expanded (row, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);

  g_signal_emit_by_name (find_row (button, "<i>&"), "activate");
  wait_for_selected (window, "deep/er/<i>&");
  ui_wait_until (ui_find (button, GTK_TYPE_LIST_BOX, NULL) == NULL);

  ui_activate (window, "win.find");
  search_bar = ui_find (window, GTK_TYPE_SEARCH_BAR, NULL);
  gtk_editable_set_text (ui_find (search_bar, GTK_TYPE_EDITABLE, NULL), "b.conn");
  ui_wait_until (g_list_model_get_n_items (rows) == 3);
  g_free (list);
  list = dup_list (button);
  g_signal_emit_by_name (find_row (button, "a.conn"), "activate");
  wait_for_selected (window, "connections/a.conn");
  g_assert_false (gtk_search_bar_get_search_mode (search_bar));

  /* And the keys go on from there: from the expander, or with newer GTK from the row. */
  ui_wait_until (has_focus_on (window, "a.conn"));

  ui_close_window (window);
}

static void
test_many (void)
{
  g_autofree char  *path = make_zip (1000);
  WbWindow         *window = ui_open_file (path);
  WbFindingsButton *button = wait_for_findings (window);
  g_autofree char  *list = dup_list (button);

  g_assert_cmpstr (gtk_label_get_text (ui_find (button, GTK_TYPE_LABEL, NULL)), ==,
                   "1006 findings");
  g_assert_nonnull (strstr (list, "and 901 more\n"));

  ui_close_window (window);
}

/* While it looks, the window closes. */
static void
test_close (void)
{
  g_autofree char *path = make_zip (1000);
  WbWindow        *window = ui_open_file (path);

  ui_wait_for_page (window, "preview");
  ui_close_window (window);
}

static WbFindingsButton *
find_hidden (GtkWidget *widget)
{
  WbFindingsButton *found = NULL;

  if (WB_IS_FINDINGS_BUTTON (widget))
    return WB_FINDINGS_BUTTON (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_hidden (child);

  return found;
}

static void
test_nothing (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char  *path = NULL;
  WbWindow         *window;
  WbFindingsButton *button;

  wb_zip_maker_add_text (zip, "connections/a.conn", "{\"name\": \"a\", \"type\": \"Other\"}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "tidy.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  button = find_hidden (ui_find (window, WB_TYPE_SUMMARY_BAR, NULL));
  ui_wait_until (!wb_findings_button_get_busy (button));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  /* The first one: GTK keeps the keyboard in a popover that is open when its window closes. */
  g_test_add_func ("/findings/keyboard", test_keyboard);
  g_test_add_func ("/findings/list", test_list);
  g_test_add_func ("/findings/select", test_select);
  g_test_add_func ("/findings/many", test_many);
  g_test_add_func ("/findings/close", test_close);
  g_test_add_func ("/findings/nothing", test_nothing);

  return g_test_run ();
}
