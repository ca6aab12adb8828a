/* test-find.c: projects and workspaces, looked up while an account is edited
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-fixture.h"

#include <string.h>

#include "fault-server.h"
#include "ring.h"
#include "ui/find/find.h"
#include "ui/accounts/region-row.h"

static GtkWidget *
search (SampleFixture *fixture,
        WbFindWhat     what)
{
  const char *action = what == WB_FIND_PROJECTS ? "account.find-projects"
                                                : "account.find-workspaces";
  const char *title = what == WB_FIND_PROJECTS ? "Find Projects" : "Find Workspaces";
  GtkWidget  *window;

  gtk_widget_activate_action (fixture->window, action, NULL);
  WAIT_FOR ((window = find_window (title)) != NULL);

  return window;
}

static void
wait_for_text (GtkWidget  *window,
               const char *text)
{
  WAIT_FOR (find_button (window, "_Try Again") != NULL
            && gtk_widget_get_mapped (find_button (window, "_Try Again")));
  g_assert_true (shows (window, text));
}

static const char *
get_project_id (SampleFixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_row (fixture->window, "Project ID")));
}

/* What was typed is used, though nothing of the account is saved. */
static void
test_projects (SampleFixture *fixture,
               gconstpointer  data)
{
  g_autoptr (GtkWidget) found = NULL;

  wb_account_set (fixture->account, WB_ACCOUNT_PROJECT_ID, "");
  sample_fixture_open (fixture, wb_credentials_get_password (fixture->credentials));
  found = g_object_ref (search (fixture, WB_FIND_PROJECTS));
  WAIT_FOR (shows (found, wb_sample_service_get_project_id (fixture->service)));
  g_assert_false (holds (found, wb_credentials_get_password (fixture->credentials)));

  /* The first answer counts. */
  click (found, "_Use");
  gtk_widget_activate_action (found, "find.choose", NULL);
  gtk_widget_activate_action (found, "find.by-hand", NULL);
  WAIT_FOR (g_strcmp0 (get_project_id (fixture),
                       wb_sample_service_get_project_id (fixture->service))
            == 0);
  WAIT_FOR (find_window ("Find Projects") == NULL);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = strcmp (G_OBJECT_TYPE_NAME (widget), "WbWorkspaceRow") == 0 ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

/* All that can be ticked. */
static guint
tick_all (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_CHECK_BUTTON (widget) && gtk_widget_get_sensitive (widget))
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), TRUE);
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += tick_all (child);

  return n;
}

static void
test_workspaces (SampleFixture *fixture,
                 gconstpointer  data)
{
  GListModel *all = wb_account_get_workspaces (fixture->account);
  g_autoptr (GListStore) none = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) one = g_list_model_get_item (all, 1);
  GtkWidget *found;
  guint      n_found;

  g_assert_cmpstr (wb_workspace_get_id (one), !=, "");
  wb_account_set_workspaces (fixture->account, G_LIST_MODEL (none));
  sample_fixture_open (fixture, wb_credentials_get_password (fixture->credentials));
  g_assert_cmpuint (count_rows (fixture->window), ==, 0);

  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, wb_workspace_get_id (one)));
  ring_go_round (found);
  g_assert_false (gtk_widget_get_sensitive (find_button (found, "_Use")));
  n_found = tick_all (found);
  g_assert_cmpuint (n_found, >, 1);
  click (found, "_Use");
  WAIT_FOR (holds (fixture->window, wb_workspace_get_id (one)));
  WAIT_FOR (find_window ("Find Workspaces") == NULL);
  g_assert_cmpuint (count_rows (fixture->window), ==, n_found);
  g_assert_false (holds (fixture->window, "Another workspace has this"));

  /* Nothing is there to be chosen twice. */
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, "already in the account"));
  g_assert_cmpuint (tick_all (found), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (find_button (found, "_Use")));
}

static void
test_wrong_password (SampleFixture *fixture,
                     gconstpointer  data)
{
  GtkWidget *found;

  sample_fixture_open (fixture, "hunter2");
  found = search (fixture, WB_FIND_PROJECTS);
  wait_for_text (found, "password");
  g_assert_false (holds (found, "hunter2"));
  click (found, "_Try Again");
  wait_for_text (found, "password");
}

static gboolean
has_focus_in (GtkWidget  *window,
              const char *type_name)
{
  GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (window));

  while (widget != NULL && strcmp (G_OBJECT_TYPE_NAME (widget), type_name) != 0)
    widget = gtk_widget_get_parent (widget);

  return widget != NULL;
}

/* What is missing is said before anything is sent. */
static void
test_incomplete (SampleFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *found;

  sample_fixture_open (fixture, NULL);
  search (fixture, WB_FIND_PROJECTS);
  WAIT_FOR (find_window ("Find Projects") == NULL);
  g_assert_true (shows (fixture->window, "First enter the account’s password"));
  g_assert_true (has_focus_in (fixture->window, "AdwPasswordEntryRow"));

  type_into (fixture->window, "Project ID", "no ID");
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, "A project ID has"));
}

/* Where nothing can be found, a click leads to where it is entered. */
static void
test_by_hand (SampleFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *found;

  sample_fixture_open (fixture, wb_credentials_get_password (fixture->credentials));
  type_into (fixture->window, "Management Center (optional)", "");
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, "no address for Management Center"));
  g_assert_null (find_button (found, "_Try Again"));
  click (found, "_Enter by Hand");
  WAIT_FOR (find_window ("Find Workspaces") == NULL);
  WAIT_FOR (has_focus_in (fixture->window, "WbWorkspaceRow"));

  type_into (fixture->window, "Identity (IAM)", "http://127.0.0.1:9");
  found = search (fixture, WB_FIND_PROJECTS);
  wait_for_text (found, "127.0.0.1");
  click (found, "_Enter by Hand");
  WAIT_FOR (find_window ("Find Projects") == NULL);
  WAIT_FOR (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                    find_row (fixture->window, "Project ID")));
}

/* With a password and nothing else: the project comes along. */
static void
test_project_on_the_way (SampleFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (WbWorkspace) one = g_list_model_get_item (
    wb_account_get_workspaces (fixture->account), 1);
  g_autoptr (GListStore) none = g_list_store_new (WB_TYPE_WORKSPACE);
  GtkWidget *found;

  wb_account_set_workspaces (fixture->account, G_LIST_MODEL (none));
  wb_account_set (fixture->account, WB_ACCOUNT_PROJECT_ID, "");
  sample_fixture_open (fixture, wb_credentials_get_password (fixture->credentials));
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, wb_workspace_get_id (one)));
  g_assert_true (shows (found, "In the project “sample”."));
  tick_all (found);
  click (found, "_Use");
  WAIT_FOR (holds (fixture->window, wb_workspace_get_id (one)));
  g_assert_cmpstr (get_project_id (fixture), ==,
                   wb_sample_service_get_project_id (fixture->service));
  g_assert_true (gtk_widget_is_sensitive (find_button (fixture->window, "_Save")));
}

/* From nothing to an account: a region, a name, a password, and a click on the right workspace. */
static void
test_whole_way (SampleFixture *fixture,
                gconstpointer  data)
{
  g_autoptr (WbWorkspace) one = g_list_model_get_item (
    wb_account_get_workspaces (fixture->account), 1);
  const char *url = wb_sample_service_get_url (fixture->service);
  g_autoptr (WbCredentials) kept = NULL;
  WbAccount *account;
  GtkWidget *window;
  GtkWidget *found;
  GtkWidget *check;

  g_clear_object (&fixture->account);
  sample_fixture_open (fixture, NULL);
  window = fixture->window;
  wb_region_row_set_id (WB_REGION_ROW (find_row (window, "Region")), "eu-de");
  /* The region's hosts are not on this computer. */
  type_into (window, "Service (DataArts Factory)", url);
  type_into (window, "Identity (IAM)", url);
  type_into (window, "Management Center (optional)", url);

  type_into (window, "Account (domain) name", wb_credentials_get_domain (fixture->credentials));
  type_into (window, "User name", wb_credentials_get_user (fixture->credentials));
  type_into (window, "Password", wb_credentials_get_password (fixture->credentials));
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR ((check = find_row (found, wb_workspace_get_name (one))) != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_type (check, GTK_TYPE_CHECK_BUTTON)), TRUE);
  click (found, "_Use");
  WAIT_FOR (holds (window, wb_workspace_get_id (one)));

  click (window, "C_heck Account…");
  WAIT_FOR ((found = find_window ("Check Account")) != NULL && shows (found, "All steps passed"));
  click (found, "_Close");
  click (window, "_Save");
  WAIT_FOR (find_window ("Add Account") == NULL);

  account = wb_account_store_find_by_name (fixture->base.store, "Open Telekom Cloud eu-de");
  g_assert_nonnull (account);
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_PROJECT_ID), ==,
                   wb_sample_service_get_project_id (fixture->service));
  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (account)), ==, 1);
  kept = account_fixture_dup_secret (&fixture->base, account);
  g_assert_cmpstr (wb_credentials_get_password (kept), ==,
                   wb_credentials_get_password (fixture->credentials));
}

#define TOKEN_BODY                                               \
  "{\"token\": {\"issued_at\": \"2026-01-01T00:00:00.000000Z\"," \
  " \"expires_at\": \"2026-01-02T00:00:00.000000Z\"}}"
#define PROJECT(n) "0123456789abcdef0123456789abcde" n
#define PROJECTS                                             \
  "{\"projects\": ["                                         \
  "{\"id\": \"" PROJECT ("1") "\", \"name\": \"north<b>\"}," \
                              "{\"id\": \"" PROJECT ("2") "\", \"name\": \"south\"}]}"

static void
add_json (FaultServer *server,
          const char  *body)
{
  fault_server_add_reply (server, 200, "Content-Type: application/json\r\n", body, -1);
}

static void
add_token (FaultServer *server)
{
  fault_server_add_reply (server, 201, "X-Subject-Token: t\r\n", TOKEN_BODY, -1);
}

/* Several projects, none of them the region's: a person chooses, and again if that one is empty. */
static void
test_choose_project (SampleFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  GtkWidget       *found;

  wb_account_set (fixture->account, WB_ACCOUNT_PROJECT_ID, "");
  wb_account_set (fixture->account, WB_ACCOUNT_IDENTITY_URL, url);
  wb_account_set (fixture->account, WB_ACCOUNT_MANAGEMENT_URL, url);
  add_token (server);
  add_json (server, PROJECTS);
  sample_fixture_open (fixture, "hunter2");
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (shows (found, PROJECT ("2")));
  g_assert_null (find_button (found, "_Use"));

  add_token (server);
  add_json (server, "{\"count\": 0, \"commodity_orders\": []}");
  click (found, "_Next");
  WAIT_FOR (shows (found, "This user sees no workspaces in “north<b>”"));

  add_token (server);
  add_json (server, "{\"count\": 1, \"commodity_orders\": [{\"resource_id\": \"i1\"}]}");
  add_json (server, "{\"count\": 1, \"data\": [{\"id\": \"w1\", \"name\": \"W\"}]}");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find_type (find_row (found, "south"), GTK_TYPE_CHECK_BUTTON)), TRUE);
  click (found, "_Next");
  WAIT_FOR (find_row (found, "W") != NULL);
  g_assert_nonnull (strstr (fault_server_get_request (server, 4), PROJECT ("2")));
  g_assert_null (find_row (found, "south"));
  tick_all (found);
  click (found, "_Use");
  WAIT_FOR (g_strcmp0 (get_project_id (fixture), PROJECT ("2")) == 0);
}

static void
enter_code (const char *code)
{
  GtkWidget *dialog;

  WAIT_FOR ((dialog = find_message_dialog ()) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (find_type (dialog, ADW_TYPE_ENTRY_ROW)), code);
  click (dialog, "_Continue");
  WAIT_FOR (find_message_dialog () == NULL);
}

/* A one-time code serves for the projects and for the workspaces; but where the identity service
 * takes no token in its place, another one is asked for. */
static void
test_one_code (SampleFixture *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      GtkWidget       *found;
      const char      *request;

      wb_account_set (fixture->account, WB_ACCOUNT_PROJECT_ID, "");
      wb_account_set (fixture->account, WB_ACCOUNT_IDENTITY_URL, url);
      wb_account_set (fixture->account, WB_ACCOUNT_MANAGEMENT_URL, url);
      wb_account_set (fixture->account, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK);
      sample_fixture_open (fixture, "hunter2");
      found = search (fixture, WB_FIND_WORKSPACES);
      add_token (server);
      add_json (server, "{\"projects\": [{\"id\": \"" PROJECT ("1") "\", \"name\": \"p\"}]}");
      if (i == 1)
        fault_server_add_reply (server, 401, "", "{\"error\": {\"code\": 401}}", -1);
      add_token (server);
      add_json (server, "{\"count\": 1, \"commodity_orders\": [{\"resource_id\": \"i1\"}]}");
      add_json (server, "{\"count\": 1, \"data\": [{\"id\": \"w1\", \"name\": \"W\"}]}");
      enter_code ("471108");
      WAIT_FOR (fault_server_get_n_requests (server) > 2);

      request = fault_server_get_request (server, 2);
      g_assert_nonnull (strstr (request, "\"methods\":[\"token\"],\"token\":{\"id\":\"t\"}"));
      g_assert_nonnull (strstr (request, PROJECT ("1")));
      g_assert_null (strstr (request, "hunter2"));
      g_assert_null (strstr (request, "471108"));
      if (i == 1)
        {
          enter_code ("234567");
          WAIT_FOR (fault_server_get_n_requests (server) > 3);
          g_assert_nonnull (strstr (fault_server_get_request (server, 3), "234567"));
        }

      WAIT_FOR (find_row (found, "W") != NULL);
      gtk_window_close (GTK_WINDOW (found));
      WAIT_FOR (find_window ("Find Workspaces") == NULL);
      gtk_window_destroy (GTK_WINDOW (fixture->window));
    }
}

/* A service that lists nothing: one line says so, and what the user enters by hand stays. */
static void
test_no_list (SampleFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  GtkWidget       *found;
  guint            n_rows;

  fault_server_add_reply (server, 404, "",
                          "{\"error_code\": \"APIG.0101\", \"error_msg\": \"<b>none\"}", -1);
  wb_account_set (fixture->account, WB_ACCOUNT_MANAGEMENT_URL, url);
  sample_fixture_open (fixture, wb_credentials_get_password (fixture->credentials));
  n_rows = count_rows (fixture->window);
  found = search (fixture, WB_FIND_WORKSPACES);
  wait_for_text (found, "Enter the workspace’s ID by hand");
  gtk_window_close (GTK_WINDOW (found));
  WAIT_FOR (find_window ("Find Workspaces") == NULL);
  g_assert_cmpuint (count_rows (fixture->window), ==, n_rows);

  /* One that says nothing at all: closing ends the wait, the account's window too. */
  found = search (fixture, WB_FIND_WORKSPACES);
  WAIT_FOR (fault_server_get_n_requests (server) == 2);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  WAIT_FOR (find_window ("Find Workspaces") == NULL);
}

/* Names from outside are text. */
static void
test_hostile (SampleFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  GtkWidget       *found;

  fault_server_add_reply (server, 201, "X-Subject-Token: t\r\n",
                          "{\"token\": {\"issued_at\": \"2026-01-01T00:00:00.000000Z\","
                          " \"expires_at\": \"2026-01-02T00:00:00.000000Z\"}}",
                          -1);
  fault_server_add_reply (server, 200, "Content-Type: application/json\r\n",
                          "{\"projects\": [{\"id\": \"0123456789abcdef0123456789abcdef\","
                          " \"name\": \"<b>&\\u202e_x\"}]}",
                          -1);
  wb_account_set (fixture->account, WB_ACCOUNT_IDENTITY_URL, url);
  sample_fixture_open (fixture, "hunter2");
  found = search (fixture, WB_FIND_PROJECTS);
  WAIT_FOR (shows (found, "0123456789abcdef0123456789abcdef"));
  g_assert_true (shows (found, "<b>&\\u{202E}_x"));
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, SampleFixture, NULL, sample_fixture_set_up, function, sample_fixture_tear_down)

  ADD ("/find/projects", test_projects);
  ADD ("/find/workspaces", test_workspaces);
  ADD ("/find/project-on-the-way", test_project_on_the_way);
  ADD ("/find/whole-way", test_whole_way);
  ADD ("/find/choose-project", test_choose_project);
  ADD ("/find/one-code", test_one_code);
  ADD ("/find/wrong-password", test_wrong_password);
  ADD ("/find/incomplete", test_incomplete);
  ADD ("/find/no-list", test_no_list);
  ADD ("/find/by-hand", test_by_hand);
  ADD ("/find/hostile", test_hostile);

  return g_test_run ();
}
