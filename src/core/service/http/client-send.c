/* client-send.c: one message through the client, and again where there is no connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"
#include "core/service/http/retry.h"

/* On a message: its body, and the type of that. */
#define BODY_KEY "waybill-body"
#define TYPE_KEY "waybill-body-type"

typedef struct
{
  SoupMessage *message; /* (owned) */
  guint        n_retries;
} Attempts;

static void attempt (GTask *task);

static void
attempts_free (Attempts *self)
{
  g_clear_object (&self->message);
  g_free (self);
}

/* Refused, reset or closed, and the service has not begun to answer. A proxy's failures are told as
 * errors of our own, and are final. */
static gboolean
has_no_connection (SoupMessage  *message,
                   const GError *error)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  if (metrics != NULL && soup_message_metrics_get_response_header_bytes_received (metrics) > 0)
    return FALSE;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

/* The end of a wait, by time or by a cancellation. */
static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    attempt (task);

  return G_SOURCE_REMOVE;
}

/* Returns: FALSE if the message is not sent again */
static gboolean
wait_and_retry (GTask        *task,
                const GError *error)
{
  WbClient     *self = g_task_get_source_object (task);
  Attempts     *attempts = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint         wait_ms;
  g_autoptr (GSource) timer = NULL;

  if (!has_no_connection (attempts->message, error)
      || !wb_retry_get_reconnect_wait (attempts->n_retries, self->retry_limit, &wait_ms))
    return FALSE;

  attempts->n_retries++;
  timer = g_timeout_source_new (wait_ms);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancellation = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancellation);
      g_source_add_child_source (timer, cancellation);
    }
  g_source_set_static_name (timer, "[waybill] reconnect");
  g_source_set_callback (timer, wait_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (timer, g_task_get_context (task));

  return TRUE;
}

/* The request is over when nobody reads its answer any more. */
static void
body_gone_cb (gpointer pace,
              GObject *body)
{
  wb_pace_leave (pace);
  g_object_unref (pace);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbClient     *self = g_task_get_source_object (task);
  Attempts     *attempts = g_task_get_task_data (task);
  GError       *error = NULL;
  GInputStream *stream = wb_transfer_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    {
      if (self->pace != NULL)
        g_object_weak_ref (G_OBJECT (stream), body_gone_cb, g_object_ref (self->pace));
      g_task_return_pointer (task, stream, g_object_unref);
      return;
    }
  if (self->pace != NULL)
    wb_pace_leave (self->pace);
  if (wait_and_retry (task, error))
    {
      g_error_free (error);
      return;
    }

  wb_client_explain_error (self, attempts->message, &error);
  if (self->log != NULL)
    wb_request_log_fail (self->log, attempts->message, error);
  g_task_return_error (task, error);
}

static guint
find_connect_timeout (WbClient *self)
{
  gint64 left_ms;

  if (self->deadline_us == 0)
    return self->connect_timeout_ms;

  left_ms = (self->deadline_us - g_get_monotonic_time ()) / 1000;

  return (guint) CLAMP (left_ms, 1, self->connect_timeout_ms);
}

static void
transfer (GTask *task)
{
  WbClient    *self = g_task_get_source_object (task);
  SoupMessage *message = ((Attempts *) g_task_get_task_data (task))->message;
  GBytes      *body = g_object_get_data (G_OBJECT (message), BODY_KEY);

  /* libsoup does not go back to its start. */
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message,
                                              g_object_get_data (G_OBJECT (message), TYPE_KEY),
                                              body);
  wb_transfer_async (self->session, message, find_connect_timeout (self),
                     g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

static void
entered_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbClient *self = g_task_get_source_object (task);
  Attempts *attempts = g_task_get_task_data (task);
  GError   *error = NULL;

  if (wb_pace_enter_finish (WB_PACE (object), result, &error))
    {
      transfer (task);
      return;
    }

  if (self->log != NULL)
    wb_request_log_fail (self->log, attempts->message, error);
  g_task_return_error (task, error);
}

static void
attempt (GTask *task)
{
  WbClient *self = g_task_get_source_object (task);

  if (self->pace != NULL)
    wb_pace_enter_async (self->pace, g_task_get_cancellable (task), entered_cb,
                         g_object_ref (task));
  else
    transfer (task);
}

void
wb_client_set_body (SoupMessage *message,
                    const char  *content_type,
                    GBytes      *body)
{
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (content_type != NULL);
  g_return_if_fail (body != NULL);

  g_object_set_data_full (G_OBJECT (message), BODY_KEY, g_bytes_ref (body),
                          (GDestroyNotify) g_bytes_unref);
  g_object_set_data_full (G_OBJECT (message), TYPE_KEY, g_strdup (content_type), g_free);
  soup_message_set_request_body_from_bytes (message, content_type, body);
}

/**
 * wb_client_send_async:
 * @self: a client
 * @message: a message of wb_client_new_message(), not sent before
 * @cancellable: (nullable): ends it at once
 * @callback: called when the reply's headers are there
 * @user_data: for @callback
 *
 * Sends a message. A redirect is a reply like others and is not followed; no credentials but those
 * in the message's headers are ever sent to its host. A proxy gets no more than `CONNECT` and the
 * user and password in its own address, once.
 *
 * If the connection is refused, or reset before a byte of the answer, the message is sent again, as
 * often and as late as wb_retry_get_reconnect_wait() has it.
 */
void
wb_client_send_async (WbClient           *self,
                      SoupMessage        *message,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Attempts *attempts;
  GError   *error = NULL;

  g_return_if_fail (WB_IS_CLIENT (self));
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_client_send_async);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!wb_client_check_uri (self, soup_message_get_uri (message), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  attempts = g_new0 (Attempts, 1);
  attempts->message = g_object_ref (message);
  g_task_set_task_data (task, attempts, (GDestroyNotify) attempts_free);
  if (self->log != NULL)
    wb_request_log_follow (self->log, message);
  attempt (task);
}

/**
 * wb_client_send_finish:
 * @self: a client
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the reply's body, to be read in this thread, whatever the status
 */
GInputStream *
wb_client_send_finish (WbClient     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
