/* test-keyring.c: secrets in a real gnome-keyring, unlocked, locked and absent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets.h"

#include <string.h>

#include "await.h"
#include "peer.h"

#define UUID "0f9b2f6e-3c0a-4f3c-9a51-5d7c5d1f2a10"
#define PASSWORD "canary \"\\ Grüße 密码"

static WbAccount *
new_account (void)
{
  WbAccount *account = wb_account_new_with_uuid (UUID);

  wb_account_set (account, WB_ACCOUNT_NAME, "Keyring <b>&");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "user");

  return account;
}

/* Returns why it is kept in memory. */
static char *
store (WbSecrets *secrets)
{
  g_autoptr (WbAccount) account = new_account ();
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("domain", "user", PASSWORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;
  char *reason = NULL;

  wb_secrets_store_async (secrets, account, credentials, NULL, await_cb, &wait);
  g_assert_true (wb_secrets_store_finish (secrets, await (&wait), &reason, &error));
  g_assert_no_error (error);

  return reason;
}

static void
assert_kept (WbSecrets *secrets,
             gboolean   kept)
{
  g_autoptr (WbAccount) account = new_account ();
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;

  wb_secrets_lookup_async (secrets, account, NULL, await_cb, &wait);
  credentials = wb_secrets_lookup_finish (secrets, await (&wait), &error);
  g_assert_no_error (error);
  g_assert_cmpint (credentials != NULL, ==, kept);
  if (kept)
    g_assert_cmpstr (wb_credentials_get_password (credentials), ==, PASSWORD);
}

static void
test_fill (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autofree char *reason = store (secrets);

  g_assert_null (reason);
}

/* Secrets go to a real keyring and come back from it. */
static void
test_unlocked (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbSecrets) others = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account ();
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;

  assert_kept (secrets, FALSE);
  reason = store (secrets);
  g_assert_null (reason);
  g_assert_false (wb_secrets_is_kept_in_memory (secrets, UUID));
  assert_kept (others, TRUE);

  wb_secrets_clear_async (secrets, UUID, NULL, await_cb, &wait);
  wb_secrets_clear_finish (secrets, await (&wait), &error);
  g_assert_no_error (error);
  assert_kept (others, FALSE);

  /* A token whose time is over is taken out at the next look. */
  g_free (store (secrets));
  assert_kept (others, TRUE);
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "2026-01-01T00:00:00Z");
  {
    g_autoptr (GAsyncResult) look = NULL;

    wb_secrets_lookup_async (others, account, NULL, await_cb, &look);
    g_assert_null (wb_secrets_lookup_finish (others, await (&look), &error));
    g_assert_no_error (error);
  }
  assert_kept (others, FALSE);
}

/* Nobody is there to type the keyring's password. */
static void
test_locked (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autofree char *reason = NULL;

  assert_kept (secrets, FALSE);
  reason = store (secrets);
  g_assert_nonnull (reason);
  g_test_message ("%s", reason);
  g_assert_null (strstr (reason, "canary"));
  g_assert_true (wb_secrets_is_kept_in_memory (secrets, UUID));
  assert_kept (secrets, TRUE);
}

static void
test_absent (void)
{
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autofree char *reason = NULL;

  assert_kept (secrets, FALSE);
  reason = store (secrets);
  g_assert_nonnull (strstr (reason, "no keyring"));
  assert_kept (secrets, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  const char *state = g_getenv ("KEYRING");

  g_test_init (&argc, &argv, NULL);

  if (g_strcmp0 (state, "fill") == 0)
    g_test_add_func ("/keyring/fill", test_fill);
  else if (g_strcmp0 (state, "unlocked") == 0)
    g_test_add_func ("/keyring/unlocked", test_unlocked);
  else if (g_strcmp0 (state, "locked") == 0)
    g_test_add_func ("/keyring/locked", test_locked);
  else
    g_test_add_func ("/keyring/absent", test_absent);

  return g_test_run ();
}
