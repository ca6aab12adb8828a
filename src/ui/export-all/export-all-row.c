/* export-all-row.c: one workspace in the list of those that are exported together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-row.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/workspace-label.h"

/* Often enough for the seconds of a wait, which come without a notification. */
#define REDRAW_MS 500

struct _WbExportAllRow
{
  AdwActionRow parent_instance;

  WbAccount   *account;   /* (owned) */
  WbWorkspace *workspace; /* (owned) */
  WbBatchJob  *job;       /* (owned) (nullable) */
  guint        timer_id;

  GtkCheckButton *check;
  GtkProgressBar *progress;
  WbSpinner      *spinner;
  GtkWidget      *compare;
  GtkWidget      *show;
  GtkWidget      *retry;
  GtkWidget      *stop;
};

G_DEFINE_FINAL_TYPE (WbExportAllRow, wb_export_all_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_TICKED = 1,
  N_PROPERTIES
};

enum
{
  RETRY,
  COMPARE,
  SHOW,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

static char *
dup_saved_text (WbBatchJob *job)
{
  guint            n_connections = wb_batch_job_get_n_connections (job);
  int              n_changes = wb_batch_job_get_n_changes (job);
  g_autofree char *changes = NULL;
  g_autofree char *saved = NULL;

  if (wb_batch_job_get_source (job) == WB_SOURCE_EXPORT)
    saved = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          /* Translators: how many connections were saved. */
                                          "Saved, %u connection", "Saved, %u connections",
                                          n_connections),
                             n_connections);
  else
    saved = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          /* Translators: how many connections were saved. */
                                          "Rebuilt and saved, %u connection",
                                          "Rebuilt and saved, %u connections", n_connections),
                             n_connections);
  if (n_changes < 0)
    return g_steal_pointer (&saved);
  if (n_changes == 0)
    changes = g_strdup (_ ("unchanged since last time"));
  else
    changes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                            /* Translators: how many changes. */
                                            "%d change since last time",
                                            "%d changes since last time", (gulong) n_changes),
                               n_changes);

  /* Translators: two parts of a line. */
  return g_strdup_printf (_ ("%s, %s"), saved, changes);
}

static char *
dup_state_text (WbExportAllRow *self)
{
  if (self->job == NULL)
    return g_strdup ("");

  switch (wb_batch_job_get_state (self->job))
    {
    case WB_BATCH_JOB_RUNNING:
      return wb_export_describe (wb_batch_job_get_export (self->job));
    case WB_BATCH_JOB_SAVED:
      return dup_saved_text (self->job);
    case WB_BATCH_JOB_UNCHANGED:
      return g_strdup (_ ("Unchanged since last time, so no file was written"));
    case WB_BATCH_JOB_EMPTY:
      return g_strdup (_ ("No connections yet, so no file was written"));
    case WB_BATCH_JOB_FAILED:
      return g_strdup (wb_batch_job_get_error (self->job)->message);
    case WB_BATCH_JOB_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    case WB_BATCH_JOB_WAITING:
    default:
      return g_strdup (_ ("Waiting…"));
    }
}

/* Beneath it what a person should know besides. */
static void
show_text (WbExportAllRow *self)
{
  g_autofree char *text = dup_state_text (self);
  g_autofree char *escaped = wb_text_escape (text, -1);
  const char      *note = self->job != NULL && wb_batch_job_is_over (self->job)
                            ? wb_batch_job_get_note (self->job)
                            : NULL;
  g_autofree char *escaped_note = note != NULL ? wb_text_escape (note, -1) : NULL;
  g_autofree char *both = g_strjoin ("\n", escaped, escaped_note, NULL);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), both);
}

/* A bar where it is known how much there is to come. */
static void
show_progress (WbExportAllRow *self)
{
  gboolean is_running = self->job != NULL
                        && wb_batch_job_get_state (self->job) == WB_BATCH_JOB_RUNNING;
  double fraction = wb_export_all_row_get_fraction (self);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running && fraction >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_running && fraction < 0);
  wb_spinner_set_spinning (self->spinner, is_running && fraction < 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
}

static gboolean
redraw_cb (gpointer user_data)
{
  show_text (user_data);
  show_progress (user_data);

  return G_SOURCE_CONTINUE;
}

static void
update (WbExportAllRow *self)
{
  WbBatchJobState state = self->job != NULL ? wb_batch_job_get_state (self->job)
                                            : WB_BATCH_JOB_WAITING;
  gboolean        is_running = self->job != NULL && state == WB_BATCH_JOB_RUNNING;
  gboolean        is_waiting = self->job != NULL && state == WB_BATCH_JOB_WAITING;

  gtk_widget_set_visible (GTK_WIDGET (self->check), self->job == NULL);
  gtk_widget_set_visible (self->stop, is_running || is_waiting);
  gtk_widget_set_visible (self->retry,
                          state == WB_BATCH_JOB_FAILED || state == WB_BATCH_JOB_CANCELLED);
  gtk_widget_set_visible (self->compare,
                          state == WB_BATCH_JOB_SAVED
                            && wb_batch_job_get_n_changes (self->job) > 0);
  gtk_widget_set_visible (self->show, state == WB_BATCH_JOB_SAVED
                                        || state == WB_BATCH_JOB_UNCHANGED);
  if (is_running && self->timer_id == 0)
    self->timer_id = g_timeout_add (REDRAW_MS, redraw_cb, self);
  else if (!is_running)
    g_clear_handle_id (&self->timer_id, g_source_remove);
  show_text (self);
  show_progress (self);
}

static void
toggled_cb (WbExportAllRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}

static void
stop_cb (WbExportAllRow *self)
{
  wb_batch_job_cancel (self->job);
}

static void
retry_cb (WbExportAllRow *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
compare_cb (WbExportAllRow *self)
{
  g_signal_emit (self, signals[COMPARE], 0);
}

static void
show_cb (WbExportAllRow *self)
{
  g_signal_emit (self, signals[SHOW], 0);
}

static void
wb_export_all_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, wb_export_all_row_get_ticked (WB_EXPORT_ALL_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_export_all_row_dispose (GObject *object)
{
  WbExportAllRow *self = WB_EXPORT_ALL_ROW (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (wb_export_all_row_parent_class)->dispose (object);
}

static void
wb_export_all_row_class_init (WbExportAllRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_export_all_row_get_property;
  object_class->dispose = wb_export_all_row_dispose;

  properties[PROP_TICKED] =
    g_param_spec_boolean ("ticked", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[RETRY] = g_signal_new ("retry", WB_TYPE_EXPORT_ALL_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[COMPARE] = g_signal_new ("compare", WB_TYPE_EXPORT_ALL_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW] = g_signal_new ("show-file", WB_TYPE_EXPORT_ALL_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-all-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, check);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, compare);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, show);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, retry);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, stop);
}

static void
wb_export_all_row_init (WbExportAllRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

WbExportAllRow *
wb_export_all_row_new (WbAccount   *account,
                       WbWorkspace *workspace)
{
  WbExportAllRow  *self;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *mark = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (WB_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (WB_TYPE_EXPORT_ALL_ROW, NULL);
  self->account = g_object_ref (account);
  self->workspace = g_object_ref (workspace);
  label = wb_workspace_dup_label (workspace);
  title = wb_text_escape (label, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  /* Translators: an account and a workspace of it. */
  text = g_strdup_printf (_ ("%s · %s"), wb_account_get (account, WB_ACCOUNT_NAME), label);
  name = wb_text_escape (text, -1);
  mark = wb_text_escape (wb_account_get (account, WB_ACCOUNT_MARK), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, mark, -1);
  update (self);

  return self;
}

WbAccount *
wb_export_all_row_get_account (WbExportAllRow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), NULL);

  return self->account;
}

WbWorkspace *
wb_export_all_row_get_workspace (WbExportAllRow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), NULL);

  return self->workspace;
}

gboolean
wb_export_all_row_get_ticked (WbExportAllRow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

void
wb_export_all_row_set_ticked (WbExportAllRow *self,
                              gboolean        ticked)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_ROW (self));

  gtk_check_button_set_active (self->check, ticked);
}

/* NULL before it runs. */
WbBatchJob *
wb_export_all_row_get_job (WbExportAllRow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), NULL);

  return self->job;
}

/* @job: (nullable): what the row follows from now on */
void
wb_export_all_row_set_job (WbExportAllRow *self,
                           WbBatchJob     *job)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_ROW (self));
  g_return_if_fail (job == NULL || WB_IS_BATCH_JOB (job));

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (job != NULL)
    g_signal_connect_swapped (job, "notify::state", G_CALLBACK (update), self);
  update (self);
}

/* How much of its export is here, from 0 to 1; less than 0 while that is unknown. */
double
wb_export_all_row_get_fraction (WbExportAllRow *self)
{
  WbExport *job_export;

  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), -1);

  job_export = self->job != NULL ? wb_batch_job_get_export (self->job) : NULL;

  return job_export != NULL ? wb_export_get_fraction (job_export) : -1;
}
