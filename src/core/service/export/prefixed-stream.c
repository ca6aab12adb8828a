/* prefixed-stream.c: a stream of which the first bytes have been looked at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export-private.h"

#include <string.h>

struct _WbPrefixedStream
{
  GFilterInputStream parent_instance;

  GBytes *prefix; /* (owned) */
  gsize   offset; /* of the prefix's first byte that is still to be given */
};

G_DEFINE_FINAL_TYPE (WbPrefixedStream, wb_prefixed_stream, G_TYPE_FILTER_INPUT_STREAM)

static GInputStream *
get_base (WbPrefixedStream *self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

/* As many bytes as are left of the prefix, 0 at its end. */
static gssize
take_prefix (WbPrefixedStream *self,
             void             *buffer,
             gsize             count)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (self->prefix, &length);
  gsize         n = MIN (count, length - self->offset);

  if (n > 0)
    memcpy (buffer, bytes + self->offset, n);
  self->offset += n;

  return (gssize) n;
}

static gssize
wb_prefixed_stream_read_fn (GInputStream *stream,
                            void         *buffer,
                            gsize         count,
                            GCancellable *cancellable,
                            GError      **error)
{
  WbPrefixedStream *self = WB_PREFIXED_STREAM (stream);
  gssize            n = take_prefix (self, buffer, count);

  return n > 0 ? n : g_input_stream_read (get_base (self), buffer, count, cancellable, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gssize  n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (n < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

static void
wb_prefixed_stream_read_async (GInputStream       *stream,
                               void               *buffer,
                               gsize               count,
                               int                 priority,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  WbPrefixedStream *self = WB_PREFIXED_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  gssize n;

  g_task_set_source_tag (task, wb_prefixed_stream_read_async);
  g_task_set_priority (task, priority);

  n = take_prefix (self, buffer, count);
  if (n > 0)
    g_task_return_int (task, n);
  else
    g_input_stream_read_async (get_base (self), buffer, count, priority, cancellable, read_cb,
                               g_steal_pointer (&task));
}

static gssize
wb_prefixed_stream_read_finish (GInputStream *stream,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
wb_prefixed_stream_finalize (GObject *object)
{
  WbPrefixedStream *self = WB_PREFIXED_STREAM (object);

  g_clear_pointer (&self->prefix, g_bytes_unref);

  G_OBJECT_CLASS (wb_prefixed_stream_parent_class)->finalize (object);
}

static void
wb_prefixed_stream_class_init (WbPrefixedStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_prefixed_stream_finalize;
  stream_class->read_fn = wb_prefixed_stream_read_fn;
  stream_class->read_async = wb_prefixed_stream_read_async;
  stream_class->read_finish = wb_prefixed_stream_read_finish;
}

static void
wb_prefixed_stream_init (WbPrefixedStream *self)
{
}

/**
 * wb_prefixed_stream_new:
 * @prefix: what has been read of @base already
 * @base: the rest
 *
 * Returns: (transfer full): both as one stream; it closes @base with itself
 */
GInputStream *
wb_prefixed_stream_new (GBytes       *prefix,
                        GInputStream *base)
{
  WbPrefixedStream *self;

  g_return_val_if_fail (prefix != NULL, NULL);
  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);

  self = g_object_new (WB_TYPE_PREFIXED_STREAM, "base-stream", base, NULL);
  self->prefix = g_bytes_ref (prefix);

  return G_INPUT_STREAM (self);
}
