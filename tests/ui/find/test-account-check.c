/* test-account-check.c: an account is checked while it is edited
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-fixture.h"

#include <string.h>

#include "fault-server.h"
#include "ring.h"
#include "ui/find/find-private.h"

#define TITLE "Check Account"
#define CODE_WANTED                                  \
  "{\"error\": {\"code\": 401}, \"receipt\": \"r\"," \
  " \"required_auth_methods\": [[\"password\", \"totp\"]]}"

static GtkWidget *
begin (SampleFixture *fixture)
{
  GtkWidget *window;

  click (fixture->window, "C_heck Account…");
  WAIT_FOR ((window = find_window (TITLE)) != NULL);

  return window;
}

static void
wait_for_end (GtkWidget *window)
{
  WAIT_FOR (find_button (window, "Check _Again") != NULL);
  g_assert_null (find_button (window, "_Stop"));
}

/* One character for each row: `p`assed, `f`ailed, `n`ot checked. */
static void
describe (GtkWidget *widget,
          GString   *text)
{
  if (WB_IS_CHECK_ROW (widget))
    {
      GtkWidget  *image = find_type (widget, GTK_TYPE_IMAGE);
      const char *icon = gtk_image_get_icon_name (GTK_IMAGE (image));

      g_assert_nonnull (find_type (widget, GTK_TYPE_STACK));
      g_string_append_c (text, g_str_equal (icon, "object-select-symbolic")    ? 'p'
                               : g_str_equal (icon, "dialog-error-symbolic")   ? 'f'
                               : g_str_equal (icon, "dialog-warning-symbolic") ? 'w'
                                                                               : 'n');
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe (child, text);
}

static void
assert_steps (GtkWidget  *window,
              const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  describe (window, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_passes (SampleFixture *fixture,
             gconstpointer  data)
{
  const char      *password = wb_credentials_get_password (fixture->credentials);
  GtkWidget       *window;
  g_autofree char *copied = NULL;

  sample_fixture_open (fixture, password);
  window = begin (fixture);
  wait_for_end (window);
  g_assert_true (shows (window, "All steps passed: this account can see the connections in all "
                                "of its workspaces."));
  assert_steps (window, "pwpppp");
  ring_go_round (window);
  g_assert_true (shows (window, " ms"));
  g_assert_true (gtk_test_accessible_has_property (
    GTK_ACCESSIBLE (find_type (window, WB_TYPE_CHECK_ROW)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));

  click (window, "Copy Results");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, copied_cb, &copied);
  WAIT_FOR (copied != NULL);
  g_assert_nonnull (strstr (copied, "Sign-in: passed ("));
  g_assert_nonnull (strstr (copied, ": passed with a warning ("));
  g_assert_true (shows (window, "Copied"));

  /* Nothing was saved, and nothing secret went anywhere but to the service. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->base.store)), ==, 0);
  g_assert_false (holds (window, password));
  g_assert_null (strstr (copied, password));

  click (window, "Check _Again");
  wait_for_end (window);
  assert_steps (window, "pwpppp");
  click (window, "_Close");
  WAIT_FOR (find_window (TITLE) == NULL);
}

/* What is stored is used where nothing is typed. */
static void
test_stored (SampleFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (WbCredentials) token = NULL;
  WbAccount *account;
  GtkWidget *window;

  token = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_TOKEN);
  account = account_fixture_add (&fixture->base, "Stored", token);
  g_set_object (&fixture->account, account);
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, wb_sample_service_get_url (fixture->service));
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, wb_sample_service_get_url (fixture->service));
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID,
                  wb_sample_service_get_project_id (fixture->service));
  fixture->window = account_fixture_open (&fixture->base, account);
  WAIT_FOR (shows (fixture->window, "Stored"));

  /* Workspaces are not listed without Management Center, which is not a failure; but each is asked
   * for its connections, and the service does not know the second. */
  window = begin (fixture);
  wait_for_end (window);
  assert_steps (window, "pwppwf");
  g_assert_true (shows (window, "“sales”: The service "));
}

static void
test_fails (SampleFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *window;

  sample_fixture_open (fixture, "canary-4711");
  window = begin (fixture);
  wait_for_end (window);
  assert_steps (window, "pwfnnn");
  g_assert_true (shows (window, "This needs your attention: Sign-in."));
  g_assert_true (shows (window, "password"));
  g_assert_false (holds (window, "canary-4711"));
}

/* What is missing is said before anything is sent. */
static void
test_incomplete (SampleFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *focus;
  GtkWidget *window;

  /* Without a secret there is nothing to check: its row waits for it. */
  sample_fixture_open (fixture, NULL);
  begin (fixture);
  WAIT_FOR (find_window (TITLE) == NULL);
  g_assert_true (shows (fixture->window, "First enter the account’s password"));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_PASSWORD_ENTRY_ROW));

  type_into (fixture->window, "Project ID", "no ID");
  window = begin (fixture);
  WAIT_FOR (shows (window, "A project ID has"));
}

static void
use_server (SampleFixture *fixture,
            FaultServer   *server)
{
  g_autofree char *url = fault_server_dup_url (server);

  wb_account_set (fixture->account, WB_ACCOUNT_SERVICE_URL, url);
  wb_account_set (fixture->account, WB_ACCOUNT_IDENTITY_URL, url);
  wb_account_set (fixture->account, WB_ACCOUNT_MANAGEMENT_URL, url);
}

/* Asked for where it is needed, used once, and shown nowhere. */
static void
test_passcode (SampleFixture *fixture,
               gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  GtkWidget *window;
  GtkWidget *dialog;

  use_server (fixture, server);
  sample_fixture_open (fixture, "hunter2");
  fault_server_add_reply (server, 404, "", "", -1);
  fault_server_add_reply (server, 401, "", CODE_WANTED, -1);
  window = begin (fixture);
  WAIT_FOR ((dialog = find_message_dialog ()) != NULL);
  g_assert_true (shows (dialog, "also requires a one-time code"));
  click (dialog, "_Cancel");
  wait_for_end (window);
  g_assert_true (shows (window, "This sign-in needs a one-time code."));
  WAIT_FOR (find_message_dialog () == NULL);

  fault_server_add_reply (server, 404, "", "", -1);
  fault_server_add_reply (server, 401, "", CODE_WANTED, -1);
  click (window, "Check _Again");
  WAIT_FOR ((dialog = find_message_dialog ()) != NULL);
  fault_server_add_reply (server, 404, "", "", -1);
  fault_server_add_reply (server, 401, "", "{\"error\": {\"code\": 401}}", -1);
  gtk_editable_set_text (GTK_EDITABLE (find_type (dialog, ADW_TYPE_ENTRY_ROW)), "471108");
  click (dialog, "_Continue");
  wait_for_end (window);
  g_assert_nonnull (strstr (fault_server_get_request (server, 5), "\"471108\""));
  assert_steps (window, "pwfnnn");
  g_assert_false (holds (window, "471108"));
}

/* A service that says nothing: the check can be stopped, and so can everything. */
static void
test_stop (SampleFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  GtkWidget *window;

  use_server (fixture, server);
  sample_fixture_open (fixture, "hunter2");
  window = begin (fixture);
  WAIT_FOR (fault_server_get_n_requests (server) == 1);
  g_assert_null (find_button (window, "Check _Again"));
  click (window, "_Stop");
  wait_for_end (window);
  g_assert_true (shows (window, "The check was stopped."));

  click (window, "Check _Again");
  WAIT_FOR (fault_server_get_n_requests (server) == 2);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  WAIT_FOR (find_window (TITLE) == NULL);
}

/* What the service says is text, with what the support asks for. */
static void
test_hostile (SampleFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  GtkWidget *window;

  use_server (fixture, server);
  sample_fixture_open (fixture, "hunter2");
  fault_server_add_reply (server, 404, "", "", -1);
  fault_server_add_reply (server, 503, "X-Request-Id: r-1\r\n",
                          "{\"error_code\": \"<b>\\u202e\", \"error_msg\": \"<i>&hunter2\"}", -1);
  window = begin (fixture);
  wait_for_end (window);
  assert_steps (window, "pwfnnn");
  g_assert_true (shows (window, "\nCode: <b>\\u{202E}"));
  g_assert_true (shows (window, "\nRequest ID: r-1"));
  g_assert_false (holds (window, "hunter2"));
}

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add (path, SampleFixture, NULL, sample_fixture_set_up, function, sample_fixture_tear_down)

  ADD ("/account-check/passes", test_passes);
  ADD ("/account-check/stored", test_stored);
  ADD ("/account-check/fails", test_fails);
  ADD ("/account-check/incomplete", test_incomplete);
  ADD ("/account-check/passcode", test_passcode);
  ADD ("/account-check/stop", test_stop);
  ADD ("/account-check/hostile", test_hostile);

  return g_test_run ();
}
