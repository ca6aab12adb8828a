/* test-secrets.c: secrets in a store, in a locked one, and in none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "await.h"
#include "core/accounts/account-store.h"
#include "core/accounts/secrets-private.h"
#include "core/error.h"
#include "core/wipe.h"

/* libsecret makes up its mind once, about which store there is, so each store has a process of its
 * own. */

#define CANARY "canary-7c1f\"\\ ä"

/* Returns the reason for keeping it in memory. */
static char *
store (WbSecrets     *secrets,
       WbAccount     *account,
       WbCredentials *credentials)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *reason = NULL;

  wb_secrets_store_async (secrets, account, credentials, NULL, await_cb, &result);
  await (&result);
  g_assert_true (wb_secrets_store_finish (secrets, result, &reason, &error));
  g_assert_no_error (error);

  return reason;
}

static WbCredentials *
look_up (WbSecrets *secrets,
         WbAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbCredentials *credentials;

  wb_secrets_lookup_async (secrets, account, NULL, await_cb, &result);
  await (&result);
  credentials = wb_secrets_lookup_finish (secrets, result, &error);
  g_assert_no_error (error);

  return credentials;
}

static void
clear (WbSecrets *secrets,
       WbAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_secrets_clear_async (secrets, wb_account_get_uuid (account), NULL, await_cb, &result);
  await (&result);
  g_assert_true (wb_secrets_clear_finish (secrets, result, &error));
  g_assert_no_error (error);
}

static WbAccount *
new_account (WbAuthMethod method)
{
  WbAccount *account = wb_account_new ();

  wb_account_set (account, WB_ACCOUNT_NAME, "Größe");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "user");
  wb_account_set_auth_method (account, method);

  return account;
}

static WbCredentials *
new_credentials (WbAuthMethod method)
{
  switch (method)
    {
    case WB_AUTH_PASSWORD:
      return wb_credentials_new_password ("domain", "user", CANARY);
    case WB_AUTH_KEY:
      return wb_credentials_new_key ("AK" CANARY, "SK" CANARY, "ST" CANARY);
    case WB_AUTH_TOKEN:
    default:
      return wb_credentials_new_token (CANARY);
    }
}

static void
assert_credentials (WbCredentials *given,
                    WbCredentials *expected)
{
  g_assert_nonnull (given);
  g_assert_cmpint (wb_credentials_get_method (given), ==, wb_credentials_get_method (expected));
  g_assert_cmpstr (wb_credentials_get_domain (given), ==, wb_credentials_get_domain (expected));
  g_assert_cmpstr (wb_credentials_get_user (given), ==, wb_credentials_get_user (expected));
  g_assert_cmpstr (wb_credentials_get_password (given), ==, wb_credentials_get_password (expected));
  g_assert_cmpstr (wb_credentials_get_access_key (given), ==,
                   wb_credentials_get_access_key (expected));
  g_assert_cmpstr (wb_credentials_get_secret_key (given), ==,
                   wb_credentials_get_secret_key (expected));
  g_assert_cmpstr (wb_credentials_get_security_token (given), ==,
                   wb_credentials_get_security_token (expected));
  g_assert_cmpstr (wb_credentials_get_token (given), ==, wb_credentials_get_token (expected));
}

static void
assert_nothing (WbSecrets *secrets,
                WbAccount *account)
{
  WbCredentials *credentials = look_up (secrets, account);

  g_assert_null (credentials);
}

/* In a store that works: kept beyond this object, under the UUID, and gone when cleared. */
static void
check_store_works (void)
{
  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbSecrets) secrets = wb_secrets_new ();
      g_autoptr (WbSecrets) later = wb_secrets_new ();
      g_autoptr (WbAccount) account = new_account (method);
      g_autoptr (WbAccount) other = new_account (method);
      g_autoptr (WbAccount) changed = wb_account_copy (account);
      g_autoptr (WbCredentials) credentials = new_credentials (method);
      g_autoptr (WbCredentials) found = NULL;
      g_autoptr (WbCredentials) found_again = NULL;

      assert_nothing (secrets, account);
      g_assert_null (store (secrets, account, credentials));
      g_assert_false (wb_secrets_is_kept_in_memory (secrets, wb_account_get_uuid (account)));

      found = look_up (later, account);
      assert_credentials (found, credentials);
      assert_nothing (later, other);

      /* Renaming loses nothing; another way to sign in needs another secret. */
      wb_account_set (changed, WB_ACCOUNT_NAME, "Renamed");
      g_assert_null (store (secrets, changed, credentials));
      found_again = look_up (later, changed);
      assert_credentials (found_again, credentials);
      wb_account_set_auth_method (changed, (WbAuthMethod) ((method + 1) % 3));
      assert_nothing (later, changed);

      clear (later, account);
      assert_nothing (secrets, account);
      clear (later, account);
    }
}

/* Without a store that works: in memory, and @word is in the reason. */
static void
check_memory_only (const char *word)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbSecrets) later = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account (WB_AUTH_PASSWORD);
  g_autoptr (WbAccount) changed = wb_account_copy (account);
  g_autoptr (WbCredentials) credentials = new_credentials (WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) found = NULL;
  g_autoptr (WbCredentials) of_changed = NULL;
  g_autofree char *reason = NULL;

  assert_nothing (secrets, account);
  reason = store (secrets, account, credentials);
  g_assert_nonnull (reason);
  g_test_message ("%s", reason);
  g_assert_nonnull (strstr (reason, word));
  g_assert_null (strstr (reason, "canary"));
  g_assert_true (wb_secrets_is_kept_in_memory (secrets, wb_account_get_uuid (account)));

  found = look_up (secrets, account);
  assert_credentials (found, credentials);
  assert_nothing (later, account);

  /* Domain and user are the account's, as they are now. */
  wb_account_set (changed, WB_ACCOUNT_USER, "other");
  of_changed = look_up (secrets, changed);
  g_assert_cmpstr (wb_credentials_get_user (of_changed), ==, "other");
  g_assert_cmpstr (wb_credentials_get_password (of_changed), ==, CANARY);
  wb_account_set_auth_method (changed, WB_AUTH_KEY);
  assert_nothing (secrets, changed);

  clear (secrets, account);
  g_assert_false (wb_secrets_is_kept_in_memory (secrets, wb_account_get_uuid (account)));
  assert_nothing (secrets, account);
}

static void
assert_no_canary_below (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize            length_bytes;

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_no_canary_below (path);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR)
               && g_file_get_contents (path, &contents, &length_bytes, NULL))
        g_assert_null (g_strstr_len (contents, (gssize) length_bytes, "canary"));
    }
}

/* Saves an account and its secret, and looks through all that is on the disk. */
static void
check_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("disk-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "accounts.ini", NULL);
  g_autoptr (WbAccountStore) accounts = wb_account_store_new (path);
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();

  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbAccount) account = new_account (method);
      g_autoptr (WbCredentials) credentials = new_credentials (method);
      g_autofree char *reason = NULL;

      wb_account_set (account, WB_ACCOUNT_NAME, wb_auth_method_to_string (method));
      wb_account_store_put (accounts, account, &error);
      g_assert_no_error (error);
      reason = store (secrets, account, credentials);
    }

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  assert_no_canary_below (folder);

  /* In a home of the test's own, all that anything wrote is below it. */
  if (g_str_equal (g_get_home_dir (), g_get_tmp_dir ()))
    assert_no_canary_below (g_get_home_dir ());
}

static void
test_text (void)
{
  static const char *const none[] = {
    "",
    "x",
    "\"password\"",
    "[\"password\"]",
    "{}",
    "{\"password\":7}",
    "{\"password\":null}",
    "{\"password\":[\"p\"]}",
    "{\"password\":{\"password\":\"p\"}}",
    "{\"x\":{\"password\":\"p\"}}",
    "{\"password\":\"a\\u0000b\"}",
    "{\"password\":\"p\"",
    "{\"password\":\"\xff\"}",
    "{'password':'p'}",
    "{\"token\":\"t\",\"secret_key\":\"s\"}",
  };

  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbCredentials) credentials = new_credentials (method);
      g_autoptr (WbCredentials) parsed = NULL;
      char *text = wb_secret_text_new (credentials);

      parsed = wb_secret_text_parse (text, method, "domain", "user");
      assert_credentials (parsed, credentials);
      wb_wipe_and_free (text);
    }

  {
    g_autoptr (WbCredentials) control = wb_credentials_new_token ("a\x01\x1f\n\x7f€");
    g_autoptr (WbCredentials) parsed = NULL;
    char *text = wb_secret_text_new (control);

    g_assert_cmpstr (text, ==, "{\"token\":\"a\\u0001\\u001f\\u000a\x7f€\"}");
    parsed = wb_secret_text_parse (text, WB_AUTH_TOKEN, "", "");
    assert_credentials (parsed, control);
    wb_wipe_and_free (text);
  }

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_assert_null (wb_secret_text_parse (none[i], WB_AUTH_PASSWORD, "", ""));
      g_assert_null (wb_secret_text_parse (none[i], WB_AUTH_KEY, "", ""));
    }
  wb_wipe_and_free (NULL);
}

static void
test_transient (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbSecrets) later = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account (WB_AUTH_KEY);
  g_autoptr (WbCredentials) credentials = new_credentials (WB_AUTH_KEY);
  g_autoptr (WbCredentials) found = NULL;

  wb_account_set_transient (account, TRUE);
  assert_nothing (secrets, account);
  g_assert_null (store (secrets, account, credentials));
  g_assert_true (wb_secrets_is_kept_in_memory (secrets, wb_account_get_uuid (account)));
  found = look_up (secrets, account);
  assert_credentials (found, credentials);
  assert_nothing (later, account);
}

/* A file that libsecret encrypts. */
static void
test_file_in_process (void)
{
  check_store_works ();
  check_disk ();
  g_assert_true (g_file_test (g_getenv ("SECRET_FILE_TEST_PATH"), G_FILE_TEST_IS_REGULAR));
}

static void
test_none_in_process (void)
{
  check_memory_only ("no keyring");
  check_disk ();
}

static void
test_cancel_in_process (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account (WB_AUTH_TOKEN);
  g_autoptr (WbCredentials) credentials = new_credentials (WB_AUTH_TOKEN);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;

  g_cancellable_cancel (cancellable);

  wb_secrets_store_async (secrets, account, credentials, cancellable, await_cb, &stored);
  await (&stored);
  g_assert_false (wb_secrets_store_finish (secrets, stored, &reason, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (reason);
  g_clear_error (&error);
  g_assert_false (wb_secrets_is_kept_in_memory (secrets, wb_account_get_uuid (account)));

  wb_secrets_lookup_async (secrets, account, cancellable, await_cb, &looked_up);
  await (&looked_up);
  g_assert_null (wb_secrets_lookup_finish (secrets, looked_up, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  wb_secrets_clear_async (secrets, wb_account_get_uuid (account), cancellable, await_cb, &cleared);
  await (&cleared);
  g_assert_false (wb_secrets_clear_finish (secrets, cleared, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Calls that overlap take turns: none of them stands in the way of another for ever, and each sees
 * what those before it have done. */
static void
test_overlap_in_process (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbAccount) first = new_account (WB_AUTH_TOKEN);
  g_autoptr (WbAccount) second = new_account (WB_AUTH_KEY);
  g_autoptr (WbCredentials) of_first = new_credentials (WB_AUTH_TOKEN);
  g_autoptr (WbCredentials) of_second = new_credentials (WB_AUTH_KEY);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[7] = { NULL };

  wb_secrets_store_async (secrets, first, of_first, NULL, await_cb, &results[0]);
  wb_secrets_store_async (secrets, second, of_second, NULL, await_cb, &results[1]);
  wb_secrets_lookup_async (secrets, first, NULL, await_cb, &results[2]);
  wb_secrets_clear_async (secrets, wb_account_get_uuid (first), NULL, await_cb, &results[3]);
  wb_secrets_clear_async (secrets, wb_account_get_uuid (second), cancellable, await_cb,
                          &results[4]);
  wb_secrets_lookup_async (secrets, first, NULL, await_cb, &results[5]);
  wb_secrets_lookup_async (secrets, second, NULL, await_cb, &results[6]);
  g_cancellable_cancel (cancellable);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbCredentials) found = NULL;
      g_autofree char *reason = NULL;

      await (&results[i]);
      if (i < 2)
        g_assert_true (wb_secrets_store_finish (secrets, results[i], &reason, &error));
      else if (i == 3)
        g_assert_true (wb_secrets_clear_finish (secrets, results[i], &error));
      else if (i == 4)
        {
          g_assert_false (wb_secrets_clear_finish (secrets, results[i], &error));
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_clear_error (&error);
        }
      else
        found = wb_secrets_lookup_finish (secrets, results[i], &error);
      g_assert_no_error (error);
      g_assert_null (reason);

      if (i == 2)
        assert_credentials (found, of_first);
      else if (i == 5)
        g_assert_null (found);
      else if (i == 6)
        assert_credentials (found, of_second);
      g_object_unref (results[i]);
    }
}

static void
bus_call (const char *method,
          GVariant   *arguments)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                        "org.freedesktop.Secret.Service", method, arguments, NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* The real thing, unlocked, and then locked with nobody there to unlock it. */
static void
test_keyring_in_process (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account (WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) credentials = new_credentials (WB_AUTH_PASSWORD);
  const char *const collections[] = { "/org/freedesktop/secrets/aliases/default" };

  check_store_works ();

  g_assert_null (store (secrets, account, credentials));
  bus_call ("Lock", g_variant_new ("(@ao)", g_variant_new_objv (collections, 1)));
  assert_nothing (secrets, account);
  check_memory_only ("stayed locked");
}

/* Goes away when it is asked for something. */
static GDBusMessage *
leave_cb (GDBusConnection *bus,
          GDBusMessage    *message,
          gboolean         incoming,
          gpointer         user_data)
{
  if (incoming
      && g_strcmp0 (g_dbus_message_get_interface (message), "org.freedesktop.Secret.Service") == 0)
    g_dbus_connection_close (bus, NULL, NULL, NULL);

  return message;
}

/* A store that dies in the middle of a call is not a reason to lose the secret, and does not
 * count as one that has nothing. */
static void
test_dying_in_process (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account (WB_AUTH_TOKEN);
  g_autoptr (WbCredentials) credentials = new_credentials (WB_AUTH_TOKEN);
  g_autoptr (WbCredentials) found = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GDBusConnection) bus = NULL;
      g_autoptr (GVariant) answer = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      bus = g_dbus_connection_new_for_address_sync (
        g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
        G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
        NULL, NULL, &error);
      g_assert_no_error (error);
      answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                            "org.freedesktop.DBus", "RequestName",
                                            g_variant_new ("(su)", "org.freedesktop.secrets", 0),
                                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
      g_assert_no_error (error);
      g_dbus_connection_add_filter (bus, leave_cb, NULL, NULL);

      if (i == 0)
        {
          wb_secrets_lookup_async (secrets, account, NULL, await_cb, &result);
          await (&result);
          g_assert_null (wb_secrets_lookup_finish (secrets, result, &error));
          g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
        }
      else if (i == 1)
        {
          wb_secrets_clear_async (secrets, wb_account_get_uuid (account), NULL, await_cb, &result);
          await (&result);
          g_assert_false (wb_secrets_clear_finish (secrets, result, &error));
          g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
        }
      else
        {
          wb_secrets_store_async (secrets, account, credentials, NULL, await_cb, &result);
          await (&result);
          g_assert_true (wb_secrets_store_finish (secrets, result, &reason, &error));
          g_assert_no_error (error);
        }
    }

  g_assert_nonnull (strstr (reason, "could not be stored"));
  found = look_up (secrets, account);
  assert_credentials (found, credentials);
}

/* Runs a test of this program in a process of its own. */
static void
run_alone (const char *path)
{
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* Secrets go to a keyring and come back from it. */
static void
test_file (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "secrets.keyring", NULL);
  g_autofree char *sanitizer_options = NULL;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  /* Newer versions of libsecret warn when there is no bus, though they need none for this. */
  g_test_dbus_up (bus);
  run_alone ("/secrets/file/subprocess/cancel");

  /* libsecret 0.20.5 loses the file's entity tag at each save. */
  sanitizer_options = g_strdup (g_getenv ("ASAN_OPTIONS"));
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  run_alone ("/secrets/file/subprocess/works");
  run_alone ("/secrets/file/subprocess/overlap");
  if (sanitizer_options != NULL)
    g_setenv ("ASAN_OPTIONS", sanitizer_options, TRUE);
  else
    g_unsetenv ("ASAN_OPTIONS");
  g_test_dbus_down (bus);
  g_unsetenv ("SECRET_BACKEND");
}

/* Without a keyring they are kept in memory, and in no file. */
static void
test_none (void)
{
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("in a sandbox libsecret looks for the portal, and warns without a bus");
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  run_alone ("/secrets/none/subprocess/memory");
  run_alone ("/secrets/none/subprocess/cancel");

  /* Nor is there an address. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  run_alone ("/secrets/none/subprocess/memory");
}

/* A bus, but nobody on it has secrets. */
static void
test_empty_bus (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL)
    {
      g_test_skip ("dbus-daemon is not installed");
      return;
    }

  g_test_dbus_up (bus);
  run_alone ("/secrets/none/subprocess/memory");
  run_alone ("/secrets/empty-bus/subprocess/dying");
  g_test_dbus_down (bus);
}

/* The daemon's warnings are its own affair. */
#define KEYRING_SCRIPT                                                                     \
  "printf test | gnome-keyring-daemon --unlock --foreground --components=secrets 2>&1 &\n" \
  "keyring=$!\n"                                                                           \
  "trap 'kill $keyring' EXIT\n"                                                            \
  "gdbus wait --session --timeout 30 org.freedesktop.secrets || exit 1\n"                  \
  "G_DEBUG=fatal-warnings \"$0\" -p /secrets/keyring/subprocess/works --GTestSubprocess\n"

static void
test_keyring (void)
{
  g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *session = g_find_program_in_path ("dbus-run-session");
  g_autofree char *gdbus = g_find_program_in_path ("gdbus");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (daemon == NULL || session == NULL || gdbus == NULL)
    {
      g_test_skip ("gnome-keyring-daemon, dbus-run-session or gdbus is not installed");
      return;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  process = g_subprocess_launcher_spawn (launcher, &error, session, "--", "sh", "-c",
                                         KEYRING_SCRIPT, self, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* First, for its bus forks: a copy of a process with threads may hold their locks for ever. */
  g_test_add_func ("/secrets/none", test_none);
  g_test_add_func ("/secrets/text", test_text);
  g_test_add_func ("/secrets/transient", test_transient);
  g_test_add_func ("/secrets/file", test_file);
  g_test_add_func ("/secrets/file/subprocess/works", test_file_in_process);
  g_test_add_func ("/secrets/file/subprocess/cancel", test_cancel_in_process);
  g_test_add_func ("/secrets/file/subprocess/overlap", test_overlap_in_process);
  g_test_add_func ("/secrets/none/subprocess/memory", test_none_in_process);
  g_test_add_func ("/secrets/none/subprocess/cancel", test_cancel_in_process);
  g_test_add_func ("/secrets/empty-bus", test_empty_bus);
  g_test_add_func ("/secrets/empty-bus/subprocess/dying", test_dying_in_process);
  g_test_add_func ("/secrets/keyring", test_keyring);
  g_test_add_func ("/secrets/keyring/subprocess/works", test_keyring_in_process);

  return g_test_run ();
}
