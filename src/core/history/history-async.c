/* history-async.c: a history's calls in threads
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/history/history.h"

#include "core/thread.h"

static void
put_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError *error = NULL;

  if (wb_history_put (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError    *error = NULL;
  GPtrArray *records = wb_history_list (source, NULL, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
remove_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (wb_history_remove (source, *(gint64 *) data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wb_history_put_async:
 * @self: a history
 * @record: what to write; it has its ID when the call has ended, and must not change before
 * @callback: called on the caller's main context
 * @user_data: for @callback
 */
void
wb_history_put_async (WbHistory          *self,
                      WbHistoryRecord    *record,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_HISTORY (self));
  g_return_if_fail (WB_IS_HISTORY_RECORD (record));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_history_put_async);
  g_task_set_task_data (task, g_object_ref (record), g_object_unref);
  wb_thread_run_task (task, put_thread);
}

gboolean
wb_history_put_finish (WbHistory    *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_history_put_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* All of them. */
void
wb_history_list_async (WbHistory          *self,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_HISTORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_history_list_async);
  wb_thread_run_task (task, list_thread);
}

/* Returns: (transfer full) (element-type WbHistoryRecord): as wb_history_list() */
GPtrArray *
wb_history_list_finish (WbHistory    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_history_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_history_remove_async (WbHistory          *self,
                         gint64              id,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_HISTORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_history_remove_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  wb_thread_run_task (task, remove_thread);
}

gboolean
wb_history_remove_finish (WbHistory    *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_history_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
