/* test-rebuild.c: archives made of what the service says of its connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "archive-fixture.h"

#include "core/archive/rebuilt/rebuild.h"
#include "core/archive/tree/archive.h"
#include "core/error.h"

#include <string.h>
#include <unistd.h>

#define MAX_BYTES ((guint64) 64 * 1024 * 1024)

/* JSON with single quotes, which is easier to read here. */
static GBytes *
bytes_new (const char *json)
{
  char *text = g_strdelimit (g_strdup (json), "'", '"');

  return g_bytes_new_take (text, strlen (text));
}

static void
add (WbRebuild  *rebuild,
     const char *json)
{
  g_autoptr (GBytes) bytes = bytes_new (json);
  g_autoptr (GError) error = NULL;
  gboolean added = wb_rebuild_add (rebuild, bytes, &error);

  g_assert_no_error (error);
  g_assert_true (added);
}

static WbSpool *
write_zip (WbRebuild *rebuild)
{
  g_autoptr (GError) error = NULL;
  WbSpool *spool = wb_rebuild_write (rebuild, NULL, MAX_BYTES, NULL, &error);

  g_assert_no_error (error);

  return spool;
}

static WbArchive *
open_zip (WbRebuild *rebuild)
{
  g_autoptr (WbSpool) spool = write_zip (rebuild);

  return archive_open_spool (spool);
}

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

static void
test_simple (void)
{
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbArchive) archive = NULL;
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;

  add (rebuild, "{'dw_id': '1', 'dw_name': 'hive', 'dw_type': 'MRS_HIVE', 'dw_config': {"
                "'cluster_name': 'mrs', 'db_user_name': 'etl', 'db_password': '******',"
                "'kms_name': 'key', 'mrs_connection_type': 'agent', 'encrypt_value': 'QUJD',"
                "'i_v': 'REVG', 'mrs_version': '3.1', 'cas_port': 9022}, 'agent_name': 'cdm',"
                "'agent_id': 'a-1', 'description': '', 'create_time': 1}");
  archive = open_zip (rebuild);
  g_assert_cmpuint (wb_archive_get_n_connections (archive), ==, 1);
  g_assert_cmpuint (wb_archive_get_n_files (archive), ==, 1);
  g_assert_cmpuint (wb_archive_get_problems (archive), ==, 0);
  text = dup_file (archive, "connections/hive.conn");
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"name\": \"hive\",\n"
                   "  \"type\": \"HIVE\",\n"
                   "  \"description\": \"\",\n"
                   "  \"config\": {\n"
                   "    \"clusterName\": \"mrs\",\n"
                   "    \"userName\": \"etl\",\n"
                   "    \"kmsKey\": \"key\",\n"
                   "    \"agentName\": \"cdm\",\n"
                   "    \"connectionMethod\": \"agent\",\n"
                   "    \"cas_port\": 9022\n"
                   "  }\n"
                   "}\n");
  note = dup_file (archive, "WAYBILL.json");
  g_assert_nonnull (note);
  g_test_message ("%s", note);
  g_assert_null (strstr (note, "QUJD"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rebuild/simple", test_simple);

  return g_test_run ();
}
