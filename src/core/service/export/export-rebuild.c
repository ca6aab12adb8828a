/* export-rebuild.c: an archive made of what the service lists, in place of its export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export-private.h"

#include "core/service/connections/connections.h"
#include "core/thread.h"

typedef struct
{
  WbRebuild *rebuild; /* (owned) */
  char      *folder;  /* (owned) (nullable) */
  guint64    max_size_bytes;
} Write;

static void
write_free (Write *self)
{
  wb_rebuild_free (self->rebuild);
  g_free (self->folder);
  g_free (self);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Write   *self = task_data;
  GError  *error = NULL;
  WbSpool *spool = wb_rebuild_write (self->rebuild, self->folder, self->max_size_bytes,
                                     cancellable, &error);

  if (spool != NULL)
    g_task_return_pointer (task, spool, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
progress_cb (guint    n_read,
             guint    n_all,
             gint64   retry_at,
             gpointer user_data)
{
  WbExport *self = user_data;

  wb_export_set_n_read (self, n_read, n_all);
  wb_export_set_retry_at (self, retry_at);
  if (retry_at > 0)
    wb_export_set_state (self, WB_EXPORT_WAITING);
  else
    wb_export_set_state (self, n_all > 0 ? WB_EXPORT_READING : WB_EXPORT_REQUESTING);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbExport  *self = g_task_get_source_object (task);
  GError    *error = NULL;
  WbRebuild *rebuild = wb_connections_read_finish (WB_SIGN_IN (object), result, &error);
  Write     *data;

  if (rebuild == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  wb_export_set_retry_at (self, 0);
  wb_export_set_state (self, WB_EXPORT_CHECKING);
  data = g_new0 (Write, 1);
  data->rebuild = rebuild;
  data->folder = g_strdup (self->folder);
  data->max_size_bytes = self->max_size_bytes;
  g_task_set_task_data (task, data, (GDestroyNotify) write_free);
  wb_thread_run_task (task, write_thread);
}

/**
 * wb_export_rebuild_async:
 * @self: an export from another source than the export call, signed in
 * @cancellable: (nullable): ends it at once, and leaves nothing behind
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads the connections, and makes an archive of them in a thread.
 */
void
wb_export_rebuild_async (WbExport           *self,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_export_rebuild_async);
  wb_export_set_state (self, WB_EXPORT_REQUESTING);
  wb_connections_read_async (self->sign_in, self->source, self->workspace_id, progress_cb, self,
                             cancellable, read_cb, task);
}

WbSpool *
wb_export_rebuild_finish (WbExport     *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
