/* encrypted-copy.c: a copy of an archive that only a password opens
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/encrypted-copy.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/archive/tree/archive-private.h"
#include "core/archive/zip/zip-seal.h"
#include "core/archive/zip/zip-writer.h"
#include "core/error.h"
#include "core/libarchive.h"
#include "core/progress.h"
#include "core/sha256.h"
#include "core/thread.h"
#include "core/wipe.h"

/* As in all copies, so that no time says where they come from. */
#define TIME_1980_01_01 315532800

typedef struct
{
  WbArchive          *archive; /* (unowned) */
  const WbLibarchive *libarchive;
  struct archive     *writer; /* (owned) */
} Encrypting;

static gboolean
set_write_error (Encrypting *self,
                 GError    **error)
{
  wb_error_set_from_errno (error, self->libarchive->archive_errno (self->writer),
                           _ ("The copy cannot be written"));

  return FALSE;
}

/* Anything that is missing would be missed when the original is gone. */
static GBytes *
read_whole (Encrypting   *self,
            guint         node,
            GCancellable *cancellable,
            GError      **error)
{
  WbProblems wrong = self->archive->tree->nodes[node].problems
                     & (WB_PROBLEM_BAD_CRC | WB_PROBLEM_UNREADABLE | WB_PROBLEM_LINK);
  g_autofree char *path = wb_archive_dup_path (self->archive, node);
  g_autofree char *text = wb_problems_to_text (wrong);
  g_autoptr (GError) read_error = NULL;
  GBytes  *bytes = NULL;
  gboolean is_local; /* a broken disk is no fault of the archive */

  if (wrong == 0)
    bytes = wb_archive_read (self->archive, node, cancellable, &read_error);
  if (bytes != NULL)
    return bytes;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  is_local = g_error_matches (read_error, WB_ERROR, WB_ERROR_LOCAL_FILE);
  g_set_error (error, WB_ERROR, is_local ? WB_ERROR_LOCAL_FILE : WB_ERROR_NOT_AN_ARCHIVE,
               /* Translators: the path of an entry, and a sentence on what is wrong with it. */
               _ ("“%s” cannot be copied, so no copy is made: %s"), path,
               read_error != NULL ? read_error->message : text);

  return NULL;
}

static gboolean
add_entry (Encrypting *self,
           const char *path,
           gboolean    is_folder,
           GBytes     *contents,
           GError    **error)
{
  const WbLibarchive   *libarchive = self->libarchive;
  struct archive_entry *entry = libarchive->archive_entry_new ();
  const void           *bytes = contents != NULL ? g_bytes_get_data (contents, NULL) : NULL;
  gsize                 length = contents != NULL ? g_bytes_get_size (contents) : 0;
  gboolean              added;

  libarchive->archive_entry_set_pathname (entry, path);
  libarchive->archive_entry_set_filetype (entry, is_folder ? AE_IFDIR : AE_IFREG);
  libarchive->archive_entry_set_perm (entry, is_folder ? 0755 : 0644);
  libarchive->archive_entry_set_mtime (entry, TIME_1980_01_01, 0);
  libarchive->archive_entry_set_size (entry, (la_int64_t) length);
  added = libarchive->archive_write_header (self->writer, entry) == ARCHIVE_OK
          && (length == 0
              || libarchive->archive_write_data (self->writer, bytes, length)
                   == (la_ssize_t) length);
  libarchive->archive_entry_free (entry);

  return added || set_write_error (self, error);
}

static gboolean
add_node (Encrypting   *self,
          guint         node,
          GCancellable *cancellable,
          GError      **error)
{
  const WbNode    *n = &self->archive->tree->nodes[node];
  g_autofree char *path = wb_node_dup_copy_path (n);
  g_autoptr (GBytes) contents = NULL;

  if (n->kind == WB_NODE_EXTRA || n->kind == WB_NODE_ROOT || n->entry < 0
      || (n->kind == WB_NODE_FOLDER && wb_node_is_extra (n)))
    return TRUE;
  /* libarchive does not look, and writes a longer one past the end of its memory. Behind a folder's
   * it puts a slash. */
  if (!wb_zip_writer_check_name (n->path_length + (n->kind == WB_NODE_FOLDER ? 1 : 0), error))
    return FALSE;
  if (n->kind == WB_NODE_FOLDER)
    return add_entry (self, path, TRUE, NULL, error);

  contents = read_whole (self, node, cancellable, error);

  return contents != NULL && add_entry (self, path, FALSE, contents, error);
}

static int
compare_records (const void *a,
                 const void *b,
                 void       *user_data)
{
  const WbNodeTree *tree = user_data;
  int               x = tree->nodes[*(const guint *) a].entry;
  int               y = tree->nodes[*(const guint *) b].entry;

  return (x > y) - (x < y);
}

static gboolean
add_all (Encrypting   *self,
         GCancellable *cancellable,
         GError      **error)
{
  WbNodeTree       *tree = self->archive->tree;
  g_autofree guint *nodes = g_new (guint, tree->n_nodes);

  for (guint node = 0; node < tree->n_nodes; node++)
    nodes[node] = node;
  g_qsort_with_data (nodes, (int) tree->n_nodes, sizeof *nodes, compare_records, tree);
  wb_progress_begin (cancellable, tree->n_nodes);
  for (guint i = 0; i < tree->n_nodes; i++)
    {
      if (!add_node (self, nodes[i], cancellable, error))
        return FALSE;
      wb_progress_advance (cancellable, 1);
    }

  return TRUE;
}

static gboolean
write_all (Encrypting   *self,
           int           fd,
           const char   *password,
           GCancellable *cancellable,
           GError      **error)
{
  const WbLibarchive *libarchive = self->libarchive;

  if (libarchive->archive_write_set_format_zip (self->writer) != ARCHIVE_OK
      || libarchive->archive_write_set_options (self->writer, "zip:encryption=aes256") != ARCHIVE_OK
      || libarchive->archive_write_set_passphrase (self->writer, password) != ARCHIVE_OK
      /* Nothing is filled up to a tape's block. */
      || libarchive->archive_write_set_bytes_in_last_block (self->writer, 1) != ARCHIVE_OK
      || libarchive->archive_write_open_fd (self->writer, fd) != ARCHIVE_OK)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
                   /* Translators: a library's reason. */
                   _ ("This installation of libarchive cannot encrypt: %s"),
                   libarchive->archive_error_string (self->writer));
      return FALSE;
    }
  if (!add_all (self, cancellable, error))
    return FALSE;

  return libarchive->archive_write_close (self->writer) == ARCHIVE_OK
         || set_write_error (self, error);
}

/**
 * wb_encrypted_copy_new:
 * @archive: an archive, which need not be encrypted itself
 * @password: the copy's password, not empty
 * @cancellable: (nullable): a cancellable
 * @error: return location: %WB_ERROR_NOT_AN_ARCHIVE if an entry cannot be read,
 *   %WB_ERROR_ZIP_PASSWORD if @password is not text
 *
 * Makes a copy with the same files in the same order, Waybill's own notes too, whose contents are
 * encrypted by AES with 256 bits (AE-2). Names, sizes and times are not: ZIP has no way to hide
 * them. What macOS adds is left out. Blocks; for a thread.
 *
 * Returns: (transfer full): the copy, a ZIP file, with its SHA-256
 */
WbSpool *
wb_encrypted_copy_new (WbArchive    *archive,
                       const char   *password,
                       GCancellable *cancellable,
                       GError      **error)
{
  Encrypting       self = { .archive = archive };
  g_autofree char *sha256 = NULL;
  guint64          size_bytes = 0;
  int              fd;
  gboolean         written;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (password != NULL && *password != '\0', NULL);

  if (!wb_archive_check_password (password, error))
    return NULL;
  self.libarchive = wb_libarchive_load (error);
  if (self.libarchive == NULL)
    return NULL;
  fd = wb_spool_open_unnamed (NULL, error);
  if (fd < 0)
    return NULL;

  self.writer = self.libarchive->archive_write_new ();
  written = write_all (&self, fd, password, cancellable, error);
  self.libarchive->archive_write_free (self.writer);
  if (written)
    {
      size_bytes = (guint64) lseek (fd, 0, SEEK_END);
      written = wb_zip_seal (fd, size_bytes, cancellable, error);
    }
  if (written)
    sha256 = wb_sha256_of_fd (fd, size_bytes, cancellable, error);
  if (sha256 == NULL)
    {
      close (fd);
      return NULL;
    }

  return wb_spool_new_take (fd, size_bytes, g_steal_pointer (&sha256));
}

typedef struct
{
  WbArchive *archive;  /* (owned) */
  char      *password; /* (owned) */
} Wanted;

static void
wanted_free (Wanted *wanted)
{
  g_object_unref (wanted->archive);
  wb_wipe_and_free (wanted->password);
  g_free (wanted);
}

static void
encrypt_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Wanted  *wanted = task_data;
  GError  *error = NULL;
  WbSpool *spool = wb_encrypted_copy_new (wanted->archive, wanted->password, cancellable, &error);

  if (spool != NULL)
    g_task_return_pointer (task, spool, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_encrypted_copy_async:
 * @archive: an archive
 * @password: the copy's password, not empty; it is copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_encrypted_copy_new() in a thread.
 */
void
wb_encrypted_copy_async (WbArchive          *archive,
                         const char         *password,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Wanted *wanted;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (password != NULL && *password != '\0');

  wanted = g_new0 (Wanted, 1);
  wanted->archive = g_object_ref (archive);
  wanted->password = g_strdup (password);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_encrypted_copy_async);
  g_task_set_task_data (task, wanted, (GDestroyNotify) wanted_free);
  wb_thread_run_task (task, encrypt_thread);
}

WbSpool *
wb_encrypted_copy_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_encrypted_copy_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
