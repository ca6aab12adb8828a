/* export-run.c: what an export does, from the sign-in to the check
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "core/service/export/export-private.h"

#include "core/archive/zip/zip-index.h"
#include "core/error.h"
#include "core/service/http/read-limited.h"
#include "core/service/http/retry.h"
#include "core/spool.h"
#include "core/thread.h"

static void attempt (GTask *task);

static const char *
get_host (WbExport *self)
{
  return g_uri_get_host (soup_message_get_uri (self->message));
}

/* The one exit of a run. Takes @spool or @error. */
static void
finish (GTask   *task,
        WbSpool *spool,
        GError  *error)
{
  WbExport *self = g_task_get_source_object (task);

  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  self->finished = g_date_time_new_now_utc ();
  wb_export_set_retry_at (self, 0);
  wb_export_set_state (self, WB_EXPORT_DONE);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, spool, g_object_unref);
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  WbSpool *spool = task_data;
  GError  *error = NULL;
  g_autoptr (WbZipIndex) index = NULL;

  index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), cancellable,
                             &error);
  if (index == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
check_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    finish (task, NULL, error);
  else
    finish (task, g_object_ref (g_task_get_task_data (G_TASK (result))), NULL);
}

/* A chunked body that was cut between two chunks looks complete to libsoup before 3.6.5; the end
 * record decides. */
static void
check (GTask   *task,
       WbSpool *spool)
{
  WbExport *self = g_task_get_source_object (task);
  g_autoptr (GTask) check_task = NULL;

  wb_export_set_state (self, WB_EXPORT_CHECKING);

  check_task = g_task_new (self, g_task_get_cancellable (task), check_cb, g_object_ref (task));
  g_task_set_source_tag (check_task, check);
  g_task_set_task_data (check_task, g_object_ref (spool), g_object_unref);
  wb_thread_run_task (check_task, check_thread);
}

static void
received_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbSpool) spool = NULL;
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;

  spool = wb_spool_receive_finish (result, &error);
  if (spool == NULL)
    {
      /* An error of the disk is not one of the network. */
      if (wb_error_get_kind (error) == WB_ERROR_KIND_NETWORK)
        wb_client_explain_error (wb_sign_in_get_client (self->sign_in), self->message, &error);
      finish (task, NULL, error);
      return;
    }

  wb_export_set_received_bytes (self, wb_spool_get_size_bytes (spool));
  if (!wb_export_reply_check_length (get_host (self), self->total_bytes,
                                     wb_spool_get_size_bytes (spool), &error))
    finish (task, NULL, error);
  else
    check (task, spool);
}

static void
progress_cb (guint64  size_bytes,
             gpointer user_data)
{
  wb_export_set_received_bytes (user_data, size_bytes);
}

/* The end of a run whose call was answered by something else. Takes @error. */
static void
refuse (GTask  *task,
        GError *error)
{
  WbExport        *self = g_task_get_source_object (task);
  WbServiceSubject subject = wb_service_code_get_subject (wb_error_get_service_code (error));

  self->is_refused = g_error_matches (error, WB_ERROR, WB_ERROR_WITHDRAWN)
                     || (g_error_matches (error, WB_ERROR, WB_ERROR_NOT_PERMITTED)
                         && subject == WB_SERVICE_SUBJECT_OTHER);
  finish (task, NULL, error);
}

static void
rebuilt_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbSpool) spool = NULL;
  GError *error = NULL;

  spool = wb_export_rebuild_finish (WB_EXPORT (object), result, &error);
  if (spool != NULL)
    check (task, spool);
  else
    refuse (task, error);
}

static void
refusal_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) body = NULL;
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;

  body = wb_read_limited_finish (G_INPUT_STREAM (object), result, &error);
  if (body != NULL)
    error = wb_sign_in_error_of_reply (self->sign_in, WB_SERVICE_CALL_EXPORT, self->message, body);
  refuse (task, error);
}

/* Reads the answer that came instead of an export, or the start of it. */
static void
read_refusal (GTask        *task,
              GInputStream *stream)
{
  wb_read_limited_async (stream, WB_CLIENT_MAX_BODY_BYTES, TRUE, g_task_get_cancellable (task),
                         refusal_read_cb, g_object_ref (task));
}

static void
start_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) start = NULL;
  g_autoptr (GInputStream) whole = NULL;
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;

  start = wb_read_limited_finish (G_INPUT_STREAM (object), result, &error);
  if (start == NULL)
    {
      wb_client_explain_error (wb_sign_in_get_client (self->sign_in), self->message, &error);
      finish (task, NULL, error);
      return;
    }

  whole = wb_prefixed_stream_new (start, self->stream);
  if (!wb_export_reply_is_zip (start))
    {
      read_refusal (task, whole);
      return;
    }

  wb_spool_receive_async (g_steal_fd (&self->fd), whole, self->max_size_bytes, progress_cb, self,
                          g_task_get_cancellable (task), received_cb, g_object_ref (task));
}

static void
receive (GTask *task)
{
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;
  gint64    total_bytes;

  if (!wb_export_reply_check_headers (get_host (self),
                                      soup_message_get_response_headers (self->message),
                                      &total_bytes, &error))
    {
      finish (task, NULL, error);
      return;
    }

  wb_export_set_total_bytes (self, total_bytes);
  wb_export_set_state (self, WB_EXPORT_RECEIVING);
  wb_read_limited_async (self->stream, WB_EXPORT_REPLY_MAGIC_BYTES, FALSE,
                         g_task_get_cancellable (task), start_read_cb, g_object_ref (task));
}

/* The end of a wait, by time or by a cancellation. */
static gboolean
wait_over_cb (gpointer user_data)
{
  GTask  *task = user_data;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      finish (task, NULL, error);
    }
  else
    {
      wb_export_set_retry_at (g_task_get_source_object (task), 0);
      attempt (task);
    }

  return G_SOURCE_REMOVE;
}

/* Returns: FALSE if the request is not made again. */
static gboolean
wait_and_retry (GTask *task,
                int    retry_after)
{
  WbExport     *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint         seconds;
  g_autoptr (GSource) timer = NULL;

  if (!wb_retry_get_wait (retry_after, self->n_retries,
                          wb_client_get_retry_limit (wb_sign_in_get_client (self->sign_in)),
                          &seconds))
    return FALSE;

  self->n_retries++;
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  wb_export_set_retry_at (self, g_get_monotonic_time () + seconds * G_USEC_PER_SEC);
  wb_export_set_state (self, WB_EXPORT_WAITING);

  timer = g_timeout_source_new (seconds * 1000);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancellation = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancellation);
      g_source_add_child_source (timer, cancellation);
    }
  g_source_set_static_name (timer, "[waybill] retry");
  g_source_set_callback (timer, wait_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (timer, g_task_get_context (task));

  return TRUE;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;
  guint     status;

  self->stream = wb_client_send_finish (WB_CLIENT (object), result, &error);
  if (self->stream == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  status = soup_message_get_status (self->message);
  if (status == SOUP_STATUS_OK)
    {
      receive (task);
    }
  else if (status == SOUP_STATUS_UNAUTHORIZED && !self->has_refreshed
           && wb_sign_in_refresh (self->sign_in, self->message))
    {
      self->has_refreshed = TRUE;
      attempt (task);
    }
  else if (!wait_and_retry (task, wb_retry_find_after (self->message)))
    {
      read_refusal (task, self->stream);
    }
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbExport *self = g_task_get_source_object (task);
  GError   *error = NULL;

  if (!wb_sign_in_prepare_finish (WB_SIGN_IN (object), result, &error))
    {
      if (error->domain == WB_ERROR
          && wait_and_retry (task, wb_sign_in_get_retry_after (self->sign_in)))
        g_error_free (error);
      else
        finish (task, NULL, error);
      return;
    }

  if (self->source != WB_SOURCE_EXPORT)
    {
      wb_export_rebuild_async (self, g_task_get_cancellable (task), rebuilt_cb,
                               g_object_ref (task));
      return;
    }

  self->message = wb_export_request_new (self->sign_in, self->workspace_id, &error);
  if (self->message == NULL)
    {
      finish (task, NULL, error);
      return;
    }

  if (!wb_sign_in_authorize (self->sign_in, self->message))
    {
      attempt (task);
      return;
    }

  wb_export_set_state (self, WB_EXPORT_REQUESTING);
  wb_client_send_async (wb_sign_in_get_client (self->sign_in), self->message,
                        g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

/* Each request is a message of its own, with a token or a signature of its own. */
static void
attempt (GTask *task)
{
  WbExport *self = g_task_get_source_object (task);

  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  wb_export_set_state (self, WB_EXPORT_SIGNING_IN);
  wb_sign_in_prepare_async (self->sign_in, g_task_get_cancellable (task), prepared_cb,
                            g_object_ref (task));
}

/**
 * wb_export_run_async:
 * @self: an export that has not been run
 * @cancellable: (nullable): ends it at once, and leaves nothing behind
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Opens the file for the bytes, signs in if need be, asks for the export, receives and checks it. A
 * token that is refused is replaced once; a signed request that is refused is made once more only
 * with a corrected clock.
 * After 429, 502, 503 and 504 it is made again as often and as late as wb_retry_get_wait() has it.
 * From a source other than the export, the connections are read and an archive is made of them.
 */
void
wb_export_run_async (WbExport           *self,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (WB_IS_EXPORT (self));
  g_return_if_fail (self->state == WB_EXPORT_IDLE);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_export_run_async);

  self->started = g_date_time_new_now_utc ();
  /* The cloud records each export in its audit log, so none is asked for in vain. */
  if (self->source == WB_SOURCE_EXPORT)
    self->fd = wb_spool_open_unnamed (self->folder, &error);
  if (error == NULL)
    attempt (task);
  else
    finish (task, NULL, error);
}

/**
 * wb_export_run_finish:
 * @self: an export
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): one whole ZIP archive: the bytes the service sent, or a rebuilt one; or
 *   %NULL with an error
 */
WbSpool *
wb_export_run_finish (WbExport     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
