/* compare.c: what changed from one archive to another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compare.h"

#include <string.h>

#include "core/archive/compare/compare-private.h"
#include "core/archive/compare/compared-side.h"
#include "core/progress.h"
#include "core/thread.h"

G_DEFINE_FINAL_TYPE (WbComparison, wb_comparison, G_TYPE_OBJECT)

static void
add (WbComparison         *self,
     WbDifferenceKind      kind,
     const WbComparedFile *old_file,
     const WbComparedFile *new_file,
     gboolean              renamed)
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
  if (renamed)
    difference.old_path = wb_archive_dup_path (self->old_archive, old_file->node);
  g_array_append_val (self->differences, difference);
  self->n_of[kind]++;
}

/* A file's values, or %NULL if it cannot be read. */
static WbCanonical *
read_file (WbComparison         *self,
           WbArchive            *archive,
           const WbComparedFile *file,
           GCancellable         *cancellable,
           GError              **error)
{
  g_autoptr (GBytes) bytes = wb_archive_read (archive, file->node, cancellable, error);

  return bytes != NULL ? wb_canonical_new (bytes, self->one_form) : NULL;
}

/* Whether two files that are not the same differ in a value that counts; of one that was renamed,
 * the name does not. */
static gboolean
find_changes (WbComparison         *self,
              const WbComparedPair *pair,
              gboolean             *counts,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr (WbCanonical) old_file = NULL;
  g_autoptr (WbCanonical) new_file = NULL;
  WbKeyPair keys;

  *counts = FALSE;
  old_file = read_file (self, self->old_archive, pair->old_file, cancellable, error);
  if (old_file == NULL)
    return FALSE;
  new_file = read_file (self, self->new_archive, pair->new_file, cancellable, error);
  if (new_file == NULL)
    return FALSE;
  if (!wb_canonical_get_json (old_file)->is_object || !wb_canonical_get_json (new_file)->is_object)
    {
      *counts = TRUE;
      return TRUE;
    }

  wb_key_pair_init (&keys, old_file, new_file, self->one_form, self->other_source);
  while (wb_key_pair_next (&keys))
    {
      WbChangeKind kind = wb_key_pair_judge (&keys);

      self->n_values[kind]++;
      if (kind == WB_CHANGE_COUNTED
          && !(pair->renamed && keys.new_index >= 0
               && wb_canonical_is_name (new_file, (guint) keys.new_index)))
        *counts = TRUE;
    }

  return TRUE;
}

static gboolean
add_pair (WbComparison         *self,
          const WbComparedPair *pair,
          GCancellable         *cancellable,
          GError              **error)
{
  WbComparedFile *old_file = pair->old_file;
  WbComparedFile *new_file = pair->new_file;
  gboolean        counts = FALSE;

  if (!old_file->same && (!old_file->read || !new_file->read))
    {
      add (self, WB_DIFFERENCE_UNREADABLE, old_file, new_file, pair->renamed);
      return TRUE;
    }

  if (!old_file->same && memcmp (old_file->whole, new_file->whole, WB_CANONICAL_BYTES) != 0)
    {
      if (!find_changes (self, pair, &counts, cancellable, error))
        return FALSE;
      if (!counts && !pair->renamed)
        add (self, WB_DIFFERENCE_UNCOUNTED, old_file, new_file, FALSE);
    }
  if (counts)
    add (self, WB_DIFFERENCE_CHANGED, old_file, new_file, pair->renamed);
  else if (pair->renamed)
    add (self, WB_DIFFERENCE_RENAMED, old_file, new_file, TRUE);
  else
    self->n_same++;

  return TRUE;
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
 * @cancellable: (nullable): a cancellable, or a progress
 * @error: return location
 *
 * Compares what the files say, secrets too. The order of keys, white space and the spelling of
 * numbers do not count. Neither do folders, what the service sets by itself, secrets that one side
 * does not include, and, of an export and a rebuilt archive, what one source leaves out, adds, or
 * calls by another name. Blocks; for a thread.
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
  g_auto (WbComparedSide) old_side = { 0 };
  g_auto (WbComparedSide) new_side = { 0 };
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (WbComparedPair));

  g_return_val_if_fail (WB_IS_ARCHIVE (old_archive), NULL);
  g_return_val_if_fail (WB_IS_ARCHIVE (new_archive), NULL);

  self = g_object_new (WB_TYPE_COMPARISON, NULL);
  self->old_archive = g_object_ref (old_archive);
  self->new_archive = g_object_ref (new_archive);
  self->one_form = wb_archive_is_rebuilt (old_archive) || wb_archive_is_rebuilt (new_archive);
  self->other_source = wb_archive_get_source (old_archive) != wb_archive_get_source (new_archive);
  wb_progress_set_stage (cancellable, 0, 0.1);
  wb_compared_side_init (&old_side, old_archive, self->one_form);
  wb_compared_side_init (&new_side, new_archive, self->one_form);
  if (self->one_form
      && (!wb_compared_side_read_names (&old_side, cancellable, error)
          || !wb_compared_side_read_names (&new_side, cancellable, error)))
    return NULL;
  wb_compared_pair_paths (pairs, &old_side, &new_side);
  wb_progress_set_stage (cancellable, 0.1, 0.5);
  if (!wb_compared_find_same (pairs, &old_side, &new_side, cancellable, error))
    return NULL;
  wb_progress_set_stage (cancellable, 0.5, 0.65);
  if (!wb_compared_side_read (&old_side, cancellable, error))
    return NULL;
  wb_progress_set_stage (cancellable, 0.65, 0.8);
  if (!wb_compared_side_read (&new_side, cancellable, error))
    return NULL;

  wb_compared_pair_renamed (pairs, &old_side, &new_side);
  wb_progress_set_stage (cancellable, 0.8, 1);
  wb_progress_begin (cancellable, pairs->len);
  for (guint i = 0; i < pairs->len; i++)
    {
      wb_progress_advance (cancellable, 1);
      if (!add_pair (self, &g_array_index (pairs, WbComparedPair, i), cancellable, error))
        return NULL;
    }
  for (guint i = 0; i < old_side.n_files; i++)
    {
      if (!old_side.files[i].paired)
        add (self, WB_DIFFERENCE_REMOVED, &old_side.files[i], NULL, FALSE);
    }
  for (guint i = 0; i < new_side.n_files; i++)
    {
      if (!new_side.files[i].paired)
        add (self, WB_DIFFERENCE_ADDED, NULL, &new_side.files[i], FALSE);
    }
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
  wb_thread_run_task (task, compare_thread);
}

/**
 * wb_comparison_new_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): the comparison, or %NULL if an archive cannot be read, or on
 *   cancellation
 */
WbComparison *
wb_comparison_new_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_comparison_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

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
 * wb_comparison_get_n_counted:
 * @self: a comparison
 *
 * Returns: how many differences there are that count: any makes the two archives different
 */
guint
wb_comparison_get_n_counted (WbComparison *self)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), 0);

  return self->differences->len - self->n_of[WB_DIFFERENCE_UNCOUNTED];
}

/**
 * wb_comparison_get_n_values:
 * @self: a comparison
 * @kind: other than %WB_CHANGE_NONE
 *
 * Returns: how many values of files that both archives have changed in this way
 */
guint
wb_comparison_get_n_values (WbComparison *self,
                            WbChangeKind  kind)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), 0);
  g_return_val_if_fail ((guint) kind < WB_N_CHANGE_KINDS, 0);

  return self->n_values[kind];
}

/**
 * wb_comparison_get_n_same:
 * @self: a comparison
 *
 * Returns: how many files say the same under the same path, as far as that counts
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
