/* directory-page.c: what a page of a list says, whatever else is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory/directory-page.h"

#include <string.h>

#include "core/json-member.h"
#include "core/service/directory/directory-item.h"
#include "core/service/http/echo.h"
#include "core/service/http/sendable.h"

#define MAX_NAME_BYTES 1024
#define MAX_QUERY_BYTES 1024

#define QUERY_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~%&=+"

/* The states of an instance that no longer has workspaces (the service's API reference). */
#define STATUS_DELETED 3
#define STATUS_DELETING 6

static JsonArray *
find_array (JsonNode   *root,
            const char *member)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* A number, or a number in a string; -1 for anything else. */
static gint64
find_number (JsonObject *object,
             const char *member)
{
  JsonNode   *node = json_object_get_member (object, member);
  const char *text = wb_json_find_string (object, member);
  char       *end;
  gint64      number;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (text == NULL || *text == '\0')
    return -1;

  number = g_ascii_strtoll (text, &end, 10);

  return *end == '\0' ? number : -1;
}

static gboolean
is_boolean (JsonObject *object,
            const char *member,
            gboolean    value)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node) == value;
}

/* The IDs of the items, which live as long as those. A page may be a list of any length. */
static GHashTable *
list_known (GPtrArray *items)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (known, (char *) wb_directory_item_get_id (g_ptr_array_index (items, i)));

  return known;
}

/* An ID goes into headers and addresses, so one that cannot stand there is of no use; nor is one
 * that brings back what was sent. */
static gboolean
add (GPtrArray         *items,
     GHashTable        *known,
     JsonObject        *object,
     const char        *id_member,
     const char        *name_member,
     const char        *instance,
     const char *const *sent)
{
  const char      *id = wb_json_find_string (object, id_member);
  const char      *name = wb_json_find_string (object, name_member);
  g_autofree char *hidden = NULL;
  g_autofree char *limited = NULL;
  WbDirectoryItem *item;

  if (id == NULL || !wb_is_sendable_id (id) || g_hash_table_contains (known, id)
      || wb_echo_has_whole (id, sent))
    return FALSE;

  if (name == NULL || *name == '\0')
    name = id;
  hidden = wb_echo_hide_whole (name, sent);
  limited = g_strndup (hidden, MAX_NAME_BYTES);
  if (!g_utf8_validate (limited, -1, NULL))
    {
      g_autofree char *cut = g_steal_pointer (&limited);

      limited = g_utf8_make_valid (cut, -1);
    }
  item = wb_directory_item_new (limited, id, instance);
  g_ptr_array_add (items, item);
  g_hash_table_add (known, (char *) wb_directory_item_get_id (item));

  return TRUE;
}

static JsonObject *
get_entry (JsonArray *entries,
           guint      index)
{
  JsonNode *node = json_array_get_element (entries, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * wb_directory_page_read_projects:
 * @root: an object
 * @sent: (nullable) (array zero-terminated=1): what must not be shown, should the service echo it
 * @items: (element-type WbDirectoryItem): where to add the projects that one can sign in to
 * @next_query: (out) (nullable): the query of the next page's address; free it
 *
 * Only the query of the link to the next page is used: a reply does not decide where a token goes.
 *
 * Returns: %FALSE if it contains no list
 */
gboolean
wb_directory_page_read_projects (JsonNode          *root,
                                 const char *const *sent,
                                 GPtrArray         *items,
                                 char             **next_query)
{
  JsonArray *entries = find_array (root, "projects");
  g_autoptr (GHashTable) known = list_known (items);
  JsonObject *links = wb_json_find_object (json_node_get_object (root), "links");
  const char *next = wb_json_find_string (links, "next");
  const char *query = next != NULL ? strchr (next, '?') : NULL;

  *next_query = NULL;
  if (entries == NULL)
    return FALSE;

  if (query != NULL && strlen (query) <= MAX_QUERY_BYTES
      && strspn (query + 1, QUERY_CHARS) == strlen (query + 1))
    *next_query = g_strdup (query + 1);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = get_entry (entries, i);

      if (entry != NULL && !is_boolean (entry, "enabled", FALSE)
          && !is_boolean (entry, "is_domain", TRUE))
        add (items, known, entry, "id", "name", "", sent);
    }

  return TRUE;
}

/**
 * wb_directory_page_read_instances:
 * @root: an object
 * @sent: (nullable) (array zero-terminated=1): what must not be shown, should the service echo it
 * @items: (element-type WbDirectoryItem): where to add the instances that are not gone
 * @page: (out): what the page was
 *
 * Returns: %FALSE if it contains no list
 */
gboolean
wb_directory_page_read_instances (JsonNode          *root,
                                  const char *const *sent,
                                  GPtrArray         *items,
                                  WbDirectoryPage   *page)
{
  JsonArray *entries = find_array (root, "commodity_orders");
  g_autoptr (GHashTable) known = list_known (items);

  /* Older releases call it so. */
  if (entries == NULL)
    entries = find_array (root, "commodity_order_lists");
  if (entries == NULL)
    return FALSE;

  *page = (WbDirectoryPage){ .n_entries = json_array_get_length (entries) };
  page->total = find_number (json_node_get_object (root), "count");
  for (guint i = 0; i < page->n_entries; i++)
    {
      JsonObject *entry = get_entry (entries, i);
      gint64      status = entry != NULL ? find_number (entry, "status") : -1;

      if (entry == NULL)
        continue;
      if (status == STATUS_DELETED || status == STATUS_DELETING)
        page->n_new++;
      else if (add (items, known, entry, "resource_id", "resource_name", "", sent))
        page->n_new++;
    }

  return TRUE;
}

/**
 * wb_directory_page_read_workspaces:
 * @root: an object
 * @instance: the name of the instance they are in
 * @sent: (nullable) (array zero-terminated=1): what must not be shown, should the service echo it
 * @items: (element-type WbDirectoryItem): where to add the workspaces
 * @page: (out): what the page was
 *
 * Returns: %FALSE if it contains no list
 */
gboolean
wb_directory_page_read_workspaces (JsonNode          *root,
                                   const char        *instance,
                                   const char *const *sent,
                                   GPtrArray         *items,
                                   WbDirectoryPage   *page)
{
  JsonArray *entries = find_array (root, "data");
  g_autoptr (GHashTable) known = list_known (items);

  if (entries == NULL)
    return FALSE;

  *page = (WbDirectoryPage){ .n_entries = json_array_get_length (entries) };
  page->total = find_number (json_node_get_object (root), "count");
  for (guint i = 0; i < page->n_entries; i++)
    {
      JsonObject *entry = get_entry (entries, i);

      if (entry != NULL && add (items, known, entry, "id", "name", instance, sent))
        page->n_new++;
    }

  return TRUE;
}

/**
 * wb_directory_page_is_last:
 * @page: a page
 * @n_seen: how many entries this page and those before it had
 *
 * The total is believed only as far as pages with something new keep coming, and not behind a page
 * that is full: some services give the number of entries in the page.
 *
 * Returns: %TRUE if no further page is to be asked for
 */
gboolean
wb_directory_page_is_last (const WbDirectoryPage *page,
                           guint                  n_seen)
{
  if (page->n_new == 0)
    return TRUE;
  if (page->n_entries >= WB_DIRECTORY_PAGE_SIZE)
    return FALSE;
  if (page->total >= 0)
    return n_seen >= page->total;

  return TRUE;
}

/**
 * wb_directory_items_to_list:
 * @items: (element-type WbDirectoryItem): the items of all pages
 *
 * Returns: (transfer full): a list of them
 */
GListModel *
wb_directory_items_to_list (GPtrArray *items)
{
  GListStore *list = g_list_store_new (WB_TYPE_DIRECTORY_ITEM);

  g_list_store_splice (list, 0, 0, items->pdata, items->len);

  return G_LIST_MODEL (list);
}
