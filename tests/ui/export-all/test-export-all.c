/* test-export-all.c: the window that exports several workspaces into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/batch/batch.h"
#include "many-service.h"
#include "ui-test.h"
#include "ui/compare/compare-window.h"
#include "ui/export-all/export-all-row.h"
#include "ui/export-all/export-all-window.h"

typedef struct
{
  ManyService *service;
  WbAccount   *account; /* (owned) */
  WbWindow    *window;
  char        *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  WbAccountStore  *store = wb_context_get_store (ui_test_get_context ());
  g_autofree char *history = wb_history_dup_default_path ();
  g_autoptr (WbAccount) added = NULL;
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (GError) error = NULL;

  g_unlink (history);
  f->service = many_service_new (GPOINTER_TO_UINT (data));
  f->folder = g_dir_make_tmp ("export-all-XXXXXX", &error);
  g_assert_no_error (error);
  added = g_object_ref (ui_add_account (f->service->url, FALSE));
  f->account = wb_account_copy (added);
  for (guint i = 0; i < f->service->n; i++)
    {
      g_autofree char *id = g_strdup_printf ("workspace-%u", i);
      g_autofree char *name = g_strdup_printf ("Workspace %u", i);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (name, id);

      g_list_store_append (workspaces, workspace);
    }
  wb_account_set_workspaces (f->account, G_LIST_MODEL (workspaces));
  g_assert_true (wb_account_store_put (store, f->account, &error));
  g_set_object (&f->account, wb_account_store_find (store, wb_account_get_uuid (added)));
  ui_sign_in (f->account);
  f->window = ui_open_window ();
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  ui_close_window (f->window);
  wb_account_store_remove (wb_context_get_store (ui_test_get_context ()),
                           wb_account_get_uuid (f->account), NULL);
  g_clear_object (&f->account);
  many_service_free (f->service);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static gpointer
find_window (GType type)
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

static WbExportAllWindow *
open_export_all (Fixture *f)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  WbExportAllWindow *self;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "app.export-all", NULL);
  ui_wait_until (find_window (WB_TYPE_EXPORT_ALL_WINDOW) != NULL);
  self = find_window (WB_TYPE_EXPORT_ALL_WINDOW);
  wb_export_all_window_set_folder (self, folder);

  return self;
}

static void
close_export_all (WbExportAllWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (find_window (WB_TYPE_EXPORT_ALL_WINDOW) == NULL);
}

static void
run (WbExportAllWindow *self)
{
  ui_click (self, "_Export");
  g_assert_true (wb_export_all_window_is_running (self));
  ui_wait_until (!wb_export_all_window_is_running (self));
}

static WbExportAllRow *
find_row (WbExportAllWindow *self,
          const char        *title)
{
  g_autofree char *whole = g_strdup_printf ("Test · %s", title);
  GtkWidget       *label = ui_find (self, GTK_TYPE_LABEL, whole);

  g_assert_nonnull (label);

  return WB_EXPORT_ALL_ROW (gtk_widget_get_ancestor (label, WB_TYPE_EXPORT_ALL_ROW));
}

/* Each row tells what came of it; one that failed is tried again, and one that changed compared. */
static void
test_run (Fixture      *f,
          gconstpointer data)
{
  WbExportAllWindow *self = open_export_all (f);

  many_service_set (f->service, 1, MANY_REFUSED);
  run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 2 saved, 1 failed"));
  g_assert_true (ui_shows (find_row (self, "Workspace 0"), "Saved, 1 connection"));
  g_assert_cmpuint (count_files (f), ==, 2);

  many_service_set (f->service, 1, MANY_RIGHT);
  g_signal_emit_by_name (find_row (self, "Workspace 1"), "retry");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (self, "3 workspaces: 3 saved, 0 failed"));
  g_assert_cmpuint (count_files (f), ==, 3);
  close_export_all (self);

  many_service_change (f->service, 2);
  self = open_export_all (f);
  run (self);
  g_assert_true (ui_shows (find_row (self, "Workspace 0"),
                           "Saved, 1 connection, unchanged since last time"));
  g_assert_true (ui_shows (find_row (self, "Workspace 2"),
                           "Saved, 1 connection, 1 change since last time"));
  ui_click (find_row (self, "Workspace 2"), "Compare");
  ui_wait_until (find_window (WB_TYPE_COMPARE_WINDOW) != NULL);
  gtk_window_close (find_window (WB_TYPE_COMPARE_WINDOW));
  ui_wait_until (find_window (WB_TYPE_COMPARE_WINDOW) == NULL);

  /* A file that is gone by now is told of. */
  g_unlink (wb_batch_job_get_path (wb_export_all_row_get_job (find_row (self, "Workspace 2"))));
  ui_click (find_row (self, "Workspace 2"), "Compare");
  ui_wait_until (ui_find_dialog (self) != NULL);
  adw_message_dialog_response (ui_find_dialog (self), "close");
  gtk_window_destroy (GTK_WINDOW (ui_find_dialog (self)));
  close_export_all (self);
}

/* Only what is ticked. */
static void
test_ticks (Fixture      *f,
            gconstpointer data)
{
  WbExportAllWindow *self = open_export_all (f);
  GtkWidget         *button = ui_find (self, GTK_TYPE_BUTTON, "_Export");

  wb_export_all_row_set_ticked (find_row (self, "Workspace 0"), FALSE);
  wb_export_all_row_set_ticked (find_row (self, "Workspace 1"), FALSE);
  g_assert_true (gtk_widget_get_sensitive (button));
  wb_export_all_row_set_ticked (find_row (self, "Workspace 2"), FALSE);
  g_assert_false (gtk_widget_get_sensitive (button));
  ui_click (self, "Select _All");
  g_assert_true (wb_export_all_row_get_ticked (find_row (self, "Workspace 0")));
  ui_click (self, "Select _None");
  g_assert_false (wb_export_all_row_get_ticked (find_row (self, "Workspace 0")));
  g_assert_false (gtk_widget_get_sensitive (button));
  wb_export_all_row_set_ticked (find_row (self, "Workspace 2"), TRUE);
  run (self);
  g_assert_true (ui_shows (self, "1 workspace: 1 saved, 0 failed"));
  g_assert_cmpuint (f->service->n_exports, ==, 1);
  close_export_all (self);
}

/* Closing during a run asks; what was saved stays, and the next window offers the rest. */
static void
test_close (Fixture      *f,
            gconstpointer data)
{
  WbExportAllWindow *self = open_export_all (f);

  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  ui_wait_until (ui_shows (find_row (self, "Workspace 2"), "Saved, 1 connection"));

  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (ui_find_dialog (self) != NULL);
  adw_message_dialog_response (ui_find_dialog (self), "continue");
  g_assert_true (wb_export_all_window_is_running (self));
  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (ui_find_dialog (self) != NULL);
  adw_message_dialog_response (ui_find_dialog (self), "stop");
  ui_wait_until (find_window (WB_TYPE_EXPORT_ALL_WINDOW) == NULL);
  g_assert_cmpuint (count_files (f), ==, 2);

  many_service_set (f->service, 1, MANY_RIGHT);
  self = open_export_all (f);
  g_assert_false (wb_export_all_row_get_ticked (find_row (self, "Workspace 0")));
  g_assert_true (wb_export_all_row_get_ticked (find_row (self, "Workspace 1")));
  g_assert_false (wb_export_all_row_get_ticked (find_row (self, "Workspace 2")));
  run (self);
  g_assert_cmpuint (count_files (f), ==, 3);
  close_export_all (self);
}

/* Files are called as the template says, and only what changed is written. */
static void
test_only_changed (Fixture      *f,
                   gconstpointer data)
{
  WbExportAllWindow *self = open_export_all (f);
  GtkWidget         *button = ui_find (self, GTK_TYPE_BUTTON, "_Export");
  GtkWidget         *entry = ui_find (self, ADW_TYPE_ENTRY_ROW, NULL);
  g_autofree char   *first = g_build_filename (f->folder, "Test-Workspace 0.zip", NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "a/{account}");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (ui_says (self, "without a folder"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "{account}-{workspace}");
  g_assert_true (ui_shows (self, "For example: Test-Workspace 0.zip"));
  gtk_switch_set_active (ui_find (self, GTK_TYPE_SWITCH, NULL), TRUE);
  run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 3 saved, 0 failed"));
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_REGULAR));
  close_export_all (self);

  many_service_change (f->service, 2);
  self = open_export_all (f);
  entry = ui_find (self, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "{account}-{workspace}.zip");
  gtk_editable_set_text (GTK_EDITABLE (entry), "{account}-{workspace} again");
  run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 1 saved, 0 failed, 2 unchanged"));
  g_assert_cmpuint (count_files (f), ==, 4);
  close_export_all (self);

  /* What is unchanged is done: nothing is left for the next time. */
  self = open_export_all (f);
  g_assert_true (wb_export_all_row_get_ticked (find_row (self, "Workspace 0")));
  g_assert_true (wb_export_all_row_get_ticked (find_row (self, "Workspace 2")));
  gtk_switch_set_active (ui_find (self, GTK_TYPE_SWITCH, NULL), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (self, ADW_TYPE_ENTRY_ROW, NULL)),
                         WB_BATCH_NAME_TEMPLATE);
  close_export_all (self);
}

/* A token that the service refuses is not used again. */
static void
test_refused (Fixture      *f,
              gconstpointer data)
{
  WbSignIns         *sign_ins = wb_context_get_sign_ins (ui_test_get_context ());
  WbExportAllWindow *self = open_export_all (f);

  many_service_set (f->service, 0, MANY_SIGN_IN);
  g_assert_nonnull (wb_sign_ins_get (sign_ins, f->account));
  run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 0 saved, 3 failed"));
  g_assert_null (wb_sign_ins_get (sign_ins, f->account));
  close_export_all (self);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, n, test) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, test, tear_down)

  ui_test_init (&argc, &argv);

  ADD ("/ui/export-all/run", 3, test_run);
  ADD ("/ui/export-all/ticks", 3, test_ticks);
  ADD ("/ui/export-all/close", 3, test_close);
  ADD ("/ui/export-all/only-changed", 3, test_only_changed);
  ADD ("/ui/export-all/refused", 3, test_refused);

  return g_test_run ();
}
