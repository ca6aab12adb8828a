/* connection-page.c: what a page of a list of connections says, whatever else is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/connections/connection-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/json-member.h"
#include "core/json-scan.h"
#include "core/service/http/sendable.h"
#include "core/text.h"

/* The members of a list, by the service's API reference: of DataArts Factory "Querying a Connection
 * List", of Management Center "Querying the Data Source List". */
static const struct
{
  const char *entries;
  const char *id;
  const char *name;
  const char *total;
} members[WB_N_SOURCES] = {
  [WB_SOURCE_LIST] = { "connections", "name", "name", "total" },
  [WB_SOURCE_MANAGEMENT] = { "data_connection_lists", "dw_id", "dw_name", "count" },
};

/* A GDestroyNotify. */
void
wb_listed_connection_free (gpointer data)
{
  WbListedConnection *self = data;

  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_free (self);
}

WbListedConnection *
wb_listed_connection_copy (const WbListedConnection *self)
{
  WbListedConnection *copy = g_new0 (WbListedConnection, 1);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->json = g_bytes_ref (self->json);

  return copy;
}

void
wb_connection_page_free (WbConnectionPage *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* A count, or one in a string; -1 for anything else. */
static gint64
find_count (JsonObject *object,
            const char *member)
{
  g_autofree char *text = wb_connection_dup_id (object, member);
  char            *end;
  gint64           number;

  if (text == NULL || *text == '\0')
    return -1;

  number = g_ascii_strtoll (text, &end, 10);

  return *end == '\0' && number >= 0 ? number : -1;
}

/**
 * wb_connection_dup_id:
 * @object: an object
 * @member: one of its members
 *
 * Returns: (transfer full) (nullable): a string, or a whole number as one
 */
char *
wb_connection_dup_id (JsonObject *object,
                      const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (wb_json_find_string (object, member));
}

/* The outermost object's array of this name, as an index of the scan; -1 if there is none, or more
 * than one. */
static int
find_array (WbJsonScan *scan,
            const char *text,
            const char *member)
{
  int found = -1;

  for (guint i = 0; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autofree char   *key = NULL;

      if (value->depth != 1 || value->type != WB_JSON_ARRAY)
        continue;
      key = wb_json_unescape (text, value->key_start, value->key_end, NULL);
      if (g_strcmp0 (key, member) != 0)
        continue;
      if (found >= 0)
        return -1;
      found = (int) i;
    }

  return found;
}

static gboolean
set_no_connection (GError    **error,
                   guint       number,
                   const char *name)
{
  g_autofree char *escaped = name != NULL ? wb_text_escape (name, -1) : NULL;

  if (escaped != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                 /* Translators: a connection's name. */
                 _ ("The connection “%s” could not be read: the service’s list gives it no valid "
                    "ID. Report this to the cloud’s support."),
                 escaped);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                 /* Translators: a number, from 1. */
                 _ ("Entry %u of the service’s list is not a connection, so the archive would not "
                    "be complete. Try again; if this keeps happening, report it to the cloud’s "
                    "support."),
                 number);

  return FALSE;
}

static gboolean
add (WbConnectionPage *self,
     WbSource          source,
     JsonNode         *node,
     GBytes           *json,
     GError          **error)
{
  JsonObject         *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char         *name = wb_json_find_string (object, members[source].name);
  g_autofree char    *id = NULL;
  WbListedConnection *entry;

  if (object != NULL)
    id = wb_connection_dup_id (object, members[source].id);
  if (name != NULL && *name == '\0')
    name = NULL;
  /* The ID goes into an address. */
  if (name == NULL || id == NULL || (source == WB_SOURCE_MANAGEMENT && !wb_is_sendable_id (id)))
    return set_no_connection (error, self->entries->len + 1, name);

  entry = g_new0 (WbListedConnection, 1);
  entry->id = g_steal_pointer (&id);
  entry->name = g_strdup (name);
  entry->json = g_bytes_ref (json);
  g_ptr_array_add (self->entries, entry);

  return TRUE;
}

/**
 * wb_connection_page_read:
 * @source: whose list it is
 * @root: an object
 * @body: its text
 * @error: return location
 *
 * Returns: (transfer full): the page; %NULL with %WB_ERROR_SERVICE if it contains no list, or
 *   something in it that is not a connection
 */
WbConnectionPage *
wb_connection_page_read (WbSource  source,
                         JsonNode *root,
                         GBytes   *body,
                         GError  **error)
{
  g_autoptr (WbConnectionPage) self = g_new0 (WbConnectionPage, 1);
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  JsonObject *object = json_node_get_object (root);
  JsonNode   *node = json_object_get_member (object, members[source].entries);
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (text, length, NULL);
  JsonArray *array;
  int        parent;
  guint      n = 0;

  self->entries = g_ptr_array_new_with_free_func (wb_listed_connection_free);
  parent = scan != NULL ? find_array (scan, text, members[source].entries) : -1;
  if (parent < 0 || node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_SERVICE,
                           _ ("The service did not return a list of connections. Check the "
                              "addresses in the account."));
      return NULL;
    }

  self->total = find_count (object, members[source].total);
  array = json_node_get_array (node);
  for (guint i = 0; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autoptr (GBytes) json = NULL;

      if (value->parent != parent)
        continue;
      json = g_bytes_new_from_bytes (body, value->start, value->end - value->start);
      if (!add (self, source, json_array_get_element (array, n++), json, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}
