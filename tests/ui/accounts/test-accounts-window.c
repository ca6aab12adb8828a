/* test-accounts-window.c: the list of accounts, removing one, and undoing that
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/accounts-window.h"

#include <string.h>

#include "account-fixture.h"
#include "ring.h"
#include "ui/accounts/account-window.h"

static GtkWidget *
open_window (AccountFixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (wb_accounts_window_new (fixture->context, NULL));

  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_mapped (window));

  return window;
}

static gboolean
has_secret (AccountFixture *fixture,
            WbAccount      *account)
{
  g_autoptr (WbCredentials) credentials = account_fixture_dup_secret (fixture, account);

  return credentials != NULL;
}

static void
dismiss_toast (GtkWidget *window)
{
  GtkWidget *undo;

  WAIT_FOR ((undo = find_button (window, "_Undo")) != NULL);
  g_signal_emit_by_name (gtk_widget_get_next_sibling (undo), "clicked");
  WAIT_FOR (find_button (window, "_Undo") == NULL);
}

static void
test_list (AccountFixture *fixture,
           gconstpointer   data)
{
  GtkWidget *window = open_window (fixture);
  g_autoptr (WbAccount) transient = wb_account_new ();

  g_assert_true (shows (window, "No Accounts"));
  account_fixture_add (fixture, HOSTILE_NAME, NULL);
  wb_account_set (transient, WB_ACCOUNT_NAME, "Sample Data");
  wb_account_set_transient (transient, TRUE);
  wb_account_store_put (fixture->store, transient, NULL);

  /* Shown as it is, but for the direction control. */
  g_assert_true (shows (window, "<a href='x'>&_\\u{202E}"));
  g_assert_true (shows (window, "2 workspaces"));
  g_assert_nonnull (find_button (find_row (window, "<a href='x'>&_\\u{202E}"), "Remove"));
  g_assert_null (find_button (find_row (window, "Sample Data"), "Remove"));
}

static GtkWidget *
wait_for_editor (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget  *editor = NULL;

  while (editor == NULL)
    {
      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWidget) toplevel = g_list_model_get_item (windows, i);

          if (WB_IS_ACCOUNT_WINDOW (toplevel))
            editor = toplevel;
        }
      if (editor == NULL)
        g_main_context_iteration (NULL, TRUE);
    }

  return editor;
}

static void
test_edit (AccountFixture *fixture,
           gconstpointer   data)
{
  GtkWidget *window;
  GtkWidget *editor;

  account_fixture_add (fixture, "Production", NULL);
  window = open_window (fixture);
  click (find_row (window, "Production"), "Edit…");
  editor = wait_for_editor ();
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (editor)) == GTK_WINDOW (window));

  type_into (editor, "Name", "Renamed");
  click (editor, "_Save");
  WAIT_FOR (find_row (window, "Renamed") != NULL);
  g_assert_null (find_row (window, "Production"));
}

/* A copy is edited before it is there; the secret stays with the one that has it. */
static void
test_duplicate (AccountFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_password ("d", "u", "canary-4711");
  g_autoptr (WbAccount) account = NULL;
  WbAccount *copy;
  GtkWidget *window;
  GtkWidget *editor;

  account = g_object_ref (account_fixture_add (fixture, "Production", secret));
  window = open_window (fixture);
  click (find_row (window, "Production"), "Duplicate…");
  editor = wait_for_editor ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (editor, "Name"))), ==,
                   "Production (2)");
  g_assert_true (shows (editor, "This is not copied from the other account."));
  g_assert_false (holds (editor, "canary-4711"));

  /* Nothing was typed: Cancel asks nothing and leaves nothing. */
  click (editor, "_Cancel");
  WAIT_FOR (find_window ("Add Account") == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);

  click (find_row (window, "Production"), "Duplicate…");
  editor = wait_for_editor ();
  click (editor, "_Save");
  WAIT_FOR (find_row (window, "Production (2)") != NULL);
  copy = wb_account_store_find_by_name (fixture->store, "Production (2)");
  g_assert_cmpstr (wb_account_get_uuid (copy), !=, wb_account_get_uuid (account));
  g_assert_cmpstr (wb_account_get (copy, WB_ACCOUNT_USER), ==, "jane");
  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (copy)), ==, 2);
  g_assert_false (has_secret (fixture, copy));
  g_assert_true (has_secret (fixture, account));
}

static void
test_undo (AccountFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_token ("hunter2");
  g_autoptr (WbAccount) account = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *restored = NULL;
  GtkWidget       *window;

  account = g_object_ref (account_fixture_add (fixture, HOSTILE_NAME, secret));
  window = open_window (fixture);
  click (window, "Remove");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
  removed = account_fixture_dup_file (fixture);
  g_assert_null (strstr (removed, wb_account_get_uuid (account)));
  WAIT_FOR (shows (window, "“<a href='x'>&_\\u{202E}” removed"));
  g_assert_true (has_secret (fixture, account));

  click (window, "_Undo");
  g_assert_nonnull (wb_account_store_find (fixture->store, wb_account_get_uuid (account)));
  WAIT_FOR (find_button (window, "_Undo") == NULL);
  g_assert_true (has_secret (fixture, account));
  restored = account_fixture_dup_file (fixture);
  g_assert_nonnull (strstr (restored, wb_account_get_uuid (account)));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (window == NULL);
  g_assert_true (has_secret (fixture, account));
}

static void
test_undo_key (AccountFixture *fixture,
               gconstpointer   data)
{
  WbAccount       *first = account_fixture_add (fixture, "First", NULL);
  WbAccount       *second = account_fixture_add (fixture, "Second", NULL);
  g_autofree char *first_uuid = g_strdup (wb_account_get_uuid (first));
  g_autofree char *second_uuid = g_strdup (wb_account_get_uuid (second));
  GtkWidget       *window = open_window (fixture);

  click (window, "Remove");
  click (window, "Remove");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
  ring_press (window, "ctrl+z");
  g_assert_nonnull (wb_account_store_find (fixture->store, second_uuid));
  ring_press (window, "ctrl+z");
  g_assert_nonnull (wb_account_store_find (fixture->store, first_uuid));
  ring_press (window, "ctrl+z");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 2);
}

static void
test_dismiss (AccountFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_token ("hunter2");
  g_autoptr (WbAccount) first = NULL;
  g_autoptr (WbAccount) second = NULL;
  GtkWidget *window;

  first = g_object_ref (account_fixture_add (fixture, "First", secret));
  second = g_object_ref (account_fixture_add (fixture, "Second", secret));
  window = open_window (fixture);
  click (find_row (window, "First"), "Remove");
  dismiss_toast (window);

  WAIT_FOR (!has_secret (fixture, first));
  g_assert_true (has_secret (fixture, second));
}

/* Nobody can undo it any more: several at once, the toasts of which wait for each other. */
static void
test_close (AccountFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_token ("hunter2");
  g_autoptr (WbAccount) first = NULL;
  g_autoptr (WbAccount) second = NULL;
  g_autoptr (WbAccount) third = NULL;
  GtkWidget *window;

  first = g_object_ref (account_fixture_add (fixture, "First", secret));
  second = g_object_ref (account_fixture_add (fixture, "Second", secret));
  third = g_object_ref (account_fixture_add (fixture, "Third", secret));
  window = open_window (fixture);
  click (find_row (window, "First"), "Remove");
  click (find_row (window, "Second"), "Remove");
  g_assert_true (has_secret (fixture, first));
  g_assert_true (has_secret (fixture, second));

  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (!has_secret (fixture, first));
  WAIT_FOR (!has_secret (fixture, second));
  g_assert_true (has_secret (fixture, third));
}

/* The name is taken meanwhile: the account is still not lost. */
static void
test_undo_fails (AccountFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_token ("hunter2");
  g_autoptr (WbAccount) account = NULL;
  WbAccount *other;
  GtkWidget *window;

  account = g_object_ref (account_fixture_add (fixture, "Production", secret));
  window = open_window (fixture);
  click (window, "Remove");
  WAIT_FOR (find_button (window, "_Undo") != NULL);
  other = account_fixture_add (fixture, "Production", NULL);
  click (window, "_Undo");
  WAIT_FOR (shows (window, "Another account has this name"));
  g_assert_true (has_secret (fixture, account));

  wb_account_store_remove (fixture->store, wb_account_get_uuid (other), NULL);
  click (window, "_Undo");
  g_assert_nonnull (wb_account_store_find (fixture->store, wb_account_get_uuid (account)));
  WAIT_FOR (find_button (window, "_Undo") == NULL);
  g_assert_true (has_secret (fixture, account));
}

#define ADD(path, func) \
  g_test_add (path, AccountFixture, NULL, account_fixture_set_up, func, account_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  ADD ("/accounts-window/list", test_list);
  ADD ("/accounts-window/edit", test_edit);
  ADD ("/accounts-window/duplicate", test_duplicate);
  ADD ("/accounts-window/undo", test_undo);
  ADD ("/accounts-window/undo-key", test_undo_key);
  ADD ("/accounts-window/dismiss", test_dismiss);
  ADD ("/accounts-window/close", test_close);
  ADD ("/accounts-window/undo-fails", test_undo_fails);

  return g_test_run ();
}
