/* cloud-file.c: clouds and regions as JSON, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/clouds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/accounts/endpoints.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/json-scan.h"

#define MAX_ID_BYTES 64

/* Both are in addresses and on command lines. */
#define ID_CHARS "abcdefghijklmnopqrstuvwxyz" G_CSET_DIGITS "-_"

#define PLACEHOLDER "{region}"

static gboolean
read_id (const WbFilePart *part,
         const char      **id,
         GError          **error)
{
  if (!wb_file_part_read_text (part, "id", TRUE, id, error))
    return FALSE;
  if (strlen (*id) > MAX_ID_BYTES || strspn (*id, ID_CHARS) != strlen (*id))
    return wb_file_part_fail (part, "id",
                              _ ("contains characters other than lower-case letters, digits, "
                                 "“-” and “_”, or is too long."),
                              error);

  return TRUE;
}

/* The region's own address, or the cloud's with the region's ID in it. */
static gboolean
read_url (const WbFilePart *part,
          const char       *member,
          const char       *pattern,
          const char       *id,
          char            **url,
          GError          **error)
{
  const char      *text;
  g_autofree char *filled = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!wb_file_part_read_text (part, member, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    text = pattern;
  if (text == NULL)
    return TRUE;

  parts = g_strsplit (text, PLACEHOLDER, -1);
  filled = g_strjoinv (id, parts);
  *url = wb_endpoints_normalize (filled, &local_error);

  return *url != NULL || wb_file_part_fail (part, member, local_error->message, error);
}

static gboolean
read_region (const WbFilePart *part,
             WbCloud          *cloud,
             WbRegion         *region,
             GError          **error)
{
  static const char *const known[] = {
    "id", "name", "service", "identity", "management", "doubtful", NULL
  };
  JsonNode   *doubtful = json_object_get_member (part->object, "doubtful");
  const char *id;
  const char *name;

  if (!wb_file_part_check_members (part, known, error)
      || !read_id (part, &id, error)
      || !wb_file_part_read_text (part, "name", TRUE, &name, error)
      || !read_url (part, "service", cloud->service, id, &region->service_url, error)
      || !read_url (part, "identity", cloud->identity, id, &region->identity_url, error)
      || !read_url (part, "management", cloud->management, id, &region->management_url, error))
    return FALSE;
  if (region->service_url == NULL)
    return wb_file_part_fail (part, "service", _ ("is missing."), error);
  if (region->identity_url == NULL)
    return wb_file_part_fail (part, "identity", _ ("is missing."), error);
  if (doubtful != NULL
      && (!JSON_NODE_HOLDS_VALUE (doubtful)
          || json_node_get_value_type (doubtful) != G_TYPE_BOOLEAN))
    return wb_file_part_fail (part, "doubtful", _ ("is neither true nor false."), error);

  region->id = g_strdup (id);
  region->name = g_strdup_printf ("%s (%s)", name, id);
  region->doubtful = doubtful != NULL && json_node_get_boolean (doubtful);

  return TRUE;
}

/* In the place of the one with its ID, or behind the others. */
static void
put_region (WbCloud  *cloud,
            WbRegion *region)
{
  for (guint i = 0; i < cloud->regions->len; i++)
    {
      WbRegion *known = g_ptr_array_index (cloud->regions, i);

      /* No region is without an ID. NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
      if (g_str_equal (known->id, region->id))
        {
          g_ptr_array_index (cloud->regions, i) = region;
          wb_region_free (known);
          return;
        }
    }

  g_ptr_array_add (cloud->regions, region);
}

static gboolean
read_regions (const WbFilePart *part,
              WbCloud          *cloud,
              GError          **error)
{
  JsonArray *regions;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!wb_file_part_read_array (part, "regions", WB_CLOUD_FILE_MAX_REGIONS, &regions, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (regions); i++)
    {
      g_autofree char *place = NULL;
      WbFilePart       region_part;
      WbRegion        *region = g_new0 (WbRegion, 1);

      if (!wb_file_part_read_element (part, "regions", regions, i, &place, &region_part, error)
          || !read_region (&region_part, cloud, region, error))
        {
          wb_region_free (region);
          return FALSE;
        }
      if (!g_hash_table_add (seen, region->id))
        {
          wb_region_free (region);
          return wb_file_part_fail (&region_part, "id", _ ("is there twice."), error);
        }
      put_region (cloud, region);
    }

  return TRUE;
}

static WbCloud *
find_cloud (GPtrArray  *clouds,
            const char *id)
{
  for (guint i = 0; i < clouds->len; i++)
    {
      WbCloud *cloud = g_ptr_array_index (clouds, i);

      if (g_str_equal (cloud->id, id))
        return cloud;
    }

  return NULL;
}

static void
set_text (char      **member,
          const char *value)
{
  if (value == NULL)
    return;

  g_free (*member);
  *member = g_strdup (value);
}

static gboolean
read_cloud (const WbFilePart *part,
            gboolean          is_own,
            GPtrArray        *clouds,
            GError          **error)
{
  static const char *const known[] = {
    "id", "name", "service", "identity", "management", "agency", "regions", NULL
  };
  WbCloud    *cloud;
  const char *id;
  const char *name;
  const char *service;
  const char *identity;
  const char *management;
  const char *agency;

  if (!wb_file_part_check_members (part, known, error) || !read_id (part, &id, error))
    return FALSE;
  cloud = find_cloud (clouds, id);
  if (g_str_equal (id, WB_CLOUD_OTHER))
    return wb_file_part_fail (part, "id",
                              _ ("is reserved for a cloud whose addresses are typed in. Choose "
                                 "another ID."),
                              error);
  if (!wb_file_part_read_text (part, "name", cloud == NULL, &name, error)
      || !wb_file_part_read_text (part, "service", FALSE, &service, error)
      || !wb_file_part_read_text (part, "identity", FALSE, &identity, error)
      || !wb_file_part_read_text (part, "management", FALSE, &management, error)
      || !wb_file_part_read_text (part, "agency", FALSE, &agency, error))
    return FALSE;
  if (agency != NULL && !g_str_equal (agency, "agency_name") && !g_str_equal (agency, "xrole_name"))
    return wb_file_part_fail (part, "agency", _ ("is neither agency_name nor xrole_name."), error);

  if (cloud == NULL)
    {
      cloud = wb_cloud_new (id, name);
      cloud->is_own = is_own;
      g_ptr_array_add (clouds, cloud);
    }
  set_text (&cloud->name, name);
  set_text (&cloud->service, service);
  set_text (&cloud->identity, identity);
  set_text (&cloud->management, management);
  set_text (&cloud->agency_key, agency);
  if (!read_regions (part, cloud, error))
    return FALSE;

  return cloud->regions->len > 0 || wb_file_part_fail (part, "regions", _ ("is empty."), error);
}

/**
 * wb_cloud_file_apply:
 * @text: JSON
 * @length_bytes: its length
 * @is_own: whether a person wrote it
 * @clouds: (element-type WbCloud): where to add clouds, or regions to a cloud; of no use after an
 *   error
 * @error: (out) (optional): %WB_ERROR_INVALID, or an error of the JSON, with a sentence that names
 *   the place
 *
 * Returns: %TRUE if all of it was understood
 */
gboolean
wb_cloud_file_apply (const char *text,
                     gsize       length_bytes,
                     gboolean    is_own,
                     GPtrArray  *clouds,
                     GError    **error)
{
  static const char *const known[] = { "about", "clouds", NULL };
  g_autoptr (JsonNode) root = NULL;
  WbFilePart file = { NULL, "" };
  JsonArray *array;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (clouds != NULL, FALSE);

  root = wb_json_parse (text, length_bytes, error);
  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("It is not a JSON object with “clouds” in it."));
      return FALSE;
    }

  file.object = json_node_get_object (root);
  if (!wb_file_part_check_members (&file, known, error)
      || !wb_file_part_read_array (&file, "clouds", WB_CLOUD_FILE_MAX_CLOUDS, &array, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = NULL;
      WbFilePart       part;
      const char      *id;

      if (!wb_file_part_read_element (&file, "clouds", array, i, &place, &part, error)
          || !read_cloud (&part, is_own, clouds, error))
        return FALSE;
      id = json_object_get_string_member (part.object, "id");
      if (!g_hash_table_add (seen, (gpointer) id))
        return wb_file_part_fail (&part, "id", _ ("is there twice."), error);
    }

  return TRUE;
}
