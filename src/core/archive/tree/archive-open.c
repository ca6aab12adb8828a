/* archive-open.c: an archive of a file, of which a large one is known by its names first
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include <malloc.h>

#include "core/thread.h"

/* Nobody waits for so little, which is far more than a workspace has. */
#define MAX_FILES_AT_ONCE 2000
#define MAX_BYTES_AT_ONCE ((guint64) 8 * 1024 * 1024)

/* Whether the names of a large archive say enough to begin with. What an encrypted archive or one
 * with a note of Waybill's is called depends on what is in it. */
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

/* Opens a file with a password, or with %NULL. At the depth of names, what is not large is opened
 * at that of all. */
WbArchive *
wb_archive_open_spool (WbSpool      *spool,
                       const char   *password,
                       WbOpenDepth   depth,
                       GCancellable *cancellable,
                       GError      **error)
{
  WbZipIndex *index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool),
                                         cancellable, error);
  WbNodeTree *tree = index != NULL ? wb_node_tree_new (index, cancellable, error) : NULL;
  g_autoptr (WbArchive) self = NULL;

  if (tree == NULL)
    {
      g_clear_pointer (&index, wb_zip_index_unref);
      return NULL;
    }

  if (depth == WB_OPEN_NAMES && !names_are_enough (index, tree))
    depth = WB_OPEN_ALL;
  self = wb_archive_new (spool, password, index, tree);
  if (!wb_archive_learn (self, depth, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * wb_archive_open:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Judges the file by its index, then reads every entry once to learn what is wrong with it and
 * what the connections are. A bad entry is flagged and spoils nothing else. Never takes more memory
 * than the index and %WB_ARCHIVE_MAX_ENTRY_BYTES, nor inflates more than
 * %WB_ARCHIVE_MAX_TOTAL_BYTES and one entry.
 *
 * Returns: (transfer full): the archive, or %NULL with an error as from wb_zip_index_read()
 */
WbArchive *
wb_archive_open (WbSpool      *spool,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);

  return wb_archive_open_spool (spool, NULL, WB_OPEN_ALL, cancellable, error);
}

/**
 * wb_archive_open_types:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * A fast wb_archive_open(), for a list of its files: of its connections only the types and names
 * are known, so there are no findings and nothing can be searched.
 *
 * Returns: (transfer full): the archive, or %NULL with an error as from wb_zip_index_read()
 */
WbArchive *
wb_archive_open_types (WbSpool      *spool,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);

  return wb_archive_open_spool (spool, NULL, WB_OPEN_TYPES, cancellable, error);
}

/**
 * wb_archive_open_index:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * The fastest wb_archive_open(), for who reads contents itself: of its files only what the index
 * and their headers say is known, and what Waybill's own notes say. A file whose contents
 * together are beyond %WB_ARCHIVE_MAX_TOTAL_BYTES is read as by wb_archive_open_types(), to know
 * which of them are.
 *
 * Returns: (transfer full): the archive, or %NULL with an error as from wb_zip_index_read()
 */
WbArchive *
wb_archive_open_index (WbSpool      *spool,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);

  return wb_archive_open_spool (spool, NULL, WB_OPEN_INDEX, cancellable, error);
}

/* Takes the archive. A list of its entries asks for the first order at once, and for the others
 * soon after. */
static void
return_archive (GTask     *task,
                WbArchive *self)
{
  wb_entry_ranks_get (self->ranks, WB_SORT_NAME);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  wb_thread_give_way ();
  for (guint key = WB_SORT_NAME + 1; key < WB_N_SORT_KEYS; key++)
    wb_entry_ranks_get (self->ranks, (WbSortKey) key);
  g_object_unref (self);

  /* What was needed only on the way is a fifth of the memory that a large archive takes. The GNU C
   * library keeps it for each thread, which has come to its end. */
  malloc_trim (0);
}

/* Folders first, then by name: a list of them begins like that, and need not sort them while
 * somebody waits for the window. */
static void
sort_children (WbArchive *self)
{
  WbNodeTree    *tree = self->tree;
  const guint32 *nodes;

  wb_entry_ranks_get_names (self->ranks, &nodes);
  for (guint i = 0; i < tree->n_nodes; i++)
    tree->nodes[i].n_children = 0;
  for (guint folders = 2; folders-- > 0;)
    {
      for (guint i = 0; i < tree->n_nodes; i++)
        {
          const WbNode *node = &tree->nodes[nodes[i]];
          WbNode       *parent;

          if (node->parent < 0 || (node->kind == WB_NODE_FOLDER) != folders)
            continue;

          parent = &tree->nodes[node->parent];
          tree->children[parent->first_child + parent->n_children++] = nodes[i];
        }
    }
}

static void
open_in_thread (GTask      *task,
                WbOpenDepth depth)
{
  GError    *error = NULL;
  WbArchive *self = wb_archive_open_spool (g_task_get_task_data (task), NULL, depth,
                                           g_task_get_cancellable (task), &error);

  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  sort_children (self);
  return_archive (task, self);
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  open_in_thread (task, WB_OPEN_ALL);
}

static void
open_names_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  open_in_thread (task, WB_OPEN_NAMES);
}

/**
 * wb_archive_open_async:
 * @spool: the file
 * @names_first: whether of a large archive only what its index says need be known by then:
 *   wb_archive_is_complete()
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_open() in a thread.
 */
void
wb_archive_open_async (WbSpool            *spool,
                       gboolean            names_first,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SPOOL (spool));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_open_async);
  g_task_set_task_data (task, g_object_ref (spool), g_object_unref);
  wb_thread_run_task (task, names_first ? open_names_thread : open_thread);
}

/**
 * wb_archive_open_finish:
 * @result: as given to the callback
 * @error: return location: as from wb_archive_open(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the archive, or %NULL; its nodes are sorted by name already
 */
WbArchive *
wb_archive_open_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_open_async), NULL);

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

  /* Its names are shown already. */
  wb_thread_give_way ();
  if (wb_archive_learn (self, WB_OPEN_ALL, cancellable, &error))
    return_archive (task, g_steal_pointer (&self));
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
