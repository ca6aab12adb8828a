/* open-sign-in.c: finds, asks for and stores the secret with which an account signs in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/open-sign-in.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "ui/context/token-expiry.h"
#include "ui/sign-in/sign-in-dialogs.h"

typedef struct
{
  WbContext     *context; /* (owned) */
  WbAccount     *account; /* (owned) */
  gboolean       to_project;
  GtkWindow     *asker;       /* (owned) (nullable) */
  WbAccount     *stored;      /* (owned) (nullable): if all windows share its sign-in */
  WbCredentials *to_remember; /* (owned) (nullable): if the user asked for it */
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->context);
  g_object_unref (search->account);
  g_clear_object (&search->asker);
  g_clear_object (&search->stored);
  g_clear_pointer (&search->to_remember, wb_credentials_unref);
  g_free (search);
}

static void
use_credentials (GTask         *task,
                 WbCredentials *credentials)
{
  Search   *search = g_task_get_task_data (task);
  WbSignIn *sign_in;
  GError   *error = NULL;

  sign_in = wb_sign_in_open (search->account, credentials,
                             wb_context_get_clouds (search->context), search->to_project,
                             wb_context_get_request_log (search->context), &error);
  if (sign_in == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (search->stored != NULL)
    wb_sign_ins_keep (wb_context_get_sign_ins (search->context), search->stored, sign_in);
  g_task_return_pointer (task, sign_in, g_object_unref);
}

/* Uses another window's sign-in, if there is one, for its token and clock offset. */
static gboolean
use_kept (GTask *task)
{
  Search   *search = g_task_get_task_data (task);
  WbSignIn *kept = NULL;

  if (search->stored != NULL)
    kept = wb_sign_ins_get (wb_context_get_sign_ins (search->context), search->stored);
  if (kept == NULL)
    return FALSE;

  g_task_return_pointer (task, g_object_ref (kept), g_object_unref);

  return TRUE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  Search  *search = g_task_get_task_data (task);
  gboolean remember = FALSE;
  GError  *error = NULL;

  credentials = wb_secret_dialog_ask_finish (result, &remember, &error);
  if (credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (remember)
    search->to_remember = wb_credentials_ref (credentials);
  use_credentials (task, credentials);
}

/* If the keyring does not answer, the user can still enter the secret. */
static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  Search *search = g_task_get_task_data (task);

  credentials = wb_secrets_lookup_finish (WB_SECRETS (source), result, &error);
  if (error != NULL
      && (search->asker == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (use_kept (task))
    return;

  if (credentials != NULL)
    use_credentials (task, credentials);
  else if (search->asker != NULL)
    wb_secret_dialog_ask_async (search->asker, search->account, g_task_get_cancellable (task),
                                asked_cb, g_object_ref (task));
  else
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_SIGN_IN, "%s",
                             _ ("First enter the account’s password, access key or token."));
}

static void
find_credentials (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (WbCredentials) sample = NULL;

  if (search->stored != NULL)
    sample = wb_sample_account_dup_credentials (wb_context_get_sample (search->context),
                                                search->stored);
  if (sample != NULL)
    use_credentials (task, sample);
  else
    wb_secrets_lookup_async (wb_context_get_secrets (search->context), search->account,
                             g_task_get_cancellable (task), looked_up_cb, g_object_ref (task));
}

/**
 * wb_open_sign_in_async:
 * @context: keeps the sign-ins and the secrets
 * @account: the settings; they need not be stored
 * @to_project: whether to sign in to the account's project, or to none, as for
 *   wb_directory_list_projects_async()
 * @typed: (nullable): the secret from a form; %NULL for the stored one
 * @asker: (nullable): the window that asks for the secret if none is stored; %NULL if there is a
 *   form to enter it in
 * @cancellable: (nullable): to stop
 * @callback: called when the sign-in is open
 * @user_data: for @callback
 *
 * Sends nothing yet. All windows share one sign-in for the stored settings and the stored secret.
 */
void
wb_open_sign_in_async (WbContext          *context,
                       WbAccount          *account,
                       gboolean            to_project,
                       WbCredentials      *typed,
                       GtkWindow          *asker,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *reason = NULL;
  Search          *search;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (asker == NULL || GTK_IS_WINDOW (asker));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  search = g_new0 (Search, 1);
  search->context = g_object_ref (context);
  search->account = g_object_ref (account);
  search->to_project = to_project;
  g_set_object (&search->asker, asker);
  if (to_project && typed == NULL)
    g_set_object (&search->stored,
                  wb_sign_ins_find_stored (wb_context_get_sign_ins (context), account));
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_open_sign_in_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);

  if (asker == NULL)
    reason = wb_account_validate_sign_in (account, wb_context_get_clouds (context), to_project);
  if (reason != NULL)
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID, "%s", reason);
  else if (typed != NULL)
    use_credentials (task, typed);
  else if (!use_kept (task))
    find_credentials (task);
}

/**
 * wb_open_sign_in_finish:
 * @result: as given to the callback
 * @to_remember: (out) (optional) (nullable): the secret to store once it has been
 *   accepted, if the user asked for that
 * @error: with a translated sentence, %WB_ERROR_INVALID if a setting is missing and
 *   %WB_ERROR_SIGN_IN if the secret is; or another error
 *
 * Returns: (transfer full): a sign-in that has sent nothing yet, or the shared one
 */
WbSignIn *
wb_open_sign_in_finish (GAsyncResult   *result,
                        WbCredentials **to_remember,
                        GError        **error)
{
  Search *search;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_open_sign_in_async), NULL);

  search = g_task_get_task_data (G_TASK (result));
  if (to_remember != NULL)
    *to_remember = g_steal_pointer (&search->to_remember);

  return g_task_propagate_pointer (G_TASK (result), error);
}

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
 * @credentials: the secret, which the service has accepted
 * @callback: called when it is stored, or has failed
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

  /* With the expiry of the previous token, the new one would be removed. */
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
 * @kept_in_memory_reason: (out) (nullable): why it is kept for this run only, as a translated
 *   sentence; free it
 * @error: a translated sentence
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
