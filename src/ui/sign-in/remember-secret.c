/* remember-secret.c: puts a secret that has proved right into the secret store
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/remember-secret.h"

#include "ui/context/token-expiry.h"

/* A secret on its way to the store. */
typedef struct
{
  WbApplication *application; /* (owned) */
  WbAccount     *account;     /* (owned) */
  WbCredentials *credentials; /* (owned) */
} Remembering;

static void
remembering_free (Remembering *remembering)
{
  g_object_unref (remembering->application);
  g_object_unref (remembering->account);
  wb_credentials_unref (remembering->credentials);
  g_free (remembering);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Remembering, remembering_free)

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Remembering) remembering = user_data;
  WbApplication  *application = remembering->application;
  WbAccountStore *store = wb_application_get_store (application);
  WbAccount      *account;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  if (!wb_secrets_store_finish (WB_SECRETS (source), result, &reason, &error))
    wb_application_show_message (application, error->message);
  else if (reason != NULL)
    wb_application_show_message (application, reason);

  account = wb_account_store_find (store, wb_account_get_uuid (remembering->account));
  if (error == NULL && account != NULL
      && wb_credentials_get_method (remembering->credentials) == WB_AUTH_TOKEN)
    wb_token_expiry_learn (store, account, remembering->credentials,
                           wb_application_get_clouds (application),
                           wb_application_get_request_log (application));
}

/**
 * wb_remember_secret:
 * @application: keeps the accounts and the secrets
 * @account: whose
 * @credentials: what has proved right
 *
 * Where that does not work, a window says so in plain words.
 */
void
wb_remember_secret (WbApplication *application,
                    WbAccount     *account,
                    WbCredentials *credentials)
{
  Remembering *remembering;

  g_return_if_fail (WB_IS_APPLICATION (application));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (credentials != NULL);

  remembering = g_new0 (Remembering, 1);
  remembering->application = g_object_ref (application);
  remembering->account = wb_account_copy (account);
  remembering->credentials = wb_credentials_ref (credentials);
  /* What is known of the token before this one would have the new one removed. */
  if (*wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES) != '\0')
    {
      wb_account_set (remembering->account, WB_ACCOUNT_TOKEN_EXPIRES, "");
      wb_account_store_put (wb_application_get_store (application), remembering->account, NULL);
    }
  wb_secrets_store_async (wb_application_get_secrets (application), remembering->account,
                          credentials, NULL, stored_cb, remembering);
}
