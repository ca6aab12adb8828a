/* tree-rows.c: the rows of a tree in a column view, and the widgets that show them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/tree-rows.h"

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
 * wb_tree_count_selected:
 * @rows: the tree's rows
 *
 * Returns: how many are selected
 */
guint64
wb_tree_count_selected (GtkMultiSelection *rows)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), 0);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (rows));

  return gtk_bitset_get_size (selected);
}
