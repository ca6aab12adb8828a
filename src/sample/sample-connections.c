/* sample-connections.c: the answers that list and show connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include "core/json-member.h"
#include "sample/sample-reply.h"

/* In place of each password, as the examples of the service's API reference have it. */
#define MASK "*********"

/* 2 November 2026, in milliseconds. */
#define CREATE_TIME_MS G_GINT64_CONSTANT (1793611800000)

#define MAX_RECORDS 200

/* A key of the official export, and what Management Center calls it: `%s` is `db`, or `ns` for a
 * connection to HBase (its API reference, "Creating a Data Connection", and the examples of the
 * clouds' software kits). */
typedef struct
{
  const char *key;
  const char *camel;
  const char *snake;
} Spelling;

static const Spelling spellings[] = {
  { "clusterName", "clusterName", "cluster_name" },
  { "userName", "%sUserName", "%s_user_name" },
  { "password", "%sPassword", "%s_password" },
  { "kmsKey", "kmsName", "kms_name" },
  { "connectionMethod", "mrsConnectionType", "mrs_connection_type" },
  { "sslEnable", "sslEnable", "ssl_enable" },
  { "driverName", "dbDriverName", "db_driver_name" },
  { "driverPath", "driverPath", "driver_path" },
  { "keyLocation", "keyLocation", "key_location" },
};

/* What the server adds to a connection of MapReduce Service, in both dialects. */
static const char *const findings[][2] = {
  { "mrs_version", "MRS 3.2.0-LTS" },
  { "master_ip", "10.0.20.4" },
  { "safe_mode", "true" },
};

/* The ID of something that has a name: the same each run. */
static char *
dup_id (const char *kind,
        const char *scope,
        const char *name)
{
  g_autofree char *text = g_strjoin ("\n", kind, scope, name, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
}

static char *
dup_dw_id (const WbSampleWorkspace *workspace,
           JsonObject              *connection)
{
  return dup_id ("connection", workspace->id, wb_json_find_string (connection, "name"));
}

static const char *
get_dw_type (JsonObject *connection)
{
  const char *type = wb_json_find_string (connection, "type");

  if (g_str_equal (type, "SparkSQL"))
    return "MRS_SPARK";
  if (g_str_equal (type, "HIVE"))
    return "MRS_HIVE";

  return g_str_equal (type, "CloudTable") ? "CLOUDTABLE" : type;
}

/* --- of DataArts Factory --- */

static JsonNode *
mask (JsonNode *connection)
{
  g_autofree char *text = json_to_string (connection, FALSE);
  JsonNode        *copy = json_from_string (text, NULL);
  JsonObject      *config = wb_json_find_object (json_node_get_object (copy), "config");

  if (config != NULL && json_object_has_member (config, "password"))
    json_object_set_string_member (config, "password", MASK);

  return copy;
}

/**
 * wb_sample_connections_reply_list:
 * @message: the message to answer
 * @workspace: whose connections
 * @query: (nullable): the address's query
 *
 * `GET /v1/{project_id}/connections`.
 */
void
wb_sample_connections_reply_list (SoupServerMessage       *message,
                                  const WbSampleWorkspace *workspace,
                                  GHashTable              *query)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *page = json_array_new ();
  guint      n = json_array_get_length (workspace->connections);
  guint      first;
  guint      end;

  json_object_set_int_member (object, "total", n);
  json_object_set_array_member (object, "connections", page);
  if (!wb_sample_directory_read_page (message, query, WB_SAMPLE_OFFSET_ENTRIES, n, &first, &end))
    return;

  for (guint i = first; i < end; i++)
    json_array_add_element (page, mask (json_array_get_element (workspace->connections, i)));
  wb_sample_reply_object (message, object);
}

/* --- of Management Center --- */

static void
add_secret (JsonObject     *config,
            WbSampleDialect dialect,
            const char     *id)
{
  gboolean         is_camel = dialect == WB_SAMPLE_DIALECT_CAMEL;
  g_autofree char *value = g_base64_encode ((const guchar *) id, 16);
  g_autofree char *vector = g_base64_encode ((const guchar *) id + 16, 16);

  json_object_set_string_member (config, is_camel ? "encryptValue" : "encrypt_value", value);
  json_object_set_string_member (config, is_camel ? "iV" : "i_v", vector);
}

static void
add_respelled (JsonObject     *config,
               WbSampleDialect dialect,
               const char     *prefix,
               const char     *key,
               JsonNode       *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const char      *spelling = dialect == WB_SAMPLE_DIALECT_CAMEL ? spellings[i].camel
                                                                     : spellings[i].snake;
      g_autofree char *name = NULL;

      if (!g_str_equal (spellings[i].key, key))
        continue;

      name = g_str_has_prefix (spelling, "%s") ? g_strconcat (prefix, spelling + 2, NULL)
                                               : g_strdup (spelling);
      json_object_set_member (config, name, json_node_copy (value));
      return;
    }
  json_object_set_member (config, key, json_node_copy (value));
}

/* Clusters and keys have an ID beside their name. */
static void
add_id (JsonObject     *config,
        WbSampleDialect dialect,
        const char     *key,
        JsonNode       *name)
{
  gboolean         is_camel = dialect == WB_SAMPLE_DIALECT_CAMEL;
  const char      *member = NULL;
  g_autofree char *id = NULL;

  if (g_str_equal (key, "clusterName"))
    member = is_camel ? "clusterId" : "cluster_id";
  else if (g_str_equal (key, "kmsKey"))
    member = is_camel ? "kmsId" : "kms_id";
  if (member == NULL)
    return;

  id = dup_id (key, "", json_node_get_string (name));
  json_object_set_string_member (config, member, id);
}

static JsonObject *
new_dw_config (JsonObject     *connection,
               WbSampleDialect dialect,
               const char     *id)
{
  gboolean    is_camel = dialect == WB_SAMPLE_DIALECT_CAMEL;
  const char *type = get_dw_type (connection);
  const char *prefix = g_str_equal (type, "CLOUDTABLE") ? "ns" : "db";
  JsonObject *from = wb_json_find_object (connection, "config");
  JsonObject *config = json_object_new ();
  g_autoptr (GList) keys = from != NULL ? json_object_get_members (from) : NULL;

  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonNode *value = json_object_get_member (from, key->data);

      if (g_str_equal (key->data, "password"))
        {
          g_autoptr (JsonNode) masked = json_node_new (JSON_NODE_VALUE);

          json_node_set_string (masked, MASK);
          add_respelled (config, dialect, prefix, key->data, masked);
          add_secret (config, dialect, id);
        }
      else if (!g_str_equal (key->data, "agentName"))
        {
          add_respelled (config, dialect, prefix, key->data, value);
          add_id (config, dialect, key->data, value);
        }
      else if (!is_camel)
        {
          /* It stands beside the configuration; the newer dialect repeats it. */
          json_object_set_member (config, "agent_name", json_node_copy (value));
        }
    }

  for (guint i = 0; g_str_has_prefix (type, "MRS_") && i < G_N_ELEMENTS (findings); i++)
    json_object_set_string_member (config, findings[i][0], findings[i][1]);
  if (from != NULL)
    json_object_set_string_member (config, "update_time", "1793611800000");

  return config;
}

/* What the list says of a connection, and the reply for it alone as well. */
static JsonObject *
new_data_connection (JsonObject *connection,
                     const char *id)
{
  JsonObject      *object = json_object_new ();
  JsonObject      *config = wb_json_find_object (connection, "config");
  const char      *agent = wb_json_find_string (config, "agentName");
  g_autofree char *agent_id = agent != NULL ? dup_id ("agent", "", agent) : NULL;
  g_autofree char *qualified = NULL;

  qualified = g_strdup_printf ("%s@%s-%s", get_dw_type (connection),
                               config != NULL && json_object_has_member (config, "ip")
                                 ? wb_json_find_string (config, "ip")
                                 : "",
                               wb_json_find_string (connection, "name"));
  json_object_set_string_member (object, "dw_id", id);
  json_object_set_string_member (object, "dw_name", wb_json_find_string (connection, "name"));
  json_object_set_string_member (object, "dw_type", get_dw_type (connection));
  if (agent != NULL)
    {
      json_object_set_string_member (object, "agent_id", agent_id);
      json_object_set_string_member (object, "agent_name", agent);
    }
  json_object_set_string_member (object, "qualified_name", qualified);
  json_object_set_string_member (object, "create_user", "sample");
  json_object_set_int_member (object, "create_time", CREATE_TIME_MS);
  json_object_set_string_member (object, "description",
                                 wb_json_find_string (connection, "description"));

  return object;
}

/**
 * wb_sample_connections_reply_managed:
 * @message: the message to answer
 * @workspace: whose connections
 * @dialect: what `offset` counts
 * @query: (nullable): the address's query
 *
 * `GET /v1/{project_id}/data-connections`, which has no configurations.
 */
void
wb_sample_connections_reply_managed (SoupServerMessage       *message,
                                     const WbSampleWorkspace *workspace,
                                     WbSampleDialect          dialect,
                                     GHashTable              *query)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray     *page = json_array_new ();
  guint          n = json_array_get_length (workspace->connections);
  WbSampleOffset reading = dialect == WB_SAMPLE_DIALECT_CAMEL ? WB_SAMPLE_OFFSET_PAGES
                                                              : WB_SAMPLE_OFFSET_ENTRIES;
  guint          first;
  guint          end;

  json_object_set_int_member (object, "count", n);
  json_object_set_int_member (object, "max_records", MAX_RECORDS);
  json_object_set_array_member (object, "data_connection_lists", page);
  if (!wb_sample_directory_read_page (message, query, reading, n, &first, &end))
    return;

  for (guint i = first; i < end; i++)
    {
      JsonObject      *connection = json_array_get_object_element (workspace->connections, i);
      g_autofree char *id = dup_dw_id (workspace, connection);

      json_array_add_object_element (page, new_data_connection (connection, id));
    }
  wb_sample_reply_object (message, object);
}

/**
 * wb_sample_connections_reply_one:
 * @message: the message to answer
 * @workspace: whose connections
 * @dialect: how its keys are spelled
 * @id: the ID of one
 *
 * `GET /v1/{project_id}/data-connections/{data_connection_id}`.
 */
void
wb_sample_connections_reply_one (SoupServerMessage       *message,
                                 const WbSampleWorkspace *workspace,
                                 WbSampleDialect          dialect,
                                 const char              *id)
{
  for (guint i = 0; i < json_array_get_length (workspace->connections); i++)
    {
      JsonObject      *connection = json_array_get_object_element (workspace->connections, i);
      g_autofree char *own_id = dup_dw_id (workspace, connection);
      g_autoptr (JsonObject) object = NULL;

      if (!g_str_equal (own_id, id))
        continue;

      object = new_data_connection (connection, id);
      json_object_set_object_member (object, "dw_config", new_dw_config (connection, dialect, id));
      json_object_set_int_member (object, "env_type", 1);
      /* The reference spells it both ways. */
      json_object_set_string_member (
        object, dialect == WB_SAMPLE_DIALECT_CAMEL ? "dw_category" : "dw_catagory", "CUSTOM");
      json_object_set_int_member (object, "update_type", 0);
      wb_sample_reply_object (message, object);
      return;
    }

  wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DAYU.1005",
                         "The data connection does not exist.");
}
