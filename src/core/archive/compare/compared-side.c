/* compared-side.c: the files of one of two archives that are compared
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compared-side.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"

static gboolean
read_cb (WbArchive    *archive,
         guint         node,
         const guint8 *bytes,
         gsize         length,
         WbProblems    problems,
         gpointer      user_data)
{
  WbComparedSide *side = user_data;
  WbComparedFile *file = &side->files[side->numbers[node]];
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);
  g_autoptr (WbCanonical) canonical = NULL;

  if ((problems & (WB_PROBLEM_UNREADABLE | WB_PROBLEM_UNSUPPORTED)) != 0)
    return TRUE;

  canonical = wb_canonical_new (contents);
  wb_canonical_digest (canonical, file->content, file->whole);
  file->read = TRUE;

  return TRUE;
}

static int
compare_paths (const void *a,
               const void *b)
{
  const WbComparedFile *x = a;
  const WbComparedFile *y = b;
  int                   order = memcmp (x->path, y->path, MIN (x->path_length, y->path_length));

  return order != 0 ? order : (x->path_length > y->path_length) - (x->path_length < y->path_length);
}

int
wb_compared_compare_files (const void *a,
                           const void *b)
{
  const WbComparedFile *x = a;
  const WbComparedFile *y = b;
  int                   order = compare_paths (a, b);

  return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/**
 * wb_compared_side_init:
 * @side: (out caller-allocates): its files, in the order of paths and not read yet
 * @archive: an archive, which must outlive it
 */
void
wb_compared_side_init (WbComparedSide *side,
                       WbArchive      *archive)
{
  guint n_nodes = wb_archive_get_n_nodes (archive);

  side->archive = archive;
  side->wanted = g_new0 (guint8, n_nodes);
  side->files = g_new0 (WbComparedFile, n_nodes);
  side->numbers = g_new0 (guint, n_nodes);
  for (guint node = 0; node < n_nodes; node++)
    {
      const WbNode *n = &archive->tree->nodes[node];

      if (!wb_node_counts (n))
        continue;
      side->files[side->n_files++] = (WbComparedFile){
        .path = n->path,
        .path_length = n->path_length,
        .node = node,
      };
    }
  qsort (side->files, side->n_files, sizeof *side->files, wb_compared_compare_files);
  for (guint i = 0; i < side->n_files; i++)
    side->numbers[side->files[i].node] = i;
}

/**
 * wb_compared_side_read:
 * @side: a side
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads the files that are not known to be the same as their counterparts, and finds what they say.
 *
 * Returns: %FALSE if the archive could not be read, or on cancellation
 */
gboolean
wb_compared_side_read (WbComparedSide *side,
                       GCancellable   *cancellable,
                       GError        **error)
{
  for (guint i = 0; i < side->n_files; i++)
    side->wanted[side->files[i].node] = !side->files[i].same;

  return wb_archive_read_each (side->archive, side->wanted, read_cb, side, cancellable, error);
}

/**
 * wb_compared_next_pair:
 * @old_side: a side
 * @new_side: the other one
 * @walk: where the last one was; all zero for the first one
 *
 * Finds the next two files with the same path.
 *
 * Returns: %FALSE if there are no more
 */
gboolean
wb_compared_next_pair (WbComparedSide *old_side,
                       WbComparedSide *new_side,
                       WbComparedWalk *walk)
{
  while (walk->i < old_side->n_files && walk->j < new_side->n_files)
    {
      int order;

      walk->old_file = &old_side->files[walk->i];
      walk->new_file = &new_side->files[walk->j];
      order = compare_paths (walk->old_file, walk->new_file);
      walk->i += order <= 0;
      walk->j += order >= 0;
      if (order == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_compared_find_same:
 * @old_side: a side
 * @new_side: the other one
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Most files with the same path are the same byte for byte. Finding that is faster than reading
 * what they say.
 *
 * Returns: %FALSE if an archive could not be read, or on cancellation
 */
gboolean
wb_compared_find_same (WbComparedSide *old_side,
                       WbComparedSide *new_side,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autofree WbNodePair *pairs = g_new (WbNodePair, old_side->n_files + 1);
  guint                  n_pairs = 0;
  WbComparedWalk         walk = { 0 };

  while (wb_compared_next_pair (old_side, new_side, &walk))
    pairs[n_pairs++] = (WbNodePair){ .node = walk.old_file->node, .other = walk.new_file->node };

  if (!wb_archive_match_each (old_side->archive, new_side->archive, pairs, n_pairs, cancellable,
                              error))
    return FALSE;
  for (guint i = 0; i < n_pairs; i++)
    {
      old_side->files[old_side->numbers[pairs[i].node]].same = pairs[i].same;
      new_side->files[new_side->numbers[pairs[i].other]].same = pairs[i].same;
    }

  return TRUE;
}

void
wb_compared_side_clear (WbComparedSide *side)
{
  g_free (side->files);
  g_free (side->numbers);
  g_free (side->wanted);
}
