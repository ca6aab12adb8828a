/* tree-state.c: what is folded and selected in an archive's tree, to bring it back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree-state.h"

#include "core/archive/entry-list.h"

/* Folders looked at; an archive as the service makes it never comes near. */
#define MAX_FOLDERS 20000

static guint
get_node (GtkTreeListRow *row)
{
  g_autoptr (WbEntry) entry = gtk_tree_list_row_get_item (row);

  return wb_entry_get_node (entry);
}

/* Folders stand first, so the files are never made into rows for this. */
static void
push_folders (GPtrArray      *stack,
              GtkTreeListRow *parent)
{
  for (guint i = 0; stack->len < MAX_FOLDERS; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_row_get_child_row (parent, i);

      if (row == NULL || !gtk_tree_list_row_is_expandable (row))
        return;

      g_ptr_array_add (stack, g_steal_pointer (&row));
    }
}

static GtkTreeListRow *
dup_root_row (GtkSingleSelection *rows)
{
  GListModel *tree = gtk_single_selection_get_model (rows);

  return tree != NULL ? gtk_tree_list_model_get_child_row (GTK_TREE_LIST_MODEL (tree), 0) : NULL;
}

/* Calls @func for the folders of the tree, each before those in it. */
static void
for_each_folder (GtkSingleSelection *rows,
                 void (*func) (GtkTreeListRow *row,
                               GHashTable     *folded),
                 GHashTable *folded)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (g_object_unref);
  GtkTreeListRow *root = dup_root_row (rows);

  if (root != NULL)
    g_ptr_array_add (stack, root);
  for (guint i = 0; i < stack->len; i++)
    {
      func (stack->pdata[i], folded);
      push_folders (stack, stack->pdata[i]);
    }
}

static void
add_if_folded (GtkTreeListRow *row,
               GHashTable     *folded)
{
  if (!gtk_tree_list_row_get_expanded (row))
    g_hash_table_add (folded, GUINT_TO_POINTER (get_node (row)));
}

static void
fold_or_unfold (GtkTreeListRow *row,
                GHashTable     *folded)
{
  gpointer node = GUINT_TO_POINTER (get_node (row));

  gtk_tree_list_row_set_expanded (row, folded == NULL || !g_hash_table_contains (folded, node));
}

/* The row of a node, if it is there. */
static GtkTreeListRow *
dup_row (GtkSingleSelection *rows,
         guint               node)
{
  g_autoptr (GtkTreeListRow) row = dup_root_row (rows);
  g_autoptr (WbEntry) root = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));

  if (root == NULL || node >= wb_archive_get_n_nodes (wb_entry_get_archive (root)))
    return NULL;

  for (int above = (int) node;
       above > 0;
       above = wb_archive_get_parent (wb_entry_get_archive (root), (guint) above))
    g_array_append_val (path, above);

  for (guint i = path->len; i > 0 && row != NULL; i--)
    {
      g_autoptr (GtkTreeListRow) parent = g_steal_pointer (&row);
      GListModel *children = gtk_tree_list_row_get_children (parent);
      guint       position;

      if (children != NULL
          && wb_entry_list_find (WB_ENTRY_LIST (children), g_array_index (path, guint, i - 1),
                                 &position))
        row = gtk_tree_list_row_get_child_row (parent, position);
    }

  return g_steal_pointer (&row);
}

/**
 * wb_tree_state_take:
 * @self: (out caller-allocates): where to keep it
 * @rows: the rows as they stand
 *
 * Takes the selection away: a selection that looks for its row among those that come in its place
 * would make an object of each.
 */
void
wb_tree_state_take (WbTreeState        *self,
                    GtkSingleSelection *rows)
{
  GtkTreeListRow *selected;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_SINGLE_SELECTION (rows));

  selected = gtk_single_selection_get_selected_item (rows);
  self->selected = selected != NULL ? (int) get_node (selected) : -1;
  self->folded = g_hash_table_new (NULL, NULL);
  for_each_folder (rows, add_if_folded, self->folded);
  gtk_single_selection_set_selected (rows, GTK_INVALID_LIST_POSITION);
}

/**
 * wb_tree_state_restore:
 * @self: what was kept
 * @rows: the rows that have come in the place of those before
 *
 * Unfolds all folders but those that were folded, and selects what was selected if it is there.
 */
void
wb_tree_state_restore (WbTreeState        *self,
                       GtkSingleSelection *rows)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_SINGLE_SELECTION (rows));

  for_each_folder (rows, fold_or_unfold, self->folded);
  if (self->selected >= 0)
    row = dup_row (rows, (guint) self->selected);
  gtk_single_selection_set_selected (rows, row != NULL ? gtk_tree_list_row_get_position (row)
                                                       : GTK_INVALID_LIST_POSITION);
}

/**
 * wb_tree_state_clear:
 * @self: what was kept
 */
void
wb_tree_state_clear (WbTreeState *self)
{
  g_clear_pointer (&self->folded, g_hash_table_unref);
  self->selected = -1;
}
