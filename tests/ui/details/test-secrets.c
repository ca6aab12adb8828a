/* test-secrets.c: secrets in the window: hidden, revealed by a click, and hidden again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include "core/archive/secrets/secret-values.h"
#include "ui/preview/preview.h"
#include "ui/details/secret-clipboard.h"
#include "ui/details/secret-row.h"
#include "zip-maker.h"

#define SECRET "correct horse battery staple"

static char *
make_zip (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  wb_zip_maker_add_text (zip, "connections/a.conn",
                         "{\"name\": \"a\", \"type\": \"DWS\", \"config\": {\"ip\": \"10.0.0.1\","
                         " \"port\": \"8000\", \"password\": \"" SECRET "\"}}");
  wb_zip_maker_add_text (zip, "connections/b.conn",
                         "{\"name\": \"b\", \"type\": \"RDS\", \"config\":"
                         " {\"password\": \"****\", \"token\": \"\"}}");
  wb_zip_maker_add_text (zip, "connections/c.conn",
                         "{\"name\": \"c\", \"type\": \"Other\", \"config\": {\"url\":"
                         " \"jdbc:mysql://10.0.0.2/db?password=hunter2hunter2\"}}");
  bytes = wb_zip_maker_finish (zip, NULL);

  return wb_zip_bytes_to_path (bytes, "secrets.zip");
}

static gboolean
can_copy (WbSecretRow *row)
{
  GtkWidget *button = ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL);

  return gtk_widget_get_sensitive (gtk_widget_get_next_sibling (button));
}

static void
reveal (WbSecretRow *row)
{
  g_signal_emit_by_name (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL), "clicked");
  g_assert_true (wb_reveal_get_revealed (wb_secret_row_get_reveal (row)));
}

static void
test_reveal (void)
{
  g_autofree char  *path = make_zip ();
  WbWindow         *window = ui_open_file (path);
  WbConnectionView *details = ui_select (window, 2);
  WbSecretRow      *row = ui_find (details, WB_TYPE_SECRET_ROW, NULL);
  GtkWindow        *other;

  g_assert_nonnull (row);
  g_assert_true (ui_says (row, WB_SECRET_DOTS));
  g_assert_false (ui_says (window, SECRET));
  g_assert_false (can_copy (row));

  reveal (row);
  g_assert_true (ui_says (row, SECRET));
  g_assert_true (can_copy (row));

  /* A second click. */
  g_signal_emit_by_name (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL), "clicked");
  g_assert_false (ui_says (window, SECRET));
  g_assert_false (can_copy (row));

  /* The time is up. */
  reveal (row);
  ui_fire (wb_secret_row_get_reveal (row));
  ui_wait_until (!wb_reveal_get_revealed (wb_secret_row_get_reveal (row)));
  g_assert_false (ui_says (window, SECRET));

  /* The window is turned away from. */
  ui_press (window, "Shift");
  reveal (row);
  other = ui_turn_away (window);
  g_assert_false (ui_says (window, SECRET));
  gtk_window_destroy (other);

  /* Another row is selected: at once, not when it has been read. */
  reveal (row);
  gtk_selection_model_select_item (
    wb_archive_view_get_model (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL)), 3, TRUE);
  g_assert_true (wb_connection_view_get_busy (details));
  g_assert_false (ui_says (window, SECRET));
  ui_wait_until (!wb_connection_view_get_busy (details));

  ui_close_window (window);
}

static void
test_left_out (void)
{
  g_autofree char  *path = make_zip ();
  WbWindow         *window = ui_open_file (path);
  WbConnectionView *details = ui_select (window, 3);
  g_autofree char  *texts = ui_dup_texts (details, FALSE);
  const char       *first;

  g_assert_null (ui_find (details, WB_TYPE_SECRET_ROW, NULL));
  first = strstr (texts, "Not included by the service");
  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first + 1, "Not included by the service"));
  g_assert_null (strstr (texts, "****"));

  ui_close_window (window);
}

/* Only the secret in an address is hidden. */
static void
test_partial (void)
{
  g_autofree char  *path = make_zip ();
  WbWindow         *window = ui_open_file (path);
  WbConnectionView *details = ui_select (window, 4);
  WbSecretRow      *row = ui_find (details, WB_TYPE_SECRET_ROW, NULL);

  g_assert_nonnull (row);
  g_assert_true (ui_says (row, "jdbc:mysql://10.0.0.2/db?password=" WB_SECRET_DOTS));
  g_assert_false (ui_says (window, "hunter2"));
  reveal (row);
  g_assert_true (ui_says (row, "jdbc:mysql://10.0.0.2/db?password=hunter2hunter2"));

  ui_close_window (window);
}

static void
test_copy (void)
{
  g_autofree char    *path = make_zip ();
  WbWindow           *window = ui_open_file (path);
  WbConnectionView   *details = ui_select (window, 2);
  WbSecretRow        *row = ui_find (details, WB_TYPE_SECRET_ROW, NULL);
  GdkClipboard       *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GdkContentProvider *content;
  g_autofree char    *hidden = NULL;
  g_autofree char    *copied = NULL;
  g_autofree char    *later = NULL;

  gdk_clipboard_set_text (clipboard, "before");
  gtk_widget_activate_action (GTK_WIDGET (row), "secret.copy", NULL);
  hidden = ui_dup_clipboard_text (clipboard);
  g_assert_cmpstr (hidden, ==, "before");

  reveal (row);
  gtk_widget_activate_action (GTK_WIDGET (row), "secret.copy", NULL);
  copied = ui_dup_clipboard_text (clipboard);
  g_assert_cmpstr (copied, ==, SECRET);
  g_assert_true (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                        "x-kde-passwordManagerHint"));
  ui_fire (gdk_clipboard_get_content (clipboard));
  ui_wait_until (gdk_clipboard_get_content (clipboard) == NULL);
  /* The display's word that the clipboard is empty is on its way. */
  ui_wait_until (!gdk_clipboard_is_local (clipboard));

  /* What was copied since stays. */
  gtk_widget_activate_action (GTK_WIDGET (row), "secret.copy", NULL);
  content = gdk_clipboard_get_content (clipboard);
  g_object_add_weak_pointer (G_OBJECT (content), (gpointer *) &content);
  gdk_clipboard_set_text (clipboard, "after");
  ui_fire (content);
  ui_wait_until (content == NULL);
  later = ui_dup_clipboard_text (clipboard);
  g_assert_cmpstr (later, ==, "after");

  ui_close_window (window);
}

static void
test_notice (void)
{
  g_autofree char *path = make_zip ();
  WbWindow        *window = ui_open_file (path);
  g_autofree char *texts = NULL;

  ui_wait_for_page (window, "preview");
  texts = ui_dup_texts (window, FALSE);
  g_assert_nonnull (strstr (texts, "This export contains 2 passwords in clear text."));

  ui_close_window (window);
}

static void
test_no_notice (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  g_autofree char *texts = NULL;
  WbWindow        *window;

  wb_zip_maker_add_text (zip, "connections/a.conn",
                         "{\"name\": \"a\", \"config\": {\"password\": \"****\"}}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "harmless.zip");
  window = ui_open_file (path);
  ui_wait_for_page (window, "preview");
  texts = ui_dup_texts (window, FALSE);
  g_assert_null (strstr (texts, "clear text"));

  ui_close_window (window);
}

/* A type's icon is one of the program's own. */
static void
test_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (WbConnectionType type = WB_CONNECTION_TYPE_OTHER; type <= WB_CONNECTION_TYPE_HOST; type++)
    g_assert_true (gtk_icon_theme_has_icon (theme, wb_connection_type_get_icon_name (type)));
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/secrets/reveal", test_reveal);
  g_test_add_func ("/secrets/left-out", test_left_out);
  g_test_add_func ("/secrets/partial", test_partial);
  g_test_add_func ("/secrets/copy", test_copy);
  g_test_add_func ("/secrets/notice", test_notice);
  g_test_add_func ("/secrets/no-notice", test_no_notice);
  g_test_add_func ("/secrets/icons", test_icons);

  return g_test_run ();
}
