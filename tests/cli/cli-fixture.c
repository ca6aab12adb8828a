/* cli-fixture.c: a folder and a scripted service, and what the built program does with them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-fixture.h"

const char *const cli_canaries[] = {
  "WAYBILL_PASSWORD=" CANARY "-1",
  "WAYBILL_ACCESS_KEY=" CANARY "-2",
  "WAYBILL_SECRET_KEY=" CANARY "-3",
  "WAYBILL_SECURITY_TOKEN=" CANARY "-4",
  "WAYBILL_TOKEN=" CANARY "-5",
  "WAYBILL_PASSCODE=" CANARY "-6",
  "WAYBILL_ZIP_PASSWORD=" CANARY "-11",
  "HUAWEICLOUD_SDK_AK=" CANARY "-7",
  "HUAWEICLOUD_SDK_SK=" CANARY "-8",
  "HUAWEICLOUD_SDK_SECURITY_TOKEN=" CANARY "-9",
  "OS_PASSWORD=" CANARY "-10",
  "OS_TOKEN=" CANARY "-11",
  "OS_APPLICATION_CREDENTIAL_SECRET=" CANARY "-12",
  "OS_SECRET_KEY=" CANARY "-13",
  "OS_PASSCODE=" CANARY "-14",
  "HW_SECRET_KEY=" CANARY "-15",
  "HW_USER_PASSWORD=" CANARY "-16",
  "HW_AUTH_TOKEN=" CANARY "-17",
  "G_MESSAGES_DEBUG=all",
  "SOUP_DEBUG=all",
  NULL
};

void
cli_fixture_set_up (CliFixture   *fixture,
                    gconstpointer data)
{
  fixture->service = scripted_service_new (NULL);
  fixture->folder = cli_make_folder ();
}

void
cli_fixture_tear_down (CliFixture   *fixture,
                       gconstpointer data)
{
  scripted_service_free (fixture->service);
  cli_remove_folder (fixture->folder);
}

void
cli_fixture_put (CliFixture *fixture,
                 const char *name,
                 GBytes     *bytes)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

CliRun *
cli_fixture_start (CliFixture        *fixture,
                   const char        *url,
                   const char *const *environment,
                   const char *const *more,
                   CliRunFlags        flags)
{
  const char *const first[] = { "export", "--service-url", url, "--identity-url", url,
                                "--project-id", "p" };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (arguments, (gpointer) first[i]);
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) more[i]);
  g_ptr_array_add (arguments, NULL);

  return cli_start (fixture->folder, environment, (const char *const *) arguments->pdata, flags);
}
