/* test-shortcuts.c: the window that lists the keyboard shortcuts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

static GtkWindow *
find_shortcuts (WbWindow *window)
{
  return GTK_WINDOW (
    gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window)));
}

/* A hidden one ends the program when an assistive technology asks for it. */
static gboolean
is_any_window_hidden (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!gtk_widget_get_visible (window))
        return TRUE;
    }

  return FALSE;
}

static void
test_opened_twice (void)
{
  WbWindow *window = ui_open_window ();

  g_assert_null (find_shortcuts (window));
  g_assert_false (is_any_window_hidden ());

  for (guint i = 0; i < 2; i++)
    {
      GtkWindow *shortcuts;

      ui_activate (window, "win.show-help-overlay");
      shortcuts = find_shortcuts (window);
      g_assert_nonnull (shortcuts);
      ui_wait_for_frames (shortcuts, 1);
      g_assert_true (ui_says (shortcuts, "Quit"));

      gtk_window_close (shortcuts);
      g_assert_null (find_shortcuts (window));
      g_assert_false (is_any_window_hidden ());
    }

  ui_close_window (window);
}

/* The window takes its shortcuts along. */
static void
test_closed_with_window (void)
{
  WbWindow *window = ui_open_window ();

  ui_activate (window, "win.show-help-overlay");
  ui_wait_for_frames (find_shortcuts (window), 1);
  ui_close_window (window);
  g_assert_false (is_any_window_hidden ());
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/shortcuts/opened-twice", test_opened_twice);
  g_test_add_func ("/shortcuts/closed-with-window", test_closed_with_window);

  return g_test_run ();
}
