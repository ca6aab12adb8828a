/* archive.c: a ZIP file as an immutable tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/inspection.h"
#include "core/input-limits.h"
#include "core/text.h"
#include "core/thread.h"
#include "core/wipe.h"

G_DEFINE_FINAL_TYPE (WbArchive, wb_archive, G_TYPE_OBJECT)

static void
count (WbArchive *self)
{
  for (guint i = 0; i < self->tree->n_nodes; i++)
    {
      const WbNode *node = &self->tree->nodes[i];

      self->problems |= wb_archive_get_node_problems (self, i);
      self->n_files += wb_node_counts (node);
      self->n_connections += node->kind == WB_NODE_CONNECTION;
      self->n_clear_secrets += self->facts->facts[i].n_clear_secrets;
    }
}

static void
wb_archive_finalize (GObject *object)
{
  WbArchive *self = WB_ARCHIVE (object);

  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->tree, wb_node_tree_free);
  g_clear_pointer (&self->index, wb_zip_index_unref);
  g_clear_pointer (&self->facts, wb_facts_free);
  g_clear_pointer (&self->ranks, wb_entry_ranks_free);
  g_clear_object (&self->spool);
  wb_wipe_and_free (self->password);

  G_OBJECT_CLASS (wb_archive_parent_class)->finalize (object);
}

static void
wb_archive_class_init (WbArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_archive_finalize;
}

static void
wb_archive_init (WbArchive *self)
{
}

/**
 * wb_archive_new:
 * @spool: the file
 * @password: (nullable): what opens its encrypted entries
 * @index: (transfer full): what it lists
 * @tree: (transfer full): the paths of that index
 *
 * Returns: (transfer full): an archive that is good for wb_archive_learn() alone
 */
WbArchive *
wb_archive_new (WbSpool    *spool,
                const char *password,
                WbZipIndex *index,
                WbNodeTree *tree)
{
  WbArchive *self = g_object_new (WB_TYPE_ARCHIVE, NULL);

  self->spool = g_object_ref (spool);
  self->password = g_strdup (password);
  self->index = index;
  self->tree = tree;

  return self;
}

/**
 * wb_archive_learn:
 * @self: a new archive
 * @depth: how much of its contents is read
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * From then on it does not change.
 *
 * Returns: %FALSE if the file could not be read or on cancellation
 */
gboolean
wb_archive_learn (WbArchive    *self,
                  WbOpenDepth   depth,
                  GCancellable *cancellable,
                  GError      **error)
{
  self->facts = wb_facts_new (self->tree->n_nodes, depth);
  if (depth != WB_OPEN_NAMES
      && !wb_inspect (self->spool, self->index, self->tree, self->facts, self->password,
                      cancellable, error))
    return FALSE;
  wb_facts_finish (self->facts);
  self->ranks = wb_entry_ranks_new (self->tree, self->facts, self->index);
  count (self);
  wb_archive_take_note (self);

  return TRUE;
}

/* Opens a file with a password, or with %NULL. */
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
void
wb_archive_return (WbArchive *self,
                   GTask     *task)
{
  wb_entry_ranks_get (self->ranks, WB_SORT_NAME);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  for (guint key = WB_SORT_NAME + 1; key < WB_N_SORT_KEYS; key++)
    wb_entry_ranks_get (self->ranks, (WbSortKey) key);
  g_object_unref (self);
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError    *error = NULL;
  WbArchive *self = wb_archive_open (task_data, cancellable, &error);

  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  wb_archive_return (self, task);
}

/**
 * wb_archive_open_async:
 * @spool: the file
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_open() in a thread.
 */
void
wb_archive_open_async (WbSpool            *spool,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_SPOOL (spool));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_open_async);
  g_task_set_task_data (task, g_object_ref (spool), g_object_unref);
  wb_thread_run_task (task, open_thread);
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
 * wb_archive_get_n_nodes:
 * @self: an archive
 *
 * Returns: how many nodes there are, the root included
 */
guint
wb_archive_get_n_nodes (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->tree->n_nodes;
}

/**
 * wb_archive_get_index:
 * @self: an archive
 *
 * Returns: (transfer none): what it was opened by; it lives as long as the archive
 */
WbZipIndex *
wb_archive_get_index (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);

  return self->index;
}

/**
 * wb_archive_get_n_records:
 * @self: an archive
 *
 * Returns: how many entries its index has, folders among them
 */
guint
wb_archive_get_n_records (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return wb_zip_index_get_n (self->index);
}

/**
 * wb_archive_get_n_files:
 * @self: an archive
 *
 * Returns: how many files it has, without Waybill's own notes and what macOS adds
 */
guint
wb_archive_get_n_files (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_files;
}

/**
 * wb_archive_get_n_connections:
 * @self: an archive
 *
 * Returns: how many of its files have a name that ends in `.conn`
 */
guint
wb_archive_get_n_connections (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_connections;
}

guint
wb_archive_get_n_clear_secrets (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->n_clear_secrets;
}

/**
 * wb_archive_get_unpacked_bytes:
 * @self: an archive
 *
 * Returns: the size of all its files when unpacked, as the archive says it
 */
guint64
wb_archive_get_unpacked_bytes (WbArchive *self)
{
  guint64 sum = 0;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  for (guint i = 0; i < wb_zip_index_get_n (self->index); i++)
    {
      if (!g_uint64_checked_add (&sum, sum, wb_zip_index_get (self->index, i)->size_bytes))
        return G_MAXUINT64;
    }

  return sum;
}

/**
 * wb_archive_dup_comment:
 * @self: an archive
 *
 * Returns: (transfer full): the archive's comment, each line escaped, or the empty string
 */
char *
wb_archive_dup_comment (WbArchive *self)
{
  GString    *out = g_string_new (NULL);
  const char *comment;
  const char *end;
  gsize       length;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), g_string_free (out, FALSE));

  comment = wb_zip_index_get_comment (self->index, &length);
  for (end = comment + length; comment < end;)
    {
      const char      *line_end = memchr (comment, '\n', (gsize) (end - comment));
      gsize            n = (gsize) ((line_end != NULL ? line_end : end) - comment);
      gboolean         is_dos = line_end != NULL && n > 0 && comment[n - 1] == '\r';
      g_autofree char *line = wb_text_escape (comment, (gssize) (is_dos ? n - 1 : n));

      g_string_append (out, line);
      if (line_end != NULL)
        g_string_append_c (out, '\n');
      comment += line_end != NULL ? n + 1 : n;
    }

  return g_string_free (out, FALSE);
}

/**
 * wb_archive_get_problems:
 * @self: an archive
 *
 * Returns: the problems of all its nodes
 */
WbProblems
wb_archive_get_problems (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), 0);

  return self->problems;
}
