/* tree-rows.c: the rows of a tree in a column view, and the widgets that show them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* An expander below a widget: a certain row's, or the first one. */
static GtkTreeExpander *
find_expander (GtkWidget      *widget,
               GtkTreeListRow *row)
{
  if (GTK_IS_TREE_EXPANDER (widget))
    {
      GtkTreeExpander *expander = GTK_TREE_EXPANDER (widget);

      return row == NULL || gtk_tree_expander_get_list_row (expander) == row ? expander : NULL;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTreeExpander *found = find_expander (child, row);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The row that a widget is in: in the view there is a list, and in that the rows. */
static GtkWidget *
get_row_widget (GtkColumnView *view,
                GtkWidget     *widget)
{
  while (widget != NULL && widget != GTK_WIDGET (view))
    {
      GtkWidget *parent = gtk_widget_get_parent (widget);

      if (parent != NULL && gtk_widget_get_parent (parent) == GTK_WIDGET (view))
        return widget;
      widget = parent;
    }

  return NULL;
}

/**
 * wb_tree_find_widget:
 * @view: the tree
 * @row: one of its rows
 *
 * Returns: (transfer none) (nullable): the widget of the whole row, which takes the focus
 */
GtkWidget *
wb_tree_find_widget (GtkColumnView  *view,
                     GtkTreeListRow *row)
{
  GtkTreeExpander *expander;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (GTK_IS_TREE_LIST_ROW (row), NULL);

  expander = find_expander (GTK_WIDGET (view), row);

  return expander != NULL ? get_row_widget (view, GTK_WIDGET (expander)) : NULL;
}

/**
 * wb_tree_find_row:
 * @view: the tree
 * @widget: (nullable): a widget in it, for example the one with the focus
 *
 * Returns: (transfer none) (nullable): the row that it shows
 */
GtkTreeListRow *
wb_tree_find_row (GtkColumnView *view,
                  GtkWidget     *widget)
{
  GtkTreeExpander *expander;
  GtkWidget       *row;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  if (widget == NULL || !gtk_widget_is_ancestor (widget, GTK_WIDGET (view)))
    return NULL;

  row = get_row_widget (view, widget);
  expander = row != NULL ? find_expander (row, NULL) : NULL;

  return expander != NULL ? gtk_tree_expander_get_list_row (expander) : NULL;
}

/**
 * wb_tree_dup_selected_row:
 * @rows: the rows
 *
 * Returns: (transfer full) (nullable): the row that is selected, if it is the only one
 */
GtkTreeListRow *
wb_tree_dup_selected_row (GtkMultiSelection *rows)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), NULL);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (rows));
  if (gtk_bitset_get_size (selected) != 1)
    return NULL;

  return g_list_model_get_item (G_LIST_MODEL (rows), gtk_bitset_get_minimum (selected));
}

/**
 * wb_tree_dup_first_selected_row:
 * @rows: the rows
 *
 * Returns: (transfer full) (nullable): the first of the selected rows
 */
GtkTreeListRow *
wb_tree_dup_first_selected_row (GtkMultiSelection *rows)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), NULL);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (rows));
  if (gtk_bitset_is_empty (selected))
    return NULL;

  return g_list_model_get_item (G_LIST_MODEL (rows), gtk_bitset_get_minimum (selected));
}

guint64
wb_tree_count_selected (GtkMultiSelection *rows)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), 0);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (rows));

  return gtk_bitset_get_size (selected);
}

/**
 * wb_tree_unfold_to:
 * @rows: the rows as they stand, #GtkTreeListRow with a #WbEntry each; the root is the first
 * @archive: what they show
 * @node: a node of it
 *
 * Unfolds the folders that the node is in.
 *
 * Returns: (transfer full) (nullable): the node's row, or %NULL if a filter has left it out
 */
GtkTreeListRow *
wb_tree_unfold_to (GListModel *rows,
                   WbArchive  *archive,
                   guint       node)
{
  g_autoptr (GtkTreeListRow) folder = NULL;
  GListModel  *children;
  WbEntryList *list;

  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);
  g_return_val_if_fail (node < wb_archive_get_n_nodes (archive), NULL);

  if (node == 0)
    return g_list_model_get_item (rows, 0);

  folder = wb_tree_unfold_to (rows, archive, (guint) wb_archive_get_parent (archive, node));
  if (folder == NULL)
    return NULL;

  gtk_tree_list_row_set_expanded (folder, TRUE);
  children = gtk_tree_list_row_get_children (folder);
  if (children == NULL)
    return NULL;

  list = WB_ENTRY_LIST (children);
  for (guint i = 0; i < wb_entry_list_get_n_nodes (list); i++)
    {
      if (wb_entry_list_get_node (list, i) == node)
        {
          wb_entry_list_reach (list, i);
          return gtk_tree_list_row_get_child_row (folder, i);
        }
    }

  return NULL;
}

/**
 * wb_tree_scroll_to:
 * @view: the tree
 * @position: one of its rows
 *
 * Brings a row into sight. The view has no action for this, but the list inside it has.
 */
void
wb_tree_scroll_to (GtkColumnView *view,
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
