/* sample-account.c: an account of the sample service, and what signs in to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include <glib/gi18n-lib.h>

/**
 * wb_sample_service_dup_account:
 * @self: a service that runs
 * @method: the way to sign in
 *
 * Returns: (transfer full): a transient account for it, with all its workspaces. Each call gives
 *   the same UUID
 */
WbAccount *
wb_sample_service_dup_account (WbSampleService *self,
                               WbAuthMethod     method)
{
  WbAccount *account;
  g_autoptr (GListStore) workspaces = NULL;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  for (guint i = 0; i < self->workspaces->len; i++)
    {
      const WbSampleWorkspace *data = g_ptr_array_index (self->workspaces, i);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (data->name, data->id);

      g_list_store_append (workspaces, workspace);
    }

  account = wb_account_new_with_uuid (self->account_uuid);
  /* Translators: the name of the account that tries the program on made-up data */
  wb_account_set (account, WB_ACCOUNT_NAME, _ ("Sample data"));
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_MANAGEMENT_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, self->identity.project_id);
  if (method == WB_AUTH_PASSWORD)
    {
      wb_account_set (account, WB_ACCOUNT_DOMAIN, self->identity.domain);
      wb_account_set (account, WB_ACCOUNT_USER, self->identity.user);
    }
  wb_account_set_auth_method (account, method);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  wb_account_set_transient (account, TRUE);

  return account;
}

/**
 * wb_sample_service_dup_credentials:
 * @self: a service that runs
 * @method: the way to sign in
 *
 * Returns: (transfer full): credentials that it accepts in this run
 */
WbCredentials *
wb_sample_service_dup_credentials (WbSampleService *self,
                                   WbAuthMethod     method)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  switch (method)
    {
    case WB_AUTH_PASSWORD:
      return wb_credentials_new_password (self->identity.domain, self->identity.user,
                                          self->identity.password);

    case WB_AUTH_KEY:
      return wb_credentials_new_key (self->access_key, self->secret_key, NULL);

    case WB_AUTH_TOKEN:
      token = wb_sample_sign_in_issue_token (self, g_get_real_time () / G_USEC_PER_SEC, TRUE);
      return wb_credentials_new_token (token);

    default:
      g_return_val_if_reached (NULL);
    }
}
