/* shrink.c: buttons that give way in a narrow window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/shrink.h"

/**
 * wb_shrink_buttons:
 * @root: a widget with all its children
 *
 * Lets the labels of the buttons in it end in dots, and those of the check buttons wrap, where
 * there is no room, as with large text in a small window. Newer GTK has a property for it,
 * `can-shrink`.
 */
void
wb_shrink_buttons (GtkWidget *root)
{
  GtkWidget *label = gtk_widget_get_last_child (root);

  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root) && GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (GTK_IS_CHECK_BUTTON (root) && GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wb_shrink_buttons (child);
}
