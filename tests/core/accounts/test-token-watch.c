/* test-token-watch.c: tokens that are forgotten when their time is over
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/token-watch.h"

#include <glib/gstdio.h>

#include "await.h"

typedef struct
{
  char           *path;    /* (owned) */
  WbAccountStore *store;   /* (owned) */
  WbSecrets      *secrets; /* (owned) */
  GString        *expired; /* (owned): names of the accounts, in order */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("accounts-%08x.ini", g_random_int ());

  fixture->path = g_build_filename (g_get_user_config_dir (), name, NULL);
  fixture->store = wb_account_store_new (fixture->path);
  fixture->secrets = wb_secrets_new ();
  fixture->expired = g_string_new (NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_unlink (fixture->path);
  g_free (fixture->path);
  g_object_unref (fixture->store);
  g_object_unref (fixture->secrets);
  g_string_free (fixture->expired, TRUE);
}

static char *
dup_time (int seconds_from_now)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) when = g_date_time_add_seconds (now, seconds_from_now);

  return g_date_time_format_iso8601 (when);
}

static void
set_expires (Fixture    *fixture,
             const char *name,
             const char *expires)
{
  WbAccount *stored = wb_account_store_find_by_name (fixture->store, name);
  g_autoptr (WbAccount) account = wb_account_copy (stored);

  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, expires);
  g_assert_true (wb_account_store_put (fixture->store, account, NULL));
}

/* With a token, in memory: libsecret 0.20.5 loses some of its own at each save. */
static void
add (Fixture    *fixture,
     const char *name,
     const char *expires)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbCredentials) token = wb_credentials_new_token ("canary-4711");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reason = NULL;

  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  wb_account_set_transient (account, TRUE);
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, expires);
  g_assert_true (wb_account_store_put (fixture->store, account, NULL));
  wb_secrets_store_async (fixture->secrets, account, token, NULL, await_cb, &result);
  await (&result);
  g_assert_true (wb_secrets_store_finish (fixture->secrets, result, &reason, NULL));
  g_assert_null (reason);
}

static gboolean
has_token (Fixture    *fixture,
           const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  wb_secrets_lookup_async (fixture->secrets,
                           wb_account_store_find_by_name (fixture->store, name), NULL, await_cb,
                           &result);
  await (&result);
  credentials = wb_secrets_lookup_finish (fixture->secrets, result, &error);
  g_assert_no_error (error);

  return credentials != NULL;
}

static void
expired_cb (WbTokenWatch *watch,
            const char   *uuid,
            Fixture      *fixture)
{
  WbAccount *account = wb_account_store_find (fixture->store, uuid);

  g_string_append_printf (fixture->expired, "%s ", wb_account_get (account, WB_ACCOUNT_NAME));
}

static WbTokenWatch *
new_watch (Fixture *fixture)
{
  WbTokenWatch *watch = wb_token_watch_new (fixture->store, fixture->secrets);

  g_signal_connect (watch, "expired", G_CALLBACK (expired_cb), fixture);
  wb_token_watch_start (watch);

  return watch;
}

/* On use, without a watch: it is not given out, and gone for good. */
static void
test_on_use (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *past = dup_time (-1);
  g_autofree char *future = dup_time (3600);

  add (fixture, "A", future);
  g_assert_true (has_token (fixture, "A"));
  set_expires (fixture, "A", past);
  g_assert_false (has_token (fixture, "A"));
  set_expires (fixture, "A", "");
  g_assert_false (has_token (fixture, "A"));
}

static void
test_at_start (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *past = dup_time (-3600);
  g_autofree char *future = dup_time (3600);
  g_autoptr (WbTokenWatch) watch = NULL;

  add (fixture, "A", past);
  add (fixture, "B", future);
  add (fixture, "C", "");
  watch = new_watch (fixture);
  g_assert_cmpstr (fixture->expired->str, ==, "A ");

  /* Not because it is looked up: its expiry is taken away before. */
  set_expires (fixture, "A", "");
  g_assert_false (has_token (fixture, "A"));
  g_assert_true (has_token (fixture, "B"));
  g_assert_true (has_token (fixture, "C"));

  /* Each expiry once, whatever else changes; another one anew. */
  set_expires (fixture, "C", past);
  set_expires (fixture, "B", "");
  g_assert_cmpstr (fixture->expired->str, ==, "A C ");
}

/* A token is forgotten when it expires, and no other with it. */
static void
test_in_time (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *soon = dup_time (1);
  g_autoptr (WbTokenWatch) watch = new_watch (fixture);

  add (fixture, "A", soon);
  add (fixture, "B", "");
  g_assert_cmpstr (fixture->expired->str, ==, "");
  while (fixture->expired->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->expired->str, ==, "A ");
  set_expires (fixture, "A", "");
  g_assert_false (has_token (fixture, "A"));
  g_assert_true (has_token (fixture, "B"));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *secrets = g_build_filename (g_get_home_dir (), "secrets.keyring", NULL);
  g_autoptr (GTestDBus) bus = NULL;
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);

  /* In a sandbox, newer versions of libsecret warn when there is no bus. */
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/token-watch/on-use", test_on_use);
  ADD ("/token-watch/at-start", test_at_start);
  ADD ("/token-watch/in-time", test_in_time);
#undef ADD

  status = g_test_run ();
  g_test_dbus_stop (bus);

  return status;
}
