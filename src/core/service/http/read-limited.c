/* read-limited.c: the start of a stream, in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/read-limited.h"

#include <string.h>

#define STEP_BYTES 8192

typedef struct
{
  GByteArray *bytes; /* (owned) (nullable) */
  gsize       max_bytes;
  gboolean    keep_on_error;
  guint8      buffer[STEP_BYTES];
} Read;

static void read_step (GTask *task);

static void
read_free (Read *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  /* It may have been a token. */
  explicit_bzero (self->buffer, sizeof self->buffer);
  g_free (self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Read  *self = g_task_get_task_data (task);
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (n > 0)
    {
      g_byte_array_append (self->bytes, self->buffer, (guint) n);
      read_step (task);
      return;
    }

  if (n < 0
      && (!self->keep_on_error || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes)),
                           (GDestroyNotify) g_bytes_unref);
}

static void
read_step (GTask *task)
{
  Read *self = g_task_get_task_data (task);
  gsize left = self->max_bytes - self->bytes->len;

  if (left == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes)),
                             (GDestroyNotify) g_bytes_unref);
      return;
    }

  g_input_stream_read_async (g_task_get_source_object (task), self->buffer,
                             MIN (left, sizeof self->buffer), G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * wb_read_limited_async:
 * @stream: what to read
 * @max_bytes: no more than this is read of it
 * @keep_on_error: what has come counts even if the stream then fails; a cancellation still fails
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end of the stream or at the limit
 * @user_data: for @callback
 *
 * Reads to the end or to the limit, and does not close.
 */
void
wb_read_limited_async (GInputStream       *stream,
                       gsize               max_bytes,
                       gboolean            keep_on_error,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Read *self;

  g_return_if_fail (G_IS_INPUT_STREAM (stream));

  task = g_task_new (stream, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_read_limited_async);

  self = g_new0 (Read, 1);
  self->bytes = g_byte_array_new ();
  self->max_bytes = max_bytes;
  self->keep_on_error = keep_on_error;
  g_task_set_task_data (task, self, (GDestroyNotify) read_free);

  read_step (task);
}

/**
 * wb_read_limited_finish:
 * @stream: what was read
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the bytes, or %NULL with an error of the stream
 */
GBytes *
wb_read_limited_finish (GInputStream *stream,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
