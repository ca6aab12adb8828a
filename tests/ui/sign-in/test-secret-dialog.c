/* test-secret-dialog.c: asking for a secret that is not stored
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/sign-in-dialogs.h"

#include "account-fixture.h"

typedef struct
{
  GtkWidget     *parent;
  GCancellable  *cancellable;
  GtkWidget     *dialog; /* (nullable): until it is closed */
  gboolean       done;
  gboolean       remember;
  WbCredentials *credentials; /* (owned) (nullable) */
  GError        *error;       /* (owned) (nullable) */
} Session;

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Session *session = user_data;

  session->credentials = wb_secret_dialog_ask_finish (result, &session->remember, &session->error);
  session->done = TRUE;
}

static void
session_open (Session     *session,
              WbAuthMethod method)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  GListModel *windows = gtk_window_get_toplevels ();

  wb_account_set (account, WB_ACCOUNT_NAME, HOSTILE_NAME);
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "domain");
  wb_account_set (account, WB_ACCOUNT_USER, "<b>jane");
  wb_account_set_auth_method (account, method);

  session->parent = gtk_window_new ();
  session->cancellable = g_cancellable_new ();
  gtk_window_present (GTK_WINDOW (session->parent));
  wb_secret_dialog_ask_async (GTK_WINDOW (session->parent), account, session->cancellable,
                              asked_cb, session);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        session->dialog = window;
    }
  g_assert_nonnull (session->dialog);
  g_object_add_weak_pointer (G_OBJECT (session->dialog), (gpointer *) &session->dialog);
  WAIT_FOR (gtk_widget_get_mapped (session->dialog));
  g_assert_true (shows (session->dialog, "<a href='x'>&_\\u{202E}"));
}

static void
session_clear (Session *session)
{
  WAIT_FOR (session->dialog == NULL);
  if (session->parent != NULL)
    gtk_window_destroy (GTK_WINDOW (session->parent));
  g_clear_object (&session->cancellable);
  g_clear_pointer (&session->credentials, wb_credentials_unref);
  g_clear_error (&session->error);
}

static void
test_password (void)
{
  Session session = { NULL };

  session_open (&session, WB_AUTH_PASSWORD);
  g_assert_true (shows (session.dialog, "<b>jane"));
  g_assert_null (find_row (session.dialog, "Token"));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (session.dialog),
                                                           "sign-in"));
  type_into (session.dialog, "Password", " hunter2 ");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (session.dialog),
                                                          "sign-in"));
  click (session.dialog, "_Sign In");
  WAIT_FOR (session.done);

  g_assert_no_error (session.error);
  g_assert_true (session.remember);
  g_assert_cmpint (wb_credentials_get_method (session.credentials), ==, WB_AUTH_PASSWORD);
  g_assert_cmpstr (wb_credentials_get_domain (session.credentials), ==, "domain");
  g_assert_cmpstr (wb_credentials_get_user (session.credentials), ==, "<b>jane");
  g_assert_cmpstr (wb_credentials_get_password (session.credentials), ==, " hunter2 ");
  session_clear (&session);
}

static void
test_key (void)
{
  Session session = { NULL };

  session_open (&session, WB_AUTH_KEY);
  type_into (session.dialog, "Access key ID", "AK");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (session.dialog),
                                                           "sign-in"));
  type_into (session.dialog, "Secret access key", "SK");
  type_into (session.dialog, "Security token (only for temporary keys)", "ST");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_type (session.dialog,
                                                            GTK_TYPE_CHECK_BUTTON)),
                               FALSE);
  click (session.dialog, "_Sign In");
  WAIT_FOR (session.done);

  g_assert_no_error (session.error);
  g_assert_false (session.remember);
  g_assert_cmpstr (wb_credentials_get_access_key (session.credentials), ==, "AK");
  g_assert_cmpstr (wb_credentials_get_secret_key (session.credentials), ==, "SK");
  g_assert_cmpstr (wb_credentials_get_security_token (session.credentials), ==, "ST");
  session_clear (&session);
}

static void
test_dismiss (void)
{
  Session session = { NULL };

  session_open (&session, WB_AUTH_TOKEN);
  type_into (session.dialog, "Token", "hunter2");
  gtk_window_close (GTK_WINDOW (session.dialog));
  WAIT_FOR (session.done);

  g_assert_error (session.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (session.credentials);
  session_clear (&session);
}

static void
test_cancel (void)
{
  Session session = { NULL };

  session_open (&session, WB_AUTH_TOKEN);
  g_cancellable_cancel (session.cancellable);
  WAIT_FOR (session.done);

  g_assert_error (session.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  session_clear (&session);
}

static void
test_parent_closes (void)
{
  Session session = { NULL };

  session_open (&session, WB_AUTH_TOKEN);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&session.parent)));
  WAIT_FOR (session.done);

  g_assert_error (session.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  session_clear (&session);
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  g_test_add_func ("/secret-dialog/password", test_password);
  g_test_add_func ("/secret-dialog/key", test_key);
  g_test_add_func ("/secret-dialog/dismiss", test_dismiss);
  g_test_add_func ("/secret-dialog/cancel", test_cancel);
  g_test_add_func ("/secret-dialog/parent-closes", test_parent_closes);

  return g_test_run ();
}
