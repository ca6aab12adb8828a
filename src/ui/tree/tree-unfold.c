/* tree-unfold.c: brings a node of an archive into sight in its tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/tree-unfold.h"

#include "core/archive/list/entry-list.h"

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
    if (wb_entry_list_get_node (list, i) == node)
      {
        wb_entry_list_reach (list, i);
        return gtk_tree_list_row_get_child_row (folder, i);
      }

  return NULL;
}
