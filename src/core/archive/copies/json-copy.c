/* json-copy.c: some of an archive's connections as one JSON text, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/json-copy.h"

#include "core/archive/connection/connection.h"
#include "core/error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WbArchive *archive; /* (owned) */
  GArray    *nodes;   /* (owned) (element-type guint) */
} Request;

static void
request_free (Request *request)
{
  g_clear_object (&request->archive);
  g_clear_pointer (&request->nodes, g_array_unref);
  g_free (request);
}

/* An object among others begins where they do. */
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
copy (Request      *request,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr (WbJsonCopy) self = g_new0 (WbJsonCopy, 1);
  g_autoptr (GString) text = g_string_new ("");
  gboolean several = request->nodes->len > 1;

  for (guint i = 0; i < request->nodes->len; i++)
    {
      guint node = g_array_index (request->nodes, guint, i);
      g_autoptr (GBytes) contents = wb_archive_read (request->archive, node, cancellable, NULL);
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
copy_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError     *error = NULL;
  WbJsonCopy *self = copy (task_data, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) wb_json_copy_free);
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
 * Gives one file as its own JSON text, and several as an array of them. Stars stand for secrets. It
 * is made to be read and pasted: nothing of it is the file byte for byte.
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
  Request *request;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (nodes != NULL || n_nodes == 0);

  request = g_new0 (Request, 1);
  request->archive = g_object_ref (archive);
  request->nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  if (n_nodes > 0)
    g_array_append_vals (request->nodes, nodes, n_nodes);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_json_copy_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, copy_thread);
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
