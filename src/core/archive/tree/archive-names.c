/* archive-names.c: a large archive, whose names are there before its files are read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include "core/thread.h"

/* Nobody waits for so little, which is far more than a workspace has. */
#define MAX_FILES_AT_ONCE 2000
#define MAX_BYTES_AT_ONCE ((guint64) 8 * 1024 * 1024)

/* Whether its names say enough to begin with. What an encrypted archive or one with a note of
 * Waybill's is called depends on what is in it. */
static gboolean
names_are_enough (WbZipIndex       *index,
                  const WbNodeTree *tree)
{
  guint64 bytes = 0;
  guint   n_files = 0;

  for (guint i = 0; i < tree->n_nodes; i++)
    {
      const WbNode     *node = &tree->nodes[i];
      const WbZipEntry *entry;

      if (!wb_node_is_file (node))
        continue;
      entry = wb_zip_index_get (index, (guint) node->entry);
      if (node->kind == WB_NODE_NOTE || entry->encryption != WB_ZIP_PLAIN)
        return FALSE;
      n_files++;
      if (!g_uint64_checked_add (&bytes, bytes, entry->size_bytes))
        return TRUE;
    }

  return n_files > MAX_FILES_AT_ONCE || bytes > MAX_BYTES_AT_ONCE;
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  WbSpool    *spool = task_data;
  GError     *error = NULL;
  WbZipIndex *index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool),
                                         cancellable, &error);
  WbNodeTree *tree = index != NULL ? wb_node_tree_new (index, cancellable, &error) : NULL;
  g_autoptr (WbArchive) self = NULL;

  if (tree == NULL)
    {
      g_clear_pointer (&index, wb_zip_index_unref);
      g_task_return_error (task, error);
      return;
    }

  self = wb_archive_new (spool, NULL, index, tree);
  if (wb_archive_learn (self, names_are_enough (index, tree) ? WB_OPEN_NAMES : WB_OPEN_ALL,
                        cancellable, &error))
    wb_archive_return (g_steal_pointer (&self), task);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_open_names_async:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * As wb_archive_open_async(). But of a large archive only what its index says is known by then:
 * wb_archive_is_complete().
 */
void
wb_archive_open_names_async (WbSpool            *spool,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SPOOL (spool));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_open_names_async);
  g_task_set_task_data (task, g_object_ref (spool), g_object_unref);
  wb_thread_run_task (task, open_thread);
}

/**
 * wb_archive_open_names_finish:
 * @result: as given to the callback
 * @error: return location: as from wb_archive_open(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the archive, or %NULL; its nodes are sorted by name already
 */
WbArchive *
wb_archive_open_names_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_open_names_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_archive_is_complete:
 * @self: an archive
 *
 * Returns: whether its files were read as far as whoever opened it asked for; until then it has no
 *   types, no addresses, no findings and fewer problems
 */
gboolean
wb_archive_is_complete (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), TRUE);

  return self->facts->depth != WB_OPEN_NAMES;
}

static void
complete_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  WbArchive *names = source_object;
  GError    *error = NULL;
  g_autoptr (WbArchive) self =
    wb_archive_new (names->spool, names->password, wb_zip_index_ref (names->index),
                    wb_node_tree_copy (names->tree));

  if (wb_archive_learn (self, WB_OPEN_ALL, cancellable, &error))
    wb_archive_return (g_steal_pointer (&self), task);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_complete_async:
 * @self: an archive that is not complete
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Reads its files in a thread.
 */
void
wb_archive_complete_async (WbArchive          *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (self));
  g_return_if_fail (!wb_archive_is_complete (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_complete_async);
  wb_thread_run_task (task, complete_thread);
}

/**
 * wb_archive_complete_finish:
 * @self: the archive
 * @result: as given to the callback
 * @error: return location: %WB_ERROR_LOCAL_FILE if the file could not be read, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the same archive, complete, with the same nodes under the same numbers;
 *   or %NULL
 */
WbArchive *
wb_archive_complete_finish (WbArchive    *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_complete_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
