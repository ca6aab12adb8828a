/* test-cli-export.c: `waybill-cli export` when all goes well, and what it refuses to overwrite
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli-run.h"
#include "core/archive/zip-index.h"
#include "core/json-scan.h"
#include "core/spool.h"
#include "sample/sample-service.h"
#include "scripted-service.h"

#define FILE_NAME "DLF_All_DataConnections.zip"

typedef struct
{
  WbSampleService *service;
  char            *folder;
  char            *workspace_id; /* one that is not empty */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbAccount) account = NULL;
  GListModel *workspaces;

  fixture->folder = cli_make_folder ();
  fixture->service = wb_sample_service_new ();
  wb_sample_service_start (fixture->service, 0, &error);
  g_assert_no_error (error);

  account = wb_sample_service_dup_account (fixture->service, WB_AUTH_PASSWORD);
  workspaces = wb_account_get_workspaces (account);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);
      g_autoptr (GBytes) zip = wb_sample_service_dup_zip (fixture->service, id);

      if (zip != NULL && *id != '\0' && fixture->workspace_id == NULL)
        fixture->workspace_id = g_strdup (id);
    }
  g_assert_nonnull (fixture->workspace_id);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  wb_sample_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  cli_remove_folder (fixture->folder);
  g_free (fixture->workspace_id);
}

/* `export` on the sample service, signing in in one of the ways. */
static CliRun *
start (Fixture           *fixture,
       WbAuthMethod       method,
       const char *const *more,
       CliRunFlags        flags)
{
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             method);
  g_autoptr (GPtrArray) environment = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *url = wb_sample_service_get_url (fixture->service);

#define ADD(argument) g_ptr_array_add (arguments, (gpointer) (argument))
  ADD ("export");
  ADD ("--service-url");
  ADD (url);
  ADD ("--identity-url");
  ADD (url);
  ADD ("--project-id");
  ADD (wb_sample_service_get_project_id (fixture->service));
  ADD ("--auth");
  ADD (wb_auth_method_to_string (method));
  switch (method)
    {
    case WB_AUTH_KEY:
      g_ptr_array_add (environment,
                       g_strconcat ("WAYBILL_ACCESS_KEY=",
                                    wb_credentials_get_access_key (credentials), NULL));
      g_ptr_array_add (environment,
                       g_strconcat ("WAYBILL_SECRET_KEY=",
                                    wb_credentials_get_secret_key (credentials), NULL));
      break;

    case WB_AUTH_TOKEN:
      g_ptr_array_add (environment,
                       g_strconcat ("WAYBILL_TOKEN=", wb_credentials_get_token (credentials),
                                    NULL));
      break;

    case WB_AUTH_PASSWORD:
    default:
      ADD ("--domain");
      ADD (wb_credentials_get_domain (credentials));
      ADD ("--user");
      ADD (wb_credentials_get_user (credentials));
      g_ptr_array_add (environment,
                       g_strconcat ("WAYBILL_PASSWORD=",
                                    wb_credentials_get_password (credentials), NULL));
      break;
    }
  for (guint i = 0; more[i] != NULL; i++)
    ADD (more[i]);
  ADD (NULL);
#undef ADD
  g_ptr_array_add (environment, NULL);

  return cli_start (fixture->folder, (const char *const *) environment->pdata,
                    (const char *const *) arguments->pdata, flags);
}

static CliRun *
run_export (Fixture           *fixture,
            WbAuthMethod       method,
            const char *const *more)
{
  CliRun *run = start (fixture, method, more, CLI_RUN_DEFAULT);

  cli_end (run);
  g_test_message ("%s", run->err->str);

  return run;
}

static void
assert_file (Fixture    *fixture,
             const char *name,
             const char *workspace_id)
{
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service, workspace_id);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize            length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (contents, length, g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_text (Fixture    *fixture,
             const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_methods (Fixture      *fixture,
              gconstpointer data)
{
  static const WbAuthMethod methods[] = { WB_AUTH_PASSWORD, WB_AUTH_KEY, WB_AUTH_TOKEN };
  const char *const         more[] = { "--workspace", fixture->workspace_id, "-o", "out.zip",
                                       "--force", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (CliRun) run = run_export (fixture, methods[i], more);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpstr (run->err->str, ==, "");
      assert_file (fixture, "out.zip", fixture->workspace_id);
      g_assert_cmpuint (cli_count_files (fixture->folder), ==, 1);
    }
}

static void
test_defaults (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const more[] = { NULL };
  g_autoptr (CliRun) run = run_export (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service, "");
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, expected);

  g_assert_cmpint (run->status, ==, 0);
  assert_file (fixture, FILE_NAME, "");

  /* The summary is one line. */
  g_assert_true (g_str_has_prefix (run->out->str, "Saved " FILE_NAME ": "));
  g_assert_nonnull (strstr (run->out->str, sha256));
  g_assert_true (strchr (run->out->str, '\n') == run->out->str + run->out->len - 1);
}

static void
test_quiet (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const more[] = { "--quiet", NULL };
  CliRun                  *run = start (fixture, WB_AUTH_PASSWORD, more, CLI_RUN_TERMINAL);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out->str, ==, "");
  g_assert_cmpstr (run->err->str, ==, "");
  assert_file (fixture, FILE_NAME, "");
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
test_json (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const members[] = {
    "file",
    "bytes",
    "sha256",
    "entries",
    "workspace",
    "project_id",
    "service",
    "started",
    "finished",
  };
  const char *const more[] = { "--json", "-o", "out\033.zip", "--workspace", fixture->workspace_id,
                               NULL };
  g_autoptr (CliRun) run = run_export (fixture, WB_AUTH_KEY, more);
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

static void
test_standard_output (Fixture      *fixture,
                      gconstpointer data)
{
  const char *const more[] = { "-o", "-", "--workspace", fixture->workspace_id, NULL };
  g_autoptr (CliRun) run = run_export (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service,
                                                           fixture->workspace_id);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpmem (run->out->str, run->out->len, g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
  g_assert_cmpstr (run->err->str, ==, "");
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 0);
}

static void
test_output_terminal (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const more[] = { "-o", "-", NULL };
  CliRun                  *run = start (fixture, WB_AUTH_PASSWORD, more,
                                        CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_null (strstr (run->err->str, "PK"));
  g_assert_nonnull (strstr (run->err->str, "terminal"));
  cli_run_free (run);
}

static void
test_output_fails (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const more[] = { "-o", "-", NULL };
  static const CliRunFlags flags[] = { CLI_RUN_OUTPUT_CLOSED, CLI_RUN_OUTPUT_FULL };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      CliRun *run = start (fixture, WB_AUTH_PASSWORD, more, flags[i]);

      cli_end (run);
      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, 8);
      cli_run_free (run);
    }
}

/* The embedded service, with nothing but the program. */
static void
test_sample (Fixture      *fixture,
             gconstpointer data)
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
test_workspaces (Fixture      *fixture,
                 gconstpointer data)
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

/* Nothing is requested that could not be saved. */
static void
test_refused_before (Fixture      *fixture,
                     gconstpointer data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  static const struct
  {
    const char *path;
    const char *force;
    const char *says;
  } cases[] = {
    { "there.zip", NULL, "--force" },
    { "link.zip", NULL, "--force" },
    { "folder", NULL, "folder" },
    { "folder", "--force", "folder" },
    { "/dev/null", "--force", "regular" },
    { "pipe", "--force", "regular" },
    { "missing/out.zip", NULL, "No such file" },
    { "there.zip/out.zip", NULL, "Not a directory" },
  };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link.zip", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);

  write_file (fixture, "there.zip", "mine");
  g_assert_no_errno (symlink ("there.zip", link));
  g_assert_no_errno (g_mkdir (folder, 0700));
  g_assert_no_errno (mkfifo (pipe, 0600));
  scripted_service_set_text (scripted, 500, NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                        scripted->url, "--project-id", "p", "--auth", "token",
                                        "-o", cases[i].path, cases[i].force, NULL };
      g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);

      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, 8);
      g_assert_nonnull (strstr (run->err->str, cases[i].says));
    }

  g_assert_cmpuint (scripted->n_exports, ==, 0);
  assert_text (fixture, "there.zip", "mine");
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 4);
}

static void
appear_cb (SoupServer        *server,
           SoupServerMessage *message,
           Fixture           *fixture)
{
  write_file (fixture, "out.zip", "mine");
}

/* A file that comes while the export runs is not replaced either. */
static void
test_refused_after (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                    scripted->url, "--project-id", "p", "--auth", "token",
                                    "-o", "out.zip", NULL };
  g_autoptr (CliRun) run = NULL;

  scripted->status = 200;
  scripted->body = wb_sample_service_dup_zip (fixture->service, "");
  g_signal_connect (scripted->server, "request-started", G_CALLBACK (appear_cb), fixture);

  run = cli_run (fixture->folder, environment, arguments);
  g_test_message ("%s", run->err->str);
  g_assert_cmpint (run->status, ==, 8);
  g_assert_cmpuint (scripted->n_exports, ==, 1);
  assert_text (fixture, "out.zip", "mine");
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 1);
}

static void
test_force (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const more[] = { "-o", "link.zip", "--force", "--quiet", NULL };
  g_autofree char         *target = g_build_filename (fixture->folder, "there.zip", NULL);
  g_autofree char         *other = g_build_filename (fixture->folder, "other.zip", NULL);
  g_autofree char         *symbolic = g_build_filename (fixture->folder, "link.zip", NULL);
  g_autofree char         *points_to = NULL;
  g_autoptr (CliRun) run = NULL;

  write_file (fixture, "there.zip", "mine");
  g_assert_no_errno (link (target, other));
  g_assert_no_errno (symlink ("there.zip", symbolic));

  run = run_export (fixture, WB_AUTH_PASSWORD, more);
  g_assert_cmpint (run->status, ==, 0);

  /* The link is still one, what it points to is new, and another name keeps what it had. */
  points_to = g_file_read_link (symbolic, NULL);
  g_assert_cmpstr (points_to, ==, "there.zip");
  assert_file (fixture, "there.zip", "");
  assert_text (fixture, "other.zip", "mine");
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 3);
}

static void
test_max_size (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const too_small[] = { "--max-size", "100", NULL };
  static const char *const enough[] = { "--max-size", "1M", NULL };
  g_autoptr (CliRun) stopped = run_export (fixture, WB_AUTH_PASSWORD, too_small);
  g_autoptr (CliRun) done = NULL;

  g_assert_cmpint (stopped->status, >, 0);
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 0);

  done = run_export (fixture, WB_AUTH_PASSWORD, enough);
  g_assert_cmpint (done->status, ==, 0);
}

/* Its ID comes with the token, and is in the result. */
static void
test_project_name (Fixture      *fixture,
                   gconstpointer data)
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

/* A limit on the size of files is a failure like a full disk, not the end by a signal. */
static void
test_file_limit (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char  *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                     "waybill-cli", NULL);
  g_autofree char  *script = g_strdup_printf ("ulimit -f 1 && cd '%s' && exec '%s' export --sample",
                                              fixture->folder, program);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autofree char  *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &err, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s", err);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 8);
  g_assert_cmpuint (cli_count_files (fixture->folder), ==, 0);
}

/* With standard streams closed, no message ends up in the file that is saved. */
static void
test_closed_streams (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char  *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                     "waybill-cli", NULL);
  g_autofree char  *script = g_strdup_printf ("cd '%s' && exec '%s' export --sample "
                                               "--workspace=default <&- >&- 2>&-",
                                              fixture->folder, program);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autofree char  *path = g_build_filename (fixture->folder, FILE_NAME, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);

  /* The summary could not be told. */
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 8);
  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                             &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/cli/export/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("methods", test_methods);
  ADD ("defaults", test_defaults);
  ADD ("quiet", test_quiet);
  ADD ("json", test_json);
  ADD ("standard-output", test_standard_output);
  ADD ("output-terminal", test_output_terminal);
  ADD ("output-fails", test_output_fails);
  ADD ("sample", test_sample);
  ADD ("workspaces", test_workspaces);
  ADD ("refused-before", test_refused_before);
  ADD ("refused-after", test_refused_after);
  ADD ("force", test_force);
  ADD ("max-size", test_max_size);
  ADD ("project-name", test_project_name);
  ADD ("file-limit", test_file_limit);
  ADD ("closed-streams", test_closed_streams);
#undef ADD

  return g_test_run ();
}
