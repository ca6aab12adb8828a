/* test-program.c: what the program does from outside its windows, and what all windows keep to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "ui-test.h"

#include "fault-server.h"
#include "ui/find/find.h"
#include "ui/widgets/progress-bar.h"
#include "zip-maker.h"

static char *
make_zip (const char *name)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/a.conn", "{\"name\": \"a\", \"type\": \"RDS\"}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, name);
}

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (ui_test_get_program ())));
}

static WbWindow *
get_window (guint index)
{
  return g_list_nth_data (gtk_application_get_windows (GTK_APPLICATION (ui_test_get_program ())),
                          index);
}

static void
remove_account (WbAccount *account)
{
  g_autofree char *uuid = g_strdup (wb_account_get_uuid (account));

  g_assert_true (wb_account_store_remove (wb_context_get_store (ui_test_get_context ()), uuid,
                                          NULL));
}

/* Files from the command line: the first one in an empty window, each other one in its own. */
static void
test_open (void)
{
  GApplication    *program = G_APPLICATION (ui_test_get_program ());
  g_autofree char *first = make_zip ("first.zip");
  g_autofree char *second = make_zip ("second.zip");
  GFile           *files[] = { g_file_new_for_path (first), g_file_new_for_path (second),
                               g_file_new_for_path ("/nowhere/<b>&.zip") };
  WbWindow        *window = ui_open_window ();

  g_application_open (program, files, 3, "");
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
  g_assert_cmpuint (count_windows (), ==, 3);
  ui_wait_for_page (window, "preview");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "first.zip");
  for (guint i = 0; i < 3; i++)
    ui_wait_until (!g_str_equal (wb_window_get_page (get_window (i)), "opening"));
  ui_wait_until (ui_find (get_window (0), GTK_TYPE_LABEL, "“<b>&.zip” Could Not Be Opened")
                 != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (get_window (1))), ==, "second.zip");

  /* What was only opened asks nothing. */
  g_action_group_activate_action (G_ACTION_GROUP (program), "quit", NULL);
  ui_wait_until (count_windows () == 0);
}

/* The desktop's Export: into a preview, of what was used last. */
static void
test_export_default (void)
{
  GActionGroup *program = G_ACTION_GROUP (ui_test_get_program ());
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *request = NULL;
  WbAccount       *account;
  WbWindow        *window;

  g_action_group_activate_action (program, "export-default", NULL);
  g_assert_cmpuint (count_windows (), ==, 1);
  window = get_window (0);
  g_assert_cmpstr (wb_window_get_page (window), ==, "welcome");

  account = ui_add_account (url, TRUE);
  ui_sign_in (account);
  fault_server_add_reply (server, 404, "", "", 0);
  g_action_group_activate_action (program, "export-default", NULL);
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  ui_wait_for_page (window, "error");
  g_assert_true (g_str_has_prefix (fault_server_get_request (server, 0),
                                   "POST /v1/0123456789abcdef0123456789abcdef/connections/export"
                                   " HTTP/1.1\r\n"));

  ui_close_window (window);
  remove_account (account);
}

/* What other programs ask for, by names and by IDs. */
static void
test_export_workspace (void)
{
  GActionGroup *program = G_ACTION_GROUP (ui_test_get_program ());
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  static const char *const names[][2] = {
    { "Sales", "" },
    { "Analytics", "c0ffee" },
    { "Twice", "a1" },
    { "Twice", "a2" },
  };
  const struct
  {
    const char *account;
    const char *workspace;
    const char *id;    /* of what is exported, or NULL */
    const char *words; /* otherwise */
  } cases[] = {
    { "Test", "Analytics", "c0ffee", NULL },
    { wb_account_get_uuid (account), "c0ffee", "c0ffee", NULL },
    { "Test", "a2", "a2", NULL },
    { "Test", "Sales", "", NULL },
    { "Test", "", "", NULL },
    { "Test", "Twice", NULL, "has several workspaces “Twice”. Give the workspace's ID." },
    { "Test", "<b>&", NULL,
      "has no workspace “<b>&”. Its workspaces: “Sales”, “Analytics”, “Twice”, “Twice”." },
    { "test", "Sales", NULL, "No stored account is named “test”. Stored accounts: “Test”." },
    { "", "", NULL, "No stored account is named “”." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (names[i][0], names[i][1]);

      g_list_store_append (workspaces, workspace);
    }
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  ui_sign_in (account);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AdwMessageDialog *dialog = NULL;
      WbWindow         *window;

      g_test_message ("%s, %s", cases[i].account, cases[i].workspace);
      if (cases[i].id != NULL)
        fault_server_add_reply (server, 404, "", "", 0);
      g_action_group_activate_action (
        program, "export-workspace",
        g_variant_new ("(ss)", cases[i].account, cases[i].workspace));
      g_assert_cmpuint (count_windows (), ==, 1);
      window = get_window (0);
      if (cases[i].id != NULL)
        {
          const char      *request;
          g_autofree char *header = g_strdup_printf ("\r\nworkspace: %s\r\n", cases[i].id);

          g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
          ui_wait_for_page (window, "error");
          request = fault_server_get_request (server, (guint) i);
          g_assert_true (*cases[i].id == '\0' ? strstr (request, "\r\nworkspace:") == NULL
                                              : strstr (request, header) != NULL);
        }
      else
        {
          ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
          g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), cases[i].words));
          adw_message_dialog_response (dialog, "close");
          ui_wait_until (ui_find_dialog (window) == NULL);
        }
      ui_close_window (window);
    }
  remove_account (account);
}

/* What takes long says what it is, and can be stopped. */
static void
test_opening (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "large.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  WbWindow *window = ui_open_window ();

  g_assert_true (g_file_set_contents (path, "PK", -1, NULL));
  wb_window_open_file (window, file);
  g_assert_true (ui_shows (window, "Opening “large.zip”…"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "large.zip");
  g_assert_true (ui_is_enabled (window, "cancel"));
  ui_fire (ui_find (window, WB_TYPE_PROGRESS_BAR, NULL));
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "welcome");
  g_assert_false (ui_is_enabled (window, "cancel"));

  ui_close_window (window);
}

/* A secret that is not stored is asked for, and asked for again when it was refused. */
static void
test_secret (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = ui_open_window ();

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char  *token = NULL;
      g_autofree char  *texts = NULL;
      AdwMessageDialog *dialog;

      fault_server_add_reply (server, 401, "", "", 0);
      ui_activate (window, "win.export");
      ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
      g_assert_cmpuint (fault_server_get_n_requests (server), ==, i);
      gtk_editable_set_text (ui_find (dialog, GTK_TYPE_EDITABLE, NULL), "a-typed-token");
      ui_click (dialog, "_Sign In");
      ui_wait_for_page (window, "error");
      token = fault_server_dup_header (server, i, "X-Auth-Token");
      g_assert_cmpstr (token, ==, "a-typed-token");

      texts = ui_dup_texts (window, TRUE);
      g_assert_null (strstr (texts, "a-typed-token"));
    }

  /* A question that is dismissed is a cancelled export. */
  ui_activate (window, "win.export");
  ui_wait_until (ui_find_dialog (window) != NULL);
  ui_click (ui_find_dialog (window), "_Cancel");
  ui_wait_for_page (window, "ready");
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 2);

  ui_close_window (window);
  remove_account (account);
}

static void
file_manager_cb (GDBusConnection       *bus,
                 const char            *sender,
                 const char            *path,
                 const char            *interface,
                 const char            *method,
                 GVariant              *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer               user_data)
{
  char                  **shown = user_data;
  g_autofree const char **uris = NULL;
  const char             *startup_id;

  g_variant_get (parameters, "(^a&s&s)", &uris, &startup_id);
  *shown = g_strdup (uris[0]);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* A file manager that selects files is told which. */
static void
test_show_in_files (void)
{
  static const GDBusInterfaceVTable vtable = { file_manager_cb };
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GDBusNodeInfo) info =
    g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.FileManager1'>"
                                  "<method name='ShowItems'><arg type='as' direction='in'/>"
                                  "<arg type='s' direction='in'/></method></interface></node>",
                                  NULL);
  g_autofree char *path = make_zip ("a & b.zip");
  g_autofree char *shown = NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  WbWindow        *window;
  guint            object_id;
  guint            name_id;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("in a sandbox the portal is asked, which the Flatpak's own tests look at");
      return;
    }

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  window = ui_open_file (path);
  object_id = g_dbus_connection_register_object (bus, "/org/freedesktop/FileManager1",
                                                 info->interfaces[0], &vtable, &shown, NULL, NULL);
  name_id = g_bus_own_name_on_connection (bus, "org.freedesktop.FileManager1",
                                          G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (object_id, !=, 0);

  ui_activate (window, "win.show-in-files");
  ui_wait_until (shown != NULL);
  g_assert_cmpstr (shown, ==, uri);

  ui_close_window (window);
  g_bus_unown_name (name_id);
  g_dbus_connection_unregister_object (bus, object_id);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree char *reason = NULL;

  *(gboolean *) user_data = wb_secrets_store_finish (WB_SECRETS (object), result, &reason, NULL);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GDateTime) expires = NULL;

  *(gboolean *) user_data = wb_check_window_run_finish (result, &expires, NULL);
}

static GtkWindow *
find_check (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (g_strcmp0 (gtk_window_get_title (link->data), "Check Account") == 0)
        return link->data;
    }

  return NULL;
}

static gboolean
shows_text (GtkWindow  *window,
            const char *text)
{
  g_autofree char *texts = ui_dup_texts (window, TRUE);

  return strstr (texts, text) != NULL;
}

/* Two windows that export at the same time, and once more: one token for all. */
static void
test_shared (void)
{
  static const char body[] = "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\","
                             "\"expires_at\":\"2099-11-24T08:00:00.000000Z\","
                             "\"project\":{\"id\":\"0123456789abcdef0123456789abcdef\"}}}";
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", "a-password");
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *added = ui_add_account (url, TRUE);
  g_autoptr (WbAccount) account = wb_account_copy (added);
  WbContext *context = ui_test_get_context ();
  WbWindow  *windows[2];
  gboolean   stored = FALSE;
  gboolean   passed = FALSE;

  wb_account_set (account, WB_ACCOUNT_DOMAIN, "D");
  wb_account_set (account, WB_ACCOUNT_USER, "u");
  wb_account_set_auth_method (account, WB_AUTH_PASSWORD);
  g_assert_true (wb_account_store_put (wb_context_get_store (context), account, NULL));
  wb_secrets_store_async (wb_context_get_secrets (context), account, credentials, NULL, stored_cb,
                          &stored);
  ui_wait_until (stored);

  fault_server_add_reply (server, 201, "X-Subject-Token: a-made-token\r\n", body, -1);
  for (guint i = 0; i < 3; i++)
    fault_server_add_reply (server, 404, "", "", 0);
  windows[0] = ui_open_window ();
  windows[1] = ui_open_window ();
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    ui_activate (windows[i], "win.export");
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    ui_wait_for_page (windows[i], "error");
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 3);

  ui_activate (windows[1], "win.export");
  ui_wait_until (fault_server_get_n_requests (server) == 4);
  ui_wait_for_page (windows[1], "error");
  for (guint i = 1; i < 4; i++)
    {
      g_autofree char *token = fault_server_dup_header (server, i, "X-Auth-Token");

      g_assert_cmpstr (token, ==, "a-made-token");
    }

  /* The check of the account as it is stored, too. */
  fault_server_add_reply (server, 404, "", "", 0);
  fault_server_add_reply (server, 200, "", "{\"total\":0,\"connections\":[]}", -1);
  wb_check_window_run_async (ui_test_get_context (), GTK_WINDOW (windows[0]), account, NULL,
                             checked_cb, &passed);
  ui_wait_until (fault_server_get_n_requests (server) == 6);
  ui_wait_until (find_check () != NULL && shows_text (find_check (), "All steps passed"));
  {
    g_autofree char *token = fault_server_dup_header (server, 5, "X-Auth-Token");

    g_assert_cmpstr (token, ==, "a-made-token");
  }
  gtk_window_close (find_check ());
  ui_wait_until (passed);

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    ui_close_window (windows[i]);
  remove_account (account);
}

/* A clock that is off is told, and one signature more is made, once in a run: five lock the key. */
static void
test_clock (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("AKIA", "a-secret", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) theirs = g_date_time_add_hours (now, 3);
  g_autofree char *date = soup_date_time_to_string (theirs, SOUP_DATE_HTTP);
  g_autofree char *day = g_date_time_format (theirs, "%Y%m%dT%H");
  g_autofree char *header = g_strdup_printf ("Date: %s\r\n", date);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *added = ui_add_account (url, TRUE);
  g_autoptr (WbAccount) account = wb_account_copy (added);
  WbContext *context = ui_test_get_context ();
  gboolean   stored = FALSE;
  WbWindow  *window;

  wb_account_set_auth_method (account, WB_AUTH_KEY);
  g_assert_true (wb_account_store_put (wb_context_get_store (context), account, NULL));
  wb_secrets_store_async (wb_context_get_secrets (context), account, credentials, NULL, stored_cb,
                          &stored);
  ui_wait_until (stored);
  window = ui_open_window ();
  for (guint i = 0; i < 2; i++)
    {
      guint n_signatures = i == 0 ? 2 : 1;
      guint n_before = fault_server_get_n_requests (server);

      for (guint j = 0; j < n_signatures; j++)
        fault_server_add_reply (server, 401, header, "", 0);
      ui_activate (window, "win.export");
      ui_wait_until (fault_server_get_n_requests (server) == n_before + n_signatures);
      ui_wait_for_page (window, "error");
      g_assert_cmpuint (fault_server_get_n_requests (server), ==, n_before + n_signatures);
    }
  for (guint i = 1; i < 3; i++)
    {
      g_autofree char *time = fault_server_dup_header (server, i, "X-Sdk-Date");

      /* But for what passes at the turn of an hour. */
      g_assert_true (g_str_has_prefix (time, day) || g_date_time_get_minute (theirs) == 59);
    }

  ui_close_window (window);
  remove_account (account);
}

/* An edited account signs in anew. */
static void
test_edited (void)
{
  WbSignIns *sign_ins = wb_context_get_sign_ins (ui_test_get_context ());
  WbAccount *account = ui_add_account ("http://127.0.0.1:9", TRUE);
  g_autoptr (WbAccount) edited = wb_account_copy (account);

  ui_sign_in (account);
  g_assert_nonnull (wb_sign_ins_get (sign_ins, account));
  g_assert_null (wb_sign_ins_get (sign_ins, edited));
  g_assert_true (wb_account_store_put (wb_context_get_store (ui_test_get_context ()), edited,
                                       NULL));
  g_assert_null (wb_sign_ins_get (sign_ins, edited));

  remove_account (edited);
}

static void
check_names (GtkWidget *widget)
{
  /* The window's own buttons are the toolkit's. */
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkWindowControls"))
    return;

  if ((GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
      && gtk_widget_get_visible (widget)
      && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
      && ui_find (widget, GTK_TYPE_LABEL, NULL) == NULL
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("a %s without a name, in a %s", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

/* Nothing that can be pressed is nameless for a screen reader. */
static void
test_names (void)
{
  g_autofree char   *path = make_zip ("names.zip");
  WbWindow          *window = ui_open_file (path);
  GtkSelectionModel *rows = gtk_column_view_get_model (ui_find (window, GTK_TYPE_COLUMN_VIEW,
                                                                NULL));

  gtk_selection_model_select_item (rows, 2, TRUE);
  ui_wait_until (ui_find (window, GTK_TYPE_INSCRIPTION, "RDS") != NULL);
  check_names (GTK_WIDGET (window));

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/program/open", test_open);
  g_test_add_func ("/program/export-default", test_export_default);
  g_test_add_func ("/program/export-workspace", test_export_workspace);
  g_test_add_func ("/program/opening", test_opening);
  g_test_add_func ("/program/secret", test_secret);
  g_test_add_func ("/program/show-in-files", test_show_in_files);
  g_test_add_func ("/program/shared", test_shared);
  g_test_add_func ("/program/clock", test_clock);
  g_test_add_func ("/program/edited", test_edited);
  g_test_add_func ("/program/names", test_names);

  return g_test_run ();
}
