/* cloud.c: the clouds, their regions, and the addresses that follow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/cloud.h"

#include <glib/gi18n-lib.h>

#include "clouds-resources.h"
#include "core/json-scan.h"

#define RESOURCE_PATH "/io/github/waybill/Waybill/clouds.json"

#define DEFAULT_AGENCY_KEY "agency_name"

struct _WbClouds
{
  GPtrArray *clouds; /* (owned) (element-type WbCloud) */
};

static void
region_free (WbRegion *region)
{
  g_free (region->id);
  g_free (region->name);
  g_free (region->service_url);
  g_free (region->identity_url);
  g_free (region->management_url);
  g_free (region);
}

static void
cloud_free (WbCloud *cloud)
{
  g_free (cloud->id);
  g_free (cloud->name);
  g_free (cloud->agency_key);
  g_ptr_array_unref (cloud->regions);
  g_free (cloud);
}

static WbCloud *
cloud_new (const char *id,
           const char *name,
           const char *agency_key)
{
  WbCloud *cloud = g_new0 (WbCloud, 1);

  cloud->id = g_strdup (id);
  cloud->name = g_strdup (name);
  cloud->agency_key = g_strdup (agency_key);
  cloud->regions = g_ptr_array_new_with_free_func ((GDestroyNotify) region_free);

  return cloud;
}

/* The region's own address, or the cloud's with the region's ID in it. */
static char *
dup_url (JsonObject *cloud,
         JsonObject *region,
         const char *member)
{
  const char *url = json_object_get_string_member (cloud, member);
  g_auto (GStrv) parts = NULL;

  url = json_object_get_string_member_with_default (region, member, url);
  parts = g_strsplit (url, "{region}", -1);

  return g_strjoinv (json_object_get_string_member (region, "id"), parts);
}

static WbRegion *
region_new (JsonObject *cloud,
            JsonObject *object)
{
  WbRegion   *region = g_new0 (WbRegion, 1);
  const char *name = json_object_get_string_member (object, "name");

  region->id = g_strdup (json_object_get_string_member (object, "id"));
  region->name = g_strdup_printf ("%s (%s)", name, region->id);
  region->service_url = dup_url (cloud, object, "service");
  region->identity_url = dup_url (cloud, object, "identity");
  region->management_url = dup_url (cloud, object, "management");
  region->doubtful = json_object_get_boolean_member_with_default (object, "doubtful", FALSE);

  return region;
}

/**
 * wb_clouds_new:
 *
 * Reads the clouds from the program's own data. The last one is %WB_CLOUD_OTHER.
 *
 * The hosts come from the service's API reference, the clouds' published lists of endpoints and
 * their software kits.
 *
 * Returns: (transfer full): all clouds
 */
WbClouds *
wb_clouds_new (void)
{
  g_autoptr (GBytes) data = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  WbClouds   *self;
  JsonArray  *clouds;
  const char *text;
  gsize       length_bytes;

  data = g_resource_lookup_data (wb_clouds_get_resource (), RESOURCE_PATH,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (data == NULL)
    g_error ("The program's own data is missing: %s", error->message);

  text = g_bytes_get_data (data, &length_bytes);
  root = wb_json_parse (text, length_bytes, &error);
  if (root == NULL)
    g_error ("The program's own data is broken: %s", error->message);

  self = g_new0 (WbClouds, 1);
  self->clouds = g_ptr_array_new_with_free_func ((GDestroyNotify) cloud_free);

  clouds = json_object_get_array_member (json_node_get_object (root), "clouds");
  for (guint i = 0; i < json_array_get_length (clouds); i++)
    {
      JsonObject *object = json_array_get_object_element (clouds, i);
      JsonArray  *regions = json_object_get_array_member (object, "regions");
      WbCloud    *cloud = cloud_new (json_object_get_string_member (object, "id"),
                                     json_object_get_string_member (object, "name"),
                                     json_object_get_string_member_with_default (
                                       object, "agency", DEFAULT_AGENCY_KEY));

      for (guint j = 0; j < json_array_get_length (regions); j++)
        g_ptr_array_add (cloud->regions,
                         region_new (object, json_array_get_object_element (regions, j)));
      g_ptr_array_add (self->clouds, cloud);
    }

  /* Translators: a cloud that is none of those listed; its addresses are typed in */
  g_ptr_array_add (self->clouds, cloud_new (WB_CLOUD_OTHER, _ ("Other"), DEFAULT_AGENCY_KEY));

  return self;
}

/**
 * wb_clouds_free:
 * @self: (transfer full): clouds
 */
void
wb_clouds_free (WbClouds *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->clouds);
  g_free (self);
}

/**
 * wb_clouds_get_n:
 * @self: clouds
 *
 * Returns: how many there are
 */
guint
wb_clouds_get_n (WbClouds *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->clouds->len;
}

/**
 * wb_clouds_get:
 * @self: clouds
 * @index: from 0
 *
 * Returns: (transfer none): one cloud; it lives as long as @self
 */
const WbCloud *
wb_clouds_get (WbClouds *self,
               guint     index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->clouds->len, NULL);

  return g_ptr_array_index (self->clouds, index);
}

/**
 * wb_clouds_find:
 * @self: clouds
 * @id: (nullable): a cloud's ID
 *
 * Returns: (transfer none) (nullable): the cloud; it lives as long as @self
 */
const WbCloud *
wb_clouds_find (WbClouds   *self,
                const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->clouds->len; i++)
    {
      const WbCloud *cloud = g_ptr_array_index (self->clouds, i);

      if (g_strcmp0 (cloud->id, id) == 0)
        return cloud;
    }

  return NULL;
}

/**
 * wb_cloud_find_region:
 * @cloud: a cloud
 * @id: (nullable): a region's ID
 *
 * Returns: (transfer none) (nullable): the region; it lives as long as @cloud
 */
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
