/* stack-page.c: another page of a stack, with the focus if the page before had it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/stack-page.h"

/**
 * wb_stack_show_page:
 * @stack: a stack in a window
 * @name: the page to show
 *
 * If the focus is in the page that goes, or in a row that went before, the first control of the new
 * page gets it, or of the window if the page has none: GTK leaves it where nobody sees it, and no
 * key reaches the window any more.
 */
void
wb_stack_show_page (GtkStack   *stack,
                    const char *name)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (stack));
  GtkWidget *before = gtk_stack_get_visible_child (stack);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   lost =
    focus != NULL
    && (!gtk_widget_get_mapped (focus)
        || (before != NULL && gtk_widget_is_ancestor (focus, before)));

  gtk_stack_set_visible_child_name (stack, name);
  if (lost && gtk_stack_get_visible_child (stack) != before
      && !gtk_widget_child_focus (gtk_stack_get_visible_child (stack), GTK_DIR_TAB_FORWARD))
    {
      gtk_root_set_focus (root, NULL);
      gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
    }
}
