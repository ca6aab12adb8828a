/* pace.c: how many requests may be under way, and how soon one may follow another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/pace.h"

#define MAX_UNDER_WAY 8

struct _WbPace
{
  GObject parent_instance;

  GQueue waiting; /* (element-type GTask): (owned) */
  guint  n_under_way;
  gint64 next_us; /* monotonic: when the next one may start */
  guint  timer_id;
};

G_DEFINE_FINAL_TYPE (WbPace, wb_pace, G_TYPE_OBJECT)

static void let_in (WbPace *self);

static gboolean
timer_cb (gpointer user_data)
{
  WbPace *self = user_data;

  self->timer_id = 0;
  let_in (self);

  return G_SOURCE_REMOVE;
}

static void
let_in (WbPace *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->timer_id != 0 || self->n_under_way >= MAX_UNDER_WAY
      || g_queue_is_empty (&self->waiting))
    return;

  if (now_us >= self->next_us)
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

      self->n_under_way++;
      self->next_us = now_us + WB_PACE_DISTANCE_MS * 1000;
      g_task_set_task_data (task, NULL, NULL);
      g_task_return_boolean (task, TRUE);
    }
  if (!g_queue_is_empty (&self->waiting) && self->n_under_way < MAX_UNDER_WAY)
    self->timer_id = g_timeout_add ((guint) ((self->next_us - now_us + 999) / 1000), timer_cb,
                                    self);
}

/* One that is cancelled leaves the queue at once, and takes no turn. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  WbPace *self = g_task_get_source_object (task);

  if (g_queue_remove (&self->waiting, task))
    {
      g_task_return_error_if_cancelled (task);
      g_task_set_task_data (task, NULL, NULL);
      g_object_unref (task);
    }

  return G_SOURCE_REMOVE;
}

static void
source_free (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
wb_pace_finalize (GObject *object)
{
  WbPace *self = WB_PACE (object);

  /* Who waits holds a reference. */
  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (wb_pace_parent_class)->finalize (object);
}

static void
wb_pace_class_init (WbPaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_pace_finalize;
}

static void
wb_pace_init (WbPace *self)
{
  g_queue_init (&self->waiting);
}

WbPace *
wb_pace_new (void)
{
  return g_object_new (WB_TYPE_PACE, NULL);
}

/**
 * wb_pace_enter_async:
 * @self: a pace
 * @cancellable: (nullable): ends the wait at once
 * @callback: called when one more request may start
 * @user_data: for @callback
 *
 * In the order of the calls. Each that succeeds is to be followed by a wb_pace_leave().
 */
void
wb_pace_enter_async (WbPace             *self,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_PACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_pace_enter_async);
  /* A turn that was given stays given: who has it leaves. */
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      GSource *source = g_cancellable_source_new (cancellable);

      g_source_set_static_name (source, "[waybill] pace");
      g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (source, g_task_get_context (task));
      g_task_set_task_data (task, source, (GDestroyNotify) source_free);
    }
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  let_in (self);
}

gboolean
wb_pace_enter_finish (WbPace       *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The request is over, with the body of its answer. */
void
wb_pace_leave (WbPace *self)
{
  g_return_if_fail (WB_IS_PACE (self));
  g_return_if_fail (self->n_under_way > 0);

  self->n_under_way--;
  let_in (self);
}
