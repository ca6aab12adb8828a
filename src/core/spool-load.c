/* spool-load.c: a spool made of a file that a person chose
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/spool.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/thread.h"

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr (WbSpool) self = NULL;
  GError *error = NULL;

  self = wb_spool_open (task_data, &error);
  if (self != NULL && wb_spool_hash (self, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
load_received_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError  *error = NULL;
  WbSpool *self = wb_spool_receive_finish (result, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* Of a place that nothing here knows, such as the address of a web page, GIO says only that the
 * operation is not supported. */
static void
explain (GError **error)
{
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return;

  g_clear_error (error);
  g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                       _ ("Waybill cannot read files from there. Copy the file to a folder on this "
                          "computer first."));
}

static void
load_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInputStream) source = g_file_read_finish (G_FILE (object), result, &error);
  const guint64 *max_size_bytes = g_task_get_task_data (task);
  int            fd = source != NULL ? wb_spool_open_unnamed (NULL, &error) : -1;

  if (fd < 0)
    {
      explain (&error);
      g_task_return_error (task, error);
      return;
    }

  wb_spool_receive_async (fd, G_INPUT_STREAM (source), *max_size_bytes, NULL, NULL,
                          g_task_get_cancellable (task), load_received_cb, g_object_ref (task));
}

/**
 * wb_spool_load_async:
 * @file: a file a person chose
 * @max_size_bytes: how much is copied at most of a file that has no path on this computer
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open and hashed
 * @user_data: for @callback
 *
 * Opens and hashes a file in a thread. One without a path is copied first.
 */
void
wb_spool_load_async (GFile              *file,
                     guint64             max_size_bytes,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_spool_load_async);

  if (g_file_peek_path (file) != NULL)
    {
      g_task_set_task_data (task, g_file_get_path (file), g_free);
      wb_thread_run_task (task, load_thread);
      return;
    }

  g_task_set_task_data (task, g_memdup2 (&max_size_bytes, sizeof max_size_bytes), g_free);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, load_opened_cb, g_object_ref (task));
}

WbSpool *
wb_spool_load_finish (GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
