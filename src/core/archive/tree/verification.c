/* verification.c: whether all of an archive is as it says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/verification.h"

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/file-order.h"
#include "core/archive/tree/inspection.h"
#include "core/archive/zip/zip-check.h"
#include "core/archive/zip/zip-local.h"
#include "core/input-limits.h"
#include "core/progress.h"
#include "core/thread.h"

typedef struct
{
  WbArchive   *archive; /* (unowned) */
  WbFileWindow window;
  guint16     *problems; /* (owned): of each node */
} Verifying;

static void
verifying_clear (Verifying *self)
{
  wb_file_window_clear (&self->window);
  g_clear_pointer (&self->problems, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verifying, verifying_clear)

static gboolean
contents_cb (const WbZipContents *contents,
             const guint8        *bytes,
             gsize                length,
             WbProblems           problems,
             gpointer             user_data)
{
  Verifying *self = user_data;
  guint16   *own = &self->problems[contents->id];

  *own |= problems;
  if (self->archive->tree->nodes[contents->id].kind == WB_NODE_CONNECTION
      && (*own & WB_ARCHIVE_NOT_READABLE) == 0)
    {
      g_auto (WbConnectionDigest) digest = { 0 };

      if (!wb_connection_digest_type (&digest, (const char *) bytes, length))
        *own |= WB_PROBLEM_NOT_JSON;
    }

  return TRUE;
}

/* Beyond the limits of the preview, too: only a connection is of no use if it is that large. */
static gboolean
verify_entry (Verifying     *self,
              WbZipContents *contents,
              GError       **error)
{
  WbArchive        *archive = self->archive;
  const WbNode     *node = &archive->tree->nodes[contents->id];
  const WbZipEntry *entry = contents->entry;
  guint16          *problems = &self->problems[contents->id];
  gboolean          is_small = entry->size_bytes <= WB_ARCHIVE_MAX_ENTRY_BYTES
                      && entry->compressed_bytes <= 2 * WB_ARCHIVE_MAX_ENTRY_BYTES;
  WbProblems found = 0;

  if (is_small || node->kind != WB_NODE_CONNECTION)
    *problems &= ~WB_PROBLEM_TOO_LARGE;
  if (!wb_zip_locate (&self->window, entry, wb_zip_index_get_directory_offset (archive->index),
                      &contents->data_offset, &found, error))
    return FALSE;
  *problems |= found;
  if ((*problems & (WB_PROBLEM_UNREADABLE | WB_PROBLEM_ENCRYPTED)) != 0)
    return TRUE;

  if (is_small)
    return wb_zip_read_contents (&self->window, archive->password, contents, 1, contents_cb, self,
                                 error);
  if (!wb_zip_check (&self->window, contents, &found, error))
    return FALSE;
  *problems |= found;

  return TRUE;
}

static gboolean
verify_all (Verifying *self,
            GError   **error)
{
  const WbNodeTree         *tree = self->archive->tree;
  GCancellable             *cancellable = self->window.cancellable;
  guint64                   total_bytes = 0;
  guint                     n_files = 0;
  guint                     n;
  g_autofree WbZipContents *contents = wb_file_order_new (tree, self->archive->index, &n);

  for (guint i = 0; i < tree->n_nodes; i++)
    self->problems[i] = wb_node_is_extra (&tree->nodes[i]) ? 0 : tree->nodes[i].problems;
  for (guint i = 0; i < n; i++)
    {
      const WbNode *node = &tree->nodes[contents[i].id];

      if (!wb_node_is_file (node) || wb_node_is_extra (node))
        continue;
      total_bytes += contents[i].entry->compressed_bytes;
      contents[n_files++] = contents[i];
    }

  wb_progress_begin (cancellable, total_bytes);
  for (guint i = 0; i < n_files; i++)
    {
      if (!verify_entry (self, &contents[i], error))
        return FALSE;
      wb_progress_advance (cancellable, contents[i].entry->compressed_bytes);
    }

  return TRUE;
}

/**
 * wb_verification_new:
 * @archive: an archive
 * @cancellable: (nullable): a cancellable, told how many bytes are done if it is a progress
 * @error: return location
 *
 * Reads everything once more, and also what is too large for the preview: checksums, the headers
 * against the list, JSON. What macOS adds is not judged. Blocks; for a thread.
 *
 * Returns: (transfer full) (element-type WbFault): what is wrong, in the order of the nodes; %NULL
 *   if the file could not be read, or on cancellation
 */
GArray *
wb_verification_new (WbArchive    *archive,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_auto (Verifying) self = { .archive = archive };
  GArray *faults;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);

  self.problems = g_new0 (guint16, archive->tree->n_nodes);
  wb_file_window_init (&self.window, wb_spool_get_fd (archive->spool),
                       wb_spool_get_size_bytes (archive->spool), cancellable);
  if (!verify_all (&self, error))
    return NULL;

  faults = g_array_new (FALSE, FALSE, sizeof (WbFault));
  for (guint node = 0; node < archive->tree->n_nodes; node++)
    {
      WbFault fault = { .node = node, .problems = self.problems[node] };

      if (fault.problems != WB_PROBLEM_NONE)
        g_array_append_val (faults, fault);
    }

  return faults;
}

static void
verify_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *faults = wb_verification_new (task_data, cancellable, &error);

  if (faults != NULL)
    g_task_return_pointer (task, faults, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_verification_new_async:
 * @archive: an archive
 * @cancellable: (nullable): as for wb_verification_new()
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_verification_new() in a thread.
 */
void
wb_verification_new_async (WbArchive          *archive,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_verification_new_async);
  g_task_set_task_data (task, g_object_ref (archive), g_object_unref);
  wb_thread_run_task (task, verify_thread);
}

GArray *
wb_verification_new_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_verification_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
