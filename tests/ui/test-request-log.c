/* test-request-log.c: the window with the requests of a run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <string.h>

#include "fault-server.h"
#include "ring.h"
#include "ui/accounts/account-window.h"
#include "ui/request-log-window.h"

/* It must be nowhere. */
#define TOKEN "canary-token-0815"

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

static GtkWindow *
find_log_window (void)
{
  return find_window (WB_TYPE_REQUEST_LOG_WINDOW);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static char *
copy (GtkWindow *window)
{
  char *text = NULL;

  ui_click (window, "_Copy");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, copied_cb,
                                 &text);
  ui_wait_until (text != NULL);

  return text;
}

/* A stack keeps the widgets of its other pages. */
static gboolean
shows (GtkWindow  *window,
       const char *text)
{
  g_autofree char *texts = ui_dup_texts (window, FALSE);

  return strstr (texts, text) != NULL;
}

/* An export that fails is where a person needs it. */
static void
test_export (void)
{
  GActionGroup *program = G_ACTION_GROUP (ui_test_get_program ());
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char  *url = fault_server_dup_url (server);
  g_autofree char  *shown = NULL;
  g_autofree char  *copied = NULL;
  WbAccount        *account = ui_add_account (url, TRUE);
  WbWindow         *window = ui_open_window ();
  g_autofree char  *uuid = g_strdup (wb_account_get_uuid (account));
  AdwMessageDialog *dialog;
  GtkWindow        *log;

  g_action_group_activate_action (program, "request-log", NULL);
  log = find_log_window ();
  g_assert_nonnull (log);
  g_assert_true (shows (log, "No Requests Yet"));

  fault_server_add_reply (server, 403, "X-Request-Id: ticket-42\r\n", "", 0);
  ui_click (log, "_Export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  gtk_editable_set_text (ui_find (dialog, GTK_TYPE_EDITABLE, NULL), TOKEN);
  ui_click (dialog, "_Sign In");
  ui_wait_for_page (window, "error");

  /* Its end may come after that of the export. */
  ui_wait_until (shows (log, "ticket-42"));
  g_assert_false (shows (log, "No Requests Yet"));
  shown = ui_dup_texts (log, FALSE);
  g_assert_nonnull (strstr (shown, "POST http://127.0.0.1:"));
  g_assert_nonnull (strstr (shown, "/connections/export → 403 ("));
  g_assert_nonnull (strstr (shown, "request ID ticket-42; sent X-Auth-Token: [token])"));
  g_assert_null (strstr (shown, TOKEN));

  /* Columns to scan, in which each request is short. */
  g_assert_nonnull (strstr (shown, "Time\n"));
  g_assert_nonnull (strstr (shown, "\n403\n"));
  g_assert_nonnull (strstr (shown, "/connections/export\n"));

  ring_go_round (log);
  copied = copy (log);
  g_assert_nonnull (strstr (copied, "ticket-42"));
  g_assert_null (strstr (copied, TOKEN));

  /* Once more is the same window. */
  g_action_group_activate_action (program, "request-log", NULL);
  g_assert_true (find_log_window () == log);

  ui_click (log, "C_lear");
  g_assert_true (shows (log, "No Requests Yet"));
  gtk_window_close (log);
  ui_wait_until (find_log_window () == NULL);

  ui_close_window (window);
  g_assert_true (wb_account_store_remove (wb_context_get_store (ui_test_get_context ()), uuid,
                                          NULL));
}

/* Without an account it begins with one. */
static void
test_no_account (void)
{
  WbWindow  *window = ui_open_window ();
  GtkWindow *log;
  GtkWindow *account;

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "request-log", NULL);
  log = find_log_window ();
  ui_click (log, "_Add Account…");
  ui_wait_until ((account = find_window (WB_TYPE_ACCOUNT_WINDOW)) != NULL);
  g_assert_true (gtk_window_get_transient_for (account) == GTK_WINDOW (window));
  gtk_window_destroy (account);
  gtk_window_close (log);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/request-log/export", test_export);
  g_test_add_func ("/request-log/no-account", test_no_account);

  return g_test_run ();
}
