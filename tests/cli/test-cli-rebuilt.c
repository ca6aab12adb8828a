/* test-cli-rebuilt.c: what the commands on archives say of a rebuilt one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cli-run.h"
#include "core/archive/rebuilt/rebuild.h"
#include "core/input-limits.h"
#include "core/json-scan.h"
#include "zip-maker.h"

typedef struct
{
  char *folder;
} Fixture;

static void
put (Fixture    *fixture,
     const char *name,
     const void *bytes,
     gsize       length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
put_rebuilt (Fixture *fixture)
{
  static const char *const replies[] = {
    "{\"dw_name\": \"dws\", \"dw_type\": \"DWS\", \"dw_config\": {\"db_user_name\": \"u\","
    " \"db_password\": \"***\", \"cluster_id\": \"i\"}, \"agent_name\": \"cdm\"}",
    "{\"dw_name\": \"a/b\", \"dw_type\": \"DLI\"}",
  };
  g_autoptr (WbRebuild) rebuild = wb_rebuild_new (WB_SOURCE_MANAGEMENT);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize            length;

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (GBytes) reply = g_bytes_new_static (replies[i], strlen (replies[i]));

      g_assert_true (wb_rebuild_add (rebuild, reply, NULL));
    }
  spool = wb_rebuild_write (rebuild, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, NULL, &error);
  g_assert_no_error (error);
  length = (gsize) wb_spool_get_size_bytes (spool);
  bytes = g_malloc (length);
  g_assert_cmpint (pread (wb_spool_get_fd (spool), bytes, length, 0), ==, (gssize) length);
  put (fixture, "rebuilt.zip", bytes, length);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  fixture->folder = cli_make_folder ();
  wb_zip_maker_add_text (maker, "connections/dws.conn",
                         "{\"name\": \"dws\", \"type\": \"DWS\", \"config\": {\"userName\": \"u\","
                         " \"password\": \"CANARY-1\", \"sslEnable\": true,"
                         " \"agentName\": \"cdm\"}}");
  wb_zip_maker_add_text (maker, "connections/a/b.conn", "{\"name\": \"a/b\", \"type\": \"DLI\"}");
  bytes = wb_zip_maker_finish (maker, NULL);
  put (fixture, "export.zip", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  put_rebuilt (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  cli_remove_folder (fixture->folder);
}

static CliRun *
run (Fixture    *fixture,
     int         status,
     const char *arguments)
{
  return cli_run_line (fixture->folder, status, arguments);
}

static void
assert_json (CliRun     *result,
             const char *expected)
{
  g_autoptr (JsonNode) node = wb_json_parse (result->out->str, result->out->len, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (node);
  text = json_to_string (node, FALSE);
  g_strdelimit (text, "\"", '\'');
  g_assert_cmpstr (text, ==, expected);
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (CliRun) text = run (fixture, 0, "list rebuilt.zip");
  g_autoptr (CliRun) json = run (fixture, 0, "list --json rebuilt.zip");
  g_autoptr (CliRun) columns = run (fixture, 0, "list --json --columns path rebuilt.zip");
  g_autoptr (CliRun) exported = run (fixture, 0, "list --json export.zip");

  g_assert_nonnull (strstr (text->err->str, "Rebuilt: "));
  g_assert_nonnull (strstr (text->err->str, "Management Center"));
  g_assert_nonnull (strstr (text->err->str, "Missing password: dws (config.password)"));
  g_assert_true (g_str_has_prefix (text->out->str, "connections/a-b.conn\tDLI\t"));
  g_assert_nonnull (strstr (json->out->str, "\"rebuilt\":true,\"source\":\"management\","
                                            "\"missing_passwords\":[\"config.password\"]}"));
  g_assert_nonnull (strstr (json->out->str, "\"rebuilt\":true,\"source\":\"management\","
                                            "\"missing_passwords\":[]}"));
  assert_json (columns, "[{'path':'connections/a-b.conn'},{'path':'connections/dws.conn'},"
                        "{'path':'WAYBILL.json'}]");
  g_assert_null (strstr (exported->out->str, "rebuilt"));
  g_assert_cmpstr (exported->err->str, ==, "");
}

static void
test_compare (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (CliRun) text = run (fixture, 0, "compare export.zip rebuilt.zip");
  g_autoptr (CliRun) json = run (fixture, 0, "compare --json export.zip rebuilt.zip");
  g_autoptr (CliRun) back = run (fixture, 0, "compare --json rebuilt.zip export.zip");

  g_assert_nonnull (strstr (text->out->str, "\nNot in this source\n"));
  g_assert_nonnull (strstr (text->out->str, "the new one rebuilt"));
  g_assert_null (strstr (text->out->str, "CANARY"));
  g_assert_true (g_str_has_prefix (json->out->str,
                                   "{\"same\":2,\"set_by_service\":0,\"not_compared\":1,"
                                   "\"not_in_source\":2,"));
  g_assert_true (g_str_has_prefix (back->out->str,
                                   "{\"same\":2,\"set_by_service\":0,\"not_compared\":1,"
                                   "\"not_in_source\":2,"));
  g_assert_nonnull (strstr (json->out->str,
                            "\"old_archive\":{\"rebuilt\":false,\"source\":\"export\"},"
                            "\"new_archive\":{\"rebuilt\":true,\"source\":\"management\"}"));
  g_assert_nonnull (strstr (json->out->str, "\"kind\":\"not_in_source\""));
}

static void
test_verify (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) text = run (fixture, 0, "verify rebuilt.zip");
  g_autoptr (CliRun) rebuilt = run (fixture, 0, "verify --json rebuilt.zip");
  g_autoptr (CliRun) exported = run (fixture, 0, "verify --json export.zip");
  g_autoptr (CliRun) both = run (fixture, 8, "verify --json export.zip nothing.zip rebuilt.zip");
  g_auto (GStrv) lines = g_strsplit (both->out->str, "\n", -1);

  g_assert_cmpstr (text->out->str, ==, "rebuilt.zip: 2 files, all right\n");
  g_assert_nonnull (strstr (text->err->str, "Rebuilt: "));
  assert_json (rebuilt, "{'file':'rebuilt.zip','rebuilt':true,'source':'management','entries':2,"
                        "'connections':2,'missing_passwords':[{'path':'connections/dws.conn',"
                        "'name':'dws','settings':['config.password']}],'problems':[]}");
  assert_json (exported, "{'file':'export.zip','rebuilt':false,'source':'export','entries':2,"
                         "'connections':2,'missing_passwords':[],'problems':[]}");
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
}

static void
test_redact (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) json = run (fixture, 0, "redact --json rebuilt.zip redacted.zip");
  g_autoptr (CliRun) verified = run (fixture, 0, "verify --json redacted.zip");

  g_assert_nonnull (strstr (json->out->str, "\"connections\":2,\"secrets_replaced\":0,"
                                            "\"left_out\":[],\"rebuilt\":true,"
                                            "\"source\":\"management\",\"missing_passwords\":[{"));
  assert_json (verified, "{'file':'redacted.zip','rebuilt':true,'source':'management',"
                         "'entries':2,'connections':2,'missing_passwords':[{"
                         "'path':'connections/dws.conn','name':'dws',"
                         "'settings':['config.password']}],'problems':[]}");
}

static void
add (const char *name,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/cli/rebuilt/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("list", test_list);
  add ("compare", test_compare);
  add ("verify", test_verify);
  add ("redact", test_redact);

  return g_test_run ();
}
