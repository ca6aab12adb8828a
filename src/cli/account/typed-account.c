/* typed-account.c: an account made of what is typed on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/typed-account.h"

#include <glib/gi18n-lib.h>

#include "cli/account/os-environment.h"
#include "core/error.h"
#include "core/text.h"

/* Settings typed as options are checked by the rules of the account window. */
static gboolean
check_field (WbAccount     *account,
             WbClouds      *clouds,
             WbAccountField field,
             const char    *option,
             GError       **error)
{
  g_autofree char *reason = wb_account_validate (account, clouds, field);

  if (reason == NULL)
    return TRUE;

  /* Translators: an option of the command line, and what is wrong with its value */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), option, reason);

  return FALSE;
}

/* Of those that have regions. */
static char *
list_clouds (WbClouds *clouds)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    {
      if (wb_clouds_get (clouds, i)->regions->len > 0)
        g_ptr_array_add (ids, wb_clouds_get (clouds, i)->id);
    }
  g_ptr_array_add (ids, NULL);

  return g_strjoinv (", ", (char **) ids->pdata);
}

/* The window offers what there is; here a message does. */
static gboolean
check_cloud (const WbCliExportOptions *options,
             WbClouds                 *clouds,
             GError                  **error)
{
  const WbCloud   *cloud;
  g_autofree char *typed = NULL;
  g_autofree char *known = NULL;
  g_autoptr (GString) choices = g_string_new (NULL);

  if (options->cloud == NULL && options->region != NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--region needs --cloud, such as otc or huawei."));
      return FALSE;
    }
  if (options->cloud == NULL)
    return TRUE;

  cloud = wb_clouds_find (clouds, options->cloud);
  if (cloud == NULL)
    {
      typed = wb_text_escape (options->cloud, -1);
      known = list_clouds (clouds);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: IDs of clouds, and what was typed instead */
                   _ ("--cloud is one of %s, not “%s”. For any other cloud give --service-url and "
                      "--identity-url."),
                   known, typed);
      return FALSE;
    }

  if (cloud->regions->len == 0
      || (options->region != NULL && wb_cloud_find_region (cloud, options->region) != NULL))
    return TRUE;

  for (guint i = 0; i < cloud->regions->len; i++)
    {
      const WbRegion *region = g_ptr_array_index (cloud->regions, i);

      g_string_append_printf (choices, "%s%s", i == 0 ? "" : ", ", region->id);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: a list of regions' IDs, such as eu-de, eu-nl. */
               _ ("Choose a region of this cloud with --region: %s."), choices->str);

  return FALSE;
}

static gboolean
has_user (WbAccount *account)
{
  return *wb_account_get (account, WB_ACCOUNT_DOMAIN) != '\0'
         || *wb_account_get (account, WB_ACCOUNT_DOMAIN_ID) != '\0'
         || *wb_account_get (account, WB_ACCOUNT_USER) != '\0'
         || *wb_account_get (account, WB_ACCOUNT_USER_ID) != '\0';
}

/**
 * wb_cli_typed_account_new:
 * @options: the options
 * @method: how to sign in
 * @clouds: the clouds
 * @error: return location
 *
 * Returns: (transfer full): an account made of the options, which is stored nowhere
 */
WbAccount *
wb_cli_typed_account_new (const WbCliExportOptions *options,
                          WbAuthMethod              method,
                          WbClouds                 *clouds,
                          GError                  **error)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autofree char *ca_file = NULL;
  const struct
  {
    WbAccountField field;
    const char    *option;
    const char    *value;
  } fields[] = {
    { WB_ACCOUNT_CLOUD, "--cloud", options->cloud != NULL ? options->cloud : WB_CLOUD_OTHER },
    { WB_ACCOUNT_REGION, "--region", options->region },
    { WB_ACCOUNT_SERVICE_URL, "--service-url", options->service_url },
    { WB_ACCOUNT_IDENTITY_URL, "--identity-url", options->identity_url },
    { WB_ACCOUNT_MANAGEMENT_URL, "--management-url", options->management_url },
    { WB_ACCOUNT_DOMAIN, "--domain", options->domain },
    { WB_ACCOUNT_USER, "--user", options->user },
    { WB_ACCOUNT_DOMAIN_ID, "--domain-id", options->domain_id },
    { WB_ACCOUNT_USER_ID, "--user-id", options->user_id },
    { WB_ACCOUNT_AGENCY_DOMAIN, "--agency-domain", options->agency_domain },
    { WB_ACCOUNT_AGENCY, "--agency", options->agency },
    { WB_ACCOUNT_PROJECT_ID, "--project-id", options->project_id },
    { WB_ACCOUNT_PROJECT_NAME, "--project-name", options->project_name },
    { WB_ACCOUNT_CA_FILE, "--ca-file", options->ca_file },
  };

  if (!check_cloud (options, clouds, error))
    return NULL;

  /* Settings hold absolute paths. */
  if (options->ca_file != NULL)
    ca_file = g_canonicalize_filename (options->ca_file, NULL);

  wb_account_set_transient (account, TRUE);
  wb_account_set_auth_method (account, method);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = fields[i].field == WB_ACCOUNT_CA_FILE ? ca_file : fields[i].value;

      wb_account_set (account, fields[i].field, value != NULL ? value : "");
    }

  wb_cli_os_environment_fill (account, clouds);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      /* Told below. */
      if (fields[i].field == WB_ACCOUNT_PROJECT_ID && options->project_name != NULL)
        continue;
      if (fields[i].field == WB_ACCOUNT_DOMAIN && options->auth == NULL && !has_user (account))
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                               _ ("Say who signs in, with --domain and --user. For an access key "
                                  "or a token give --auth key or --auth token."));
          return NULL;
        }
      if (!check_field (account, clouds, fields[i].field, fields[i].option, error))
        return NULL;
    }
  if (options->project_name != NULL && method != WB_AUTH_PASSWORD)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--project-name works with a password only: give --project-id."));
      return NULL;
    }

  return g_steal_pointer (&account);
}

/**
 * wb_cli_typed_account_is_wanted:
 * @options: the options
 *
 * Returns: whether any of them says where to export from
 */
gboolean
wb_cli_typed_account_is_wanted (const WbCliExportOptions *options)
{
  return options->cloud != NULL || options->region != NULL
         || options->service_url != NULL || options->identity_url != NULL
         || options->project_id != NULL || options->project_name != NULL
         || options->management_url != NULL || options->ca_file != NULL
         || options->domain != NULL || options->domain_id != NULL
         || options->user != NULL || options->user_id != NULL
         || options->agency_domain != NULL || options->agency != NULL;
}
