/* archive-unlock.c: an archive whose encrypted entries a password opens
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include <glib/gi18n-lib.h>

#include "core/archive/tree/inspection.h"
#include "core/archive/zip/zip-local.h"
#include "core/error.h"
#include "core/thread.h"
#include "core/wipe.h"

/* So many entries, the smallest first, say whether a password is right. */
#define MAX_TRIED 16

static gboolean
is_locked (WbArchive *self,
           guint      node)
{
  const WbNode *n = &self->tree->nodes[node];

  return wb_node_is_file (n) && (n->problems & WB_PROBLEM_ENCRYPTED) != 0
         && (n->problems & (WB_PROBLEM_UNREADABLE | WB_PROBLEM_TOO_LARGE)) == 0
         && wb_zip_index_get (self->index, (guint) n->entry)->encryption != WB_ZIP_STRONG;
}

static int
compare_sizes (const void *a,
               const void *b)
{
  const WbZipContents *x = a;
  const WbZipContents *y = b;

  if (x->entry->compressed_bytes != y->entry->compressed_bytes)
    return x->entry->compressed_bytes > y->entry->compressed_bytes ? 1 : -1;

  return wb_zip_contents_compare (a, b);
}

/* Of nothing, every checksum is right. */
static gboolean
proves (const WbZipEntry *entry)
{
  return entry->size_bytes > 0 || entry->encryption == WB_ZIP_AES;
}

static gboolean
try_cb (const WbZipContents *contents,
        const guint8        *bytes,
        gsize                length,
        WbProblems           problems,
        gpointer             user_data)
{
  gboolean *is_right = user_data;

  /* AES checks what it decrypts, whatever becomes of it. */
  *is_right = problems == WB_PROBLEM_NONE
              || (problems == WB_PROBLEM_UNSUPPORTED && contents->entry->encryption == WB_ZIP_AES);

  return !*is_right;
}

static gboolean
try_password (WbArchive    *self,
              const char   *password,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree WbZipContents *contents = g_new (WbZipContents, self->tree->n_nodes);
  g_auto (WbFileWindow) window = { 0 };
  gboolean is_right = FALSE;
  guint    n = 0;
  guint    n_proving = 0;

  for (guint node = 0; node < self->tree->n_nodes; node++)
    {
      if (is_locked (self, node))
        contents[n++] = (WbZipContents){
          .entry = wb_zip_index_get (self->index, (guint) self->tree->nodes[node].entry),
          .id = node,
        };
    }
  for (guint i = 0; i < n; i++)
    {
      if (proves (contents[i].entry))
        contents[n_proving++] = contents[i];
    }
  if (n_proving > 0)
    n = n_proving;
  qsort (contents, n, sizeof *contents, compare_sizes);
  n = MIN (n, MAX_TRIED);

  wb_file_window_init (&window, wb_spool_get_fd (self->spool),
                       wb_spool_get_size_bytes (self->spool), cancellable);
  for (guint i = 0; i < n; i++)
    {
      WbProblems problems = 0;

      if (!wb_zip_locate (&window, contents[i].entry,
                          wb_zip_index_get_directory_offset (self->index),
                          &contents[i].data_offset, &problems, error))
        return FALSE;
    }
  if (!wb_zip_read_contents (&window, password, contents, n, try_cb, &is_right, error))
    return FALSE;
  if (!is_right && wb_archive_check_password (password, error))
    g_set_error_literal (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD,
                         _ ("This password does not open the ZIP file."));

  return is_right;
}

/**
 * wb_archive_check_password:
 * @password: a password of a ZIP file
 * @error: return location: %WB_ERROR_ZIP_PASSWORD
 *
 * An old ZIP file may have been encrypted with any bytes. A new one is not: nobody could type its
 * password in a window, or in a terminal of another encoding.
 *
 * Returns: whether it is text
 */
gboolean
wb_archive_check_password (const char *password,
                           GError    **error)
{
  g_return_val_if_fail (password != NULL, FALSE);

  if (g_utf8_validate (password, -1, NULL))
    return TRUE;
  g_set_error_literal (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD,
                       _ ("The password is not UTF-8 text: it may be cut off or in another "
                          "encoding. Convert it to UTF-8, or type it in again."));

  return FALSE;
}

/**
 * wb_archive_is_locked:
 * @self: an archive
 *
 * Returns: whether it has an entry that a password would open
 */
gboolean
wb_archive_is_locked (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), FALSE);

  for (guint node = 0; self->password == NULL && node < self->tree->n_nodes; node++)
    {
      if (wb_node_counts (&self->tree->nodes[node]) && is_locked (self, node))
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_archive_unlock:
 * @self: an archive with encrypted entries
 * @password: a password
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Opens the same file once more, to the same depth, with a password, which is kept as long as the
 * archive. It is the
 * right one if the contents of an entry come out of it with the right checksum: the byte by which
 * ZipCrypto checks it lets one in 256 wrong ones pass.
 *
 * Returns: (transfer full): the archive, in which what the password does not open is still
 *   encrypted; or %NULL with %WB_ERROR_ZIP_PASSWORD if it opens nothing
 */
WbArchive *
wb_archive_unlock (WbArchive    *self,
                   const char   *password,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);
  g_return_val_if_fail (password != NULL, NULL);

  if (!try_password (self, password, cancellable, error))
    return NULL;

  return wb_archive_open_spool (self->spool, password, self->facts->depth, cancellable, error);
}

typedef struct
{
  WbArchive *archive;  /* (owned) */
  char      *password; /* (owned) */
} Unlocking;

static void
unlocking_free (Unlocking *unlocking)
{
  g_object_unref (unlocking->archive);
  wb_wipe_and_free (unlocking->password);
  g_free (unlocking);
}

static void
unlock_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Unlocking *unlocking = task_data;
  GError    *error = NULL;
  WbArchive *self = wb_archive_unlock (unlocking->archive, unlocking->password, cancellable,
                                       &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_archive_unlock_async:
 * @self: an archive with encrypted entries
 * @password: a password; it is copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_archive_unlock() in a thread.
 */
void
wb_archive_unlock_async (WbArchive          *self,
                         const char         *password,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Unlocking *unlocking;

  g_return_if_fail (WB_IS_ARCHIVE (self));
  g_return_if_fail (password != NULL);

  unlocking = g_new0 (Unlocking, 1);
  unlocking->archive = g_object_ref (self);
  unlocking->password = g_strdup (password);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_archive_unlock_async);
  g_task_set_task_data (task, unlocking, (GDestroyNotify) unlocking_free);
  wb_thread_run_task (task, unlock_thread);
}

/**
 * wb_archive_unlock_finish:
 * @result: as given to the callback
 * @error: return location: as from wb_archive_unlock(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the archive, or %NULL
 */
WbArchive *
wb_archive_unlock_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_archive_unlock_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
