/* progress-bar.c: how far a long operation is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/progress-bar.h"

#include <glib/gi18n-lib.h>

#define TICK_MS 100

struct _WbProgressBar
{
  AdwBin parent_instance;

  WbProgress *progress; /* (owned) (nullable): while the operation runs */
  guint       timer_id;

  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (WbProgressBar, wb_progress_bar, ADW_TYPE_BIN)

static void
update (WbProgressBar *self)
{
  double fraction = wb_progress_get_fraction (self->progress);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
  else if (adw_get_enable_animations (GTK_WIDGET (self)))
    gtk_progress_bar_pulse (self->bar);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
}

static gboolean
tick_cb (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
patience_cb (gpointer user_data)
{
  WbProgressBar *self = user_data;

  update (self);
  self->timer_id = g_timeout_add (TICK_MS, tick_cb, self);

  return G_SOURCE_REMOVE;
}

static void
wb_progress_bar_dispose (GObject *object)
{
  WbProgressBar *self = WB_PROGRESS_BAR (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->progress);

  G_OBJECT_CLASS (wb_progress_bar_parent_class)->dispose (object);
}

static void
wb_progress_bar_class_init (WbProgressBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_progress_bar_dispose;
}

static void
wb_progress_bar_init (WbProgressBar *self)
{
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_pulse_step (self->bar, 0.08);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/**
 * wb_progress_bar_set_progress:
 * @self: a bar
 * @progress: (nullable): of the operation that begins now; %NULL when it has ended
 */
void
wb_progress_bar_set_progress (WbProgressBar *self,
                              WbProgress    *progress)
{
  g_return_if_fail (WB_IS_PROGRESS_BAR (self));
  g_return_if_fail (progress == NULL || WB_IS_PROGRESS (progress));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_set_object (&self->progress, progress);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_progress_bar_set_fraction (self->bar, 0);
  if (progress != NULL)
    self->timer_id = g_timeout_add (WB_PROGRESS_PATIENCE_MS, patience_cb, self);
}

/**
 * wb_progress_bar_show_progress:
 * @self: a bar
 * @progress: of an operation that has taken long already
 *
 * As wb_progress_bar_set_progress(), but it is seen at once.
 */
void
wb_progress_bar_show_progress (WbProgressBar *self,
                               WbProgress    *progress)
{
  g_return_if_fail (WB_IS_PROGRESS (progress));

  wb_progress_bar_set_progress (self, progress);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  patience_cb (self);
}
