/* export-sign-in.c: finds what an account signs in with for an export, or asks for it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/export-sign-in.h"

#include "ui/sign-in/secret-dialog.h"

typedef struct
{
  WbContext     *context;     /* (owned) */
  WbAccount     *account;     /* (owned) */
  GtkWindow     *parent;      /* (owned) */
  WbCredentials *to_remember; /* (owned) (nullable): a person asked for it */
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->context);
  g_clear_object (&search->account);
  g_clear_object (&search->parent);
  g_clear_pointer (&search->to_remember, wb_credentials_unref);
  g_free (search);
}

static void
use_credentials (GTask         *task,
                 WbCredentials *credentials)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  sign_in = wb_sign_in_open (search->account, credentials,
                             wb_context_get_clouds (search->context), TRUE,
                             wb_context_get_request_log (search->context), &error);
  if (sign_in == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  wb_sign_ins_keep (wb_context_get_sign_ins (search->context), search->account, sign_in);
  g_task_return_pointer (task, g_steal_pointer (&sign_in), g_object_unref);
}

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  Search  *search = g_task_get_task_data (task);
  gboolean remember = FALSE;

  credentials = wb_secret_dialog_ask_finish (result, &remember, &error);
  if (credentials == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (remember)
    search->to_remember = wb_credentials_ref (credentials);
  use_credentials (task, credentials);
}

/* The sign-in of another window, if there is one: its token, and what it knows of the clock. */
static gboolean
use_kept (GTask *task)
{
  Search   *search = g_task_get_task_data (task);
  WbSignIn *kept = wb_sign_ins_get (wb_context_get_sign_ins (search->context),
                                    search->account);

  if (kept == NULL)
    return FALSE;

  g_task_return_pointer (task, g_object_ref (kept), g_object_unref);

  return TRUE;
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  Search *search = g_task_get_task_data (task);

  credentials = wb_secrets_lookup_finish (WB_SECRETS (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* A secret store that does not answer must not keep a person who knows the secret from work. */
  if (use_kept (task))
    return;
  if (credentials != NULL)
    use_credentials (task, credentials);
  else
    wb_secret_dialog_ask_async (search->parent, search->account, g_task_get_cancellable (task),
                                ask_cb, g_object_ref (task));
}

/**
 * wb_export_sign_in_async:
 * @context: keeps the sign-ins and the secrets
 * @account: whom to sign in as
 * @parent: the window that asks for a secret, if need be
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 */
void
wb_export_sign_in_async (WbContext          *context,
                         WbAccount          *account,
                         GtkWindow          *parent,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (WbCredentials) sample = NULL;
  Search *search;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  search = g_new0 (Search, 1);
  search->context = g_object_ref (context);
  search->account = g_object_ref (account);
  search->parent = g_object_ref (parent);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_export_sign_in_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);

  if (use_kept (task))
    return;

  sample = wb_sample_account_dup_credentials (wb_context_get_sample (context), account);
  if (sample != NULL)
    use_credentials (task, sample);
  else
    wb_secrets_lookup_async (wb_context_get_secrets (context), account, cancellable,
                             lookup_cb, g_object_ref (task));
}

/**
 * wb_export_sign_in_finish:
 * @result: as given to the callback
 * @to_remember: (out) (transfer full) (nullable): what a person wants to be remembered, once it has
 *   proved right
 * @error: return location
 *
 * Returns: (transfer full): the sign-in, shared by the windows, or %NULL
 */
WbSignIn *
wb_export_sign_in_finish (GAsyncResult   *result,
                          WbCredentials **to_remember,
                          GError        **error)
{
  Search *search;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_export_sign_in_async), NULL);
  g_return_val_if_fail (to_remember != NULL, NULL);

  search = g_task_get_task_data (G_TASK (result));
  *to_remember = g_steal_pointer (&search->to_remember);

  return g_task_propagate_pointer (G_TASK (result), error);
}
