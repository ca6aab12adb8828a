/* window-tasks.c: what a window does that takes time: export, save, open
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window-private.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/file-dialog.h"
#include "ui/message-dialog.h"
#include "ui/recent-files.h"
#include "ui/save-flow.h"
#include "ui/show-in-files.h"

/* Longer than usual: its button has to be reached. */
#define SAVED_TOAST_SECONDS 10

static void begin_export (WbWindow *self);

/* While something would be lost by logging out. */
static void
inhibit (WbWindow   *self,
         const char *reason)
{
  if (self->inhibition == 0)
    self->inhibition = wb_inhibitor_inhibit (wb_application_get_inhibitor (self->application),
                                             GTK_WINDOW (self), reason);
}

void
wb_window_uninhibit (WbWindow *self)
{
  wb_inhibitor_uninhibit (wb_application_get_inhibitor (self->application), self->inhibition);
  self->inhibition = 0;
}

static void
go_on (WbWindow *self,
       NextStep  next)
{
  switch (next)
    {
    case NEXT_CLOSE:
      wb_window_leave (self);
      gtk_window_destroy (GTK_WINDOW (self));
      break;
    case NEXT_EXPORT:
      begin_export (self);
      break;
    case NEXT_NOTHING:
    default:
      break;
    }
}

/* Export */

static void
export_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbExportJob) job = g_steal_pointer (&self->job);
  g_autoptr (WbDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  document = wb_export_job_run_finish (job, result, &error);
  g_clear_object (&self->cancellable);
  if (wb_window_is_closed (self))
    return;

  wb_window_uninhibit (self);
  wb_export_page_set_job (self->export_page, NULL);
  if (document != NULL)
    {
      wb_last_exports_keep (wb_application_get_last_exports (self->application),
                            wb_export_job_get_account (job), wb_export_job_get_workspace (job),
                            document);
      wb_window_set_document (self, document);
      wb_window_show_page (self, "preview");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      wb_window_show_page (self, wb_window_get_home_page (self));
    }
  else
    {
      WbWorkspace     *workspace = wb_export_job_get_workspace (job);
      g_autofree char *name = wb_text_escape (wb_workspace_get_label (workspace), -1);

      wb_error_page_show_export_error (self->error_page, error, name, self->document != NULL);
      wb_window_show_page (self, "error");
    }
}

static void
run_export (WbWindow *self)
{
  self->job = wb_export_job_new (self->application,
                                 wb_account_switcher_get_account (self->switcher),
                                 wb_account_switcher_get_workspace (self->switcher));
  self->cancellable = g_cancellable_new ();
  inhibit (self, _ ("Connections are being exported"));
  wb_export_page_set_job (self->export_page, self->job);
  wb_window_show_page (self, "exporting");
  wb_export_job_run_async (self->job, GTK_WINDOW (self), self->cancellable, export_cb,
                           g_object_ref (self));
}

static void
audit_notice_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  self->asking = FALSE;
  if (wb_window_is_closed (self))
    return;

  wb_window_update_actions (self);
  if (!g_str_equal (response, "export"))
    return;

  g_settings_set_boolean (wb_application_get_settings (self->application),
                          "audit-notice-shown", TRUE);
  if (wb_account_switcher_get_account (self->switcher) != NULL)
    run_export (self);
}

/* A person may be asked for the reason later, so they should know before the first time. */
static void
show_audit_notice (WbWindow *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (self), _ ("Exports Are Recorded"),
                            _ ("The cloud writes each export into its audit log (Cloud Trace "
                               "Service), with your user name and the time. This is said only "
                               "once.")));

  adw_message_dialog_add_responses (dialog,
                                    "cancel", _ ("_Cancel"),
                                    "export", _ ("_Export"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "export");
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  self->asking = TRUE;
  wb_window_update_actions (self);
  wb_message_dialog_ask_async (dialog, self->closing, audit_notice_cb, g_object_ref (self));
}

static void
begin_export (WbWindow *self)
{
  WbAccount *account = wb_account_switcher_get_account (self->switcher);
  GSettings *settings = wb_application_get_settings (self->application);

  if (account == NULL || self->cancellable != NULL)
    return;

  if (wb_account_get_transient (account) || g_settings_get_boolean (settings, "audit-notice-shown"))
    run_export (self);
  else
    show_audit_notice (self);
}

/* Save */

static void
show_saved (WbWindow *self)
{
  g_autofree char *name = wb_document_dup_file_name (self->document);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  AdwToast        *toast;

  /* Translators: a file's name. */
  text = g_strdup_printf (_ ("Saved as “%s”"), name);
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Show in Files"));
  adw_toast_set_action_name (toast, "win.show-in-files");
  adw_toast_set_timeout (toast, SAVED_TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
  wb_recent_files_add (wb_document_get_file (self->document));
}

/* While something is being saved, questions included, the document stays and so does the window. */
void
wb_window_begin_saving (WbWindow   *self,
                        const char *reason)
{
  self->saving = TRUE;
  inhibit (self, reason);
  wb_window_update_actions (self);
}

/* Returns what has been waiting for it. */
NextStep
wb_window_end_saving (WbWindow *self)
{
  NextStep next = self->next;

  self->next = NEXT_NOTHING;
  self->saving = FALSE;
  if (!wb_window_is_closed (self))
    {
      wb_window_uninhibit (self);
      wb_window_update_actions (self);
    }

  return next;
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  NextStep next = wb_window_end_saving (self);

  if (wb_window_is_closed (self) || !wb_save_flow_save_finish (result, NULL))
    return;

  show_saved (self);
  go_on (self, next);
}

static void
save (WbWindow *self,
      GFile    *target)
{
  if (self->document == NULL || self->saving)
    return;

  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_flow_save_async (GTK_WINDOW (self), self->document, target, self->closing, save_cb,
                           g_object_ref (self));
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  save (user_data, NULL);
}

static void
offer_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  NextStep next = wb_window_end_saving (self);
  gboolean saved;

  if (wb_window_is_closed (self) || !wb_save_flow_offer_finish (result, &saved, NULL))
    return;

  if (saved)
    show_saved (self);
  go_on (self, next);
}

void
wb_window_offer_to_save (WbWindow *self,
                         NextStep  next)
{
  const char *reason;

  if (next == NEXT_CLOSE)
    reason = _ ("It has not been saved, and is lost when the window closes.");
  else
    reason = _ ("It has not been saved, and a new export takes its place.");

  self->next = next;
  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_flow_offer_async (GTK_WINDOW (self), self->document, reason, self->closing, offer_cb,
                            g_object_ref (self));
}

static void
show_in_files_finish_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error) && !wb_window_is_closed (self))
    wb_window_show_message (self, error->message);
}

/* What goes wrong is told in passing. */
void
wb_window_show_in_files (WbWindow *self,
                         GFile    *file)
{
  wb_show_in_files_async (file, self->closing, show_in_files_finish_cb, g_object_ref (self));
}

static void
show_in_files_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_window_show_in_files (self, wb_document_get_file (self->document));
}

/* Open */

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  document = wb_document_open_finish (result, &error);
  g_clear_object (&self->cancellable);
  if (wb_window_is_closed (self))
    return;

  if (document != NULL)
    {
      wb_window_set_document (self, document);
      wb_window_show_page (self, "preview");
      wb_recent_files_add (G_FILE (source));
    }
  else
    {
      g_autofree char *name = g_file_get_basename (G_FILE (source));
      g_autofree char *shown = wb_text_escape (name != NULL ? name : "", -1);

      wb_error_page_show_open_error (self->error_page, error, shown);
      wb_window_show_page (self, "error");
    }
}

static void
open_dialog_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);

  if (!wb_window_is_closed (self) && file != NULL)
    wb_window_open_beside (self, file);
}

static void
open_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_file_dialog_open_async (GTK_WINDOW (self), self->closing, open_dialog_cb,
                             g_object_ref (self));
}

/* The other actions */

static void
export_action_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  wb_window_export (user_data);
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  WbWindow *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

/**
 * wb_window_add_tasks:
 * @self: a window that is being made
 *
 * Adds the actions whose work goes on after they return.
 */
void
wb_window_add_tasks (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "export", export_action_cb },
    { "cancel", cancel_cb },
    { "save-as", save_as_cb },
    { "open", open_action_cb },
    { "show-in-files", show_in_files_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * wb_window_export:
 * @self: a window
 *
 * Exports what is selected, after asking about an export that is not saved.
 */
void
wb_window_export (WbWindow *self)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  if (self->cancellable != NULL || self->asking || self->saving)
    return;

  if (self->document != NULL && wb_document_get_unsaved (self->document))
    wb_window_offer_to_save (self, NEXT_EXPORT);
  else
    begin_export (self);
}

/**
 * wb_window_open_file:
 * @self: an empty window
 * @file: a ZIP to preview
 */
void
wb_window_open_file (WbWindow *self,
                     GFile    *file)
{
  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (wb_window_is_empty (self));

  self->cancellable = g_cancellable_new ();
  wb_window_show_page (self, "opening");
  wb_document_open_async (file, self->cancellable, open_cb, g_object_ref (self));
}

/**
 * wb_window_save_to:
 * @self: a window with a preview
 * @target: the file to write, or to replace
 */
void
wb_window_save_to (WbWindow *self,
                   GFile    *target)
{
  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (self->document != NULL && !self->saving);
  g_return_if_fail (G_IS_FILE (target));

  save (self, target);
}
