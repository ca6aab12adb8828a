/* environment-place.c: the cloud and the region that other programs' variables name
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/account/environment-private.h"
#include "core/error.h"
#include "core/text.h"

#define HUAWEI "huawei"

/* A region, and the variable that names it. */
typedef struct
{
  const char *name;     /* (nullable) */
  const char *variable; /* (nullable) */
} Hint;

/* By all that is given, if there is but one such region: several may share an address. */
static const WbRegion *
find_region (WbClouds    *clouds,
             const char  *region_id,
             const char  *identity_url,
             const char  *only_huawei_in,
             const char **cloud_id)
{
  const WbRegion *found = NULL;

  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    {
      const WbCloud *cloud = wb_clouds_get (clouds, i);

      for (guint j = 0; j < cloud->regions->len; j++)
        {
          const WbRegion *region = g_ptr_array_index (cloud->regions, j);

          if ((region_id != NULL && !g_str_equal (region->id, region_id))
              || (identity_url != NULL && !g_str_equal (region->identity_url, identity_url))
              || (only_huawei_in != NULL
                  && (!g_str_has_prefix (cloud->id, HUAWEI)
                      || !g_str_has_suffix (region->identity_url, only_huawei_in))))
            continue;
          if (found != NULL)
            return NULL;
          *cloud_id = cloud->id;
          found = region;
        }
    }

  return found;
}

/* The region's name, or the name of one of its projects, which begins with it. */
static Hint
get_hint (WbCliEnvironment *self)
{
  static const char *const variables[] = { "OS_REGION_NAME", "HW_REGION_NAME",
                                           "HUAWEICLOUD_SDK_REGION_ID" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *name = wb_cli_environment_get (self, variables[i]);

      if (name != NULL && (self->cloud == NULL || i == 0))
        return (Hint){ name, variables[i] };
    }
  if (self->cloud != NULL && wb_openstack_cloud_get (self->cloud, "regions") != NULL
      && strchr (wb_openstack_cloud_get (self->cloud, "regions"), ',') == NULL)
    return (Hint){ wb_openstack_cloud_get (self->cloud, "regions"), "OS_REGIONS" };

  return (Hint){ NULL, NULL };
}

static void
set_region (WbCliEnvironment *self,
            WbAccount        *account,
            const char       *cloud_id,
            const WbRegion   *region,
            const char       *variable)
{
  wb_cli_environment_set (self, account, WB_ACCOUNT_CLOUD, cloud_id, variable);
  wb_cli_environment_set (self, account, WB_ACCOUNT_REGION, region->id, variable);
}

/* Where `OS_AUTH_URL` or `HW_AUTH_URL` leads. */
static gboolean
place_by_url (WbCliEnvironment *self,
              WbAccount        *account,
              WbClouds         *clouds,
              const char       *url,
              const char       *variable,
              GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *normal = wb_endpoints_normalize (url, &local_error);
  Hint             hint = get_hint (self);
  const char      *cloud_id;
  const WbRegion  *region;

  if (normal == NULL)
    {
      g_autofree char *origin = wb_cli_environment_dup_origin (self, variable);

      /* Translators: an option or a variable, and what is wrong with its value */
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), origin, local_error->message);
      return FALSE;
    }

  if (*wb_account_get (account, WB_ACCOUNT_SERVICE_URL) == '\0')
    {
      region = find_region (clouds, hint.name, normal, NULL, &cloud_id);
      if (region == NULL && hint.name != NULL && strstr (normal, "://iam.") != NULL)
        {
          region = find_region (clouds, hint.name, NULL, strstr (normal, "://iam.") + 6,
                                &cloud_id);
          if (region != NULL)
            wb_cli_environment_set (self, account, WB_ACCOUNT_IDENTITY_URL, normal, variable);
        }
      if (region == NULL)
        region = find_region (clouds, NULL, normal, NULL, &cloud_id);
      if (region != NULL)
        {
          set_region (self, account, cloud_id, region, variable);
          return TRUE;
        }
    }
  wb_cli_environment_set (self, account, WB_ACCOUNT_IDENTITY_URL, normal, variable);

  return TRUE;
}

static gboolean
place_by_region (WbCliEnvironment *self,
                 WbAccount        *account,
                 WbClouds         *clouds,
                 GError          **error)
{
  Hint             hint = get_hint (self);
  const char      *domain = wb_cli_environment_get (self, "HW_CLOUD");
  const char      *cloud_id;
  const WbRegion  *region;
  g_autofree char *shown = NULL;

  if (hint.name == NULL)
    return TRUE;
  region = find_region (clouds, hint.name, NULL, domain != NULL ? domain : "", &cloud_id);
  if (region != NULL)
    {
      set_region (self, account, cloud_id, region, hint.variable);
      return TRUE;
    }

  shown = wb_text_escape (hint.name, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the name of an environment variable, and its value. */
               _ ("%s: Waybill does not know the region “%s” of Huawei Cloud. Give --service-url "
                  "and --identity-url."),
               hint.variable, shown);

  return FALSE;
}

/**
 * wb_cli_environment_has_account:
 * @self: the environment
 *
 * Returns: whether it says by itself where to sign in, so that no option is needed
 */
gboolean
wb_cli_environment_has_account (WbCliEnvironment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->cloud != NULL || wb_cli_environment_get (self, "OS_AUTH_URL") != NULL
         || wb_cli_environment_get (self, "HW_AUTH_URL") != NULL
         || wb_cli_environment_get (self, "HW_REGION_NAME") != NULL
         || wb_cli_environment_get (self, "HUAWEICLOUD_SDK_REGION_ID") != NULL;
}

/**
 * wb_cli_environment_place:
 * @self: the environment
 * @account: an account that is being made of options, which go first
 * @clouds: the clouds
 * @error: return location
 *
 * Sets the cloud and the region, or the address of the identity service, where no option has named
 * either.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID that names the variable which cannot be used
 */
gboolean
wb_cli_environment_place (WbCliEnvironment *self,
                          WbAccount        *account,
                          WbClouds         *clouds,
                          GError          **error)
{
  const char      *cloud_id;
  const WbCloud   *cloud;
  Hint             hint;
  g_autofree char *os_url = NULL;
  g_autofree char *hw_url = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  cloud_id = wb_account_get (account, WB_ACCOUNT_CLOUD);
  cloud = wb_clouds_find (clouds, cloud_id);
  hint = get_hint (self);

  if (!g_str_equal (cloud_id, WB_CLOUD_OTHER))
    {
      if (*wb_account_get (account, WB_ACCOUNT_REGION) == '\0' && cloud != NULL
          && hint.name != NULL && wb_cloud_find_region (cloud, hint.name) != NULL)
        wb_cli_environment_set (self, account, WB_ACCOUNT_REGION, hint.name, hint.variable);
      return TRUE;
    }
  if (*wb_account_get (account, WB_ACCOUNT_IDENTITY_URL) != '\0')
    return TRUE;
  if (self->cloud == NULL && wb_cli_secrets_has_own (self->secrets))
    return TRUE;

  os_url = wb_cli_environment_dup_url (self, WB_CLI_FAMILY_OS);
  if (os_url != NULL)
    return place_by_url (self, account, clouds, os_url, "OS_AUTH_URL", error);
  if (self->cloud != NULL)
    return TRUE;
  hw_url = wb_cli_environment_dup_url (self, WB_CLI_FAMILY_HW);
  if (hw_url != NULL)
    return place_by_url (self, account, clouds, hw_url, "HW_AUTH_URL", error);
  if (*wb_account_get (account, WB_ACCOUNT_SERVICE_URL) != '\0')
    return TRUE;

  return place_by_region (self, account, clouds, error);
}
