/* call-queue.c: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets-private.h"

/* For a call that was cancelled and does not end: libsecret 0.20.5 loses one whose question to a
 * person stays unanswered. */
#define GRACE_SECONDS 2

typedef struct
{
  WbCallQueue *queue;
  GTask       *task; /* (owned) */
  WbCallFunc   start;
  GSource     *cancelled; /* (owned) (nullable): until it is */
  GSource     *grace;     /* (owned) (nullable): since then, if it runs */
} Call;

struct _WbCallQueue
{
  GQueue waiting; /* (element-type Call) (owned) */
  Call  *running; /* (owned) (nullable) */
};

static void
source_end (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
call_free (Call *call)
{
  g_clear_pointer (&call->cancelled, source_end);
  g_clear_pointer (&call->grace, source_end);
  g_object_unref (call->task);
  g_free (call);
}

static void
start (Call *call)
{
  call->queue->running = call;
  call->start (g_object_ref (call->task));
}

static void
start_next (WbCallQueue *queue)
{
  Call *call = g_queue_pop_head (&queue->waiting);

  g_clear_pointer (&queue->running, call_free);
  if (call != NULL)
    start (call);
}

static gboolean
grace_is_over_cb (gpointer user_data)
{
  start_next (user_data);

  return G_SOURCE_REMOVE;
}

/* The task ends at once. If it waited, it never starts; what runs has some time to end. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = g_object_ref (call->task);

  g_clear_pointer (&call->cancelled, source_end);
  if (call->queue->running == call)
    {
      call->grace = g_timeout_source_new_seconds (GRACE_SECONDS);
      g_source_set_callback (call->grace, grace_is_over_cb, call->queue, NULL);
      g_source_attach (call->grace, g_task_get_context (task));
    }
  else
    {
      g_queue_remove (&call->queue->waiting, call);
      call_free (call);
    }
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
 * @task: (transfer full): the call; if it is cancelled, it ends at once, and never starts if it
 *   still waits
 * @start_func: starts the call with @task, at once if no other is running; when the call is done,
 *   it must see to it that wb_call_queue_next() is called
 */
void
wb_call_queue_push (WbCallQueue *queue,
                    GTask       *task,
                    WbCallFunc   start_func)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call         *call = g_new0 (Call, 1);

  call->queue = queue;
  call->task = task;
  call->start = start_func;
  if (cancellable != NULL)
    {
      call->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (call->cancelled, G_SOURCE_FUNC (cancelled_cb), call, NULL);
      g_source_attach (call->cancelled, g_task_get_context (task));
    }
  if (queue->running == NULL)
    start (call);
  else
    g_queue_push_tail (&queue->waiting, call);
}

/**
 * wb_call_queue_next:
 * @queue: a queue
 * @task: what was started
 *
 * The call is done; the next one starts.
 *
 * Returns: whether @task has not ended yet, for it was not cancelled
 */
gboolean
wb_call_queue_next (WbCallQueue *queue,
                    GTask       *task)
{
  gboolean waits;

  /* It was given up. */
  if (queue->running == NULL || queue->running->task != task)
    return FALSE;

  waits = queue->running->grace == NULL;
  start_next (queue);

  return waits;
}
