/* test-passcode.c: an export whose sign-in needs a one-time code
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fault-server.h"
#include "ui-test.h"
#include "zip-maker.h"

#define TOKEN_REPLY                                              \
  "{\"token\": {\"issued_at\": \"2026-01-01T00:00:00.000000Z\"," \
  " \"expires_at\": \"2026-01-02T00:00:00.000000Z\"}}"
#define CODE_WANTED                                  \
  "{\"error\": {\"code\": 401}, \"receipt\": \"r\"," \
  " \"required_auth_methods\": [[\"password\", \"totp\"]]}"

typedef struct
{
  FaultServer *server;  /* (owned) */
  WbAccount   *account; /* in the store */
  WbWindow    *window;
} Setup;

static WbAccount *
add_account (const char *url,
             gboolean    always_asks)
{
  WbAccountStore *store = wb_context_get_store (ui_test_get_context ());
  WbAccount      *token_account = ui_add_account (url, TRUE);
  g_autoptr (WbAccount) account = wb_account_copy (token_account);

  wb_account_set (account, WB_ACCOUNT_NAME, "<b>Test");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "jane");
  wb_account_set_auth_method (account, WB_AUTH_PASSWORD);
  if (always_asks)
    wb_account_set (account, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK);
  g_assert_true (wb_account_store_put (store, account, NULL));

  return wb_account_store_find (store, wb_account_get_uuid (account));
}

static void
set_up (Setup        *setup,
        gconstpointer always_asks)
{
  g_autofree char *url = NULL;

  setup->server = fault_server_new (NULL);
  url = fault_server_dup_url (setup->server);
  setup->account = add_account (url, always_asks != NULL);
  setup->window = ui_open_window ();
}

static void
tear_down (Setup        *setup,
           gconstpointer always_asks)
{
  g_autofree char *uuid = g_strdup (wb_account_get_uuid (setup->account));

  ui_close_window (setup->window);
  wb_account_store_remove (wb_context_get_store (ui_test_get_context ()), uuid, NULL);
  fault_server_free (setup->server);
}

static AdwMessageDialog *
wait_for_dialog (Setup      *setup,
                 const char *heading)
{
  AdwMessageDialog *dialog;

  ui_wait_until ((dialog = ui_find_dialog (setup->window)) != NULL
                 && g_strcmp0 (adw_message_dialog_get_heading (dialog), heading) == 0);

  return dialog;
}

/* No password is stored for the account: it is asked for first. */
static void
enter_password (Setup *setup)
{
  AdwMessageDialog *dialog;
  GtkWidget        *row;

  ui_activate (setup->window, "win.export");
  dialog = wait_for_dialog (setup, "Password Needed");
  row = ui_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "hunter2");
  gtk_check_button_set_active (ui_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL), FALSE);
  ui_click (dialog, "_Sign In");
}

static void
enter_code (AdwMessageDialog *dialog,
            const char       *code)
{
  g_autofree char *texts = ui_dup_texts (dialog, FALSE);

  g_assert_nonnull (strstr (texts, "“<b>Test” also requires a one-time code"));
  gtk_editable_set_text (ui_find (dialog, ADW_TYPE_ENTRY_ROW, NULL), code);
  ui_click (dialog, "_Continue");
}

static void
add_export (Setup *setup)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) zip = NULL;
  gsize       length;
  const char *bytes;

  wb_zip_maker_add_text (maker, "connections/dws_sales.conn", "{\"name\":\"dws_sales\"}");
  zip = wb_zip_maker_finish (maker, NULL);
  bytes = g_bytes_get_data (zip, &length);
  fault_server_add_reply (setup->server, 201, "X-Subject-Token: a-token\r\n", TOKEN_REPLY, -1);
  fault_server_add_reply (setup->server, 200, "", bytes, (gssize) length);
}

static void
assert_asks (Setup      *setup,
             const char *refusal)
{
  AdwMessageDialog *dialog;
  g_autofree char  *texts = NULL;

  fault_server_add_reply (setup->server, 401, "", refusal, -1);
  add_export (setup);
  enter_password (setup);

  dialog = wait_for_dialog (setup, "One-Time Code Needed");
  g_assert_cmpstr (wb_window_get_page (setup->window), ==, "exporting");
  g_assert_null (strstr (fault_server_get_request (setup->server, 0), "totp"));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "continue"));
  gtk_editable_set_text (ui_find (dialog, ADW_TYPE_ENTRY_ROW, NULL), "12345a");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "continue"));
  enter_code (dialog, " 471 108 ");

  ui_wait_for_page (setup->window, "preview");
  g_assert_cmpuint (fault_server_get_n_requests (setup->server), ==, 3);
  g_assert_nonnull (strstr (fault_server_get_request (setup->server, 1), "\"totp\""));
  g_assert_nonnull (strstr (fault_server_get_request (setup->server, 1), "\"471108\""));

  texts = ui_dup_texts (setup->window, TRUE);
  g_assert_null (strstr (texts, "471108"));
}

static void
test_service_asks (Setup        *setup,
                   gconstpointer data)
{
  assert_asks (setup, CODE_WANTED);
}

/* As Open Telekom Cloud puts it. */
static void
test_service_asks_in_words (Setup        *setup,
                            gconstpointer data)
{
  assert_asks (setup, "{\"error\": {\"code\": 401, \"message\": \"mfa totp code verify fail\","
                      " \"title\": \"Unauthorized\"}}");
}

/* Nothing is sent before there is a code. */
static void
test_account_asks (Setup        *setup,
                   gconstpointer data)
{
  add_export (setup);
  enter_password (setup);

  wait_for_dialog (setup, "One-Time Code Needed");
  g_assert_cmpuint (fault_server_get_n_requests (setup->server), ==, 0);
  enter_code (ui_find_dialog (setup->window), "471108");

  ui_wait_for_page (setup->window, "preview");
  g_assert_nonnull (strstr (fault_server_get_request (setup->server, 0), "\"totp\""));
}

/* A refused code is an error with its way out, and the next try asks anew. */
static void
test_refused (Setup        *setup,
              gconstpointer data)
{
  fault_server_add_reply (setup->server, 401, "", "{\"error\": {\"code\": 401}}", -1);
  enter_password (setup);
  enter_code (wait_for_dialog (setup, "One-Time Code Needed"), "471108");
  ui_wait_for_page (setup->window, "error");
  g_assert_nonnull (ui_find (setup->window, GTK_TYPE_LABEL, "Sign-In Refused"));

  add_export (setup);
  enter_password (setup);
  enter_code (wait_for_dialog (setup, "One-Time Code Needed"), "234567");
  ui_wait_for_page (setup->window, "preview");
  g_assert_null (strstr (fault_server_get_request (setup->server, 1), "471108"));
}

/* Cancel goes back in silence; the password has not to be entered again. */
static void
test_dismissed (Setup        *setup,
                gconstpointer data)
{
  enter_password (setup);
  ui_click (wait_for_dialog (setup, "One-Time Code Needed"), "_Cancel");
  ui_wait_for_page (setup->window, "ready");

  ui_activate (setup->window, "win.export");
  wait_for_dialog (setup, "One-Time Code Needed");
  ui_activate (setup->window, "win.cancel");
  ui_wait_for_page (setup->window, "ready");
  g_assert_cmpuint (fault_server_get_n_opened (setup->server), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add ("/passcode/service-asks", Setup, NULL, set_up, test_service_asks, tear_down);
  g_test_add ("/passcode/service-asks-in-words", Setup, NULL, set_up, test_service_asks_in_words,
              tear_down);
  g_test_add ("/passcode/account-asks", Setup, "", set_up, test_account_asks, tear_down);
  g_test_add ("/passcode/refused", Setup, "", set_up, test_refused, tear_down);
  g_test_add ("/passcode/dismissed", Setup, "", set_up, test_dismissed, tear_down);

  return g_test_run ();
}
