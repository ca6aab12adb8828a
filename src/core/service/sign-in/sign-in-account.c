/* sign-in-account.c: opens a sign-in as the settings of an account say
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

static const char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
get_if_set (WbAccount     *account,
            WbAccountField field)
{
  return none_if_empty (wb_account_get (account, field));
}

/**
 * wb_sign_in_new:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @project_id: (nullable): the project's ID; empty is the same as %NULL
 * @project_name: (nullable): its name, which counts without an ID; with a password only
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new (WbClient      *client,
                WbCredentials *credentials,
                const char    *project_id,
                const char    *project_name)
{
  return wb_sign_in_new_for_request (client,
                                     &(WbTokenRequest){
                                       .credentials = credentials,
                                       .project_id = none_if_empty (project_id),
                                       .project_name = none_if_empty (project_name),
                                     },
                                     TRUE, FALSE);
}

/**
 * wb_sign_in_new_for_account:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @account: the account, whose settings say who signs in how, and to which project; without a
 *   project in them, a password signs in to the one that is named as the region
 * @clouds: the clouds
 * @to_project: whether to sign in to the account's project, or to none
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_for_account (WbClient      *client,
                            WbCredentials *credentials,
                            WbAccount     *account,
                            WbClouds      *clouds,
                            gboolean       to_project)
{
  const WbCloud *cloud;
  WbTokenRequest request = { .credentials = credentials };

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  cloud = wb_clouds_find (clouds, wb_account_get (account, WB_ACCOUNT_CLOUD));
  request.domain_id = get_if_set (account, WB_ACCOUNT_DOMAIN_ID);
  request.user_id = get_if_set (account, WB_ACCOUNT_USER_ID);
  request.application_credential_id = get_if_set (account, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID);
  request.application_credential = get_if_set (account, WB_ACCOUNT_APPLICATION_CREDENTIAL);
  request.project_domain_id = get_if_set (account, WB_ACCOUNT_PROJECT_DOMAIN_ID);
  request.project_domain = get_if_set (account, WB_ACCOUNT_PROJECT_DOMAIN);
  request.agency_domain = get_if_set (account, WB_ACCOUNT_AGENCY_DOMAIN);
  request.agency_key = cloud != NULL ? cloud->agency_key : NULL;
  if (request.agency_domain != NULL)
    request.agency = get_if_set (account, WB_ACCOUNT_AGENCY);
  if (to_project)
    {
      request.project_id = get_if_set (account, WB_ACCOUNT_PROJECT_ID);
      request.project_name = wb_account_get_default_project (account);
      if (request.project_name == NULL)
        request.project_name = get_if_set (account, WB_ACCOUNT_PROJECT_NAME);
    }

  return wb_sign_in_new_for_request (client, &request, to_project,
                                     g_str_equal (wb_account_get (account, WB_ACCOUNT_PASSCODE),
                                                  WB_ACCOUNT_PASSCODE_ASK));
}

/**
 * wb_sign_in_open:
 * @account: the account; its settings need not be saved
 * @credentials: what the person signs in with
 * @clouds: the clouds
 * @to_project: whether to sign in to the account's project, or to none; then the project may be
 *   missing or wrong, as for wb_directory_list_projects_async()
 * @log: (nullable): where the requests are noted
 * @error: return location
 *
 * The one way from an account to the right to make requests: makes the client for the account's
 * addresses and CA file, and a sign-in that owns it. Nothing is sent, and neither the keyring
 * nor a person is asked: the first request does that, and it fails with %WB_ERROR_SECOND_FACTOR
 * where wb_sign_in_set_passcode() is needed. A caller that wants to share the sign-in keeps it.
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet; %NULL and
 *   %WB_ERROR_INVALID where an address is not valid, or an error of %WB_ERROR or %G_IO_ERROR where
 *   the CA file cannot be used
 */
WbSignIn *
wb_sign_in_open (WbAccount     *account,
                 WbCredentials *credentials,
                 WbClouds      *clouds,
                 gboolean       to_project,
                 WbRequestLog  *log,
                 GError       **error)
{
  g_autoptr (WbClient) client = wb_client_new_for_account (account, clouds, error);

  if (client == NULL)
    return NULL;

  wb_client_set_request_log (client, log);

  return wb_sign_in_new_for_account (client, credentials, account, clouds, to_project);
}
