/* test-shortcuts.c: the window that lists the keyboard shortcuts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "ui-test.h"
#include "ui/window/shortcut-row.h"

static GtkWindow *
find_shortcuts (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), "WbShortcutsWindow"))
        return l->data;
    }

  return NULL;
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

  g_assert_null (find_shortcuts ());
  g_assert_false (is_any_window_hidden ());

  for (guint i = 0; i < 2; i++)
    {
      GtkWindow *shortcuts;

      ui_activate (window, "win.show-help-overlay");
      shortcuts = find_shortcuts ();
      g_assert_nonnull (shortcuts);
      ui_wait_for_frames (shortcuts, 1);
      g_assert_true (ui_says (shortcuts, "Quit"));

      gtk_window_close (shortcuts);
      g_assert_null (find_shortcuts ());
      g_assert_false (is_any_window_hidden ());
    }

  ui_close_window (window);
}

static gboolean
lists (GtkWidget  *widget,
       const char *action,
       const char *accel)
{
  g_autofree char *this_action = NULL;
  g_autofree char *this_accel = NULL;

  if (WB_IS_SHORTCUT_ROW (widget))
    {
      g_object_get (widget, "action", &this_action, "accelerators", &this_accel, NULL);

      return g_strcmp0 (this_action, action) == 0
             || (this_accel != NULL && strcasestr (this_accel, accel) != NULL);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (lists (child, action, accel))
        return TRUE;
    }

  return FALSE;
}

/* Whatever has a key is listed. */
static void
test_complete (void)
{
  GtkApplication *program = GTK_APPLICATION (ui_test_get_program ());
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (program);
  WbWindow *window = ui_open_window ();

  ui_activate (window, "win.show-help-overlay");
  ui_wait_for_frames (find_shortcuts (), 1);
  g_assert_cmpuint (g_strv_length (actions), >, 5);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (program, actions[i]);

      g_test_message ("%s", actions[i]);
      g_assert_true (lists (GTK_WIDGET (find_shortcuts ()), actions[i], accels[0]));
    }

  ui_close_window (window);
}

/* The window takes its shortcuts along. */
static void
test_closed_with_window (void)
{
  WbWindow *window = ui_open_window ();

  ui_activate (window, "win.show-help-overlay");
  ui_wait_for_frames (find_shortcuts (), 1);
  ui_close_window (window);
  g_assert_false (is_any_window_hidden ());
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/shortcuts/opened-twice", test_opened_twice);
  g_test_add_func ("/shortcuts/complete", test_complete);
  g_test_add_func ("/shortcuts/closed-with-window", test_closed_with_window);

  return g_test_run ();
}
