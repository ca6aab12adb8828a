/* call-queue.c: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets-private.h"

struct _WbCallQueue
{
  GQueue   waiting; /* (element-type Call) */
  gboolean running;
};

typedef struct
{
  WbCallQueue *queue;
  GTask       *task; /* (owned) */
  WbCallFunc   start;
  GSource     *cancelled; /* (owned) (nullable) */
} Call;

/* Returns: (transfer full): its task */
static GTask *
call_end (Call *call)
{
  GTask *task = call->task;

  if (call->cancelled != NULL)
    {
      g_source_destroy (call->cancelled);
      g_source_unref (call->cancelled);
    }
  g_free (call);

  return task;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = NULL;

  g_queue_remove (&call->queue->waiting, call);
  task = call_end (call);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

WbCallQueue *
wb_call_queue_new (void)
{
  WbCallQueue *queue = g_new0 (WbCallQueue, 1);

  g_queue_init (&queue->waiting);

  return queue;
}

/**
 * wb_call_queue_push:
 * @queue: a queue
 * @task: (transfer full): the call; if it is cancelled while it waits, it ends and never starts
 * @start: starts the call with @task, at once if no other is running; when the call is done, it
 *   must see to it that wb_call_queue_next() is called
 */
void
wb_call_queue_push (WbCallQueue *queue,
                    GTask       *task,
                    WbCallFunc   start)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call         *call;

  if (!queue->running)
    {
      queue->running = TRUE;
      start (task);
      return;
    }

  call = g_new0 (Call, 1);
  call->queue = queue;
  call->task = task;
  call->start = start;
  if (cancellable != NULL)
    {
      call->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (call->cancelled, G_SOURCE_FUNC (cancelled_cb), call, NULL);
      g_source_attach (call->cancelled, g_task_get_context (task));
    }
  g_queue_push_tail (&queue->waiting, call);
}

/* A call is done; the next one starts. */
void
wb_call_queue_next (WbCallQueue *queue)
{
  Call      *call = g_queue_pop_head (&queue->waiting);
  WbCallFunc start;

  g_return_if_fail (queue->running);

  queue->running = call != NULL;
  if (call == NULL)
    return;

  start = call->start;
  start (call_end (call));
}
