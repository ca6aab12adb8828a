/* test-account-switcher.c: the menu button that shows and chooses account and workspace
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/account-switcher.h"

#include "account-fixture.h"

typedef struct
{
  GtkWidget         *window;
  WbAccountSwitcher *switcher;
  guint              n_account;
  guint              n_workspace;
} Session;

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  WbAccountSwitcher *switcher = WB_ACCOUNT_SWITCHER (object);

  /* Nobody ever sees one without the other. */
  g_assert_true ((wb_account_switcher_get_account (switcher) == NULL)
                 == (wb_account_switcher_get_workspace (switcher) == NULL));
  (*count)++;
}

static void
session_open (Session        *session,
              AccountFixture *fixture)
{
  session->window = gtk_window_new ();
  session->switcher = WB_ACCOUNT_SWITCHER (wb_account_switcher_new (fixture->store));
  gtk_window_set_child (GTK_WINDOW (session->window), GTK_WIDGET (session->switcher));
  g_signal_connect (session->switcher, "notify::account", G_CALLBACK (count_cb),
                    &session->n_account);
  g_signal_connect (session->switcher, "notify::workspace", G_CALLBACK (count_cb),
                    &session->n_workspace);
  gtk_window_present (GTK_WINDOW (session->window));
  WAIT_FOR (gtk_widget_get_mapped (session->window));
}

static const char *
get_name (Session *session)
{
  WbAccount *account = wb_account_switcher_get_account (session->switcher);

  return account != NULL ? wb_account_get (account, WB_ACCOUNT_NAME) : NULL;
}

static const char *
get_workspace (Session *session)
{
  WbWorkspace *workspace = wb_account_switcher_get_workspace (session->switcher);

  return workspace != NULL ? wb_workspace_get_name (workspace) : NULL;
}

static void
rename_account (AccountFixture *fixture,
                WbAccount      *account,
                const char     *name)
{
  g_autoptr (WbAccount) copy = wb_account_copy (account);

  wb_account_set (copy, WB_ACCOUNT_NAME, name);
  g_assert_true (wb_account_store_put (fixture->store, copy, NULL));
}

static void
test_follows (AccountFixture *fixture,
              gconstpointer   data)
{
  Session session = { NULL };
  g_autoptr (WbAccount) middle = NULL;
  g_autofree char *uuid = NULL;

  session_open (&session, fixture);
  g_assert_null (get_name (&session));
  g_assert_true (shows (session.window, "No Account"));

  /* The first that comes is shown, and what comes before it in the list changes nothing. */
  middle = g_object_ref (account_fixture_add (fixture, "Middle", NULL));
  g_assert_cmpstr (get_name (&session), ==, "Middle");
  g_assert_true (shows (session.window, "Middle · default"));
  account_fixture_add (fixture, "Another", NULL);
  account_fixture_add (fixture, "Yet another", NULL);
  g_assert_cmpstr (get_name (&session), ==, "Middle");
  g_assert_cmpuint (session.n_account, ==, 1);

  uuid = g_strdup (wb_account_get_uuid (middle));
  wb_account_switcher_select (session.switcher, uuid, "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d");
  g_assert_cmpstr (get_workspace (&session), ==, "sales");
  g_assert_true (shows (session.window, "Middle · sales"));
  g_assert_cmpuint (session.n_account, ==, 1);
  g_assert_cmpuint (session.n_workspace, ==, 2);

  /* Renamed, to another place in the list. */
  rename_account (fixture, middle, "Zebra");
  g_assert_cmpstr (get_name (&session), ==, "Zebra");
  g_assert_cmpstr (get_workspace (&session), ==, "sales");
  g_assert_true (shows (session.window, "Zebra · sales"));

  /* Removed, and brought back. */
  wb_account_store_remove (fixture->store, uuid, NULL);
  g_assert_cmpstr (get_name (&session), ==, "Another");
  g_assert_cmpstr (get_workspace (&session), ==, "default");
  wb_account_store_put (fixture->store, middle, NULL);
  g_assert_cmpstr (get_name (&session), ==, "Middle");
  g_assert_cmpstr (get_workspace (&session), ==, "sales");

  gtk_window_destroy (GTK_WINDOW (session.window));
}

static void
test_properties (AccountFixture *fixture,
                 gconstpointer   data)
{
  Session    session = { NULL };
  WbAccount *first = account_fixture_add (fixture, "First", NULL);
  WbAccount *second = account_fixture_add (fixture, "Second", NULL);
  g_autoptr (WbWorkspace) sales = g_list_model_get_item (wb_account_get_workspaces (second), 1);
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;

  session_open (&session, fixture);
  g_assert_true (wb_account_switcher_get_account (session.switcher) == first);

  wb_account_switcher_select (session.switcher, wb_account_get_uuid (second),
                              wb_workspace_get_id (sales));
  g_object_get (session.switcher, "account", &account, "workspace", &workspace, NULL);
  g_assert_true (wb_account_switcher_get_account (session.switcher) == second);
  g_assert_true (wb_account_switcher_get_workspace (session.switcher) == sales);
  g_assert_true (account == second);
  g_assert_true (workspace == sales);

  wb_account_switcher_set_store (session.switcher, NULL);
  g_assert_true (shows (session.window, "No Account"));
  g_assert_null (wb_account_switcher_get_account (session.switcher));
  g_assert_null (wb_account_switcher_get_workspace (session.switcher));

  gtk_window_destroy (GTK_WINDOW (session.window));
}

/* A new window opens on what was used or chosen last. */
static void
test_last_used (AccountFixture *fixture,
                gconstpointer   data)
{
  Session    session = { NULL };
  WbAccount *first = account_fixture_add (fixture, "First", NULL);
  WbAccount *second;

  second = account_fixture_add (fixture, "Second", NULL);
  wb_account_store_set_last_used (fixture->store, second, "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d", NULL);

  session_open (&session, fixture);
  g_assert_true (shows (session.window, "Second · sales"));
  wb_account_switcher_select (session.switcher, wb_account_get_uuid (first), "");
  gtk_window_destroy (GTK_WINDOW (session.window));

  /* What was chosen, too, and not only what was exported. */
  session_open (&session, fixture);
  g_assert_true (shows (session.window, "First · default"));
  gtk_window_destroy (GTK_WINDOW (session.window));
}

static GtkListBoxRow *
get_row (Session *session,
         int      index)
{
  GObject *list = gtk_widget_get_template_child (GTK_WIDGET (session->switcher),
                                                 WB_TYPE_ACCOUNT_SWITCHER, "list");

  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index);
}

/* What a screen reader says of each row. */
static void
assert_rows (Session           *session,
             const char *const *names)
{
  int i;

  for (i = 0; names[i] != NULL; i++)
    gtk_test_accessible_assert_property (get_row (session, i), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         names[i]);
  g_assert_null (get_row (session, i));
}

static gboolean
is_checked (Session *session,
            int      index)
{
  g_autofree char *other =
    gtk_test_accessible_check_state (GTK_ACCESSIBLE (get_row (session, index)),
                                     GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_TRUE);

  return other == NULL;
}

static void
test_menu (AccountFixture *fixture,
           gconstpointer   data)
{
  Session    session = { NULL };
  WbAccount *account = account_fixture_add (fixture, HOSTILE_NAME, NULL);
  GtkWidget *button;

  account_fixture_add (fixture, "Second", NULL);
  session_open (&session, fixture);
  g_assert_true (shows (session.window, "Second · default")
                 || shows (session.window, "<a href='x'>&_\\u{202E} · default"));
  wb_account_switcher_select (session.switcher, wb_account_get_uuid (account), "");
  g_assert_true (shows (session.window, "<a href='x'>&_\\u{202E} · default"));

  button = find_type (session.window, GTK_TYPE_MENU_BUTTON);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Account <a href='x'>&_\\u{202E}, workspace default");
  assert_rows (&session, (const char *[]){ "default, <a href='x'>&_\\u{202E}",
                                           "sales, <a href='x'>&_\\u{202E}", "default, Second",
                                           "sales, Second", "Add Account…", "Manage Accounts…",
                                           NULL });
  g_assert_true (is_checked (&session, 0));
  g_assert_false (is_checked (&session, 1));
  g_assert_nonnull (gtk_list_box_row_get_header (get_row (&session, 0)));
  g_assert_null (gtk_list_box_row_get_header (get_row (&session, 1)));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_signal_emit_by_name (get_row (&session, 3), "activate");
  g_assert_true (shows (session.window, "Second · sales"));
  g_assert_true (is_checked (&session, 3));
  g_assert_false (is_checked (&session, 0));
  g_assert_true (gtk_widget_activate_action (button, "switcher.select", "(ss)",
                                             wb_account_get_uuid (account),
                                             "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d"));
  g_assert_true (shows (session.window, "<a href='x'>&_\\u{202E} · sales"));

  gtk_window_destroy (GTK_WINDOW (session.window));
}

/* A marked account is not mistaken for another: the word is wherever its name is. */
static void
test_mark (AccountFixture *fixture,
           gconstpointer   data)
{
  Session    session = { NULL };
  WbAccount *plain = account_fixture_add (fixture, "Plain", NULL);
  g_autoptr (WbAccount) marked = wb_account_duplicate (plain, "Marked");
  GtkWidget *button;
  GtkWidget *mark;

  wb_account_set (marked, WB_ACCOUNT_MARK, "<b>Prod");
  wb_account_set (marked, WB_ACCOUNT_MARK_COLOR, "blue");
  g_assert_true (wb_account_store_put (fixture->store, marked, NULL));
  session_open (&session, fixture);
  wb_account_switcher_select (session.switcher, wb_account_get_uuid (plain), "");
  g_assert_false (shows (session.window, "<b>Prod"));

  wb_account_switcher_select (session.switcher, wb_account_get_uuid (marked), "");
  g_assert_true (shows (session.window, "<b>Prod"));
  button = find_type (session.window, GTK_TYPE_MENU_BUTTON);
  mark = find_type (button, GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (mark)), ==, "<b>Prod");
  g_assert_true (gtk_widget_has_css_class (mark, "blue"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Account Marked (<b>Prod), workspace default");
  /* In the menu, too, in its color. */
  assert_rows (&session,
               (const char *[]){ "default, Marked (<b>Prod)", "sales, Marked (<b>Prod)",
                                 "default, Plain", "sales, Plain", "Add Account…",
                                 "Manage Accounts…", NULL });
  mark = gtk_widget_get_first_child (gtk_list_box_row_get_header (get_row (&session, 0)));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (mark)), ==, "<b>Prod");
  g_assert_true (gtk_widget_has_css_class (mark, "mark"));
  g_assert_true (gtk_widget_has_css_class (mark, "blue"));
  mark = gtk_widget_get_first_child (gtk_list_box_row_get_header (get_row (&session, 2)));
  g_assert_false (gtk_widget_get_visible (mark));

  wb_account_switcher_select (session.switcher, wb_account_get_uuid (plain), "");
  g_assert_false (shows (session.window, "<b>Prod"));

  gtk_window_destroy (GTK_WINDOW (session.window));
}

#define ADD(path, func) \
  g_test_add (path, AccountFixture, NULL, account_fixture_set_up, func, account_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  account_fixture_init (&argc, &argv);

  ADD ("/account-switcher/follows", test_follows);
  ADD ("/account-switcher/properties", test_properties);
  ADD ("/account-switcher/last-used", test_last_used);
  ADD ("/account-switcher/menu", test_menu);
  ADD ("/account-switcher/mark", test_mark);

  return g_test_run ();
}
