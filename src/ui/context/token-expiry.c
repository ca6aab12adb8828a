/* token-expiry.c: when a stored token expires, asked of the identity service
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/token-expiry.h"

#include <glib/gi18n-lib.h>

#include "core/service/sign-in/token-look.h"

typedef struct
{
  WbContext *context; /* (owned) */
  WbAccount *account; /* (owned): as the store had it then */
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->context);
  g_object_unref (self->account);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) self = user_data;
  g_autoptr (GDateTime) expires = NULL;
  g_autoptr (WbAccount) account = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  WbAccountStore *store = wb_context_get_store (self->context);

  wb_token_look_finish (WB_SIGN_IN (source), result, &expires, NULL, &error);
  /* If the account has changed meanwhile, its token may have changed too. */
  if (expires == NULL
      || wb_account_store_find (store, wb_account_get_uuid (self->account)) != self->account)
    return;

  account = wb_account_copy (self->account);
  text = wb_token_expiry_to_string (expires);
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, text);
  if (!wb_account_store_put (store, account, &error))
    g_debug ("A token’s expiry not kept: %s", error->message);
}

/**
 * wb_token_expiry_learn:
 * @context: keeps the accounts
 * @account: the stored account whose token was stored
 * @credentials: the token
 *
 * Asks in the background when the token expires, and saves the date in the account. If the identity
 * service does not report it or cannot be reached, it stays unknown.
 */
void
wb_token_expiry_learn (WbContext     *context,
                       WbAccount     *account,
                       WbCredentials *credentials)
{
  g_autoptr (WbSignIn) sign_in = NULL;
  Question *question;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (wb_credentials_get_method (credentials) == WB_AUTH_TOKEN);

  sign_in = wb_sign_in_open (account, credentials, wb_context_get_clouds (context), FALSE,
                             wb_context_get_request_log (context), NULL);
  if (sign_in == NULL)
    return;

  question = g_new0 (Question, 1);
  question->context = g_object_ref (context);
  question->account = g_object_ref (account);
  wb_token_look_async (sign_in, NULL, looked_cb, question);
}

/**
 * wb_token_expiry_to_string:
 * @expires: a point in time
 *
 * Returns: (transfer full): the value for %WB_ACCOUNT_TOKEN_EXPIRES
 */
char *
wb_token_expiry_to_string (GDateTime *expires)
{
  g_autoptr (GDateTime) utc = NULL;

  g_return_val_if_fail (expires != NULL, NULL);

  utc = g_date_time_to_utc (expires);

  return g_date_time_format_iso8601 (utc);
}

/**
 * wb_token_expiry_dup_label:
 * @expires: a %WB_ACCOUNT_TOKEN_EXPIRES
 *
 * Returns: (transfer full) (nullable): a translated sentence; %NULL if it is not known
 */
char *
wb_token_expiry_dup_label (const char *expires)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = NULL;

  g_return_val_if_fail (expires != NULL, NULL);

  when = g_date_time_new_from_iso8601 (expires, utc);
  if (when == NULL)
    return NULL;

  local = g_date_time_to_local (when);
  text = g_date_time_format (local, "%Y-%m-%d %H:%M");
  if (g_date_time_compare (when, now) <= 0)
    /* Translators: a date and time */
    return g_strdup_printf (_ ("The token expired on %s and was removed. Paste a new one."), text);

  /* Translators: a date and time, when a token expires */
  return g_strdup_printf (_ ("Valid until %s"), text);
}
