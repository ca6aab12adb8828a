/* test-keyring-faults.c: each call to the keyring fails in turn, in each way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets.h"

#include <string.h>

#include "await.h"
#include "core/error.h"
#include "fault-keyring.h"

#define PASSWORD "canary-7c1f ä"

/* What a call meets; the last error is one that nobody has heard of. */
static const char *const ways[] = {
  FAULT_KEYRING_IS_SILENT,
  FAULT_KEYRING_LEAVES,
  FAULT_KEYRING_IS_ODD,
  "org.freedesktop.DBus.Error.Failed",
  "org.freedesktop.DBus.Error.NoReply",
  "org.freedesktop.DBus.Error.LimitsExceeded",
  "org.freedesktop.DBus.Error.AccessDenied",
  "org.freedesktop.DBus.Error.UnknownMethod",
  "org.freedesktop.DBus.Error.UnknownObject",
  "org.freedesktop.Secret.Error.IsLocked",
  "org.freedesktop.Secret.Error.NoSession",
  "org.freedesktop.Secret.Error.NoSuchObject",
  "org.example.Odd",
};

typedef enum
{
  LOOK_UP,
  STORE,
  CLEAR,
  N_ACTS,
} Act;

static const char *const act_names[N_ACTS] = { "look-up", "store", "clear" };

static WbAccount *
new_account (void)
{
  WbAccount *account = wb_account_new ();

  wb_account_set (account, WB_ACCOUNT_NAME, "Größe");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "user");

  return account;
}

/* A sentence of ours, without a word of the keyring's, which may be about a secret. */
static void
assert_sentence (const char *text)
{
  g_test_message ("%s", text);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strstr (text, "words"));
  g_assert_null (strstr (text, "canary"));
  g_assert_null (strstr (text, "DBus"));
}

static void
assert_password (WbCredentials *credentials)
{
  g_assert_nonnull (credentials);
  g_assert_true (g_str_equal (wb_credentials_get_password (credentials), PASSWORD));
}

static void
start (Act            act,
       WbSecrets     *secrets,
       WbAccount     *account,
       GCancellable  *cancellable,
       GAsyncResult **result)
{
  g_autoptr (WbCredentials) credentials = NULL;

  switch (act)
    {
    case LOOK_UP:
      wb_secrets_lookup_async (secrets, account, cancellable, await_cb, result);
      break;
    case STORE:
      credentials = wb_credentials_new_password ("domain", "user", PASSWORD);
      wb_secrets_store_async (secrets, account, credentials, cancellable, await_cb, result);
      break;
    case CLEAR:
    case N_ACTS:
    default:
      wb_secrets_clear_async (secrets, wb_account_get_uuid (account), cancellable, await_cb,
                              result);
      break;
    }
}

static WbCredentials *
look_up (WbSecrets *secrets,
         WbAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbCredentials *found;

  wb_secrets_lookup_async (secrets, account, NULL, await_cb, &result);
  found = wb_secrets_lookup_finish (secrets, await (&result), &error);
  g_assert_no_error (error);

  return found;
}

/* What is said of the end, and whether it is true. Afterwards there is a keyring again. */
static void
judge (Act           act,
       WbSecrets    *secrets,
       WbAccount    *account,
       GAsyncResult *result,
       FaultKeyring *keyring,
       gboolean      cancelled)
{
  g_autoptr (WbCredentials) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  const char      *uuid = wb_account_get_uuid (account);
  gboolean         done;

  switch (act)
    {
    case LOOK_UP:
      found = wb_secrets_lookup_finish (secrets, result, &error);
      if (found != NULL)
        assert_password (found);
      break;
    case STORE:
      done = wb_secrets_store_finish (secrets, result, &reason, &error);
      g_assert_cmpint (done, ==, error == NULL);
      g_assert_cmpint (wb_secrets_is_kept_in_memory (secrets, uuid), ==, reason != NULL);
      if (reason != NULL)
        assert_sentence (reason);
      else if (done)
        g_assert_cmpuint (fault_keyring_get_n_items (keyring), ==, 1);
      break;
    case CLEAR:
    case N_ACTS:
    default:
      done = wb_secrets_clear_finish (secrets, result, &error);
      g_assert_cmpint (done, ==, error == NULL);
      /* Nobody is told that it is gone while it is there. */
      if (done)
        g_assert_cmpuint (fault_keyring_get_n_items (keyring), ==, 0);
      break;
    }

  if (cancelled)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else if (error != NULL)
    {
      g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
      assert_sentence (error->message);
    }
}

/* Returns: whether the call was made that was to fail */
static gboolean
try (Act         act,
     guint       at,
     const char *how)
{
  FaultKeyring *keyring = fault_keyring_new ();
  g_autoptr (WbSecrets) secrets = wb_secrets_new ();
  g_autoptr (WbAccount) account = new_account ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbCredentials) found = NULL;
  gboolean has_failed;
  gboolean leaves = g_str_equal (how, FAULT_KEYRING_LEAVES);

  g_test_message ("%s %u: %s", act_names[act], at, how);
  if (act != STORE)
    fault_keyring_put (keyring, wb_account_get_uuid (account), "{\"password\":\"" PASSWORD "\"}");
  fault_keyring_fail (keyring, at, how);
  start (act, secrets, account, cancellable, &result);
  while (result == NULL)
    {
      /* Without an answer it goes on until a person has enough of it. */
      if (g_str_equal (how, FAULT_KEYRING_IS_SILENT) && fault_keyring_has_failed (keyring))
        g_cancellable_cancel (cancellable);
      g_main_context_iteration (NULL, TRUE);
    }
  has_failed = fault_keyring_has_failed (keyring);
  judge (act, secrets, account, result, keyring, g_cancellable_is_cancelled (cancellable));

  /* The next call is none the worse for it. */
  fault_keyring_fail (keyring, 0, NULL);
  if (has_failed && leaves)
    {
      fault_keyring_free (keyring);
      keyring = fault_keyring_new ();
      if (act == LOOK_UP)
        fault_keyring_put (keyring, wb_account_get_uuid (account),
                           "{\"password\":\"" PASSWORD "\"}");
    }
  found = look_up (secrets, account);
  if (act == LOOK_UP || (act == STORE && !g_cancellable_is_cancelled (cancellable)))
    assert_password (found);
  fault_keyring_free (keyring);

  return has_failed;
}

static void
test_each_call (gconstpointer data)
{
  Act   act = (Act) GPOINTER_TO_INT (data);
  guint n_faults = 0;

  /* That there is a keyring is known by then. */
  g_assert_true (try (LOOK_UP, 1, "org.example.Odd"));
  fault_keyring_bear ();
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      for (guint at = 1; try (act, at, ways[i]); at++)
        n_faults++;
    }
  g_test_message ("%s: %u faults", act_names[act], n_faults);
  g_assert_cmpuint (n_faults, >=, G_N_ELEMENTS (ways));
}

/* A locked keyring asks a person, who opens it, closes the question, or is not there. */
static void
test_locked (void)
{
  fault_keyring_bear ();
  for (FaultKeyringLock lock = FAULT_KEYRING_UNLOCKS; lock <= FAULT_KEYRING_UNANSWERED; lock++)
    {
      for (Act act = LOOK_UP; act < N_ACTS; act++)
        {
          FaultKeyring *keyring = fault_keyring_new ();
          g_autoptr (WbSecrets) secrets = wb_secrets_new ();
          g_autoptr (WbAccount) account = new_account ();
          g_autoptr (GCancellable) cancellable = g_cancellable_new ();
          g_autoptr (GAsyncResult) result = NULL;

          g_test_message ("%s, lock %d", act_names[act], lock);
          if (act != STORE)
            fault_keyring_put (keyring, wb_account_get_uuid (account),
                               "{\"password\":\"" PASSWORD "\"}");
          fault_keyring_lock (keyring, lock);
          start (act, secrets, account, cancellable, &result);
          while (result == NULL)
            {
              if (lock == FAULT_KEYRING_UNANSWERED && fault_keyring_is_asking (keyring))
                g_cancellable_cancel (cancellable);
              g_main_context_iteration (NULL, TRUE);
            }
          judge (act, secrets, account, result, keyring, lock == FAULT_KEYRING_UNANSWERED);
          fault_keyring_lock (keyring, FAULT_KEYRING_OPEN);
          /* Who waits for the answer is cancelled at once; the next has its turn even if the
           * question stays there for ever. */
          if (lock == FAULT_KEYRING_UNANSWERED)
            {
              fault_keyring_free (keyring);
              keyring = fault_keyring_new ();
              fault_keyring_put (keyring, wb_account_get_uuid (account),
                                 "{\"password\":\"" PASSWORD "\"}");
            }
          if (act != CLEAR)
            {
              g_autoptr (WbCredentials) found = look_up (secrets, account);

              assert_password (found);
            }
          fault_keyring_free (keyring);
        }
    }
}

/* libsecret 0.20.5 loses calls that fail in some ways. */
const char *__lsan_default_options (void);

const char *
__lsan_default_options (void)
{
  return "detect_leaks=0";
}

int
main (int   argc,
      char *argv[])
{
  /* Never freed: calls that libsecret has lost hold its connection. */
  static GTestDBus *bus;
  int               status;

  g_test_init (&argc, &argv, NULL);
  bus = fault_keyring_begin_bus ();
  if (bus == NULL)
    return 0;

  for (Act act = LOOK_UP; act < N_ACTS; act++)
    {
      g_autofree char *path = g_strconcat ("/keyring-faults/", act_names[act], NULL);

      g_test_add_data_func (path, GINT_TO_POINTER (act), test_each_call);
    }
  g_test_add_func ("/keyring-faults/locked", test_locked);
  status = g_test_run ();
  g_test_dbus_stop (bus);

  return status;
}
