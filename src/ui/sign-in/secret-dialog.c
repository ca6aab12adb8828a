/* secret-dialog.c: asks for a secret that is not stored
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/sign-in-dialogs.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/sign-in/secret-group.h"
#include "ui/widgets/shrink.h"

#define WB_TYPE_SECRET_DIALOG (wb_secret_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbSecretDialog, wb_secret_dialog, WB, SECRET_DIALOG, AdwMessageDialog)

struct _WbSecretDialog
{
  AdwMessageDialog parent_instance;

  WbAccount *account; /* (owned) */
  GTask     *task;    /* (owned) (nullable): until it has returned */

  WbSecretGroup  *group;
  GtkCheckButton *remember_button;
};

G_DEFINE_FINAL_TYPE (WbSecretDialog, wb_secret_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
return_cancelled (WbSecretDialog *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "%s", _ ("No secret was entered"));
}

static void
changed_cb (WbSecretDialog *self)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "sign-in",
                                           wb_secret_group_get_complete (self->group));
}

static void
cancelled_cb (GCancellable   *cancellable,
              WbSecretDialog *self)
{
  return_cancelled (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
wb_secret_dialog_response (AdwMessageDialog *dialog,
                           const char       *response)
{
  WbSecretDialog *self = WB_SECRET_DIALOG (dialog);
  g_autoptr (WbCredentials) credentials = NULL;

  if (g_str_equal (response, "sign-in"))
    credentials =
      wb_secret_group_dup_credentials (self->group,
                                       wb_account_get (self->account, WB_ACCOUNT_DOMAIN),
                                       wb_account_get (self->account, WB_ACCOUNT_USER));
  wb_secret_group_clear (self->group);
  /* A button closes the dialog, but adw_message_dialog_response() does not. */
  gtk_window_destroy (GTK_WINDOW (self));

  if (credentials == NULL)
    return_cancelled (self);
  else if (self->task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);
      gboolean remember = gtk_check_button_get_active (self->remember_button);

      g_task_set_task_data (task, GINT_TO_POINTER (remember), NULL);
      g_task_return_pointer (task, g_steal_pointer (&credentials),
                             (GDestroyNotify) wb_credentials_unref);
    }
}

static void
wb_secret_dialog_dispose (GObject *object)
{
  WbSecretDialog *self = WB_SECRET_DIALOG (object);

  return_cancelled (self);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (wb_secret_dialog_parent_class)->dispose (object);
}

static void
wb_secret_dialog_class_init (WbSecretDialogClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass        *widget_class = GTK_WIDGET_CLASS (klass);
  AdwMessageDialogClass *dialog_class = ADW_MESSAGE_DIALOG_CLASS (klass);

  object_class->dispose = wb_secret_dialog_dispose;
  dialog_class->response = wb_secret_dialog_response;

  g_type_ensure (WB_TYPE_SECRET_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/secret-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSecretDialog, group);
  gtk_widget_class_bind_template_child (widget_class, WbSecretDialog, remember_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
wb_secret_dialog_init (WbSecretDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

static void
set_texts (WbSecretDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  g_autofree char  *name = wb_text_escape (wb_account_get (self->account, WB_ACCOUNT_NAME), -1);
  g_autofree char  *user = NULL;
  g_autofree char  *body = NULL;

  switch (wb_account_get_auth_method (self->account))
    {
    case WB_AUTH_PASSWORD:
      user = wb_text_escape (wb_account_get (self->account, WB_ACCOUNT_USER), -1);
      adw_message_dialog_set_heading (dialog, _ ("Password Needed"));
      /* Translators: an account's name in this program, and the user name it signs in with */
      body = g_strdup_printf (_ ("Waybill has no stored password for “%s” (user %s)."), name, user);
      break;
    case WB_AUTH_KEY:
      adw_message_dialog_set_heading (dialog, _ ("Access Key Needed"));
      /* Translators: an account's name. */
      body = g_strdup_printf (_ ("Waybill has no stored access key for “%s”."), name);
      break;
    case WB_AUTH_TOKEN:
    default:
      adw_message_dialog_set_heading (dialog, _ ("Token Needed"));
      /* Translators: an account's name. */
      body = g_strdup_printf (_ ("Waybill has no stored token for “%s”."), name);
      break;
    }

  adw_message_dialog_set_body (dialog, body);
}

/**
 * wb_secret_dialog_ask_async:
 * @parent: the window that needs it
 * @account: the account whose secret is not stored
 * @cancellable: (nullable): closes the dialog
 * @callback: called when the dialog has closed
 * @user_data: for @callback
 *
 * Asks for the password, access key or token, whichever @account signs in with.
 */
void
wb_secret_dialog_ask_async (GtkWindow          *parent,
                            WbAccount          *account,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  WbSecretDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  /* Without a source object, which would keep the parent alive, and so the dialog. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_secret_dialog_ask_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  self = g_object_new (WB_TYPE_SECRET_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  self->task = g_steal_pointer (&task);
  set_texts (self);
  wb_secret_group_set_method (self->group, wb_account_get_auth_method (account));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);

  gtk_window_present (GTK_WINDOW (self));
  wb_secret_group_focus (self->group);
}

/**
 * wb_secret_dialog_ask_finish:
 * @result: what the callback was given
 * @remember: (out) (optional): whether to save it in the keyring
 * @error: %G_IO_ERROR_CANCELLED if the user dismissed the dialog
 *
 * Returns: (transfer full): the entered secret, or %NULL with @error set
 */
WbCredentials *
wb_secret_dialog_ask_finish (GAsyncResult *result,
                             gboolean     *remember,
                             GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_secret_dialog_ask_async), NULL);

  if (remember != NULL)
    *remember = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}
