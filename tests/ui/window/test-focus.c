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
test_welcome (void)
{
  WbWindow *window = ui_open_window ();

  g_assert_true (gtk_root_get_focus (GTK_ROOT (window))
                 == ui_find (window, GTK_TYPE_BUTTON, "_Add Account…"));
  ring_go_round (window);
  ui_close_window (window);
}

static void
test_preview (void)
{
  WbWindow *window = open_zip ();

  g_test_message ("nothing selected");
  ring_go_round (window);
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
