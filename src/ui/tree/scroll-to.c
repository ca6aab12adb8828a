/* scroll-to.c: brings a row of a column view into sight
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/scroll-to.h"

/**
 * wb_scroll_to_row:
 * @view: a column view
 * @position: one of its rows
 *
 * The view itself has no action for this, but the list inside of it.
 */
void
wb_scroll_to_row (GtkColumnView *view,
                  guint          position)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_SCROLLABLE (child))
        {
          gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
          return;
        }
    }
}
