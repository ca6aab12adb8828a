/* test-cli-history.c: exports are recorded, and `waybill-cli history` tells of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/accounts/account-store.h"
#include "core/history/history.h"
#include "core/json-scan.h"
#include "sample-fixture.h"

#define HOUR 3600

static void
forget (void)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autofree char *accounts_path = wb_account_store_dup_default_path ();

  g_unlink (path);
  g_rmdir (path);
  g_unlink (accounts_path);
}

static void
set_up (SampleFixture *fixture,
        gconstpointer  data)
{
  forget ();
  sample_fixture_set_up (fixture, data);
}

static GPtrArray *
list (void)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autoptr (WbHistory) history = wb_history_new (path);
  g_autoptr (GError) error = NULL;
  GPtrArray *records = wb_history_list (history, NULL, &error);

  g_assert_no_error (error);

  return records;
}

/* Of an export that ended so many seconds ago, well and saved unless @result says otherwise. */
static void
put (const char *account,
     const char *workspace,
     gint64      age_seconds,
     const char *result)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autoptr (WbHistory) history = wb_history_new (path);
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();
  g_autoptr (GError) error = NULL;

  record->finished = g_get_real_time () / G_USEC_PER_SEC - age_seconds;
  record->started = record->finished - 1;
  record->account_id = g_strdup_printf ("id-%s", account);
  record->account = g_strdup (account);
  record->workspace_id = g_strdup_printf ("id-%s", workspace);
  record->workspace = g_strdup (workspace);
  record->source = g_strdup ("export");
  record->n_connections = 24;
  record->size_bytes = 18200;
  record->sha256 = g_strdup ("3f9a");
  record->result = g_strdup (result != NULL ? result : WB_HISTORY_OK);
  record->file = g_strdup (result != NULL ? "" : "file:///backups/a%20b.zip");
  wb_history_put (history, record, &error);
  g_assert_no_error (error);
}

static CliRun *
run_history (SampleFixture     *fixture,
             const char *const *more)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_add (arguments, "history");
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_strv_builder_add (arguments, more[i]);
  all = g_strv_builder_end (arguments);

  return cli_run (fixture->folder, NULL, (const char *const *) all);
}

/* The lines of standard output, of which each must end. */
static guint
count_lines (CliRun *run)
{
  guint n = 0;

  for (gsize i = 0; i < run->out->len; i++)
    n += run->out->str[i] == '\n';

  return n;
}

static void
test_export (SampleFixture *fixture,
             gconstpointer  data)
{
  const char *const more[] = { "--workspace", fixture->workspace_id, "-o", "a b.zip", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service,
                                                           fixture->workspace_id);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, expected);
  g_autofree char *path = g_build_filename (fixture->folder, "a b.zip", NULL);
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (fixture->service,
                                                                 WB_AUTH_PASSWORD);
  g_autoptr (GPtrArray) records = list ();
  g_autoptr (GFile) file = NULL;
  WbHistoryRecord *record;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err->str, ==, "");
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->account_id, ==, wb_account_get (account, WB_ACCOUNT_PROJECT_ID));
  g_assert_cmpstr (record->account, ==, "");
  g_assert_cmpstr (record->workspace_id, ==, fixture->workspace_id);
  g_assert_cmpstr (record->source, ==, "export");
  g_assert_cmpuint (record->n_connections, >, 0);
  g_assert_cmpuint (record->size_bytes, ==, g_bytes_get_size (expected));
  g_assert_cmpstr (record->sha256, ==, sha256);
  g_assert_cmpstr (record->result, ==, WB_HISTORY_OK);
  g_assert_true (wb_history_record_is_good (record));
  g_assert_cmpint (record->finished, >=, record->started);
  g_assert_cmpint (record->started, >, g_get_real_time () / G_USEC_PER_SEC - HOUR);
  file = wb_history_record_dup_file (record);
  g_assert_cmpstr (g_file_peek_path (file), ==, path);
}

static void
test_standard_output (SampleFixture *fixture,
                      gconstpointer  data)
{
  static const char *const more[] = { "-o", "-", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, more);
  g_autoptr (GPtrArray) records = list ();
  WbHistoryRecord *record;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->file, ==, WB_HISTORY_STANDARD_OUTPUT);
  g_assert_true (wb_history_record_is_good (record));
}

/* One that was rebuilt of the service's list, and one that was to be. */
static void
test_source (SampleFixture *fixture,
             gconstpointer  data)
{
  static const char *const good[] = { "--source", "list", NULL };
  static const char *const wrong[] = { "--source", "list", "--force", "--workspace",
                                       "0123456789abcdef0123456789abcdef", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, good);
  g_autoptr (CliRun) failed = sample_fixture_run (fixture, WB_AUTH_PASSWORD, wrong);
  g_autoptr (GPtrArray) records = list ();

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpint (failed->status, !=, 0);
  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpstr (((WbHistoryRecord *) g_ptr_array_index (records, i))->source, ==, "list");
}

static void
test_failure (SampleFixture *fixture,
              gconstpointer  data)
{
  static const char *const more[] = { "--workspace", "0123456789abcdef0123456789abcdef", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GPtrArray) records = list ();
  WbHistoryRecord *record;

  g_assert_cmpint (run->status, !=, 0);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->result, !=, WB_HISTORY_OK);
  g_assert_cmpstr (record->result, !=, WB_HISTORY_UNFINISHED);
  g_assert_cmpstr (record->message, !=, "");
  g_assert_cmpstr (record->file, ==, "");
}

/* Made-up data is no backup of anything. */
static void
test_sample (SampleFixture *fixture,
             gconstpointer  data)
{
  static const char *const arguments[] = { "export", "--sample", NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, arguments);
  g_autoptr (GPtrArray) records = list ();

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (records->len, ==, 0);
}

/* One line, and the export is as good as ever. */
static void
test_no_history (SampleFixture *fixture,
                 gconstpointer  data)
{
  static const char *const more[] = { "--quiet", NULL };
  g_autofree char         *path = wb_history_dup_default_path ();
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) asked = NULL;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_assert_cmpint (run->status, ==, 0);
  sample_fixture_assert_file (fixture, "DLF_All_DataConnections.zip", "");
  g_assert_nonnull (strstr (run->err->str, path));
  g_assert_true (strchr (run->err->str, '\n') == run->err->str + run->err->len - 1);

  asked = run_history (fixture, NULL);
  g_assert_cmpint (asked->status, ==, 8);
  g_rmdir (path);
}

static void
test_damaged (SampleFixture *fixture,
              gconstpointer  data)
{
  static const char *const more[] = { "--quiet", NULL };
  g_autofree char         *path = wb_history_dup_default_path ();
  g_autofree char         *aside = g_strconcat (path, ".broken-1", NULL);
  g_autofree char         *folder = g_path_get_dirname (path);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (GPtrArray) records = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "no database, no database, no database", -1, NULL));
  run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err->str, "damaged"));
  g_assert_true (strchr (run->err->str, '\n') == run->err->str + run->err->len - 1);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_unlink (aside);

  records = list ();
  g_assert_cmpuint (records->len, ==, 1);
}

static void
test_lines (SampleFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) limited = NULL;
  g_autoptr (CliRun) chosen = NULL;
  g_auto (GStrv) fields = NULL;

  put ("prod\033[31m", "default", 100, NULL);
  put ("test", "other", 50, "network");
  put ("test", "default", 10, "ok");

  run = run_history (fixture, NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (count_lines (run), ==, 3);
  g_assert_null (strchr (run->out->str, '\033'));
  g_string_truncate (run->out, run->out->len - 1);
  fields = g_strsplit (strrchr (run->out->str, '\n') + 1, "\t", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 10);
  g_assert_true (g_str_has_suffix (fields[0], "Z"));
  g_assert_cmpstr (fields[1], ==, "prod\\x1b[31m");
  g_assert_cmpstr (fields[2], ==, "default");
  g_assert_cmpstr (fields[3], ==, "export");
  g_assert_cmpstr (fields[4], ==, "24");
  g_assert_cmpstr (fields[5], ==, "18200");
  g_assert_cmpstr (fields[6], ==, "ok");
  g_assert_cmpstr (fields[7], ==, "/backups/a b.zip");
  g_assert_cmpstr (fields[8], ==, "");
  g_assert_cmpstr (fields[9], ==, "1");
  g_assert_nonnull (strstr (run->out->str, "\tunsaved\t"));
  g_assert_nonnull (strstr (run->out->str, "\tnetwork\t"));

  limited = run_history (fixture, (const char *const[]){ "--limit", "1", NULL });
  g_assert_cmpuint (count_lines (limited), ==, 1);
  g_assert_nonnull (strstr (limited->out->str, "unsaved"));
  chosen = run_history (fixture, (const char *const[]){ "--account", "test", "--workspace",
                                                        "id-other", NULL });
  g_assert_cmpuint (count_lines (chosen), ==, 1);
  g_assert_nonnull (strstr (chosen->out->str, "network"));
}

static void
test_table (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const arguments[] = { "history", NULL };
  CliRun                  *run;

  put ("Ä 生产", "default", 100, NULL);
  run = cli_start (fixture->folder, NULL, arguments, CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err->str, "Finished          Account  Workspace"));
  g_assert_nonnull (strstr (run->err->str, "  Ä 生产   default    export           24  18.2"));
  cli_run_free (run);
}

static void
test_json (SampleFixture *fixture,
           gconstpointer  data)
{
  static const char *const members[] = {
    "account_id",
    "account",
    "mark",
    "workspace_id",
    "workspace",
    "source",
    "connections",
    "bytes",
    "sha256",
    "file",
    "result",
    "message",
    "started",
    "finished",
    "id",
  };
  g_autoptr (CliRun) empty = run_history (fixture, (const char *const[]){ "--json", NULL });
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) none = wb_json_parse (empty->out->str, empty->out->len, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_assert_cmpuint (json_array_get_length (json_node_get_array (none)), ==, 0);

  put ("prod", "default", 100, NULL);
  run = run_history (fixture, (const char *const[]){ "--json", NULL });
  node = wb_json_parse (run->out->str, run->out->len, NULL);
  object = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpuint (json_object_get_size (object), ==, G_N_ELEMENTS (members));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (object, members[i]));
  g_assert_cmpstr (json_object_get_string_member (object, "account"), ==, "prod");
  g_assert_true (json_object_get_null_member (object, "mark"));
  g_assert_cmpint (json_object_get_int_member (object, "bytes"), ==, 18200);
  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "/backups/a b.zip");
}

/* Which records go, and which stay, in the order in which they were put. */
static void
test_remove (SampleFixture *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *arguments;
    int         status;
    const char *err;
    const char *removed; /* IDs, the newest first */
  } cases[] = {
    { "--remove|2", 0, "", "2 " },
    { "--remove|2", 2, "“2”", "" },
    { "--remove|1|--remove|99", 2, "“99”", "" },
    { "--remove|", 2, "“”", "" },
    { "--remove|1; DROP TABLE exports", 2, "“1; DROP TABLE exports”", "" },
    { "--remove|01", 2, "“01”", "" },
    { "--remove|-1", 2, "“-1”", "" },
    { "--remove|3|--account|prod", 2, "“3”", "" },
    { "--remove|3|--remove|3|--account|test", 0, "", "3 " },
    { "--remove|1|--limit|1", 2, "--remove or --limit", "" },
    { "--remove|1|--max-age|1h", 2, "--max-age or --remove", "" },
    { "--remove|all|--account|nobody", 0, "", "" },
    { "--remove|all|--account|prod|--workspace|default", 0, "", "5 1 " },
    { "--remove|all", 0, "", "6 4 " },
    { "--remove|all", 0, "", "" },
  };

  put ("prod", "default", 600, NULL);
  put ("prod", "other", 500, NULL);
  put ("test", "default", 400, NULL);
  put ("test", "other", 300, "network");
  put ("prod", "default", 200, NULL);
  put ("prod", "other", 100, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) more = g_strsplit (cases[i].arguments, "|", -1);
      g_autoptr (GPtrArray) before = list ();
      g_autoptr (GPtrArray) after = NULL;
      g_autoptr (CliRun) run = run_history (fixture, (const char *const *) more);
      g_auto (GStrv) lines = g_strsplit (run->out->str, "\n", -1);
      g_autoptr (GString) removed = g_string_new (NULL);

      g_test_message ("%s: %d %s", cases[i].arguments, run->status, run->err->str);
      for (guint j = 0; lines[j] != NULL && *lines[j] != '\0'; j++)
        g_string_append_printf (removed, "%s ", strrchr (lines[j], '\t') + 1);
      after = list ();
      g_assert_cmpint (run->status, ==, cases[i].status);
      g_assert_nonnull (strstr (run->err->str, cases[i].err));
      g_assert_cmpstr (removed->str, ==, cases[i].removed);
      g_assert_cmpuint (before->len - after->len, ==, removed->len / 2);
    }
}

static void
assert_age (SampleFixture     *fixture,
            const char *const *more,
            int                status,
            const char        *words)
{
  g_autoptr (CliRun) run = run_history (fixture, more);

  g_test_message ("%s%s", run->out->str, run->err->str);
  g_assert_cmpint (run->status, ==, status);
  g_assert_nonnull (strstr (run->out->str, words));
}

#define AGE(...) ((const char *const[]){ "--max-age", __VA_ARGS__, NULL })

static void
test_max_age (SampleFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *accounts_path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (accounts_path);
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("Analytics", "c0ffee");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) node = NULL;

  assert_age (fixture, AGE ("26h"), 1, "No workspace is known");

  put ("prod", "default", 25 * HOUR, NULL);
  put ("prod", "default", 1 * HOUR, "network");
  put ("prod", "default", 1 * HOUR, "ok"); /* only looked at */
  assert_age (fixture, AGE ("26h"), 0, "prod, default: the last good run was at 20");
  assert_age (fixture, AGE ("24h"), 1, "prod, default: the last good run was at 20");

  put ("prod", "other", 3 * HOUR, NULL);
  assert_age (fixture, AGE ("1d2h"), 0, "2 workspaces had a good run at 20");
  assert_age (fixture, AGE ("24h"), 1, "prod, default: the last good run was at 20");
  assert_age (fixture, AGE ("24h", "--workspace", "other"), 0, "prod, other: the last");
  put ("test", "new", 1, "not-permitted");
  assert_age (fixture, AGE ("26h"), 1, "test, new: there is no good run.");
  assert_age (fixture, AGE ("26h", "--account", "prod"), 0, "2 workspaces");
  assert_age (fixture, AGE ("2h"), 1, "3 of 3 workspaces");

  /* One that never had connections, and one that has lost them. */
  put ("empty", "new", 1 * HOUR, "no-connections");
  put ("empty", "lost", 30 * HOUR, NULL);
  put ("empty", "lost", 1 * HOUR, "no-connections");
  assert_age (fixture, AGE ("26h", "--workspace", "id-new", "--account", "empty"), 0,
              "empty, new: the last good run was at 20");
  assert_age (fixture, AGE ("10m", "--workspace", "id-new", "--account", "empty"), 1,
              "empty, new: the last good run was at 20");
  assert_age (fixture, AGE ("26h", "--workspace", "lost"), 1, "empty, lost: the last good run");

  /* A workspace that is stored and was never exported. */
  wb_account_set (account, WB_ACCOUNT_NAME, "stored");
  g_list_store_append (workspaces, workspace);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  g_assert_true (wb_account_store_put (store, account, NULL));
  assert_age (fixture, AGE ("26h", "--account", "stored"), 1,
              "stored, Analytics: there is no good run.");
  assert_age (fixture, AGE ("26h", "--workspace", "c0ffee"), 1, "there is no good run.");

  run = run_history (fixture, AGE ("26h", "--json"));
  g_assert_cmpint (run->status, ==, 1);
  node = wb_json_parse (run->out->str, run->out->len, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 6);
  g_assert_true (json_object_get_boolean_member (
    json_array_get_object_element (json_node_get_array (node), 0), "late"));
}

static void
test_usage (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const ages[] = { "", "26", "h", "0h", "-1h", "26 h", "26hours", "1.5h",
                                      "99999999999999999999h", "26h3" };

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (CliRun) run = run_history (fixture, AGE (ages[i]));

      g_test_message ("%s", ages[i]);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, "26h."));
    }
  for (gsize i = 0; i < 3; i++)
    {
      static const char *const wrong[][4] = { { "--limit", "0", NULL },
                                              { "extra", NULL },
                                              { "--limit=1", "--max-age=1h", NULL } };
      g_autoptr (CliRun) run = run_history (fixture, wrong[i]);

      g_assert_cmpint (run->status, ==, 2);
      g_assert_cmpstr (run->out->str, ==, "");
    }
}

/* A broken file of accounts stands in the way of what needs it alone. */
static void
test_broken_accounts (SampleFixture *fixture,
                      gconstpointer  data)
{
  static const struct
  {
    const char *arguments;
    int         status;
  } cases[] = {
    { "history", 0 },
    { "history --json --limit 1", 0 },
    { "history --workspace w", 0 },
    { "history --remove 1", 0 },
    { "history --account a", 8 },
    { "history --max-age 1h", 8 },
  };
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  put ("a", "w", HOUR, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[broken", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = cli_run_line (fixture->folder, cases[i].status, cases[i].arguments);

      g_assert_cmpint (strstr (run->err->str, "damaged") != NULL, ==, cases[i].status == 8);
    }
  g_unlink (path);
}

#define ADD(path, test) \
  g_test_add ("/cli/history/" path, SampleFixture, NULL, set_up, test, sample_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("export", test_export);
  ADD ("standard-output", test_standard_output);
  ADD ("source", test_source);
  ADD ("failure", test_failure);
  ADD ("sample", test_sample);
  ADD ("no-history", test_no_history);
  ADD ("damaged", test_damaged);
  ADD ("lines", test_lines);
  ADD ("table", test_table);
  ADD ("remove", test_remove);
  ADD ("json", test_json);
  ADD ("broken-accounts", test_broken_accounts);
  ADD ("max-age", test_max_age);
  ADD ("usage", test_usage);

  return g_test_run ();
}
