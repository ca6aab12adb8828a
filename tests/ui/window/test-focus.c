/* test-focus.c: Tab and Shift+Tab go round each page and each window, and meet every control
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring.h"
#include "ui-test.h"
#include "ui/preview/preview.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"

static char *
make_zip (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/broken.conn", "{\"password\": \"" SECRET "\"");
  wb_zip_maker_add_text (zip, "connections/dws_sales.conn",
                         "{\"name\": \"dws_sales\", \"type\": \"DWS\", \"description\": \"Sales\","
                         " \"config\": {\"ip\": \"10.0.0.1\", \"userName\": \"dbadmin\","
                         " \"password\": \"" SECRET "\"}}");
  wb_zip_maker_add_text (zip, "connections/hive.conn",
                         "{\"name\": \"hive\", \"type\": \"HIVE\", \"description\": \"\","
                         " \"config\": {\"password\": \"******\"}}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "export.zip");
}

static WbWindow *
open_zip (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);

  ui_wait_for_page (window, "preview");
  ui_wait_for_frames (window, 5);

  return window;
}

static void
collect_menus (GtkWidget *widget,
               GPtrArray *buttons)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_MENU_BUTTON (widget))
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_menus (child, buttons);
}

/* What opens by a key has the focus then, and gives it back when it is left by Escape. */
static void
open_menus (WbWindow *window)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  collect_menus (GTK_WIDGET (window), buttons);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkMenuButton *button = g_ptr_array_index (buttons, i);
      GtkWidget     *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
      GtkWidget     *focus;

      gtk_widget_child_focus (GTK_WIDGET (button), GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (button)));
      ring_press (window, "space");
      ui_wait_until (gtk_widget_get_mapped (popover)
                     && gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), popover));
      ring_press (window, "Escape");
      ui_wait_until (!gtk_widget_get_mapped (popover));
      ui_wait_for_frames (window, 2);
      g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);
    }
}

static void
test_welcome (void)
{
  WbWindow *window = ui_open_window ();

  g_assert_true (gtk_root_get_focus (GTK_ROOT (window))
                 == ui_find (window, GTK_TYPE_BUTTON, "_Add Account…"));
  ring_go_round (window);
  open_menus (window);
  ui_close_window (window);
}

static void
test_preview (void)
{
  WbWindow *window = open_zip ();

  g_test_message ("nothing selected");
  ring_go_round (window);
  open_menus (window);
  g_test_message ("a connection");
  ui_select (window, 3);
  ui_wait_for_frames (window, 2);
  ring_go_round (window);
  g_test_message ("not understood");
  ui_select (window, 2);
  ui_wait_for_frames (window, 2);
  ring_go_round (window);
  g_test_message ("several");
  gtk_selection_model_select_all (
    wb_archive_view_get_model (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL)));
  ui_wait_for_frames (window, 2);
  ring_go_round (window);
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/focus/welcome", test_welcome);
  g_test_add_func ("/focus/preview", test_preview);

  return g_test_run ();
}
