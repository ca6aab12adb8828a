/* test-sign-in-rows.c: the rarer ways to sign in, entered, checked and kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "account-fixture.h"

#include <string.h>

#include "fault-server.h"

#define MORE "More ways to sign in"
#define DOMAIN_ID "Account (domain) ID, instead of its name"
#define USER_ID "User ID, instead of the name"
#define PROJECT_NAME "Project name, instead of its ID"
#define AGENCY_DOMAIN "Account that delegates to this one by an agency"
#define AGENCY "The agency’s name"

typedef struct
{
  AccountFixture base;
  WbAccount     *account; /* (owned): as it was stored to begin with */
  GtkWidget     *window;
} Fixture;

static void
open_window (Fixture *fixture)
{
  WbAccount *account = wb_account_store_find (fixture->base.store,
                                              wb_account_get_uuid (fixture->account));

  fixture->window = account_fixture_open (&fixture->base, account);
  WAIT_FOR (GTK_IS_EDITABLE (find_row (fixture->window, "Password")));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  account_fixture_set_up (&fixture->base, data);
  fixture->account = g_object_ref (account_fixture_add (&fixture->base, "Production", NULL));
  open_window (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  account_fixture_tear_down (&fixture->base, data);
  g_clear_object (&fixture->account);
}

static gboolean
can_save (Fixture *fixture)
{
  return gtk_widget_is_sensitive (find_button (fixture->window, "_Save"));
}

static void
save (Fixture *fixture)
{
  click (fixture->window, "_Save");
  WAIT_FOR (find_window ("Edit Account") == NULL);
}

static const char *
get (Fixture       *fixture,
     WbAccountField field)
{
  return wb_account_get (wb_account_store_find (fixture->base.store,
                                                wb_account_get_uuid (fixture->account)),
                         field);
}

static GtkSwitch *
find_switch (Fixture *fixture)
{
  return GTK_SWITCH (find_type (find_row (fixture->window, MORE), GTK_TYPE_SWITCH));
}

/* The simple case stays simple; what is set in there shows from outside. */
static void
test_kept (Fixture      *fixture,
           gconstpointer data)
{
  AdwExpanderRow *more = ADW_EXPANDER_ROW (find_row (fixture->window, MORE));

  g_assert_false (adw_expander_row_get_expanded (more));
  g_assert_true (shows (fixture->window, "By IDs, by an agency, with a one-time code"));
  g_assert_false (can_save (fixture));

  type_into (fixture->window, DOMAIN_ID, " 0123abcd ");
  type_into (fixture->window, USER_ID, "4567ef");
  type_into (fixture->window, PROJECT_NAME, "eu-de_Größe \"1\"");
  type_into (fixture->window, AGENCY_DOMAIN, "Theirs");
  type_into (fixture->window, AGENCY, "helper");
  gtk_switch_set_active (find_switch (fixture), TRUE);
  g_assert_true (shows (fixture->window,
                        "Account ID, User ID, Project name, Agency, One-time code"));
  save (fixture);

  g_assert_cmpstr (get (fixture, WB_ACCOUNT_DOMAIN_ID), ==, "0123abcd");
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_USER_ID), ==, "4567ef");
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_PROJECT_NAME), ==, "eu-de_Größe \"1\"");
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_AGENCY_DOMAIN), ==, "Theirs");
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_AGENCY), ==, "helper");
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_PASSCODE), ==, WB_ACCOUNT_PASSCODE_ASK);

  open_window (fixture);
  g_assert_false (can_save (fixture));
  g_assert_true (gtk_switch_get_active (find_switch (fixture)));
  gtk_switch_set_active (find_switch (fixture), FALSE);
  g_assert_true (can_save (fixture));
  save (fixture);
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_PASSCODE), ==, "");
}

/* An ID stands in for a name, and half an agency is none. */
static void
test_wanting (Fixture      *fixture,
              gconstpointer data)
{
  type_into (fixture->window, "User name", "");
  g_assert_false (can_save (fixture));
  type_into (fixture->window, USER_ID, "4567ef");
  g_assert_true (can_save (fixture));
  type_into (fixture->window, "Account (domain) name", "");
  g_assert_true (can_save (fixture));

  /* A project that is named needs its domain. */
  type_into (fixture->window, "Project ID", "");
  g_assert_false (can_save (fixture));
  type_into (fixture->window, DOMAIN_ID, "0123abcd");
  g_assert_true (can_save (fixture));
  g_assert_true (shows (fixture->window, "Without an ID: the region’s own project, “eu-de”"));

  type_into (fixture->window, AGENCY, "helper");
  g_assert_true (shows (fixture->window, "To save, complete: " AGENCY_DOMAIN));
  type_into (fixture->window, AGENCY_DOMAIN, "Theirs");
  g_assert_true (can_save (fixture));
}

/* All of it is for a password: elsewhere it is neither shown nor missed. */
static void
test_other_method (Fixture      *fixture,
                   gconstpointer data)
{
  AdwComboRow *method = ADW_COMBO_ROW (find_row (fixture->window, "Sign in with"));

  type_into (fixture->window, USER_ID, "a b");
  g_assert_false (can_save (fixture));
  adw_combo_row_set_selected (method, WB_AUTH_KEY);
  g_assert_null (find_row (fixture->window, MORE));
  g_assert_true (can_save (fixture));
  type_into (fixture->window, "Project ID", "");
  g_assert_false (can_save (fixture));

  adw_combo_row_set_selected (method, WB_AUTH_PASSWORD);
  g_assert_nonnull (find_row (fixture->window, MORE));
  g_assert_true (shows (fixture->window, "To save, complete: " USER_ID));
}

/* What is entered is what is sent, before it is saved; the code is asked for first. */
static void
test_used (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  GtkWidget       *check;
  GtkWidget       *dialog;
  const char      *request;

  type_into (fixture->window, "Service (DataArts Factory)", url);
  type_into (fixture->window, "Identity (IAM)", url);
  type_into (fixture->window, "Management Center (optional)", url);
  type_into (fixture->window, USER_ID, "4567ef");
  type_into (fixture->window, "Password", "canary \"4711\\ ä");
  gtk_switch_set_active (find_switch (fixture), TRUE);

  fault_server_add_reply (server, 404, "", "", -1);
  click (fixture->window, "C_heck Account…");
  WAIT_FOR ((dialog = find_message_dialog ()) != NULL);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 1);
  fault_server_add_reply (server, 404, "", "", -1);
  fault_server_add_reply (server, 401, "", "{\"error\": {\"code\": 401}}", -1);
  gtk_editable_set_text (GTK_EDITABLE (find_type (dialog, ADW_TYPE_ENTRY_ROW)), "471108");
  click (dialog, "_Continue");
  WAIT_FOR ((check = find_window ("Check Account")) != NULL
            && find_button (check, "Check _Again") != NULL);

  request = fault_server_get_request (server, 2);
  g_assert_nonnull (strstr (request, "\"id\":\"4567ef\""));
  g_assert_nonnull (strstr (request, "\"canary \\\"4711\\\\ ä\""));
  g_assert_nonnull (strstr (request, "\"passcode\":\"471108\""));
  g_assert_null (strstr (request, "jane"));
  g_assert_false (holds (check, "4711"));
  g_assert_cmpstr (get (fixture, WB_ACCOUNT_USER_ID), ==, "");
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  g_test_add ("/sign-in-rows/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/sign-in-rows/wanting", Fixture, NULL, set_up, test_wanting, tear_down);
  g_test_add ("/sign-in-rows/other-method", Fixture, NULL, set_up, test_other_method, tear_down);
  g_test_add ("/sign-in-rows/used", Fixture, NULL, set_up, test_used, tear_down);

  return g_test_run ();
}
