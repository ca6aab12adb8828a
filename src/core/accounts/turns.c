/* turns.c: asynchronous calls that wait for each other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/turns.h"

struct _WbTurns
{
  GQueue   waiting; /* (element-type Turn) */
  gboolean taken;
};

typedef struct
{
  WbTurns   *turns;
  GTask     *task; /* (owned) */
  WbTurnFunc start;
  GSource   *cancelled; /* (owned) (nullable) */
} Turn;

/* Returns: (transfer full): its task */
static GTask *
turn_end (Turn *turn)
{
  GTask *task = turn->task;

  if (turn->cancelled != NULL)
    {
      g_source_destroy (turn->cancelled);
      g_source_unref (turn->cancelled);
    }
  g_free (turn);

  return task;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Turn *turn = user_data;
  g_autoptr (GTask) task = NULL;

  g_queue_remove (&turn->turns->waiting, turn);
  task = turn_end (turn);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/**
 * wb_turns_new:
 *
 * Returns: turns for the whole run, free for the first call
 */
WbTurns *
wb_turns_new (void)
{
  WbTurns *turns = g_new0 (WbTurns, 1);

  g_queue_init (&turns->waiting);

  return turns;
}

/**
 * wb_turns_take:
 * @turns: the turns
 * @task: (transfer full): the call; if it is cancelled while it waits, it ends and never starts
 * @start: called with @task when all calls before it have passed; has to see to it that
 *   wb_turns_pass() is called when it is done
 */
void
wb_turns_take (WbTurns   *turns,
               GTask     *task,
               WbTurnFunc start)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Turn         *turn;

  if (!turns->taken)
    {
      turns->taken = TRUE;
      start (task);
      return;
    }

  turn = g_new0 (Turn, 1);
  turn->turns = turns;
  turn->task = task;
  turn->start = start;
  if (cancellable != NULL)
    {
      turn->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (turn->cancelled, G_SOURCE_FUNC (cancelled_cb), turn, NULL);
      g_source_attach (turn->cancelled, g_task_get_context (task));
    }
  g_queue_push_tail (&turns->waiting, turn);
}

/**
 * wb_turns_pass:
 * @turns: the turns
 *
 * Ends a turn; the next call starts.
 */
void
wb_turns_pass (WbTurns *turns)
{
  Turn      *turn = g_queue_pop_head (&turns->waiting);
  WbTurnFunc start;

  g_return_if_fail (turns->taken);

  turns->taken = turn != NULL;
  if (turn == NULL)
    return;

  start = turn->start;
  start (turn_end (turn));
}
