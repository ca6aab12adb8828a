/* test-account-window.c: adding and editing one account through its rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/accounts/account-window.h"

#include <string.h>

#include "account-fixture.h"
#include "ui-test.h"
#include "ui/widgets/reason-row.h"
#include "ui/accounts/region-row.h"
#include "ui/accounts/account-form-private.h"

#define PASSWORD "hunter2 Größe"
#define PROJECT_ID "0123456789abcdef0123456789abcdef"

typedef struct
{
  GtkWidget *window; /* (nullable): until it is closed */
  WbAccount *saved;  /* (owned) (nullable): what the signal brought */
  guint      n_saved;
} Session;

static void
saved_cb (WbAccountWindow *window,
          WbAccount       *account,
          Session         *session)
{
  g_set_object (&session->saved, account);
  session->n_saved++;
}

static void
session_open (Session        *session,
              AccountFixture *fixture,
              WbAccount      *account)
{
  session->window = GTK_WIDGET (wb_account_window_new (fixture->context, NULL, account));
  g_object_add_weak_pointer (G_OBJECT (session->window), (gpointer *) &session->window);
  g_signal_connect (session->window, "saved", G_CALLBACK (saved_cb), session);
  gtk_window_present (GTK_WINDOW (session->window));
  WAIT_FOR (gtk_widget_get_mapped (session->window));
}

static void
session_clear (Session *session)
{
  if (session->window != NULL)
    {
      g_object_remove_weak_pointer (G_OBJECT (session->window), (gpointer *) &session->window);
      gtk_window_destroy (GTK_WINDOW (session->window));
    }
  g_clear_object (&session->saved);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static gboolean
can_save (Session *session)
{
  return gtk_widget_is_sensitive (find_button (session->window, "_Save"));
}

/* The first one that says what is wrong, and is not only a note. */
static GtkWidget *
find_reason (GtkWidget *root)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (WB_IS_REASON_ROW (root)
      && gtk_widget_has_css_class (find_type (root, GTK_TYPE_LABEL), "error"))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_reason (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
shows_reason (Session *session)
{
  return find_reason (session->window) != NULL;
}

static void
choose (Session    *session,
        const char *title,
        guint       position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (session->window, title)), position);
}

static void
choose_region (Session    *session,
               const char *id)
{
  wb_region_row_set_id (WB_REGION_ROW (find_row (session->window, "Region")), id);
}

/* All but a secret. */
static void
fill (Session *session)
{
  type_into (session->window, "Name", "  Production ");
  choose_region (session, "eu-de");
  type_into (session->window, "Project ID", PROJECT_ID "\n");
  type_into (session->window, "Account (domain) name", "OTC-EU-DE-00001");
  type_into (session->window, "User name", "jane");
}

static const char *
get_text (Session    *session,
          const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_row (session->window, title)));
}

/* The settings are in the accounts' file; the password is in the keyring alone. */
static void
test_add (AccountFixture *fixture,
          gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;
  g_autofree char *file = NULL;
  g_autofree char *keyring = NULL;
  gsize            keyring_length;

  session_open (&session, fixture, NULL);
  g_assert_false (can_save (&session));
  g_assert_false (shows_reason (&session));
  g_assert_true (shows (session.window, "To save, complete: Name, Region, Account (domain) name"));
  g_assert_true (shows (session.window, "Waybill exports the default workspace."));
  g_assert_false (shows (session.window, "Workspace ID"));

  fill (&session);
  g_assert_true (can_save (&session));
  type_into (session.window, "Password", PASSWORD);
  g_assert_true (can_save (&session));
  g_assert_false (shows_reason (&session));

  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);

  g_assert_cmpuint (session.n_saved, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
  g_assert_true (wb_account_store_find_by_name (fixture->store, "Production") == session.saved);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_CLOUD), ==, "otc");
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_REGION), ==, "eu-de");
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_PROJECT_ID), ==, PROJECT_ID);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_SERVICE_URL), ==, "");
  workspace = g_list_model_get_item (wb_account_get_workspaces (session.saved), 0);
  g_assert_cmpstr (wb_workspace_get_name (workspace), ==, "default");
  g_assert_cmpstr (wb_workspace_get_id (workspace), ==, "");

  credentials = account_fixture_dup_secret (fixture, session.saved);
  g_assert_cmpstr (wb_credentials_get_password (credentials), ==, PASSWORD);
  g_assert_cmpstr (wb_credentials_get_user (credentials), ==, "jane");
  g_assert_cmpstr (wb_credentials_get_domain (credentials), ==, "OTC-EU-DE-00001");

  file = account_fixture_dup_file (fixture);
  g_assert_nonnull (strstr (file, "Production"));
  g_assert_nonnull (strstr (file, "OTC-EU-DE-00001"));
  g_assert_null (strstr (file, "hunter2"));
  g_assert_true (g_file_get_contents (g_getenv ("SECRET_FILE_TEST_PATH"), &keyring,
                                      &keyring_length, NULL));
  g_assert_null (memmem (keyring, keyring_length, "hunter2", strlen ("hunter2")));
}

/* Examples of what to enter where nothing follows from a region, and a name to begin with. */
static void
test_offers (AccountFixture *fixture,
             gconstpointer   data)
{
  static const char *const titles[] = { "Service (DataArts Factory)", "Identity (IAM)",
                                        "Management Center (optional)" };
  g_auto (Session) session = { NULL };

  session_open (&session, fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkEditable *row = GTK_EDITABLE (find_row (session.window, titles[i]));
      const char  *example =
        gtk_text_get_placeholder_text (GTK_TEXT (gtk_editable_get_delegate (row)));

      g_assert_true (g_str_has_prefix (example, "https://"));
      g_assert_true (g_str_has_suffix (example, ".example.com"));
    }

  choose_region (&session, "eu-de");
  g_assert_cmpstr (get_text (&session, "Name"), ==, "Open Telekom Cloud eu-de");
  choose_region (&session, "eu-nl");
  g_assert_cmpstr (get_text (&session, "Name"), ==, "Open Telekom Cloud eu-nl");
  type_into (session.window, "Name", "My own");
  choose_region (&session, "eu-de");
  g_assert_cmpstr (get_text (&session, "Name"), ==, "My own");
}

/* A file that is chosen is never dropped, and the row says what is wrong with its name. */
static void
test_ca_file (AccountFixture *fixture,
              gconstpointer   data)
{
  static const char *const title = "CA certificate file (PEM), if the cloud has its own";
  static const char *const names[] = { "good.pem", "bad-\xFF.pem" };

  g_auto (Session) session = { NULL };
  GtkWidget *row;
  gpointer   button;

  session_open (&session, fixture, NULL);
  row = find_row (session.window, title);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (g_get_home_dir (), names[i], NULL);

      g_assert_true (g_file_set_contents (path, "PEM", -1, NULL));
      button = ui_find (row, GTK_TYPE_BUTTON, NULL);
      g_assert_cmpstr (gtk_button_get_icon_name (button), ==, "document-open-symbolic");
      g_signal_emit_by_name (button, "clicked");
      ui_choose_file (path);
      WAIT_FOR (g_str_has_suffix (get_text (&session, title), i == 0 ? "good.pem" : "\uFFFD.pem"));
      if (i == 0)
        type_into (session.window, title, "");
    }
  g_assert_true (shows (session.window, "The file’s name is not valid text: rename the file."));
}

static void
test_reasons (AccountFixture *fixture,
              gconstpointer   data)
{
  static const struct
  {
    const char *title;
    const char *wrong;
    const char *right;
  } cases[] = {
    { "Name", "", "Production" },
    { "Name", "  PRODUCTION TWO", "Production" },
    { "Project ID", "eu-de", PROJECT_ID },
    { "Service (DataArts Factory)", "http://example.com", "https://example.com" },
    { "Identity (IAM)", "https://user@example.com", "https://example.com:5000" },
    { "Management Center (optional)", "ftp://example.com", "https://example.com" },
    { "CA certificate file (PEM), if the cloud has its own", "/nowhere/ca.pem", "" },
    { "Account (domain) name", "", "OTC-EU-DE-00001" },
    { "User name", "", "jane" },
    { "Account (domain) ID, instead of its name", "a b", "" },
    { "User ID, instead of the name", "a/b", "" },
    { "Project name, instead of its ID", "tab\there", "" },
    { "The agency’s name", "tab\there", "" },
    { "Password", "tab\there", "" },
  };
  g_auto (Session) session = { NULL };

  account_fixture_add (fixture, "Production two", NULL);
  session_open (&session, fixture, NULL);
  fill (&session);
  g_assert_true (can_save (&session));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = find_row (session.window, cases[i].title);
      GtkWidget *reason;

      type_into (session.window, cases[i].title, cases[i].wrong);
      reason = find_reason (session.window);
      g_assert_nonnull (reason);
      g_assert_true (gtk_widget_get_next_sibling (row) == reason);
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      gtk_test_accessible_assert_state (gtk_editable_get_delegate (GTK_EDITABLE (row)),
                                        GTK_ACCESSIBLE_STATE_INVALID,
                                        GTK_ACCESSIBLE_INVALID_TRUE);
      g_assert_true (gtk_test_accessible_has_relation (
        GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
        GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
      g_assert_false (can_save (&session));

      type_into (session.window, cases[i].title, cases[i].right);
      g_assert_false (shows_reason (&session));
      g_assert_false (gtk_widget_has_css_class (row, "error"));
      g_assert_true (can_save (&session));
    }
}

static void
test_addresses (AccountFixture *fixture,
                gconstpointer   data)
{
  const WbCloud  *cloud = wb_clouds_find (fixture->clouds, "otc");
  const WbRegion *germany = wb_cloud_find_region (cloud, "eu-de");
  const WbRegion *netherlands = wb_cloud_find_region (cloud, "eu-nl");
  const char     *service = "Service (DataArts Factory)";
  g_auto (Session) session = { NULL };

  session_open (&session, fixture, NULL);
  fill (&session);
  g_assert_cmpstr (get_text (&session, service), ==, germany->service_url);
  g_assert_cmpstr (get_text (&session, "Identity (IAM)"), ==, germany->identity_url);
  g_assert_null (find_button (session.window, "Reset"));

  /* An own one holds until it is reset … */
  type_into (session.window, service, "https://own.example.com");
  g_assert_true (shows (session.window, "Some are your own"));
  click (session.window, "Reset");
  g_assert_cmpstr (get_text (&session, service), ==, germany->service_url);
  g_assert_false (shows (session.window, "Some are your own"));

  /* … or another place is chosen, where it would be wrong. */
  type_into (session.window, service, "https://own.example.com");
  choose_region (&session, "eu-nl");
  g_assert_cmpstr (get_text (&session, service), ==, netherlands->service_url);

  type_into (session.window, "Identity (IAM)", "https://iam.example.com");
  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_SERVICE_URL), ==, "");
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_IDENTITY_URL), ==,
                   "https://iam.example.com");
}

static void
test_other_cloud (AccountFixture *fixture,
                  gconstpointer   data)
{
  guint other = wb_clouds_get_n (fixture->clouds) - 1;
  g_auto (Session) session = { NULL };

  session_open (&session, fixture, NULL);
  fill (&session);
  choose (&session, "Cloud", other);
  g_assert_null (find_row (session.window, "Region"));
  g_assert_false (can_save (&session));
  g_assert_false (shows_reason (&session));
  g_assert_true (shows (session.window, "To save, complete: Service (DataArts Factory), Identity"));

  type_into (session.window, "Service (DataArts Factory)", "https://dlf.example.com");
  type_into (session.window, "Identity (IAM)", "https://iam.example.com");
  g_assert_true (can_save (&session));
  g_assert_null (find_button (session.window, "Reset"));

  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_CLOUD), ==, WB_CLOUD_OTHER);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_REGION), ==, "");
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_SERVICE_URL), ==,
                   "https://dlf.example.com");
}

/* What the popover has is driven without opening it: GTK 4.8 asks a popover's surface where the
 * pointer is, for a tooltip, half a second later, be it gone or not. */
static void
test_region_search (AccountFixture *fixture,
                    gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  GtkWidget  *row;
  GtkWidget  *content;
  GtkWidget  *entry;
  GListModel *regions;

  session_open (&session, fixture, NULL);
  choose (&session, "Cloud", 1);
  row = find_row (session.window, "Region");
  content = gtk_popover_get_child (
    gtk_menu_button_get_popover (GTK_MENU_BUTTON (find_type (row, GTK_TYPE_MENU_BUTTON))));
  entry = find_type (content, GTK_TYPE_SEARCH_ENTRY);
  regions = G_LIST_MODEL (
    gtk_list_view_get_model (GTK_LIST_VIEW (find_type (content, GTK_TYPE_LIST_VIEW))));
  g_assert_cmpuint (g_list_model_get_n_items (regions), >, 8);

  /* By its ID, and by its place. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "CN-NORTH-4");
  WAIT_FOR (g_list_model_get_n_items (regions) == 1);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (wb_region_row_get_id (WB_REGION_ROW (row)), ==, "cn-north-4");
  g_assert_true (shows (row, "Beijing 4"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere");
  WAIT_FOR (g_list_model_get_n_items (regions) == 0);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (wb_region_row_get_id (WB_REGION_ROW (row)), ==, "cn-north-4");

  gtk_editable_set_text (GTK_EDITABLE (entry), "singap");
  WAIT_FOR (g_list_model_get_n_items (regions) == 1);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (wb_region_row_get_id (WB_REGION_ROW (row)), ==, "ap-southeast-3");

  /* Another cloud has no such region, and too few to search. */
  choose (&session, "Cloud", 0);
  g_assert_cmpstr (wb_region_row_get_id (WB_REGION_ROW (row)), ==, "");
  g_assert_false (gtk_widget_get_visible (entry));
}

static void
test_methods (AccountFixture *fixture,
              gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  g_autoptr (WbCredentials) credentials = NULL;

  session_open (&session, fixture, NULL);
  fill (&session);
  type_into (session.window, "Password", PASSWORD);

  choose (&session, "Sign in with", WB_AUTH_KEY);
  g_assert_null (find_row (session.window, "Password"));
  g_assert_null (find_row (session.window, "User name"));
  g_assert_true (can_save (&session));

  /* Half a key is none, but an empty field does not shout. */
  type_into (session.window, "Access key ID", " AK0123456789\n");
  g_assert_false (can_save (&session));
  g_assert_false (shows_reason (&session));
  g_assert_true (shows (session.window, "To save, complete: Secret access key"));
  type_into (session.window, "Secret access key", "two words");
  g_assert_true (shows_reason (&session));
  type_into (session.window, "Secret access key", "SK0123456789 ");
  g_assert_true (can_save (&session));
  g_assert_false (shows_reason (&session));

  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);
  g_assert_cmpint (wb_account_get_auth_method (session.saved), ==, WB_AUTH_KEY);
  credentials = account_fixture_dup_secret (fixture, session.saved);
  g_assert_cmpstr (wb_credentials_get_access_key (credentials), ==, "AK0123456789");
  g_assert_cmpstr (wb_credentials_get_secret_key (credentials), ==, "SK0123456789");
  g_assert_null (wb_credentials_get_security_token (credentials));
}

/* Beside the name's column. */
static GtkEditable *
find_id_entry (GtkWidget *workspace_row)
{
  GtkWidget *column = gtk_widget_get_parent (find_type (workspace_row, GTK_TYPE_ENTRY));

  return GTK_EDITABLE (find_type (gtk_widget_get_next_sibling (column), GTK_TYPE_ENTRY));
}

static void
test_workspaces (AccountFixture *fixture,
                 gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  g_autoptr (WbWorkspace) workspace = NULL;
  GtkWidget *first;
  GtkWidget *second;

  session_open (&session, fixture, NULL);
  fill (&session);
  /* None is there unasked, and the last one can be taken away again. */
  g_assert_null (find_type (session.window, WB_TYPE_WORKSPACE_ROW));
  click (session.window, "Add Workspace");
  click (find_type (session.window, WB_TYPE_WORKSPACE_ROW), "Remove Workspace");
  g_assert_true (can_save (&session));
  click (session.window, "Add Workspace");
  first = find_type (session.window, WB_TYPE_WORKSPACE_ROW);
  g_assert_false (can_save (&session));
  gtk_editable_set_text (GTK_EDITABLE (find_type (first, GTK_TYPE_ENTRY)), "default");
  g_assert_true (can_save (&session));

  /* A second one cannot be without an ID too. */
  click (session.window, "Add Workspace");
  second = gtk_widget_get_next_sibling (first);
  g_assert_true (WB_IS_WORKSPACE_ROW (second));
  g_assert_true (shows (second, "Only one workspace can be left without one"));
  g_assert_false (shows (second, "Enter a name."));
  g_assert_false (can_save (&session));

  gtk_editable_set_text (GTK_EDITABLE (find_type (second, GTK_TYPE_ENTRY)), "default");
  g_assert_true (shows (second, "Another workspace has this name."));
  gtk_editable_set_text (GTK_EDITABLE (find_type (second, GTK_TYPE_ENTRY)), "sales");
  gtk_editable_set_text (find_id_entry (second),
                         "bad id\n");
  g_assert_false (can_save (&session));
  gtk_editable_set_text (find_id_entry (second),
                         "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d");
  g_assert_true (can_save (&session));

  /* The console's address, as it is pasted. */
  gtk_editable_set_text (find_id_entry (second),
                         "https://console.example.com/dayu/?region=eu-de#/dlf?instanceId=1"
                         "&workspace=0a9f8e7d&x=y");
  g_assert_true (holds (second, "0a9f8e7d"));
  g_assert_false (holds (second, "console"));
  gtk_editable_set_text (find_id_entry (second),
                         "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d");

  click (first, "Remove Workspace");
  g_assert_true (can_save (&session));
  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);

  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (session.saved)), ==, 1);
  workspace = g_list_model_get_item (wb_account_get_workspaces (session.saved), 0);
  g_assert_cmpstr (wb_workspace_get_name (workspace), ==, "sales");
  g_assert_cmpstr (wb_workspace_get_id (workspace), ==, "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d");
}

static void
test_edit (AccountFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_password ("d", "u", PASSWORD);
  g_autoptr (WbCredentials) kept = NULL;
  WbAccount       *account = account_fixture_add (fixture, HOSTILE_NAME, secret);
  g_autofree char *uuid = g_strdup (wb_account_get_uuid (account));
  g_auto (Session) session = { NULL };

  session_open (&session, fixture, account);
  WAIT_FOR (shows (session.window, "Stored"));
  g_assert_false (can_save (&session));
  g_assert_false (shows_reason (&session));
  g_assert_null (find_type (session.window, ADW_TYPE_PASSWORD_ENTRY_ROW));
  g_assert_false (holds (session.window, "hunter2"));
  g_assert_cmpstr (get_text (&session, "Name"), ==, HOSTILE_NAME);

  type_into (session.window, "Name", "Renamed");
  g_assert_true (can_save (&session));
  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
  g_assert_cmpstr (wb_account_get (session.saved, WB_ACCOUNT_NAME), ==, "Renamed");
  g_assert_cmpstr (wb_account_get_uuid (session.saved), ==, uuid);
  kept = account_fixture_dup_secret (fixture, session.saved);
  g_assert_cmpstr (wb_credentials_get_password (kept), ==, PASSWORD);
}

static void
test_replace (AccountFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_password ("d", "u", PASSWORD);
  g_autoptr (WbCredentials) kept = NULL;
  WbAccount *account = account_fixture_add (fixture, "Production", secret);
  g_auto (Session) session = { NULL };

  session_open (&session, fixture, account);
  WAIT_FOR (shows (session.window, "Stored"));
  click (session.window, "_Replace…");
  g_assert_cmpstr (get_text (&session, "Password"), ==, "");
  type_into (session.window, "Password", "half a");
  g_assert_true (can_save (&session));
  click (session.window, "_Don’t Replace");
  g_assert_false (can_save (&session));
  g_assert_false (holds (session.window, "half a"));

  click (session.window, "_Replace…");
  type_into (session.window, "Password", "new one");
  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);
  kept = account_fixture_dup_secret (fixture, session.saved);
  g_assert_cmpstr (wb_credentials_get_password (kept), ==, "new one");
}

static void
test_change_method (AccountFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (WbCredentials) secret = wb_credentials_new_password ("d", "u", PASSWORD);
  g_autoptr (WbCredentials) kept = NULL;
  g_autoptr (WbAccount) account = NULL;
  g_auto (Session) session = { NULL };

  account = g_object_ref (account_fixture_add (fixture, "Production", secret));
  session_open (&session, fixture, account);
  WAIT_FOR (shows (session.window, "Stored"));
  choose (&session, "Sign in with", WB_AUTH_TOKEN);
  g_assert_nonnull (find_type (session.window, ADW_TYPE_PASSWORD_ENTRY_ROW));
  g_assert_true (shows (session.window, "is removed when you save"));
  click (session.window, "_Save");
  WAIT_FOR (session.window == NULL);

  kept = account_fixture_dup_secret (fixture, session.saved);
  g_assert_null (kept);
  kept = account_fixture_dup_secret (fixture, account);
  g_assert_null (kept);
}

static void
test_discard (AccountFixture *fixture,
              gconstpointer   data)
{
  g_auto (Session) session = { NULL };

  /* Nothing is asked where nothing would be lost. */
  session_open (&session, fixture, NULL);
  gtk_window_close (GTK_WINDOW (session.window));
  WAIT_FOR (session.window == NULL);

  session_open (&session, fixture, NULL);
  type_into (session.window, "Password", PASSWORD);
  gtk_window_close (GTK_WINDOW (session.window));
  WAIT_FOR (find_message_dialog () != NULL);
  click (find_message_dialog (), "_Keep Editing");
  WAIT_FOR (find_message_dialog () == NULL);
  g_assert_cmpstr (get_text (&session, "Password"), ==, PASSWORD);

  gtk_window_close (GTK_WINDOW (session.window));
  WAIT_FOR (find_message_dialog () != NULL);
  click (find_message_dialog (), "_Discard");
  WAIT_FOR (session.window == NULL);
  g_assert_cmpuint (session.n_saved, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
}

/* A secret is gone from the entries when the window closes, though something still holds it. */
static void
test_clears_entries (AccountFixture *fixture,
                     gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  g_autoptr (GtkWidget) window = NULL;

  session_open (&session, fixture, NULL);
  window = g_object_ref (session.window);
  type_into (window, "Password", PASSWORD);
  g_assert_true (holds (window, "hunter2"));
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (find_message_dialog () != NULL);
  click (find_message_dialog (), "_Discard");
  WAIT_FOR (!gtk_widget_get_mapped (window));
  g_assert_false (holds (window, "hunter2"));
}

static void
test_cannot_write (AccountFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (WbContext) context = wb_context_new ("/dev/null/accounts.ini");
  AccountFixture broken = *fixture;
  g_auto (Session) session = { NULL };

  broken.context = context;
  session_open (&session, &broken, NULL);
  fill (&session);
  type_into (session.window, "Password", PASSWORD);
  click (session.window, "_Save");
  WAIT_FOR (gtk_revealer_get_reveal_child (
    GTK_REVEALER (find_type (session.window, GTK_TYPE_REVEALER))));
  g_assert_cmpuint (session.n_saved, ==, 0);
  g_assert_cmpstr (get_text (&session, "Password"), ==, PASSWORD);
  g_assert_true (can_save (&session));
}

/* Runs in a process of its own, whose keyring does not work. */
static void
test_kept_in_memory_subprocess (AccountFixture *fixture,
                                gconstpointer   data)
{
  g_auto (Session) session = { NULL };
  g_autoptr (WbCredentials) kept = NULL;

  session_open (&session, fixture, NULL);
  fill (&session);
  type_into (session.window, "Password", PASSWORD);
  click (session.window, "_Save");
  WAIT_FOR (session.n_saved == 1);

  /* It stays to say so, and closing it asks nothing. */
  g_assert_nonnull (session.window);
  g_assert_true (shows (session.window, "Kept until Waybill closes"));
  g_assert_true (gtk_revealer_get_reveal_child (
    GTK_REVEALER (find_type (session.window, GTK_TYPE_REVEALER))));
  g_assert_false (holds (session.window, "hunter2"));
  g_assert_false (can_save (&session));
  kept = account_fixture_dup_secret (fixture, session.saved);
  g_assert_cmpstr (wb_credentials_get_password (kept), ==, PASSWORD);

  click (session.window, "_Close");
  WAIT_FOR (session.window == NULL);

  session_open (&session, fixture, session.saved);
  WAIT_FOR (shows (session.window, "Kept until Waybill closes"));
}

static void
test_kept_in_memory (void)
{
  g_autofree char *path = g_strdup (g_getenv ("SECRET_FILE_TEST_PATH"));

  g_setenv ("SECRET_FILE_TEST_PATH", "/dev/null/secrets.keyring", TRUE);
  g_test_trap_subprocess ("/account-window/kept-in-memory/subprocess", 0, 0);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_test_trap_assert_passed ();
}

#define ADD(path, func) \
  g_test_add (path, AccountFixture, NULL, account_fixture_set_up, func, account_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  ADD ("/account-window/add", test_add);
  ADD ("/account-window/offers", test_offers);
  ADD ("/account-window/ca-file", test_ca_file);
  ADD ("/account-window/reasons", test_reasons);
  ADD ("/account-window/addresses", test_addresses);
  ADD ("/account-window/other-cloud", test_other_cloud);
  ADD ("/account-window/region-search", test_region_search);
  ADD ("/account-window/methods", test_methods);
  ADD ("/account-window/workspaces", test_workspaces);
  ADD ("/account-window/edit", test_edit);
  ADD ("/account-window/replace", test_replace);
  ADD ("/account-window/change-method", test_change_method);
  ADD ("/account-window/discard", test_discard);
  ADD ("/account-window/clears-entries", test_clears_entries);
  ADD ("/account-window/cannot-write", test_cannot_write);
  ADD ("/account-window/kept-in-memory/subprocess", test_kept_in_memory_subprocess);
  g_test_add_func ("/account-window/kept-in-memory", test_kept_in_memory);

  return g_test_run ();
}
