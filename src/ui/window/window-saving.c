/* window-saving.c: what a window does while something is saved, and the offer to save an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/document/recent-files.h"
#include "ui/document/save-dialog.h"

/* Longer than usual, to leave time for the button. */
#define SAVED_TOAST_SECONDS 10

/* The document and the window stay while something is being saved or the user is being asked. */
void
wb_window_begin_saving (WbWindow   *self,
                        const char *reason)
{
  if (!self->saving)
    self->close_requested = FALSE;
  self->saving = TRUE;
  wb_window_inhibit (self, reason);
  wb_window_update_actions (self);
}

void
wb_window_end_saving (WbWindow *self)
{
  self->saving = FALSE;
  if (!wb_window_is_closed (self))
    {
      wb_window_uninhibit (self);
      wb_window_update_actions (self);
    }
}

void
wb_window_show_saved (WbWindow   *self,
                      const char *text,
                      GFile      *file)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast        *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Show in Files"));
  adw_toast_set_action_name (toast, "win.show-saved");
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_set_timeout (toast, SAVED_TOAST_SECONDS);
  /* Otherwise it waits until the one about an earlier save has had its time. */
  if (self->saved_toast != NULL)
    adw_toast_dismiss (self->saved_toast);
  g_set_weak_pointer (&self->saved_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
record_file (WbWindow *self)
{
  WbHistoryRecord *record = wb_document_get_record (self->document);

  if (record == NULL)
    return;

  wb_history_record_set_file (record, wb_document_get_file (self->document));
  wb_recorder_put (wb_context_get_recorder (self->context), record);
}

void
wb_window_show_saved_export (WbWindow *self)
{
  g_autofree char *name = wb_document_dup_title (self->document);
  /* Translators: a file's name. */
  g_autofree char *text = g_strdup_printf (_ ("Saved as “%s”"), name);

  wb_window_show_saved (self, text, wb_document_get_file (self->document));
  record_file (self);
  wb_recent_files_add (wb_document_get_file (self->document));
}

static void
offer_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbWindow *self = g_task_get_source_object (task);
  gboolean  go_on;
  gboolean  saved;

  wb_window_end_saving (self);
  go_on = wb_save_dialog_offer_finish (result, &saved, NULL) && !wb_window_is_closed (self);
  if (go_on && saved)
    wb_window_show_saved_export (self);
  g_task_return_boolean (task, go_on);
}

/**
 * wb_window_offer_to_save_async:
 * @self: a window with an export that is not saved
 * @reason: why to ask now, as a sentence
 * @callback: called when the user has answered, and the file is saved if requested
 * @user_data: for @callback
 *
 * Asks whether to save the export, to discard it, or to stop.
 */
void
wb_window_offer_to_save_async (WbWindow           *self,
                               const char         *reason,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_window_offer_to_save_async);
  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_dialog_offer_async (GTK_WINDOW (self), self->document,
                              wb_context_get_settings (self->context), reason, self->closing,
                              offer_cb, g_steal_pointer (&task));
}

/**
 * wb_window_offer_to_save_finish:
 * @self: the window
 * @result: what the callback was given
 *
 * Returns: whether to go on: the export was saved or discarded
 */
gboolean
wb_window_offer_to_save_finish (WbWindow     *self,
                                GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
