/* account-sign-in.c: signs in to an account, and asks a person for what that takes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/account-sign-in.h"

#include "core/error.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/sign-in/sign-in-dialogs.h"

typedef struct
{
  WbContext     *context; /* (owned) */
  WbAccount     *account; /* (owned) */
  GtkWindow     *asker;   /* (owned) */
  WbSignIn      *sign_in; /* (owned) (nullable) */
  WbCredentials *asked;   /* (owned) (nullable) */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->context);
  g_object_unref (attempt->account);
  g_object_unref (attempt->asker);
  g_clear_object (&attempt->sign_in);
  g_clear_pointer (&attempt->asked, wb_credentials_unref);
  g_free (attempt);
}

static void prepare (GTask *task);

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);

  wb_sign_ins_fail (wb_context_get_sign_ins (attempt->context), attempt->account, error);
  g_task_return_error (task, error);
}

static void
passcode_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (wb_passcode_dialog_ask_finish (result, &error))
    prepare (task);
  else
    fail (task, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError  *error = NULL;

  if (wb_sign_in_prepare_finish (attempt->sign_in, result, &error))
    {
      g_task_return_pointer (task, g_object_ref (attempt->sign_in), g_object_unref);
    }
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    {
      g_error_free (error);
      wb_passcode_dialog_ask_async (attempt->asker, attempt->account, attempt->sign_in,
                                    g_task_get_cancellable (task), passcode_cb,
                                    g_object_ref (task));
    }
  else
    {
      fail (task, error);
    }
}

static void
prepare (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);

  wb_sign_in_prepare_async (attempt->sign_in, g_task_get_cancellable (task), prepared_cb,
                            g_object_ref (task));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError  *error = NULL;

  attempt->sign_in = wb_open_sign_in_finish (result, &attempt->asked, &error);
  if (attempt->sign_in != NULL)
    prepare (task);
  else
    fail (task, error);
}

/**
 * wb_account_sign_in_async:
 * @context: keeps the sign-ins and the secrets
 * @account: the account
 * @asker: the window that asks for a secret or a code
 * @cancellable: (nullable): ends it, and closes what asks
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Several exports can then share the sign-in, and a person is asked for a code once. For an access
 * key or a token no request is made: only its first use shows whether it is accepted.
 */
void
wb_account_sign_in_async (WbContext          *context,
                          WbAccount          *account,
                          GtkWindow          *asker,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Attempt *attempt;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (GTK_IS_WINDOW (asker));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_account_sign_in_async);
  attempt = g_new0 (Attempt, 1);
  attempt->context = g_object_ref (context);
  attempt->account = g_object_ref (account);
  attempt->asker = g_object_ref (asker);
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  wb_open_sign_in_async (context, account, TRUE, NULL, asker, cancellable, opened_cb,
                         g_object_ref (task));
}

/**
 * wb_account_sign_in_finish:
 * @result: as given to the callback
 * @to_remember: (out) (nullable): what a person wants to be remembered once it has been accepted
 * @error: return location
 *
 * Returns: (transfer full): the sign-in
 */
WbSignIn *
wb_account_sign_in_finish (GAsyncResult   *result,
                           WbCredentials **to_remember,
                           GError        **error)
{
  Attempt *attempt;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_account_sign_in_async), NULL);
  g_return_val_if_fail (to_remember != NULL, NULL);

  attempt = g_task_get_task_data (G_TASK (result));
  *to_remember = g_steal_pointer (&attempt->asked);

  return g_task_propagate_pointer (G_TASK (result), error);
}
