/* check-window.c: shows how an account is checked, step by step
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/find/find.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/service/check/check.h"
#include "core/text.h"
#include "ui/find/find-private.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/sign-in/sign-in-dialogs.h"
#include "ui/widgets/copying.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/progress-bar.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/weak.h"

#define WB_TYPE_CHECK_WINDOW (wb_check_window_get_type ())
G_DECLARE_FINAL_TYPE (WbCheckWindow, wb_check_window, WB, CHECK_WINDOW, AdwWindow)

struct _WbCheckWindow
{
  AdwWindow parent_instance;

  WbContext     *context;     /* (owned) */
  WbAccount     *account;     /* (owned) */
  WbCredentials *typed;       /* (owned) (nullable) */
  WbSignIn      *sign_in;     /* (owned) (nullable): once it is opened */
  WbCheck       *check;       /* (owned) (nullable): likewise */
  GCancellable  *cancellable; /* (owned) (nullable): while a check runs */
  GTask         *task;        /* (owned) (nullable): until it has returned */
  gboolean       passed;      /* in the last run */

  GtkImage            *summary_image;
  GtkLabel            *summary_label;
  AdwPreferencesGroup *group;
  GtkListBox          *list_box;
  WbProgressBar       *bar;
  GtkWidget           *stop_button;
  GtkWidget           *again_button;
};

G_DEFINE_FINAL_TYPE (WbCheckWindow, wb_check_window, ADW_TYPE_WINDOW)

static void
show_summary (WbCheckWindow *self,
              const char    *icon_name,
              const char    *text)
{
  g_autofree char *safe = wb_text_escape (text, -1);

  gtk_widget_set_visible (GTK_WIDGET (self->summary_image), icon_name != NULL);
  gtk_image_set_from_icon_name (self->summary_image, icon_name);
  gtk_label_set_label (self->summary_label, safe);
}

static void
update_actions (WbCheckWindow *self)
{
  gboolean running = self->cancellable != NULL;
  gboolean had_focus = gtk_widget_has_focus (self->stop_button)
                       || gtk_widget_has_focus (self->again_button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, running, -1);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->again_button, !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "check.copy", !running && self->check != NULL);
  if (had_focus)
    gtk_widget_grab_focus (running ? self->stop_button : self->again_button);
}

static char *
dup_success (WbCheckWindow *self)
{
  GListModel      *workspaces = wb_account_get_workspaces (self->account);
  g_autofree char *name = NULL;
  g_autoptr (WbWorkspace) first = g_list_model_get_item (workspaces, 0);

  if (g_list_model_get_n_items (workspaces) > 1)
    return g_strdup (_ ("All steps passed: this account can see the connections in all of its "
                        "workspaces."));

  name = wb_text_escape (first != NULL ? wb_workspace_get_name (first) : "default", -1);

  /* Translators: the name of a workspace */
  return g_strdup_printf (_ ("All steps passed: this account can see the connections in “%s”."),
                          name);
}

static WbCheckStep *
find_failed (WbCheckWindow *self)
{
  for (guint i = 0; self->check != NULL && i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep *step = wb_check_get_step (self->check, (WbCheckKind) i);

      if (wb_check_step_get_result (step) == WB_CHECK_FAILED)
        return step;
    }

  return NULL;
}

/* Every run ends here. */
static void
end (WbCheckWindow *self,
     const GError  *error)
{
  WbCheckStep     *failed = find_failed (self);
  g_autofree char *text = NULL;

  g_clear_object (&self->cancellable);
  wb_progress_bar_set_progress (self->bar, NULL);
  self->passed = error == NULL;
  if (error != NULL)
    wb_sign_ins_fail (wb_context_get_sign_ins (self->context), self->account, error);

  if (error == NULL)
    {
      text = dup_success (self);
      show_summary (self, "object-select-symbolic", text);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_summary (self, NULL, _ ("The check was stopped. Check again to see the rest."));
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    show_summary (self, "dialog-error-symbolic",
                  _ ("This sign-in needs a one-time code. Try again to enter it."));
  else if (failed != NULL)
    {
      /* Translators: the title of a step, such as “Sign-in” */
      text = g_strdup_printf (_ ("This needs your attention: %s."),
                              wb_check_step_get_title (failed));
      show_summary (self, "dialog-error-symbolic", text);
    }
  else
    show_summary (self, "dialog-error-symbolic", error->message);
  update_actions (self);
}

static void run_check (WbCheckWindow *self);

static void
passcode_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbCheckWindow) self = wb_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean answered = wb_passcode_dialog_ask_finish (result, &error);

  if (self == NULL || self->cancellable == NULL)
    return;

  if (answered)
    run_check (self);
  else
    {
      g_clear_error (&error);
      error = g_error_new_literal (WB_ERROR, WB_ERROR_SECOND_FACTOR, "");
      end (self, error);
    }
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (WbCheckWindow) self = wb_weak_take (user_data);
  g_autoptr (GError) error = NULL;

  wb_check_run_finish (WB_CHECK (source), result, &error);
  if (self == NULL)
    return;

  if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    wb_passcode_dialog_ask_async (GTK_WINDOW (self), self->account, self->sign_in,
                                  self->cancellable, passcode_cb, wb_weak_new (self));
  else
    end (self, error);
}

static void
run_check (WbCheckWindow *self)
{
  wb_check_run_async (self->check, self->cancellable, ran_cb, wb_weak_new (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbCheckWindow) self = wb_weak_take (user_data);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  sign_in = wb_open_sign_in_finish (result, NULL, &error);
  if (self == NULL)
    return;
  if (g_error_matches (error, WB_ERROR, WB_ERROR_SIGN_IN))
    {
      g_task_return_error (g_steal_pointer (&self->task), g_steal_pointer (&error));
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (sign_in == NULL)
    {
      end (self, error);
      return;
    }

  g_set_object (&self->sign_in, sign_in);
  self->check = wb_check_new (sign_in, wb_account_get_workspaces (self->account), NULL);
  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep *step = wb_check_get_step (self->check, (WbCheckKind) i);

      gtk_list_box_append (self->list_box, wb_check_row_new (step));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->group), TRUE);
  run_check (self);
}

/* Check the IDs before they go into a header. */
static char *
dup_reason (WbCheckWindow *self)
{
  GListModel *workspaces = wb_account_get_workspaces (self->account);
  char       *reason = NULL;

  for (guint i = 0; reason == NULL && i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      reason = wb_workspace_validate_id (wb_workspace_get_id (workspace));
    }

  return reason;
}

static void
begin (WbCheckWindow *self)
{
  g_autofree char *reason = dup_reason (self);

  if (reason != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (WB_ERROR, WB_ERROR_INVALID, reason);

      end (self, error);
      return;
    }

  self->cancellable = G_CANCELLABLE (wb_progress_new ());
  wb_progress_bar_set_progress (self->bar, WB_PROGRESS (self->cancellable));
  show_summary (self, NULL, _ ("Checking, without exporting anything…"));
  update_actions (self);
  if (self->check != NULL)
    run_check (self);
  else
    wb_open_sign_in_async (self->context, self->account, TRUE, self->typed, NULL,
                           self->cancellable, opened_cb, wb_weak_new (self));
}

static void
again (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  WbCheckWindow *self = WB_CHECK_WINDOW (widget);

  if (self->cancellable == NULL)
    begin (self);
}

static void
stop (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  g_cancellable_cancel (WB_CHECK_WINDOW (widget)->cancellable);
}

/* As text, to paste into a ticket. */
static void
copy (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  WbCheckWindow *self = WB_CHECK_WINDOW (widget);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep     *step = wb_check_get_step (self->check, (WbCheckKind) i);
      g_autofree char *duration = wb_check_row_dup_duration (step);
      g_autofree char *remark = wb_check_row_dup_remark (step);

      /* Translators: a step of a check, and what came of it */
      g_string_append_printf (text, _ ("%s: %s"), wb_check_step_get_title (step),
                              wb_check_row_get_result (step));
      if (*duration != '\0')
        g_string_append_printf (text, " (%s)", duration);
      if (*remark != '\0')
        g_string_append_printf (text, " – %s", g_strdelimit (remark, "\n", ' '));
      g_string_append_c (text, '\n');
    }

  wb_copy_text (GTK_WIDGET (self->list_box), text->str, NULL);
}

static void
return_result (WbCheckWindow *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  GDateTime *expires = NULL;

  if (task == NULL)
    return;

  if (self->check != NULL)
    expires = wb_check_get_token_expires (self->check);
  if (expires != NULL)
    g_task_set_task_data (task, g_date_time_ref (expires), (GDestroyNotify) g_date_time_unref);
  g_task_return_boolean (task, self->passed);
}

static gboolean
close_request_cb (WbCheckWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  return_result (self);

  return FALSE;
}

static void
wb_check_window_dispose (GObject *object)
{
  WbCheckWindow *self = WB_CHECK_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  return_result (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_pointer (&self->typed, wb_credentials_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->check);
  g_clear_object (&self->sign_in);

  G_OBJECT_CLASS (wb_check_window_parent_class)->dispose (object);
}

static void
wb_check_window_class_init (WbCheckWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_check_window_dispose;

  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_PROGRESS_BAR);
  gtk_widget_class_install_action (widget_class, "check.again", NULL, again);
  gtk_widget_class_install_action (widget_class, "check.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "check.copy", NULL, copy);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/check-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, summary_image);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, group);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, list_box);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, WbCheckWindow, again_button);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
wb_check_window_init (WbCheckWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_check_window_run_async:
 * @context: what the windows share
 * @parent: the window that needs it
 * @account: the settings to check
 * @typed: (nullable): the secret from the form; %NULL for the stored one
 * @callback: called when the window has closed
 * @user_data: for @callback
 *
 * Checks at once, and again as often as the user wants. The window shows every error, but closes
 * where there is no secret, which is entered in @parent.
 */
void
wb_check_window_run_async (WbContext          *context,
                           GtkWindow          *parent,
                           WbAccount          *account,
                           WbCredentials      *typed,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  WbCheckWindow *self;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  self = g_object_new (WB_TYPE_CHECK_WINDOW, "transient-for", parent, NULL);
  self->context = g_object_ref (context);
  self->account = g_object_ref (account);
  self->typed = typed != NULL ? wb_credentials_ref (typed) : NULL;
  /* Without a source object, which would keep the parent alive, and so the window. */
  self->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->task, wb_check_window_run_async);

  gtk_window_present (GTK_WINDOW (self));
  begin (self);
}

/**
 * wb_check_window_run_finish:
 * @result: what the callback was given
 * @token_expires: (out) (nullable): when a pasted token expires, if the identity service
 *   reported it
 * @error: %WB_ERROR_SIGN_IN, with a translated sentence, if there is no secret to check
 *
 * Returns: whether the last check that was made passed
 */
gboolean
wb_check_window_run_finish (GAsyncResult *result,
                            GDateTime   **token_expires,
                            GError      **error)
{
  GDateTime *expires;

  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_check_window_run_async), FALSE);
  g_return_val_if_fail (token_expires != NULL, FALSE);

  expires = g_task_get_task_data (G_TASK (result));
  *token_expires = expires != NULL ? g_date_time_ref (expires) : NULL;

  return g_task_propagate_boolean (G_TASK (result), error);
}
