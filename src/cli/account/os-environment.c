/* os-environment.c: OpenStack's variables, where they are for the identity service in use
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source-private.h"

/**
 * wb_cli_os_environment_is_for:
 * @identity_url: the identity service's address, as in #WbEndpoints
 *
 * Returns: %TRUE if `OS_AUTH_URL` is that address
 */
gboolean
wb_cli_os_environment_is_for (const char *identity_url)
{
  const char      *variable = g_getenv ("OS_AUTH_URL");
  g_autofree char *url = NULL;

  g_return_val_if_fail (identity_url != NULL, FALSE);

  url = variable != NULL ? wb_endpoints_normalize (variable, NULL) : NULL;

  return url != NULL && g_str_equal (url, identity_url);
}

/**
 * wb_cli_os_environment_fill:
 * @account: an account that signs in by password, with its addresses in place
 * @clouds: the clouds
 *
 * Sets what is missing of user, domain and project, if the variables are for the account's identity
 * service.
 */
void
wb_cli_os_environment_fill (WbAccount *account,
                            WbClouds  *clouds)
{
  static const struct
  {
    WbAccountField field;
    WbAccountField other; /* does as well */
    const char    *variable;
  } variables[] = {
    { WB_ACCOUNT_USER_ID, WB_ACCOUNT_USER, "OS_USER_ID" },
    { WB_ACCOUNT_USER, WB_ACCOUNT_USER_ID, "OS_USERNAME" },
    { WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN, "OS_USER_DOMAIN_ID" },
    { WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID, "OS_USER_DOMAIN_NAME" },
    { WB_ACCOUNT_PROJECT_ID, WB_ACCOUNT_PROJECT_NAME, "OS_PROJECT_ID" },
    { WB_ACCOUNT_PROJECT_NAME, WB_ACCOUNT_PROJECT_ID, "OS_PROJECT_NAME" },
  };
  g_autoptr (WbEndpoints) endpoints = wb_account_dup_endpoints (account, clouds, NULL);

  if (endpoints == NULL || wb_account_get_auth_method (account) != WB_AUTH_PASSWORD
      || !wb_cli_os_environment_is_for (endpoints->identity_url))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      if (*wb_account_get (account, variables[i].field) == '\0'
          && *wb_account_get (account, variables[i].other) == '\0')
        wb_account_set (account, variables[i].field, g_getenv (variables[i].variable));
    }
}
