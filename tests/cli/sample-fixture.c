/* sample-fixture.c: the sample service, and exports from it by the built program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-fixture.h"

/**
 * sample_fixture_set_up:
 * @fixture: a fixture
 * @data: unused
 *
 * Starts a sample service on the test's main context.
 */
void
sample_fixture_set_up (SampleFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbAccount) account = NULL;
  GListModel *workspaces;

  fixture->folder = cli_make_folder ();
  fixture->service = wb_sample_service_new ();
  wb_sample_service_start (fixture->service, 0, &error);
  g_assert_no_error (error);
  fixture->password = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_PASSWORD);
  fixture->key = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_KEY);

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

/**
 * sample_fixture_tear_down:
 * @fixture: a fixture
 * @data: unused
 *
 * Stops it, and removes the folder.
 */
void
sample_fixture_tear_down (SampleFixture *fixture,
                          gconstpointer  data)
{
  wb_sample_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  wb_credentials_unref (fixture->password);
  wb_credentials_unref (fixture->key);
  cli_remove_folder (fixture->folder);
  g_free (fixture->workspace_id);
}

/**
 * sample_fixture_start_with:
 * @fixture: a fixture
 * @command: `export` or `check`
 * @method: how to sign in
 * @environment: (nullable): with what to sign in
 * @more: (nullable): more arguments
 * @flags: how
 *
 * Returns: (transfer full): the command on the sample service
 */
CliRun *
sample_fixture_start_with (SampleFixture     *fixture,
                           const char        *command,
                           const char        *method,
                           const char *const *environment,
                           const char *const *more,
                           CliRunFlags        flags)
{
  const char       *url = wb_sample_service_get_url (fixture->service);
  const char *const first[] = { command, "--service-url", url, "--identity-url", url,
                                "--management-url", url, "--project-id",
                                wb_sample_service_get_project_id (fixture->service), "--auth",
                                method };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (arguments, (gpointer) first[i]);
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) more[i]);
  g_ptr_array_add (arguments, NULL);

  return cli_start (fixture->folder, environment, (const char *const *) arguments->pdata, flags);
}

/**
 * sample_fixture_start:
 * @fixture: a fixture
 * @method: how to sign in
 * @more: more arguments
 * @flags: how
 *
 * Returns: (transfer full): `export` on the sample service
 */
CliRun *
sample_fixture_start (SampleFixture     *fixture,
                      WbAuthMethod       method,
                      const char *const *more,
                      CliRunFlags        flags)
{
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             method);
  g_autoptr (GPtrArray) environment = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

#define ADD(argument) g_ptr_array_add (arguments, (gpointer) (argument))
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

  return sample_fixture_start_with (fixture, "export", wb_auth_method_to_string (method),
                                    (const char *const *) environment->pdata,
                                    (const char *const *) arguments->pdata, flags);
}

/**
 * sample_fixture_run:
 * @fixture: a fixture
 * @method: how to sign in
 * @more: more arguments
 *
 * Returns: (transfer full): the same after its end
 */
CliRun *
sample_fixture_run (SampleFixture     *fixture,
                    WbAuthMethod       method,
                    const char *const *more)
{
  CliRun *run = sample_fixture_start (fixture, method, more, CLI_RUN_DEFAULT);

  cli_end (run);
  g_test_message ("%s", run->err->str);

  return run;
}

/**
 * sample_fixture_assert_file:
 * @fixture: a fixture
 * @name: a file in its folder
 * @workspace_id: a workspace
 *
 * The file holds, byte for byte, what the service sends for the workspace.
 */
void
sample_fixture_assert_file (SampleFixture *fixture,
                            const char    *name,
                            const char    *workspace_id)
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
