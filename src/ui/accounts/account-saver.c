/* account-saver.c: stores an account, and then what it signs in with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-window-private.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/sentence.h"

/* The account is stored, its secret is not. */
static void
fail_secret (GTask        *task,
             const char   *what,
             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_FAILED, "%s", what);
  else
    {
      g_autofree char *both = wb_join_sentences (what, error->message);

      g_task_return_new_error (task, WB_ERROR, WB_ERROR_FAILED, "%s", both);
    }
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  if (!wb_secrets_store_finish (WB_SECRETS (source), result, &reason, &error))
    fail_secret (task, _ ("The account was saved, but its password, key or token was not."), error);
  else if (reason != NULL)
    g_task_return_pointer (task, wb_join_sentences (_ ("The account was saved."), reason), g_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_secrets_clear_finish (WB_SECRETS (source), result, &error))
    fail_secret (task, _ ("The account was saved, but its previous password, key or token is "
                          "still stored."),
                 error);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * wb_account_saver_run_async:
 * @context: keeps the accounts and their secrets
 * @account: what to store
 * @credentials: (nullable): its secret; %NULL to leave the one it has, unless that is for another
 *   way to sign in: then it is removed
 * @cancellable: (nullable): ends the wait for the keyring, which may ask to be unlocked
 * @callback: called when done
 * @user_data: for @callback
 *
 * Stores the account first, at once, and then its secret: without an account, a secret is never
 * found again.
 */
void
wb_account_saver_run_async (WbContext          *context,
                            WbAccount          *account,
                            WbCredentials      *credentials,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  WbAccountStore *store;
  WbSecrets      *secrets;
  WbAccount      *before;
  gboolean        has_new_method;
  GError         *error = NULL;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  store = wb_context_get_store (context);
  secrets = wb_context_get_secrets (context);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_account_saver_run_async);

  before = wb_account_store_find (store, wb_account_get_uuid (account));
  has_new_method = before != NULL
                   && wb_account_get_auth_method (before) != wb_account_get_auth_method (account);
  if (!wb_account_store_put (store, account, &error))
    g_task_return_error (task, error);
  else if (credentials != NULL)
    wb_secrets_store_async (secrets, account, credentials, cancellable, stored_cb,
                            g_steal_pointer (&task));
  else if (has_new_method)
    wb_secrets_clear_async (secrets, wb_account_get_uuid (account), cancellable, cleared_cb,
                            g_steal_pointer (&task));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * wb_account_saver_run_finish:
 * @result: what the callback was given
 * @remark: (out) (nullable): what a person must know of a success, as a translated sentence: the
 *   secret is kept for this run only; free it
 * @error: a sentence, also on whether the account itself was stored
 *
 * Returns: whether all of it was done
 */
gboolean
wb_account_saver_run_finish (GAsyncResult *result,
                             char        **remark,
                             GError      **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_account_saver_run_async), FALSE);
  g_return_val_if_fail (remark != NULL, FALSE);

  *remark = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
