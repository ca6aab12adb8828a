/* export-all-window.c: exports several workspaces into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-window.h"

#include <glib/gi18n-lib.h>

#include "core/file-name.h"
#include "core/text.h"
#include "ui/compare/compare-window.h"
#include "ui/document/document-open.h"
#include "ui/document/show-in-files.h"
#include "ui/export-all/export-all-run.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/message-dialog.h"
#include "ui/widgets/reason-row.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/workspace-label.h"

#define FOLDER_KEY "export-all-folder"
#define TEMPLATE_KEY "export-all-template"
#define IF_CHANGED_KEY "export-all-if-changed"

/* On the context: what a run that was stopped has left, until the program ends. */
#define REST_KEY "waybill-export-all-rest"

struct _WbExportAllWindow
{
  AdwWindow parent_instance;

  WbContext      *context;    /* (owned) */
  WbExportAllRun *run;        /* (owned) */
  GPtrArray      *rows;       /* (owned) (element-type WbExportAllRow): in the list */
  char           *folder;     /* (owned) (nullable) */
  gboolean        is_closing; /* when the run has ended */

  GtkStack       *stack;
  AdwActionRow   *folder_row;
  AdwEntryRow    *template_row;
  WbReasonRow    *template_reason;
  GtkWidget      *if_changed_row;
  GtkSwitch      *if_changed;
  GtkLabel       *summary;
  GtkProgressBar *progress;
  GtkWidget      *ticks;
  GtkListBox     *list;
  GtkStack       *buttons;
};

G_DEFINE_FINAL_TYPE (WbExportAllWindow, wb_export_all_window, ADW_TYPE_WINDOW)

typedef struct
{
  guint n;
  guint n_saved;
  guint n_unchanged;
  guint n_failed; /* those that had no sign-in, too */
  guint n_cancelled;
  guint n_over;
} Counts;

static char *
dup_key (WbExportAllRow *row)
{
  return g_strdup_printf ("%s\n%s", wb_account_get_uuid (wb_export_all_row_get_account (row)),
                          wb_workspace_get_id (wb_export_all_row_get_workspace (row)));
}

static Counts
count (WbExportAllWindow *self)
{
  Counts counts = { 0 };

  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);
      WbBatchJob     *job = wb_export_all_row_get_job (row);
      WbBatchJobState state;

      if (job == NULL && !wb_export_all_row_has_failed (row))
        continue;
      state = job != NULL ? wb_batch_job_get_state (job) : WB_BATCH_JOB_FAILED;
      counts.n++;
      counts.n_over += state != WB_BATCH_JOB_WAITING && state != WB_BATCH_JOB_RUNNING;
      counts.n_saved += state == WB_BATCH_JOB_SAVED;
      counts.n_unchanged += state == WB_BATCH_JOB_UNCHANGED || state == WB_BATCH_JOB_EMPTY;
      counts.n_failed += state == WB_BATCH_JOB_FAILED;
      counts.n_cancelled += state == WB_BATCH_JOB_CANCELLED;
    }

  return counts;
}

static guint
count_ticked (WbExportAllWindow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += wb_export_all_row_get_ticked (g_ptr_array_index (self->rows, i));

  return n;
}

static char *
dup_summary (WbExportAllWindow *self)
{
  Counts   counts = count (self);
  GString *text;

  if (wb_export_all_run_is_running (self->run) && counts.n == 0)
    return g_strdup (_ ("Signing in…"));
  if (wb_export_all_run_is_running (self->run))
    /* Translators: how many are done, and how many there are. */
    return g_strdup_printf (_ ("%u of %u"), counts.n_over, counts.n);

  text = g_string_new (NULL);
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: numbers: all, saved, failed. */
                                       "%u workspace: %u saved, %u failed",
                                       "%u workspaces: %u saved, %u failed", counts.n),
                          counts.n, counts.n_saved, counts.n_failed);
  if (counts.n_unchanged > 0)
    g_string_append_printf (text,
                            /* Translators: how many workspaces; it follows a line of numbers. */
                            ngettext (", %u unchanged", ", %u unchanged", counts.n_unchanged),
                            counts.n_unchanged);
  if (counts.n_cancelled > 0)
    g_string_append_printf (text,
                            /* Translators: how many workspaces; it follows a line of numbers. */
                            ngettext (", %u cancelled", ", %u cancelled", counts.n_cancelled),
                            counts.n_cancelled);

  return g_string_free (text, FALSE);
}

/* What can be done now, and how far it is. */
static void
update (WbExportAllWindow *self)
{
  Counts      counts = count (self);
  gboolean    is_running = wb_export_all_run_is_running (self->run);
  gboolean    has_run = is_running || wb_export_all_run_get_batch (self->run) != NULL;
  const char *button = is_running ? "stop" : has_run ? "show"
                                                     : "start";

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.start",
                                 !has_run && self->folder != NULL && count_ticked (self) > 0
                                   && !wb_reason_row_has_reason (self->template_reason));
  gtk_widget_set_sensitive (GTK_WIDGET (self->template_row), !has_run);
  gtk_widget_set_sensitive (self->if_changed_row, !has_run);
  gtk_widget_set_visible (self->ticks, !has_run);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.stop", is_running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.folder", !has_run);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export-all.show", self->folder != NULL);
  gtk_stack_set_visible_child_name (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running);
  if (counts.n > 0)
    gtk_progress_bar_set_fraction (self->progress, counts.n_over / (double) counts.n);
  if (has_run)
    {
      g_autofree char *summary = dup_summary (self);

      gtk_label_set_text (self->summary, summary);
      gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
    }
}

static void
tell (WbExportAllWindow *self,
      const char        *sentence)
{
  g_autofree char  *escaped = wb_text_escape (sentence, -1);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (self), _ ("Export All"), escaped));

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
notify_person (WbExportAllWindow *self)
{
  g_autofree char *summary = dup_summary (self);
  g_autoptr (GNotification) notification = NULL;

  if (gtk_window_is_active (GTK_WINDOW (self)) || wb_export_all_run_get_batch (self->run) == NULL)
    return;

  notification = g_notification_new (_ ("Export Finished"));
  g_notification_set_body (notification, summary);
  g_notification_set_default_action (notification, "app.export-all");
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                                   "export-all", notification);
}

/* What was not saved can go on in another window. */
static void
keep_rest (WbExportAllWindow *self)
{
  GHashTable *rest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);
      WbBatchJob     *job = wb_export_all_row_get_job (row);

      if (wb_export_all_row_get_ticked (row)
          && (job == NULL
              || (wb_batch_job_get_state (job) != WB_BATCH_JOB_SAVED
                  && wb_batch_job_get_state (job) != WB_BATCH_JOB_UNCHANGED
                  && wb_batch_job_get_state (job) != WB_BATCH_JOB_EMPTY)))
        g_hash_table_add (rest, dup_key (row));
    }
  g_object_set_data_full (G_OBJECT (self->context), REST_KEY, rest,
                          (GDestroyNotify) g_hash_table_unref);
}

/* A run has ended. */
static void
over_cb (WbExportAllWindow *self)
{
  keep_rest (self);
  update (self);
  if (self->is_closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    notify_person (self);
}

/* A row whose file is being opened, to be compared. */
typedef struct
{
  WbExportAllWindow *window;  /* (owned) */
  GFile             *earlier; /* (owned) */
} Comparing;

static void
comparing_free (Comparing *comparing)
{
  g_object_unref (comparing->window);
  g_object_unref (comparing->earlier);
  g_free (comparing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Comparing, comparing_free)

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Comparing) comparing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDocument) document = wb_document_open_finish (result, &error);

  if (document != NULL)
    gtk_window_present (GTK_WINDOW (wb_compare_window_new_for_file (
      GTK_APPLICATION (g_application_get_default ()), document, comparing->earlier)));
  else if (gtk_widget_get_mapped (GTK_WIDGET (comparing->window)))
    tell (comparing->window, error->message);
}

static void
compare_cb (WbExportAllWindow *self,
            WbExportAllRow    *row)
{
  WbBatchJob *job = wb_export_all_row_get_job (row);
  g_autoptr (GFile) file = g_file_new_for_path (wb_batch_job_get_path (job));
  Comparing *comparing = g_new0 (Comparing, 1);

  comparing->window = g_object_ref (self);
  comparing->earlier = g_file_new_for_path (wb_batch_job_get_earlier_path (job));
  wb_document_open_async (file, NULL, compared_cb, comparing);
}

static void
add_row (WbExportAllWindow *self,
         WbAccount         *account,
         WbWorkspace       *workspace,
         GHashTable        *rest)
{
  WbExportAllRow  *row = wb_export_all_row_new (account, workspace);
  g_autofree char *key = dup_key (row);

  if (rest != NULL && g_hash_table_size (rest) > 0)
    wb_export_all_row_set_ticked (row, g_hash_table_contains (rest, key));
  g_signal_connect_object (row, "notify::ticked", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "retry", G_CALLBACK (wb_export_all_run_retry), self->run,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "compare", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, g_object_ref (row));
}

/* The workspaces that are stored, of all accounts; the sample's only where there is no other. */
static void
add_rows (WbExportAllWindow *self)
{
  GListModel *accounts = G_LIST_MODEL (wb_context_get_store (self->context));
  GHashTable *rest = g_object_get_data (G_OBJECT (self->context), REST_KEY);
  guint       n_stored = 0;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, i);

      n_stored += !wb_account_get_transient (account);
    }
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (accounts, i);
      GListModel *workspaces = wb_account_get_workspaces (account);
      guint       n = g_list_model_get_n_items (workspaces);

      if (n_stored > 0 && wb_account_get_transient (account))
        continue;
      for (guint j = 0; j < n; j++)
        {
          g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, j);

          add_row (self, account, workspace, rest);
        }
      if (n == 0)
        {
          g_autoptr (WbWorkspace) only = wb_workspace_new ("", "");

          add_row (self, account, only, rest);
        }
    }
  if (rest != NULL && g_hash_table_size (rest) > 0 && count_ticked (self) > 0)
    {
      gtk_label_set_text (self->summary, _ ("The last run left some workspaces out. These are "
                                            "selected."));
      gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
    }
  gtk_stack_set_visible_child_name (self->stack, self->rows->len > 0 ? "list" : "empty");
}

static void
start_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (widget);
  GSettings         *settings = wb_context_get_settings (self->context);
  g_autofree char   *pattern = g_settings_get_string (settings, TEMPLATE_KEY);
  WbBatchSettings    how = {
       .folder = self->folder,
       .name_template = *pattern != '\0' ? pattern : NULL,
       .if_changed = g_settings_get_boolean (settings, IF_CHANGED_KEY),
       .compare = TRUE,
  };

  wb_export_all_run_start (self->run, GTK_WINDOW (self), self->rows, &how);
}

/* What the first workspace would be saved as. */
static char *
dup_example (WbExportAllWindow *self,
             const char        *pattern)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *workspace = NULL;
  g_autofree char *name = NULL;
  WbExportAllRow  *row;

  if (self->rows->len == 0)
    return NULL;

  row = g_ptr_array_index (self->rows, 0);
  workspace = wb_workspace_dup_label (wb_export_all_row_get_workspace (row));
  name = wb_file_name_fill (
    pattern, wb_account_get (wb_export_all_row_get_account (row), WB_ACCOUNT_NAME), workspace, now);

  /* Translators: the name of a file. */
  return g_strdup_printf (_ ("For example: %s"), name);
}

/* A template that names no file is not kept. A ZIP is what comes of it. */
static void
template_changed_cb (WbExportAllWindow *self)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->template_row));
  g_autofree char *folded = g_ascii_strdown (typed, -1);
  g_autofree char *pattern = g_strconcat (typed, g_str_has_suffix (folded, ".zip") ? "" : ".zip",
                                          NULL);
  g_autofree char *example = NULL;
  g_autoptr (GError) error = NULL;

  if (wb_file_name_check (pattern, &error))
    {
      example = dup_example (self, pattern);
      g_settings_set_string (wb_context_get_settings (self->context), TEMPLATE_KEY,
                             g_str_equal (pattern, WB_BATCH_NAME_TEMPLATE) ? "" : pattern);
    }
  wb_reason_row_touch (self->template_reason);
  wb_reason_row_set_reason (self->template_reason, error != NULL ? error->message : NULL);
  wb_reason_row_set_note (self->template_reason, example);
  update (self);
}

static void
tick_all (WbExportAllWindow *self,
          gboolean           ticked)
{
  for (guint i = 0; i < self->rows->len; i++)
    wb_export_all_row_set_ticked (g_ptr_array_index (self->rows, i), ticked);
}

static void
all_clicked_cb (WbExportAllWindow *self)
{
  tick_all (self, TRUE);
}

static void
none_clicked_cb (WbExportAllWindow *self)
{
  tick_all (self, FALSE);
}

static void
show_settings (WbExportAllWindow *self)
{
  GSettings       *settings = wb_context_get_settings (self->context);
  g_autofree char *pattern = g_settings_get_string (settings, TEMPLATE_KEY);

  g_settings_bind (settings, IF_CHANGED_KEY, self->if_changed, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_editable_set_text (GTK_EDITABLE (self->template_row),
                         *pattern != '\0' ? pattern : WB_BATCH_NAME_TEMPLATE);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  wb_export_all_run_cancel (WB_EXPORT_ALL_WINDOW (widget)->run);
}

static void
folder_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbExportAllWindow) self = user_data;
  g_autoptr (GFile) folder = wb_file_dialog_folder_finish (result, NULL);

  if (folder != NULL)
    wb_export_all_window_set_folder (self, folder);
}

static void
folder_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (widget);

  wb_file_dialog_folder_async (GTK_WINDOW (self), self->folder, NULL, folder_cb,
                               g_object_ref (self));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbExportAllWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error))
    tell (self, error->message);
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (widget);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  wb_show_in_files_async (folder, NULL, shown_cb, g_object_ref (self));
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

static gboolean
close_request_cb (WbExportAllWindow *self)
{
  AdwMessageDialog *dialog;

  if (!wb_export_all_run_is_running (self->run))
    return GDK_EVENT_PROPAGATE;

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
wb_export_all_window_dispose (GObject *object)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (object);

  g_clear_object (&self->run);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wb_export_all_window_parent_class)->dispose (object);
}

static void
wb_export_all_window_finalize (GObject *object)
{
  WbExportAllWindow *self = WB_EXPORT_ALL_WINDOW (object);

  g_ptr_array_unref (self->rows);
  g_free (self->folder);

  G_OBJECT_CLASS (wb_export_all_window_parent_class)->finalize (object);
}

static void
wb_export_all_window_class_init (WbExportAllWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_export_all_window_dispose;
  object_class->finalize = wb_export_all_window_finalize;

  g_type_ensure (WB_TYPE_REASON_ROW);
  gtk_widget_class_install_action (widget_class, "export-all.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "export-all.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "export-all.folder", NULL, folder_action);
  gtk_widget_class_install_action (widget_class, "export-all.show", NULL, show_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/export-all-window.ui");
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, none_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, folder_row);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, template_row);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, template_reason);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, if_changed_row);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, if_changed);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, ticks);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WbExportAllWindow, buttons);
}

static void
wb_export_all_window_init (WbExportAllWindow *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

GtkWindow *
wb_export_all_window_new (GtkApplication *application,
                          WbContext      *context)
{
  WbExportAllWindow *self;
  g_autofree char   *path = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);

  self = g_object_new (WB_TYPE_EXPORT_ALL_WINDOW, "application", application, NULL);
  self->context = g_object_ref (context);
  self->run = wb_export_all_run_new (context);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "problem", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  path = g_settings_get_string (wb_context_get_settings (context), FOLDER_KEY);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GFile) folder = g_file_new_for_path (path);

      wb_export_all_window_set_folder (self, folder);
    }
  add_rows (self);
  show_settings (self);
  update (self);

  return GTK_WINDOW (self);
}

/* Kept for the next time; the portal keeps the right to a folder that was chosen in its dialog. */
void
wb_export_all_window_set_folder (WbExportAllWindow *self,
                                 GFile             *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_WINDOW (self));
  g_return_if_fail (G_IS_FILE (folder));

  if (g_file_peek_path (folder) == NULL)
    {
      tell (self, _ ("This folder is not on this computer. Choose another "
                     "one."));
      return;
    }

  g_free (self->folder);
  self->folder = g_file_get_path (folder);
  name = g_file_get_parse_name (folder);
  adw_action_row_set_subtitle (self->folder_row, name);
  if (g_utf8_validate (self->folder, -1, NULL))
    g_settings_set_string (wb_context_get_settings (self->context), FOLDER_KEY, self->folder);
  update (self);
}

gboolean
wb_export_all_window_is_running (WbExportAllWindow *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_WINDOW (self), FALSE);

  return wb_export_all_run_is_running (self->run);
}
