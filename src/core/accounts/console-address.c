/* console-address.c: what the address of a console's page contains, except for its host
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/console-address.h"

#include <string.h>

#include "core/accounts/workspace.h"
#include "core/input-limits.h"

/* An ID that is well-formed and not empty, decoded. */
static char *
dup_id (const char *value,
        gsize       length)
{
  g_autofree char *id = g_uri_unescape_segment (value, value + length, NULL);
  g_autofree char *reason = NULL;

  if (id == NULL || *id == '\0')
    return NULL;

  reason = wb_workspace_validate_id (id);

  return reason == NULL ? g_steal_pointer (&id) : NULL;
}

/* The cloud that has the region; of several, the likely one. */
static const WbCloud *
find_cloud (WbClouds   *clouds,
            const char *likely_cloud,
            const char *region)
{
  const WbCloud *likely;

  if (clouds == NULL)
    return NULL;

  likely = wb_clouds_find (clouds, likely_cloud);
  if (likely != NULL && wb_cloud_find_region (likely, region) != NULL)
    return likely;

  for (guint i = 0; i < wb_clouds_get_n (clouds); i++)
    {
      const WbCloud *cloud = wb_clouds_get (clouds, i);

      if (wb_cloud_find_region (cloud, region) != NULL)
        return cloud;
    }

  return NULL;
}

static gboolean
is_key (const char *pair,
        gsize       key_length,
        const char *key)
{
  return key_length == strlen (key) && memcmp (pair, key, key_length) == 0;
}

/* Takes what one pair of the form `key=value` says; the first that is well-formed counts. */
static void
read_pair (WbConsoleAddress *self,
           const char       *pair,
           gsize             length,
           WbClouds         *clouds,
           const char       *likely_cloud)
{
  const char *sign = memchr (pair, '=', length);
  gsize       key_length;
  const char *value;
  gsize       value_length;

  if (sign == NULL)
    return;

  key_length = (gsize) (sign - pair);
  value = sign + 1;
  value_length = length - key_length - 1;
  if (is_key (pair, key_length, "workspace") && self->workspace_id == NULL)
    {
      self->workspace_id = dup_id (value, value_length);
    }
  else if (is_key (pair, key_length, "instanceId") && self->instance_id == NULL)
    {
      self->instance_id = dup_id (value, value_length);
    }
  else if (is_key (pair, key_length, "region") && self->region == NULL)
    {
      g_autofree char *region = g_uri_unescape_segment (value, value + value_length, NULL);
      const WbCloud   *cloud = NULL;

      if (region != NULL)
        cloud = find_cloud (clouds, likely_cloud, region);
      if (cloud != NULL)
        {
          self->region = g_steal_pointer (&region);
          self->cloud = g_strdup (cloud->id);
        }
    }
}

/**
 * wb_console_address_parse:
 * @text: what a person pasted
 * @clouds: (nullable): the clouds; without them a region is not known
 * @likely_cloud: (nullable): the cloud to take where several have the region
 * @address: (out caller-allocates): what was found; to be cleared in any case
 *
 * Reads `workspace`, `instanceId` and `region` out of the query and of the fragment, where the
 * console's pages keep a query of their own (the service's API reference, "DataArts Studio Instance
 * ID and Workspace ID").
 *
 * Returns: %TRUE if anything was found
 */
gboolean
wb_console_address_parse (const char       *text,
                          WbClouds         *clouds,
                          const char       *likely_cloud,
                          WbConsoleAddress *address)
{
  const char *pair;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  *address = (WbConsoleAddress){ NULL };
  if (strlen (text) > WB_CONSOLE_ADDRESS_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  /* The host and the path come before the first of these. */
  pair = text + strcspn (text, "?#");
  while (*pair != '\0')
    {
      gsize length;

      pair++;
      length = strcspn (pair, "?#&");
      read_pair (address, pair, length, clouds, likely_cloud);
      pair += length;
    }

  return address->workspace_id != NULL || address->instance_id != NULL || address->region != NULL;
}

void
wb_console_address_clear (WbConsoleAddress *address)
{
  g_return_if_fail (address != NULL);

  g_clear_pointer (&address->workspace_id, g_free);
  g_clear_pointer (&address->instance_id, g_free);
  g_clear_pointer (&address->region, g_free);
  g_clear_pointer (&address->cloud, g_free);
}
