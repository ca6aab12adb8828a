/* extract.c: some of an archive's files, byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/extract.h"

#include "core/archive/tree/archive-private.h"
#include "core/archive/zip/zip-writer.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/sha256.h"
#include "core/spool.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

typedef struct
{
  WbArchive *archive; /* (owned) */
  GArray    *nodes;   /* (owned) (element-type guint) */
} Extract;

static void
extract_free (Extract *self)
{
  g_object_unref (self->archive);
  g_array_unref (self->nodes);
  g_free (self);
}

/* What is damaged is not given out as if it were the file. */
static GBytes *
read_whole (Extract      *self,
            guint         node,
            GCancellable *cancellable,
            GError      **error)
{
  WbProblems       problems = wb_archive_get_node_problems (self->archive, node);
  g_autofree char *path = wb_archive_dup_path (self->archive, node);
  GBytes          *bytes;

  if ((problems & (WB_PROBLEM_BAD_CRC | WB_PROBLEM_UNREADABLE)) != 0)
    {
      /* Translators: a file's path */
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, _ ("“%s” is damaged."), path);
      return NULL;
    }

  bytes = wb_archive_read (self->archive, node, cancellable, error);
  if (bytes == NULL)
    /* Translators: a file's name, before a sentence on what is wrong with it. */
    g_prefix_error (error, _ ("“%s”: "), path);

  return bytes;
}

static WbSpool *
extract_file (Extract      *self,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GBytes) bytes = read_whole (self, g_array_index (self->nodes, guint, 0), cancellable,
                                         error);
  const guint8 *p;
  gsize         length;
  WbSha256     *sha256;
  int           fd;

  if (bytes == NULL)
    return NULL;
  fd = wb_spool_open_unnamed (error);
  if (fd < 0)
    return NULL;

  p = g_bytes_get_data (bytes, &length);
  if (!wb_fd_write_all (fd, p, length))
    {
      wb_error_set_from_errno (error, errno, _ ("The copy cannot be written"));
      close (fd);
      return NULL;
    }

  sha256 = wb_sha256_new ();
  wb_sha256_update (sha256, p, length);
  return wb_spool_new_take (fd, length, wb_sha256_free_to_hex (sha256));
}

static WbSpool *
extract_zip (Extract      *self,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (WbZipWriter) writer = wb_zip_writer_new (error);

  if (writer == NULL)
    return NULL;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      guint         node = g_array_index (self->nodes, guint, i);
      const WbNode *n = &self->archive->tree->nodes[node];
      g_autoptr (GBytes) bytes = read_whole (self, node, cancellable, error);

      if (bytes == NULL
          || !wb_zip_writer_add (writer, n->path, n->path_length, g_bytes_get_data (bytes, NULL),
                                 g_bytes_get_size (bytes), error))
        return NULL;
    }

  return wb_zip_writer_finish (writer, error);
}

static void
return_spool (GTask   *task,
              WbSpool *spool,
              GError  *error)
{
  if (spool != NULL)
    g_task_return_pointer (task, spool, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
file_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError  *error = NULL;
  WbSpool *spool = extract_file (task_data, cancellable, &error);

  return_spool (task, spool, error);
}

static void
zip_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GError  *error = NULL;
  WbSpool *spool = extract_zip (task_data, cancellable, &error);

  return_spool (task, spool, error);
}

static GTask *
task_new (WbArchive          *archive,
          const guint        *nodes,
          guint               n_nodes,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Extract *self = g_new0 (Extract, 1);

  self->archive = g_object_ref (archive);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (self->nodes, nodes, n_nodes);
  g_task_set_source_tag (task, wb_extract_finish);
  g_task_set_task_data (task, self, (GDestroyNotify) extract_free);

  return task;
}

/**
 * wb_extract_file_async:
 * @archive: an archive
 * @node: one of its files
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Takes one file out, with its secrets. Damaged ones are an error.
 */
void
wb_extract_file_async (WbArchive          *archive,
                       guint               node,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (node < archive->tree->n_nodes);
  g_return_if_fail (wb_node_is_file (&archive->tree->nodes[node]));

  task = task_new (archive, &node, 1, cancellable, callback, user_data);
  g_task_run_in_thread (task, file_thread);
}

/**
 * wb_extract_zip_async:
 * @archive: an archive
 * @nodes: (array length=n_nodes): some of its files
 * @n_nodes: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Takes files out as a new ZIP with their paths and bytes, with their secrets. Damaged ones are an
 * error.
 */
void
wb_extract_zip_async (WbArchive          *archive,
                      const guint        *nodes,
                      guint               n_nodes,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  for (guint i = 0; i < n_nodes; i++)
    {
      g_return_if_fail (nodes[i] < archive->tree->n_nodes);
      g_return_if_fail (wb_node_is_file (&archive->tree->nodes[nodes[i]]));
    }

  task = task_new (archive, nodes, n_nodes, cancellable, callback, user_data);
  g_task_run_in_thread (task, zip_thread);
}

/**
 * wb_extract_finish:
 * @result: as given to the callback of either
 * @error: return location
 *
 * Returns: (transfer full): the file or the ZIP, with its SHA-256
 */
WbSpool *
wb_extract_finish (GAsyncResult *result,
                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_extract_finish), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
