/* test-cli-keyring.c: a keyring that fails in each call, in each way, and what a command does then
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "core/accounts/account-store.h"
#include "core/accounts/secrets-private.h"
#include "core/wipe.h"
#include "fault-keyring.h"
#include "fault-server.h"
#include "own-folder.h"
#include "sample-fixture.h"

#define NO_ANSWER "The keyring did not answer"
#define NO_SECRET "No secret was found, and there is no terminal to ask for one"

static const char *const ways[] = {
  FAULT_KEYRING_IS_SILENT,
  FAULT_KEYRING_LEAVES,
  FAULT_KEYRING_IS_ODD,
  "org.freedesktop.DBus.Error.NoReply",
  "org.freedesktop.DBus.Error.AccessDenied",
  "org.freedesktop.Secret.Error.IsLocked",
};

static GTestDBus *bus;

typedef struct
{
  SampleFixture sample;
  char         *uuid;
  char         *secret; /* as the keyring has it */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (WbAccount) sample = NULL;
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GError) error = NULL;

  sample_fixture_set_up (&fixture->sample, data);
  sample = wb_sample_service_dup_account (fixture->sample.service, WB_AUTH_PASSWORD);
  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    wb_account_set (account, field, wb_account_get (sample, field));
  wb_account_set_auth_method (account, WB_AUTH_PASSWORD);
  g_remove (path);
  g_assert_true (wb_account_store_load (store, &error));
  g_assert_true (wb_account_store_put (store, account, &error));
  g_assert_no_error (error);
  fixture->uuid = g_strdup (wb_account_get_uuid (account));
  fixture->secret = wb_secret_text_new (fixture->sample.password);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  sample_fixture_tear_down (&fixture->sample, data);
  g_free (fixture->uuid);
  wb_wipe_and_free (fixture->secret);
}

static CliRun *
start (Fixture    *fixture,
       const char *variable)
{
  const char *const environment[] = { variable, NULL };
  const char *const arguments[] = { "export", "-o", "out.zip", "--workspace",
                                    fixture->sample.workspace_id, NULL };

  return cli_start (fixture->sample.folder, environment, arguments, CLI_RUN_DEFAULT);
}

/* With the secret it exports; without it says what became of it, and leaves nothing. */
static void
judge (Fixture *fixture,
       CliRun  *run,
       gboolean interrupted)
{
  g_autofree char *path = g_build_filename (fixture->sample.folder, "out.zip", NULL);

  g_test_message ("%d: %s", run->status, run->err->str);
  g_assert_null (strstr (run->err->str, "words"));
  g_assert_null (strstr (run->err->str, wb_credentials_get_password (fixture->sample.password)));
  if (run->status == 0)
    {
      sample_fixture_assert_file (&fixture->sample, "out.zip", fixture->sample.workspace_id);
      g_remove (path);
    }
  else if (interrupted)
    {
      g_assert_cmpint (run->status, ==, 130);
    }
  else
    {
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, NO_SECRET));
    }
  g_assert_cmpuint (count_files (fixture->sample.folder), ==, 0);
}

/* Returns: whether the call was made that was to fail */
static gboolean
try (Fixture    *fixture,
     guint       at,
     const char *how)
{
  g_autoptr (FaultKeyring) keyring = fault_keyring_new ();
  g_autoptr (CliRun) run = NULL;
  gboolean interrupted = FALSE;

  g_test_message ("%u: %s", at, how);
  fault_keyring_put (keyring, fixture->uuid, fixture->secret);
  fault_keyring_fail (keyring, at, how);
  run = start (fixture, NULL);
  while (run->n_open > 0)
    {
      /* Nobody waits longer than they like. */
      if (!interrupted && g_str_equal (how, FAULT_KEYRING_IS_SILENT)
          && fault_keyring_has_failed (keyring))
        {
          interrupted = TRUE;
          g_subprocess_send_signal (run->process, SIGINT);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  judge (fixture, run, interrupted);
  if (!fault_keyring_has_failed (keyring))
    g_assert_cmpint (run->status, ==, 0);
  else if (g_str_equal (how, "org.freedesktop.DBus.Error.NoReply") && run->status != 0)
    g_assert_nonnull (strstr (run->err->str, NO_ANSWER));

  return fault_keyring_has_failed (keyring);
}

static void
test_each_call (Fixture      *fixture,
                gconstpointer data)
{
  guint n_faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      for (guint at = 1; try (fixture, at, ways[i]); at++)
        n_faults++;
    }
  g_test_message ("%u faults", n_faults);
  g_assert_cmpuint (n_faults, >=, 2 * G_N_ELEMENTS (ways));
}

/* The question of a locked keyring: answered, closed, or left there until Ctrl+C. */
static void
test_locked (Fixture      *fixture,
             gconstpointer data)
{
  for (FaultKeyringLock lock = FAULT_KEYRING_UNLOCKS; lock <= FAULT_KEYRING_UNANSWERED; lock++)
    {
      g_autoptr (FaultKeyring) keyring = fault_keyring_new ();
      g_autoptr (CliRun) run = NULL;
      gboolean interrupted = FALSE;

      fault_keyring_put (keyring, fixture->uuid, fixture->secret);
      fault_keyring_lock (keyring, lock);
      run = start (fixture, NULL);
      while (run->n_open > 0)
        {
          if (!interrupted && lock == FAULT_KEYRING_UNANSWERED && fault_keyring_is_asking (keyring))
            {
              interrupted = TRUE;
              g_subprocess_send_signal (run->process, SIGINT);
            }
          g_main_context_iteration (NULL, TRUE);
        }
      judge (fixture, run, interrupted);
      g_assert_cmpint (run->status, ==,
                       lock == FAULT_KEYRING_UNLOCKS ? 0
                       : interrupted                 ? 130
                                                     : 2);
    }
}

/* With a secret of its own an export asks no keyring, and no other command ever does. */
static void
test_not_asked (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const commands[][5] = {
    { "list", "out.zip" },
    { "compare", "out.zip", "out.zip" },
    { "verify", "out.zip" },
    { "redact", "out.zip", "redacted.zip" },
    { "encrypt", "out.zip", "encrypted.zip" },
    { "history" },
    { "accounts" },
    { "accounts", "show" },
  };
  static const char *const environment[] = { "WAYBILL_ZIP_PASSWORD=correct horse", NULL };
  g_autoptr (FaultKeyring) keyring = fault_keyring_new ();
  g_autofree char *variable =
    g_strconcat ("WAYBILL_PASSWORD=", wb_credentials_get_password (fixture->sample.password), NULL);
  g_autoptr (CliRun) run = NULL;

  fault_keyring_fail (keyring, 1, FAULT_KEYRING_IS_SILENT);
  run = start (fixture, variable);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) other = cli_run (fixture->sample.folder, environment, commands[i]);

      g_test_message ("%s: %d: %s", commands[i][0], other->status, other->err->str);
      g_assert_cmpint (other->status, ==, 0);
    }
  g_assert_cmpuint (fault_keyring_get_n_calls (keyring), ==, 0);
}

/* The stored account, at another address. */
static void
move_account (Fixture    *fixture,
              const char *url)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (WbAccount) account = NULL;

  g_assert_true (wb_account_store_load (store, NULL));
  account = wb_account_copy (wb_account_store_find (store, fixture->uuid));
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, url);
  g_assert_true (wb_account_store_put (store, account, NULL));
}

/* A night's export survives the end of the session whose keyring it asked: the answer that comes
 * then is read to its end. */
static void
test_bus_ends (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *body = g_strnfill (40000, ' ');
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (FaultKeyring) keyring = fault_keyring_new ();
  g_autoptr (GDBusConnection) own = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (CliRun) run = NULL;

  move_account (fixture, url);
  fault_keyring_put (keyring, fixture->uuid, fixture->secret);
  fault_server_set_drip (server);
  fault_server_add_reply (server, 404, "", body, -1);
  run = start (fixture, NULL);
  while (fault_server_get_n_requests (server) == 0)
    {
      g_assert_cmpuint (run->n_open, >, 0);
      g_main_context_iteration (NULL, TRUE);
    }
  g_dbus_connection_set_exit_on_close (own, FALSE);
  g_test_dbus_stop (bus);
  cli_end (run);
  g_test_message ("%d: %s", run->status, run->err->str);
  g_assert_cmpint (run->status, ==, 5);
  g_assert_cmpuint (count_files (fixture->sample.folder), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  bus = fault_keyring_begin_bus ();
  if (bus == NULL)
    return 0;

  ADD ("/cli/keyring/each-call", test_each_call);
  ADD ("/cli/keyring/locked", test_locked);
  ADD ("/cli/keyring/not-asked", test_not_asked);
  /* The last, as the bus is gone then. */
  ADD ("/cli/keyring/bus-ends", test_bus_ends);

  return g_test_run ();
}
