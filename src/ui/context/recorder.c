/* recorder.c: writes records into the history, one after the other and without waiting
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/recorder.h"

struct _WbRecorder
{
  GObject parent_instance;

  WbHistory *history; /* (owned) */
  GQueue     steps;   /* (element-type Step): the first one is under way */
};

G_DEFINE_FINAL_TYPE (WbRecorder, wb_recorder, G_TYPE_OBJECT)

enum
{
  CHANGED,
  PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  WbHistoryRecord *record; /* (owned): learns its ID */
  WbHistoryRecord *copy;   /* (owned) (nullable): as it was when it was put; %NULL to remove it */
} Step;

static void
step_free (Step *step)
{
  g_clear_object (&step->record);
  g_clear_object (&step->copy);
  g_free (step);
}

static void start_step (WbRecorder *self);

static void
tell_problem (WbRecorder   *self,
              const GError *error)
{
  g_autofree char *notice = wb_history_take_notice (self->history);

  if (notice != NULL)
    g_signal_emit (self, signals[PROBLEM], 0, notice);
  if (error != NULL)
    g_signal_emit (self, signals[PROBLEM], 0, error->message);
}

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbRecorder) self = user_data;
  Step *step = g_queue_pop_head (&self->steps);
  g_autoptr (GError) error = NULL;

  if (step->copy == NULL)
    wb_history_remove_finish (self->history, result, &error);
  else if (wb_history_put_finish (self->history, result, &error))
    step->record->id = step->copy->id;
  step_free (step);

  tell_problem (self, error);
  g_signal_emit (self, signals[CHANGED], 0);
  start_step (self);
}

/* A record has its ID when the step before is done. */
static void
start_step (WbRecorder *self)
{
  Step *step = g_queue_peek_head (&self->steps);

  if (step == NULL)
    return;

  if (step->copy == NULL)
    {
      wb_history_remove_async (self->history, step->record->id, step_cb, g_object_ref (self));
      return;
    }

  step->copy->id = step->record->id;
  wb_history_put_async (self->history, step->copy, step_cb, g_object_ref (self));
}

static void
push_step (WbRecorder      *self,
           WbHistoryRecord *record,
           WbHistoryRecord *copy)
{
  Step *step = g_new0 (Step, 1);

  step->record = g_object_ref (record);
  step->copy = copy;
  g_queue_push_tail (&self->steps, step);
  if (self->steps.length == 1)
    start_step (self);
}

static void
wb_recorder_finalize (GObject *object)
{
  WbRecorder *self = WB_RECORDER (object);

  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (wb_recorder_parent_class)->finalize (object);
}

static void
wb_recorder_class_init (WbRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_recorder_finalize;

  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", WB_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_recorder_init (WbRecorder *self)
{
  g_queue_init (&self->steps);
}

WbRecorder *
wb_recorder_new (WbHistory *history)
{
  WbRecorder *self;

  g_return_val_if_fail (WB_IS_HISTORY (history), NULL);

  self = g_object_new (WB_TYPE_RECORDER, NULL);
  self->history = g_object_ref (history);

  return self;
}

WbHistory *
wb_recorder_get_history (WbRecorder *self)
{
  g_return_val_if_fail (WB_IS_RECORDER (self), NULL);

  return self->history;
}

/* Writes it as it is now; the record may be changed and put again at once. */
void
wb_recorder_put (WbRecorder      *self,
                 WbHistoryRecord *record)
{
  g_return_if_fail (WB_IS_RECORDER (self));
  g_return_if_fail (WB_IS_HISTORY_RECORD (record));

  push_step (self, record, wb_history_record_copy (record));
}

void
wb_recorder_remove (WbRecorder      *self,
                    WbHistoryRecord *record)
{
  g_return_if_fail (WB_IS_RECORDER (self));
  g_return_if_fail (WB_IS_HISTORY_RECORD (record));

  push_step (self, record, NULL);
}

/* Blocks until all is written; for the end of the program. */
void
wb_recorder_wait (WbRecorder *self)
{
  g_return_if_fail (WB_IS_RECORDER (self));

  while (self->steps.length > 0)
    g_main_context_iteration (NULL, TRUE);
}
