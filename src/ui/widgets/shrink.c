/* shrink.c: buttons that give way in a narrow window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/shrink.h"

/**
 * wb_shrink_buttons:
 * @root: a widget with all its children
 *
 * Lets the labels of the buttons in it wrap where there is no room, as with large text in a small
 * window. In a header bar it is the title that gives way.
 */
void
wb_shrink_buttons (GtkWidget *root)
{
  GtkWidget *label = gtk_widget_get_last_child (root);

  g_return_if_fail (GTK_IS_WIDGET (root));

  if (ADW_IS_HEADER_BAR (root))
    return;

  if ((GTK_IS_BUTTON (root) || GTK_IS_CHECK_BUTTON (root)) && GTK_IS_LABEL (label))
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      if (GTK_IS_BUTTON (root))
        gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wb_shrink_buttons (child);
}
