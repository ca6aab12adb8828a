/* client-fetch.c: a whole answer, or the start of it, through the client
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client.h"

#include "core/service/http/read-limited.h"

typedef struct
{
  SoupMessage *message; /* (owned) */
  gsize        max_body_bytes;
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->message);
  g_free (self);
}

static void
fetch_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = wb_read_limited_finish (G_INPUT_STREAM (object), result, &error);
  Fetch  *fetch = g_task_get_task_data (task);

  if (bytes != NULL)
    {
      g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
      return;
    }

  wb_client_explain_error (g_task_get_source_object (task), fetch->message, &error);
  g_task_return_error (task, error);
}

static void
fetch_send_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Fetch   *fetch = g_task_get_task_data (task);
  GError  *error = NULL;
  gboolean is_success;

  stream = wb_client_send_finish (WB_CLIENT (object), result, &error);
  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* A refusal that breaks off is still a refusal. */
  is_success = SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (fetch->message));
  wb_read_limited_async (stream, fetch->max_body_bytes, !is_success,
                         g_task_get_cancellable (task), fetch_read_cb, g_object_ref (task));
}

/**
 * wb_client_fetch_async:
 * @self: a client
 * @message: a message of wb_client_new_message(), not sent before
 * @max_body_bytes: what is beyond is not read
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply is there
 * @user_data: for @callback
 *
 * As wb_client_send_async(), and reads the body, or the start of it.
 */
void
wb_client_fetch_async (WbClient           *self,
                       SoupMessage        *message,
                       gsize               max_body_bytes,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_client_fetch_async);

  fetch = g_new0 (Fetch, 1);
  fetch->message = g_object_ref (message);
  fetch->max_body_bytes = max_body_bytes;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);

  wb_client_send_async (self, message, cancellable, fetch_send_cb, g_steal_pointer (&task));
}

/**
 * wb_client_fetch_finish:
 * @self: a client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the body, whatever the status
 */
GBytes *
wb_client_fetch_finish (WbClient     *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
