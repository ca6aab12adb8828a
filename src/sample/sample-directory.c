/* sample-directory.c: the answers that list projects, instances and workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "sample/sample-reply.h"

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 100

static void
add_string (JsonBuilder *builder,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *member,
         gint64       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
begin_array (JsonBuilder *builder,
             const char  *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
}

/* A number of the query, or @missing; %FALSE for one that is out of range. */
static gboolean
read_number (GHashTable *query,
             const char *name,
             guint64     missing,
             guint64     min,
             guint64     max,
             guint64    *number)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  *number = missing;

  return text == NULL || g_ascii_string_to_unsigned (text, 10, min, max, number, NULL);
}

/* The part of a list that the query asks for; answers the message if it asks for none. */
gboolean
wb_sample_directory_read_page (SoupServerMessage *message,
                               GHashTable        *query,
                               WbSampleOffset     reading,
                               guint              n_all,
                               guint             *first,
                               guint             *end)
{
  guint64 limit;
  guint64 offset;

  if (!read_number (query, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT, &limit)
      || !read_number (query, "offset", 0, 0, G_MAXUINT32, &offset))
    {
      wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DLF.3051",
                             "The request parameter is invalid.");
      return FALSE;
    }

  if (reading == WB_SAMPLE_OFFSET_PAGES)
    offset *= limit;
  *first = (guint) MIN (offset, n_all);
  *end = (guint) MIN (offset + limit, n_all);

  return TRUE;
}

static void
add_project (JsonBuilder *builder,
             const char  *id,
             const char  *name)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", id);
  add_string (builder, "name", name);
  add_string (builder, "description", "");
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "is_domain");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
}

/**
 * wb_sample_directory_reply_projects:
 * @message: the message to answer
 * @identity: whose projects
 *
 * The built-in project of the object storage is among them, as it is everywhere.
 */
void
wb_sample_directory_reply_projects (SoupServerMessage      *message,
                                    const WbSampleIdentity *identity)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  begin_array (builder, "projects");
  add_project (builder, "0d3f4c6b8a1e4f2793d5c7b9e1a2f4c6", "MOS");
  add_project (builder, identity->project_id, identity->project_name);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "links");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  wb_sample_reply_json (message, builder);
}

/**
 * wb_sample_directory_reply_instances:
 * @message: the message to answer
 * @identity: whose instances
 * @query: (nullable): the address's query
 */
void
wb_sample_directory_reply_instances (SoupServerMessage      *message,
                                     const WbSampleIdentity *identity,
                                     GHashTable             *query)
{
  g_autoptr (JsonBuilder) builder = NULL;
  guint first;
  guint end;

  if (!wb_sample_directory_read_page (message, query, WB_SAMPLE_OFFSET_ENTRIES, 1, &first, &end))
    return;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_int (builder, "count", 1);
  begin_array (builder, "commodity_orders");
  if (first < end)
    {
      json_builder_begin_object (builder);
      add_string (builder, "resource_id", WB_SAMPLE_INSTANCE_ID);
      add_string (builder, "resource_name", "dayu-sample");
      add_string (builder, "project_id", identity->project_id);
      add_int (builder, "status", 2);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  wb_sample_reply_json (message, builder);
}

/**
 * wb_sample_directory_reply_workspaces:
 * @message: the message to answer
 * @identity: whose workspaces
 * @workspaces: (element-type WbSampleWorkspace): all of the instance; the default one has no ID
 *   here, and is left out
 * @query: (nullable): the address's query
 */
void
wb_sample_directory_reply_workspaces (SoupServerMessage      *message,
                                      const WbSampleIdentity *identity,
                                      GPtrArray              *workspaces,
                                      GHashTable             *query)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GPtrArray) named = g_ptr_array_new ();
  guint first;
  guint end;

  for (guint i = 0; i < workspaces->len; i++)
    {
      WbSampleWorkspace *workspace = g_ptr_array_index (workspaces, i);

      if (*workspace->id != '\0')
        g_ptr_array_add (named, workspace);
    }
  if (!wb_sample_directory_read_page (message, query, WB_SAMPLE_OFFSET_ENTRIES, named->len, &first,
                                      &end))
    return;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_int (builder, "count", named->len);
  begin_array (builder, "data");
  for (guint i = first; i < end; i++)
    {
      const WbSampleWorkspace *workspace = g_ptr_array_index (named, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", workspace->id);
      add_string (builder, "name", workspace->name);
      add_string (builder, "instance_id", WB_SAMPLE_INSTANCE_ID);
      add_string (builder, "project_id", identity->project_id);
      add_int (builder, "is_default", 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  wb_sample_reply_json (message, builder);
}
