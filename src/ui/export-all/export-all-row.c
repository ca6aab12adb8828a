/* export-all-row.c: one workspace in the list of those that are exported together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-row.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/mark-label.h"
#include "ui/widgets/workspace-label.h"

/* Often enough for the seconds of a wait, which come without a notification. */
#define REDRAW_MS 500

struct _WbExportAllRow
{
  AdwActionRow parent_instance;

  WbAccount   *account;   /* (owned) */
  WbWorkspace *workspace; /* (owned) */
  WbBatchJob  *job;       /* (owned) (nullable) */
  char        *failure;   /* (owned) (nullable): why there is no job */
  guint        timer_id;

  GtkCheckButton *check;
  GtkLabel       *mark;
  GtkSpinner     *spinner;
  GtkWidget      *compare;
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

  saved = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        /* Translators: how many connections were saved. */
                                        "Saved, %u connection", "Saved, %u connections",
                                        n_connections),
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
  if (self->failure != NULL)
    return g_strdup (self->failure);
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

static void
show_text (WbExportAllRow *self)
{
  g_autofree char *text = dup_state_text (self);
  g_autofree char *escaped = wb_text_escape (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}

static gboolean
redraw_cb (gpointer user_data)
{
  show_text (user_data);

  return G_SOURCE_CONTINUE;
}

static void
update (WbExportAllRow *self)
{
  WbBatchJobState state = self->job != NULL ? wb_batch_job_get_state (self->job)
                                            : WB_BATCH_JOB_WAITING;
  gboolean        is_running = self->job != NULL && state == WB_BATCH_JOB_RUNNING;
  gboolean        is_waiting = self->job != NULL && state == WB_BATCH_JOB_WAITING;

  gtk_widget_set_visible (GTK_WIDGET (self->check), self->job == NULL && self->failure == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_running);
  gtk_spinner_set_spinning (self->spinner, is_running);
  gtk_widget_set_visible (self->stop, is_running || is_waiting);
  gtk_widget_set_visible (self->retry,
                          state == WB_BATCH_JOB_FAILED || state == WB_BATCH_JOB_CANCELLED);
  gtk_widget_set_visible (self->compare,
                          state == WB_BATCH_JOB_SAVED
                            && wb_batch_job_get_n_changes (self->job) > 0);
  if (is_running && self->timer_id == 0)
    self->timer_id = g_timeout_add (REDRAW_MS, redraw_cb, self);
  else if (!is_running)
    g_clear_handle_id (&self->timer_id, g_source_remove);
  show_text (self);
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
  g_clear_pointer (&self->failure, g_free);

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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-all-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, check);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllRow, compare);
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
  g_autofree char *mark = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (WB_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (WB_TYPE_EXPORT_ALL_ROW, NULL);
  self->account = g_object_ref (account);
  self->workspace = g_object_ref (workspace);
  label = wb_workspace_dup_label (workspace);
  /* Translators: an account and a workspace of it. */
  text = g_strdup_printf (_ ("%s · %s"), wb_account_get (account, WB_ACCOUNT_NAME), label);
  title = wb_text_escape (text, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  wb_mark_label_set_account (self->mark, account);
  mark = wb_text_escape (wb_account_get (account, WB_ACCOUNT_MARK), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, mark, -1);
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
  g_clear_pointer (&self->failure, g_free);
  if (job != NULL)
    g_signal_connect_swapped (job, "notify::state", G_CALLBACK (update), self);
  update (self);
}

/* @failure: a sentence on why it cannot be exported */
void
wb_export_all_row_set_failure (WbExportAllRow *self,
                               const char     *failure)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_ROW (self));
  g_return_if_fail (failure != NULL);

  wb_export_all_row_set_job (self, NULL);
  self->failure = g_strdup (failure);
  update (self);
}

/* Whether it was left out, for its account could not be signed in to. */
gboolean
wb_export_all_row_has_failed (WbExportAllRow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_ROW (self), FALSE);

  return self->failure != NULL;
}
