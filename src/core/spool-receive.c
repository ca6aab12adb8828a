/* spool-receive.c: a spool made of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/sha256.h"
#include "core/thread.h"

/* A download is read into these in the caller's main context, and hashed and written in a thread:
 * neither the window nor the transfer waits for the other. */
#define N_BUFFERS 8
#define BUFFER_SIZE_BYTES (256 * 1024)

/* The disk is told to begin after so many bytes, so that it has little left to do when the file is
 * saved. */
#define WRITE_BACK_BYTES ((guint64) 8 * 1024 * 1024)

typedef struct
{
  guint8 *bytes; /* (owned) */
  gsize   length;
} Buffer;

/* One wb_spool_receive_async(). The main context fills buffers, the thread empties them; a buffer
 * is at any time in one of two queues or belongs to one side. */
typedef struct
{
  GInputStream   *source; /* (owned) */
  guint64         max_size_bytes;
  WbSpoolProgress progress; /* (nullable) */
  gpointer        progress_data;

  GMainContext *context; /* (owned) */
  GThread      *thread;  /* (owned) (nullable) */
  GAsyncQueue  *full;    /* (owned) (element-type Buffer): to be written; one without bytes ends */
  GQueue        empty;   /* (owned) (element-type Buffer): to be filled; main context only */
  Buffer       *filling; /* (owned) (nullable) */
  guint64       received_bytes;
  gboolean      reading;
  gboolean      ended; /* nothing will be read any more */

  GError *error;       /* (owned) (nullable): main context only */
  int     write_errno; /* atomic; 0 while the disk takes all */

  int   fd;     /* (owned) */
  char *sha256; /* (owned) (nullable): set when the thread ends */
} Receive;

static void
buffer_free (Buffer *buffer)
{
  g_free (buffer->bytes);
  g_free (buffer);
}

static Buffer *
buffer_new (gsize size)
{
  Buffer *buffer = g_new0 (Buffer, 1);

  if (size > 0)
    buffer->bytes = g_malloc (size);

  return buffer;
}

static void
receive_free (Receive *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_clear_object (&self->source);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->full, g_async_queue_unref);
  g_queue_clear_full (&self->empty, (GDestroyNotify) buffer_free);
  g_clear_pointer (&self->filling, buffer_free);
  g_clear_error (&self->error);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->sha256);
  g_free (self);
}

/* The thread's news travels with the task, so that it is dropped with it. */
typedef struct
{
  GTask  *task;   /* (owned) */
  Buffer *buffer; /* (owned) (nullable): written and free again; %NULL: the thread is done */
} News;

static void receive_step (GTask *task);

static void
news_free (News *news)
{
  g_clear_pointer (&news->buffer, buffer_free);
  g_object_unref (news->task);
  g_free (news);
}

static void
receive_complete (GTask *task)
{
  Receive *self = g_task_get_task_data (task);
  int      write_errno = g_atomic_int_get (&self->write_errno);

  g_thread_join (g_steal_pointer (&self->thread));

  /* A full disk is the cause even if the source failed as well. */
  if (write_errno != 0 && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_clear_error (&self->error);
      wb_spool_set_write_error (self->fd, write_errno, &self->error);
    }

  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task,
                           wb_spool_new_take (g_steal_fd (&self->fd), self->received_bytes,
                                              g_steal_pointer (&self->sha256)),
                           g_object_unref);
}

static gboolean
news_cb (gpointer user_data)
{
  News    *news = user_data;
  Receive *self = g_task_get_task_data (news->task);

  if (news->buffer == NULL)
    {
      receive_complete (news->task);
      return G_SOURCE_REMOVE;
    }

  g_queue_push_tail (&self->empty, g_steal_pointer (&news->buffer));
  receive_step (news->task);

  return G_SOURCE_REMOVE;
}

static void
send_news (GTask  *task,
           Buffer *buffer)
{
  Receive *self = g_task_get_task_data (task);
  News    *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->task = g_object_ref (task);
  news->buffer = buffer;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, news_cb, news, (GDestroyNotify) news_free);
  g_source_set_static_name (source, "[waybill] spool");
  g_source_attach (source, self->context);
}

static gpointer
write_thread (gpointer user_data)
{
  GTask    *task = user_data;
  Receive  *self = g_task_get_task_data (task);
  WbSha256 *hash = wb_sha256_new ();
  guint64   waiting_bytes = 0;

  for (;;)
    {
      Buffer *buffer = g_async_queue_pop (self->full);

      if (buffer->bytes == NULL)
        {
          buffer_free (buffer);
          break;
        }

      wb_sha256_update (hash, buffer->bytes, buffer->length);
      if (g_atomic_int_get (&self->write_errno) == 0
          && !wb_fd_write_all (self->fd, buffer->bytes, buffer->length))
        g_atomic_int_set (&self->write_errno, errno);

      waiting_bytes += buffer->length;
      if (waiting_bytes >= WRITE_BACK_BYTES)
        {
          sync_file_range (self->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
          waiting_bytes = 0;
        }
      buffer->length = 0;
      send_news (task, buffer);
    }

  self->sha256 = wb_sha256_free_to_hex (hash);
  send_news (task, NULL);
  g_object_unref (task);

  return NULL;
}

/* Hands the thread what there is, and with @last that nothing follows. */
static void
receive_flush (Receive *self,
               gboolean last)
{
  if (self->filling != NULL && self->filling->length > 0)
    g_async_queue_push (self->full, g_steal_pointer (&self->filling));
  if (last)
    g_async_queue_push (self->full, buffer_new (0));
}

/* Takes @error, which is %NULL at the proper end. The task returns when the thread is through. */
static void
receive_end (Receive *self,
             GError  *error)
{
  self->error = error;
  self->ended = TRUE;
  receive_flush (self, TRUE);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Receive *self = g_task_get_task_data (task);
  GError  *error = NULL;
  gssize   n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  self->reading = FALSE;
  if (n <= 0)
    {
      receive_end (self, error);
      return;
    }

  self->filling->length += (gsize) n;
  self->received_bytes += (guint64) n;
  if (self->received_bytes > self->max_size_bytes)
    {
      g_autofree char *limit = g_format_size (self->max_size_bytes);

      receive_end (self, g_error_new (WB_ERROR, WB_ERROR_SERVICE,
                                      /* Translators: %s is a size such as “2.1 GB” */
                                      _ ("There is more data than the limit of %s allows, so the "
                                         "transfer was stopped. If that much is right, raise the "
                                         "limit."),
                                      limit));
      return;
    }

  if (self->progress != NULL)
    self->progress (self->received_bytes, self->progress_data);

  if (self->filling->length == BUFFER_SIZE_BYTES)
    receive_flush (self, FALSE);
  receive_step (task);
}

/* Reads on, unless a read is under way, all has been read, or the thread has all the buffers. */
static void
receive_step (GTask *task)
{
  Receive *self = g_task_get_task_data (task);

  if (self->reading || self->ended)
    return;

  if (g_atomic_int_get (&self->write_errno) != 0)
    {
      receive_end (self, NULL);
      return;
    }

  if (self->filling == NULL)
    self->filling = g_queue_pop_head (&self->empty);
  if (self->filling == NULL)
    return;

  self->reading = TRUE;
  g_input_stream_read_async (self->source, self->filling->bytes + self->filling->length,
                             BUFFER_SIZE_BYTES - self->filling->length, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * wb_spool_receive_async:
 * @fd: (transfer full): an empty file of wb_spool_open_unnamed()
 * @source: what to read, to its end
 * @max_size_bytes: more than this is an error
 * @progress: (nullable) (scope notified): called as bytes come in
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it at once
 * @callback: called when all is read and written
 * @user_data: for @callback
 *
 * Reads a stream into the file. Memory does not grow with the stream's length. Whatever ends it
 * early leaves nothing behind.
 */
void
wb_spool_receive_async (int                 fd,
                        GInputStream       *source,
                        guint64             max_size_bytes,
                        WbSpoolProgress     progress,
                        gpointer            progress_data,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError  *error = NULL;
  Receive *self;

  g_return_if_fail (fd >= 0);
  g_return_if_fail (G_IS_INPUT_STREAM (source));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_spool_receive_async);

  self = g_new0 (Receive, 1);
  self->fd = fd;
  self->source = g_object_ref (source);
  self->max_size_bytes = max_size_bytes;
  self->progress = progress;
  self->progress_data = progress_data;
  self->context = g_main_context_ref_thread_default ();
  self->full = g_async_queue_new_full ((GDestroyNotify) buffer_free);
  for (guint i = 0; i < N_BUFFERS; i++)
    g_queue_push_tail (&self->empty, buffer_new (BUFFER_SIZE_BYTES));
  g_task_set_task_data (task, self, (GDestroyNotify) receive_free);

  if (wb_thread_start ("spool", write_thread, g_object_ref (task), &self->thread, &error))
    {
      receive_step (task);
      return;
    }

  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * wb_spool_receive_finish:
 * @result: as given to the callback
 * @error: return location: the stream's own error, %WB_ERROR_SERVICE beyond the limit, or why the
 *   file does not take the bytes
 *
 * Returns: (transfer full): the spool, its SHA-256 known
 */
WbSpool *
wb_spool_receive_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
