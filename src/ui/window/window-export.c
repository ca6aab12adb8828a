/* window-export.c: a window's export, from the button to the preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/export/audit-notice.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/widgets/message-dialog.h"
#include "ui/widgets/workspace-label.h"

/* An export that has just begun can be made again at once. */
#define PATIENCE_SECONDS 5

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  wb_remember_secret_finish (result, &reason, &error);
  if (wb_window_is_closed (self))
    return;

  if (error != NULL)
    wb_window_show_message (self, error->message);
  else if (reason != NULL)
    wb_window_show_message (self, reason);
}

static void
export_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbExportJob) job = g_steal_pointer (&self->job);
  g_autoptr (WbDocument) document = NULL;
  g_autoptr (WbCredentials) to_remember = NULL;
  g_autoptr (GError) error = NULL;
  WbSource next;

  document = wb_export_job_run_finish (job, result, &to_remember, &error);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (to_remember != NULL)
    wb_remember_secret_async (self->context, wb_export_job_get_account (job), to_remember,
                              remembered_cb, g_object_ref (self));
  if (wb_window_is_closed (self))
    return;

  wb_window_uninhibit (self);
  wb_export_page_set_job (self->export_page, NULL);
  if (document != NULL)
    {
      wb_last_exports_keep (wb_context_get_last_exports (self->context),
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
      wb_error_page_show_export_error (self->error_page, error, wb_export_job_get_account (job),
                                       wb_export_job_get_workspace (job), self->document != NULL);
      if (wb_export_job_get_next_source (job, &next))
        wb_error_page_offer_source (self->error_page, next);
      wb_window_show_page (self, "error");
    }
}

static gboolean
patience_cb (gpointer user_data)
{
  WbWindow *self = user_data;

  self->patience_id = 0;

  return G_SOURCE_REMOVE;
}

static void
run_export (WbWindow *self)
{
  WbAccount       *account = wb_account_switcher_get_account (self->switcher);
  WbWorkspace     *workspace = wb_account_switcher_get_workspace (self->switcher);
  g_autofree char *name = wb_workspace_dup_label (workspace);

  self->job = wb_export_job_new (self->context, account, workspace);
  wb_export_job_set_source (self->job, self->source);
  wb_window_set_task (self, name, account);
  self->cancellable = g_cancellable_new ();
  self->patience_id = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, self);
  wb_window_inhibit (self, _ ("Connections are being exported"));
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
  gboolean goes_on = wb_audit_notice_ask_finish (self->context, result);

  self->asking = FALSE;
  if (wb_window_is_closed (self))
    return;

  wb_window_update_actions (self);
  if (goes_on && wb_account_switcher_get_account (self->switcher) != NULL)
    run_export (self);
}

static void
show_audit_notice (WbWindow *self)
{
  self->asking = TRUE;
  wb_window_update_actions (self);
  wb_audit_notice_ask_async (GTK_WINDOW (self), self->closing, audit_notice_cb,
                             g_object_ref (self));
}

/* The caller has already asked about unsaved data. */
static void
begin_export (WbWindow *self)
{
  WbAccount *account = wb_account_switcher_get_account (self->switcher);

  if (account == NULL || self->cancellable != NULL)
    return;

  if (wb_audit_notice_is_due (self->context, account))
    show_audit_notice (self);
  else
    run_export (self);
}

static void
offered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  WbWindow *self = WB_WINDOW (source);

  if (!wb_window_offer_to_save_finish (self, result))
    return;

  if (self->close_requested)
    gtk_window_close (GTK_WINDOW (self));
  else
    begin_export (self);
}

/* Asks about an export that is not saved. */
static void
export_from_source (WbWindow *self)
{
  if (self->cancellable != NULL || self->asking || self->saving)
    return;

  if (self->document != NULL && wb_document_get_unsaved (self->document))
    wb_window_offer_to_save_async (
      self, _ ("It has not been saved, and a new export will replace it."), offered_cb, NULL);
  else
    begin_export (self);
}

static void
export_action_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  wb_window_export (user_data);
}

/* Whether there is such a workspace: the next best is never exported in its place. */
static gboolean
select_source (WbWindow   *self,
               const char *uuid,
               const char *workspace_id)
{
  WbAccount   *account;
  WbWorkspace *workspace;

  wb_account_switcher_select (self->switcher, uuid, workspace_id);
  account = wb_account_switcher_get_account (self->switcher);
  workspace = wb_account_switcher_get_workspace (self->switcher);

  return account != NULL && g_str_equal (wb_account_get_uuid (account), uuid)
         && workspace != NULL && g_str_equal (wb_workspace_get_id (workspace), workspace_id);
}

/* What failed, though something else may be selected by now. */
static void
export_again_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  WbWindow   *self = user_data;
  const char *uuid;
  const char *workspace_id;

  g_variant_get (parameter, "(&s&s)", &uuid, &workspace_id);
  if (select_source (self, uuid, workspace_id))
    wb_window_export (self);
}

/* Likewise, but from what the service lists. */
static void
export_from_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbWindow   *self = user_data;
  const char *uuid;
  const char *workspace_id;
  const char *source;

  g_variant_get (parameter, "(&s&s&s)", &uuid, &workspace_id, &source);
  if (wb_source_from_string (source, &self->source) && select_source (self, uuid, workspace_id))
    export_from_source (self);
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  WbWindow *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

static void
asked_to_stop_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  if (!wb_window_is_closed (self) && g_str_equal (response, "stop"))
    {
      g_cancellable_cancel (self->cancellable);
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
ask_to_stop (WbWindow *self)
{
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Stop the Export?"),
                                                       NULL));
  adw_message_dialog_set_body (dialog, _ ("It is still running. What has arrived is lost when the "
                                          "window closes."));
  adw_message_dialog_add_responses (dialog,
                                    "keep", _ ("_Keep Exporting"),
                                    "stop", _ ("_Stop and Close"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "keep");
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  g_set_weak_pointer (&self->stop_question, GTK_WIDGET (dialog));
  wb_message_dialog_ask_async (dialog, self->closing, asked_to_stop_cb, g_object_ref (self));
}

gboolean
wb_window_asks_to_stop (WbWindow *self)
{
  if (self->job == NULL || self->patience_id != 0 || g_cancellable_is_cancelled (self->cancellable))
    return FALSE;

  if (self->stop_question == NULL || !gtk_widget_get_visible (self->stop_question))
    ask_to_stop (self);

  return TRUE;
}

void
wb_window_add_export (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "export", export_action_cb },
    { "export-again", export_again_cb, "(ss)" },
    { "export-from", export_from_cb, "(sss)" },
    { "cancel", cancel_cb },
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

  self->source = WB_SOURCE_EXPORT;
  export_from_source (self);
}
