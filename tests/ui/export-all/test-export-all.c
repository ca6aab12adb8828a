/* test-export-all.c: the window that exports several workspaces into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/batch/batch.h"
#include "core/batch/folder-lock.h"
#include "export-all-fixture.h"
#include "fake-desktop.h"
#include "own-folder.h"
#include "ui/compare/compare-window.h"
#include "ui/export-all/export-all-options.h"

static WbExportAllRow *
row (ExportAllFixture  *f,
     WbExportAllWindow *self,
     guint              workspace)
{
  return export_all_find_row (self, f->account, workspace);
}

/* Waits for the dialog, with this word, and closes it. */
static void
expect_message (WbExportAllWindow *self,
                const char        *word)
{
  AdwMessageDialog *dialog;

  ui_wait_until ((dialog = ui_find_dialog (self)) != NULL);
  g_assert_true (ui_says (dialog, word));
  ui_click (dialog, "_Close");
  ui_wait_until (ui_find_dialog (self) == NULL);
}

/* Each row tells what came of it; one that failed is tried again, and one that changed compared. */
static void
test_run (ExportAllFixture *f,
          gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);

  many_service_set (f->service, 1, MANY_KILLED);
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 2 saved, 1 failed"));
  g_assert_true (ui_shows (row (f, self, 0), "Saved, 1 connection"));
  g_assert_cmpuint (count_files (f->folder), ==, 2);

  many_service_set (f->service, 1, MANY_RIGHT);
  g_signal_emit_by_name (row (f, self, 1), "retry");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (self, "3 workspaces: 3 saved, 0 failed"));
  g_assert_cmpuint (count_files (f->folder), ==, 3);
  export_all_close (self);

  many_service_change (f->service, 2);
  self = export_all_fixture_open (f);
  export_all_run (self);
  g_assert_true (ui_shows (row (f, self, 0),
                           "Saved, 1 connection, unchanged since last time"));
  g_assert_true (ui_shows (row (f, self, 2),
                           "Saved, 1 connection, 1 change since last time"));
  ui_click (row (f, self, 2), "Compare");
  ui_wait_until (export_all_find_window (WB_TYPE_COMPARE_WINDOW) != NULL);
  gtk_window_close (export_all_find_window (WB_TYPE_COMPARE_WINDOW));
  ui_wait_until (export_all_find_window (WB_TYPE_COMPARE_WINDOW) == NULL);

  /* A file that is gone by now is told of. */
  g_unlink (wb_batch_job_get_path (wb_export_all_row_get_job (row (f, self, 2))));
  ui_click (row (f, self, 2), "Compare");
  expect_message (self, "");
  export_all_close (self);
}

/* Only what is ticked. */
static void
test_ticks (ExportAllFixture *f,
            gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  GtkWidget         *button = ui_find (self, GTK_TYPE_BUTTON, "_Export");

  wb_export_all_row_set_ticked (row (f, self, 0), FALSE);
  wb_export_all_row_set_ticked (row (f, self, 1), FALSE);
  g_assert_true (gtk_widget_get_sensitive (button));
  wb_export_all_row_set_ticked (row (f, self, 2), FALSE);
  g_assert_false (gtk_widget_get_sensitive (button));
  ui_click (self, "Select _All");
  g_assert_true (wb_export_all_row_get_ticked (row (f, self, 0)));
  ui_click (self, "Select _None");
  g_assert_false (wb_export_all_row_get_ticked (row (f, self, 0)));
  g_assert_false (gtk_widget_get_sensitive (button));
  wb_export_all_row_set_ticked (row (f, self, 2), TRUE);
  export_all_run (self);
  g_assert_true (ui_shows (self, "1 workspace: 1 saved, 0 failed"));
  g_assert_cmpuint (f->service->n_exports, ==, 1);
  export_all_close (self);
}

/* Closing during a run asks; what was saved stays, and the next window offers the rest. */
static void
test_close (ExportAllFixture *f,
            gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);

  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  ui_wait_until (ui_shows (row (f, self, 2), "Saved, 1 connection"));

  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (ui_find_dialog (self) != NULL);
  adw_message_dialog_response (ui_find_dialog (self), "continue");
  g_assert_true (wb_export_all_window_is_running (self));
  gtk_window_close (GTK_WINDOW (self));
  ui_wait_until (ui_find_dialog (self) != NULL);
  adw_message_dialog_response (ui_find_dialog (self), "stop");
  ui_wait_until (export_all_find_window (WB_TYPE_EXPORT_ALL_WINDOW) == NULL);
  g_assert_cmpuint (count_files (f->folder), ==, 2);

  many_service_set (f->service, 1, MANY_RIGHT);
  self = export_all_fixture_open (f);
  g_assert_false (wb_export_all_row_get_ticked (row (f, self, 0)));
  g_assert_true (wb_export_all_row_get_ticked (row (f, self, 1)));
  g_assert_false (wb_export_all_row_get_ticked (row (f, self, 2)));
  export_all_run (self);
  g_assert_cmpuint (count_files (f->folder), ==, 3);
  export_all_close (self);
}

/* Files are called as the template says, and only what changed is written. */
static void
test_only_changed (ExportAllFixture *f,
                   gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  GtkWidget         *button = ui_find (self, GTK_TYPE_BUTTON, "_Export");
  GtkWidget         *entry = ui_find (self, ADW_TYPE_ENTRY_ROW, NULL);
  g_autofree char   *first = g_build_filename (f->folder, "Test-Workspace 0.zip", NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "a/{account}");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (ui_says (self, "without a folder"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "{account}-{workspace}");
  g_assert_true (ui_shows (self, "For example: Test-Workspace 0.zip"));
  gtk_switch_set_active (ui_find (self, GTK_TYPE_SWITCH, NULL), TRUE);
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 3 saved, 0 failed"));
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_REGULAR));
  export_all_close (self);

  many_service_change (f->service, 2);
  self = export_all_fixture_open (f);
  entry = ui_find (self, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "{account}-{workspace}.zip");
  gtk_editable_set_text (GTK_EDITABLE (entry), "{account}-{workspace} again");
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 1 saved, 0 failed, 2 unchanged"));
  g_assert_cmpuint (count_files (f->folder), ==, 4);
  export_all_close (self);

  /* What is unchanged is done: nothing is left for the next time. */
  self = export_all_fixture_open (f);
  g_assert_true (wb_export_all_row_get_ticked (row (f, self, 0)));
  g_assert_true (wb_export_all_row_get_ticked (row (f, self, 2)));
  export_all_close (self);
}

/* A token that the service refuses is not used again. */
static void
test_refused (ExportAllFixture *f,
              gconstpointer     data)
{
  WbSignIns         *sign_ins = wb_context_get_sign_ins (ui_test_get_context ());
  WbExportAllWindow *self = export_all_fixture_open (f);

  many_service_set (f->service, 0, MANY_SIGN_IN);
  g_assert_nonnull (wb_sign_ins_get (sign_ins, f->account));
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 0 saved, 3 failed"));
  g_assert_null (wb_sign_ins_get (sign_ins, f->account));
  export_all_close (self);
}

/* What can be known is said before anything is asked for, of the person or of the service. */
static void
test_plan (ExportAllFixture *f,
           gconstpointer     data)
{
  static const struct
  {
    const char *pattern;
    const char *taken; /* (nullable): a file that is there */
    const char *said;
  } cases[] = {
    { "{account}", NULL, "same name" },
    { "{workspace}", "Workspace 2.zip", "Workspace 2.zip" },
  };
  WbSignIns         *sign_ins = wb_context_get_sign_ins (ui_test_get_context ());
  WbExportAllWindow *self = export_all_fixture_open (f);

  /* A sign-in would ask for the secret. */
  wb_sign_ins_forget (sign_ins, wb_account_get_uuid (f->account));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (f->folder,
                                                cases[i].taken != NULL ? cases[i].taken : "none",
                                                NULL);

      gtk_editable_set_text (ui_find (self, ADW_TYPE_ENTRY_ROW, NULL), cases[i].pattern);
      if (cases[i].taken != NULL)
        g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      export_all_run (self);
      expect_message (self, cases[i].said);
      g_unlink (path);
      /* As before, so that it can be mended. */
      g_assert_true (gtk_widget_get_sensitive (ui_find (self, GTK_TYPE_BUTTON, "_Export")));
      g_assert_null (wb_export_all_row_get_job (row (f, self, 0)));
    }
  g_assert_cmpuint (f->service->times_us->len, ==, 0);
  export_all_close (self);
}

/* A folder that is gone by now, and one that another run is at work in. */
static void
test_folder (ExportAllFixture *f,
             gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  int                lock;

  g_assert_true (wb_folder_lock (f->folder, &lock, NULL));
  ui_click (self, "_Export");
  expect_message (self, "Another run");
  close (lock);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  ui_click (self, "_Export");
  expect_message (self, "");
  g_assert_false (wb_export_all_window_is_running (self));
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  export_all_run (self);
  g_assert_true (ui_shows (self, "1 workspace: 1 saved, 0 failed"));
  g_assert_cmpuint (count_files (f->folder), ==, 1);
  export_all_close (self);
}

/* The question for a folder goes with its window. */
static void
test_folder_question (ExportAllFixture *f,
                      gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);

  gtk_widget_activate_action (ui_find (self, WB_TYPE_EXPORT_ALL_OPTIONS, NULL), "export-all.folder",
                              NULL);
  ui_wait_until (export_all_find_window (GTK_TYPE_FILE_CHOOSER) != NULL);
  export_all_close (self);
  ui_wait_until (export_all_find_window (GTK_TYPE_FILE_CHOOSER) == NULL);
}

/* What the service does not export is rebuilt of its lists, and that is said, unless a person wants
 * an export or nothing. */
static void
test_rebuilt (ExportAllFixture *f,
              gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  WbBatchJob        *job;

  many_service_set (f->service, 0, MANY_WITHDRAWN);
  many_service_set (f->service, 1, MANY_REFUSED);
  many_service_set (f->service, 2, MANY_EMPTY);
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 2 saved, 0 failed, 1 empty"));
  for (guint i = 0; i < 2; i++)
    {
      job = wb_export_all_row_get_job (row (f, self, i));
      g_assert_true (g_str_has_suffix (wb_batch_job_get_path (job), "-rebuilt.zip"));
      g_assert_true (ui_says (row (f, self, i), "Rebuilt and saved, 1 connection"));
      g_assert_nonnull (wb_batch_job_get_note (job));
      g_assert_true (ui_says (row (f, self, i), wb_batch_job_get_note (job)));
    }
  g_assert_true (ui_shows (row (f, self, 2), "No connections yet, so no file was written"));
  export_all_close (self);

  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()),
                          "export-all-may-rebuild", FALSE);
  self = export_all_fixture_open (f);
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 0 saved, 2 failed, 1 empty"));
  export_all_close (self);
}

/* Of each, and of all. */
static void
test_progress (ExportAllFixture *f,
               gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  GtkProgressBar    *bar;
  GtkProgressBar    *all;

  many_service_set (f->service, 1, MANY_HALF);
  ui_click (self, "_Export");
  ui_wait_until ((bar = ui_find (row (f, self, 1), GTK_TYPE_PROGRESS_BAR, NULL)) != NULL);
  ui_wait_until (gtk_progress_bar_get_fraction (bar) > 0);
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (bar), 0.5, 0.05);
  all = ui_find (self, GTK_TYPE_PROGRESS_BAR, NULL);
  g_assert_true (all != bar);
  ui_wait_until (gtk_progress_bar_get_fraction (all) > 0.5);
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (all), 0.75, 0.03);
  ui_click (self, "_Stop");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (row (f, self, 1), "Cancelled"));
  g_assert_null (ui_find (row (f, self, 1), GTK_TYPE_PROGRESS_BAR, NULL));
  export_all_close (self);
}

/* Ticked ones of two accounts, in one run with one summary; each account has a heading. */
static void
test_accounts (ExportAllFixture *f,
               gconstpointer     data)
{
  g_autoptr (WbAccount) other = export_all_fixture_add_account (f, "<b>Other</b> & “x”");
  WbExportAllWindow *self = export_all_fixture_open (f);

  g_assert_true (ui_shows (self, "Test"));
  g_assert_true (ui_shows (self, "<b>Other</b> & “x”"));
  ui_click (self, "Select _None");
  wb_export_all_row_set_ticked (export_all_find_row (self, f->account, 1), TRUE);
  wb_export_all_row_set_ticked (export_all_find_row (self, other, 0), TRUE);
  wb_export_all_row_set_ticked (export_all_find_row (self, other, 1), TRUE);
  many_service_set (f->service, 0, MANY_KILLED);
  export_all_run (self);
  g_assert_true (ui_shows (self, "3 workspaces: 2 saved, 1 failed"));
  g_assert_null (wb_export_all_row_get_job (export_all_find_row (self, f->account, 0)));
  g_assert_false (gtk_widget_get_sensitive (
    GTK_WIDGET (export_all_find_row (self, f->account, 0))));
  g_assert_true (ui_shows (export_all_find_row (self, other, 1), "Saved, 1 connection"));
  export_all_close (self);

  /* The one that is left, among all. */
  self = export_all_fixture_open (f);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (wb_export_all_row_get_ticked (export_all_find_row (self, f->account, i)));
      g_assert_cmpint (wb_export_all_row_get_ticked (export_all_find_row (self, other, i)), ==,
                       i == 0);
    }
  export_all_close (self);
}

static guint
count_rest (void)
{
  g_autoptr (GVariant) rest =
    g_settings_get_value (wb_context_get_settings (ui_test_get_context ()), "export-all-rest");

  return (guint) g_variant_n_children (rest);
}

/* While it runs, what is left is kept where a program that is ended by force would find it. */
static void
test_rest (ExportAllFixture *f,
           gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);

  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  ui_wait_until (count_rest () == 3);
  ui_wait_until (ui_shows (row (f, self, 2), "Saved, 1 connection"));
  g_assert_cmpuint (count_rest (), ==, 1);
  ui_click (self, "_Stop");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_cmpuint (count_rest (), ==, 1);
  many_service_set (f->service, 1, MANY_RIGHT);
  g_signal_emit_by_name (row (f, self, 1), "retry");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_cmpuint (count_rest (), ==, 0);
  export_all_close (self);
}

static AdwMessageDialog *
wait_for_question (WbExportAllWindow *self)
{
  ui_wait_until (ui_find_dialog (self) != NULL);

  return ui_find_dialog (self);
}

static void
answer (WbExportAllWindow *self,
        const char        *token)
{
  AdwMessageDialog *dialog = wait_for_question (self);

  gtk_editable_set_text (ui_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL), token);
  ui_click (dialog, "_Sign In");
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (WbCredentials) found = wb_secrets_lookup_finish (WB_SECRETS (source), result, NULL);

  *(char **) user_data = g_strdup (found != NULL ? wb_credentials_get_token (found) : "");
}

static gboolean
is_stored (WbAccount  *account,
           const char *token)
{
  g_autofree char *found = NULL;

  wb_secrets_lookup_async (wb_context_get_secrets (ui_test_get_context ()), account, NULL, found_cb,
                           &found);
  ui_wait_until (found != NULL);

  return g_str_equal (found, token);
}

/* An account that was left out can be tried again at once. What is typed is stored when the service
 * has accepted it, and not before. */
static void
test_retry_account (ExportAllFixture *f,
                    gconstpointer     data)
{
  WbSignIns *sign_ins = wb_context_get_sign_ins (ui_test_get_context ());
  g_autoptr (WbAccount) other = export_all_fixture_add_account (f, "Zurich");
  WbExportAllWindow *self = export_all_fixture_open (f);

  wb_sign_ins_forget (sign_ins, wb_account_get_uuid (other));
  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  /* While one account asks, the other one's workspaces are exported. */
  wait_for_question (self);
  ui_wait_until (ui_shows (row (f, self, 0), "Saved, 1 connection"));
  gtk_window_close (GTK_WINDOW (ui_find_dialog (self)));
  ui_wait_until (ui_shows (export_all_find_row (self, other, 1), "Not signed in"));
  g_assert_true (wb_export_all_window_is_running (self));
  many_service_set (f->service, 0, MANY_SIGN_IN);

  /* Within the run; the token is refused. */
  g_signal_emit_by_name (export_all_find_row (self, other, 0), "retry");
  answer (self, "canary-wrong");
  ui_wait_until (wb_batch_job_is_over (
    wb_export_all_row_get_job (export_all_find_row (self, other, 0))));
  g_assert_null (wb_sign_ins_get (sign_ins, other));
  ui_click (self, "_Stop");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (is_stored (other, ""));

  /* In a run of its own. */
  many_service_set (f->service, 0, MANY_RIGHT);
  many_service_set (f->service, 1, MANY_RIGHT);
  g_signal_emit_by_name (export_all_find_row (self, other, 1), "retry");
  answer (self, "canary-right");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (export_all_find_row (self, other, 1), "Saved, 1 connection"));
  ui_wait_until (is_stored (other, "canary-right"));
  g_signal_emit_by_name (export_all_find_row (self, other, 0), "retry");
  g_signal_emit_by_name (row (f, self, 1), "retry");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (self, "4 workspaces: 4 saved, 0 failed"));
  export_all_close (self);
}

/* An account that a person removes during the run. */
static void
test_removed (ExportAllFixture *f,
              gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);

  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  ui_wait_until (ui_shows (row (f, self, 0), "Saved, 1 connection"));
  wb_account_store_remove (wb_context_get_store (ui_test_get_context ()),
                           wb_account_get_uuid (f->account), NULL);
  ui_click (self, "_Stop");
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_signal_emit_by_name (row (f, self, 1), "retry");
  gtk_window_close (GTK_WINDOW (wait_for_question (self)));
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (row (f, self, 1), "Not signed in"));
  export_all_close (self);
}

static gboolean
is_shown (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *shown = fake_desktop_dup_shown ();

  return g_strcmp0 (uri, shown) == 0;
}

/* The file manager shows the file of a row, also the last one of an unchanged workspace. */
static void
test_show (ExportAllFixture *f,
           gconstpointer     data)
{
  g_autofree char   *first = NULL;
  WbExportAllWindow *self = export_all_fixture_open (f);

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("in a sandbox the portal is asked, which the Flatpak's own tests look at");
      export_all_close (self);
      return;
    }

  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()),
                          "export-all-if-changed", TRUE);
  export_all_run (self);
  for (guint i = 0; i < 2; i++)
    {
      const char *path = wb_batch_job_get_path (wb_export_all_row_get_job (row (f, self, i)));

      g_signal_emit_by_name (row (f, self, i), "show-file");
      ui_wait_until (is_shown (path));
      if (i == 0)
        first = g_strdup (path);
    }
  export_all_close (self);

  self = export_all_fixture_open (f);
  export_all_run (self);
  g_assert_true (ui_says (row (f, self, 0), "Unchanged since last time"));
  g_signal_emit_by_name (row (f, self, 0), "show-file");
  ui_wait_until (is_shown (first));
  ui_click (self, "_Show in Files");
  ui_wait_until (is_shown (f->folder));
  export_all_close (self);
}

static void
proxy_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GDBusProxy **) user_data = g_dbus_proxy_new_for_bus_finish (result, NULL);
}

/* The program asks whether there is a portal when it starts. What is asked later is answered
 * later. */
static void
wait_for_inhibitor (void)
{
  g_autoptr (GDBusProxy) proxy = NULL;

  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SESSION, G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS, NULL,
                            "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                            "org.freedesktop.portal.Inhibit", NULL, proxy_cb, &proxy);
  ui_wait_until (proxy != NULL);
}

/* While it runs, a log-out is inhibited. At its end a notification has the numbers, unless a person
 * looks at the window. */
static void
test_desktop (ExportAllFixture *f,
              gconstpointer     data)
{
  WbExportAllWindow *self = export_all_fixture_open (f);
  guint              n_before;
  g_autofree char   *text = NULL;
  GtkWindow         *other;

  wait_for_inhibitor ();
  ui_press (self, "Shift");
  ui_wait_until (gtk_window_is_active (GTK_WINDOW (self)));
  n_before = fake_desktop_get_n_notified ();
  g_assert_cmpuint (fake_desktop_get_n_inhibitors (), ==, 0);
  many_service_set (f->service, 1, MANY_HANG);
  ui_click (self, "_Export");
  ui_wait_until (fake_desktop_get_n_inhibitors () == 1);
  ui_wait_until (ui_shows (row (f, self, 0), "Saved, 1 connection"));
  g_assert_cmpuint (fake_desktop_get_n_inhibitors (), ==, 1);
  ui_click (self, "_Stop");
  ui_wait_until (!wb_export_all_window_is_running (self));
  ui_wait_until (fake_desktop_get_n_inhibitors () == 0);

  /* Once more, behind another window. */
  other = ui_turn_away (GTK_WINDOW (self));
  many_service_set (f->service, 1, MANY_KILLED);
  g_signal_emit_by_name (row (f, self, 1), "retry");
  ui_wait_until (fake_desktop_get_n_notified () > n_before);
  g_assert_cmpuint (fake_desktop_get_n_notified (), ==, n_before + 1);
  text = fake_desktop_dup_notified ();
  g_assert_cmpstr (text, ==, "2 workspaces: 1 saved, 1 failed");
  gtk_window_destroy (other);
  export_all_close (self);
}

/* As before a single export: once, and only where the cloud has an audit log. */
static void
test_audit_notice (ExportAllFixture *f,
                   gconstpointer     data)
{
  GSettings         *settings = wb_context_get_settings (ui_test_get_context ());
  WbExportAllWindow *self = export_all_fixture_open (f);

  g_settings_set_boolean (settings, "audit-notice-shown", FALSE);
  ui_click (self, "_Export");
  ui_click (wait_for_question (self), "_Cancel");
  ui_wait_until (gtk_widget_get_sensitive (ui_find (self, GTK_TYPE_BUTTON, "_Export")));
  g_assert_false (wb_export_all_window_is_running (self));
  g_assert_cmpuint (f->service->times_us->len, ==, 0);

  /* Closing the window takes the question back. */
  ui_click (self, "_Export");
  wait_for_question (self);
  export_all_close (self);
  g_assert_false (g_settings_get_boolean (settings, "audit-notice-shown"));

  self = export_all_fixture_open (f);
  ui_click (self, "_Export");
  ui_click (wait_for_question (self), "_Export");
  ui_wait_until (wb_export_all_window_is_running (self));
  ui_wait_until (!wb_export_all_window_is_running (self));
  g_assert_true (ui_shows (self, "1 workspace: 1 saved, 0 failed"));
  g_assert_true (g_settings_get_boolean (settings, "audit-notice-shown"));
  export_all_close (self);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, n, test)                                                                   \
  g_test_add (path, ExportAllFixture, GUINT_TO_POINTER (n), export_all_fixture_set_up, test, \
              export_all_fixture_tear_down)

  fake_desktop_start ();
  ui_test_init (&argc, &argv);

  ADD ("/ui/export-all/run", 3, test_run);
  ADD ("/ui/export-all/ticks", 3, test_ticks);
  ADD ("/ui/export-all/close", 3, test_close);
  ADD ("/ui/export-all/only-changed", 3, test_only_changed);
  ADD ("/ui/export-all/refused", 3, test_refused);
  ADD ("/ui/export-all/plan", 3, test_plan);
  ADD ("/ui/export-all/folder", 1, test_folder);
  ADD ("/ui/export-all/folder-question", 1, test_folder_question);
  ADD ("/ui/export-all/rebuilt", 3, test_rebuilt);
  ADD ("/ui/export-all/progress", 2, test_progress);
  ADD ("/ui/export-all/accounts", 2, test_accounts);
  ADD ("/ui/export-all/rest", 3, test_rest);
  ADD ("/ui/export-all/retry-account", 2, test_retry_account);
  ADD ("/ui/export-all/removed", 2, test_removed);
  ADD ("/ui/export-all/show", 2, test_show);
  ADD ("/ui/export-all/desktop", 2, test_desktop);
  ADD ("/ui/export-all/audit-notice", 1, test_audit_notice);

  return g_test_run ();
}
