/* cloud-file.c: clouds and regions as JSON, the program's own and a person's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/cloud-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/json-scan.h"
#include "core/text.h"

#define MAX_CLOUDS 100
#define MAX_REGIONS 1000
#define MAX_ID_BYTES 64
#define MAX_NAME_BYTES 200

/* Both are in addresses and on command lines. */
#define ID_CHARS "abcdefghijklmnopqrstuvwxyz" G_CSET_DIGITS "-_"

#define PLACEHOLDER "{region}"

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

/* Of an object in the file: where it is, for people. */
typedef struct
{
  JsonObject *object;
  const char *place;
} Part;

static gboolean
fail (GError    **error,
      const Part *part,
      const char *member,
      const char *reason)
{
  g_autofree char *safe = wb_text_escape (member, -1);

  /* Translators: a place in a file, such as “clouds[1].regions[0]”; the name of a member there; and
   * a sentence about what is wrong with it */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: “%s” %s"), part->place, safe, reason);

  return FALSE;
}

/* A member that nobody knows is one that was misspelled. */
static gboolean
check_members (const Part        *part,
               const char *const *known,
               GError           **error)
{
  g_autoptr (GList) names = json_object_get_members (part->object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!g_strv_contains (known, l->data))
        return fail (error, part, l->data, _ ("is not among the members that are known here."));
    }

  return TRUE;
}

/* Leaves @value alone, or sets it to %NULL, if there is no such member. */
static gboolean
read_text (const Part  *part,
           const char  *member,
           gboolean     is_required,
           const char **value,
           GError     **error)
{
  JsonNode   *node = json_object_get_member (part->object, member);
  const char *text;

  *value = NULL;
  if (node == NULL)
    return !is_required || fail (error, part, member, _ ("is missing."));
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, part, member, _ ("is not a string."));

  text = json_node_get_string (node);
  if (*text == '\0' || strlen (text) > MAX_NAME_BYTES)
    return fail (error, part, member, _ ("is empty or too long."));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isprint (g_utf8_get_char (p)))
        return fail (error, part, member, _ ("has an invisible character."));
    }
  *value = text;

  return TRUE;
}

static gboolean
read_id (const Part  *part,
         const char **id,
         GError     **error)
{
  if (!read_text (part, "id", TRUE, id, error))
    return FALSE;
  if (strlen (*id) > MAX_ID_BYTES || strspn (*id, ID_CHARS) != strlen (*id))
    return fail (error, part, "id", _ ("has something else than small letters, digits, “-” and "
                                       "“_”, or is too long."));

  return TRUE;
}

static gboolean
read_array (const Part *part,
            const char *member,
            guint       max,
            JsonArray **array,
            GError    **error)
{
  JsonNode *node = json_object_get_member (part->object, member);

  if (node == NULL)
    return fail (error, part, member, _ ("is missing."));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, part, member, _ ("is not an array."));

  *array = json_node_get_array (node);
  if (json_array_get_length (*array) > max)
    return fail (error, part, member, _ ("has too many elements."));

  return TRUE;
}

static gboolean
read_element (const Part *parent,
              const char *member,
              JsonArray  *array,
              guint       index,
              char      **place,
              Part       *part,
              GError    **error)
{
  JsonNode *node = json_array_get_element (array, index);

  *place = *parent->place != '\0'
             ? g_strdup_printf ("%s.%s[%u]", parent->place, member, index)
             : g_strdup_printf ("%s[%u]", member, index);
  part->place = *place;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s is not an object."), part->place);
      return FALSE;
    }
  part->object = json_node_get_object (node);

  return TRUE;
}

/* The region's own address, or the cloud's with the region's ID in it. */
static gboolean
read_url (const Part *part,
          const char *member,
          const char *pattern,
          const char *id,
          char      **url,
          GError    **error)
{
  const char      *text;
  g_autofree char *filled = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!read_text (part, member, FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    text = pattern;
  if (text == NULL)
    return TRUE;

  parts = g_strsplit (text, PLACEHOLDER, -1);
  filled = g_strjoinv (id, parts);
  *url = wb_endpoints_normalize (filled, &local_error);

  return *url != NULL || fail (error, part, member, local_error->message);
}

static gboolean
read_region (const Part *part,
             WbCloud    *cloud,
             WbRegion   *region,
             GError    **error)
{
  static const char *const known[] = {
    "id", "name", "service", "identity", "management", "doubtful", NULL
  };
  JsonNode   *doubtful = json_object_get_member (part->object, "doubtful");
  const char *id;
  const char *name;

  if (!check_members (part, known, error)
      || !read_id (part, &id, error)
      || !read_text (part, "name", TRUE, &name, error)
      || !read_url (part, "service", cloud->service, id, &region->service_url, error)
      || !read_url (part, "identity", cloud->identity, id, &region->identity_url, error)
      || !read_url (part, "management", cloud->management, id, &region->management_url, error))
    return FALSE;
  if (region->service_url == NULL)
    return fail (error, part, "service", _ ("is missing."));
  if (region->identity_url == NULL)
    return fail (error, part, "identity", _ ("is missing."));
  if (doubtful != NULL
      && (!JSON_NODE_HOLDS_VALUE (doubtful)
          || json_node_get_value_type (doubtful) != G_TYPE_BOOLEAN))
    return fail (error, part, "doubtful", _ ("is neither true nor false."));

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

      if (g_str_equal (known->id, region->id))
        {
          g_ptr_array_index (cloud->regions, i) = region;
          region_free (known);
          return;
        }
    }

  g_ptr_array_add (cloud->regions, region);
}

static gboolean
read_regions (const Part *part,
              WbCloud    *cloud,
              GError    **error)
{
  JsonArray *regions;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!read_array (part, "regions", MAX_REGIONS, &regions, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (regions); i++)
    {
      g_autofree char *place = NULL;
      Part             region_part;
      WbRegion        *region = g_new0 (WbRegion, 1);

      if (!read_element (part, "regions", regions, i, &place, &region_part, error)
          || !read_region (&region_part, cloud, region, error))
        {
          region_free (region);
          return FALSE;
        }
      if (!g_hash_table_add (seen, region->id))
        {
          region_free (region);
          return fail (error, &region_part, "id", _ ("is there twice."));
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
read_cloud (const Part *part,
            gboolean    is_own,
            GPtrArray  *clouds,
            GError    **error)
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

  if (!check_members (part, known, error) || !read_id (part, &id, error))
    return FALSE;
  cloud = find_cloud (clouds, id);
  if (g_str_equal (id, WB_CLOUD_OTHER))
    return fail (error, part, "id", _ ("stands for a cloud whose addresses are typed in: choose "
                                       "another one."));
  if (!read_text (part, "name", cloud == NULL, &name, error)
      || !read_text (part, "service", FALSE, &service, error)
      || !read_text (part, "identity", FALSE, &identity, error)
      || !read_text (part, "management", FALSE, &management, error)
      || !read_text (part, "agency", FALSE, &agency, error))
    return FALSE;
  if (agency != NULL && !g_str_equal (agency, "agency_name") && !g_str_equal (agency, "xrole_name"))
    return fail (error, part, "agency", _ ("is neither agency_name nor xrole_name."));

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

  return cloud->regions->len > 0 || fail (error, part, "regions", _ ("is empty."));
}

/**
 * wb_cloud_new:
 * @id: its ID
 * @name: for people
 *
 * Returns: (transfer full): a cloud without regions
 */
WbCloud *
wb_cloud_new (const char *id,
              const char *name)
{
  WbCloud *cloud = g_new0 (WbCloud, 1);

  cloud->id = g_strdup (id);
  cloud->name = g_strdup (name);
  cloud->agency_key = g_strdup ("agency_name");
  cloud->regions = g_ptr_array_new_with_free_func ((GDestroyNotify) region_free);

  return cloud;
}

/**
 * wb_cloud_free:
 * @cloud: (transfer full): a cloud
 */
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
  Part       file = { NULL, "" };
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
  if (!check_members (&file, known, error)
      || !read_array (&file, "clouds", MAX_CLOUDS, &array, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = NULL;
      Part             part;
      const char      *id;

      if (!read_element (&file, "clouds", array, i, &place, &part, error)
          || !read_cloud (&part, is_own, clouds, error))
        return FALSE;
      id = json_object_get_string_member (part.object, "id");
      if (!g_hash_table_add (seen, (gpointer) id))
        return fail (error, &part, "id", _ ("is there twice."));
    }

  return TRUE;
}
