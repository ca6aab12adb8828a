/* cloud.c: one cloud, its regions, and the addresses that follow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/cloud.h"

WbCloud *
wb_cloud_new (const char *id,
              const char *name)
{
  WbCloud *cloud = g_new0 (WbCloud, 1);

  cloud->id = g_strdup (id);
  cloud->name = g_strdup (name);
  cloud->agency_key = g_strdup ("agency_name");
  cloud->regions = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_region_free);

  return cloud;
}

void
wb_cloud_free (WbCloud *cloud)
{
  g_free (cloud->id);
  g_free (cloud->name);
  g_free (cloud->service);
  g_free (cloud->identity);
  g_free (cloud->management);
  g_free (cloud->agency_key);
  g_ptr_array_unref (cloud->regions);
  g_free (cloud);
}

void
wb_region_free (WbRegion *region)
{
  g_free (region->id);
  g_free (region->name);
  g_free (region->service_url);
  g_free (region->identity_url);
  g_free (region->management_url);
  g_free (region);
}

const WbRegion *
wb_cloud_find_region (const WbCloud *cloud,
                      const char    *id)
{
  g_return_val_if_fail (cloud != NULL, NULL);

  for (guint i = 0; i < cloud->regions->len; i++)
    {
      const WbRegion *region = g_ptr_array_index (cloud->regions, i);

      if (g_strcmp0 (region->id, id) == 0)
        return region;
    }

  return NULL;
}
