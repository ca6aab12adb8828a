/* test-cli-directory.c: `waybill-cli workspaces` and `waybill-cli projects`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/json-scan.h"
#include "sample-fixture.h"

static CliRun *
run (SampleFixture *fixture,
     const char    *command,
     const char    *password,
     const char    *option)
{
  g_autofree char  *variable = g_strconcat ("WAYBILL_PASSWORD=", password, NULL);
  const char *const environment[] = { variable, NULL };
  const char *const more[] = { "--domain", wb_credentials_get_domain (fixture->password), "--user",
                               wb_credentials_get_user (fixture->password), option, NULL };
  CliRun           *self = sample_fixture_start_with (fixture, command, "password", environment,
                                                      more, CLI_RUN_DEFAULT);

  cli_end (self);
  g_test_message ("%s%s", self->out->str, self->err->str);

  return self;
}

/* A line for each, and the same in JSON. */
static void
test_lists (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const commands[] = { "workspaces", "projects" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *password = wb_credentials_get_password (fixture->password);
      g_autoptr (CliRun) lines = run (fixture, commands[i], password, NULL);
      g_autoptr (CliRun) json = run (fixture, commands[i], password, "--json");
      g_autoptr (JsonNode) node = wb_json_parse (json->out->str, json->out->len, NULL);
      JsonArray *array = json_node_get_array (node);
      g_autoptr (GString) expected = g_string_new (NULL);

      g_assert_cmpint (lines->status, ==, 0);
      g_assert_cmpint (json->status, ==, 0);
      g_assert_cmpstr (lines->err->str, ==, "");
      g_assert_cmpuint (json_array_get_length (array), >, 0);
      for (guint j = 0; j < json_array_get_length (array); j++)
        {
          JsonObject *item = json_array_get_object_element (array, j);

          g_string_append_printf (expected, "%s\t%s", json_object_get_string_member (item, "id"),
                                  json_object_get_string_member (item, "name"));
          if (i == 0)
            g_string_append_printf (expected, "\t%s",
                                    json_object_get_string_member (item, "instance"));
          g_string_append_c (expected, '\n');
        }
      g_assert_cmpstr (lines->out->str, ==, expected->str);
      g_assert_nonnull (strstr (lines->out->str,
                                i == 0 ? fixture->workspace_id
                                       : wb_sample_service_get_project_id (fixture->service)));
    }
}

static void
test_refused (SampleFixture *fixture,
              gconstpointer  data)
{
  static const char *const commands[] = { "workspaces", "projects" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) self = run (fixture, commands[i], "wrong", "--json");

      g_assert_cmpint (self->status, ==, 3);
      g_assert_nonnull (strstr (self->out->str, "\"sign-in\""));
    }
}

/* It is for those who do not know their project yet. */
static void
test_no_project (SampleFixture *fixture,
                 gconstpointer  data)
{
  const char       *url = wb_sample_service_get_url (fixture->service);
  g_autofree char  *variable = g_strconcat ("WAYBILL_PASSWORD=",
                                            wb_credentials_get_password (fixture->password), NULL);
  const char *const environment[] = { variable, NULL };
  const char *const arguments[] = { "projects", "--service-url", url, "--identity-url", url,
                                    "--domain", wb_credentials_get_domain (fixture->password),
                                    "--user", wb_credentials_get_user (fixture->password), NULL };
  g_autoptr (CliRun) self = cli_run (fixture->folder, environment, arguments);

  g_test_message ("%s", self->err->str);
  g_assert_cmpint (self->status, ==, 0);
  g_assert_nonnull (strstr (self->out->str, wb_sample_service_get_project_id (fixture->service)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                 \
  g_test_add ("/cli/directory/" name, SampleFixture, NULL, sample_fixture_set_up, function, \
              sample_fixture_tear_down)
  ADD ("lists", test_lists);
  ADD ("refused", test_refused);
  ADD ("no-project", test_no_project);
#undef ADD

  return g_test_run ();
}
