/* test-text-direction.c: all lines of a text begin where the lines of the window begin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/widgets/text-direction.h"

/* What is free in each line at its left, or at its right. */
static gboolean
stands (GtkLabel       *label,
        GtkPositionType side)
{
  PangoLayout     *layout = gtk_label_get_layout (label);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint            n_lines = 0;
  gboolean         all = TRUE;

  do
    {
      PangoRectangle line;
      int            free_units;

      pango_layout_iter_get_line_extents (iter, NULL, &line);
      free_units = side == GTK_POS_LEFT ? line.x
                                        : pango_layout_get_width (layout) - line.x - line.width;
      /* A space that a line ends with is not seen. */
      all = all && ABS (free_units) < 8 * PANGO_SCALE;
      n_lines++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_assert_cmpuint (n_lines, >, 2);

  return all;
}

static void
test_align (void)
{
  static const char *const texts[] = {
    "These are some words of English of different lengths, extraordinarily so",
    "هذه بعض الكلمات العربية ذات أطوال مختلفة جدا لا أكثر ولا أقل من ذلك",
  };
  GtkWidget *window = gtk_window_new ();
  GtkLabel  *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_size_request (GTK_WIDGET (label), 150, -1);
  gtk_label_set_max_width_chars (label, 10);
  wb_label_align_with_window (label);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (label));
  gtk_window_present (GTK_WINDOW (window));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_label_set_text (label, texts[i]);
      gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_RTL);
      ui_wait_for_frames (window, 3);
      g_assert_true (stands (label, GTK_POS_RIGHT));
    }

  gtk_label_set_text (label, texts[0]);
  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  ui_wait_for_frames (window, 3);
  g_assert_true (stands (label, GTK_POS_LEFT));
  g_assert_false (stands (label, GTK_POS_RIGHT));

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/text-direction/align", test_align);

  return g_test_run ();
}
