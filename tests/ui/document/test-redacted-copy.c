/* test-redacted-copy.c: a copy without secrets, from the question to the saved file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring.h"
#include "ui-test.h"

#include "ui/preview/preview.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"

static WbWindow *
open_export (gboolean with_connections)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;

  if (with_connections)
    {
      wb_zip_maker_add_text (zip, "connections/sales.conn",
                             "{\"name\": \"sales\", \"config\": {\"ip\": \"10.0.0.1\","
                             " \"password\": \"" SECRET "\"}}");
      wb_zip_maker_add_text (zip, "connections/hive.conn",
                             "{\"name\": \"hive\", \"description\": \"not " SECRET "\"}");
    }
  wb_zip_maker_add_text (zip, "connections/<b>&.conn", "{\"password\": \"" SECRET "\"");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "export.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");

  return window;
}

static AdwMessageDialog *
ask (WbWindow   *window,
     const char *result)
{
  AdwMessageDialog *dialog;

  ui_activate (window, "win.save-redacted");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_wait_until (ui_shows (dialog, result));

  return dialog;
}

static char *
dup_home_path (const char *name)
{
  return g_build_filename (g_get_home_dir (), name, NULL);
}

/* The question says what stays and what is left out; the copy has no secret. */
static void
test_save (void)
{
  WbWindow         *window = open_export (TRUE);
  AdwMessageDialog *dialog = ask (window, "Secrets are replaced in 2 places.");
  g_autofree char  *path = dup_home_path ("copy.zip");
  g_autofree char  *texts = NULL;
  g_autofree char  *suggested = NULL;
  GtkWidget        *focus;
  WbWindow         *other;
  WbArchive        *copy;

  g_assert_true (ui_shows (dialog, "Addresses, user names and descriptions stay."));
  g_assert_true (ui_shows (dialog, "Importing the copy would lose the passwords."));
  g_assert_true (ui_shows (dialog, "1 entry is left out"));
  g_assert_true (ui_shows (dialog, "connections/<b>&.conn"));
  texts = ui_dup_texts (dialog, TRUE);
  g_assert_null (strstr (texts, SECRET));

  /* Return does what the highlighted button does. */
  focus = gtk_root_get_focus (GTK_ROOT (dialog));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "_Save As…");
  ring_press (dialog, "Return");
  suggested = ui_save_to (path);
  g_assert_cmpstr (suggested, ==, "export-redacted.zip");
  ui_wait_until (ui_shows (window, "Copy saved as “copy.zip”"));

  other = ui_open_file (path);
  ui_wait_for_page (other, "preview");
  copy = wb_document_get_archive (wb_window_get_document (other));
  g_assert_cmpuint (wb_archive_get_n_connections (copy), ==, 2);
  g_assert_cmpuint (wb_archive_get_n_clear_secrets (copy), ==, 0);
  for (guint node = 0; node < wb_archive_get_n_nodes (copy); node++)
    {
      g_autoptr (GBytes) contents = NULL;
      g_autofree char *text = NULL;

      if (wb_archive_get_kind (copy, node) == WB_NODE_ROOT
          || wb_archive_get_kind (copy, node) == WB_NODE_FOLDER)
        continue;
      contents = wb_archive_read (copy, node, NULL, NULL);
      text = g_strndup (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents));
      g_assert_null (strstr (text, SECRET));
    }

  ui_close_window (other);
  ui_close_window (window);
}

/* An export of which only a copy was saved is not saved. */
static void
test_unsaved (void)
{
  g_autofree char  *path = dup_home_path ("sample.zip");
  AdwMessageDialog *dialog;
  WbWindow         *window;

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "try-sample", NULL);
  window = WB_WINDOW (gtk_application_get_active_window (
    GTK_APPLICATION (ui_test_get_program ())));
  ui_wait_for_page (window, "preview");

  dialog = ask (window, "Secrets are replaced");
  ui_click (dialog, "_Save As…");
  g_free (ui_save_to (path));
  /* Closed while it is being saved, it still asks about the export. */
  gtk_window_close (GTK_WINDOW (window));
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_true (ui_shows (dialog, "Save This Export?"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_is_enabled (window, "save-as"));

  g_assert_true (wb_document_get_unsaved (wb_window_get_document (window)));
  g_assert_true (ui_shows (window, "Not saved yet"));

  ui_close_window (window);
}

/* There is nothing to save, and nothing happens. */
static void
test_nothing (void)
{
  WbWindow         *window = open_export (FALSE);
  AdwMessageDialog *dialog = ask (window, "nothing would be left to save");

  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save-as"));
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_find_dialog (window) == NULL);

  /* Given up before the copy is made; and with the window. */
  ui_activate (window, "win.save-redacted");
  ui_click (ui_find_dialog (window), "_Cancel");
  ui_wait_until (ui_find_dialog (window) == NULL);
  ui_activate (window, "win.save-redacted");
  ui_close_window (window);
}

/* The notice of passwords offers it. */
static void
test_notice (void)
{
  WbWindow  *window = open_export (TRUE);
  GtkWidget *button = ui_find (window, GTK_TYPE_BUTTON, "_Redacted Copy…");

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_wait_until (ui_find_dialog (window) != NULL);

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/redacted-copy/save", test_save);
  g_test_add_func ("/redacted-copy/unsaved", test_unsaved);
  g_test_add_func ("/redacted-copy/nothing", test_nothing);
  g_test_add_func ("/redacted-copy/notice", test_notice);

  return g_test_run ();
}
