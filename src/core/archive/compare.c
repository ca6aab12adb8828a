/* compare.c: what changed from one archive to another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare.h"

#include "core/archive/archive-private.h"
#include "core/archive/canonical.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbComparison
{
  GObject parent_instance;

  WbArchive *old_archive; /* (owned) */
  WbArchive *new_archive; /* (owned) */
  GArray    *differences; /* (owned) (element-type WbDifference): in the order of paths */
  guint      n_of[WB_N_DIFFERENCE_KINDS];
  guint      n_same;
};

G_DEFINE_FINAL_TYPE (WbComparison, wb_comparison, G_TYPE_OBJECT)

/* One file of one of the two. */
typedef struct
{
  const char *path; /* (unowned) */
  gsize       path_length;
  guint       node;
  gboolean    same; /* byte for byte as the other one of its path, and not read for that */
  gboolean    read;
  gboolean    paired;
  guint8      content[WB_CANONICAL_BYTES]; /* digest of all but its name */
  guint8      whole[WB_CANONICAL_BYTES];
} File;

typedef struct
{
  WbArchive *archive; /* (unowned) */
  File      *files;   /* (owned) */
  guint      n_files;
  guint     *numbers; /* (owned): of each node among the files */
  guint8    *wanted;  /* (owned): for each node whether it is to be read */
} Side;

static void
side_clear (Side *side)
{
  g_free (side->files);
  g_free (side->numbers);
  g_free (side->wanted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static gboolean
read_cb (WbArchive    *archive,
         guint         node,
         const guint8 *bytes,
         gsize         length,
         WbProblems    problems,
         gpointer      user_data)
{
  Side *side = user_data;
  File *file = &side->files[side->numbers[node]];
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
  const File *x = a;
  const File *y = b;
  int         order = memcmp (x->path, y->path, MIN (x->path_length, y->path_length));

  return order != 0 ? order : (x->path_length > y->path_length) - (x->path_length < y->path_length);
}

static int
compare_files (const void *a,
               const void *b)
{
  const File *x = a;
  const File *y = b;
  int         order = compare_paths (a, b);

  return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static void
side_init (Side      *side,
           WbArchive *archive)
{
  guint n_nodes = wb_archive_get_n_nodes (archive);

  side->archive = archive;
  side->wanted = g_new0 (guint8, n_nodes);
  side->files = g_new0 (File, n_nodes);
  side->numbers = g_new0 (guint, n_nodes);
  for (guint node = 0; node < n_nodes; node++)
    {
      const WbNode *n = &archive->tree->nodes[node];

      if (!wb_node_is_file (n))
        continue;
      side->files[side->n_files++] = (File){
        .path = n->path,
        .path_length = n->path_length,
        .node = node,
      };
    }
  qsort (side->files, side->n_files, sizeof *side->files, compare_files);
  for (guint i = 0; i < side->n_files; i++)
    side->numbers[side->files[i].node] = i;
}

static gboolean
side_read (Side         *side,
           GCancellable *cancellable,
           GError      **error)
{
  for (guint i = 0; i < side->n_files; i++)
    side->wanted[side->files[i].node] = !side->files[i].same;

  return wb_archive_read_each (side->archive, side->wanted, read_cb, side, cancellable, error);
}

static void
add (WbComparison    *self,
     WbDifferenceKind kind,
     const File      *old_file,
     const File      *new_file)
{
  WbDifference difference = {
    .kind = kind,
    .old_node = old_file != NULL ? (int) old_file->node : -1,
    .new_node = new_file != NULL ? (int) new_file->node : -1,
  };

  if (new_file != NULL)
    difference.path = wb_archive_dup_path (self->new_archive, new_file->node);
  else
    difference.path = wb_archive_dup_path (self->old_archive, old_file->node);
  if (kind == WB_DIFFERENCE_RENAMED)
    difference.old_path = wb_archive_dup_path (self->old_archive, old_file->node);
  g_array_append_val (self->differences, difference);
  self->n_of[kind]++;
}

/* Files with the same path belong together. Most of them are the same byte for byte, which is found
 * faster than what they say. */
static gboolean
find_same (Side         *old_side,
           Side         *new_side,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree WbNodePair *pairs = g_new (WbNodePair, old_side->n_files + 1);
  guint                  n_pairs = 0;
  guint                  i = 0;
  guint                  j = 0;

  while (i < old_side->n_files && j < new_side->n_files)
    {
      File *old_file = &old_side->files[i];
      File *new_file = &new_side->files[j];
      int   order = compare_paths (old_file, new_file);

      i += order <= 0;
      j += order >= 0;
      if (order == 0)
        pairs[n_pairs++] = (WbNodePair){ .node = old_file->node, .other = new_file->node };
    }

  if (!wb_archive_match_each (old_side->archive, new_side->archive, pairs, n_pairs, cancellable,
                              error))
    return FALSE;
  for (i = 0; i < n_pairs; i++)
    {
      old_side->files[old_side->numbers[pairs[i].node]].same = pairs[i].same;
      new_side->files[new_side->numbers[pairs[i].other]].same = pairs[i].same;
    }

  return TRUE;
}

static void
pair_paths (WbComparison *self,
            Side         *old_side,
            Side         *new_side)
{
  guint i = 0;
  guint j = 0;

  while (i < old_side->n_files && j < new_side->n_files)
    {
      File *old_file = &old_side->files[i];
      File *new_file = &new_side->files[j];
      int   order = compare_paths (old_file, new_file);

      i += order <= 0;
      j += order >= 0;
      if (order != 0)
        continue;
      old_file->paired = new_file->paired = TRUE;
      if (old_file->same)
        self->n_same++;
      else if (!old_file->read || !new_file->read)
        add (self, WB_DIFFERENCE_UNREADABLE, old_file, new_file);
      else if (memcmp (old_file->whole, new_file->whole, WB_CANONICAL_BYTES) != 0)
        add (self, WB_DIFFERENCE_CHANGED, old_file, new_file);
      else
        self->n_same++;
    }
}

static int
compare_contents (const void *a,
                  const void *b)
{
  const File *x = *(const File *const *) a;
  const File *y = *(const File *const *) b;
  int         order = memcmp (x->content, y->content, WB_CANONICAL_BYTES);

  return order != 0 ? order : compare_files (x, y);
}

static GPtrArray *
find_unpaired (Side *side)
{
  GPtrArray *files = g_ptr_array_new ();

  for (guint i = 0; i < side->n_files; i++)
    if (!side->files[i].paired && side->files[i].read)
      g_ptr_array_add (files, &side->files[i]);
  g_ptr_array_sort (files, compare_contents);

  return files;
}

/* Of what is left, files that say the same are one that was renamed. */
static void
pair_contents (WbComparison *self,
               Side         *old_side,
               Side         *new_side)
{
  g_autoptr (GPtrArray) old_files = find_unpaired (old_side);
  g_autoptr (GPtrArray) new_files = find_unpaired (new_side);
  guint i = 0;
  guint j = 0;

  while (i < old_files->len && j < new_files->len)
    {
      File *old_file = g_ptr_array_index (old_files, i);
      File *new_file = g_ptr_array_index (new_files, j);
      int   order = memcmp (old_file->content, new_file->content, WB_CANONICAL_BYTES);

      i += order <= 0;
      j += order >= 0;
      if (order != 0)
        continue;
      old_file->paired = new_file->paired = TRUE;
      add (self, WB_DIFFERENCE_RENAMED, old_file, new_file);
    }
}

static int
compare_differences (const void *a,
                     const void *b)
{
  const WbDifference *x = a;
  const WbDifference *y = b;
  int                 order = strcmp (x->path, y->path);

  if (order != 0)
    return order;
  if (x->old_node != y->old_node)
    return x->old_node > y->old_node ? 1 : -1;
  return (x->new_node > y->new_node) - (x->new_node < y->new_node);
}

static void
clear_difference (gpointer data)
{
  WbDifference *difference = data;

  g_free (difference->path);
  g_free (difference->old_path);
}

static void
wb_comparison_finalize (GObject *object)
{
  WbComparison *self = WB_COMPARISON (object);

  g_clear_pointer (&self->differences, g_array_unref);
  g_clear_object (&self->old_archive);
  g_clear_object (&self->new_archive);

  G_OBJECT_CLASS (wb_comparison_parent_class)->finalize (object);
}

static void
wb_comparison_class_init (WbComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_comparison_finalize;
}

static void
wb_comparison_init (WbComparison *self)
{
  self->differences = g_array_new (FALSE, FALSE, sizeof (WbDifference));
  g_array_set_clear_func (self->differences, clear_difference);
}

/**
 * wb_comparison_new:
 * @old_archive: an archive
 * @new_archive: another one
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Compares what the files say, secrets too. The order of keys, white space and the spelling of
 * numbers do not count. Folders do not either. Blocks; for a thread.
 *
 * Returns: (transfer full): the comparison
 */
WbComparison *
wb_comparison_new (WbArchive    *old_archive,
                   WbArchive    *new_archive,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (WbComparison) self = NULL;
  g_auto (Side) old_side = { 0 };
  g_auto (Side) new_side = { 0 };

  g_return_val_if_fail (WB_IS_ARCHIVE (old_archive), NULL);
  g_return_val_if_fail (WB_IS_ARCHIVE (new_archive), NULL);

  self = g_object_new (WB_TYPE_COMPARISON, NULL);
  self->old_archive = g_object_ref (old_archive);
  self->new_archive = g_object_ref (new_archive);
  side_init (&old_side, old_archive);
  side_init (&new_side, new_archive);
  if (!find_same (&old_side, &new_side, cancellable, error)
      || !side_read (&old_side, cancellable, error)
      || !side_read (&new_side, cancellable, error))
    return NULL;

  pair_paths (self, &old_side, &new_side);
  pair_contents (self, &old_side, &new_side);
  for (guint i = 0; i < old_side.n_files; i++)
    if (!old_side.files[i].paired)
      add (self, WB_DIFFERENCE_REMOVED, &old_side.files[i], NULL);
  for (guint i = 0; i < new_side.n_files; i++)
    if (!new_side.files[i].paired)
      add (self, WB_DIFFERENCE_ADDED, NULL, &new_side.files[i]);
  g_array_sort (self->differences, compare_differences);

  return g_steal_pointer (&self);
}

typedef struct
{
  WbArchive *old_archive; /* (owned) */
  WbArchive *new_archive; /* (owned) */
} Pair;

static void
pair_free (Pair *pair)
{
  g_object_unref (pair->old_archive);
  g_object_unref (pair->new_archive);
  g_free (pair);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Pair         *pair = task_data;
  GError       *error = NULL;
  WbComparison *self = wb_comparison_new (pair->old_archive, pair->new_archive, cancellable,
                                          &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_comparison_new_async:
 * @old_archive: an archive
 * @new_archive: another one
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_comparison_new() in a thread.
 */
void
wb_comparison_new_async (WbArchive          *old_archive,
                         WbArchive          *new_archive,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Pair *pair;

  g_return_if_fail (WB_IS_ARCHIVE (old_archive));
  g_return_if_fail (WB_IS_ARCHIVE (new_archive));

  pair = g_new0 (Pair, 1);
  pair->old_archive = g_object_ref (old_archive);
  pair->new_archive = g_object_ref (new_archive);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_comparison_new_async);
  g_task_set_task_data (task, pair, (GDestroyNotify) pair_free);
  g_task_run_in_thread (task, compare_thread);
}

WbComparison *
wb_comparison_new_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_comparison_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_comparison_get_n:
 * @self: a comparison
 *
 * Returns: how many files are different; 0 for the same
 */
guint
wb_comparison_get_n (WbComparison *self)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), 0);

  return self->differences->len;
}

/**
 * wb_comparison_get:
 * @self: a comparison
 * @index: less than wb_comparison_get_n()
 *
 * Returns: (transfer none): a difference, in the order of paths
 */
const WbDifference *
wb_comparison_get (WbComparison *self,
                   guint         index)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (index < self->differences->len, NULL);

  return &g_array_index (self->differences, WbDifference, index);
}

guint
wb_comparison_get_n_of (WbComparison    *self,
                        WbDifferenceKind kind)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), 0);
  g_return_val_if_fail ((guint) kind < WB_N_DIFFERENCE_KINDS, 0);

  return self->n_of[kind];
}

/**
 * wb_comparison_get_n_same:
 * @self: a comparison
 *
 * Returns: how many files say the same under the same path
 */
guint
wb_comparison_get_n_same (WbComparison *self)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), 0);

  return self->n_same;
}

WbArchive *
wb_comparison_get_old (WbComparison *self)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  return self->old_archive;
}

WbArchive *
wb_comparison_get_new (WbComparison *self)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  return self->new_archive;
}
