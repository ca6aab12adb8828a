/* test-focus.c: Tab and Shift+Tab go round each page and each window, and meet every control
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-server.h"
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

/* The newest window, once it is there. */
static GtkWindow *
wait_for_window (const char *title)
{
  for (;;)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

          if (g_strcmp0 (gtk_window_get_title (window), title) == 0
              && gtk_widget_get_mapped (GTK_WIDGET (window)))
            return window;
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

/* Goes round a window that an action opens, and leaves it by Escape. */
static void
visit (WbWindow   *window,
       const char *action,
       const char *title)
{
  GtkWindow *other;

  g_test_message ("%s", title);
  gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
  other = wait_for_window (title);
  ring_go_round (other);
  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  ring_press (other, "Escape");
  ui_wait_until (other == NULL);
}

/* A history with something in it has a list. */
static void
put_record (void)
{
  WbRecorder *recorder = wb_context_get_recorder (ui_test_get_context ());
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();

  record->account = g_strdup ("Test");
  record->result = g_strdup (WB_HISTORY_OK);
  record->file = g_strdup ("file:///backups/a.zip");
  wb_recorder_put (recorder, record);
  wb_recorder_wait (recorder);
}

static void
test_windows (void)
{
  WbWindow *window = open_zip ();

  visit (window, "win.add-account", "Add Account");
  visit (window, "win.manage-accounts", "Accounts");
  ui_add_account ("http://127.0.0.1:9", FALSE);
  visit (window, "win.manage-accounts", "Accounts");
  visit (window, "win.properties", "Properties");
  visit (window, "win.save-redacted", "Save a Redacted Copy?");
  visit (window, "app.request-log", "Request Log");
  visit (window, "app.export-all", "Export All");
  visit (window, "app.history", "History");
  put_record ();
  visit (window, "app.history", "History");

  ui_close_window (window);
}

/* The pages of a window with an account, and those of an export that fails. */
static void
test_export (void)
{
  WbAccount       *account = ui_add_account ("http://127.0.0.1:9", TRUE);
  WbWindow        *window = ui_open_window ();
  WbWindow        *broken;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "no.zip", NULL);

  wb_window_select (window, account, NULL);
  ui_wait_for_page (window, "ready");
  ring_go_round (window);
  /* There is one button to export, which has the focus. */
  g_assert_null (ui_find (window, GTK_TYPE_BUTTON, "_Export"));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window))
                 == ui_find (window, GTK_TYPE_BUTTON, "E_xport"));

  ui_sign_in (account);
  wb_window_export (window);
  ui_wait_for_page (window, "error");
  ring_go_round (window);
  ui_close_window (window);

  broken = ui_open_file (path);
  ui_wait_for_page (broken, "error");
  ring_go_round (broken);
  ui_close_window (broken);
}

/* Facts to copy for a ticket. */
static void
test_refusal (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = open_zip ();

  fault_server_add_reply (server, 403, "X-Request-Id: ticket-42\r\n",
                          "{\"error_code\": \"DLF.0100\", \"error_msg\": \"No\"}", 0);
  wb_window_select (window, account, NULL);
  ui_sign_in (account);
  wb_window_export (window);
  ui_wait_for_page (window, "error");
  ring_go_round (window);
  ring_press (window, "Escape");
  ui_wait_for_page (window, "preview");
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/focus/welcome", test_welcome);
  g_test_add_func ("/focus/preview", test_preview);
  g_test_add_func ("/focus/windows", test_windows);
  g_test_add_func ("/focus/export", test_export);
  g_test_add_func ("/focus/refusal", test_refusal);

  return g_test_run ();
}
