/* test-cli-source.c: `waybill-cli export` from each source, and what leads from one to the next
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "sample-fixture.h"

#define OFFICIAL "DLF_All_DataConnections.zip"
#define REBUILT "DLF_All_DataConnections-rebuilt.zip"
#define STAGING_ID "7f0b2c9e54a841d38e6a1b9c0d2f3e45"
#define EMPTY_ID "2e91c4d07b3f4f0a9d5588aa61b07c12"

static gboolean
exists (SampleFixture *fixture,
        const char    *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
remove_both (SampleFixture *fixture)
{
  static const char *const names[] = { OFFICIAL, REBUILT };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
}

static void
set_answers (SampleFixture        *fixture,
             const WbSampleAnswer *answers)
{
  for (WbSource call = WB_SOURCE_EXPORT; call < WB_N_SOURCES; call++)
    wb_sample_service_set_answer (fixture->service, call, answers[call]);
}

static JsonNode *
parse (CliRun *run)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (run->out->str, &error);

  g_assert_no_error (error);
  g_assert_nonnull (root);

  return root;
}

/* Which source is used, what it is called, and with which status it ends. */
static void
test_sources (SampleFixture *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char    *option; /* NULL for none */
    WbSampleAnswer answers[WB_N_SOURCES];
    int            status;
    const char    *source; /* that is used; NULL for none */
    const char    *kind;   /* of the error */
  } cases[] = {
    { NULL, { WB_SAMPLE_RIGHT }, 0, "export", NULL },
    { "export", { WB_SAMPLE_RIGHT }, 0, "export", NULL },
    { "list", { WB_SAMPLE_RIGHT }, 0, "list", NULL },
    { "management", { WB_SAMPLE_RIGHT }, 0, "management", NULL },
    { "auto", { WB_SAMPLE_RIGHT }, 0, "export", NULL },
    /* Never by itself. */
    { NULL, { WB_SAMPLE_WITHDRAWN }, 5, NULL, "withdrawn" },
    { NULL, { WB_SAMPLE_WITHDRAWN_SHARED }, 5, NULL, "withdrawn" },
    { NULL, { WB_SAMPLE_GONE }, 5, NULL, "withdrawn" },
    { "export", { WB_SAMPLE_GONE }, 5, NULL, "withdrawn" },
    { NULL, { WB_SAMPLE_REFUSED }, 4, NULL, "not-permitted" },
    { "list", { WB_SAMPLE_RIGHT, WB_SAMPLE_WITHDRAWN }, 5, NULL, "withdrawn" },
    { "list", { WB_SAMPLE_RIGHT, WB_SAMPLE_REFUSED }, 4, NULL, "not-permitted" },
    { "management", { WB_SAMPLE_RIGHT, WB_SAMPLE_RIGHT, WB_SAMPLE_GONE }, 5, NULL, "withdrawn" },
    /* A given source does not need the others. */
    { "list", { WB_SAMPLE_GONE, WB_SAMPLE_RIGHT, WB_SAMPLE_GONE }, 0, "list", NULL },
    { "management", { WB_SAMPLE_GONE, WB_SAMPLE_GONE }, 0, "management", NULL },
    { "auto", { WB_SAMPLE_WITHDRAWN }, 0, "list", NULL },
    { "auto", { WB_SAMPLE_WITHDRAWN_SHARED }, 0, "list", NULL },
    { "auto", { WB_SAMPLE_GONE }, 0, "list", NULL },
    { "auto", { WB_SAMPLE_REFUSED }, 0, "list", NULL },
    { "auto", { WB_SAMPLE_GONE, WB_SAMPLE_WITHDRAWN }, 0, "management", NULL },
    { "auto", { WB_SAMPLE_REFUSED, WB_SAMPLE_REFUSED }, 0, "management", NULL },
    { "auto", { WB_SAMPLE_GONE, WB_SAMPLE_GONE, WB_SAMPLE_GONE }, 5, NULL, "withdrawn" },
    { "auto", { WB_SAMPLE_GONE, WB_SAMPLE_GONE, WB_SAMPLE_REFUSED }, 4, NULL, "not-permitted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint json = 0; json <= 1; json++)
      {
        g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
        g_autoptr (CliRun) run = NULL;
        gboolean is_rebuilt = cases[i].source != NULL && !g_str_equal (cases[i].source, "export");
        gboolean is_auto = g_strcmp0 (cases[i].option, "auto") == 0;

        set_answers (fixture, cases[i].answers);
        g_ptr_array_add (arguments, (gpointer) "--workspace=" STAGING_ID);
        if (cases[i].option != NULL)
          {
            g_ptr_array_add (arguments, (gpointer) "--source");
            g_ptr_array_add (arguments, (gpointer) cases[i].option);
          }
        if (json)
          g_ptr_array_add (arguments, (gpointer) "--json");
        g_ptr_array_add (arguments, NULL);
        g_test_message ("case %u, json %u", i, json);
        run = sample_fixture_run (fixture, WB_AUTH_KEY, (const char *const *) arguments->pdata);

        g_assert_cmpint (run->status, ==, cases[i].status);
        g_assert_cmpint (exists (fixture, OFFICIAL), ==, cases[i].source != NULL && !is_rebuilt);
        g_assert_cmpint (exists (fixture, REBUILT), ==, is_rebuilt);

        /* It says so, and why, wherever it goes on. */
        g_assert_cmpint (strstr (run->err->str, "Trying ") != NULL, ==,
                         is_auto && cases[i].answers[0] != WB_SAMPLE_RIGHT);
        if (!json && cases[i].source == NULL && !is_auto
            && g_strcmp0 (cases[i].option, "management") != 0)
          g_assert_nonnull (strstr (run->err->str, "--source auto"));
        if (!json && is_rebuilt)
          {
            g_assert_nonnull (strstr (run->err->str, "Rebuilt"));
            g_assert_nonnull (strstr (run->err->str, "dws_staging"));
          }
        if (json)
          {
            g_autoptr (JsonNode) root = parse (run);
            JsonObject *object = json_node_get_object (root);
            JsonObject *error = json_object_has_member (object, "error")
                                  ? json_object_get_object_member (object, "error")
                                  : NULL;

            g_assert_cmpint (error != NULL, ==, cases[i].kind != NULL);
            if (error != NULL)
              {
                g_assert_cmpstr (json_object_get_string_member (error, "kind"), ==, cases[i].kind);
                remove_both (fixture);
                continue;
              }
            g_assert_cmpstr (json_object_get_string_member (object, "source"), ==,
                             cases[i].source);
            g_assert_cmpint (json_object_get_boolean_member (object, "rebuilt"), ==, is_rebuilt);
            g_assert_cmpint (json_object_get_int_member (object, "connections"), ==, 3);
            g_assert_cmpint (json_object_get_int_member (object, "entries"), ==, 3);
            g_assert_cmpuint (
              json_array_get_length (json_object_get_array_member (object, "missing_passwords")),
              ==, is_rebuilt ? 3 : 0);
            g_assert_cmpstr (json_object_get_string_member (object, "file"), ==,
                             is_rebuilt ? REBUILT : OFFICIAL);
          }
        remove_both (fixture);
      }
}

/* Another failure is the end, whatever the other sources would say. */
static void
test_no_further (SampleFixture *fixture,
                 gconstpointer  data)
{
  static const char *const arguments[][5] = {
    { "--workspace=" EMPTY_ID, "--source", "auto", NULL },
    { "--workspace=0123456789abcdef0123456789abcdef", "--source", "auto", NULL },
    { "--workspace=" STAGING_ID, "--source", "auto", "--max-size=10", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, arguments[i]);

      g_assert_cmpint (run->status, !=, 0);
      g_assert_null (strstr (run->err->str, "Trying "));
      g_assert_false (exists (fixture, OFFICIAL));
      g_assert_false (exists (fixture, REBUILT));
    }
}

/* Nothing to save is never an archive. */
static void
test_empty (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const sources[] = { "export", "list", "management" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      const char *const arguments[] = { "--workspace=" EMPTY_ID, "--source", sources[i], "--json",
                                        NULL };
      g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, arguments);

      g_assert_cmpint (run->status, ==, 5);
      g_assert_nonnull (strstr (run->out->str, "\"no-connections\""));
      g_assert_false (exists (fixture, OFFICIAL));
      g_assert_false (exists (fixture, REBUILT));
    }
}

static void
save (SampleFixture *fixture,
      const char    *source,
      const char    *workspace_id,
      const char    *name)
{
  const char *const arguments[] = { "--source", source, "--workspace", workspace_id, "-o", name,
                                    "--force", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_TOKEN, arguments);

  g_assert_cmpint (run->status, ==, 0);
}

static void
assert_same (SampleFixture *fixture,
             const char    *one,
             const char    *other)
{
  const char *const arguments[] = { "compare", one, other, NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, arguments);

  if (run->status != 0)
    g_test_message ("%s\n%s", run->out->str, run->err->str);
  g_assert_cmpint (run->status, ==, 0);
}

/* The three sources give the same connections, in each dialect, and the same bytes each time. */
static void
test_equal (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const workspaces[][2] = {
    { "default", WB_SAMPLE_DEFAULT_ID },
    { STAGING_ID, STAGING_ID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    {
      save (fixture, "export", workspaces[i][0], "export.zip");
      save (fixture, "list", workspaces[i][0], "list.zip");
      assert_same (fixture, "export.zip", "list.zip");
      for (WbSampleDialect dialect = WB_SAMPLE_DIALECT_CAMEL; dialect <= WB_SAMPLE_DIALECT_SNAKE;
           dialect++)
        {
          g_autofree char *first = g_build_filename (fixture->folder, "m.zip", NULL);
          g_autofree char *second = g_build_filename (fixture->folder, "m2.zip", NULL);
          g_autofree char *bytes = NULL;
          g_autofree char *bytes_again = NULL;
          gsize            length;
          gsize            length_again;

          wb_sample_service_set_dialect (fixture->service, dialect);
          save (fixture, "management", workspaces[i][1], "m.zip");
          save (fixture, "management", workspaces[i][1], "m2.zip");
          assert_same (fixture, "export.zip", "m.zip");
          assert_same (fixture, "list.zip", "m.zip");
          g_assert_true (g_file_get_contents (first, &bytes, &length, NULL));
          g_assert_true (g_file_get_contents (second, &bytes_again, &length_again, NULL));
          g_assert_cmpmem (bytes, length, bytes_again, length_again);
        }
    }
}

/* Its own name is in the way as well. */
static void
test_existing (SampleFixture *fixture,
               gconstpointer  data)
{
  static const WbSampleAnswer answers[WB_N_SOURCES] = { WB_SAMPLE_GONE };
  static const char *const    arguments[] = { "--source", "auto", NULL };
  static const char *const    forced[] = { "--source", "auto", "--force", NULL };
  g_autofree char            *path = g_build_filename (fixture->folder, REBUILT, NULL);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) again = NULL;
  g_autoptr (GError) error = NULL;

  set_answers (fixture, answers);
  g_file_set_contents (path, "x", 1, &error);
  g_assert_no_error (error);
  run = sample_fixture_run (fixture, WB_AUTH_KEY, arguments);
  g_assert_cmpint (run->status, ==, 8);
  again = sample_fixture_run (fixture, WB_AUTH_KEY, forced);
  g_assert_cmpint (again->status, ==, 0);
}

static void
test_usage (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const values[] = { "", "Export", "all", "export,list", "auto " };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const char *const arguments[] = { "--source", values[i], NULL };
      g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, arguments);

      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, "export, list, management, auto"));
    }
}

/* Management Center has no workspace without an ID. */
static void
test_default_workspace (SampleFixture *fixture,
                        gconstpointer  data)
{
  static const char *const    arguments[] = { "--source", "management", NULL };
  static const WbSampleAnswer answers[WB_N_SOURCES] = { WB_SAMPLE_GONE, WB_SAMPLE_GONE };
  static const char *const    automatic[] = { "--source", "auto", NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_KEY, arguments);
  g_autoptr (CliRun) other = NULL;

  g_assert_cmpint (run->status, ==, 2);
  g_assert_nonnull (strstr (run->err->str, "workspace’s ID"));

  set_answers (fixture, answers);
  other = sample_fixture_run (fixture, WB_AUTH_KEY, automatic);
  g_assert_cmpint (other->status, ==, 5);
}

/* How many have been read is on the terminal while it runs. */
static void
test_progress (SampleFixture *fixture,
               gconstpointer  data)
{
  static const char *const arguments[] = { "--source", "management", "--workspace",
                                           WB_SAMPLE_DEFAULT_ID, NULL };
  const char              *access_key = wb_credentials_get_access_key (fixture->key);
  const char              *secret_key = wb_credentials_get_secret_key (fixture->key);
  g_autofree char         *access = g_strconcat ("WAYBILL_ACCESS_KEY=", access_key, NULL);
  g_autofree char         *secret = g_strconcat ("WAYBILL_SECRET_KEY=", secret_key, NULL);
  const char *const        environment[] = { access, secret, "TERM=xterm", "NO_COLOR=", NULL };
  g_autoptr (CliRun) run = sample_fixture_start_with (fixture, "export", "key", environment,
                                                      arguments, CLI_RUN_TERMINAL);

  cli_expect (run, "Reading connections: ");
  cli_expect (run, " of 18");
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                               \
  g_test_add (path, SampleFixture, NULL, sample_fixture_set_up, test, \
              sample_fixture_tear_down)
  ADD ("/cli/source/sources", test_sources);
  ADD ("/cli/source/no-further", test_no_further);
  ADD ("/cli/source/empty", test_empty);
  ADD ("/cli/source/equal", test_equal);
  ADD ("/cli/source/existing", test_existing);
  ADD ("/cli/source/usage", test_usage);
  ADD ("/cli/source/default-workspace", test_default_workspace);
  ADD ("/cli/source/progress", test_progress);
#undef ADD

  return g_test_run ();
}
