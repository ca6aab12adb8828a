/* passcode-dialog.c: asks for a one-time code
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/sign-in-dialogs.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "core/wipe.h"

#define WB_TYPE_PASSCODE_DIALOG (wb_passcode_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbPasscodeDialog, wb_passcode_dialog, WB, PASSCODE_DIALOG, AdwMessageDialog)

struct _WbPasscodeDialog
{
  AdwMessageDialog parent_instance;

  WbSignIn *sign_in; /* (owned) */
  GTask    *task;    /* (owned) (nullable): until it has returned */

  GtkEditable *row;
};

G_DEFINE_FINAL_TYPE (WbPasscodeDialog, wb_passcode_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
return_cancelled (WbPasscodeDialog *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _ ("No one-time code was entered"));
}

static void
changed_cb (WbPasscodeDialog *self)
{
  g_autofree char *reason = wb_credentials_validate_passcode (gtk_editable_get_text (self->row));

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "continue", reason == NULL);
}

static void
cancelled_cb (GCancellable     *cancellable,
              WbPasscodeDialog *self)
{
  return_cancelled (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
wb_passcode_dialog_response (AdwMessageDialog *dialog,
                             const char       *response)
{
  WbPasscodeDialog *self = WB_PASSCODE_DIALOG (dialog);
  char             *passcode = g_strdup (gtk_editable_get_text (self->row));

  gtk_editable_set_text (self->row, "");
  /* A button closes the dialog, but adw_message_dialog_response() does not. */
  gtk_window_destroy (GTK_WINDOW (self));

  if (g_str_equal (response, "continue") && self->task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      wb_sign_in_set_passcode (self->sign_in, passcode);
      g_task_return_boolean (task, TRUE);
    }

  wb_wipe_and_free (passcode);
  return_cancelled (self);
}

static void
wb_passcode_dialog_dispose (GObject *object)
{
  return_cancelled (WB_PASSCODE_DIALOG (object));

  G_OBJECT_CLASS (wb_passcode_dialog_parent_class)->dispose (object);
}

static void
wb_passcode_dialog_finalize (GObject *object)
{
  g_object_unref (WB_PASSCODE_DIALOG (object)->sign_in);

  G_OBJECT_CLASS (wb_passcode_dialog_parent_class)->finalize (object);
}

static void
wb_passcode_dialog_class_init (WbPasscodeDialogClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass        *widget_class = GTK_WIDGET_CLASS (klass);
  AdwMessageDialogClass *dialog_class = ADW_MESSAGE_DIALOG_CLASS (klass);

  object_class->dispose = wb_passcode_dialog_dispose;
  object_class->finalize = wb_passcode_dialog_finalize;
  dialog_class->response = wb_passcode_dialog_response;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/passcode-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPasscodeDialog, row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
wb_passcode_dialog_init (WbPasscodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_passcode_dialog_ask_async:
 * @parent: (nullable): the window that needs it
 * @account: the account whose sign-in needs a second factor
 * @sign_in: gets the code
 * @cancellable: (nullable): closes the dialog
 * @callback: called when the dialog has closed
 * @user_data: for @callback
 *
 * Asks for the code that the user's device or app shows now. A code is valid for one sign-in, so
 * the dialog does not offer to keep it.
 */
void
wb_passcode_dialog_ask_async (GtkWindow          *parent,
                              WbAccount          *account,
                              WbSignIn           *sign_in,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char  *name = NULL;
  g_autofree char  *body = NULL;
  WbPasscodeDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (WB_IS_SIGN_IN (sign_in));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  /* Without a source object, which would keep the parent alive, and so the dialog. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_passcode_dialog_ask_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  self = g_object_new (WB_TYPE_PASSCODE_DIALOG, "transient-for", parent, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->task = g_steal_pointer (&task);
  name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
  if (*name != '\0')
    /* Translators: an account's name in this program */
    body = g_strdup_printf (_ ("“%s” also requires a one-time code. Enter the code that your "
                               "device or app shows now."),
                            name);
  else
    body = g_strdup (_ ("This user also requires a one-time code. Enter the code that your device "
                        "or app shows now."));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
}

/**
 * wb_passcode_dialog_ask_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED if the user dismissed the dialog
 *
 * Returns: whether @sign_in now has a well-formed code; if so, make the same call again
 */
gboolean
wb_passcode_dialog_ask_finish (GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_passcode_dialog_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
