/* test-export.c: exports in the window, right ones and failed ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <glib/gstdio.h>

#include "core/service/export/export.h"
#include "core/spool.h"
#include "fault-server.h"
#include "sample/sample-service.h"
#include "ui/accounts/account-window.h"
#include "ui/export/export-page.h"
#include "ui/preview/preview.h"
#include "ui/window/account-switcher.h"
#include "ui/window/error-page.h"

static char *
read_file (const char *path,
           gsize      *length)
{
  char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);

  return contents;
}

/* An account of a sample service of the test's own, so that the bytes it sends are known. */
static WbAccount *
add_marked_account (WbSampleService *service,
                    const char      *mark)
{
  WbAccountStore *store = wb_context_get_store (ui_test_get_context ());
  WbClouds       *clouds = wb_context_get_clouds (ui_test_get_context ());
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;
  WbAccount *stored;

  wb_account_set (account, WB_ACCOUNT_MARK, mark);
  wb_account_store_put (store, account, &error);
  g_assert_no_error (error);
  stored = wb_account_store_find (store, wb_account_get_uuid (account));

  credentials = wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  endpoints = wb_account_dup_endpoints (stored, clouds, &error);
  g_assert_no_error (error);
  client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  sign_in = wb_sign_in_new (client, credentials, wb_sample_service_get_project_id (service), NULL);
  wb_sign_ins_keep (wb_context_get_sign_ins (ui_test_get_context ()), stored, sign_in);

  return stored;
}

static WbAccount *
add_sample_account (WbSampleService *service)
{
  return add_marked_account (service, "");
}

static void
remove_account (WbAccount *account)
{
  g_autofree char *uuid = g_strdup (wb_account_get_uuid (account));
  g_autoptr (GError) error = NULL;

  wb_account_store_remove (wb_context_get_store (ui_test_get_context ()), uuid, &error);
  g_assert_no_error (error);
}

static gboolean
has_folder (GtkFileChooser *chooser,
            const char     *path)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (chooser);

  return folder != NULL && g_strcmp0 (g_file_peek_path (folder), path) == 0;
}

static void
check_no_spool_has_a_name (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, ".spool."));
}

static void
test_first_start (void)
{
  WbWindow *window = ui_open_window ();

  g_assert_cmpstr (wb_window_get_page (window), ==, "welcome");
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "_Add Account…"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "_Open ZIP…"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "_Try Sample Data"));
  g_assert_null (ui_find (ui_find (window, ADW_TYPE_HEADER_BAR, NULL), GTK_TYPE_LABEL, "Export"));
  g_assert_false (ui_is_enabled (window, "export"));
  g_assert_false (ui_is_enabled (window, "save-as"));
  g_assert_false (ui_is_enabled (window, "cancel"));

  ui_close_window (window);
}

static WbWorkspace *
find_workspace_with_id (WbAccount *account)
{
  GListModel *workspaces = wb_account_get_workspaces (account);

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (*wb_workspace_get_id (workspace) != '\0')
        return g_steal_pointer (&workspace);
    }
  g_error ("there is no such workspace");
}

/* Where the service has withdrawn the export, or does not permit it, one click makes an archive of
 * its list, and one more of Management Center's. It is never called an export. */
static void
test_other_sources (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autofree char *path = g_build_filename (g_get_home_dir (), "rebuilt.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (WbWorkspace) workspace = NULL;
  g_autofree char *title = NULL;
  WbAccount       *account;
  WbWindow        *window;
  WbDocument      *document;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  wb_sample_service_set_answer (service, WB_SOURCE_EXPORT, WB_SAMPLE_REFUSED);
  account = add_sample_account (service);
  window = ui_open_window ();
  /* Management Center is not asked about the default workspace, for it wants an ID. */
  workspace = find_workspace_with_id (account);
  /* Nothing else is exported for an account or a workspace that is not there. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-again", "(ss)",
                              "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-from", "(sss)",
                              wb_account_get_uuid (account), "no such workspace", "list");
  g_assert_cmpstr (wb_window_get_page (window), ==, "ready");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-again", "(ss)",
                              wb_account_get_uuid (account), wb_workspace_get_id (workspace));
  ui_wait_for_page (window, "error");
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "Use the _List Instead"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "Edit _Account…"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "_Check Account…"));
  g_assert_true (ui_says (window, "A Viewer may read that list."));

  wb_sample_service_set_answer (service, WB_SOURCE_LIST, WB_SAMPLE_WITHDRAWN);
  ui_click (window, "Use the _List Instead");
  ui_wait_for_page (window, "error");
  ui_click (window, "Use _Management Center Instead");
  ui_wait_for_page (window, "preview");

  document = wb_window_get_document (window);
  g_assert_true (wb_archive_is_rebuilt (wb_document_get_archive (document)));
  title = wb_document_dup_suggested_name (document);
  g_assert_true (g_str_has_suffix (title, "-rebuilt.zip"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==,
                   "DLF_All_DataConnections-rebuilt.zip");
  g_assert_true (ui_says (window, "Rebuilt, not exported"));
  g_assert_false (ui_says (window, "Exported "));

  wb_window_save_to (window, file);
  ui_wait_until (!wb_document_get_unsaved (document));
  ui_wait_until (ui_is_enabled (window, "save-as"));
  ui_close_window (window);
  remove_account (account);
  wb_sample_service_stop (service);
}

/* The saved file is what the service sent, byte for byte. */
static void
test_save (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = g_build_filename (g_get_home_dir (), "a & <b>.zip", NULL);
  g_autofree char *saved = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            length;
  WbAccount       *account;
  WbWindow        *window;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  account = add_sample_account (service);
  window = ui_open_window ();
  g_assert_cmpstr (wb_window_get_page (window), ==, "ready");
  ui_activate (window, "win.export");
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  ui_wait_for_page (window, "preview");

  g_assert_true (wb_document_get_unsaved (wb_window_get_document (window)));
  before = ui_dup_texts (window, FALSE);
  g_assert_nonnull (strstr (before, "Not saved yet\n"));
  g_assert_nonnull (strstr (before, WB_EXPORT_FILE_NAME "\n"));
  /* What the service calls it, whatever name is suggested on save. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, WB_EXPORT_FILE_NAME);
  g_assert_false (ui_is_enabled (window, "show-in-files"));
  /* What is shown names its origin once, and beside Export stands what that would export. */
  origin = g_strdup_printf ("%s · Default", wb_account_get (account, WB_ACCOUNT_NAME));
  g_assert_true (ui_shows (ui_find (window, WB_TYPE_ACCOUNT_SWITCHER, NULL), origin));
  g_assert_true (ui_shows (ui_find (window, ADW_TYPE_WINDOW_TITLE, NULL), origin));
  g_assert_false (ui_shows (ui_find (window, WB_TYPE_PREVIEW, NULL), origin));
  g_assert_true (gtk_widget_get_next_sibling (gtk_widget_get_ancestor (
                   ui_find (window, GTK_TYPE_LABEL, "Export"), GTK_TYPE_BUTTON))
                 == ui_find (window, WB_TYPE_ACCOUNT_SWITCHER, NULL));

  file = g_file_new_for_path (path);
  wb_window_save_to (window, file);
  g_assert_false (ui_is_enabled (window, "save-as"));
  ui_wait_until (!wb_document_get_unsaved (wb_window_get_document (window)));
  ui_wait_until (ui_is_enabled (window, "save-as"));
  g_assert_true (ui_is_enabled (window, "show-in-files"));

  sent = wb_sample_service_dup_zip (service, "");
  saved = read_file (path, &length);
  g_assert_cmpmem (saved, length, g_bytes_get_data (sent, NULL), g_bytes_get_size (sent));

  ui_wait_until (ui_find (window, GTK_TYPE_LABEL, "Saved as “a & <b>.zip”") != NULL);
  after = ui_dup_texts (window, FALSE);
  g_assert_null (strstr (after, "Not saved yet"));
  g_assert_nonnull (strstr (after, "a & <b>.zip\n"));

  /* Nothing to ask about any more. */
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until (window == NULL);
  remove_account (account);
}

/* Each export has a name of its own, and the folder of the last file is remembered. */
static void
test_save_as (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  GSettings       *settings = wb_context_get_settings (ui_test_get_context ());
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "Exports", NULL);
  g_autofree char *path = g_build_filename (folder, "a.zip", NULL);
  g_autofree char *other_path = g_build_filename (g_get_home_dir (), "b.zip", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *expected = NULL;
  g_autofree char *suggested = NULL;
  g_autofree char *again = NULL;
  g_autofree char *remembered = NULL;
  g_autoptr (GFile) file = NULL;
  /* There the portal remembers the folder. */
  gboolean          in_sandbox = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  WbConnectionView *details;
  GtkFileChooser   *chooser;
  WbAccount        *account;
  WbWindow         *window;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (wb_sample_service_start (service, 0, NULL));
  account = add_sample_account (service);
  window = ui_open_window ();
  wb_window_export (window);
  ui_wait_for_page (window, "preview");
  expected = g_strdup_printf ("DLF_All_DataConnections %s Default %s.zip",
                              wb_account_get (account, WB_ACCOUNT_NAME), date);

  ui_activate (window, "win.save-as");
  suggested = ui_save_to (path);
  g_assert_cmpstr (suggested, ==, expected);
  ui_wait_until (!wb_document_get_unsaved (wb_window_get_document (window)));
  remembered = g_settings_get_string (settings, "folder");
  g_assert_cmpstr (remembered, ==, in_sandbox ? "" : folder);

  /* What is selected is called so, too. */
  details = ui_select (window, 0);
  g_assert_true (ui_shows (details, "a.zip"));

  /* The next dialog starts there, and suggests the file's own name from now on. */
  ui_activate (window, "win.save-as");
  ui_wait_until ((chooser = ui_find_file_chooser ()) != NULL);
  if (!in_sandbox)
    ui_wait_until (has_folder (chooser, folder));
  again = ui_save_to (other_path);
  g_assert_cmpstr (again, ==, "a.zip");
  file = g_file_new_for_path (other_path);
  ui_wait_until (g_file_equal (wb_document_get_file (wb_window_get_document (window)), file));
  /* Its message does not wait for the end of the other. */
  ui_wait_until (ui_is_enabled (window, "save-as"));
  ui_wait_for_frames (window, 5);
  g_assert_true (ui_shows (window, "Saved as “b.zip”"));
  g_assert_true (ui_shows (details, "b.zip"));

  ui_close_window (window);
  remove_account (account);
}

static void
test_save_fails (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all.zip");
  AdwMessageDialog *dialog;
  WbAccount        *account;
  WbWindow         *window;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  account = add_sample_account (service);
  window = ui_open_window ();
  wb_window_export (window);
  ui_wait_for_page (window, "preview");

  wb_window_save_to (window, file);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Not Saved");
  ui_click (dialog, "_Close");
  ui_wait_until (ui_is_enabled (window, "save-as"));
  g_assert_true (wb_document_get_unsaved (wb_window_get_document (window)));
  g_assert_cmpstr (wb_window_get_page (window), ==, "preview");

  ui_close_window (window);
  remove_account (account);
}

/* Closing, or exporting again, over an export that is not saved. */
static void
test_unsaved (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  AdwMessageDialog *dialog;
  WbDocument       *document;
  WbAccount        *account;
  WbWindow         *window;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  account = add_sample_account (service);
  window = ui_open_window ();
  wb_window_export (window);
  ui_wait_for_page (window, "preview");
  document = wb_window_get_document (window);

  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_is_enabled (window, "export"));
  g_assert_true (wb_window_get_document (window) == document);

  ui_activate (window, "win.export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_cmpstr (wb_window_get_page (window), ==, "preview");
  ui_click (dialog, "_Discard");
  ui_wait_for_page (window, "exporting");
  ui_wait_for_page (window, "preview");
  g_assert_true (wb_window_get_document (window) != document);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Discard");
  ui_wait_until (window == NULL);
  remove_account (account);
}

/* Try Sample Data, from a first start on. */
static void
test_sample (void)
{
  GListModel *accounts = G_LIST_MODEL (wb_context_get_store (ui_test_get_context ()));
  WbWindow   *window = ui_open_window ();
  g_autoptr (WbAccount) account = NULL;
  g_autofree char *texts = NULL;

  ui_activate (window, "app.try-sample");
  ui_wait_for_page (window, "preview");
  g_assert_null (ui_find_dialog (window));
  texts = ui_dup_texts (window, FALSE);
  g_assert_nonnull (strstr (texts, "Not saved yet\n"));
  g_assert_nonnull (strstr (texts, "connections\n"));
  g_assert_nonnull (strstr (texts, "dws_sales.conn\n"));

  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, 1);
  account = g_list_model_get_item (accounts, 0);
  g_assert_true (wb_account_get_transient (account));

  ui_close_window (window);
  remove_account (account);
}

/* The cloud's audit log is mentioned once, and never for sample data. */
static void
test_audit_notice (void)
{
  GSettings *settings = wb_context_get_settings (ui_test_get_context ());
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char  *url = fault_server_dup_url (server);
  WbAccount        *account = ui_add_account (url, FALSE);
  WbWindow         *window = ui_open_window ();
  AdwMessageDialog *dialog;

  ui_sign_in (account);
  g_assert_false (g_settings_get_boolean (settings, "audit-notice-shown"));

  ui_activate (window, "win.export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_cmpstr (wb_window_get_page (window), ==, "ready");
  /* A file that is opened meanwhile goes into another window. */
  g_assert_false (wb_window_is_empty (window));
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_is_enabled (window, "export"));
  g_assert_true (wb_window_is_empty (window));
  g_assert_false (g_settings_get_boolean (settings, "audit-notice-shown"));
  g_assert_cmpuint (fault_server_get_n_opened (server), ==, 0);

  ui_activate (window, "win.export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Export");
  ui_wait_for_page (window, "exporting");
  g_assert_true (g_settings_get_boolean (settings, "audit-notice-shown"));
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "ready");

  ui_activate (window, "win.export");
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");

  /* A window that closes while it exports. */
  ui_close_window (window);
  g_settings_reset (settings, "audit-notice-shown");
  remove_account (account);
}

/* A reply that stops: what has come is shown, and Cancel ends it at once. */
static void
test_progress (void)
{
  g_autofree char *body = g_strnfill (1996, 'x');
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                                            "PK\3\4%s",
                                            body);
  g_autofree char *received = g_format_size (2000);
  g_autofree char *total = g_format_size (1000000);
  g_autofree char *amount = g_strdup_printf ("%s of %s", received, total);
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = ui_open_window ();
  WbExportPage    *page;

  ui_sign_in (account);
  fault_server_add (server, reply, (gssize) strlen (reply), FAULT_HOLD);
  ui_activate (window, "win.export");
  page = ui_find (window, WB_TYPE_EXPORT_PAGE, NULL);
  ui_wait_until (ui_find (page, GTK_TYPE_LABEL, "Receiving…") != NULL);
  ui_wait_until (ui_find (page, GTK_TYPE_LABEL, amount) != NULL);
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, "Exporting “Sales”"));
  g_assert_false (ui_is_enabled (window, "export"));

  ui_press (window, "Escape");
  ui_wait_for_page (window, "ready");
  g_assert_null (wb_window_get_document (window));
  check_no_spool_has_a_name ();

  /* The service is busy: the page says for how long, and waiting can be cancelled as well. */
  ui_sign_in (account);
  fault_server_add_reply (server, 503, "Retry-After: 100\r\n", "", 0);
  ui_activate (window, "win.export");
  ui_wait_until (ui_find (page, GTK_TYPE_LABEL, "The service is busy. Next try in 100 seconds.")
                   != NULL
                 || ui_find (page, GTK_TYPE_LABEL, "The service is busy. Next try in 99 seconds.")
                      != NULL);
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "ready");

  ui_close_window (window);
  remove_account (account);
}

static void
test_errors (void)
{
  static const struct
  {
    guint       status;
    const char *headers;
    const char *body;
    const char *title;
    const char *code;
  } cases[] = {
    { 401, "X-Request-Id: req-1\r\n",
      "{\"error_code\": \"APIGW.0301\", \"error_msg\": \"Incorrect <b>IAM</b> &\"}",
      "Sign-In Refused", "APIGW.0301" },
    { 403, "X-Request-Id: req-2\r\n",
      "{\"error_code\": \"DLF.6888\", \"error_msg\": \"no\"}", "Not Permitted", "DLF.6888" },
    { 404, "X-Request-Id: req-3\r\n",
      "{\"error_code\": \"APIG.0101\", \"error_msg\": \"The API does not exist\"}",
      "Refused by the Service", "APIG.0101" },
    { 400, "X-Request-Id: req-4\r\n",
      "{\"error_code\": \"DLF.6322\", \"error_msg\": \"none\"}",
      "No Connections in “Sales”", "DLF.6322" },
    { 200, "Content-Type: text/html\r\n", "<html><body>Please log in</body></html>",
      "No Connection to the Service", NULL },
    { 302, "Location: https://elsewhere.example/\r\n", "", "Refused by the Service", NULL },
  };
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = ui_open_window ();
  WbErrorPage     *page;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *texts = NULL;

      ui_sign_in (account);
      fault_server_add_reply (server, cases[i].status, cases[i].headers, cases[i].body,
                              (gssize) strlen (cases[i].body));
      wb_window_export (window);
      g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
      ui_wait_for_page (window, "error");

      page = ui_find (window, WB_TYPE_ERROR_PAGE, NULL);
      texts = ui_dup_texts (page, FALSE);
      g_test_message ("%s", texts);
      g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, cases[i].title));
      if (cases[i].code != NULL)
        {
          g_autofree char *request_id = g_strdup_printf ("req-%u", i + 1);

          g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, cases[i].code));
          g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, request_id));
        }
      g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "_Try Again"));
      g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "Edit _Account…"));
      g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "_Check Account…"));
      g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "_Request Log"));
      g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "_Back to the Preview"));
      g_assert_null (strstr (texts, "a-token-for-tests"));
    }

  ui_close_window (window);
  remove_account (account);
}

static gpointer
find_account_window (WbWindow   *parent,
                     const char *name)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WB_IS_ACCOUNT_WINDOW (l->data)
          && gtk_window_get_transient_for (l->data) == GTK_WINDOW (parent)
          && ui_find (l->data, ADW_TYPE_ENTRY_ROW, name) != NULL)
        return l->data;
    }

  return NULL;
}

/* The page is about what failed, whatever is selected by then, and goes with it. */
static void
test_error_belongs (void)
{
  static const char *const buttons[] = { "Edit _Account…", "_Check Account…" };
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  WbAccountStore  *store = wb_context_get_store (ui_test_get_context ());
  WbAccount       *failed = ui_add_account (url, TRUE);
  g_autofree char *uuid = g_strdup (wb_account_get_uuid (failed));
  g_autoptr (WbAccount) other = wb_account_duplicate (failed, "Another account");
  g_autoptr (WbAccount) renamed = NULL;
  WbWindow *window = ui_open_window ();

  wb_account_set_transient (other, TRUE);
  g_assert_true (wb_account_store_put (store, other, NULL));
  wb_window_select (window, failed, NULL);
  ui_sign_in (failed);
  fault_server_add_reply (server, 404, "", "", 0);
  wb_window_export (window);
  ui_wait_for_page (window, "error");
  wb_window_select (window, other, NULL);
  g_assert_cmpstr (wb_window_get_page (window), ==, "error");
  /* Among several windows it is known by its title. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Sales");
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, wb_account_get (failed, WB_ACCOUNT_NAME)));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gpointer opened;

      ui_click (window, buttons[i]);
      ui_wait_until ((opened = find_account_window (window, wb_account_get (failed,
                                                                            WB_ACCOUNT_NAME)))
                     != NULL);
      gtk_window_destroy (opened);
    }

  /* Try Again takes the same account and workspace, also after it was edited. */
  renamed = wb_account_copy (failed);
  wb_account_set (renamed, WB_ACCOUNT_NAME, "Renamed");
  g_assert_true (wb_account_store_put (store, renamed, NULL));
  g_assert_cmpstr (wb_window_get_page (window), ==, "error");
  ui_sign_in (renamed);
  fault_server_add_reply (server, 404, "", "", 0);
  ui_click (window, "_Try Again");
  ui_wait_for_page (window, "exporting");
  ui_wait_for_page (window, "error");
  g_assert_true (ui_shows (ui_find (window, WB_TYPE_ERROR_PAGE, NULL), "Renamed · Sales"));

  g_assert_true (wb_account_store_remove (store, uuid, NULL));
  g_assert_cmpstr (wb_window_get_page (window), ==, "ready");

  ui_close_window (window);
  remove_account (other);
}

/* After its first seconds an export is not stopped without a question. */
static void
test_close (void)
{
  const char *reply = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nPK";
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char  *url = fault_server_dup_url (server);
  WbAccount        *account = ui_add_account (url, TRUE);
  WbWindow         *window = ui_open_window ();
  AdwMessageDialog *dialog;

  ui_sign_in (account);
  fault_server_add (server, reply, (gssize) strlen (reply), FAULT_HOLD);
  wb_window_export (window);
  ui_wait_until (ui_find (window, GTK_TYPE_LABEL, "Receiving…") != NULL);
  ui_fire (window);
  ui_wait_until (g_main_context_find_source_by_user_data (NULL, window) == NULL);

  /* Once, however often the window is closed. */
  gtk_window_close (GTK_WINDOW (window));
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Keep Exporting");
  ui_wait_until (ui_find_dialog (window) == NULL);
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  g_assert_true (ui_is_enabled (window, "cancel"));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_click (dialog, "_Stop and Close");
  ui_wait_until (window == NULL);
  remove_account (account);
}

/* The mark of an account goes with what is exported from it, and with what fails. */
static void
test_mark (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autofree char *place = NULL;
  g_autofree char *origin = NULL;
  WbAccount       *account;
  WbWindow        *window;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  account = add_marked_account (service, "Production");
  place = g_strdup_printf ("%s (Production) · Default",
                           wb_account_get (account, WB_ACCOUNT_NAME));
  window = ui_open_window ();
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Production: Waybill");
  wb_window_export (window);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Production: Default");
  ui_wait_for_page (window, "preview");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==,
                   "Production: " WB_EXPORT_FILE_NAME);
  g_assert_true (ui_shows (ui_find (window, ADW_TYPE_WINDOW_TITLE, NULL), place));
  /* The comparison names the origin of both sides. */
  origin = wb_document_dup_origin (wb_window_get_document (window));
  g_assert_nonnull (strstr (origin, place));

  ui_close_window (window);
  remove_account (account);
}

/* A failure never throws away the preview that was there. */
static void
test_preview_stays (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *path = g_build_filename (g_get_home_dir (), "kept.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (WbWorkspace) workspace = NULL;
  WbDocument *document;
  WbAccount  *sample;
  WbAccount  *broken;
  WbWindow   *window;

  g_assert_true (wb_sample_service_start (service, 0, NULL));
  sample = add_sample_account (service);
  window = ui_open_window ();
  wb_window_export (window);
  ui_wait_for_page (window, "preview");
  wb_window_save_to (window, file);
  ui_wait_until (ui_is_enabled (window, "save-as"));
  document = wb_window_get_document (window);

  broken = ui_add_account (url, TRUE);
  ui_sign_in (broken);
  wb_window_select (window, broken, NULL);
  for (guint i = 0; i < 4; i++)
    fault_server_add (server, "", 0, FAULT_CLOSE);
  wb_window_export (window);
  ui_wait_for_page (window, "error");
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, "No Connection to the Service"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_BUTTON, "_Back to the Preview"));
  ui_activate (window, "win.back");
  g_assert_cmpstr (wb_window_get_page (window), ==, "preview");
  g_assert_true (wb_window_get_document (window) == document);

  /* A cancelled one goes back by itself. */
  wb_window_export (window);
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "preview");
  g_assert_true (wb_window_get_document (window) == document);

  ui_close_window (window);
  remove_account (broken);
  remove_account (sample);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/export/first-start", test_first_start);
  g_test_add_func ("/export/save", test_save);
  g_test_add_func ("/export/other-sources", test_other_sources);
  g_test_add_func ("/export/save-as", test_save_as);
  g_test_add_func ("/export/save-fails", test_save_fails);
  g_test_add_func ("/export/unsaved", test_unsaved);
  g_test_add_func ("/export/sample", test_sample);
  g_test_add_func ("/export/audit-notice", test_audit_notice);
  g_test_add_func ("/export/progress", test_progress);
  g_test_add_func ("/export/errors", test_errors);
  g_test_add_func ("/export/error-belongs", test_error_belongs);
  g_test_add_func ("/export/close", test_close);
  g_test_add_func ("/export/mark", test_mark);
  g_test_add_func ("/export/preview-stays", test_preview_stays);

  return g_test_run ();
}
