/* test-cli-accounts.c: `waybill-cli export` with stored accounts and their secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-run.h"
#include "core/accounts/account-store.h"
#include "core/accounts/secrets.h"
#include "core/json-scan.h"
#include "sample/sample-service.h"

typedef struct
{
  WbSampleService *service;
  WbAccountStore  *store;
  char            *folder;
  char            *password; /* NAME=VALUE for the environment */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = cli_make_folder ();
  fixture->service = wb_sample_service_new ();
  wb_sample_service_start (fixture->service, 0, &error);
  g_assert_no_error (error);
  credentials = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_PASSWORD);
  fixture->password = g_strconcat ("WAYBILL_PASSWORD=", wb_credentials_get_password (credentials),
                                   NULL);

  g_remove (path);
  fixture->store = wb_account_store_new (path);
  wb_account_store_load (fixture->store, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  wb_sample_service_stop (fixture->service);
  g_object_unref (fixture->service);
  g_object_unref (fixture->store);
  cli_remove_folder (fixture->folder);
  g_free (fixture->password);
}

/* An account for the sample service with so many of its workspaces. */
static WbAccount *
add_account (Fixture     *fixture,
             const char  *name,
             WbAuthMethod method,
             guint        n_workspaces)
{
  g_autoptr (WbAccount) sample = wb_sample_service_dup_account (fixture->service, method);
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (GError) error = NULL;

  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    wb_account_set (account, field, wb_account_get (sample, field));
  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set_auth_method (account, method);
  for (guint i = 0; i < n_workspaces; i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (
        wb_account_get_workspaces (sample), i);

      g_list_store_append (workspaces, workspace);
    }
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));

  wb_account_store_put (fixture->store, account, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&account);
}

/* `export --json --force` and up to four more arguments. */
static CliRun *
run_export (Fixture    *fixture,
            const char *variable,
            const char *one,
            const char *two,
            const char *three,
            const char *four)
{
  const char *const environment[] = { variable, NULL };
  const char *const arguments[] = { "export", "--json", "--force", one, two, three, four, NULL };
  CliRun           *run = cli_run (fixture->folder, environment, arguments);

  g_test_message ("%s", run->err->str);

  return run;
}

static void
assert_workspace (CliRun     *run,
                  const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (run->out->str, run->out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "workspace"), ==,
                   id);
}

static const char *
get_id (WbAccount *account,
        guint      index)
{
  g_autoptr (WbWorkspace) workspace = g_list_model_get_item (wb_account_get_workspaces (account),
                                                             index);

  return wb_workspace_get_id (workspace);
}

static const char *
get_name (WbAccount *account,
          guint      index)
{
  g_autoptr (WbWorkspace) workspace = g_list_model_get_item (wb_account_get_workspaces (account),
                                                             index);

  return wb_workspace_get_name (workspace);
}

/* One account with one workspace leaves nothing to say. */
static void
test_only_one (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "Größe <b>&", WB_AUTH_PASSWORD, 1);
  g_autoptr (CliRun) run = run_export (fixture, fixture->password, NULL, NULL, NULL, NULL);
  g_autoptr (CliRun) named = run_export (fixture, fixture->password, "--account", "Größe <b>&",
                                         NULL, NULL);
  g_autoptr (CliRun) other = run_export (fixture, fixture->password, "--account", "Kleine", NULL,
                                         NULL);

  assert_workspace (run, get_id (account, 0));
  assert_workspace (named, get_id (account, 0));
  g_assert_cmpint (other->status, ==, 2);
  g_assert_nonnull (strstr (other->err->str, "“Kleine”"));
  g_assert_nonnull (strstr (other->err->str, "“Größe <b>&”"));
}

static void
test_several (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbAccount) one = add_account (fixture, "One", WB_AUTH_PASSWORD, 0);
  g_autoptr (WbAccount) two = add_account (fixture, "Two", WB_AUTH_PASSWORD, 3);
  g_autoptr (CliRun) neither = run_export (fixture, fixture->password, NULL, NULL, NULL, NULL);
  g_autoptr (CliRun) first = run_export (fixture, fixture->password, "--account", "One", NULL,
                                         NULL);
  g_autoptr (CliRun) none = run_export (fixture, fixture->password, "--account", "Two", NULL, NULL);
  g_autoptr (CliRun) by_name = run_export (fixture, fixture->password, "--account", "Two",
                                           "--workspace", get_name (two, 1));
  g_autoptr (CliRun) by_id = run_export (fixture, fixture->password, "--account", "Two",
                                         "--workspace", get_id (two, 1));

  g_assert_cmpint (neither->status, ==, 2);
  g_assert_nonnull (strstr (neither->err->str, "“One”, “Two”"));

  /* Without workspaces it is the service's default one. */
  assert_workspace (first, "");

  g_assert_cmpint (none->status, ==, 2);
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (strstr (none->err->str, get_name (two, i)));
  assert_workspace (by_name, get_id (two, 1));
  assert_workspace (by_id, get_id (two, 1));
}

static void
test_key (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "Key", WB_AUTH_KEY, 1);
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             WB_AUTH_KEY);
  g_autofree char  *access_key = g_strconcat ("WAYBILL_ACCESS_KEY=",
                                              wb_credentials_get_access_key (credentials), NULL);
  g_autofree char  *secret_key = g_strconcat ("WAYBILL_SECRET_KEY=",
                                              wb_credentials_get_secret_key (credentials), NULL);
  const char *const environment[] = { access_key, secret_key, NULL };
  const char *const arguments[] = { "export", "--json", NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);

  /* The account's own way to sign in is taken. */
  assert_workspace (run, get_id (account, 0));
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean        *done = user_data;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_secrets_store_finish (WB_SECRETS (source), result, &reason, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (reason, ==, NULL);
  *done = TRUE;
}

/* libsecret's file, which needs no daemon. */
static void
test_secret_store (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "Stored", WB_AUTH_PASSWORD, 1);
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             WB_AUTH_PASSWORD);
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (CliRun) stored = NULL;
  g_autoptr (CliRun) from_environment = NULL;
  g_autoptr (CliRun) other_method = NULL;
  gboolean done = FALSE;

  wb_secrets_store_async (secrets, account, credentials, NULL, stored_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  stored = run_export (fixture, NULL, NULL, NULL, NULL, NULL);
  assert_workspace (stored, get_id (account, 0));

  /* The environment goes first. */
  from_environment = run_export (fixture, "WAYBILL_PASSWORD=wrong", NULL, NULL, NULL, NULL);
  g_assert_cmpint (from_environment->status, ==, 3);

  /* A stored password is not a token. */
  other_method = run_export (fixture, NULL, "--auth", "token", NULL, NULL);
  g_assert_cmpint (other_method->status, ==, 2);
  g_assert_nonnull (strstr (other_method->err->str, "WAYBILL_TOKEN"));
}

/* Nothing stored, and no terminal to ask on. */
/* It was stored before keys were looked at; it is refused unsent, and its place is named. */
static void
test_stored_space (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbSecrets) secrets = NULL;
  g_autoptr (CliRun) run = NULL;
  gboolean done = FALSE;

  /* libsecret leaks some bytes with a second secret, in the process as in the file. */
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_remove (g_getenv ("SECRET_FILE_TEST_PATH"));
  account = add_account (fixture, "Spaced", WB_AUTH_KEY, 1);
  credentials = wb_credentials_new_key ("AK", "CANARY ", NULL);
  secrets = wb_secrets_new ();
  wb_secrets_store_async (secrets, account, credentials, NULL, stored_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  run = run_export (fixture, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_nonnull (strstr (run->err->str, "stored for the account “Spaced”"));
  g_assert_nonnull (strstr (run->err->str, "space"));
  g_assert_null (strstr (run->err->str, "CANARY"));
}

/* What is stored in the window goes before a variable for all programs. */
static void
test_os_cloud (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "Only", WB_AUTH_PASSWORD, 1);
  const char *const environment[] = { fixture->password, "OS_CLOUD=nowhere", NULL };
  const char *const arguments[] = { "export", "--json", NULL };
  g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);

  assert_workspace (run, get_id (account, 0));
  g_assert_cmpstr (run->err->str, ==, "");
}

static void
test_no_secret (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "None", WB_AUTH_PASSWORD, 1);
  g_autoptr (CliRun) run = run_export (fixture, NULL, NULL, NULL, NULL, NULL);

  g_assert_cmpint (run->status, ==, 2);
  g_assert_nonnull (strstr (run->err->str, "WAYBILL_PASSWORD"));
}

/* No session bus, so no keyring: the way out is the same. */
static void
test_no_store (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (WbAccount) account = add_account (fixture, "None", WB_AUTH_PASSWORD, 1);
  g_autoptr (CliRun) without = NULL;
  const char *const environment[] = { "SECRET_BACKEND=service", fixture->password, NULL };
  const char *const arguments[] = { "export", "--json", NULL };
  g_autoptr (CliRun) with = NULL;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("in a sandbox libsecret looks for the portal, and warns without a bus");
      return;
    }

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  without = run_export (fixture, "SECRET_BACKEND=service", NULL, NULL, NULL, NULL);
  g_assert_cmpint (without->status, ==, 2);
  g_assert_nonnull (strstr (without->err->str, "WAYBILL_PASSWORD"));

  /* With the secret at hand the store is not asked. */
  with = cli_run (fixture->folder, environment, arguments);
  assert_workspace (with, get_id (account, 0));
  g_assert_cmpstr (with->err->str, ==, "");
}

/* A setting that somebody took out of the file. */
static void
test_bad_setting (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccount) account = add_account (fixture, "Edited", WB_AUTH_PASSWORD, 1);
  g_autofree char *before = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("(?m)^project-id=.*$", 0, 0, NULL);
  g_autofree char *after = NULL;
  g_autoptr (CliRun) run = NULL;

  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_true (g_regex_match (regex, before, 0, NULL));
  after = g_regex_replace_literal (regex, before, -1, 0, "", 0, NULL);
  g_assert_true (g_file_set_contents (path, after, -1, NULL));

  run = run_export (fixture, fixture->password, NULL, NULL, NULL, NULL);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_nonnull (strstr (run->err->str, "“Edited”"));
}

/* A file of accounts that cannot be read is not a reason to forget them. */
static void
test_bad_file (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autofree char *after = NULL;
  g_autoptr (CliRun) run = NULL;

  g_assert_true (g_file_set_contents (path, "this is\033 no key file", -1, NULL));
  run = run_export (fixture, fixture->password, NULL, NULL, NULL, NULL);
  g_assert_cmpint (run->status, >, 0);
  g_assert_cmpint (run->status, !=, 130);
  g_assert_null (strchr (run->err->str, '\033'));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "this is\033 no key file");
}

/* What a refusal says of “the account” is about this one. */
static void
test_named (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (WbAccount) one = add_account (fixture, "One", WB_AUTH_PASSWORD, 1);
  g_autoptr (WbAccount) two = add_account (fixture, "Two", WB_AUTH_PASSWORD, 1);
  g_autoptr (CliRun) run = run_export (fixture, "WAYBILL_PASSWORD=wrong", "--account", "Two", NULL,
                                       NULL);

  g_assert_cmpint (run->status, ==, 3);
  g_assert_nonnull (strstr (run->err->str, "The account is “Two”."));
}

/* `accounts` shows all but secrets, in lines that are the same in every locale. */
static void
test_accounts (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const list[] = { "accounts", NULL };
  static const char *const list_json[] = { "accounts", "list", "--json", NULL };
  static const char *const show[] = { "accounts", "show", "Zwei\tTab", NULL };
  static const char *const show_json[] = { "accounts", "show", "One", "--json", NULL };
  static const struct
  {
    const char *arguments[5];
    const char *says;
  } refused[] = {
    { { "accounts", "show", "Three", NULL }, "“Three”" },
    { { "accounts", "show", NULL }, "several accounts" },
    { { "accounts", "frobnicate", NULL }, "“frobnicate”" },
    { { "accounts", "show", "One", "more", NULL }, "“more”" },
    { { "accounts", "list", "One", NULL }, "“One”" },
  };
  g_autoptr (WbAccount) one = add_account (fixture, "One", WB_AUTH_PASSWORD, 2);
  g_autoptr (WbAccount) two = add_account (fixture, "Zwei\tTab", WB_AUTH_KEY, 0);
  g_autofree char  *workspace = g_strdup_printf ("workspace\t%s\t%s\n", get_id (one, 1),
                                                 get_name (one, 1));
  const char *const all[] = { "accounts", "show", "One", NULL };
  g_autoptr (CliRun) lines = cli_run (fixture->folder, NULL, list);
  g_autoptr (CliRun) json = cli_run (fixture->folder, NULL, list_json);
  g_autoptr (CliRun) shown = cli_run (fixture->folder, NULL, show);
  g_autoptr (CliRun) shown_all = cli_run (fixture->folder, NULL, all);
  g_autoptr (CliRun) object = cli_run (fixture->folder, NULL, show_json);
  g_autoptr (JsonNode) node = wb_json_parse (json->out->str, json->out->len, NULL);
  g_autoptr (JsonNode) account = wb_json_parse (object->out->str, object->out->len, NULL);

  g_assert_cmpint (lines->status, ==, 0);
  g_assert_true (g_str_has_prefix (lines->out->str, "One\tpassword\tother\thttp://127.0.0.1:"));
  g_assert_nonnull (strstr (lines->out->str, "\nZwei\\x09Tab\tkey\tother\t"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 2);
  g_assert_nonnull (strstr (shown->out->str, "name\tZwei\\x09Tab\n"));
  g_assert_nonnull (strstr (shown->out->str, "auth\tkey\n"));
  g_assert_nonnull (strstr (shown_all->out->str, workspace));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (account), "name"), ==,
                   "One");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      json_node_get_object (account), "workspaces")),
                    ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (CliRun) run = cli_run (fixture->folder, NULL, refused[i].arguments);

      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, refused[i].says));
    }
}

/* The first line of an export and of a check names the account's mark. */
static void
test_mark (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const export[] = { "export", "-o", "a.zip", NULL };
  static const char *const json[] = { "export", "-o", "b.zip", "--json", NULL };
  static const char *const check[] = { "check", NULL };
  static const char *const list[] = { "accounts", NULL };
  g_autoptr (WbAccount) added = add_account (fixture, "Berlin", WB_AUTH_PASSWORD, 1);
  g_autoptr (WbAccount) account = wb_account_copy (added);
  const char *environment[] = { fixture->password, NULL };
  g_autoptr (CliRun) exported = NULL;
  g_autoptr (CliRun) object = NULL;
  g_autoptr (CliRun) checked = NULL;
  g_autoptr (CliRun) listed = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_MARK, "Prod\u202eX");
  g_assert_true (wb_account_store_put (fixture->store, account, &error));
  exported = cli_run (fixture->folder, environment, export);
  object = cli_run (fixture->folder, environment, json);
  checked = cli_run (fixture->folder, environment, check);
  listed = cli_run (fixture->folder, NULL, list);

  g_assert_true (g_str_has_prefix (exported->out->str, "[Prod\\u{202E}X] Saved a.zip: "));
  g_assert_nonnull (strstr (object->out->str, "\"mark\""));
  g_assert_true (g_str_has_prefix (checked->out->str, "[Prod\\u{202E}X] "));
  g_assert_true (g_str_has_suffix (listed->out->str, "\tProd\\u{202E}X\n"));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *secrets = g_build_filename (g_getenv ("HOME"), "secrets", NULL);
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/cli/accounts/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("only-one", test_only_one);
  ADD ("several", test_several);
  ADD ("key", test_key);
  ADD ("secret-store", test_secret_store);
  ADD ("no-secret", test_no_secret);
  ADD ("stored-space", test_stored_space);
  ADD ("os-cloud", test_os_cloud);
  ADD ("no-store", test_no_store);
  ADD ("bad-setting", test_bad_setting);
  ADD ("bad-file", test_bad_file);
  ADD ("named", test_named);
  ADD ("accounts", test_accounts);
  ADD ("mark", test_mark);
#undef ADD

  /* Newer versions of libsecret warn when there is no bus, though they need none for a file. */
  g_test_dbus_up (bus);
  status = g_test_run ();
  g_test_dbus_stop (bus);

  return status;
}
