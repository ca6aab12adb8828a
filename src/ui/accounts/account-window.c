/* account-window.c: adds or edits one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-window.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/accounts/account-window-private.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/message-dialog.h"
#include "ui/context/token-expiry.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/weak.h"

struct _WbAccountWindow
{
  AdwWindow parent_instance;

  WbContext     *context;    /* (owned) */
  WbAccount     *saved;      /* (owned) (nullable): as the store has it */
  GCancellable  *looking;    /* (owned): whether the keyring has a secret */
  GCancellable  *storing;    /* (owned) (nullable): while it is being saved */
  WbCredentials *typed;      /* (owned) (nullable): likewise, what goes to the keyring */
  GtkWidget     *focus;      /* (nullable): what had the keyboard's focus before that */
  GtkWidget     *question;   /* (nullable): whether to discard, shown until it is answered */
  gboolean       discarding; /* a person has said so */

  GtkButton     *close_button;
  WbSpinner     *spinner;
  GtkRevealer   *message_revealer;
  GtkImage      *message_image;
  GtkLabel      *message_label;
  WbAccountForm *form;
  GtkLabel      *wanting_label;
};

G_DEFINE_FINAL_TYPE (WbAccountWindow, wb_account_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_message (WbAccountWindow *self,
              const char      *icon_name,
              const char      *text)
{
  g_autofree char *safe = text != NULL ? wb_text_escape (text, -1) : NULL;

  if (safe != NULL)
    {
      gtk_label_set_label (self->message_label, safe);
      gtk_image_set_from_icon_name (self->message_image, icon_name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), safe != NULL);
  gtk_revealer_set_reveal_child (self->message_revealer, safe != NULL);
}

static void
update_state (WbAccountWindow *self)
{
  g_autofree char *wanting = wb_account_form_dup_wanting (self->form);
  g_autofree char *text = NULL;
  gboolean         changed = wb_account_form_get_changed (self->form);

  if (wanting != NULL)
    /* Translators: the titles of the fields that are still empty or not well-formed. */
    text = g_strdup_printf (_ ("To save, complete: %s"), wanting);
  gtk_label_set_label (self->wanting_label, text != NULL ? text : "");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save",
                                 wanting == NULL && self->storing == NULL
                                   && (changed || self->saved == NULL));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), self->storing == NULL);
  wb_spinner_set_spinning (self->spinner, self->storing != NULL);
}

static void
form_changed_cb (WbAccountWindow *self)
{
  show_message (self, NULL, NULL);
  gtk_button_set_label (self->close_button, _ ("_Cancel"));
  update_state (self);
}

/* The secret itself is dropped at once: only whether there is one is of interest here. */
static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (WbAccountWindow) self = wb_weak_take (user_data);
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *expired = NULL;
  g_autoptr (GError) error = NULL;
  WbSecretGroup *secret;
  WbSecretState  state = WB_SECRET_NONE;

  credentials = wb_secrets_lookup_finish (WB_SECRETS (source), result, &error);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  secret = wb_account_form_get_secret (self->form);
  now = g_date_time_new_now_utc ();
  if (wb_account_has_expired_token (self->saved, now))
    expired = wb_token_expiry_dup_label (wb_account_get (self->saved, WB_ACCOUNT_TOKEN_EXPIRES));
  if (error != NULL || expired != NULL)
    wb_secret_group_set_hint (secret, error != NULL ? error->message : expired);
  if (credentials != NULL)
    state = wb_secrets_is_kept_in_memory (WB_SECRETS (source), wb_account_get_uuid (self->saved))
              ? WB_SECRET_THIS_RUN
              : WB_SECRET_STORED;

  wb_secret_group_set_kept (secret, state, wb_account_get_auth_method (self->saved));
  update_state (self);
}

/* Takes the focus out of the form first: an entry that becomes insensitive while it has the focus
 * keeps its cursor blinking. */
static void
begin_storing (WbAccountWindow *self)
{
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self)));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->storing = g_cancellable_new ();
  update_state (self);
}

static void
end_storing (WbAccountWindow *self)
{
  g_autoptr (WbAccount) draft = wb_account_form_dup_account (self->form);
  WbAccount *stored = wb_account_store_find (wb_context_get_store (self->context),
                                             wb_account_get_uuid (draft));

  g_clear_object (&self->storing);
  if (stored != NULL && wb_account_equal (stored, draft))
    {
      g_set_object (&self->saved, stored);
      wb_account_form_set_unchanged (self->form);
    }
  update_state (self);
  if (self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

/* The window shows the remark; all that is left to do is to close it. */
static void
show_remark (WbAccountWindow *self,
             const char      *remark)
{
  show_message (self, "dialog-information-symbolic", remark);
  gtk_button_set_label (self->close_button, _ ("_Close"));
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbAccountWindow) self = wb_weak_take (user_data);
  g_autoptr (WbCredentials) typed = NULL;
  g_autofree char *remark = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = wb_account_saver_run_finish (result, &remark, &error);

  if (self == NULL)
    return;

  typed = g_steal_pointer (&self->typed);
  end_storing (self);
  if (!done)
    {
      /* The form stays as it is, so that nothing has to be typed in again. */
      show_message (self, "dialog-error-symbolic", error->message);
      return;
    }

  if (typed != NULL)
    wb_secret_group_keep_typed (wb_account_form_get_secret (self->form),
                                remark != NULL ? WB_SECRET_THIS_RUN : WB_SECRET_STORED);
  if (typed != NULL && wb_credentials_get_method (typed) == WB_AUTH_TOKEN
      && *wb_account_get (self->saved, WB_ACCOUNT_TOKEN_EXPIRES) == '\0')
    wb_token_expiry_learn (self->context, self->saved, typed);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, self->saved);
  if (remark != NULL)
    show_remark (self, remark);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
save (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (widget);
  g_autoptr (WbAccount) account = wb_account_form_dup_account (self->form);

  self->typed = wb_secret_group_dup_credentials (wb_account_form_get_secret (self->form),
                                                 wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                                 wb_account_get (account, WB_ACCOUNT_USER));
  show_message (self, NULL, NULL);
  begin_storing (self);
  wb_account_saver_run_async (self->context, account, self->typed, self->storing, saved_cb,
                              wb_weak_new (self));
}

static void
find_projects (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (widget);

  wb_account_finder_find (self->context, GTK_WINDOW (self), WB_FIND_PROJECTS, self->form);
}

static void
find_workspaces (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (widget);

  wb_account_finder_find (self->context, GTK_WINDOW (self), WB_FIND_WORKSPACES, self->form);
}

static void
check_account (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (widget);

  wb_account_finder_check (self->context, GTK_WINDOW (self), self->form);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbAccountWindow) self = wb_weak_take (user_data);
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  if (self == NULL || !g_str_equal (response, "discard"))
    return;

  self->discarding = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
ask_to_discard (WbAccountWindow *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (self), _ ("Discard Changes?"), NULL));

  adw_message_dialog_set_body (dialog, self->saved == NULL
                                         ? _ ("The new account is not saved.")
                                         : _ ("What you changed is not saved."));
  adw_message_dialog_add_response (dialog, "keep", _ ("_Keep Editing"));
  adw_message_dialog_add_response (dialog, "discard", _ ("_Discard"));
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_set_weak_pointer (&self->question, GTK_WIDGET (dialog));
  wb_message_dialog_ask_async (dialog, self->looking, answered_cb, wb_weak_new (self));
}

static gboolean
close_request_cb (WbAccountWindow *self)
{
  /* A prompt to unlock can stay open for ever: closing ends the wait, and the window says what was
   * not done. */
  if (self->storing != NULL)
    {
      g_cancellable_cancel (self->storing);
      return TRUE;
    }

  if (!self->discarding && wb_account_form_get_changed (self->form))
    {
      if (self->question == NULL || !gtk_widget_get_visible (self->question))
        ask_to_discard (self);
      return TRUE;
    }

  g_cancellable_cancel (self->looking);
  wb_secret_group_clear (wb_account_form_get_secret (self->form));

  return FALSE;
}

static void
wb_account_window_dispose (GObject *object)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (object);

  /* Storing may go on without the window. */
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->storing);
  g_clear_pointer (&self->typed, wb_credentials_unref);
  g_clear_weak_pointer (&self->focus);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->context);
  g_clear_object (&self->saved);

  G_OBJECT_CLASS (wb_account_window_parent_class)->dispose (object);
}

static void
wb_account_window_finalize (GObject *object)
{
  WbAccountWindow *self = WB_ACCOUNT_WINDOW (object);

  g_object_unref (self->looking);

  G_OBJECT_CLASS (wb_account_window_parent_class)->finalize (object);
}

static void
wb_account_window_class_init (WbAccountWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_account_window_dispose;
  object_class->finalize = wb_account_window_finalize;

  /**
   * WbAccountWindow::saved:
   * @self: the window
   * @account: the account, as the store has it now
   *
   * The account is stored, and so is its secret if one was entered.
   */
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_ACCOUNT);

  g_type_ensure (WB_TYPE_ACCOUNT_FORM);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_install_action (widget_class, "account.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "account.find-projects", NULL, find_projects);
  gtk_widget_class_install_action (widget_class, "account.find-workspaces", NULL,
                                   find_workspaces);
  gtk_widget_class_install_action (widget_class, "account.check", NULL, check_account);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/account-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, message_image);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, form);
  gtk_widget_class_bind_template_child (widget_class, WbAccountWindow, wanting_label);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
}

static void
wb_account_window_init (WbAccountWindow *self)
{
  self->looking = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_account_window_new:
 * @context: keeps the accounts and their secrets
 * @parent: (nullable): the window in front of which it stands
 * @account: (nullable): the account to edit; one that is not stored, such as a duplicate, is added,
 *   and so is a new one for %NULL
 *
 * Returns: (transfer none): a window, to be presented; owned by GTK until it is closed
 */
GtkWindow *
wb_account_window_new (WbContext *context,
                       GtkWindow *parent,
                       WbAccount *account)
{
  WbAccountWindow *self;
  WbSecretGroup   *secret;
  g_autoptr (WbAccount) draft = NULL;
  gboolean is_stored;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (account == NULL || WB_IS_ACCOUNT (account), NULL);

  is_stored = account != NULL
              && wb_account_store_find (wb_context_get_store (context),
                                        wb_account_get_uuid (account))
                   != NULL;
  self = g_object_new (WB_TYPE_ACCOUNT_WINDOW,
                       "transient-for", parent,
                       "title", is_stored ? _ ("Edit Account") : _ ("Add Account"),
                       NULL);
  self->context = g_object_ref (context);
  if (is_stored)
    self->saved = g_object_ref (account);

  draft = account != NULL ? g_object_ref (account) : wb_account_new ();
  wb_account_form_set_account (self->form, context, draft);
  secret = wb_account_form_get_secret (self->form);
  if (is_stored)
    {
      wb_secret_group_set_kept (secret, WB_SECRET_LOOKING, wb_account_get_auth_method (account));
      wb_secrets_lookup_async (wb_context_get_secrets (context), account, self->looking,
                               looked_up_cb, wb_weak_new (self));
    }
  wb_secret_group_set_hint (secret,
                            account == NULL || is_stored
                              ? _ ("You can leave this empty: Waybill then asks when it exports.")
                              : _ ("This is not copied from the other account. You can leave it "
                                   "empty: Waybill then asks when it exports."));
  wb_account_form_focus (self->form);
  update_state (self);

  return GTK_WINDOW (self);
}
