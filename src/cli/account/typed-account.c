/* typed-account.c: an account made of what is typed on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source-private.h"

#include <glib/gi18n-lib.h>

#include "core/absolute-path.h"
#include "core/error.h"
#include "core/text.h"

/* The option, or the variable that it was filled in from. */
static char *
dup_origin (WbCliEnvironment *environment,
            WbAccountField    field)
{
  const char *origin = wb_cli_environment_get_origin (environment, field);

  return origin != NULL ? g_strdup (origin) : wb_cli_dup_setting_option (field);
}

/* Settings typed as options are checked by the rules of the account window. */
static gboolean
validate_field (WbAccount        *account,
                WbCliEnvironment *environment,
                WbClouds         *clouds,
                WbAccountField    field,
                GError          **error)
{
  g_autofree char *reason = wb_account_validate (account, clouds, field);
  g_autofree char *origin = dup_origin (environment, field);

  if (reason == NULL)
    return TRUE;

  /* Translators: an option or a variable, and what is wrong with its value */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), origin, reason);

  return FALSE;
}

/* Lists only the clouds that have regions. */
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

/* The window offers a list of clouds; here the message has it. */
static gboolean
check_cloud (const WbCliExportOptions *options,
             WbAccount                *account,
             WbClouds                 *clouds,
             GError                  **error)
{
  const char      *cloud_id = options->settings[WB_ACCOUNT_CLOUD];
  const char      *region_id = wb_account_get (account, WB_ACCOUNT_REGION);
  const WbCloud   *cloud;
  g_autofree char *typed = NULL;
  g_autofree char *known = NULL;
  g_autoptr (GString) choices = g_string_new (NULL);

  if (cloud_id == NULL && options->settings[WB_ACCOUNT_REGION] != NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("--region needs --cloud, such as otc or huawei."));
      return FALSE;
    }
  if (cloud_id == NULL)
    return TRUE;

  cloud = wb_clouds_find (clouds, cloud_id);
  if (cloud == NULL)
    {
      typed = wb_text_escape (cloud_id, -1);
      known = list_clouds (clouds);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: IDs of clouds, and what was typed instead */
                   _ ("--cloud is one of %s, not “%s”. For any other cloud give --service-url and "
                      "--identity-url."),
                   known, typed);
      return FALSE;
    }

  if (cloud->regions->len == 0
      || wb_cloud_find_region (cloud, region_id) != NULL)
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

/* Settings hold absolute paths. */
static void
set_field (WbAccount     *account,
           WbAccountField field,
           const char    *value)
{
  g_autofree char *path = NULL;

  if (field == WB_ACCOUNT_CA_FILE)
    path = wb_absolute_path_new (value);
  wb_account_set (account, field, path != NULL ? path : value);
}

static gboolean
has_user (WbAccount *account)
{
  static const WbAccountField fields[] = {
    WB_ACCOUNT_DOMAIN,
    WB_ACCOUNT_DOMAIN_ID,
    WB_ACCOUNT_USER,
    WB_ACCOUNT_USER_ID,
    WB_ACCOUNT_APPLICATION_CREDENTIAL,
    WB_ACCOUNT_APPLICATION_CREDENTIAL_ID,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (*wb_account_get (account, fields[i]) != '\0')
        return TRUE;
    }

  return FALSE;
}

/* What one looks for first where OpenStack's variables were to do it. */
static void
set_no_user (GError **error)
{
  if (g_getenv ("OS_AUTH_URL") != NULL)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("Give --domain and --user to say who signs in. The variables that "
                            "begin with OS_ do not say it, or OS_AUTH_URL is not the identity "
                            "address in use."));
  else
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("Give --domain and --user to say who signs in. For an access key "
                            "or a token give --auth key or --auth token."));
}

/* What a key and a token cannot do, and what would not be done unseen. */
static gboolean
check_password_only (WbAccount        *account,
                     WbCliEnvironment *environment,
                     GError          **error)
{
  g_autofree char *project = dup_origin (environment, WB_ACCOUNT_PROJECT_NAME);
  g_autofree char *agency = dup_origin (environment, WB_ACCOUNT_AGENCY);

  if (wb_account_get_auth_method (account) == WB_AUTH_PASSWORD)
    return TRUE;

  if (*wb_account_get (account, WB_ACCOUNT_PROJECT_NAME) != '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an option or a variable. */
                   _ ("%s works with a password only: give --project-id."), project);
      return FALSE;
    }
  if (*wb_account_get (account, WB_ACCOUNT_AGENCY) != '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an option or a variable. */
                   _ ("%s works with a password only. Leave it out."), agency);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_settings (const WbCliExportOptions *options,
                WbAccount                *account,
                WbCliEnvironment         *environment,
                WbClouds                 *clouds,
                GError                  **error)
{
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (wb_account_field_get_info ((WbAccountField) i)->option_help == NULL)
        continue;
      /* Reported by the project's name, or not needed to list the projects. */
      if (i == WB_ACCOUNT_PROJECT_ID
          && (options->lists_projects
              || *wb_account_get (account, WB_ACCOUNT_PROJECT_NAME) != '\0'))
        continue;
      if (i == WB_ACCOUNT_DOMAIN && options->auth == NULL && !has_user (account)
          && wb_account_get_auth_method (account) == WB_AUTH_PASSWORD)
        {
          set_no_user (error);
          return FALSE;
        }
      if (!validate_field (account, environment, clouds, (WbAccountField) i, error))
        return FALSE;
    }

  return check_password_only (account, environment, error);
}

/**
 * wb_cli_typed_account_new:
 * @options: the options
 * @environment: other programs' variables, which say what the options do not
 * @method: how to sign in; without the option `--auth` the variables may say something else
 * @clouds: the clouds
 * @error: return location
 *
 * Returns: (transfer full): an account made of the options, which is stored nowhere
 */
WbAccount *
wb_cli_typed_account_new (const WbCliExportOptions *options,
                          WbCliEnvironment         *environment,
                          WbAuthMethod              method,
                          WbClouds                 *clouds,
                          GError                  **error)
{
  g_autoptr (WbAccount) account = wb_account_new ();

  wb_account_set_transient (account, TRUE);
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (options->settings[i] != NULL)
        set_field (account, (WbAccountField) i, options->settings[i]);
    }

  if (!wb_cli_environment_place (environment, account, clouds, error)
      || !check_cloud (options, account, clouds, error)
      || (options->auth == NULL
          && !wb_cli_environment_choose_method (environment, account, clouds, &method, error)))
    return NULL;
  wb_account_set_auth_method (account, method);

  if (!wb_cli_environment_fill (environment, account, clouds, error)
      || !check_settings (options, account, environment, clouds, error))
    return NULL;

  return g_steal_pointer (&account);
}
