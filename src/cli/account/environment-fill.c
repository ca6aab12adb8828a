/* environment-fill.c: fills an account with what other programs' variables say
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/account/environment-private.h"
#include "core/error.h"

/* The settings for which there are variables, in the order in which their own tools take them:
 * openstackclient's "Environment Variables" and the clouds' own provider for OpenStack's, "Provider
 * Configuration" of the Terraform provider huaweicloud, and the software kits' "Environment
 * Variables". */
static const struct
{
  WbCliFamily    family;
  const char    *variable;
  WbAccountField field;
  WbAccountField other; /* where it is set, this one is not needed */
} variables[] = {
  { WB_CLI_FAMILY_OS_APPLICATION, "OS_APPLICATION_CREDENTIAL_ID",
    WB_ACCOUNT_APPLICATION_CREDENTIAL_ID, WB_ACCOUNT_APPLICATION_CREDENTIAL },
  { WB_CLI_FAMILY_OS_APPLICATION, "OS_APPLICATION_CREDENTIAL_NAME",
    WB_ACCOUNT_APPLICATION_CREDENTIAL, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID },

  { WB_CLI_FAMILY_OS, "OS_USER_ID", WB_ACCOUNT_USER_ID, WB_ACCOUNT_USER },
  { WB_CLI_FAMILY_OS, "OS_USERNAME", WB_ACCOUNT_USER, WB_ACCOUNT_USER_ID },
  { WB_CLI_FAMILY_OS, "OS_USER_NAME", WB_ACCOUNT_USER, WB_ACCOUNT_USER_ID },
  { WB_CLI_FAMILY_OS, "OS_USER_DOMAIN_ID", WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_USER_DOMAIN_NAME", WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID },
  { WB_CLI_FAMILY_OS, "OS_DOMAIN_ID", WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_DOMAIN_NAME", WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_DOMAIN_ID", WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_DOMAIN_NAME", WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID },
  { WB_CLI_FAMILY_OS, "OS_DEFAULT_DOMAIN", WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_ID", WB_ACCOUNT_PROJECT_ID, WB_ACCOUNT_PROJECT_NAME },
  { WB_CLI_FAMILY_OS, "OS_TENANT_ID", WB_ACCOUNT_PROJECT_ID, WB_ACCOUNT_PROJECT_NAME },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_NAME", WB_ACCOUNT_PROJECT_NAME, WB_ACCOUNT_PROJECT_ID },
  { WB_CLI_FAMILY_OS, "OS_TENANT_NAME", WB_ACCOUNT_PROJECT_NAME, WB_ACCOUNT_PROJECT_ID },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_DOMAIN_ID", WB_ACCOUNT_PROJECT_DOMAIN_ID,
    WB_ACCOUNT_PROJECT_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_PROJECT_DOMAIN_NAME", WB_ACCOUNT_PROJECT_DOMAIN,
    WB_ACCOUNT_PROJECT_DOMAIN_ID },
  { WB_CLI_FAMILY_OS, "OS_AGENCY_DOMAIN_NAME", WB_ACCOUNT_AGENCY_DOMAIN,
    WB_ACCOUNT_AGENCY_DOMAIN },
  { WB_CLI_FAMILY_OS, "OS_AGENCY_NAME", WB_ACCOUNT_AGENCY, WB_ACCOUNT_AGENCY },
  { WB_CLI_FAMILY_OS, "OS_CACERT", WB_ACCOUNT_CA_FILE, WB_ACCOUNT_CA_FILE },

  { WB_CLI_FAMILY_HW, "HW_USER_ID", WB_ACCOUNT_USER_ID, WB_ACCOUNT_USER },
  { WB_CLI_FAMILY_HW, "HW_USER_NAME", WB_ACCOUNT_USER, WB_ACCOUNT_USER_ID },
  { WB_CLI_FAMILY_HW, "HW_DOMAIN_ID", WB_ACCOUNT_DOMAIN_ID, WB_ACCOUNT_DOMAIN },
  { WB_CLI_FAMILY_HW, "HW_DOMAIN_NAME", WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID },
  { WB_CLI_FAMILY_HW, "HW_PROJECT_ID", WB_ACCOUNT_PROJECT_ID, WB_ACCOUNT_PROJECT_NAME },
  { WB_CLI_FAMILY_HW, "HW_PROJECT_NAME", WB_ACCOUNT_PROJECT_NAME, WB_ACCOUNT_PROJECT_ID },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_DOMAIN_NAME", WB_ACCOUNT_AGENCY_DOMAIN,
    WB_ACCOUNT_AGENCY_DOMAIN },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_AGENCY_NAME", WB_ACCOUNT_AGENCY, WB_ACCOUNT_AGENCY },

  { WB_CLI_FAMILY_SDK, "HUAWEICLOUD_SDK_PROJECT_ID", WB_ACCOUNT_PROJECT_ID,
    WB_ACCOUNT_PROJECT_NAME },
};

/* Others that are looked at by their names. */
static const char *const other_variables[] = {
  "OS_AUTH_URL",
  "OS_REGION_NAME",
  "OS_AUTH_TYPE",
  "OS_AUTH_METHODS",
  "OS_IDENTITY_API_VERSION",
};

/* Whether anything is done with it; for the keys of clouds.yaml. */
static gboolean
is_known (const char *variable)
{
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      if (g_str_equal (variables[i].variable, variable))
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other_variables); i++)
    {
      if (g_str_equal (other_variables[i], variable))
        return TRUE;
    }

  return wb_cli_secrets_know (variable);
}

/* What stands below `auth` belongs to the sign-in, so nothing of it is passed over. */
static gboolean
check_cloud (WbCliEnvironment *self,
             GError          **error)
{
  g_auto (GStrv) keys = wb_openstack_cloud_list_auth (self->cloud);
  const char *verify = wb_openstack_cloud_get (self->cloud, "verify");

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (keys[i], -1);
      g_autofree char *upper = g_ascii_strup (keys[i], -1);
      g_autofree char *variable = g_strconcat ("OS_", upper, NULL);

      /* Capital letters make another key in YAML. */
      if (!g_str_equal (keys[i], lower) || !is_known (variable))
        {
          g_autofree char *origin = wb_cli_environment_dup_cloud_origin (self, keys[i]);

          return wb_cli_environment_reject (origin, error);
        }
    }

  if (verify != NULL && wb_cli_environment_is_false (verify))
    wb_cli_environment_note_check ("“verify”");

  return TRUE;
}

/* A key and a token go without a user, and need the project's ID. */
static gboolean
is_needed (WbAccount     *account,
           WbAccountField field)
{
  return wb_account_get_auth_method (account) == WB_AUTH_PASSWORD
         || wb_account_field_get_info (field)->use != WB_ACCOUNT_FIELD_PASSWORD
         || field == WB_ACCOUNT_PROJECT_NAME || field == WB_ACCOUNT_AGENCY;
}

/**
 * wb_cli_environment_fill:
 * @self: the environment
 * @account: an account with its addresses and its way to sign in in place
 * @clouds: the clouds
 * @error: return location
 *
 * Sets what is missing, from the variables that are for the account's identity service.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID that names a variable which would change the meaning, and
 *   is not supported
 */
gboolean
wb_cli_environment_fill (WbCliEnvironment *self,
                         WbAccount        *account,
                         WbClouds         *clouds,
                         GError          **error)
{
  static const WbCliFamily families[] = { WB_CLI_FAMILY_OS, WB_CLI_FAMILY_HW, WB_CLI_FAMILY_SDK };

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->cloud != NULL
      && !wb_cli_environment_is_active (self, WB_CLI_FAMILY_OS, account, clouds))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("The cloud of clouds.yaml has no “auth_url”, or another one than the "
                      "identity address in use."));
      return FALSE;
    }
  if (self->cloud != NULL && !check_cloud (self, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      WbAccountField field = variables[i].field;
      const char    *value = wb_cli_environment_get (self, variables[i].variable);

      if (value != NULL && *wb_account_get (account, field) == '\0'
          && *wb_account_get (account, variables[i].other) == '\0' && is_needed (account, field)
          && wb_cli_environment_is_active (self, variables[i].family, account, clouds))
        wb_cli_environment_set (self, account, field, value, variables[i].variable);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (wb_cli_environment_is_active (self, families[i], account, clouds)
          && !wb_cli_environment_refuse (self, families[i], account, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_cli_environment_adopt:
 * @self: the environment
 * @account: the account
 * @clouds: the clouds
 * @method: how it signs in
 *
 * Takes the secrets of the first of the programs that has one for @method and whose variables are
 * for the account's identity service: one cloud's password never goes to another cloud's host.
 */
void
wb_cli_environment_adopt (WbCliEnvironment *self,
                          WbAccount        *account,
                          WbClouds         *clouds,
                          WbAuthMethod      method)
{
  static const WbCliSecret secrets[] = {
    [WB_AUTH_PASSWORD] = WB_CLI_PASSWORD,
    [WB_AUTH_KEY] = WB_CLI_ACCESS_KEY,
    [WB_AUTH_TOKEN] = WB_CLI_TOKEN,
  };
  static const WbCliFamily families[] = { WB_CLI_FAMILY_OS_APPLICATION, WB_CLI_FAMILY_OS,
                                          WB_CLI_FAMILY_HW, WB_CLI_FAMILY_SDK };
  gboolean                 is_application;

  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint) method < G_N_ELEMENTS (secrets));

  is_application = *wb_account_get (account, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID) != '\0'
                   || *wb_account_get (account, WB_ACCOUNT_APPLICATION_CREDENTIAL) != '\0';
  if (wb_cli_secrets_has_own (self->secrets))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      gboolean is_for_application = families[i] == WB_CLI_FAMILY_OS_APPLICATION;

      if (is_for_application == (is_application && method == WB_AUTH_PASSWORD)
          && (wb_cli_secrets_has_foreign (self->secrets, families[i], secrets[method])
              || (method == WB_AUTH_KEY
                  && wb_cli_secrets_has_foreign (self->secrets, families[i], WB_CLI_SECRET_KEY)))
          && wb_cli_environment_is_active (self, families[i], account, clouds))
        {
          wb_cli_secrets_adopt (self->secrets, families[i]);
          return;
        }
    }
}
