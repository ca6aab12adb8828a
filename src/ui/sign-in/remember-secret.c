/* remember-secret.c: puts a secret that has proved right into the secret store
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/remember-secret.h"

#include "ui/context/token-expiry.h"

/* A secret on its way to the store. */
typedef struct
{
  WbContext     *context;               /* (owned) */
  WbAccount     *account;               /* (owned) */
  WbCredentials *credentials;           /* (owned) */
  char          *kept_in_memory_reason; /* (owned) (nullable): the result */
} Remembering;

static void
remembering_free (Remembering *remembering)
{
  g_object_unref (remembering->context);
  g_object_unref (remembering->account);
  wb_credentials_unref (remembering->credentials);
  g_free (remembering->kept_in_memory_reason);
  g_free (remembering);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Remembering    *remembering = g_task_get_task_data (task);
  WbAccountStore *store = wb_context_get_store (remembering->context);
  WbAccount      *account;
  GError         *error = NULL;

  if (!wb_secrets_store_finish (WB_SECRETS (source), result, &remembering->kept_in_memory_reason,
                                &error))
    {
      g_task_return_error (task, error);
      return;
    }

  account = wb_account_store_find (store, wb_account_get_uuid (remembering->account));
  if (account != NULL
      && wb_credentials_get_method (remembering->credentials) == WB_AUTH_TOKEN)
    wb_token_expiry_learn (remembering->context, account, remembering->credentials);
  g_task_return_boolean (task, TRUE);
}

/**
 * wb_remember_secret_async:
 * @context: keeps the accounts and the secrets
 * @account: whose
 * @credentials: what has proved right
 * @callback: called when it is stored, or not
 * @user_data: for @callback
 */
void
wb_remember_secret_async (WbContext          *context,
                          WbAccount          *account,
                          WbCredentials      *credentials,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Remembering *remembering;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (credentials != NULL);

  remembering = g_new0 (Remembering, 1);
  remembering->context = g_object_ref (context);
  remembering->account = wb_account_copy (account);
  remembering->credentials = wb_credentials_ref (credentials);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_remember_secret_async);
  g_task_set_task_data (task, remembering, (GDestroyNotify) remembering_free);

  /* What is known of the token before this one would have the new one removed. */
  if (*wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES) != '\0')
    {
      wb_account_set (remembering->account, WB_ACCOUNT_TOKEN_EXPIRES, "");
      wb_account_store_put (wb_context_get_store (context), remembering->account, NULL);
    }
  wb_secrets_store_async (wb_context_get_secrets (context), remembering->account, credentials,
                          NULL, stored_cb, g_object_ref (task));
}

/**
 * wb_remember_secret_finish:
 * @result: as given to the callback
 * @kept_in_memory_reason: (out) (nullable): why it is kept for this run only, as a sentence for a
 *   person; free it
 * @error: return location for a sentence for a person
 *
 * Returns: whether it is kept
 */
gboolean
wb_remember_secret_finish (GAsyncResult *result,
                           char        **kept_in_memory_reason,
                           GError      **error)
{
  Remembering *remembering;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_remember_secret_async), FALSE);
  g_return_val_if_fail (kept_in_memory_reason != NULL, FALSE);

  remembering = g_task_get_task_data (G_TASK (result));
  *kept_in_memory_reason = g_steal_pointer (&remembering->kept_in_memory_reason);

  return g_task_propagate_boolean (G_TASK (result), error);
}
