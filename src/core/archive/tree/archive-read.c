/* archive-read.c: the contents of an archive's files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include "core/archive/tree/file-order.h"
#include "core/archive/tree/inspection.h"
#include "core/archive/zip/zip-local.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/progress.h"
#include "core/thread.h"

/* What is read with one file: its header, and what may stand behind its data. */
#define HEADER_BYTES ((guint64) 1024)

static gboolean
read_cb (const WbZipContents *contents,
         const guint8        *bytes,
         gsize                length,
         WbProblems           problems,
         gpointer             user_data)
{
  GBytes **result = user_data;

  if ((problems & (WB_PROBLEM_UNSUPPORTED | WB_PROBLEM_ENCRYPTED)) == 0
      && ((problems & WB_PROBLEM_UNREADABLE) == 0 || length > 0))
    *result = g_bytes_new (bytes, length);

  return FALSE;
}

/**
 * wb_archive_read:
 * @self: an archive
 * @node: one of its files
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Inflates one file. Its time does not depend on how many others there are. Contents with a wrong
 * checksum are returned all the same, and as much of damaged ones as comes out; the node's problems
 * say so.
 *
 * Returns: (transfer full): the contents, at most %WB_ARCHIVE_MAX_ENTRY_BYTES; or %NULL with
 *   %WB_ERROR_FAILED and the problems in words, or %WB_ERROR_LOCAL_FILE
 */
GBytes *
wb_archive_read (WbArchive    *self,
                 guint         node,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_auto (WbFileWindow) window = { 0 };
  g_autofree char *reason = NULL;
  WbZipContents    contents = { 0 };
  WbProblems       problems = 0;
  GBytes          *result = NULL;
  const WbNode    *n;

  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (node < self->tree->n_nodes, NULL);
  g_return_val_if_fail (wb_node_is_file (&self->tree->nodes[node]), NULL);

  n = &self->tree->nodes[node];
  contents.entry = wb_zip_index_get (self->index, (guint) n->entry);

  wb_file_window_init (&window, wb_spool_get_fd (self->spool),
                       wb_spool_get_size_bytes (self->spool), cancellable);
  window.ahead_bytes = (gsize) MIN (contents.entry->compressed_bytes + HEADER_BYTES,
                                    (guint64) WB_FILE_WINDOW_BYTES);
  if (contents.entry->size_bytes > WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems = WB_PROBLEM_TOO_LARGE;
  else if ((n->problems & WB_PROBLEM_ENCRYPTED) != 0)
    problems = WB_PROBLEM_ENCRYPTED;
  else if (contents.entry->compressed_bytes > 2 * WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems = WB_PROBLEM_UNREADABLE;
  else if (!wb_zip_locate (&window, contents.entry, wb_zip_index_get_directory_offset (self->index),
                           &contents.data_offset, &problems, error))
    return NULL;
  problems &= WB_ARCHIVE_NOT_READABLE;

  if (problems == 0
      && !wb_zip_read_contents (&window, self->password, &contents, 1, read_cb, &result, error))
    return NULL;
  if (result != NULL)
    return result;

  if (problems == 0)
    problems = n->problems & WB_ARCHIVE_NOT_READABLE;
  if (problems == 0)
    problems = WB_PROBLEM_UNREADABLE;
  reason = wb_problems_to_text (problems);
  g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED, reason);

  return NULL;
}

/**
 * wb_archive_read_digest:
 * @self: an archive
 * @node: one of its files
 * @digest: (out caller-allocates): gets all texts, empty where there is none
 * @cancellable: (nullable): a cancellable
 *
 * What an archive that was opened in full knows of a connection; another one reads the file for it.
 */
void
wb_archive_read_digest (WbArchive          *self,
                        guint               node,
                        WbConnectionDigest *digest,
                        GCancellable       *cancellable)
{
  const WbNode *n;
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize       length;

  g_return_if_fail (WB_IS_ARCHIVE (self));
  g_return_if_fail (node < self->tree->n_nodes);

  *digest = (WbConnectionDigest){ 0 };
  n = &self->tree->nodes[node];
  if (self->facts->depth != WB_OPEN_ALL && n->kind == WB_NODE_CONNECTION
      && (n->problems & WB_ARCHIVE_NOT_READABLE) == 0)
    bytes = wb_archive_read (self, node, cancellable, NULL);
  if (bytes != NULL)
    {
      text = g_bytes_get_data (bytes, &length);
      wb_connection_digest (digest, n->path, n->path_length, text, length, NULL);
    }
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    {
      if (digest->texts[i] == NULL)
        digest->texts[i] = g_strdup (wb_archive_get_text (self, node, (WbDigestText) i));
    }
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = wb_archive_read (source_object, GPOINTER_TO_UINT (task_data), cancellable,
                                   &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_read_async:
 * @self: an archive
 * @node: one of its files
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_read() in a thread.
 */
void
wb_archive_read_async (WbArchive          *self,
                       guint               node,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (self));
  g_return_if_fail (node < self->tree->n_nodes);
  g_return_if_fail (wb_node_is_file (&self->tree->nodes[node]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_read_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (node), NULL);
  wb_thread_run_task (task, read_thread);
}

/**
 * wb_archive_read_finish:
 * @self: an archive
 * @result: as given to the callback
 * @error: return location: as from wb_archive_read(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the contents, or %NULL
 */
GBytes *
wb_archive_read_finish (WbArchive    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  WbArchive    *archive; /* (unowned) */
  WbArchiveFunc func;
  gpointer      user_data;
  GCancellable *cancellable; /* (unowned) (nullable) */
} Walk;

static gboolean
walk_cb (const WbZipContents *contents,
         const guint8        *bytes,
         gsize                length,
         WbProblems           problems,
         gpointer             user_data)
{
  Walk *walk = user_data;

  wb_progress_advance (walk->cancellable, 1);

  return walk->func (walk->archive, contents->id, bytes, length,
                     problems | walk->archive->tree->nodes[contents->id].problems,
                     walk->user_data);
}

/**
 * wb_archive_read_each:
 * @self: an archive
 * @wanted: (nullable): for each node whether it is to be read, or %NULL for all
 * @func: called for each of its files, in the order in which they lie
 * @user_data: for @func
 * @cancellable: (nullable): a cancellable, told how many files are read if it is a progress
 * @error: return location
 *
 * Reads files in one go. Those that cannot be read, or are beyond the preview's limits, are not
 * among them.
 *
 * Returns: %FALSE if the archive could not be read, or on cancellation
 */
gboolean
wb_archive_read_each (WbArchive    *self,
                      const guint8 *wanted,
                      WbArchiveFunc func,
                      gpointer      user_data,
                      GCancellable *cancellable,
                      GError      **error)
{
  guint                     n;
  g_autofree WbZipContents *contents = wb_file_order_new (self->tree, self->index, &n);
  g_auto (WbFileWindow) window = { 0 };
  Walk walk = {
    .archive = self, .func = func, .user_data = user_data, .cancellable = cancellable
  };
  guint n_located = 0;

  wb_file_window_init (&window, wb_spool_get_fd (self->spool),
                       wb_spool_get_size_bytes (self->spool), cancellable);
  for (guint i = 0; i < n; i++)
    {
      const WbNode *node = &self->tree->nodes[contents[i].id];
      WbProblems    problems = 0;

      if (!wb_node_is_file (node) || (node->problems & WB_ARCHIVE_NOT_READABLE) != 0
          || (wanted != NULL && !wanted[contents[i].id]))
        continue;
      if (!wb_zip_locate (&window, contents[i].entry,
                          wb_zip_index_get_directory_offset (self->index),
                          &contents[i].data_offset, &problems, error))
        return FALSE;
      if ((problems & WB_PROBLEM_UNREADABLE) == 0)
        contents[n_located++] = contents[i];
    }

  wb_progress_begin (cancellable, n_located);

  return wb_zip_read_contents (&window, self->password, contents, n_located, walk_cb, &walk,
                               error);
}
