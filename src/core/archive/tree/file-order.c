/* file-order.c: what an archive's tree holds, in the order in which it lies in the file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/file-order.h"

#include "core/sort.h"

/**
 * wb_file_order_new:
 * @tree: a tree
 * @index: its index
 * @n: (out): how many nodes have an entry
 *
 * From the start of the file to its end, so that a window over it moves but once. Programs write
 * the index in the order of the file, so it is gone through in its own order, and mostly nothing
 * is left to sort.
 *
 * Returns: (transfer full) (array length=n): the entries, not located yet, with their nodes for
 *   identifiers; g_free() it
 */
WbZipContents *
wb_file_order_new (const WbNodeTree *tree,
                   WbZipIndex       *index,
                   guint            *n)
{
  guint             n_entries = wb_zip_index_get_n (index);
  WbZipContents    *contents = g_new (WbZipContents, n_entries);
  g_autofree guint *nodes = g_new0 (guint, n_entries);

  /* The root has no entry. */
  for (guint i = 1; i < tree->n_nodes; i++)
    {
      if (tree->nodes[i].entry >= 0)
        nodes[tree->nodes[i].entry] = i;
    }
  *n = 0;
  for (guint i = 0; i < n_entries; i++)
    {
      if (nodes[i] != 0)
        contents[(*n)++] = (WbZipContents){ .entry = wb_zip_index_get (index, i), .id = nodes[i] };
    }
  wb_sort (contents, *n, sizeof *contents, wb_zip_contents_compare);

  return contents;
}
