/* selected-copy.c: copies of some of an archive's files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/selected-copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/archive/connection/connection.h"
#include "core/archive/tree/archive-private.h"
#include "core/archive/zip/zip-writer.h"
#include "core/error.h"
#include "core/fd.h"
#include "core/sha256.h"
#include "core/spool.h"
#include "core/thread.h"

typedef struct
{
  WbArchive *archive; /* (owned) */
  GArray    *nodes;   /* (owned) (element-type guint) */
} Selection;

static void
selection_free (Selection *self)
{
  g_object_unref (self->archive);
  g_array_unref (self->nodes);
  g_free (self);
}

/* Refuses a damaged file: its bytes are not those that the service sent. */
static GBytes *
read_whole (Selection    *self,
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
copy_file (Selection    *self,
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
  fd = wb_spool_open_unnamed (NULL, error);
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

/* What Waybill itself noted of the archive is true of a part of it, too. */
static void
add_notes (Selection *self)
{
  g_autofree guint8 *chosen = g_new0 (guint8, self->archive->tree->n_nodes);

  for (guint i = 0; i < self->nodes->len; i++)
    chosen[g_array_index (self->nodes, guint, i)] = TRUE;
  for (guint node = 0; node < self->archive->tree->n_nodes; node++)
    {
      if (self->archive->tree->nodes[node].kind == WB_NODE_NOTE && !chosen[node])
        g_array_append_val (self->nodes, node);
    }
}

static WbSpool *
copy_files (Selection    *self,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (WbZipWriter) writer = wb_zip_writer_new (NULL, error);

  if (writer == NULL)
    return NULL;
  add_notes (self);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      guint            node = g_array_index (self->nodes, guint, i);
      const WbNode    *n = &self->archive->tree->nodes[node];
      g_autofree char *path = wb_node_dup_copy_path (n);
      g_autoptr (GBytes) bytes = read_whole (self, node, cancellable, error);

      if (bytes == NULL
          || !wb_zip_writer_add (writer, path, n->path_length, g_bytes_get_data (bytes, NULL),
                                 g_bytes_get_size (bytes), error))
        return NULL;
    }

  return wb_zip_writer_finish (writer, error);
}

static GTask *
task_new (WbArchive          *archive,
          const guint        *nodes,
          guint               n_nodes,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  GTask     *task = g_task_new (NULL, cancellable, callback, user_data);
  Selection *self = g_new0 (Selection, 1);

  self->archive = g_object_ref (archive);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (self->nodes, nodes, n_nodes);
  g_task_set_task_data (task, self, (GDestroyNotify) selection_free);

  return task;
}

static void
copy_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Selection *self = task_data;
  GError    *error = NULL;
  WbSpool   *spool = self->nodes->len == 1 ? copy_file (self, cancellable, &error)
                                           : copy_files (self, cancellable, &error);

  if (spool != NULL)
    g_task_return_pointer (task, spool, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_selected_copy_async:
 * @archive: an archive
 * @nodes: (array length=n_nodes): some of its files
 * @n_nodes: how many, at least one
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Copies one file as it is, or several into a new ZIP with their paths and Waybill's own notes,
 * each byte for byte with its secrets. A damaged file is an error.
 */
void
wb_selected_copy_async (WbArchive          *archive,
                        const guint        *nodes,
                        guint               n_nodes,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (n_nodes > 0);
  for (guint i = 0; i < n_nodes; i++)
    {
      g_return_if_fail (nodes[i] < archive->tree->n_nodes);
      g_return_if_fail (wb_node_is_file (&archive->tree->nodes[nodes[i]]));
    }

  task = task_new (archive, nodes, n_nodes, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_selected_copy_async);
  wb_thread_run_task (task, copy_thread);
}

/**
 * wb_selected_copy_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): the file or the ZIP, with its SHA-256
 */
WbSpool *
wb_selected_copy_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_selected_copy_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Indents an object of an array. */
static void
append_indented (GString    *text,
                 const char *json)
{
  g_auto (GStrv) lines = g_strsplit (json, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? "\n" : "", *lines[i] != '\0' ? "  " : "",
                            lines[i]);
}

static WbJsonCopy *
copy_json (Selection    *selection,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (WbJsonCopy) self = g_new0 (WbJsonCopy, 1);
  g_autoptr (GString) text = g_string_new ("");
  gboolean several = selection->nodes->len > 1;

  for (guint i = 0; i < selection->nodes->len; i++)
    {
      guint node = g_array_index (selection->nodes, guint, i);
      g_autoptr (GBytes) contents = wb_archive_read (selection->archive, node, cancellable, NULL);
      g_autoptr (WbConnection) connection = NULL;
      g_autofree char *json = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (contents != NULL)
        connection = wb_connection_new (contents);
      if (connection != NULL)
        json = wb_connection_dup_json (connection, FALSE);
      if (json == NULL)
        {
          self->n_left_out++;
          continue;
        }

      g_strchomp (json);
      if (several && self->n_connections > 0)
        g_string_append (text, ",\n");
      if (several)
        append_indented (text, json);
      else
        g_string_append (text, json);
      self->n_connections++;
      self->n_secrets += wb_connection_get_n_clear_secrets (connection);
      if (text->len > WB_JSON_COPY_MAX_BYTES)
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                               _ ("This is too much for the clipboard. Select fewer."));
          return NULL;
        }
    }

  if (self->n_connections == 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                           _ ("There is no connection in JSON form to copy."));
      return NULL;
    }

  if (several)
    {
      g_string_prepend (text, "[\n");
      g_string_append (text, "\n]");
    }
  g_string_append_c (text, '\n');
  self->text = g_string_free (g_steal_pointer (&text), FALSE);

  return g_steal_pointer (&self);
}

static void
json_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError     *error = NULL;
  WbJsonCopy *copy = copy_json (task_data, cancellable, &error);

  if (copy != NULL)
    g_task_return_pointer (task, copy, (GDestroyNotify) wb_json_copy_free);
  else
    g_task_return_error (task, error);
}

void
wb_json_copy_free (WbJsonCopy *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self);
}

/**
 * wb_json_copy_async:
 * @archive: an archive
 * @nodes: (array length=n_nodes): some of its files
 * @n_nodes: how many
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Copies one file as its own JSON text, and several as an array. Stars stand for secrets. The copy
 * is for reading and pasting: it is not the file byte for byte.
 */
void
wb_json_copy_async (WbArchive          *archive,
                    const guint        *nodes,
                    guint               n_nodes,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (nodes != NULL || n_nodes == 0);

  task = task_new (archive, nodes, n_nodes, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_json_copy_async);
  wb_thread_run_task (task, json_thread);
}

/**
 * wb_json_copy_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): the copy; %NULL also if there is nothing to copy, or too much
 */
WbJsonCopy *
wb_json_copy_finish (GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_json_copy_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
