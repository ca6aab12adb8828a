/* export-page.c: shows a running export: its stage, the data received, the time elapsed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export/export-page.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/workspace-label.h"

/* How often the clock and a bar without an end are moved. */
#define TICK_MS 100

struct _WbExportPage
{
  AdwBin parent_instance;

  WbExportJob *job;  /* (owned) (nullable) */
  WbExport *export;  /* (owned) (nullable) */
  gint64 started_us; /* monotonic */
  guint  tick_id;

  GtkLabel       *title;
  GtkLabel       *phase;
  GtkProgressBar *bar;
  GtkLabel       *amount;
  GtkLabel       *elapsed;
};

G_DEFINE_FINAL_TYPE (WbExportPage, wb_export_page, ADW_TYPE_BIN)

/* Only when it differs: a screen reader reads out each change of a status. */
static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static double
get_fraction (WbExportPage *self)
{
  return self->export != NULL ? wb_export_get_fraction (self->export) : -1;
}

static char *
describe_amount (WbExportPage *self)
{
  guint64          received = 0;
  gint64           total = -1;
  g_autofree char *received_text = NULL;
  g_autofree char *total_text = NULL;

  if (self->export != NULL)
    {
      received = wb_export_get_received_bytes (self->export);
      total = wb_export_get_total_bytes (self->export);
    }
  if (self->export != NULL && wb_export_get_n_connections (self->export) > 0)
    /* Translators: how many connections have been read, and of how many: 12 of 40. */
    return g_strdup_printf (_ ("%'u of %'u"), wb_export_get_n_read (self->export),
                            wb_export_get_n_connections (self->export));
  if (received == 0)
    return g_strdup ("");

  received_text = g_format_size (received);
  if (total < 0)
    return g_steal_pointer (&received_text);

  total_text = g_format_size ((guint64) total);

  /* Translators: sizes, as in 1.2 MB of 3.4 MB. */
  return g_strdup_printf (_ ("%s of %s"), received_text, total_text);
}

static void
update (WbExportPage *self)
{
  g_autofree char *phase = wb_export_describe (self->export);
  g_autofree char *amount = describe_amount (self);

  set_text (self->phase, phase);
  set_text (self->amount, amount);
  if (get_fraction (self) >= 0)
    gtk_progress_bar_set_fraction (self->bar, get_fraction (self));
}

static gboolean
tick_cb (gpointer user_data)
{
  WbExportPage    *self = user_data;
  gint64           seconds = (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC;
  g_autofree char *elapsed = NULL;

  /* Translators: minutes and seconds that have passed. */
  elapsed = g_strdup_printf (C_ ("elapsed time", "%d:%02d"), (int) (seconds / 60),
                             (int) (seconds % 60));
  set_text (self->elapsed, elapsed);

  /* GTK moves it for whoever wants no motion, too, and for a while after the last pulse. */
  if (get_fraction (self) < 0 && adw_get_enable_animations (GTK_WIDGET (self)))
    gtk_progress_bar_pulse (self->bar);
  else if (get_fraction (self) < 0)
    gtk_progress_bar_set_fraction (self->bar, 0);
  if (self->export != NULL && wb_export_get_state (self->export) == WB_EXPORT_WAITING)
    update (self);

  return G_SOURCE_CONTINUE;
}

static void
export_changed_cb (WbExportPage *self)
{
  if (self->export != NULL)
    g_signal_handlers_disconnect_by_data (self->export, self);
  g_set_object (&self->export, wb_export_job_get_export (self->job));
  if (self->export != NULL)
    {
      /* The time it took to look for a secret, or to type one in, does not count. */
      self->started_us = g_get_monotonic_time ();
      g_signal_connect_object (self->export, "notify", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
drop_job (WbExportPage *self)
{
  if (self->export != NULL)
    g_signal_handlers_disconnect_by_data (self->export, self);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->export);
  g_clear_object (&self->job);
  g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
wb_export_page_dispose (GObject *object)
{
  WbExportPage *self = WB_EXPORT_PAGE (object);

  drop_job (self);

  G_OBJECT_CLASS (wb_export_page_parent_class)->dispose (object);
}

static void
wb_export_page_class_init (WbExportPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_export_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbExportPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbExportPage, phase);
  gtk_widget_class_bind_template_child (widget_class, WbExportPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WbExportPage, amount);
  gtk_widget_class_bind_template_child (widget_class, WbExportPage, elapsed);
}

static void
wb_export_page_init (WbExportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_export_page_set_job:
 * @self: the page
 * @job: (nullable): the job to show; its clock starts now
 */
void
wb_export_page_set_job (WbExportPage *self,
                        WbExportJob  *job)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (WB_IS_EXPORT_PAGE (self));
  g_return_if_fail (job == NULL || WB_IS_EXPORT_JOB (job));

  drop_job (self);
  if (job == NULL)
    return;

  name = wb_workspace_dup_label (wb_export_job_get_workspace (job));
  self->job = g_object_ref (job);
  self->started_us = g_get_monotonic_time ();
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  g_signal_connect_object (job, "notify::export", G_CALLBACK (export_changed_cb), self,
                           G_CONNECT_SWAPPED);

  /* Translators: the name of a workspace. */
  title = g_strdup_printf (_ ("Exporting “%s”"), name);
  gtk_label_set_text (self->title, title);
  gtk_progress_bar_set_fraction (self->bar, 0);
  export_changed_cb (self);
  tick_cb (self);
}
