/* test-keys.c: the keys of the window: F6, Escape, Ctrl+C, Ctrl+G, and where they leave the focus
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "ring.h"
#include "ui-test.h"
#include "ui/preview/preview-private.h"
#include "ui/preview/preview.h"
#include "ui/window/error-page.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"

static WbWindow *
open_zip (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;

  wb_zip_maker_add_text (zip, "connections/a.conn", "{\"name\": \"a\", \"type\": \"RDS\"}");
  wb_zip_maker_add_text (zip, "connections/b.conn",
                         "{\"name\": \"b\", \"type\": \"DWS\","
                         " \"config\": {\"password\": \"" SECRET "\"}}");
  wb_zip_maker_add_text (zip, "connections/c.conn", "{\"name\": \"c\", \"type\": \"HIVE\"}");
  wb_zip_maker_add_text (zip, "connections/d.conn", "{\"name\": \"d\", \"type\": \"DWS\"}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "keys.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  ui_wait_for_frames (window, 3);

  return window;
}

static gboolean
has_focus_in (WbWindow *window,
              gpointer  part)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, part);
}

/* On the row that shows this name, which is the only one that is selected. */
static gboolean
is_on_row (WbWindow   *window,
           const char *name)
{
  WbArchiveView *view = ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL);
  g_autoptr (WbEntry) entry = wb_archive_view_dup_selected (view);

  return entry != NULL && g_str_equal (wb_entry_get_name (entry), name)
         && has_focus_in (window, view)
         && ui_find (gtk_root_get_focus (GTK_ROOT (window)), GTK_TYPE_INSCRIPTION, name) != NULL;
}

static gboolean
is_searching (WbWindow *window)
{
  gboolean searching;

  g_object_get (ui_find (window, WB_TYPE_PREVIEW, NULL), "searching", &searching, NULL);

  return searching;
}

static void
test_areas (void)
{
  WbWindow *window = open_zip ();
  gpointer  areas[] = {
     ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL), ui_find (window, WB_TYPE_CONNECTION_VIEW, NULL),
     ui_find (window, ADW_TYPE_HEADER_BAR, NULL), ui_find (window, WB_TYPE_SUMMARY_BAR, NULL),
     gtk_widget_get_parent (ui_find (window, GTK_TYPE_BUTTON, "_Redacted Copy…"))
  };

  ui_select (window, 3);
  ui_wait_for_frames (window, 2);
  for (guint i = 1; i <= G_N_ELEMENTS (areas); i++)
    {
      ring_press (window, "F6");
      ui_wait_until (has_focus_in (window, areas[i % G_N_ELEMENTS (areas)]));
    }
  g_assert_true (is_on_row (window, "b.conn"));
  for (guint i = G_N_ELEMENTS (areas); i > 0; i--)
    {
      ring_press (window, "shift+F6");
      ui_wait_until (has_focus_in (window, areas[i - 1]));
    }

  ui_close_window (window);
}

static void
test_areas_elsewhere (void)
{
  WbWindow  *window = ui_open_window ();
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  ring_press (window, "F6");
  g_assert_true (has_focus_in (window, ui_find (window, ADW_TYPE_HEADER_BAR, NULL)));
  ring_press (window, "F6");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);

  ui_close_window (window);
}

/* A new window has no preview yet, and the keys that are for one do nothing. */
static void
test_no_preview (void)
{
  static const char *const keys[] = { "Escape", "ctrl+g", "ctrl+shift+g", "ctrl+f", "F6" };
  WbWindow                *window = ui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    ring_press (window, keys[i]);
  g_assert_cmpstr (wb_window_get_page (window), ==, "welcome");
  g_assert_null (ui_find (window, WB_TYPE_PREVIEW, NULL));

  ui_close_window (window);
}

/* The search goes to its first hit, from there to the others, and leaves the focus on it. */
static void
test_search (void)
{
  WbWindow *window = open_zip ();

  ring_press (window, "ctrl+g");
  ui_wait_until (is_searching (window));
  ring_press (window, "Escape");
  ui_wait_until (!is_searching (window));

  ring_press (window, "ctrl+f");
  ui_wait_until (is_searching (window));
  ring_press (window, "t");
  ring_press (window, "y");
  ring_press (window, "p");
  ring_press (window, "e");
  ring_press (window, "colon");
  ring_press (window, "d");
  ring_press (window, "w");
  ring_press (window, "s");
  ring_press (window, "Down");
  ui_wait_until (is_on_row (window, "b.conn"));
  ring_press (window, "Down");
  ui_wait_until (is_on_row (window, "d.conn"));
  ring_press (window, "ctrl+g");
  ui_wait_until (is_on_row (window, "b.conn"));
  ring_press (window, "ctrl+shift+g");
  ui_wait_until (is_on_row (window, "d.conn"));

  ring_press (window, "Escape");
  ui_wait_until (!is_searching (window));
  ui_wait_for_frames (window, 5);
  g_assert_true (is_on_row (window, "d.conn"));
  ring_press (window, "Up");
  ui_wait_until (is_on_row (window, "c.conn"));

  ui_close_window (window);
}

/* What was selected before comes back when nothing of the result was chosen. */
static void
test_search_given_up (void)
{
  WbWindow *window = open_zip ();

  ui_select (window, 2);
  ring_press (window, "ctrl+f");
  ui_wait_until (is_searching (window));
  ring_press (window, "d");
  ring_press (window, "w");
  ring_press (window, "s");
  ui_wait_until (!has_focus_in (window, ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL))
                 && wb_archive_view_get_n_selected (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL))
                      == 0);
  ring_press (window, "Escape");
  ui_wait_until (is_on_row (window, "a.conn"));

  ui_close_window (window);
}

static void
test_copy (void)
{
  WbWindow     *window = open_zip ();
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  gboolean      copied = FALSE;

  gdk_clipboard_set_text (clipboard, "before");
  ui_select (window, 3);
  wb_archive_view_focus_rows (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL));
  ui_wait_until (is_on_row (window, "b.conn"));
  ring_press (window, "ctrl+c");
  while (!copied)
    {
      g_autofree char *text = ui_dup_clipboard_text (clipboard);

      g_assert_null (strstr (text, SECRET));
      copied = strstr (text, "\"DWS\"") != NULL;
      if (!copied)
        g_main_context_iteration (NULL, TRUE);
    }

  ui_close_window (window);
}

static void
test_find_bar (void)
{
  WbWindow         *window = open_zip ();
  WbConnectionView *details = ui_select (window, 2);
  gpointer          text;
  gpointer          bar;
  gboolean          searching = TRUE;

  gtk_stack_set_visible_child_name (GTK_STACK (gtk_widget_get_template_child (
                                      GTK_WIDGET (details), WB_TYPE_CONNECTION_VIEW, "pages")),
                                    "source");
  ui_wait_until ((text = ui_find (details, GTK_TYPE_TEXT_VIEW, NULL)) != NULL);
  ui_wait_until ((bar = ui_find (details, g_type_from_name ("WbSourceFindBar"), NULL)) != NULL);
  ui_wait_for_frames (window, 2);
  gtk_widget_grab_focus (text);
  ring_press (window, "ctrl+g");
  g_object_get (bar, "searching", &searching, NULL);
  g_assert_true (searching);
  gtk_widget_grab_focus (text);
  ring_press (window, "Escape");
  g_object_get (bar, "searching", &searching, NULL);
  g_assert_false (searching);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == text);

  ui_close_window (window);
}

/* An error with a preview behind it is left. */
static void
test_error (void)
{
  WbWindow  *window = open_zip ();
  WbAccount *account = ui_add_account ("http://127.0.0.1:9", TRUE);

  wb_window_select (window, account, NULL);
  ui_sign_in (account);
  wb_window_export (window);
  ui_wait_for_page (window, "error");
  g_assert_true (has_focus_in (window, ui_find (window, WB_TYPE_ERROR_PAGE, NULL)));
  ring_press (window, "F6");
  ring_press (window, "Escape");
  ui_wait_for_page (window, "preview");

  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/keys/areas", test_areas);
  g_test_add_func ("/keys/areas-elsewhere", test_areas_elsewhere);
  g_test_add_func ("/keys/no-preview", test_no_preview);
  g_test_add_func ("/keys/search", test_search);
  g_test_add_func ("/keys/search-given-up", test_search_given_up);
  g_test_add_func ("/keys/copy", test_copy);
  g_test_add_func ("/keys/find-bar", test_find_bar);
  g_test_add_func ("/keys/error", test_error);

  return g_test_run ();
}
