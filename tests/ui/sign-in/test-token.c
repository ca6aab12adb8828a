/* test-token.c: a pasted token, and when it expires
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "account-fixture.h"

#include "sample/sample-service.h"

typedef struct
{
  AccountFixture   base;
  WbSampleService *service; /* (owned) */
  WbAccount       *account; /* (owned): complete, and not stored */
  WbCredentials   *token;   /* (owned) */
  GtkWidget       *window;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (WbAccount) sample = NULL;

  account_fixture_set_up (&fixture->base, data);
  fixture->service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (fixture->service, 0, NULL));
  sample = wb_sample_service_dup_account (fixture->service, WB_AUTH_TOKEN);
  fixture->account = wb_account_duplicate (sample, "Token");
  fixture->token = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_TOKEN);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  account_fixture_tear_down (&fixture->base, data);
  g_clear_pointer (&fixture->token, wb_credentials_unref);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->service);
}

static void
open_window (Fixture   *fixture,
             WbAccount *account)
{
  fixture->window = account_fixture_open (&fixture->base, account);
}

static WbAccount *
get_stored (Fixture *fixture)
{
  return wb_account_store_find (fixture->base.store, wb_account_get_uuid (fixture->account));
}

static const char *
get_expires (Fixture *fixture)
{
  WbAccount *account = get_stored (fixture);

  return account != NULL ? wb_account_get (account, WB_ACCOUNT_TOKEN_EXPIRES) : "";
}

static void
type_token (Fixture *fixture)
{
  type_into (fixture->window, "Token", wb_credentials_get_token (fixture->token));
}

static void
save (Fixture *fixture)
{
  click (fixture->window, "_Save");
  WAIT_FOR (find_window ("Add Account") == NULL && find_window ("Edit Account") == NULL);
}

static void
check (Fixture *fixture)
{
  GtkWidget *window;

  click (fixture->window, "C_heck Account…");
  WAIT_FOR ((window = find_window ("Check Account")) != NULL);
  WAIT_FOR (find_button (window, "Check _Again") != NULL);
  g_assert_true (shows (window, "All steps passed"));
  click (window, "_Close");
  WAIT_FOR (find_window ("Check Account") == NULL);
}

/* Asked in the background after it was stored, and shown from then on. */
static void
test_saved (Fixture      *fixture,
            gconstpointer data)
{
  open_window (fixture, fixture->account);
  type_token (fixture);
  save (fixture);
  WAIT_FOR (*get_expires (fixture) != '\0');

  open_window (fixture, get_stored (fixture));
  WAIT_FOR (shows (fixture->window, "Stored · Valid until 20"));
  g_assert_false (gtk_widget_is_sensitive (find_button (fixture->window, "_Save")));
}

/* A check finds the date too; it goes with the token that was checked. */
static void
test_checked (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbCredentials) kept = NULL;

  open_window (fixture, fixture->account);
  type_token (fixture);
  g_assert_false (shows (fixture->window, "Valid until"));
  check (fixture);
  WAIT_FOR (shows (fixture->window, "Valid until 20"));
  type_into (fixture->window, "Token", "another-token");
  g_assert_false (shows (fixture->window, "Valid until"));

  type_token (fixture);
  check (fixture);
  WAIT_FOR (shows (fixture->window, "Valid until 20"));
  click (fixture->window, "_Save");
  g_assert_cmpstr (get_expires (fixture), !=, "");
  WAIT_FOR (find_window ("Add Account") == NULL);
  kept = account_fixture_dup_secret (&fixture->base, get_stored (fixture));
  g_assert_cmpstr (wb_credentials_get_token (kept), ==, wb_credentials_get_token (fixture->token));
}

/* The date of the stored token is not a change that a person made. */
static void
test_check_stored (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (WbAccount) account = NULL;

  open_window (fixture, fixture->account);
  type_token (fixture);
  save (fixture);
  WAIT_FOR (*get_expires (fixture) != '\0');
  account = wb_account_copy (get_stored (fixture));
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "");
  wb_account_store_put (fixture->base.store, account, NULL);

  open_window (fixture, get_stored (fixture));
  WAIT_FOR (shows (fixture->window, "Stored"));
  g_assert_false (shows (fixture->window, "Valid until"));
  check (fixture);
  WAIT_FOR (shows (fixture->window, "Stored · Valid until 20"));
  g_assert_cmpstr (get_expires (fixture), !=, "");
  g_assert_false (gtk_widget_is_sensitive (find_button (fixture->window, "_Save")));
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_FOR (find_window ("Edit Account") == NULL);
}

/* One that is over is gone, and its expiry does not take the next one along. */
static void
test_expired (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbCredentials) kept = NULL;

  open_window (fixture, fixture->account);
  type_token (fixture);
  save (fixture);
  WAIT_FOR (*get_expires (fixture) != '\0');
  account = wb_account_copy (get_stored (fixture));
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "2026-01-02T03:04:05Z");
  wb_account_store_put (fixture->base.store, account, NULL);

  open_window (fixture, get_stored (fixture));
  WAIT_FOR (shows (fixture->window, "The token expired on 2026-01-02 03:04 and was removed."));
  type_token (fixture);
  save (fixture);
  kept = account_fixture_dup_secret (&fixture->base, get_stored (fixture));
  g_assert_nonnull (kept);
  WAIT_FOR (*get_expires (fixture) != '\0');
  g_assert_cmpstr (get_expires (fixture), !=, "2026-01-02T03:04:05Z");
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  g_test_add ("/token/saved", Fixture, NULL, set_up, test_saved, tear_down);
  g_test_add ("/token/checked", Fixture, NULL, set_up, test_checked, tear_down);
  g_test_add ("/token/check-stored", Fixture, NULL, set_up, test_check_stored, tear_down);
  g_test_add ("/token/expired", Fixture, NULL, set_up, test_expired, tear_down);

  return g_test_run ();
}
