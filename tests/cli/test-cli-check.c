/* test-cli-check.c: `check`, the request log, and secrets that come by other ways and leave by none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cli-fixture.h"
#include "core/input-limits.h"
#include "core/json-scan.h"
#include "own-folder.h"
#include "sample-fixture.h"

static void
communicated_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  char **text = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, text, &error);
  g_assert_no_error (error);
}

static CliRun *
run (SampleFixture     *fixture,
     const char        *command,
     const char        *method,
     const char *const *environment,
     const char *const *more)
{
  CliRun *result = sample_fixture_start_with (fixture, command, method, environment, more,
                                              CLI_RUN_DEFAULT);

  cli_end (result);
  g_test_message ("%s%s", result->out->str, result->err->str);

  return result;
}

static char *
variable (const char *name,
          const char *value)
{
  return g_strconcat (name, "=", value, NULL);
}

/* The result, and the step that failed, or NULL. */
static const char *
parse_failed (CliRun    *run,
              JsonNode **root)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  *root = wb_json_parse (run->out->str, run->out->len, &error);
  g_assert_no_error (error);
  object = json_node_get_object (*root);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "steps")), ==, 6);
  g_assert_cmpint (json_object_get_boolean_member (object, "ok"), ==,
                   json_object_get_null_member (object, "failed"));

  return json_object_get_string_member_with_default (object, "failed", NULL);
}

static guint
count (const char *text,
       const char *part)
{
  g_auto (GStrv) parts = g_strsplit (text, part, -1);

  return g_strv_length (parts) - 1;
}

/* All of an account's workspaces, unless one is named. */
static void
test_workspaces (SampleFixture *fixture,
                 gconstpointer  data)
{
  const char *const all[] = { "check", "--sample", "--verbose", NULL };
  const char *const one[] = { "check", "--sample", "--verbose", "--workspace", "default", NULL };
  g_autoptr (CliRun) first = cli_run (fixture->folder, NULL, all);
  g_autoptr (CliRun) second = cli_run (fixture->folder, NULL, one);

  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpuint (count (first->err->str, "/connections?limit=1"), >, 1);
  g_assert_null (strstr (first->err->str, " 0 bytes received"));
  g_assert_nonnull (strstr (first->out->str, "only an export shows"));
  g_assert_cmpint (second->status, ==, 0);
  g_assert_cmpuint (count (second->err->str, "/connections?limit=1"), ==, 1);
}

/* The step that failed is named, and the exit status is the fault's. */
static void
test_json (SampleFixture *fixture,
           gconstpointer  data)
{
  const char      *domain = wb_credentials_get_domain (fixture->password);
  const char      *user = wb_credentials_get_user (fixture->password);
  g_autofree char *right = variable ("WAYBILL_PASSWORD",
                                     wb_credentials_get_password (fixture->password));
  const struct
  {
    const char *secret;
    const char *extra;
    const char *value;
    const char *failed;
    int         status;
  } cases[] = {
    { right, "--workspace", "default", NULL, 0 },
    { "WAYBILL_PASSWORD=" CANARY, "--workspace", "default", "sign-in", 3 },
    { right, "--workspace", "nowhere", "permission", 5 },
    { right, "--identity-url", "https://waybill.invalid", "name-resolution", 6 },
    { right, "--identity-url", "http://127.0.0.1:1", "tls", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *environment[] = { cases[i].secret, NULL };
      const char *more[] = { "--json", "--domain", domain, "--user", user, cases[i].extra,
                             cases[i].value, NULL };
      g_autoptr (CliRun) result = run (fixture, "check", "password", environment, more);
      g_autoptr (JsonNode) root = NULL;

      g_assert_cmpstr (parse_failed (result, &root), ==, cases[i].failed);
      g_assert_cmpint (result->status, ==, cases[i].status);
      g_assert_null (strstr (result->out->str, CANARY));
      g_assert_null (strstr (result->err->str, CANARY));
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* The kits' key where there is none of ours, and not where there is. */
static void
test_sdk (SampleFixture *fixture,
          gconstpointer  data)
{
  g_autofree char *access_key = variable ("HUAWEICLOUD_SDK_AK",
                                          wb_credentials_get_access_key (fixture->key));
  g_autofree char *secret_key = variable ("HUAWEICLOUD_SDK_SK",
                                          wb_credentials_get_secret_key (fixture->key));
  const char      *alone[] = { access_key, secret_key, NULL };
  const char      *mixed[] = { access_key, secret_key, "WAYBILL_ACCESS_KEY=" CANARY, NULL };
  g_autoptr (CliRun) works = run (fixture, "check", "key", alone, NULL);
  g_autoptr (CliRun) lacks = run (fixture, "check", "key", mixed, NULL);

  g_assert_cmpint (works->status, ==, 0);
  g_assert_nonnull (strstr (works->out->str, "Sign-in: passed"));
  g_assert_cmpint (lacks->status, ==, 2);
  g_assert_nonnull (strstr (lacks->err->str, "WAYBILL_SECRET_KEY"));
}

/* OpenStack's password only for the identity service it is for. */
static void
test_os (SampleFixture *fixture,
         gconstpointer  data)
{
  const char      *url = wb_sample_service_get_url (fixture->service);
  g_autofree char *auth_url = g_strconcat ("OS_AUTH_URL=", url, "/v3/", NULL);
  g_autofree char *user = variable ("OS_USERNAME", wb_credentials_get_user (fixture->password));
  g_autofree char *domain = variable ("OS_USER_DOMAIN_NAME",
                                      wb_credentials_get_domain (fixture->password));
  g_autofree char *password = variable ("OS_PASSWORD",
                                        wb_credentials_get_password (fixture->password));
  const char      *here[] = { auth_url, user, domain, password, NULL };
  const char      *elsewhere[] = { "OS_AUTH_URL=https://a.example", user, domain, password, NULL };
  const char      *nowhere[] = { user, domain, password, NULL };
  const char      *ours[] = { auth_url, user, domain, password, "WAYBILL_TOKEN=x", NULL };
  const char      *with_names[] = { "--domain", domain + strlen ("OS_USER_DOMAIN_NAME="), "--user",
                                    wb_credentials_get_user (fixture->password), NULL };
  const struct
  {
    const char **environment;
    const char **more;
    int          status;
  } cases[] = {
    { here, NULL, 0 },
    { elsewhere, NULL, 2 },
    { elsewhere, with_names, 2 },
    { nowhere, with_names, 2 },
    { ours, NULL, 2 },
    { ours, with_names, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) result = run (fixture, "check", "password", cases[i].environment,
                                       cases[i].more);

      g_assert_cmpint (result->status, ==, cases[i].status);
    }
}

/* Returns the exit status of a run with these lines on descriptor 7; its messages are in @text. */
static int
run_with_lines (SampleFixture *fixture,
                const char    *lines,
                gsize          length,
                char         **text)
{
  const char       *url = wb_sample_service_get_url (fixture->service);
  g_autofree char  *program = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "src", "cli",
                                                "waybill-cli", NULL);
  const char *const arguments[] = { program, "check", "--service-url", url, "--identity-url", url,
                                    "--project-id",
                                    wb_sample_service_get_project_id (fixture->service),
                                    "--domain", wb_credentials_get_domain (fixture->password),
                                    "--user", wb_credentials_get_user (fixture->password),
                                    "--secrets-fd", "7", NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "secrets", NULL);
  int              fd;

  g_file_set_contents (path, lines, (gssize) length, &error);
  g_assert_no_error (error);
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_unlink (path);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_take_fd (launcher, fd, 7);
  process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, communicated_cb, text);
  while (*text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%s", *text);

  return g_subprocess_get_exit_status (process);
}

static void
test_descriptor (SampleFixture *fixture,
                 gconstpointer  data)
{
  g_autofree char *right = g_strdup_printf ("\r\nWAYBILL_TOKEN=x\nWAYBILL_PASSWORD=%s\r\n",
                                            wb_credentials_get_password (fixture->password));
  g_autofree char *filler = g_strnfill (WB_SECRETS_FD_MAX_BYTES - 1 - strlen (right), '\n');
  g_autofree char *largest = g_strconcat (right, filler, NULL);
  g_autofree char *large = g_strnfill (WB_SECRETS_FD_MAX_BYTES, 'c');
  const struct
  {
    const char *lines;
    gssize      length;
    int         status;
    const char *words;
  } cases[] = {
    { right, -1, 0, "" },
    { largest, -1, 0, "" },
    { "WAYBILL_PASSWORD=" CANARY, -1, 3, "refused" },
    { CANARY "\n", -1, 2, "line 1: " },
    { "\nWAYBILL_PASSWORD " CANARY "\n", -1, 2, "line 2: " },
    { "WAYBILL_PASSWORDS=" CANARY "\n", -1, 2, "line 1: " },
    { "WAYBILL_PASSWORD=a\0" CANARY, 31, 2, "NUL" },
    { large, -1, 2, "longer than" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      gsize            length;
      int              status;

      length = cases[i].length < 0 ? strlen (cases[i].lines) : (gsize) cases[i].length;
      status = run_with_lines (fixture, cases[i].lines, length, &text);
      g_assert_cmpint (status, ==, cases[i].status);
      g_assert_nonnull (strstr (text, cases[i].words));
      g_assert_null (strstr (text, CANARY));
    }
}

/* A whole run with all logging on: none of the secrets is in its messages, in its
 * arguments, in the environment it leaves, in any file. */
static void
test_hunt (SampleFixture *fixture,
           gconstpointer  data)
{
  static const char *const methods[] = { "password", "key", "token" };
  const char              *more[] = { "--verbose", "--json", "--domain", "d", "--user", "u", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      for (guint j = 0; j < 2; j++)
        {
          const char *command = j == 0 ? "check" : "export";
          g_autoptr (CliRun) result = run (fixture, command, methods[i], cli_canaries, more);
          g_autofree char *found = NULL;
          g_autoptr (GError) error = NULL;
          const char *const grep[] = { "grep", "-rlaF", CANARY, fixture->folder,
                                       g_get_home_dir (), NULL };

          g_assert_cmpint (result->status, ==, 3);
          g_assert_null (memmem (result->out->str, result->out->len, CANARY, strlen (CANARY)));
          g_assert_null (memmem (result->err->str, result->err->len, CANARY, strlen (CANARY)));
          /* The log has the requests, and the kinds of credentials. */
          g_assert_nonnull (strstr (result->err->str, " → 401 ("));
          g_assert_nonnull (strstr (result->err->str, i == 0   ? "body: [credentials]"
                                                      : i == 1 ? "Authorization: [signature]"
                                                               : "X-Auth-Token: [token]"));
          g_spawn_sync (NULL, (char **) grep, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &found, NULL,
                        NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpstr (found, ==, "");
        }
    }
}

/* A cloud of a person's own, by its ID; and a broken one is reported, not left out. */
static void
test_own_clouds (SampleFixture *fixture,
                 gconstpointer  data)
{
  const char      *url = wb_sample_service_get_url (fixture->service);
  const char      *arguments[] = { "check", "--cloud", "partner", "--region", "here",
                                   "--project-id",
                                   wb_sample_service_get_project_id (fixture->service), "--domain",
                                   wb_credentials_get_domain (fixture->password), "--user",
                                   wb_credentials_get_user (fixture->password), NULL };
  g_autofree char *password = variable ("WAYBILL_PASSWORD",
                                        wb_credentials_get_password (fixture->password));
  const char      *environment[] = { password, NULL };
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "waybill", NULL);
  g_autofree char *path = g_build_filename (folder, "clouds.json", NULL);
  g_autofree char *text = NULL;
  CliRun          *run;

  text = g_strdup_printf ("{\"clouds\": [{\"id\": \"partner\", \"name\": \"Partner\","
                          " \"service\": \"%s\", \"identity\": \"%s\", \"management\": \"%s\","
                          " \"regions\": [{\"id\": \"here\", \"name\": \"Here\"}]}]}",
                          url, url, url);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  run = cli_run (fixture->folder, environment, arguments);
  g_assert_cmpint (run->status, ==, 0);
  cli_run_free (run);

  g_assert_true (g_file_set_contents (path, "{\"clouds\": [{\"id\": \"partner\"}]}", -1, NULL));
  run = cli_run (fixture->folder, environment, arguments);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_nonnull (strstr (run->err->str, "clouds.json"));
  g_assert_nonnull (strstr (run->err->str, "clouds[0]: “name” is missing"));
  cli_run_free (run);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add (path, SampleFixture, NULL, sample_fixture_set_up, test, sample_fixture_tear_down)
  ADD ("/cli/check/json", test_json);
  ADD ("/cli/check/workspaces", test_workspaces);
  ADD ("/cli/check/sdk", test_sdk);
  ADD ("/cli/check/os", test_os);
  ADD ("/cli/check/descriptor", test_descriptor);
  ADD ("/cli/check/hunt", test_hunt);
  ADD ("/cli/check/own-clouds", test_own_clouds);
#undef ADD

  return g_test_run ();
}
