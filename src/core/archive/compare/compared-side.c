/* compared-side.c: the files of one of two archives that are compared
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compared-side.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"
#include "core/sort.h"

/* What the archive says itself, unless it was opened by its index alone. */
static void
take_name (WbComparedSide *side,
           WbComparedFile *file,
           const guint8   *bytes,
           gsize           length)
{
  g_auto (WbConnectionDigest) digest = { 0 };

  if (side->archive->facts->depth != WB_OPEN_INDEX || file->own_name != NULL
      || wb_archive_get_kind (side->archive, file->node) != WB_NODE_CONNECTION)
    return;
  if (wb_connection_digest_type (&digest, (const char *) bytes, length))
    file->name = file->own_name = g_steal_pointer (&digest.texts[WB_DIGEST_NAME]);
}

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

  if (!file->paired)
    take_name (side, file, bytes, length);
  canonical = wb_canonical_new (contents, side->one_form);
  wb_canonical_digest (canonical, file->paired ? NULL : file->settings, file->content,
                       file->whole);
  file->read = TRUE;

  return TRUE;
}

static int
compare_files (const void *a,
               const void *b)
{
  const WbComparedFile *x = a;
  const WbComparedFile *y = b;
  int                   order = memcmp (x->path, y->path, MIN (x->path_length, y->path_length));

  if (order != 0)
    return order;
  if (x->path_length != y->path_length)
    return x->path_length > y->path_length ? 1 : -1;

  return (x->node > y->node) - (x->node < y->node);
}

/**
 * wb_compared_side_init:
 * @side: (out caller-allocates): its files, in the order of paths and not read yet
 * @archive: an archive, which must outlive it
 * @one_form: whether one of the two is rebuilt: then a key is the same however the service's
 *   sources spell it, and a file's name is not what tells a connection
 */
void
wb_compared_side_init (WbComparedSide *side,
                       WbArchive      *archive,
                       gboolean        one_form)
{
  guint n_nodes = wb_archive_get_n_nodes (archive);

  side->archive = archive;
  side->one_form = one_form;
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
        .name = wb_archive_get_text (archive, node, WB_DIGEST_NAME),
        .node = node,
      };
    }
  wb_sort (side->files, side->n_files, sizeof *side->files, compare_files);
  for (guint i = 0; i < side->n_files; i++)
    side->numbers[side->files[i].node] = i;
}

static gboolean
name_cb (WbArchive    *archive,
         guint         node,
         const guint8 *bytes,
         gsize         length,
         WbProblems    problems,
         gpointer      user_data)
{
  WbComparedSide *side = user_data;

  if ((problems & (WB_PROBLEM_UNREADABLE | WB_PROBLEM_UNSUPPORTED)) == 0)
    take_name (side, &side->files[side->numbers[node]], bytes, length);

  return TRUE;
}

/**
 * wb_compared_side_read_names:
 * @side: a side
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Finds what its connections call themselves, unless the archive knows it.
 *
 * Returns: %FALSE if the archive could not be read, or on cancellation
 */
gboolean
wb_compared_side_read_names (WbComparedSide *side,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_autofree guint8 *wanted = g_new0 (guint8, wb_archive_get_n_nodes (side->archive));

  if (side->archive->facts->depth != WB_OPEN_INDEX)
    return TRUE;
  for (guint i = 0; i < side->n_files; i++)
    wanted[side->files[i].node] = TRUE;

  return wb_archive_read_each (side->archive, wanted, name_cb, side, cancellable, error);
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
  g_autofree guint8 *wanted = g_new0 (guint8, wb_archive_get_n_nodes (side->archive));

  for (guint i = 0; i < side->n_files; i++)
    wanted[side->files[i].node] = !side->files[i].same;

  return wb_archive_read_each (side->archive, wanted, read_cb, side, cancellable, error);
}

/**
 * wb_compared_find_same:
 * @pairs: (element-type WbComparedPair): files that belong together
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
wb_compared_find_same (GArray         *pairs,
                       WbComparedSide *old_side,
                       WbComparedSide *new_side,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autofree WbNodePair *nodes = g_new (WbNodePair, pairs->len + 1);

  for (guint i = 0; i < pairs->len; i++)
    {
      const WbComparedPair *pair = &g_array_index (pairs, WbComparedPair, i);

      nodes[i] = (WbNodePair){ .node = pair->old_file->node, .other = pair->new_file->node };
    }

  if (!wb_archive_match_each (old_side->archive, new_side->archive, nodes, pairs->len, cancellable,
                              error))
    return FALSE;
  for (guint i = 0; i < pairs->len; i++)
    {
      old_side->files[old_side->numbers[nodes[i].node]].same = nodes[i].same;
      new_side->files[new_side->numbers[nodes[i].other]].same = nodes[i].same;
    }

  return TRUE;
}

void
wb_compared_side_clear (WbComparedSide *side)
{
  for (guint i = 0; i < side->n_files; i++)
    {
      g_free (side->files[i].own_name);
      g_free (side->files[i].spelled);
    }
  g_free (side->files);
  g_free (side->numbers);
}
