/* credentials.c: the secrets for an export: from the environment, the keyring, or a prompt
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source-private.h"

#include <glib/gi18n-lib.h>

#include "cli/account/secret-prompt.h"
#include "cli/terminal/output.h"
#include "cli/terminal/wait.h"
#include "core/accounts/secrets.h"
#include "core/error.h"
#include "core/text.h"
#include "core/wipe.h"

/* Half a key in the environment decides as well: keys are never mixed with stored ones. */
gboolean
wb_cli_credentials_are_given (WbCliSecrets *secrets,
                              WbAuthMethod  method)
{
  switch (method)
    {
    case WB_AUTH_KEY:
      return wb_cli_secrets_get (secrets, WB_CLI_ACCESS_KEY) != NULL
             || wb_cli_secrets_get (secrets, WB_CLI_SECRET_KEY) != NULL;
    case WB_AUTH_TOKEN:
      return wb_cli_secrets_get (secrets, WB_CLI_TOKEN) != NULL;
    case WB_AUTH_PASSWORD:
    default:
      return wb_cli_secrets_get (secrets, WB_CLI_PASSWORD) != NULL;
    }
}

/* Returns NULL without an error where no secret is stored. A store that does not work counts
 * as none, but a person should know why they are asked. */
static WbCredentials *
look_up (WbAccount    *account,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (WbSecrets) store = wb_secrets_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  WbCredentials *credentials;

  wb_secrets_lookup_async (store, account, cancellable, wb_cli_wait_cb, &result);
  credentials = wb_secrets_lookup_finish (store, wb_cli_wait (&result), &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  else if (local_error != NULL)
    {
      g_autofree char *reason = wb_text_escape (local_error->message, -1);

      wb_cli_output_note ("%s", reason);
    }

  return credentials;
}

/* What was stored before keys were looked at, or by another program. */
static gboolean
check_stored (WbAccount     *account,
              WbCredentials *credentials,
              GError       **error)
{
  const char *const keys[] = { wb_credentials_get_access_key (credentials),
                               wb_credentials_get_secret_key (credentials),
                               wb_credentials_get_security_token (credentials),
                               wb_credentials_get_token (credentials) };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *reason = keys[i] != NULL ? wb_credentials_validate_key (keys[i]) : NULL;
      g_autofree char *name = NULL;

      if (reason == NULL)
        continue;
      name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an account's name, and a sentence that says why. */
                   _ ("The secret that is stored for the account “%s” cannot be used: %s"), name,
                   reason);
      return FALSE;
    }

  return TRUE;
}

/* From the environment or a prompt; checked by the rules of the account window. No refusal repeats
 * it, and each names where it came from. */
static char *
ask (WbCliSecrets *secrets,
     WbCliSecret   which,
     const char   *question,
     GCancellable *cancellable,
     GError      **error)
{
  const char      *from_environment = wb_cli_secrets_get (secrets, which);
  const char      *variable = wb_cli_secret_get_variable (which);
  char            *secret;
  g_autofree char *reason = NULL;

  if (from_environment == NULL && !wb_cli_secret_prompt_is_possible ())
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: the name of an environment variable. */
                   _ ("No secret was found, and there is no terminal to ask for one: set "
                      "%s in the environment."),
                   variable);
      return NULL;
    }

  if (from_environment != NULL)
    secret = g_strdup (from_environment);
  else
    secret = wb_cli_secret_prompt (question, cancellable, error);
  if (secret == NULL)
    return NULL;

  reason = which == WB_CLI_PASSWORD ? wb_credentials_validate_secret (secret)
                                    : wb_credentials_validate_key (secret);
  if (reason != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"),
                   from_environment != NULL ? wb_cli_secrets_get_origin (secrets, which) : question,
                   reason);
      g_clear_pointer (&secret, wb_wipe_and_free);
    }

  return secret;
}

static WbCredentials *
ask_password (WbCliSource  *source,
              WbCliSecrets *secrets,
              GCancellable *cancellable,
              GError      **error)
{
  const char      *domain = wb_account_get (source->account, WB_ACCOUNT_DOMAIN);
  const char      *user = wb_account_get (source->account, WB_ACCOUNT_USER);
  const char      *credential = wb_account_get (source->account,
                                                WB_ACCOUNT_APPLICATION_CREDENTIAL_ID);
  const char      *user_id = wb_account_get (source->account, WB_ACCOUNT_USER_ID);
  g_autofree char *question = NULL;
  char            *password;
  WbCredentials   *credentials;

  if (*credential == '\0')
    credential = wb_account_get (source->account, WB_ACCOUNT_APPLICATION_CREDENTIAL);
  if (*credential == '\0' && *user == '\0' && *user_id == '\0')
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("This account has no user name for a password: "
                              "leave out --auth, or edit the account."));
      return NULL;
    }

  if (*user == '\0')
    user = user_id;
  if (*domain == '\0')
    domain = wb_account_get (source->account, WB_ACCOUNT_DOMAIN_ID);
  if (*credential != '\0')
    /* Translators: the name or the ID of an application credential. */
    question = g_strdup_printf (_ ("Secret of the application credential %s"), credential);
  else
    /* Translators: a user's name, and the name of their account with the cloud. */
    question = g_strdup_printf (_ ("Password of %s in %s"), user, domain);
  password = ask (secrets, WB_CLI_PASSWORD, question, cancellable, error);
  if (password == NULL)
    return NULL;

  credentials = wb_credentials_new_password (wb_account_get (source->account, WB_ACCOUNT_DOMAIN),
                                             wb_account_get (source->account, WB_ACCOUNT_USER),
                                             password);
  wb_wipe_and_free (password);

  return credentials;
}

/* There is one with a temporary key alone, so nobody is asked for it. */
static gboolean
check_security_token (WbCliSecrets *secrets,
                      GError      **error)
{
  const char      *token = wb_cli_secrets_get (secrets, WB_CLI_SECURITY_TOKEN);
  g_autofree char *reason = NULL;

  if (token == NULL || *token == '\0')
    return TRUE;
  reason = wb_credentials_validate_key (token);
  if (reason == NULL)
    return TRUE;

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"),
               wb_cli_secrets_get_origin (secrets, WB_CLI_SECURITY_TOKEN), reason);

  return FALSE;
}

static WbCredentials *
ask_key (WbCliSecrets *secrets,
         GCancellable *cancellable,
         GError      **error)
{
  WbCredentials *credentials = NULL;
  char          *access_key = NULL;
  char          *secret_key = NULL;

  access_key = ask (secrets, WB_CLI_ACCESS_KEY, _ ("Access key (AK)"), cancellable, error);
  if (access_key != NULL)
    secret_key = ask (secrets, WB_CLI_SECRET_KEY, _ ("Secret key (SK)"), cancellable, error);
  if (secret_key != NULL && check_security_token (secrets, error))
    credentials = wb_credentials_new_key (access_key, secret_key,
                                          wb_cli_secrets_get (secrets, WB_CLI_SECURITY_TOKEN));

  wb_wipe_and_free (access_key);
  wb_wipe_and_free (secret_key);

  return credentials;
}

static WbCredentials *
ask_token (WbCliSecrets *secrets,
           GCancellable *cancellable,
           GError      **error)
{
  char          *token = ask (secrets, WB_CLI_TOKEN, _ ("Token"), cancellable, error);
  WbCredentials *credentials;

  if (token == NULL)
    return NULL;

  credentials = wb_credentials_new_token (token);
  wb_wipe_and_free (token);

  return credentials;
}

/**
 * wb_cli_credentials_find:
 * @source: what to sign in to
 * @secrets: what the environment held
 * @cancellable: (nullable): cancels a look-up or a prompt
 * @error: return location
 *
 * Takes the secrets from the environment, else from the keyring (a stored account's), else
 * asks on the terminal. The sample service knows its own.
 *
 * Returns: (transfer full): what to sign in with
 */
WbCredentials *
wb_cli_credentials_find (WbCliSource  *source,
                         WbCliSecrets *secrets,
                         GCancellable *cancellable,
                         GError      **error)
{
  if (source->sample != NULL)
    return wb_sample_service_dup_credentials (source->sample, source->method);

  if (source->stored && !wb_cli_credentials_are_given (secrets, source->method))
    {
      g_autoptr (GError) local_error = NULL;
      WbCredentials *credentials = look_up (source->account, cancellable, &local_error);

      if (credentials != NULL && check_stored (source->account, credentials, &local_error))
        return credentials;
      g_clear_pointer (&credentials, wb_credentials_unref);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  wb_cli_environment_adopt (source->environment, source->account, source->clouds, source->method);

  switch (source->method)
    {
    case WB_AUTH_KEY:
      return ask_key (secrets, cancellable, error);
    case WB_AUTH_TOKEN:
      return ask_token (secrets, cancellable, error);
    case WB_AUTH_PASSWORD:
    default:
      return ask_password (source, secrets, cancellable, error);
    }
}
