/* export-all-fixture.c: the window of Export All on a service with some workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "export-all-fixture.h"

#include <glib/gstdio.h>

#include "core/history/history.h"
#include "own-folder.h"

static const char *const keys[] = {
  "export-all-template",
  "export-all-if-changed",
  "export-all-may-rebuild",
  "export-all-rest",
};

void
export_all_fixture_set_up (ExportAllFixture *self,
                           gconstpointer     data)
{
  GSettings       *settings = wb_context_get_settings (ui_test_get_context ());
  g_autofree char *history = wb_history_dup_default_path ();
  g_autoptr (GError) error = NULL;

  g_unlink (history);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  g_settings_set_boolean (settings, "audit-notice-shown", TRUE);
  self->service = many_service_new (GPOINTER_TO_UINT (data));
  self->folder = g_dir_make_tmp ("export-all-XXXXXX", &error);
  g_assert_no_error (error);
  self->account = export_all_fixture_add_account (self, "Test");
  self->window = ui_open_window ();
}

static void
remove_accounts (void)
{
  WbAccountStore *store = wb_context_get_store (ui_test_get_context ());

  while (g_list_model_get_n_items (G_LIST_MODEL (store)) > 0)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), 0);

      g_assert_true (wb_account_store_remove (store, wb_account_get_uuid (account), NULL));
    }
}

void
export_all_fixture_tear_down (ExportAllFixture *self,
                              gconstpointer     data)
{
  remove_folder (self->folder);
  g_free (self->folder);
  ui_close_window (self->window);
  remove_accounts ();
  g_clear_object (&self->account);
  many_service_free (self->service);
}

/* Returns: (transfer full): an account with all workspaces of the service, which is signed in to */
WbAccount *
export_all_fixture_add_account (ExportAllFixture *self,
                                const char       *name)
{
  WbAccountStore *store = wb_context_get_store (ui_test_get_context ());
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (GListModel) workspaces = many_service_dup_workspaces (self->service);
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, self->service->url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, self->service->url);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "p");
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  wb_account_set_workspaces (account, workspaces);
  g_assert_true (wb_account_store_put (store, account, &error));
  g_set_object (&account, wb_account_store_find (store, wb_account_get_uuid (account)));
  ui_sign_in (account);

  return g_steal_pointer (&account);
}

/* Returns: (transfer none) (nullable): a window of this type that is shown */
gpointer
export_all_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type)
          && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

WbExportAllWindow *
export_all_fixture_open (ExportAllFixture *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  WbExportAllWindow *window;

  gtk_widget_activate_action (GTK_WIDGET (self->window), "app.export-all", NULL);
  ui_wait_until (export_all_find_window (WB_TYPE_EXPORT_ALL_WINDOW) != NULL);
  window = export_all_find_window (WB_TYPE_EXPORT_ALL_WINDOW);
  wb_export_all_window_set_folder (window, folder);

  return window;
}

void
export_all_close (WbExportAllWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (export_all_find_window (WB_TYPE_EXPORT_ALL_WINDOW) == NULL);
}

/* To its end. */
void
export_all_run (WbExportAllWindow *self)
{
  ui_click (self, "_Export");
  g_assert_true (wb_export_all_window_is_running (self));
  ui_wait_until (!wb_export_all_window_is_running (self));
}

static WbExportAllRow *
find_row (GtkWidget  *root,
          const char *uuid,
          const char *workspace_id)
{
  WbExportAllRow *found = NULL;

  if (WB_IS_EXPORT_ALL_ROW (root))
    {
      WbExportAllRow *row = WB_EXPORT_ALL_ROW (root);
      WbWorkspace    *workspace = wb_export_all_row_get_workspace (row);

      return g_str_equal (wb_account_get_uuid (wb_export_all_row_get_account (row)), uuid)
                 && g_str_equal (wb_workspace_get_id (workspace), workspace_id)
               ? row
               : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, uuid, workspace_id);

  return found;
}

WbExportAllRow *
export_all_find_row (WbExportAllWindow *self,
                     WbAccount         *account,
                     guint              workspace)
{
  g_autofree char *id = g_strdup_printf ("workspace-%u", workspace);
  WbExportAllRow  *row = find_row (GTK_WIDGET (self), wb_account_get_uuid (account), id);

  g_assert_nonnull (row);

  return row;
}
