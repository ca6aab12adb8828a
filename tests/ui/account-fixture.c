/* account-fixture.c: accounts to test with, and ways to find what a window shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "account-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ui/accounts/account-window.h"
#include "ui-test.h"

/* Before anything asks for the keyring: its backend is chosen once. */
void
account_fixture_init (int    *argc,
                      char ***argv)
{
  g_autofree char *secrets = g_build_filename (g_get_home_dir (), "secrets.keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", FALSE);
  g_setenv ("SECRET_FILE_TEST_PATH", secrets, FALSE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", FALSE);

  g_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
account_fixture_set_up (AccountFixture *fixture,
                        gconstpointer   data)
{
  g_autofree char *name = g_strdup_printf ("accounts-%08x.ini", g_random_int ());

  fixture->path = g_build_filename (g_get_user_config_dir (), name, NULL);
  fixture->context = wb_context_new (fixture->path);
  fixture->store = wb_context_get_store (fixture->context);
  fixture->secrets = wb_context_get_secrets (fixture->context);
  fixture->clouds = wb_context_get_clouds (fixture->context);
}

void
account_fixture_tear_down (AccountFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr (GListModel) windows = NULL;

  windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != NULL)
        gtk_window_destroy (window);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_unlink (fixture->path);
  g_free (fixture->path);

  /* All go, though maybe only when what is under way has ended. */
  g_object_add_weak_pointer (G_OBJECT (fixture->context), (gpointer *) &fixture->context);
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_add_weak_pointer (G_OBJECT (fixture->secrets), (gpointer *) &fixture->secrets);
  g_object_unref (fixture->context);
  WAIT_FOR (fixture->context == NULL && fixture->store == NULL && fixture->secrets == NULL);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A complete account of Open Telekom Cloud. */
WbAccount *
account_fixture_add (AccountFixture *fixture,
                     const char     *name,
                     WbCredentials  *credentials)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) first = wb_workspace_new ("default", "");
  g_autoptr (WbWorkspace) second = wb_workspace_new ("sales", "bf2a7d6e1c8d4a0c9f5e3d2b1a0f9e8d");
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_CLOUD, "otc");
  wb_account_set (account, WB_ACCOUNT_REGION, "eu-de");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "0123456789abcdef0123456789abcdef");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "OTC-EU-DE-00001");
  wb_account_set (account, WB_ACCOUNT_USER, "jane");
  g_list_store_append (workspaces, first);
  g_list_store_append (workspaces, second);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  if (credentials != NULL)
    wb_account_set_auth_method (account, wb_credentials_get_method (credentials));

  wb_account_store_put (fixture->store, account, &error);
  g_assert_no_error (error);

  if (credentials != NULL)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *reason = NULL;

      wb_secrets_store_async (fixture->secrets, account, credentials, NULL, result_cb, &result);
      WAIT_FOR (result != NULL);
      wb_secrets_store_finish (fixture->secrets, result, &reason, &error);
      g_assert_no_error (error);
      g_assert_null (reason);
    }

  return wb_account_store_find (fixture->store, wb_account_get_uuid (account));
}

WbCredentials *
account_fixture_dup_secret (AccountFixture *fixture,
                            WbAccount      *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbCredentials *credentials;

  wb_secrets_lookup_async (fixture->secrets, account, NULL, result_cb, &result);
  WAIT_FOR (result != NULL);
  credentials = wb_secrets_lookup_finish (fixture->secrets, result, &error);
  g_assert_no_error (error);

  return credentials;
}

/* Empty while there is none. */
char *
account_fixture_dup_file (AccountFixture *fixture)
{
  char *text = NULL;

  if (!g_file_get_contents (fixture->path, &text, NULL, NULL))
    return g_strdup ("");

  return text;
}

/* In its window, or a new account for NULL. */
GtkWidget *
account_fixture_open (AccountFixture *fixture,
                      WbAccount      *account)
{
  GtkWindow *window = wb_account_window_new (fixture->context, NULL, account);

  gtk_window_present (window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return GTK_WIDGET (window);
}

typedef gboolean (*Match) (GtkWidget  *widget,
                           const void *what);

/* The first one that is on the screen, or could be scrolled there. */
static GtkWidget *
find (GtkWidget  *root,
      gboolean    hidden_too,
      Match       match,
      const void *what)
{
  if (!hidden_too && !gtk_widget_get_visible (root))
    return NULL;
  if (match (root, what))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, hidden_too, match, what);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_type (GtkWidget  *widget,
         const void *what)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) what);
}

static gboolean
is_row (GtkWidget  *widget,
        const void *what)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && ui_is_text (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), what);
}

static gboolean
is_button (GtkWidget  *widget,
           const void *what)
{
  return GTK_IS_BUTTON (widget)
         && (ui_is_text (gtk_button_get_label (GTK_BUTTON (widget)), what)
             || ui_is_text (gtk_widget_get_tooltip_text (widget), what));
}

static gboolean
has (const char *text,
     const void *what)
{
  return text != NULL && strstr (text, what) != NULL;
}

static gboolean
is_label_with (GtkWidget  *widget,
               const void *what)
{
  return GTK_IS_LABEL (widget) && has (gtk_label_get_text (GTK_LABEL (widget)), what);
}

static gboolean
has_text (GtkWidget  *widget,
          const void *what)
{
  return is_label_with (widget, what)
         || (GTK_IS_EDITABLE (widget) && has (gtk_editable_get_text (GTK_EDITABLE (widget)), what))
         || has (gtk_widget_get_tooltip_text (widget), what);
}

/* One that is on the screen. */
GtkWidget *
find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ui_is_text (gtk_window_get_title (window), title)
          && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return GTK_WIDGET (window);
    }

  return NULL;
}

/* A question that is on the screen. */
GtkWidget *
find_message_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  return find (root, FALSE, is_type, &type);
}

GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  return find (root, FALSE, is_row, title);
}

/* By its label, or by the tooltip of one that has only an icon. */
GtkWidget *
find_button (GtkWidget  *root,
             const char *text)
{
  return find (root, FALSE, is_button, text);
}

void
click (GtkWidget  *root,
       const char *text)
{
  GtkWidget *button = find_button (root, text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Whether a visible label has @text in it. */
gboolean
shows (GtkWidget  *root,
       const char *text)
{
  return find (root, FALSE, is_label_with, text) != NULL;
}

/* Whether any widget has @text in it, be it hidden or masked. */
gboolean
holds (GtkWidget  *root,
       const char *text)
{
  return find (root, TRUE, has_text, text) != NULL;
}

void
type_into (GtkWidget  *root,
           const char *title,
           const char *text)
{
  GtkWidget *row = find_row (root, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}
