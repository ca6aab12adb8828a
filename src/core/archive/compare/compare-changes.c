/* compare-changes.c: what changed inside one file, key by key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compare.h"

#include <glib/gi18n-lib.h>

#include "core/archive/compare/canonical.h"
#include "core/thread.h"

/* A person will not read more changes of one file. */
#define MAX_CHANGES 1000

static void
clear_change (gpointer data)
{
  WbKeyChange *change = data;

  g_free (change->key);
  g_free (change->old_value);
  g_free (change->new_value);
}

static void
add_change (GArray      *changes,
            WbCanonical *old_file,
            int          old_index,
            WbCanonical *new_file,
            int          new_index)
{
  WbKeyChange change = { 0 };

  if (changes->len == 0 && old_file != NULL && new_file != NULL)
    wb_canonical_hide_shared (old_file, new_file);
  if (new_index >= 0)
    {
      change.key = wb_canonical_dup_key (new_file, (guint) new_index);
      change.new_value = wb_canonical_dup_shown (new_file, (guint) new_index);
      change.secret = wb_canonical_get_secret (new_file, (guint) new_index) != WB_SECRET_NONE;
    }
  else
    change.key = wb_canonical_dup_key (old_file, (guint) old_index);
  if (old_index >= 0)
    {
      change.old_value = wb_canonical_dup_shown (old_file, (guint) old_index);
      change.secret = change.secret
                      || wb_canonical_get_secret (old_file, (guint) old_index) != WB_SECRET_NONE;
    }
  g_array_append_val (changes, change);
}

static void
add_contents_change (GArray *changes)
{
  WbKeyChange change = { .key = g_strdup ("") };

  g_array_append_val (changes, change);
}

/* One of the two may be %NULL: the file was added or removed. */
static void
compare_keys (GArray      *changes,
              WbCanonical *old_file,
              WbCanonical *new_file)
{
  guint n_old = old_file != NULL ? wb_canonical_get_n (old_file) : 0;
  guint n_new = new_file != NULL ? wb_canonical_get_n (new_file) : 0;
  guint n_more = 0;
  guint i = 0;
  guint j = 0;

  while (i < n_old || j < n_new)
    {
      int order = i == n_old   ? 1
                  : j == n_new ? -1
                               : wb_canonical_compare (old_file, i, new_file, j);

      if (order == 0 && wb_canonical_equal (old_file, i, new_file, j))
        ;
      else if (changes->len == MAX_CHANGES)
        n_more++;
      else
        add_change (changes, old_file, order <= 0 ? (int) i : -1, new_file,
                    order >= 0 ? (int) j : -1);
      i += order <= 0;
      j += order >= 0;
    }

  if (n_more > 0)
    {
      WbKeyChange more = { .key = g_strdup ("…") };

      /* Translators: how many changes of a file are not listed. */
      more.new_value = g_strdup_printf (ngettext ("%u more change", "%u more changes", n_more),
                                        n_more);
      g_array_append_val (changes, more);
    }
}

/* A file's values, or %NULL if there is no such file. */
static gboolean
read_file (WbArchive    *archive,
           int           node,
           GCancellable *cancellable,
           WbCanonical **file,
           GError      **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (node < 0)
    return TRUE;

  bytes = wb_archive_read (archive, (guint) node, cancellable, error);
  if (bytes == NULL)
    return FALSE;
  *file = wb_canonical_new (bytes);

  return TRUE;
}

static GArray *
read_changes (WbComparison *self,
              guint         index,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (WbKeyChange));
  g_autoptr (WbCanonical) old_file = NULL;
  g_autoptr (WbCanonical) new_file = NULL;
  const WbDifference *difference = wb_comparison_get (self, index);

  g_array_set_clear_func (changes, clear_change);
  if (difference->kind == WB_DIFFERENCE_UNREADABLE)
    return g_steal_pointer (&changes);

  if (!read_file (wb_comparison_get_old (self), difference->old_node, cancellable, &old_file,
                  error)
      || !read_file (wb_comparison_get_new (self), difference->new_node, cancellable, &new_file,
                     error))
    return NULL;

  if ((old_file == NULL || wb_canonical_is_json (old_file))
      && (new_file == NULL || wb_canonical_is_json (new_file)))
    compare_keys (changes, old_file, new_file);
  else if (difference->kind == WB_DIFFERENCE_CHANGED)
    add_contents_change (changes);

  return g_steal_pointer (&changes);
}

/**
 * wb_comparison_read_changes:
 * @self: a comparison
 * @index: less than wb_comparison_get_n()
 * @error: return location
 *
 * Reads the two files of a difference, or the one that was added or removed, all of whose keys are
 * new or gone. Secrets are compared and never given out. For changed files that are not JSON
 * objects there is one change with an empty key. Blocks.
 *
 * Returns: (transfer full) (element-type WbKeyChange): what changed, in the order of keys; empty
 *   for what cannot be read
 */
GArray *
wb_comparison_read_changes (WbComparison *self,
                            guint         index,
                            GError      **error)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (index < wb_comparison_get_n (self), NULL);

  return read_changes (self, index, NULL, error);
}

static void
changes_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *changes = read_changes (source_object, GPOINTER_TO_UINT (task_data), cancellable, &error);

  if (changes != NULL)
    g_task_return_pointer (task, changes, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_comparison_read_changes_async:
 * @self: a comparison
 * @index: less than wb_comparison_get_n()
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_comparison_read_changes() in a thread.
 */
void
wb_comparison_read_changes_async (WbComparison       *self,
                                  guint               index,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_COMPARISON (self));
  g_return_if_fail (index < wb_comparison_get_n (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_comparison_read_changes_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (index), NULL);
  wb_thread_run_task (task, changes_thread);
}

/**
 * wb_comparison_read_changes_finish:
 * @self: the comparison
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (element-type WbKeyChange): as wb_comparison_read_changes()
 */
GArray *
wb_comparison_read_changes_finish (WbComparison *self,
                                   GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
