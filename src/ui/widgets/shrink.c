/* shrink.c: buttons that give way in a narrow window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/shrink.h"

#include <adwaita.h>

/* The least that a window may need, in pixels. */
#define LEAST_WIDTH 360

static void
set_ellipsize (GtkWidget         *root,
               PangoEllipsizeMode mode)
{
  GtkWidget *label = gtk_widget_get_last_child (root);

  if (GTK_IS_BUTTON (root) && GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), mode);
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_ellipsize (child, mode);
}

/* Else the bar would give its title all the room that it asks for, and the buttons the rest. */
static void
fit_bar (GtkWidget *bar)
{
  int width;

  set_ellipsize (bar, PANGO_ELLIPSIZE_NONE);
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > LEAST_WIDTH)
    set_ellipsize (bar, PANGO_ELLIPSIZE_END);
}

/* A button may be hidden at first, or say something else later. */
static void
follow_buttons (GtkWidget *root,
                GtkWidget *bar)
{
  if (GTK_IS_BUTTON (root))
    {
      g_signal_connect_object (root, "notify::visible", G_CALLBACK (fit_bar), bar,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (root, "notify::label", G_CALLBACK (fit_bar), bar,
                               G_CONNECT_SWAPPED);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    follow_buttons (child, bar);
}

/**
 * wb_shrink_last:
 * @bar: a header bar, or a row of buttons and other texts
 *
 * Lets the labels of the buttons in it end in dots only where the bar would else not fit into the
 * narrowest window: what is beside them gives way first.
 */
void
wb_shrink_last (GtkWidget *bar)
{
  g_return_if_fail (GTK_IS_WIDGET (bar));

  follow_buttons (bar, bar);
  g_signal_connect_object (gtk_widget_get_settings (bar), "notify::gtk-xft-dpi",
                           G_CALLBACK (fit_bar), bar, G_CONNECT_SWAPPED);
  fit_bar (bar);
}

/**
 * wb_shrink_buttons:
 * @root: a widget with all its children
 *
 * Lets the labels of the buttons in it end in dots, and those of the check buttons wrap, where
 * there is no room, as with large text in a small window. Newer GTK has a property for it,
 * `can-shrink`. In a header bar the title gives way first.
 */
void
wb_shrink_buttons (GtkWidget *root)
{
  GtkWidget *label = gtk_widget_get_last_child (root);

  g_return_if_fail (GTK_IS_WIDGET (root));

  if (ADW_IS_HEADER_BAR (root))
    {
      wb_shrink_last (root);
      return;
    }
  if (GTK_IS_BUTTON (root) && GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (GTK_IS_CHECK_BUTTON (root) && GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wb_shrink_buttons (child);
}
