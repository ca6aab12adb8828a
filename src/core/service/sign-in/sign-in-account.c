/* sign-in-account.c: a sign-in as the settings of an account say
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

static WbSignIn *
new_for_account (WbClient      *client,
                 WbCredentials *credentials,
                 WbAccount     *account,
                 WbClouds      *clouds,
                 gboolean       needs_project)
{
  const WbCloud *cloud;
  WbTokenRequest request = { .credentials = credentials };

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  cloud = wb_clouds_find (clouds, wb_account_get (account, WB_ACCOUNT_CLOUD));
  request.domain_id = get_if_set (account, WB_ACCOUNT_DOMAIN_ID);
  request.user_id = get_if_set (account, WB_ACCOUNT_USER_ID);
  request.agency_domain = get_if_set (account, WB_ACCOUNT_AGENCY_DOMAIN);
  request.agency_key = cloud != NULL ? cloud->agency_key : NULL;
  if (request.agency_domain != NULL)
    request.agency = get_if_set (account, WB_ACCOUNT_AGENCY);
  if (needs_project)
    {
      request.project_id = get_if_set (account, WB_ACCOUNT_PROJECT_ID);
      request.project_name = get_if_set (account, WB_ACCOUNT_PROJECT_NAME);
      if (request.project_id == NULL && request.project_name == NULL)
        request.project_name = get_if_set (account, WB_ACCOUNT_REGION);
    }

  return wb_sign_in_new_for_request (client, &request, needs_project,
                                     g_str_equal (wb_account_get (account, WB_ACCOUNT_PASSCODE),
                                                  WB_ACCOUNT_PASSCODE_ASK));
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
 * @account: the account, whose settings say who signs in how, and to which project; where they say
 *   none, with a password it is the one that is named as the region
 * @clouds: the clouds
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_for_account (WbClient      *client,
                            WbCredentials *credentials,
                            WbAccount     *account,
                            WbClouds      *clouds)
{
  return new_for_account (client, credentials, account, clouds, TRUE);
}

/**
 * wb_sign_in_new_without_project:
 * @client: the account's client
 * @credentials: what the person signs in with
 * @account: the account; its project may be missing or wrong, and does not matter
 * @clouds: the clouds
 *
 * For wb_directory_list_projects_async().
 *
 * Returns: (transfer full): a sign-in to no project, which has not asked for anything yet
 */
WbSignIn *
wb_sign_in_new_without_project (WbClient      *client,
                                WbCredentials *credentials,
                                WbAccount     *account,
                                WbClouds      *clouds)
{
  return new_for_account (client, credentials, account, clouds, FALSE);
}
