/* test-import.c: accounts out of a file of access keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/import-window.h"

#include <glib/gstdio.h>
#include <string.h>

#include "account-fixture.h"
#include "ring.h"
#include "ui-test.h"
#include "ui/accounts/region-row.h"

#define SECRET_A "canary-secret-a"
#define SECRET_B "canary-secret-b"
#define HEAD "User Name,Access Key Id,Secret Access Key\n"

typedef struct
{
  AccountFixture base;
  char          *file; /* (owned) */
  GtkWidget     *window;
  guint          n_imported;
  char          *note; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  account_fixture_set_up (&fixture->base, data);
  fixture->file = g_strconcat (fixture->base.path, ".csv", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  account_fixture_tear_down (&fixture->base, data);
  g_unlink (fixture->file);
  g_free (fixture->file);
  g_free (fixture->note);
}

static void
imported_cb (GtkWindow  *window,
             GListModel *accounts,
             const char *note,
             Fixture    *fixture)
{
  fixture->n_imported = g_list_model_get_n_items (accounts);
  g_free (fixture->note);
  fixture->note = g_strdup (note);
}

static void
open_window (Fixture    *fixture,
             const char *text)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->file);

  g_assert_true (g_file_set_contents (fixture->file, text, -1, NULL));
  fixture->window = GTK_WIDGET (wb_import_window_new (fixture->base.context, NULL, file));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (fixture->window, "imported", G_CALLBACK (imported_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
can_import (Fixture *fixture)
{
  return gtk_widget_get_sensitive (find_button (fixture->window, "_Import"));
}

static GtkCheckButton *
find_check (Fixture    *fixture,
            const char *title)
{
  return GTK_CHECK_BUTTON (find_type (find_row (fixture->window, title), GTK_TYPE_CHECK_BUTTON));
}

/* What is ticked comes in, with its secret, and nothing else. */
static void
test_ticked (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GtkWidget) window = NULL;
  g_autofree char *file = NULL;
  WbAccount       *account;

  account_fixture_add (&fixture->base, "anna", NULL);
  open_window (fixture, HEAD "anna,AKIAANNA," SECRET_A "\n" HOSTILE_NAME ",AKIABERT," SECRET_B
                             "\n");
  WAIT_FOR (shows (fixture->window, "Access key AKIA…"));
  ring_go_round (fixture->window);
  g_assert_true (gtk_check_button_get_active (find_check (fixture, "anna")));
  g_assert_false (holds (fixture->window, SECRET_A));
  g_assert_false (holds (fixture->window, SECRET_B));
  g_assert_false (holds (fixture->window, "AKIAANNA"));

  /* Not before it is known where to. */
  g_assert_false (can_import (fixture));
  wb_region_row_set_id (WB_REGION_ROW (find_type (fixture->window, WB_TYPE_REGION_ROW)), "eu-de");
  g_assert_true (can_import (fixture));
  gtk_check_button_set_active (find_check (fixture, "<a href='x'>&_\\u{202E}"), FALSE);

  window = g_object_ref (fixture->window);
  click (window, "_Import");
  WAIT_FOR (fixture->n_imported > 0);
  g_assert_cmpuint (fixture->n_imported, ==, 1);
  g_assert_null (fixture->note);

  /* Once more, it is harmless. */
  WAIT_FOR (find_window (gtk_window_get_title (GTK_WINDOW (window))) == NULL);
  gtk_widget_action_set_enabled (window, "import.import", TRUE);
  gtk_widget_activate_action (window, "import.import", NULL);
  g_clear_object (&window);
  WAIT_FOR (fixture->window == NULL);

  /* The name was taken. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->base.store)), ==, 2);
  account = wb_account_store_find_by_name (fixture->base.store, "anna (2)");
  g_assert_nonnull (account);
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_CLOUD), ==, "otc");
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_REGION), ==, "eu-de");
  g_assert_cmpint (wb_account_get_auth_method (account), ==, WB_AUTH_KEY);
  credentials = account_fixture_dup_secret (&fixture->base, account);
  g_assert_cmpstr (wb_credentials_get_access_key (credentials), ==, "AKIAANNA");
  g_assert_cmpstr (wb_credentials_get_secret_key (credentials), ==, SECRET_A);
  file = account_fixture_dup_file (&fixture->base);
  g_assert_null (strstr (file, SECRET_A));
  g_assert_null (strstr (file, "AKIAANNA"));
}

/* Several, with a hostile name among them. */
static void
test_all (Fixture      *fixture,
          gconstpointer data)
{
  open_window (fixture, "[one]\nak = AKIAONE\nsk = " SECRET_A "\n"
                        "project_id = 0123456789abcdef0123456789abcdef\n"
                        "[" HOSTILE_NAME "]\nak=AKIATWO\nsk=" SECRET_B "\n");
  WAIT_FOR (shows (fixture->window, "one"));
  wb_region_row_set_id (WB_REGION_ROW (find_type (fixture->window, WB_TYPE_REGION_ROW)), "eu-nl");
  click (fixture->window, "_Import");
  WAIT_FOR (fixture->window == NULL);

  g_assert_cmpuint (fixture->n_imported, ==, 2);
  g_assert_cmpstr (wb_account_get (wb_account_store_find_by_name (fixture->base.store, "one"),
                                   WB_ACCOUNT_PROJECT_ID),
                   ==, "0123456789abcdef0123456789abcdef");
  g_assert_nonnull (wb_account_store_find_by_name (fixture->base.store, HOSTILE_NAME));
}

/* Each with a sentence, and with the line. */
static void
test_broken (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } files[] = {
    { "", "There is no access key in this file. Choose the file “credentials.csv” that the "
          "console offered." },
    { "<html>", "Line 1: " },
    { HEAD "anna,AKIAANNA,\n", "Line 2: the secret key is missing." },
    { HEAD "anna,AKIAANNA,\"" SECRET_A "\n", "Line 2: a quote is not closed" },
    { "[one]\nak=AKIA\nsk=" SECRET_A " b\n", "Line 3: a key contains a space" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      open_window (fixture, files[i].text);
      WAIT_FOR (shows (fixture->window, files[i].shown));
      g_assert_false (can_import (fixture));
      g_assert_false (holds (fixture->window, SECRET_A));
      gtk_window_close (GTK_WINDOW (fixture->window));
      WAIT_FOR (fixture->window == NULL);
    }
  g_assert_cmpuint (fixture->n_imported, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->base.store)), ==, 0);
}

/* Another file may be right. */
static void
test_another_file (Fixture      *fixture,
                   gconstpointer data)
{
  open_window (fixture, "");
  WAIT_FOR (shows (fixture->window, "There is no access key in this file."));
  g_assert_true (
    g_file_set_contents (fixture->file, HEAD "anna,AKIAANNA," SECRET_A "\n", -1, NULL));
  click (fixture->window, "_Another File…");
  ui_choose_file (fixture->file);
  WAIT_FOR (shows (fixture->window, "Access key AKIA…"));
  gtk_window_close (GTK_WINDOW (fixture->window));
  WAIT_FOR (fixture->window == NULL);
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/import/ticked", test_ticked);
  ADD ("/import/all", test_all);
  ADD ("/import/broken", test_broken);
  ADD ("/import/another-file", test_another_file);
#undef ADD

  return g_test_run ();
}
