/* test-progress-bar.c: how far a long operation is, seen and spoken, unless it is over soon
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/widgets/progress-bar.h"

static void
test_patience (void)
{
  g_autoptr (WbProgress) progress = wb_progress_new ();
  WbProgressBar *bar = g_object_new (WB_TYPE_PROGRESS_BAR, NULL);
  GtkWidget     *window = gtk_window_new ();
  GtkWidget     *shown;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bar));
  gtk_window_present (GTK_WINDOW (window));
  wb_progress_begin (G_CANCELLABLE (progress), 4);
  wb_progress_advance (G_CANCELLABLE (progress), 1);
  wb_progress_bar_set_progress (bar, progress);
  g_assert_null (ui_find (bar, GTK_TYPE_PROGRESS_BAR, NULL));

  ui_fire (bar);
  ui_wait_until ((shown = ui_find (bar, GTK_TYPE_PROGRESS_BAR, NULL)) != NULL);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (shown)), ==, 0.25);
  gtk_test_accessible_assert_role (shown, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  gtk_test_accessible_assert_property (shown, GTK_ACCESSIBLE_PROPERTY_LABEL, "Progress");
  gtk_test_accessible_assert_property (shown, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.25);

  wb_progress_advance (G_CANCELLABLE (progress), 2);
  ui_fire (bar);
  ui_wait_until (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (shown)) == 0.75);

  /* Whatever begins next is given its own second. */
  wb_progress_bar_set_progress (bar, NULL);
  g_assert_false (gtk_widget_get_visible (shown));
  wb_progress_bar_set_progress (bar, progress);
  g_assert_false (gtk_widget_get_visible (shown));
  ui_wait_for_frames (window, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/progress-bar/patience", test_patience);

  return g_test_run ();
}
