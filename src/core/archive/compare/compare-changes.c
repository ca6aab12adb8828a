/* compare-changes.c: what changed inside one file, key by key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compare.h"

#include <glib/gi18n-lib.h>

#include "core/archive/compare/compare-private.h"
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
add_contents_change (GArray *changes)
{
  WbKeyChange change = { .kind = WB_CHANGE_COUNTED, .key = g_strdup ("") };

  g_array_append_val (changes, change);
}

/* One of the two may be %NULL: the file was added or removed. */
static void
compare_keys (WbComparison *self,
              GArray       *changes,
              WbCanonical  *old_file,
              WbCanonical  *new_file,
              gboolean      all)
{
  WbKeyPair pair;
  guint     n_more = 0;

  wb_key_pair_init (&pair, old_file, new_file, self->one_form, self->other_source);
  while (wb_key_pair_next (&pair))
    {
      WbChangeKind kind = wb_key_pair_judge (&pair);
      WbKeyChange  change;

      if (kind == WB_CHANGE_NONE && (!all || changes->len >= MAX_CHANGES / 2))
        continue;
      if (changes->len == MAX_CHANGES)
        {
          n_more++;
          continue;
        }
      if (changes->len == 0 && old_file != NULL && new_file != NULL)
        wb_connection_json_hide_shared (wb_canonical_get_json (old_file),
                                        wb_canonical_get_json (new_file));
      wb_key_change_init (&change, &pair, kind);
      g_array_append_val (changes, change);
    }

  if (n_more > 0)
    {
      WbKeyChange more = { .kind = WB_CHANGE_COUNTED, .key = g_strdup ("…") };

      /* Translators: how many changes of a file are not listed. */
      more.new_value = g_strdup_printf (ngettext ("%'u more change", "%'u more changes", n_more),
                                        n_more);
      g_array_append_val (changes, more);
    }
}

/* A file's values, or %NULL if there is no such file. */
static gboolean
read_file (WbComparison *self,
           WbArchive    *archive,
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
  *file = wb_canonical_new (bytes, self->one_form);

  return TRUE;
}

static GArray *
read_changes (WbComparison *self,
              guint         index,
              gboolean      all,
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

  if (!read_file (self, self->old_archive, difference->old_node, cancellable, &old_file,
                  error)
      || !read_file (self, self->new_archive, difference->new_node, cancellable, &new_file,
                     error))
    return NULL;

  if ((old_file == NULL || wb_canonical_get_json (old_file)->is_object)
      && (new_file == NULL || wb_canonical_get_json (new_file)->is_object))
    compare_keys (self, changes, old_file, new_file, all);
  else if (difference->kind == WB_DIFFERENCE_CHANGED)
    add_contents_change (changes);

  return g_steal_pointer (&changes);
}

/**
 * wb_comparison_read_changes:
 * @self: a comparison
 * @index: less than wb_comparison_get_n()
 * @all: whether to return what is the same on both sides, too
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
                            gboolean      all,
                            GError      **error)
{
  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (index < wb_comparison_get_n (self), NULL);

  return read_changes (self, index, all, NULL, error);
}

typedef struct
{
  guint    index;
  gboolean all;
} Request;

static void
changes_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Request *request = task_data;
  GError  *error = NULL;
  GArray  *changes = read_changes (source_object, request->index, request->all, cancellable,
                                   &error);

  if (changes != NULL)
    g_task_return_pointer (task, changes, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_comparison_read_changes_async:
 * @self: a comparison
 * @index: less than wb_comparison_get_n()
 * @all: whether to return what is the same on both sides, too
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_comparison_read_changes() in a thread.
 */
void
wb_comparison_read_changes_async (WbComparison       *self,
                                  guint               index,
                                  gboolean            all,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (WB_IS_COMPARISON (self));
  g_return_if_fail (index < wb_comparison_get_n (self));

  request = g_new (Request, 1);
  *request = (Request){ index, all };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_comparison_read_changes_async);
  g_task_set_task_data (task, request, g_free);
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
