/* tree-state.c: what is folded and selected in an archive's tree, to bring it back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

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
dup_root_row (GtkMultiSelection *rows)
{
  GListModel *tree = gtk_multi_selection_get_model (rows);

  return tree != NULL ? gtk_tree_list_model_get_child_row (GTK_TREE_LIST_MODEL (tree), 0) : NULL;
}

/* Calls @func for the folders of the tree, each before those in it. */
static void
for_each_folder (GtkMultiSelection *rows,
                 void (*func) (GtkTreeListRow *row,
                               gpointer        user_data),
                 gpointer user_data)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (g_object_unref);
  GtkTreeListRow *root = dup_root_row (rows);

  if (root != NULL)
    g_ptr_array_add (stack, root);
  for (guint i = 0; i < stack->len; i++)
    {
      func (stack->pdata[i], user_data);
      push_folders (stack, stack->pdata[i]);
    }
}

static void
add_if_folded (GtkTreeListRow *row,
               gpointer        user_data)
{
  GHashTable *folded = user_data;

  if (!gtk_tree_list_row_get_expanded (row))
    g_hash_table_add (folded, GUINT_TO_POINTER (get_node (row)));
}

static void
fold_or_unfold (GtkTreeListRow *row,
                gpointer        user_data)
{
  GHashTable *folded = user_data;
  gpointer    node = GUINT_TO_POINTER (get_node (row));

  gtk_tree_list_row_set_expanded (row, folded == NULL || !g_hash_table_contains (folded, node));
}

static GHashTable *
dup_selected_nodes (GtkMultiSelection *rows)
{
  GHashTable *nodes = g_hash_table_new (NULL, NULL);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (rows));
  GtkBitsetIter iter;
  guint         position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (rows), position);

      g_hash_table_add (nodes, GUINT_TO_POINTER (get_node (row)));
    }

  return nodes;
}

typedef struct
{
  GHashTable *nodes;     /* (unowned) */
  GtkBitset  *positions; /* (unowned) */
} Selecting;

/* No rows are made for what is not selected. */
static void
find_selected (GtkTreeListRow *folder,
               gpointer        user_data)
{
  Selecting   *selecting = user_data;
  GListModel  *children = gtk_tree_list_row_get_children (folder);
  WbEntryList *list = children != NULL ? WB_ENTRY_LIST (children) : NULL;

  if (gtk_tree_list_row_get_depth (folder) == 0
      && g_hash_table_contains (selecting->nodes, GUINT_TO_POINTER (get_node (folder))))
    gtk_bitset_add (selecting->positions, gtk_tree_list_row_get_position (folder));
  if (list == NULL || !gtk_tree_list_row_get_expanded (folder))
    return;

  for (guint i = 0; i < wb_entry_list_get_n_nodes (list); i++)
    {
      guint node = wb_entry_list_get_node (list, i);

      if (g_hash_table_contains (selecting->nodes, GUINT_TO_POINTER (node)))
        {
          g_autoptr (GtkTreeListRow) row = NULL;

          wb_entry_list_reach (list, i);
          row = gtk_tree_list_row_get_child_row (folder, i);
          gtk_bitset_add (selecting->positions, gtk_tree_list_row_get_position (row));
        }
    }
}

static void
expand (GtkTreeListRow *row,
        gpointer        user_data)
{
  gtk_tree_list_row_set_expanded (row, TRUE);
}

static void
collapse (GtkTreeListRow *row,
          gpointer        user_data)
{
  gtk_tree_list_row_set_expanded (row, gtk_tree_list_row_get_depth (row) == 0);
}

/**
 * wb_tree_state_set_expanded:
 * @rows: the rows
 * @expanded: whether to expand all folders, or collapse all but the ZIP itself
 */
void
wb_tree_state_set_expanded (GtkMultiSelection *rows,
                            gboolean           expanded)
{
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));

  for_each_folder (rows, expanded ? expand : collapse, NULL);
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
wb_tree_state_take (WbTreeState       *self,
                    GtkMultiSelection *rows)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));

  self->selected = dup_selected_nodes (rows);
  self->folded = g_hash_table_new (NULL, NULL);
  for_each_folder (rows, add_if_folded, self->folded);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (rows));
}

/**
 * wb_tree_state_restore:
 * @self: what was kept
 * @rows: the rows that have come in the place of those before
 *
 * Unfolds all folders but those that were folded, and selects what was selected if it is there.
 */
void
wb_tree_state_restore (WbTreeState       *self,
                       GtkMultiSelection *rows)
{
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = NULL;
  Selecting selecting = { .nodes = NULL, .positions = positions };

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));

  for_each_folder (rows, fold_or_unfold, self->folded);
  if (self->selected == NULL || g_hash_table_size (self->selected) == 0)
    return;

  selecting.nodes = self->selected;
  for_each_folder (rows, find_selected, &selecting);
  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (rows)));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (rows), positions, all);
}

void
wb_tree_state_clear (WbTreeState *self)
{
  g_clear_pointer (&self->folded, g_hash_table_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);
}
