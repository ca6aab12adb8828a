/* progress.c: how much of a long operation is done, beside the order to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/progress.h"

struct _WbProgress
{
  GCancellable parent_instance;

  GMutex  lock; /* of all below */
  double  start;
  double  end;
  guint64 total; /* 0 as long as nothing is known */
  guint64 done;
  double  shown; /* the largest fraction so far, or -1 */
};

G_DEFINE_FINAL_TYPE (WbProgress, wb_progress, G_TYPE_CANCELLABLE)

static void
wb_progress_finalize (GObject *object)
{
  g_mutex_clear (&WB_PROGRESS (object)->lock);

  G_OBJECT_CLASS (wb_progress_parent_class)->finalize (object);
}

static void
wb_progress_class_init (WbProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_progress_finalize;
}

static void
wb_progress_init (WbProgress *self)
{
  g_mutex_init (&self->lock);
  self->end = 1;
  self->shown = -1;
}

WbProgress *
wb_progress_new (void)
{
  return g_object_new (WB_TYPE_PROGRESS, NULL);
}

/**
 * wb_progress_get_fraction:
 * @self: a progress
 *
 * Returns: how much is done, from 0 to 1 and never less than before; -1 as long as nobody knows how
 *   much there is to do
 */
double
wb_progress_get_fraction (WbProgress *self)
{
  double fraction;

  g_return_val_if_fail (WB_IS_PROGRESS (self), -1);

  g_mutex_lock (&self->lock);
  if (self->total > 0)
    {
      fraction = self->start
                 + (self->end - self->start) * (double) MIN (self->done, self->total)
                     / (double) self->total;
      self->shown = MAX (self->shown, fraction);
    }
  fraction = self->shown;
  g_mutex_unlock (&self->lock);

  return fraction;
}

/**
 * wb_progress_set_stage:
 * @cancellable: (nullable): perhaps a progress
 * @start: the fraction of the whole at which the next part of the work begins
 * @end: the fraction at which it ends
 *
 * For work of several parts, before each.
 */
void
wb_progress_set_stage (GCancellable *cancellable,
                       double        start,
                       double        end)
{
  WbProgress *self = WB_IS_PROGRESS (cancellable) ? WB_PROGRESS (cancellable) : NULL;

  g_return_if_fail (0 <= start && start <= end && end <= 1);

  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->start = start;
  self->end = end;
  self->total = 0;
  g_mutex_unlock (&self->lock);
}

/**
 * wb_progress_begin:
 * @cancellable: (nullable): perhaps a progress
 * @total: how much there is to do in this stage, in bytes, entries or whatever is counted
 */
void
wb_progress_begin (GCancellable *cancellable,
                   guint64       total)
{
  WbProgress *self = WB_IS_PROGRESS (cancellable) ? WB_PROGRESS (cancellable) : NULL;

  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->total = total;
  self->done = 0;
  g_mutex_unlock (&self->lock);
}

/* @amount: how much more is done */
void
wb_progress_advance (GCancellable *cancellable,
                     guint64       amount)
{
  WbProgress *self = WB_IS_PROGRESS (cancellable) ? WB_PROGRESS (cancellable) : NULL;

  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->done += amount;
  g_mutex_unlock (&self->lock);
}
