/* test-cli-export.c: `waybill-cli export` when all goes well
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/archive/zip/zip-index.h"
#include "core/json-scan.h"
#include "core/spool.h"
#include "own-folder.h"
#include "sample-fixture.h"

#define FILE_NAME "DLF_All_DataConnections.zip"

/* By each way to sign in, the file is what the service sent, byte for byte. */
static void
test_methods (SampleFixture *fixture,
              gconstpointer  data)
{
  static const WbAuthMethod methods[] = { WB_AUTH_PASSWORD, WB_AUTH_KEY, WB_AUTH_TOKEN };
  const char *const         more[] = { "--workspace", fixture->workspace_id, "-o", "out.zip",
                                       "--force", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (CliRun) run = sample_fixture_run (fixture, methods[i], more);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpstr (run->err->str, ==, "");
      sample_fixture_assert_file (fixture, "out.zip", fixture->workspace_id);
      g_assert_cmpuint (count_files (fixture->folder), ==, 1);
    }
}

static void
test_defaults (SampleFixture *fixture,
               gconstpointer  data)
{
  static const char *const more[] = { NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service, "");
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, expected);

  g_assert_cmpint (run->status, ==, 0);
  sample_fixture_assert_file (fixture, FILE_NAME, "");

  /* The summary is one line. */
  g_assert_true (g_str_has_prefix (run->out->str, "Saved " FILE_NAME ": "));
  g_assert_nonnull (strstr (run->out->str, sha256));
  g_assert_true (strchr (run->out->str, '\n') == run->out->str + run->out->len - 1);
}

static void
test_quiet (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const more[] = { "--quiet", NULL };
  CliRun                  *run = sample_fixture_start (fixture, WB_AUTH_PASSWORD, more,
                                                       CLI_RUN_TERMINAL);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out->str, ==, "");
  g_assert_cmpstr (run->err->str, ==, "");
  sample_fixture_assert_file (fixture, FILE_NAME, "");
  cli_run_free (run);
}

static void
assert_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_assert_nonnull (time);
  g_assert_true (g_str_has_suffix (text, "Z"));
  g_assert_cmpint (ABS (g_date_time_difference (now, time)), <, 10 * G_TIME_SPAN_MINUTE);
}

static void
test_json (SampleFixture *fixture,
           gconstpointer  data)
{
  static const char *const members[] = {
    "file",
    "bytes",
    "sha256",
    "entries",
    "connections",
    "rebuilt",
    "source",
    "missing_passwords",
    "workspace",
    "project_id",
    "service",
    "started",
    "finished",
  };
  const char *const more[] = { "--json", "-o", "out\033.zip", "--workspace", fixture->workspace_id,
                               NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service,
                                                           fixture->workspace_id);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, expected);
  g_autofree char *path = g_build_filename (fixture->folder, "out\033.zip", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (run->out->str, run->out->len, &error);
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  guint       n_files = 0;

  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err->str, ==, "");
  g_assert_null (strchr (run->out->str, '\033'));

  object = json_node_get_object (node);
  names = json_object_get_members (object);
  g_assert_cmpuint (g_list_length (names), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (g_list_nth_data (names, i), ==, members[i]);

  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                             &error);
  g_assert_no_error (error);
  for (guint i = 0; i < wb_zip_index_get_n (index); i++)
    if (!(wb_zip_index_get (index, i)->flags & WB_ZIP_ENTRY_FOLDER))
      n_files++;

  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "out\033.zip");
  g_assert_cmpint (json_object_get_int_member (object, "bytes"), ==, g_bytes_get_size (expected));
  g_assert_cmpstr (json_object_get_string_member (object, "sha256"), ==, sha256);
  g_assert_cmpint (json_object_get_int_member (object, "entries"), ==, n_files);
  g_assert_cmpstr (json_object_get_string_member (object, "workspace"), ==, fixture->workspace_id);
  g_assert_cmpstr (json_object_get_string_member (object, "project_id"), ==,
                   wb_sample_service_get_project_id (fixture->service));
  g_assert_cmpstr (json_object_get_string_member (object, "service"), ==,
                   wb_sample_service_get_url (fixture->service));
  assert_time (json_object_get_string_member (object, "started"));
  assert_time (json_object_get_string_member (object, "finished"));
}

/* The embedded service, with nothing but the program. */
static void
test_sample (SampleFixture *fixture,
             gconstpointer  data)
{
  static const char *const arguments[][6] = {
    { "export", "--sample", "--workspace", "", NULL },
    { "export", "--sample", "--workspace", "default", "--force", NULL },
    { "export", "--sample", "--auth=key", "--workspace=", "--force", NULL },
  };
  g_autofree char *path = g_build_filename (fixture->folder, FILE_NAME, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, arguments[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (WbSpool) spool = wb_spool_open (path, &error);
      g_autoptr (WbZipIndex) index = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpstr (run->err->str, ==, "");
      index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                                 &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_zip_index_get_n (index), >, 1);
    }
}

/* A workspace goes by its name too, and one that is not there is refused by naming all. */
static void
test_workspaces (SampleFixture *fixture,
                 gconstpointer  data)
{
  static const char *const none[] = { "export", "--sample", "--quiet", NULL };
  static const char *const wrong[] = { "export", "--sample", "--force", "--workspace", "no such",
                                       NULL };
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (fixture->service,
                                                                 WB_AUTH_PASSWORD);
  GListModel *workspaces = wb_account_get_workspaces (account);
  g_autoptr (CliRun) without = cli_run (fixture->folder, NULL, none);
  g_autoptr (CliRun) with = cli_run (fixture->folder, NULL, wrong);

  g_assert_cmpint (without->status, ==, 0);
  g_assert_cmpint (with->status, ==, 2);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *const by_name[] = { "export", "--sample", "--json", "--force", "--workspace",
                                      wb_workspace_get_name (workspace), NULL };
      g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, by_name);
      g_autoptr (GBytes) zip = wb_sample_service_dup_zip (fixture->service,
                                                          wb_workspace_get_id (workspace));

      g_assert_cmpint (run->status, ==, zip != NULL ? 0 : 5);
      g_assert_nonnull (strstr (with->err->str, wb_workspace_get_name (workspace)));
    }
}

static void
test_max_size (SampleFixture *fixture,
               gconstpointer  data)
{
  static const char *const too_small[] = { "--max-size", "100", NULL };
  static const char *const enough[] = { "--max-size", "1M", NULL };
  g_autoptr (CliRun) stopped = sample_fixture_run (fixture, WB_AUTH_PASSWORD, too_small);
  g_autoptr (CliRun) done = NULL;

  g_assert_cmpint (stopped->status, >, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);

  done = sample_fixture_run (fixture, WB_AUTH_PASSWORD, enough);
  g_assert_cmpint (done->status, ==, 0);
}

/* Its ID comes with the token, and is in the result. */
static void
test_project_name (SampleFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             WB_AUTH_PASSWORD);
  g_autofree char  *password = g_strconcat ("WAYBILL_PASSWORD=",
                                            wb_credentials_get_password (credentials), NULL);
  const char *const environment[] = { password, NULL };
  const char       *url = wb_sample_service_get_url (fixture->service);
  const char *const arguments[] = {
    "export", "--json", "--quiet", "--service-url", url, "--identity-url", url, "--domain",
    wb_credentials_get_domain (credentials), "--user", wb_credentials_get_user (credentials),
    "--project-name", "sample", NULL
  };
  g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (run->out->str, run->out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "project_id"), ==,
                   wb_sample_service_get_project_id (fixture->service));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/cli/export/" name, SampleFixture, NULL, sample_fixture_set_up, function, \
              sample_fixture_tear_down)
  ADD ("methods", test_methods);
  ADD ("defaults", test_defaults);
  ADD ("quiet", test_quiet);
  ADD ("json", test_json);
  ADD ("sample", test_sample);
  ADD ("workspaces", test_workspaces);
  ADD ("max-size", test_max_size);
  ADD ("project-name", test_project_name);
#undef ADD

  return g_test_run ();
}
