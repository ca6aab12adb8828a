/* draft-sign-in.c: a sign-in by settings that need not be saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/draft-sign-in.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"

typedef struct
{
  WbAccount *account; /* (owned) */
  WbClouds  *clouds;  /* (unowned): they outlive all windows */
  gboolean   to_project;
} Draft;

static void
draft_free (Draft *self)
{
  g_object_unref (self->account);
  g_free (self);
}

/* The settings that a sign-in needs; the others may still be missing. */
static char *
dup_reason (const Draft *self)
{
  static const WbAccountField fields[] = {
    WB_ACCOUNT_REGION,
    WB_ACCOUNT_SERVICE_URL,
    WB_ACCOUNT_IDENTITY_URL,
    WB_ACCOUNT_MANAGEMENT_URL,
    WB_ACCOUNT_CA_FILE,
    WB_ACCOUNT_DOMAIN,
    WB_ACCOUNT_USER,
    WB_ACCOUNT_DOMAIN_ID,
    WB_ACCOUNT_USER_ID,
    WB_ACCOUNT_AGENCY_DOMAIN,
    WB_ACCOUNT_AGENCY,
    WB_ACCOUNT_PROJECT_NAME,
    WB_ACCOUNT_PROJECT_ID,
  };
  char *reason = NULL;

  for (guint i = 0; reason == NULL && i < G_N_ELEMENTS (fields); i++)
    {
      if (self->to_project || fields[i] != WB_ACCOUNT_PROJECT_ID)
        reason = wb_account_check (self->account, self->clouds, fields[i]);
    }

  return reason;
}

static void
return_sign_in (GTask         *task,
                WbCredentials *credentials)
{
  const Draft *self = g_task_get_task_data (task);
  const char  *ca_file = wb_account_get (self->account, WB_ACCOUNT_CA_FILE);
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  WbSignIn *sign_in;
  GError   *error = NULL;

  endpoints = wb_account_dup_endpoints (self->account, self->clouds, &error);
  if (endpoints != NULL)
    client = wb_client_new (endpoints, *ca_file != '\0' ? ca_file : NULL, &error);
  if (client == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->to_project)
    sign_in = wb_sign_in_new_for_account (client, credentials, self->account, self->clouds);
  else
    sign_in = wb_sign_in_new_without_project (client, credentials, self->account, self->clouds);
  g_task_return_pointer (task, sign_in, g_object_unref);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  GError *error = NULL;

  credentials = wb_secrets_lookup_finish (WB_SECRETS (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (credentials != NULL)
    return_sign_in (task, credentials);
  else
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID, "%s",
                             _ ("Enter first what the account signs in with: its password, access "
                                "key or token."));
}

/**
 * wb_draft_sign_in_async:
 * @account: the settings, as they are in a form now
 * @to_project: whether to sign in to the account's project, or to none
 * @typed: (nullable): what was typed in; %NULL for what @secrets has
 * @secrets: the secret store
 * @clouds: the clouds; must outlive the call
 * @cancellable: (nullable): ends the call
 * @callback: called when there is something to sign in with
 * @user_data: for @callback
 */
void
wb_draft_sign_in_async (WbAccount          *account,
                        gboolean            to_project,
                        WbCredentials      *typed,
                        WbSecrets          *secrets,
                        WbClouds           *clouds,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *reason = NULL;
  Draft           *self;

  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (WB_IS_SECRETS (secrets));
  g_return_if_fail (clouds != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_draft_sign_in_async);

  self = g_new0 (Draft, 1);
  self->account = g_object_ref (account);
  self->clouds = clouds;
  self->to_project = to_project;
  g_task_set_task_data (task, self, (GDestroyNotify) draft_free);

  reason = dup_reason (self);
  if (reason != NULL)
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID, "%s", reason);
  else if (typed != NULL)
    return_sign_in (task, typed);
  else
    wb_secrets_lookup_async (secrets, account, cancellable, looked_up_cb,
                             g_steal_pointer (&task));
}

/**
 * wb_draft_sign_in_finish:
 * @result: what the callback was given
 * @error: %WB_ERROR_INVALID with a sentence for a person where a setting or the secret is missing,
 *   or another error
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_draft_sign_in_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_draft_sign_in_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
