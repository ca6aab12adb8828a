/* test-history-window.c: what the window records, and the list of all exports
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "sample/sample-service.h"
#include "ui-test.h"
#include "ui/compare/compare-window.h"
#include "ui/history/history-row.h"
#include "ui/history/history-window.h"
#include "zip-maker.h"

typedef struct
{
  WbSampleService *service; /* (owned) */
  WbAccount       *account; /* (owned) */
  WbWindow        *window;
} Fixture;

static WbHistory *
get_history (void)
{
  return wb_recorder_get_history (wb_context_get_recorder (ui_test_get_context ()));
}

/* What is in the history when all is written. */
static GPtrArray *
list (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  wb_recorder_wait (wb_context_get_recorder (ui_test_get_context ()));
  records = wb_history_list (get_history (), NULL, &error);
  g_assert_no_error (error);

  return records;
}

/* A stored account of the sample service, which is signed in. */
static WbAccount *
add_account (WbSampleService *service)
{
  WbContext *context = ui_test_get_context ();
  g_autoptr (WbAccount) sample = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbCredentials) credentials =
    wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    wb_account_set (account, field, wb_account_get (sample, field));
  wb_account_set (account, WB_ACCOUNT_NAME, "Prod");
  wb_account_set (account, WB_ACCOUNT_MARK, "Production");
  wb_account_set_workspaces (account, wb_account_get_workspaces (sample));
  wb_account_store_put (wb_context_get_store (context), account, &error);
  g_assert_no_error (error);

  sign_in = wb_sign_in_open (account, credentials, wb_context_get_clouds (context), TRUE, NULL,
                             &error);
  g_assert_no_error (error);
  wb_sign_ins_keep (wb_context_get_sign_ins (context), account, sign_in);

  return g_steal_pointer (&account);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autofree char *path = wb_history_dup_default_path ();

  g_unlink (path);
  g_rmdir (path);
  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown",
                          TRUE);
  f->service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (f->service, 0, NULL));
  f->account = add_account (f->service);
  f->window = ui_open_window ();
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  wb_account_store_remove (wb_context_get_store (ui_test_get_context ()),
                           wb_account_get_uuid (f->account), NULL);
  wb_sample_service_stop (f->service);
  g_clear_object (&f->service);
  g_clear_object (&f->account);
}

static void
select_workspace (Fixture *f,
                  guint    position)
{
  g_autoptr (WbWorkspace) workspace = g_list_model_get_item (
    wb_account_get_workspaces (f->account), position);

  wb_window_select (f->window, f->account, workspace);
}

static void
export_workspace (Fixture *f,
                  guint    position)
{
  select_workspace (f, position);
  wb_window_export (f->window);
}

static GtkWindow *
open_history (WbWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "app.history", NULL);
  for (;;)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

          if (WB_IS_HISTORY_WINDOW (other) && gtk_widget_get_mapped (GTK_WIDGET (other)))
            return other;
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
is_enabled (GtkWindow  *window,
            const char *action)
{
  GtkWidget *found = ui_find (window, GTK_TYPE_BUTTON, "_Open");

  g_assert_cmpstr (action, ==, "history.open");

  return gtk_widget_get_sensitive (found);
}

static void
put (const char *workspace,
     GFile      *file,
     guint64     size_bytes)
{
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();

  record->finished = g_get_real_time () / G_USEC_PER_SEC;
  record->account = g_strdup ("<b>A & B</b>");
  record->account_id = g_strdup ("a");
  record->mark = g_strdup ("Careful");
  record->workspace_id = g_strdup (workspace);
  record->source = g_strdup (wb_source_to_string (WB_SOURCE_LIST));
  record->n_connections = 3;
  record->size_bytes = size_bytes;
  record->sha256 = g_strdup ("3f9a");
  record->result = g_strdup (WB_HISTORY_OK);
  if (file != NULL)
    wb_history_record_set_file (record, file);
  g_assert_true (wb_history_put (get_history (), record, NULL));
}

/* An export is recorded when it ends, and again when it is saved. */
static void
test_export (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "saved ü.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) saved = NULL;
  g_autoptr (GFile) recorded = NULL;
  WbHistoryRecord *record;
  WbSpool         *spool;

  export_workspace (f, 1);
  ui_wait_for_page (f->window, "preview");
  records = list ();
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->account_id, ==, wb_account_get_uuid (f->account));
  g_assert_cmpstr (record->account, ==, "Prod");
  g_assert_cmpstr (record->mark, ==, "Production");
  g_assert_cmpstr (record->workspace, ==, "Analytics");
  g_assert_cmpstr (record->result, ==, WB_HISTORY_OK);
  spool = wb_document_get_spool (wb_window_get_document (f->window));
  g_assert_cmpstr (record->sha256, ==, wb_spool_get_sha256 (spool));
  g_assert_cmpuint (record->n_connections, >, 0);
  g_assert_false (wb_history_record_is_good (record));

  wb_window_save_to (f->window, file);
  ui_wait_until (!wb_document_get_unsaved (wb_window_get_document (f->window)));
  ui_wait_until (ui_says (f->window, "Saved as “saved ü.zip”"));
  saved = list ();
  g_assert_cmpuint (saved->len, ==, 1);
  record = g_ptr_array_index (saved, 0);
  g_assert_true (wb_history_record_is_good (record));
  recorded = wb_history_record_dup_file (record);
  g_assert_true (g_file_equal (recorded, file));
  ui_close_window (f->window);
}

static void
test_failure (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  WbHistoryRecord *record;

  export_workspace (f, 3); /* the empty one */
  ui_wait_for_page (f->window, "error");
  records = list ();
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->result, ==, "no-connections");
  g_assert_cmpstr (record->message, !=, "");
  ui_close_window (f->window);
}

static void
test_sample (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "app.try-sample", NULL);
  ui_wait_for_page (f->window, "preview");
  records = list ();
  g_assert_cmpuint (records->len, ==, 0);
  ui_close_window (f->window);
}

/* It is said, and the export is there. */
static void
test_no_history (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *path = wb_history_dup_default_path ();

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  export_workspace (f, 1);
  ui_wait_for_page (f->window, "preview");
  ui_wait_until (ui_says (f->window, "it is not a file"));
  ui_close_window (f->window);
}

static void
test_empty (Fixture      *f,
            gconstpointer data)
{
  GtkWindow *history = open_history (f->window);

  ui_wait_until (ui_shows (history, "No Exports Yet"));
  g_assert_false (is_enabled (history, "history.open"));

  /* It leads to the first one, and follows what is recorded. */
  select_workspace (f, 1);
  ui_click (history, "_Export");
  ui_wait_for_page (f->window, "preview");
  ui_wait_until (ui_shows (history, "Prod · Analytics"));
  g_assert_true (ui_shows (history, "Production"));
  ui_wait_until (ui_shows (history, "Not saved"));
  g_assert_false (is_enabled (history, "history.open"));
  gtk_window_close (history);
  ui_close_window (f->window);
}

static void
test_unreadable (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *path = wb_history_dup_default_path ();
  GtkWindow       *history;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  history = open_history (f->window);
  ui_wait_until (ui_shows (history, "The History Cannot Be Read"));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  ui_click (history, "_Try Again");
  ui_wait_until (ui_shows (history, "No Exports Yet"));
  gtk_window_close (history);
  ui_close_window (f->window);
}

static void
make_zip (const char *path)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (maker, "connections/a.conn", "{\"name\": \"a\"}");
  bytes = wb_zip_maker_finish (maker, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static gpointer
find_toplevel (GType    type,
               gpointer other_than)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && window != other_than)
        return window;
    }

  return NULL;
}

/* The words are what they are, the mark is there; the file is opened and compared. */
static void
test_file (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "old.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *history;
  WbWindow  *opened;
  gpointer   comparison;

  make_zip (path);
  put ("w", file, 1);
  export_workspace (f, 1);
  ui_wait_for_page (f->window, "preview");
  wb_recorder_wait (wb_context_get_recorder (ui_test_get_context ()));
  put ("v", file, 1);

  history = open_history (f->window);
  ui_wait_until (ui_shows (history, "<b>A & B</b> · v"));
  g_assert_true (ui_shows (history, "Careful"));
  g_assert_true (ui_says (history, "3 connections"));
  g_assert_true (ui_says (history, "Rebuilt"));
  g_assert_true (ui_says (history, "SHA-256 3f9a"));
  g_assert_true (ui_says (history, "old.zip"));

  /* Its size is another one. */
  gtk_widget_activate_action (GTK_WIDGET (history), "history.compare", NULL);
  ui_wait_until ((comparison = find_toplevel (WB_TYPE_COMPARE_WINDOW, NULL)) != NULL);
  g_assert_true (ui_says (history, "has changed since this export"));
  ui_wait_until (g_strcmp0 (wb_compare_window_get_page (comparison), "loading") != 0);
  gtk_window_close (comparison);

  gtk_widget_activate_action (GTK_WIDGET (history), "history.open", NULL);
  ui_wait_until ((opened = find_toplevel (WB_TYPE_WINDOW, f->window)) != NULL);
  ui_wait_for_page (opened, "preview");
  ui_close_window (opened);

  g_unlink (path);
  gtk_widget_activate_action (GTK_WIDGET (history), "history.show-in-files", NULL);
  ui_wait_until (ui_says (history, "“old.zip” is no longer where it was saved"));

  gtk_window_close (history);
  ui_close_window (f->window);
}

static void
test_remove (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  GtkWindow *history;

  put ("v", NULL, 1);
  put ("w", NULL, 1);
  history = open_history (f->window);
  ui_wait_until (ui_shows (history, "<b>A & B</b> · w"));
  ui_press (history, "Delete");
  ui_wait_until (!ui_shows (history, "<b>A & B</b> · w"));
  records = list ();
  g_assert_cmpuint (records->len, ==, 1);

  ui_click (history, "_Undo");
  ui_wait_until (ui_shows (history, "<b>A & B</b> · w"));

  /* The key does the same. */
  gtk_widget_activate_action (GTK_WIDGET (history), "history.remove", NULL);
  ui_wait_until (!ui_shows (history, "<b>A & B</b> · v")
                 || !ui_shows (history, "<b>A & B</b> · w"));
  ui_press (history, "ctrl+z");
  ui_wait_until (ui_shows (history, "<b>A & B</b> · v") && ui_shows (history, "<b>A & B</b> · w"));

  /* Also when nothing is left, and the last one first. */
  gtk_widget_activate_action (GTK_WIDGET (history), "history.remove", NULL);
  ui_wait_until (!ui_shows (history, "<b>A & B</b> · v")
                 || !ui_shows (history, "<b>A & B</b> · w"));
  gtk_widget_activate_action (GTK_WIDGET (history), "history.remove", NULL);
  ui_wait_until (ui_shows (history, "No Exports Yet"));
  ui_press (history, "ctrl+z");
  ui_wait_until (ui_shows (history, "<b>A & B</b> · v") || ui_shows (history, "<b>A & B</b> · w"));
  ui_press (history, "ctrl+z");
  ui_wait_until (ui_shows (history, "<b>A & B</b> · v") && ui_shows (history, "<b>A & B</b> · w"));

  gtk_window_close (history);
  ui_close_window (f->window);
}

#define ADD(path, test) g_test_add ("/history-window/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("export", test_export);
  ADD ("failure", test_failure);
  ADD ("sample", test_sample);
  ADD ("no-history", test_no_history);
  ADD ("empty", test_empty);
  ADD ("unreadable", test_unreadable);
  ADD ("file", test_file);
  ADD ("remove", test_remove);

  return g_test_run ();
}
