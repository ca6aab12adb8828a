/* selected-files.c: the files that a selection in an archive's tree stands for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

typedef struct
{
  WbArchive     *archive; /* (unowned) */
  WbEntryFilter *filter;  /* (unowned) */
  guint8        *seen;    /* (owned): for each node */
  GArray        *files;   /* (owned) (element-type guint) */
  GArray        *folders; /* (owned) (element-type guint): still to be looked into */
} Search;

static void
add (Search *self,
     guint   node)
{
  WbNodeKind kind = wb_archive_get_kind (self->archive, node);

  if (self->seen[node])
    return;

  self->seen[node] = TRUE;
  if (kind == WB_NODE_ROOT || kind == WB_NODE_FOLDER)
    g_array_append_val (self->folders, node);
  else if (kind != WB_NODE_LINK)
    g_array_append_val (self->files, node);
}

static void
add_children (Search *self,
              guint   folder)
{
  guint        n_children;
  const guint *children = wb_archive_get_children (self->archive, folder, &n_children);

  for (guint i = 0; i < n_children; i++)
    {
      if (wb_entry_filter_shows (self->filter, children[i]))
        add (self, children[i]);
    }
}

static int
compare_records (const void *a,
                 const void *b,
                 void       *user_data)
{
  int x = wb_archive_get_record (user_data, *(const guint *) a);
  int y = wb_archive_get_record (user_data, *(const guint *) b);

  return (x > y) - (x < y);
}

/**
 * wb_selected_files_find:
 * @rows: the rows of the tree, #GtkTreeListRow with a #WbEntry each
 * @archive: whose tree it is
 * @filter: what a search leaves of it
 *
 * A folder stands for all that it shows, open or not. Links are not files.
 *
 * Returns: (transfer full) (element-type guint): the nodes, each once, in the order of the ZIP
 */
GArray *
wb_selected_files_find (GtkSelectionModel *rows,
                        WbArchive         *archive,
                        WbEntryFilter     *filter)
{
  Search        self = { .archive = archive, .filter = filter };
  GtkBitsetIter iter;
  guint         position;
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (rows), NULL);
  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (filter), NULL);

  self.seen = g_new0 (guint8, wb_archive_get_n_nodes (archive));
  self.files = g_array_new (FALSE, FALSE, sizeof (guint));
  self.folders = g_array_new (FALSE, FALSE, sizeof (guint));
  selected = gtk_selection_model_get_selection (rows);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (rows), position);
      g_autoptr (WbEntry) entry = gtk_tree_list_row_get_item (row);

      add (&self, wb_entry_get_node (entry));
    }
  for (guint i = 0; i < self.folders->len; i++)
    add_children (&self, g_array_index (self.folders, guint, i));

  g_array_sort_with_data (self.files, compare_records, archive);
  g_free (self.seen);
  g_array_unref (self.folders);

  return self.files;
}
