/* test-rebuild.c: archives made of what the service says of its connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"
#include "await.h"

#include "core/archive/copies/encrypted-copy.h"
#include "core/archive/copies/redact.h"
#include "core/archive/copies/selected-copy.h"
#include "core/archive/rebuilt/rebuild.h"
#include "core/archive/tree/findings.h"
#include "core/error.h"
#include "core/json-scan.h"

#include <string.h>
#include <unistd.h>

/* A file's text, or %NULL if there is no such file. */
static char *
dup_file (WbArchive  *archive,
          const char *path)
{
  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *node_path = wb_archive_dup_path (archive, node);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (node_path, path))
        continue;
      bytes = wb_archive_read (archive, node, NULL, &error);
      g_assert_no_error (error);
      return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  return NULL;
}

/* The file and the note of one connection. */
static void
rebuild_one (WbSource    source,
             const char *json,
             char      **text,
             char      **note)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (source);
  g_autoptr (WbArchive) archive = NULL;

  archive_add_reply (rebuild, json);
  archive = archive_open_rebuilt (rebuild);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 1);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 1);
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);
  *text = dup_file (archive, "connections/c.conn");
  *note = dup_file (archive, "WAYBILL.json");
  g_assert_nonnull (*text);
  g_assert_nonnull (*note);
}

/* With single quotes, and without the spaces between. */
static char *
dup_compact (const char *json)
{
  g_autoptr (JsonNode) node = wb_json_parse (json, strlen (json), NULL);

  g_assert_nonnull (node);

  return g_strdelimit (json_to_string (node, FALSE), "\"", '\'');
}

/* Every dialect of a key, in the settings and beside them, becomes the documented one; what is not
 * documented stays as it came. */
static void
test_keys (void)
{
  static const struct
  {
    const char *config;
    const char *beside;
    const char *expected;
  } cases[] = {
    { "'clusterName': 'a'", "", "'clusterName':'a'" },
    { "'cluster_name': 'a'", "", "'clusterName':'a'" },
    { "'CLUSTER_NAME': 'a'", "", "'clusterName':'a'" },
    { "'ip': '10.0.0.1', 'port': '8000'", "", "'ip':'10.0.0.1','port':'8000'" },
    { "'port': 8000, 'IP': 'h'", "", "'ip':'h','port':8000" },
    { "'userName': 'u'", "", "'userName':'u'" },
    { "'user_name': 'u'", "", "'userName':'u'" },
    { "'dbUserName': 'u'", "", "'userName':'u'" },
    { "'db_user_name': 'u'", "", "'userName':'u'" },
    { "'nsUserName': 'u'", "", "'userName':'u'" },
    { "'ns_user_name': 'u'", "", "'userName':'u'" },
    { "'dbPassword': 'p'", "", "'password':'p'" },
    { "'ns_password': 'p'", "", "'password':'p'" },
    { "'ssl_enable': false", "", "'sslEnable':false" },
    { "'sslEnable': 'true'", "", "'sslEnable':'true'" },
    { "'kmsName': 'k'", "", "'kmsKey':'k'" },
    { "'kms_name': 'k'", "", "'kmsKey':'k'" },
    { "'kms_key': 'k'", "", "'kmsKey':'k'" },
    { "'agent_name': 'a'", "", "'agentName':'a'" },
    { "", "'agent_name': 'a'", "'agentName':'a'" },
    { "", "'agentName': 'a'", "'agentName':'a'" },
    { "", "'agetn_name': 'a'", "'agentName':'a'" },
    { "'agentName': 'in'", "'agent_name': 'out'", "'agentName':'in'" },
    { "'mrsConnectionType': 'agent'", "", "'connectionMethod':'agent'" },
    { "'mrs_connection_type': 'direct'", "", "'connectionMethod':'direct'" },
    { "'connection_method': 'agent'", "", "'connectionMethod':'agent'" },
    { "'db_driver_name': 'd'", "", "'driverName':'d'" },
    { "'driver_path': 'obs://b/d.jar'", "", "'driverPath':'obs://b/d.jar'" },
    { "'key_location': 'obs://b/k.pem'", "", "'keyLocation':'obs://b/k.pem'" },
    /* The documented spelling comes first, wherever it stands. */
    { "'kmsName': 'x', 'kmsKey': 'k'", "", "'kmsKey':'k'" },
    { "'password': '***', 'dbPassword': 'p'", "", "'password':'p'" },
    /* Not in the table. */
    { "'dbName': 'd'", "", "'dbName':'d'" },
    { "'cdm_property_enable': 'false'", "", "'cdm_property_enable':'false'" },
    { "'cas_port': 9022", "", "'cas_port':9022" },
    { "'clusterId': 'i', 'kmsId': 'k'", "", "'clusterId':'i','kmsId':'k'" },
    { "'kms_id': 'k', 'cluster_id': 'i'", "", "'cluster_id':'i','kms_id':'k'" },
    { "'db_connection_url': 'jdbc:hive2://h'", "", "'db_connection_url':'jdbc:hive2://h'" },
    { "'n': 12345678901234567890.10e+400", "", NULL },
    { "'own': {'b': [1, {'c': null}], 'a': {}}", "", "'own':{'b':[1,{'c':null}],'a':{}}" },
    { "'twice': 1, 'twice': 2", "", "'twice':1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint dialect = 0; dialect < 3; dialect++)
        {
          static const char *const frames[] = {
            "{'name': 'c', 'type': 'X', 'config': {%s}%s%s}",
            "{'dw_name': 'c', 'dw_type': 'X', 'dw_config': {%s}%s%s}",
            "{'dwName': 'c', 'dwType': 'X', 'dwConfig': {%s}%s%s}",
          };
          g_auto (GStrv) halves = g_strsplit (frames[dialect], "%s", 2);
          g_autofree char *tail = g_strconcat ("}", *cases[i].beside != '\0' ? ", " : "",
                                               cases[i].beside, "}", NULL);
          g_autofree char *json = g_strconcat (halves[0], cases[i].config, tail, NULL);
          g_autofree char *text = NULL;
          g_autofree char *note = NULL;
          g_autofree char *compact = NULL;
          g_autofree char *expected = NULL;

          g_test_message ("%s", json);
          rebuild_one (dialect == 0 ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT, json, &text, &note);
          if (cases[i].expected == NULL)
            {
              g_assert_nonnull (strstr (text, "12345678901234567890.10e+400"));
              continue;
            }
          compact = dup_compact (text);
          expected = g_strdup_printf ("{'name':'c','type':'X','config':{%s}}", cases[i].expected);
          g_assert_cmpstr (compact, ==, expected);
        }
    }
}

static void
test_types (void)
{
  static const char *const cases[][2] = {
    { "MRS_HIVE", "HIVE" },
    { "mrs_hive", "HIVE" },
    { "Hive", "HIVE" },
    { "MRS_SPARK", "SparkSQL" },
    { "SPARKSQL", "SparkSQL" },
    { "SPARK_SQL", "SparkSQL" },
    { "MRS_SPARK_SQL", "SparkSQL" },
    { "dws", "DWS" },
    { "DLI", "DLI" },
    { "RDS", "RDS" },
    { "CLOUD_TABLE", "CloudTable" },
    { "Host", "HOST" },
    { "MRS_HBASE", "MRS_HBASE" },
    { "MYSQL", "MYSQL" },
    { "DORIS", "DORIS" },
    { "RDS(SAP HANA)", "RDS(SAP HANA)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'dw_name': 'c', 'dw_type': '%s'}", cases[i][0]);
      g_autofree char *expected = g_strdup_printf ("\"type\": \"%s\"", cases[i][1]);
      g_autofree char *text = NULL;
      g_autofree char *note = NULL;

      rebuild_one (WB_SOURCE_MANAGEMENT, json, &text, &note);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, expected));
    }
}

/* What must not be in the file, and what the note says of it. */
static void
test_left_out (void)
{
  static const struct
  {
    const char *config;
    const char *beside;
    const char *secret;   /* in neither of the two files */
    const char *expected; /* in the note */
  } cases[] = {
    { "'password': '*********'", "", "**", "\"settings\": [\"config.password\"]" },
    { "'db_password': '******'", "", "**", "\"settings\": [\"config.password\"]" },
    { "'password': ''", "", "\"\"", "\"settings\": [\"config.password\"]" },
    { "'password': null", "", "null", "\"settings\": [\"config.password\"]" },
    { "'password': 'Add password here'", "", "Add", "\"settings\": [\"config.password\"]" },
    { "'userName': 'u'", "", "*", "\"settings\": [\"config.password\"]" },
    { "'secretKey': '***', 'password': 'p1'", "", "**", "[\"config.secretKey\"]" },
    { "'own': {'token': '****'}", "", "**", "[\"config.own.token\"]" },
    { "'own': [{'name': 'password', 'value': '****'}]", "", "**", "config.own.[].value" },
    { "'userName': '*****'", "", "**", "dw_config.userName" },
    { "'url': 'jdbc:mysql://u:*****@h/d'", "", "**", "dw_config.url" },
    { "'url': 'jdbc:mysql://h/d?user=u&password=*****'", "", "**", "dw_config.url" },
    { "'encrypt_value': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.encrypt_value" },
    { "'encryptValue': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.encryptValue" },
    { "'ENCRYPT-VALUE': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.ENCRYPT-VALUE" },
    { "'db_encrypt_value': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.db_encrypt_value" },
    { "'i_v': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.i_v" },
    { "'iV': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.iV" },
    { "'IV': 'Q0lQSEVSVEVYVA=='", "", "Q0lQ", "dw_config.IV" },
    { "'own': {'x': {'i_v': 'Q0lQSEVSVEVYVA=='}}", "", "Q0lQ", "dw_config.own.x.i_v" },
    { "'own': ['{\\'iv\\': \\'Q0lQSEVSVEVYVA==\\'}']", "", "Q0lQ", "dw_config.own.[]" },
    { "", "'encrypt_value': 'Q0lQSEVSVEVYVA=='", "Q0lQ", "\"encrypt_value\"" },
    { "", "'agent': {'i_v': 'Q0lQSEVSVEVYVA=='}", "Q0lQ", "agent.i_v" },
    { "", "'agent_password': 'Hidden-Word-1'", "Hidden-Word-1", "agent_password" },
    { "", "'password': '****'", "**", "[\"config.password\"]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'dw_name': 'c', 'dw_type': 'X', 'dw_config': {%s}"
                                               "%s%s}",
                                               cases[i].config,
                                               *cases[i].beside != '\0' ? ", " : "",
                                               cases[i].beside);
      g_autofree char *text = NULL;
      g_autofree char *note = NULL;

      g_test_message ("%s", json);
      rebuild_one (WB_SOURCE_MANAGEMENT, json, &text, &note);
      g_test_message ("%s", note);
      g_assert_null (strstr (text, cases[i].secret));
      if (*cases[i].secret != '"' && *cases[i].secret != 'n')
        g_assert_null (strstr (note, cases[i].secret));
      g_assert_nonnull (strstr (note, cases[i].expected));
    }
}

/* What is not missing: where a password is there, or none belongs. */
static void
test_not_missing (void)
{
  static const char *const cases[] = {
    "{'name': 'c', 'type': 'DLI'}",
    "{'name': 'c', 'type': 'DLI', 'config': null}",
    "{'name': 'c', 'type': 'DLI', 'config': {}}",
    "{'name': 'c', 'type': 'CloudTable', 'config': {'clusterName': 'x'}}",
    "{'name': 'c', 'type': 'DWS', 'config': {'userName': 'u', 'password': 'p'}}",
    "{'name': 'c', 'type': 'HOST', 'config': {'userName': 'u', 'keyLocation': 'obs://b/k'}}",
    "{'name': 'c', 'type': 'SparkSQL', 'config': {'connectionMethod': 'direct'}}",
    "{'name': 'c', 'type': 'REST', 'config': {'userName': 'u', 'token': 't0ken-of-mine'}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *note = NULL;

      rebuild_one (WB_SOURCE_LIST, cases[i], &text, &note);
      g_test_message ("%s", cases[i]);
      g_assert_nonnull (strstr (note, "\"enter_again\": []"));
    }
}

/* What the service sets, and what has no documented place, is in the note and not in the file. */
static void
test_note (void)
{
  static const char *const noted[] = {
    "{ \"what\": \"dw_config.mrs_version\", \"is\": \"3.1\" }",
    "{ \"what\": \"dw_config.masterIp\", \"is\": \"10.1.1.1\" }",
    "{ \"what\": \"dw_config.safe_mode\", \"is\": true }",
    "{ \"what\": \"dw_config.update_time\", \"is\": 5 }",
    "{ \"what\": \"create_time\", \"is\": 1700000000000 }",
    "{ \"what\": \"create_user\", \"is\": \"alice\" }",
    "{ \"what\": \"dw_id\", \"is\": \"d-1\" }",
    "{ \"what\": \"agent_id\", \"is\": \"a-1\" }",
    "{ \"what\": \"dw_catagory\", \"is\": \"DB\" }",
    "{ \"what\": \"dw_category\", \"is\": [\"DB\"] }",
    "{ \"what\": \"env_type\", \"is\": 0 }",
    "{ \"what\": \"agent_name\", \"is\": \"beside\" }",
    "{ \"what\": \"kmsKey\", \"why\": \"The connection has the same key already.\" }",
    "{ \"what\": \"password\", \"why\": \"It may be a secret",
    "{ \"what\": \"qualified_name\", \"is\": \"HIVE@10.1.1.1-*********.p-workspace-w\" }",
    "{ \"from\": \"dw_config.kms_name\", \"to\": \"config.kmsKey\" }",
    "{ \"from\": \"type MRS_HIVE\", \"to\": \"type HIVE\" }",
    "\"GET /v1/{project_id}/data-connections/{data_connection_id}\"",
    "\"source\": \"management\"",
  };
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  g_autofree char *compact = NULL;

  rebuild_one (WB_SOURCE_MANAGEMENT,
               "{'dw_id': 'd-1', 'dw_name': 'c', 'dw_type': 'MRS_HIVE', 'dw_config': {"
               "'mrs_version': '3.1', 'masterIp': '10.1.1.1', 'safe_mode': true,"
               "'update_time': 5, 'kms_name': 'k', 'db_password': 'Plain-Word-7',"
               "'agentName': 'in'}, 'agent_name': 'beside', 'kmsKey': 'k',"
               "'password': 'Other-Word-8',"
               "'create_time': 1700000000000, 'create_user': 'alice', 'agent_id': 'a-1',"
               "'dw_catagory': 'DB', 'dw_category': ['DB'], 'env_type': 0,"
               "'qualified_name': 'HIVE@10.1.1.1-Plain-Word-7.p-workspace-w'}",
               &text, &note);
  compact = dup_compact (text);
  g_assert_cmpstr (compact, ==,
                   "{'name':'c','type':'HIVE','config':{'password':'Plain-Word-7','kmsKey':'k',"
                   "'agentName':'in'}}");
  for (guint i = 0; i < G_N_ELEMENTS (noted); i++)
    {
      g_test_message ("%s", noted[i]);
      g_assert_nonnull (strstr (note, noted[i]));
    }
  g_assert_null (strstr (note, "Plain-Word-7"));
  g_assert_null (strstr (note, "Other-Word-8"));
}

/* Whatever connections call themselves, their files have safe names of their own. */
static void
test_names (void)
{
  static const char *const cases[][2] = {
    { "plain", "plain" },
    { "Größe 7", "Größe 7" },
    { "a/b", "a-b" },
    { "a\\\\b", "a-b-2" },
    { "..", "--" },
    { ".", "--2" },
    { "../../etc/passwd", "---..-etc-passwd" },
    { "/abs", "-abs" },
    { "C:\\\\x", "C--x" },
    { "line\\nfeed\\u0007", "line-feed-" },
    { "nul\\u0000l", "nul-l" },
    { "rtl\\u202egpj", "rtl-gpj" },
    { "Case", "Case-2" },
    { "case", "case-4" },
    { "case-3", "case-3" },
    { "CASE", "CASE" },
    { "caf\\u00e9", "café" },
    { "cafe\\u0301", "café-2" },
    { "CON", "_CON" },
    { "nul.x", "_nul.x" },
    { "dot.", "dot-" },
    { "space ", "space-" },
    { ".hidden", "-hidden" },
    { "._double", "-_double" },
    { " ", "-" },
    { "what?*", "what--" },
    { "same", "same" },
    { "same", "same-2" },
  };
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_LIST);
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *long_name = g_strnfill (1000, 'x');
  g_autoptr (GArray) findings = NULL;
  g_autofree char *note = NULL;
  guint            n_long = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\": \"%s\", \"type\": \"DLI\"}",
                                               cases[i][0]);
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

      g_assert_true (wb_rebuild_add (rebuild, bytes, NULL));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'name': 'ä%s%u', 'type': 'DLI'}", long_name, i);

      archive_add_reply (rebuild, json);
    }
  archive = archive_open_rebuilt (rebuild);
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, G_N_ELEMENTS (cases) + 3);

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *name = NULL;
      g_autofree char *normal = NULL;

      if (wb_archive_get_kind (archive, node) != WB_NODE_CONNECTION)
        continue;
      name = wb_archive_dup_name (archive, node);
      normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
      g_assert_cmpuint (strlen (name), <=, 255);
      g_assert_true (g_hash_table_add (folded, g_utf8_casefold (normal, -1)));
      n_long += g_str_has_prefix (name, "äxxxx");
    }
  g_assert_cmpuint (n_long, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("connections/%s.conn", cases[i][1]);
      g_autofree char *inside = g_strdup_printf ("\"name\": \"%s\"", cases[i][0]);
      g_autofree char *text = dup_file (archive, path);

      g_test_message ("%s", path);
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, inside));
    }
  findings = wb_findings_new (archive);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (g_array_index (findings, WbFinding, i).kind, !=, WB_FINDING_NAME_DIFFERS);
  note = dup_file (archive, "WAYBILL.json");
  g_assert_nonnull (strstr (note, "\"file\": \"connections/a-b.conn\",\n"
                                  "      \"connection\": \"a/b\""));
}

/* A reply that is no connection says so, in a sentence without anything of it. */
static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *huge = g_strnfill (5 * 1024 * 1024, 'x');
  g_autofree char *deep_config = g_strconcat ("{'name': 'c', 'type': 'X', 'config': {'s3cr3t': ",
                                              deep, NULL);
  g_autofree char *huge_name = g_strconcat ("{'name': '", huge, "', 'type': 'X'}", NULL);
  const struct
  {
    const char *json;
    const char *reason;
  } cases[] = {
    { "", "not valid JSON" },
    { "s3cr3t", "not valid JSON" },
    { "[]", "not a JSON object" },
    { "'s3cr3t'", "not a JSON object" },
    { "null", "not a JSON object" },
    { "{}", "no name" },
    { "{'error_code': 'DAYU.1005', 'error_msg': 's3cr3t'}", "no name" },
    { "{'name': '', 'type': 'X'}", "no name" },
    { "{'name': null, 'type': 'X'}", "no name" },
    { "{'name': 7, 'type': 'X'}", "no name" },
    { "{'name': ['s3cr3t'], 'type': 'X'}", "no name" },
    { "{'name': 's3cr3t'}", "no type" },
    { "{'name': 's3cr3t', 'type': {}}", "no type" },
    { "{'name': 'c', 'type': 'X', 'config': 's3cr3t'}", "settings" },
    { "{'name': 'c', 'type': 'X', 'config': ['s3cr3t']}", "settings" },
    { "{'name': 's3cr3t', 'type': 'X'", "not valid JSON" },
    { "{'name': 's3cr3t\xff', 'type': 'X'}", "not valid JSON" },
    { deep, "nested too deeply" },
    { deep_config, "nested too deeply" },
    { huge_name, "too large" },
  };
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = archive_reply_new (cases[i].json);
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_rebuild_add (rebuild, bytes, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
      g_assert_null (strstr (error->message, "s3cr3t"));
    }
  spool = wb_rebuild_write (rebuild, NULL, ARCHIVE_REBUILT_MAX_BYTES, NULL, &none);
  g_assert_error (none, WB_ERROR, WB_ERROR_NO_CONNECTIONS);
}

/* Nested as deep as JSON may be, the note can still be read. */
static void
test_deep (void)
{
  g_autofree char *open = g_strnfill (250, '[');
  g_autofree char *close = g_strnfill (250, ']');
  g_autofree char *json = g_strdup_printf ("{'name': 'c', 'type': 'X', 'config': {'a': %s%s},"
                                           "'b': %s%s}",
                                           open, close, open, close);
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  g_autofree char *compact = NULL;

  rebuild_one (WB_SOURCE_LIST, json, &text, &note);
  g_assert_nonnull (strstr (text, open));
  g_assert_nonnull (strstr (note, "nested too deeply"));
  compact = dup_compact (note);
}

static char *
dup_sha256 (const char *const *replies,
            guint              n_replies,
            guint              first)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbSpool) spool = NULL;

  wb_rebuild_add_gone (rebuild, first % 2 == 0 ? "gone-1" : "gone-2");
  for (guint i = 0; i < n_replies; i++)
    archive_add_reply (rebuild, replies[(first + i) % n_replies]);
  wb_rebuild_add_gone (rebuild, first % 2 == 0 ? "gone-2" : "gone-1");
  spool = archive_write_rebuilt (rebuild);

  return g_strdup (wb_spool_get_sha256 (spool));
}

/* The same connections give the same bytes, in whichever order they come and however they are laid
 * out. */
static void
test_stable (void)
{
  static const char *const replies[] = {
    "{'dw_name': 'b', 'dw_type': 'DWS', 'dw_config': {'ip': 'h', 'x': [1, 2], 'password': 'p'}}",
    "{'dw_name': 'a/1', 'dw_type': 'DWS', 'dw_config': {'ip': 'h'}}",
    "{'dw_name': 'a:1', 'dw_type': 'DWS', 'dw_config': {'ip': 'i'}}",
    "{'dw_name': 'twice', 'dw_type': 'DLI', 'description': '1'}",
    "{'dw_name': 'twice', 'dw_type': 'DLI', 'description': '2'}",
  };
  static const char *const laid_out[] = {
    "{\n'dw_type':'DWS','dw_config':{'x':[1,2],'password':'p','ip':'h'},'dw_name':'b'}",
    "{'dw_config': {'ip': 'h'}, 'dw_name': 'a/1', 'dw_type': 'DWS'}",
    "{'dw_name': 'a:1', 'dw_type': 'DWS', 'dw_config': {'ip' : 'i'}}",
    "{'description': '1', 'dw_name': 'twice', 'dw_type': 'DLI'}",
    "{'description': '2', 'dw_name': 'twice', 'dw_type': 'DLI'}",
  };
  g_autofree char *expected = dup_sha256 (replies, G_N_ELEMENTS (replies), 0);
  g_autofree char *other = dup_sha256 (laid_out, G_N_ELEMENTS (laid_out), 0);

  g_assert_cmpstr (other, ==, expected);
  for (guint i = 1; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *sha256 = dup_sha256 (replies, G_N_ELEMENTS (replies), i);

      g_assert_cmpstr (sha256, ==, expected);
    }
}

static void
test_limits (void)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_LIST);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) cancelled = NULL;

  archive_add_reply (rebuild, "{'name': 'c', 'type': 'DLI'}");
  spool = wb_rebuild_write (rebuild, NULL, 100, NULL, &too_large);
  g_assert_null (spool);
  g_assert_error (too_large, WB_ERROR, WB_ERROR_SERVICE);
  g_cancellable_cancel (cancellable);
  spool = wb_rebuild_write (rebuild, NULL, ARCHIVE_REBUILT_MAX_BYTES, cancellable, &cancelled);
  g_assert_null (spool);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The note of an archive, and its one connection. */
static WbArchive *
open_noted (const char *note,
            const char *path)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *text = g_strdelimit (g_strdup (note), "'", '"');

  wb_zip_maker_add_text (maker, "connections/c.conn", "{\"name\": \"c\", \"type\": \"DWS\"}");
  wb_zip_maker_add_text (maker, path, text);

  return archive_open_maker (maker);
}

/* Only what Waybill writes makes an archive a rebuilt one. */
static void
test_reading (void)
{
#define HEAD "{'waybill': 'rebuilt', 'version': 1, 'source': 'list', "
#define ITEM "{'file': 'connections/c.conn', 'connection': 'c', 'settings': ['config.password']}"
  static const struct
  {
    const char *note;
    gboolean    is_rebuilt;
    guint       n_missing;
  } cases[] = {
    { HEAD "'enter_again': []}", TRUE, 0 },
    { HEAD "'enter_again': [" ITEM "]}", TRUE, 1 },
    { HEAD "'enter_again': [" ITEM ", " ITEM "], 'later': {}}", TRUE, 1 },
    /* Of connections that a copy has not. */
    { HEAD "'enter_again': [{'file': 'connections/d.conn', 'connection': 'd', 'settings': []}]}",
      TRUE, 0 },
    { HEAD "'enter_again': [{'file': '', 'connection': '\\u0000\\u202e', 'settings': []}]}", TRUE,
      0 },
    { "", FALSE, 0 },
    { "[]", FALSE, 0 },
    { "{}", FALSE, 0 },
    { "rebuilt", FALSE, 0 },
    { "'rebuilt'", FALSE, 0 },
    { HEAD "'enter_again': []", FALSE, 0 },
    { HEAD "'enter_again': {}}", FALSE, 0 },
    { HEAD "'enter_again': ['connections/c.conn']}", FALSE, 0 },
    { HEAD "'enter_again': [[" ITEM "]]}", FALSE, 0 },
    { HEAD "'enter_again': [{'file': 7, 'connection': 'c', 'settings': []}]}", FALSE, 0 },
    { HEAD "'enter_again': [{'file': 'c', 'connection': 'c', 'settings': [1]}]}", FALSE, 0 },
    { HEAD "'enter_again': [{'file': 'c', 'file': 'd', 'connection': 'c', 'settings': []}]}", FALSE,
      0 },
    { HEAD "'source': 'list', 'enter_again': []}", FALSE, 0 },
    { "{'waybill': 'rebuilt', 'version': 1, 'source': 'export', 'enter_again': []}", FALSE, 0 },
    { "{'waybill': 'rebuilt', 'version': 1, 'source': ['list'], 'enter_again': []}", FALSE, 0 },
    { "{'waybill': 'rebuilt', 'version': '1', 'source': 'list', 'enter_again': []}", FALSE, 0 },
    { "{'waybill': true, 'version': 1, 'source': 'list', 'enter_again': []}", FALSE, 0 },
    { "{'x': {'waybill': 'rebuilt', 'version': 1, 'source': 'list', 'enter_again': []}}", FALSE,
      0 },
  };
  g_autoptr (WbArchive) elsewhere = open_noted (HEAD "'enter_again': []}", "notes/WAYBILL.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbArchive) archive = open_noted (cases[i].note, "WAYBILL.json");

      g_test_message ("%s", cases[i].note);
      g_assert_cmpint (wb_archive_is_rebuilt (archive), ==, cases[i].is_rebuilt);
      g_assert_cmpint (wb_archive_get_source (archive), ==,
                       cases[i].is_rebuilt ? WB_SOURCE_LIST : WB_SOURCE_EXPORT);
      g_assert_cmpuint (wb_archive_get_missing_passwords (archive)->len, ==, cases[i].n_missing);
      g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 1);
      g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);
    }
  g_assert_false (wb_archive_is_rebuilt (elsewhere));
}

static void
assert_rebuilt (WbArchive *archive,
                guint      n_missing)
{
  g_assert_true (wb_archive_is_rebuilt (archive));
  g_assert_cmpint (wb_archive_get_source (archive), ==, WB_SOURCE_MANAGEMENT);
  g_assert_cmpuint (wb_archive_get_missing_passwords (archive)->len, ==, n_missing);
}

/* Each copy of a rebuilt archive says that it is one. */
static void
test_copies (void)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbArchive) redacted = NULL;
  g_autoptr (WbArchive) locked = NULL;
  g_autoptr (WbArchive) unlocked = NULL;
  g_autoptr (WbArchive) selected = NULL;
  g_autoptr (WbRedaction) redaction = NULL;
  g_autoptr (WbSpool) encrypted_copy = NULL;
  g_autoptr (WbSpool) selected_copy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char         *note = NULL;
  g_autofree char         *redacted_note = NULL;
  g_autofree char         *redaction_note = NULL;
  const WbMissingPassword *missing;
  guint                    nodes[2];
  guint                    n_nodes = 0;

  archive_add_reply (rebuild, "{'dw_name': 'a/\\u202e', 'dw_type': 'DWS',"
                              " 'dw_config': {'dbUserName': 'u'}}");
  archive_add_reply (rebuild, "{'dw_name': 'b', 'dw_type': 'DWS',"
                              " 'dw_config': {'dbPassword': '***'}}");
  archive_add_reply (rebuild, "{'dw_name': 'c', 'dw_type': 'DWS',"
                              " 'dw_config': {'dbPassword': 'Plain-1-Word'},"
                              " 'agent_id': 'x-Plain-1-Word'}");
  archive = archive_open_rebuilt (rebuild);
  assert_rebuilt (archive, 2);
  missing = g_ptr_array_index (wb_archive_get_missing_passwords (archive), 0);
  g_assert_cmpstr (missing->path, ==, "connections/a--.conn");
  g_assert_cmpstr (missing->name, ==, "a/\\u{202E}");
  g_assert_cmpstr (missing->settings[0], ==, "config.password");
  g_assert_null (missing->settings[1]);

  redaction = wb_redact (archive, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (redaction->left_out->len, ==, 0);
  g_assert_cmpuint (redaction->n_connections, ==, 3);
  redacted = archive_open_spool (redaction->spool);
  assert_rebuilt (redacted, 2);
  /* There is nothing in the note to redact. */
  note = dup_file (archive, "WAYBILL.json");
  redacted_note = dup_file (redacted, "WAYBILL.json");
  g_assert_cmpstr (redacted_note, ==, note);
  redaction_note = dup_file (redacted, "REDACTED.txt");
  g_assert_null (strstr (redaction_note, "an export"));
  g_assert_nonnull (strstr (redaction_note, "WAYBILL.json"));

  encrypted_copy = wb_encrypted_copy_new (archive, "pass", NULL, &error);
  g_assert_no_error (error);
  locked = archive_open_spool (encrypted_copy);
  g_assert_true (wb_archive_is_rebuilt (locked));
  g_assert_cmpint (wb_archive_get_source (locked), ==, WB_SOURCE_EXPORT);
  unlocked = wb_archive_unlock (locked, "pass", NULL, &error);
  g_assert_no_error (error);
  assert_rebuilt (unlocked, 2);

  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      if (wb_archive_get_kind (archive, node) == WB_NODE_CONNECTION && n_nodes < 2)
        nodes[n_nodes++] = node;
    }
  wb_selected_copy_async (archive, nodes, n_nodes, NULL, await_cb, &result);
  selected_copy = wb_selected_copy_finish (await (&result), &error);
  g_assert_no_error (error);
  selected = archive_open_spool (selected_copy);
  g_assert_true (wb_archive_is_rebuilt (selected));
  g_assert_cmpuint (wb_archive_get_n_connections (selected), ==, 2);
  g_assert_cmpuint (wb_archive_get_missing_passwords (selected)->len, <=, 2);
}

/* Far more connections than a workspace may have: the label and the passwords are still read. */
static void
test_many (void)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbArchive) archive = NULL;

  for (guint i = 0; i < 8000; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'dw_name': 'connection_%u', 'dw_type': 'DWS',"
                                               "'dw_config': {'db_password': '***',"
                                               "'encrypt_value': 'Q0lQSEVS', 'i_v': 'SVY='},"
                                               "'dw_id': '%u', 'agent_id': 'a', 'env_type': 0,"
                                               "'create_time': 1700000000000}",
                                               i, i);

      archive_add_reply (rebuild, json);
    }
  archive = archive_open_rebuilt (rebuild);
  assert_rebuilt (archive, 8000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rebuild/keys", test_keys);
  g_test_add_func ("/rebuild/types", test_types);
  g_test_add_func ("/rebuild/left-out", test_left_out);
  g_test_add_func ("/rebuild/not-missing", test_not_missing);
  g_test_add_func ("/rebuild/note", test_note);
  g_test_add_func ("/rebuild/names", test_names);
  g_test_add_func ("/rebuild/hostile", test_hostile);
  g_test_add_func ("/rebuild/deep", test_deep);
  g_test_add_func ("/rebuild/stable", test_stable);
  g_test_add_func ("/rebuild/limits", test_limits);
  g_test_add_func ("/rebuild/reading", test_reading);
  g_test_add_func ("/rebuild/copies", test_copies);
  g_test_add_func ("/rebuild/many", test_many);

  return g_test_run ();
}
