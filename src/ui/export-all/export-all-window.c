/* export-all-window.c: exports several workspaces into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-window.h"

#include <glib/gi18n-lib.h>

#include "ui/export-all/export-all-files.h"
#include "ui/export-all/export-all-list.h"
#include "ui/export-all/export-all-options.h"
#include "ui/export-all/export-all-run.h"
#include "ui/export-all/export-all-summary.h"
#include "ui/export/audit-notice.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/message-dialog.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/workspace-label.h"

/* How often the bar moves on within an export. */
#define REDRAW_MS 500

struct _WbExportAllWindow
{
  AdwWindow parent_instance;

  WbContext      *context;    /* (owned) */
  WbExportAllRun *run;        /* (owned) */
  GCancellable   *closing;    /* (owned): takes back what it asks */
  gboolean        is_asking;  /* about the audit log */
  gboolean        is_closing; /* when the run has ended */
  guint           timer_id;   /* while it runs */

  GtkStack           *stack;
  WbExportAllOptions *options;
  GtkLabel           *summary;
  GtkProgressBar     *progress;
  GtkWidget          *ticks;
  WbExportAllList    *list;
  GtkStack           *buttons;
};

G_DEFINE_FINAL_TYPE (WbExportAllWindow, wb_export_all_window, ADW_TYPE_WINDOW)

static char *
dup_state (WbExportAllWindow       *self,
           const WbExportAllCounts *counts)
{
  if (!wb_export_all_run_is_running (self->run))
    return wb_export_all_dup_summary (counts);

  /* Translators: how many are done, and how many there are. */
  return g_strdup_printf (_ ("%u of %u"), counts->n_over, counts->n);
}

static void
show_progress (WbExportAllWindow       *self,
               const WbExportAllCounts *counts)
{
  gtk_progress_bar_set_fraction (self->progress, counts->fraction);
}

static gboolean
redraw_cb (gpointer user_data)
{
  WbExportAllWindow      *self = user_data;
  const WbExportAllCounts counts = wb_export_all_count (wb_export_all_list_get_rows (self->list));

  show_progress (self, &counts);

  return G_SOURCE_CONTINUE;
}

/* A tick counts before the run alone. */
static void
allow_ticks (WbExportAllWindow *self,
             gboolean           has_run)
{
  GPtrArray *rows = wb_export_all_list_get_rows (self->list);

  for (guint i = 0; i < rows->len; i++)
    gtk_widget_set_sensitive (rows->pdata[i],
                              !has_run || wb_export_all_row_get_job (rows->pdata[i]) != NULL);
}

/* What can be done now, and how far it is. */
static void
update (WbExportAllWindow *self)
{
  const WbExportAllCounts counts = wb_export_all_count (wb_export_all_list_get_rows (self->list));
  gboolean                is_running = wb_export_all_run_is_running (self->run);
  gboolean                has_run = is_running || wb_export_all_run_get_batch (self->run) != NULL;
  const char             *button = is_running ? "stop" : has_run ? "show"
                                                                 : "start";

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.start",
                                 !has_run && !self->is_asking
                                   && wb_export_all_options_are_complete (self->options)
                                   && wb_export_all_list_count_ticked (self->list) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.stop", is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.show",
                                 wb_export_all_options_get_folder (self->options) != NULL);
  /* What comes of it needs the room. */
  gtk_widget_set_visible (GTK_WIDGET (self->options), !has_run);
  gtk_widget_set_visible (self->ticks, !has_run);
  allow_ticks (self, has_run);
  gtk_stack_set_visible_child_name (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running);
  show_progress (self, &counts);
  if (is_running && self->timer_id == 0)
    self->timer_id = g_timeout_add (REDRAW_MS, redraw_cb, self);
  else if (!is_running)
    g_clear_handle_id (&self->timer_id, g_source_remove);
  if (has_run)
    {
      g_autofree char *state = dup_state (self, &counts);

      gtk_label_set_text (self->summary, state);
      gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
    }
}

/* While it runs, so that nothing is lost to a kill. */
static void
changed_cb (WbExportAllWindow *self)
{
  if (wb_export_all_run_get_batch (self->run) != NULL)
    wb_export_all_list_keep_rest (self->list);
  update (self);
}

static void
tell (WbExportAllWindow *self,
      const char        *sentence)
{
  wb_export_all_tell (GTK_WINDOW (self), sentence);
}

static void
notify_person (WbExportAllWindow *self)
{
  const WbExportAllCounts counts = wb_export_all_count (wb_export_all_list_get_rows (self->list));
  g_autofree char        *summary = wb_export_all_dup_summary (&counts);
  g_autoptr (GNotification) notification = NULL;

  if (gtk_window_is_active (GTK_WINDOW (self)) || wb_export_all_run_get_batch (self->run) == NULL)
    return;

  notification = g_notification_new (_ ("Export Finished"));
  g_notification_set_body (notification, summary);
  g_notification_set_default_action (notification, "app.export-all");
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                   "export-all", notification);
}

/* A run has ended. */
static void
over_cb (WbExportAllWindow *self)
{
  changed_cb (self);
  if (self->is_closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    notify_person (self);
}

static void
compare_cb (WbExportAllWindow *self,
            WbExportAllRow    *row)
{
  wb_export_all_compare (GTK_WINDOW (self), wb_export_all_row_get_job (row));
}

/* That of an unchanged workspace is the last one. */
static void
show_file_cb (WbExportAllWindow *self,
              WbExportAllRow    *row)
{
  WbBatchJob *job = wb_export_all_row_get_job (row);
  const char *path = wb_batch_job_get_path (job);

  wb_export_all_show (GTK_WINDOW (self),
                      path != NULL ? path : wb_batch_job_get_earlier_path (job));
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (widget);

  wb_export_all_show (GTK_WINDOW (self), wb_export_all_options_get_folder (self->options));
}

static void
start (WbExportAllWindow *self)
{
  WbBatchSettings settings;

  wb_export_all_options_get (self->options, &settings);
  wb_export_all_run_start (self->run, GTK_WINDOW (self), wb_export_all_list_get_rows (self->list),
                           &settings);
}

static void
audit_notice_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (WbExportAllWindow) self = user_data;
  gboolean goes_on = wb_audit_notice_ask_finish (self->context, result);

  self->is_asking = FALSE;
  if (g_cancellable_is_cancelled (self->closing))
    return;

  update (self);
  if (goes_on)
    start (self);
}

static void
start_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (widget);
  GPtrArray         *rows = wb_export_all_list_get_rows (self->list);
  gboolean           is_due = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (rows, i);

      is_due |= wb_export_all_row_get_ticked (row)
                && wb_audit_notice_is_due (self->context, wb_export_all_row_get_account (row));
    }
  if (!is_due)
    {
      start (self);
      return;
    }

  self->is_asking = TRUE;
  update (self);
  wb_audit_notice_ask_async (GTK_WINDOW (self), self->closing, audit_notice_cb,
                             g_object_ref (self));
}

static void
all_clicked_cb (WbExportAllWindow *self)
{
  wb_export_all_list_tick_all (self->list, TRUE);
}

static void
none_clicked_cb (WbExportAllWindow *self)
{
  wb_export_all_list_tick_all (self->list, FALSE);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  wb_export_all_run_cancel (WB_EXPORT_ALL_WINDOW (widget)->run);
}

static void
stop_asked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (WbExportAllWindow) self = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  if (!g_str_equal (response, "stop"))
    return;

  self->is_closing = TRUE;
  if (wb_export_all_run_is_running (self->run))
    wb_export_all_run_cancel (self->run);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

/* A window that is destroyed is not disposed of while a question holds it. */
static gboolean
close_request_cb (WbExportAllWindow *self)
{
  AdwMessageDialog *dialog;

  if (!wb_export_all_run_is_running (self->run))
    {
      g_cancellable_cancel (self->closing);
      return GDK_EVENT_PROPAGATE;
    }

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
    GTK_WINDOW (self), _ ("Stop Exporting?"),
    _ ("What is saved stays. “Export All…” goes on with the rest.")));
  adw_message_dialog_add_responses (dialog, "continue", _ ("_Continue"), "stop", _ ("_Stop"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "continue");
  adw_message_dialog_set_close_response (dialog, "continue");
  wb_message_dialog_ask_async (dialog, NULL, stop_asked_cb, g_object_ref (self));

  return GDK_EVENT_STOP;
}

static void
connect_row (WbExportAllWindow *self,
             WbExportAllRow    *row)
{
  g_signal_connect_object (row, "notify::ticked", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "retry", G_CALLBACK (wb_export_all_run_retry), self->run,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "compare", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "show-file", G_CALLBACK (show_file_cb), self, G_CONNECT_SWAPPED);
}

static void
load (WbExportAllWindow *self)
{
  GPtrArray       *rows;
  WbExportAllRow  *first;
  g_autofree char *workspace = NULL;

  wb_export_all_list_load (self->list, self->context);
  rows = wb_export_all_list_get_rows (self->list);
  for (guint i = 0; i < rows->len; i++)
    connect_row (self, g_ptr_array_index (rows, i));
  if (wb_export_all_list_has_rest (self->list))
    {
      gtk_label_set_text (self->summary, _ ("The last run left some workspaces out. These are "
                                            "selected."));
      gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
    }
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "list" : "empty");

  first = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (first != NULL)
    workspace = wb_workspace_dup_label (wb_export_all_row_get_workspace (first));
  wb_export_all_options_load (self->options, wb_context_get_settings (self->context),
                              self->closing,
                              first != NULL ? wb_account_get (
                                wb_export_all_row_get_account (first),
                                WB_ACCOUNT_NAME)
                                            : NULL,
                              workspace);
}

static void
wb_export_all_window_dispose (GObject *object)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (object);

  g_cancellable_cancel (self->closing);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (wb_export_all_window_parent_class)->dispose (object);
}

static void
wb_export_all_window_finalize (GObject *object)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (object);

  g_clear_object (&self->closing);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wb_export_all_window_parent_class)->finalize (object);
}

static void
wb_export_all_window_class_init (WbExportAllWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_export_all_window_dispose;
  object_class->finalize = wb_export_all_window_finalize;

  g_type_ensure (WB_TYPE_EXPORT_ALL_LIST);
  g_type_ensure (WB_TYPE_FOLD);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_EXPORT_ALL_OPTIONS);
  gtk_widget_class_install_action (widget_class, "export-all.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "export-all.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "export-all.show", NULL, show_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-all-window.ui");
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, tell);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, none_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, options);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, ticks);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, buttons);
}

static void
wb_export_all_window_init (WbExportAllWindow *self)
{
  self->closing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

GtkWindow *
wb_export_all_window_new (GtkApplication *application,
                          WbContext      *context)
{
  WbExportAllWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);

  self = g_object_new (WB_TYPE_EXPORT_ALL_WINDOW, "application", application, NULL);
  self->context = g_object_ref (context);
  self->run = wb_export_all_run_new (context);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "problem", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  load (self);
  update (self);

  return GTK_WINDOW (self);
}

void
wb_export_all_window_set_folder (WbExportAllWindow *self,
                                 GFile             *folder)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_WINDOW (self));
  g_return_if_fail (G_IS_FILE (folder));

  wb_export_all_options_set_folder (self->options, folder);
}

gboolean
wb_export_all_window_is_running (WbExportAllWindow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_WINDOW (self), FALSE);

  return wb_export_all_run_is_running (self->run);
}
