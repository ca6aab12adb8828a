/* test-encrypted-copy.c: encrypted copies, what asks for their password, and Verify
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "ui/document/working-dialog.h"
#include "ui/preview/properties-window.h"
#include "zip-maker.h"

static char *
make_zip (guint32 crc_xor)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add (zip, &(WbZipItem){ .name = "connections/a.conn",
                                       .data = "{\"name\":\"a\",\"type\":\"DWS\"}",
                                       .crc_xor = crc_xor });
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "export.zip");
}

static void
type_into (gpointer    dialog,
           guint       index,
           const char *text)
{
  GtkWidget *row = ui_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  if (index == 1)
    row = gtk_widget_get_next_sibling (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The way there and back: two passwords that differ are not taken, a wrong one asks again. */
static void
test_copy (void)
{
  g_autofree char  *path = make_zip (0);
  g_autofree char  *copy = g_build_filename (g_get_home_dir (), "copy.zip", NULL);
  g_autofree char  *saved = g_build_filename (g_get_home_dir (), "saved.zip", NULL);
  g_autofree char  *suggested = NULL;
  WbWindow         *window = ui_open_file (path);
  WbWindow         *other;
  AdwMessageDialog *dialog;

  ui_wait_for_page (window, "preview");
  ui_activate (window, "win.save-encrypted");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  g_assert_true (ui_shows (dialog, "stay visible"));
  type_into (dialog, 0, "secret words");
  type_into (dialog, 1, "other words");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "continue"));
  type_into (dialog, 1, "secret words");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "continue"));
  ui_click (dialog, "_Save As…");
  suggested = ui_save_to (copy);
  g_assert_cmpstr (suggested, ==, "export-encrypted.zip");
  ui_wait_until (ui_shows (window, "Copy saved as “copy.zip”"));
  ui_close_window (window);

  other = ui_open_file (copy);
  ui_wait_until ((dialog = ui_find_dialog (other)) != NULL);
  type_into (dialog, 0, "wrong");
  ui_click (dialog, "_Open");
  ui_wait_until ((dialog = ui_find_dialog (other)) != NULL
                 && ui_shows (dialog, "does not open"));
  /* Given up, it can be asked for again. */
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_find_dialog (other) == NULL);
  g_assert_true (ui_shows (other, "The contents are encrypted."));
  /* But not while what is shown is being saved. */
  ui_activate (other, "win.save-as");
  g_assert_false (ui_is_enabled (other, "unlock"));
  g_free (ui_save_to (saved));
  ui_wait_until (ui_is_enabled (other, "unlock"));
  ui_click (other, "Enter _Password…");
  ui_wait_until ((dialog = ui_find_dialog (other)) != NULL);
  type_into (dialog, 0, "secret words");
  ui_click (dialog, "_Open");
  ui_wait_until (!wb_archive_is_locked (
    wb_document_get_archive (wb_window_get_document (other))));
  g_assert_false (ui_is_enabled (other, "unlock"));
  g_assert_false (ui_shows (other, "The contents are encrypted."));
  g_assert_cmphex (wb_archive_get_problems (
                     wb_document_get_archive (wb_window_get_document (other))),
                   ==, 0);
  ui_close_window (other);
}

static gpointer
find_other_dialog (gpointer parent,
                   gpointer known)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (l->data) && l->data != known
          && gtk_window_get_transient_for (l->data) == parent)
        return l->data;
    }

  return NULL;
}

/* What is unlocked is what was asked about: the window may show something else by then. */
static void
test_replaced (void)
{
  g_autofree char  *path = make_zip (0);
  g_autofree char  *copy = g_build_filename (g_get_home_dir (), "locked.zip", NULL);
  WbWindow         *window = ui_open_file (path);
  AdwMessageDialog *dialog;
  AdwMessageDialog *second;
  WbDocument       *document;

  ui_wait_for_page (window, "preview");
  ui_activate (window, "win.save-encrypted");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  type_into (dialog, 0, "secret words");
  type_into (dialog, 1, "secret words");
  ui_click (dialog, "_Save As…");
  g_free (ui_save_to (copy));
  ui_wait_until (ui_shows (window, "Copy saved as “locked.zip”"));
  ui_close_window (window);

  window = ui_open_file (copy);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  ui_activate (window, "win.unlock");
  ui_wait_until ((second = find_other_dialog (window, dialog)) != NULL);
  type_into (second, 0, "secret words");
  type_into (dialog, 0, "secret words");
  ui_click (second, "_Open");
  ui_wait_until (!ui_is_enabled (window, "unlock"));
  document = wb_window_get_document (window);
  ui_click (dialog, "_Open");
  ui_wait_until (ui_find_dialog (window) == NULL);
  ui_wait_for_frames (window, 30);
  g_assert_true (wb_window_get_document (window) == document);
  ui_close_window (window);
}

/* The row of a password has the keyboard focus while its dialog is answered, and while the window
 * below it is closed. */
static void
test_focus (void)
{
  static const char *const keys[] = { "Return", "Escape", NULL };

  g_autofree char  *path = make_zip (0);
  g_autofree char  *copy = g_build_filename (g_get_home_dir (), "focus.zip", NULL);
  WbWindow         *window = ui_open_file (path);
  AdwMessageDialog *dialog;

  ui_wait_for_page (window, "preview");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      ui_activate (window, "win.save-encrypted");
      ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
      ui_press (dialog, "Shift");
      type_into (dialog, 0, "a");
      type_into (dialog, 1, "a");
      g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (dialog))));
      if (keys[i] == NULL)
        break;

      ui_press (dialog, keys[i]);
      if (i == 0)
        g_free (ui_save_to (copy));
      ui_wait_until (ui_find_dialog (window) == NULL && ui_is_enabled (window, "save-encrypted"));
    }
  ui_close_window (window);
}

/* What takes long is shown, and stops when a person, or the window, wants it to. */
static void
test_working (void)
{
  g_autofree char  *path = make_zip (0);
  WbWindow         *window = ui_open_file (path);
  AdwMessageDialog *dialog;

  ui_wait_for_page (window, "preview");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) outer = g_cancellable_new ();
      g_autoptr (GCancellable) cancellable = NULL;
      WbWorkingDialog *working =
        wb_working_dialog_begin (GTK_WINDOW (window), "Encrypting the Copy", outer);

      cancellable = g_object_ref (wb_working_dialog_get_cancellable (working));
      ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
      g_assert_true (ui_shows (dialog, "Encrypting the Copy"));
      g_assert_nonnull (ui_find (dialog, GTK_TYPE_PROGRESS_BAR, NULL));
      g_assert_false (g_cancellable_is_cancelled (cancellable));
      if (i == 0)
        ui_click (dialog, "_Cancel");
      else if (i == 1)
        g_cancellable_cancel (outer);
      if (i < 2)
        ui_wait_until (g_cancellable_is_cancelled (cancellable));
      wb_working_dialog_end (working);
      ui_wait_until (ui_find_dialog (window) == NULL);
    }
  ui_close_window (window);
}

static GtkWindow *
find_properties (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_PROPERTIES_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
test_verify (void)
{
  static const char *const verdicts[] = { "Everything can be read", "do not match" };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *path = make_zip (i);
      WbWindow        *window = ui_open_file (path);
      GtkWindow       *properties;

      ui_wait_for_page (window, "preview");
      ui_activate (window, "win.properties");
      ui_wait_until ((properties = find_properties ()) != NULL);
      ui_click (properties, "_Verify");
      ui_wait_until (ui_shows (properties, verdicts[i]));
      gtk_window_close (properties);
      ui_wait_until (find_properties () == NULL);
      ui_close_window (window);
    }
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/encrypted-copy/copy", test_copy);
  g_test_add_func ("/encrypted-copy/replaced", test_replaced);
  g_test_add_func ("/encrypted-copy/focus", test_focus);
  g_test_add_func ("/encrypted-copy/working", test_working);
  g_test_add_func ("/encrypted-copy/verify", test_verify);

  return g_test_run ();
}
