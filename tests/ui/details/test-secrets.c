/* test-secrets.c: secrets in the window: hidden, revealed by a click, and hidden again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/details-fixture.h"

#include "core/archive/secrets/secret-values.h"
#include "ring.h"
#include "ui/details/secret-row.h"
#include "ui/widgets/field-row.h"
#include "ui/tree/archive-view.h"

/* Rows 2 to 4. */
static const WbZipItem items[] = {
  { "connections/a.conn",
    .data = "{\"name\": \"a\", \"type\": \"DWS\", \"config\": {\"ip\": \"10.0.0.1\","
            " \"port\": \"8000\", \"password\": \"" SECRET "\"}}" },
  { "connections/b.conn",
    .data = "{\"name\": \"b\", \"type\": \"RDS\", \"config\":"
            " {\"password\": \"****\", \"token\": \"\"}}" },
  { "connections/c.conn",
    .data = "{\"name\": \"c\", \"type\": \"Other\", \"config\": {\"url\":"
            " \"jdbc:mysql://10.0.0.2/db?password=hunter2hunter2\"}}" },
};

static void
set_up (DetailsFixture *fixture,
        gconstpointer   data)
{
  details_fixture_open (fixture, items, G_N_ELEMENTS (items));
}

static WbSecretRow *
select_secret (DetailsFixture *fixture,
               guint           position)
{
  return ui_find (ui_select (fixture->window, position), WB_TYPE_SECRET_ROW, NULL);
}

static void
reveal (WbSecretRow *row)
{
  details_click_reveal (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL),
                        wb_secret_row_get_reveal (row));
}

/* A secret is hidden until it is revealed, and hidden again by whatever comes next. */
static void
test_reveal (DetailsFixture *fixture,
             gconstpointer   data)
{
  WbWindow    *window = fixture->window;
  WbSecretRow *row = select_secret (fixture, 2);

  g_assert_nonnull (row);
  g_assert_true (ui_says (row, WB_SECRET_DOTS));
  g_assert_false (ui_says (window, SECRET));

  reveal (row);
  g_assert_true (ui_says (row, SECRET));

  /* A second click. */
  g_signal_emit_by_name (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL), "clicked");
  g_assert_false (ui_says (window, SECRET));

  details_assert_hides_again (fixture, ui_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL),
                              wb_secret_row_get_reveal (row));

  /* Another row is selected: at once, not when it has been read. */
  reveal (row);
  gtk_selection_model_select_item (
    wb_archive_view_get_model (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL)), 3, TRUE);
  g_assert_true (wb_connection_view_get_busy (fixture->details));
  g_assert_false (ui_says (window, SECRET));
  ui_wait_until (!wb_connection_view_get_busy (fixture->details));
}

static void
test_left_out (DetailsFixture *fixture,
               gconstpointer   data)
{
  WbConnectionView *details = ui_select (fixture->window, 3);
  g_autofree char  *texts = ui_dup_texts (details, FALSE);
  const char       *first;

  g_assert_null (ui_find (details, WB_TYPE_SECRET_ROW, NULL));
  first = strstr (texts, "Not included by the service");
  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first + 1, "Not included by the service"));
  g_assert_null (strstr (texts, "****"));
}

/* Only the secret in an address is hidden. */
static void
test_partial (DetailsFixture *fixture,
              gconstpointer   data)
{
  WbSecretRow *row = select_secret (fixture, 4);

  g_assert_nonnull (row);
  g_assert_true (ui_says (row, "jdbc:mysql://10.0.0.2/db?password=" WB_SECRET_DOTS));
  g_assert_false (ui_says (fixture->window, "hunter2"));
  reveal (row);
  g_assert_true (ui_says (row, "jdbc:mysql://10.0.0.2/db?password=hunter2hunter2"));
}

/* A secret is copied without being shown, marked, and taken back; the toast says when. */
static void
test_copy (DetailsFixture *fixture,
           gconstpointer   data)
{
  WbSecretRow        *row = select_secret (fixture, 2);
  GdkClipboard       *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  GdkContentProvider *content;
  g_autofree char    *copied = NULL;
  g_autofree char    *later = NULL;

  gtk_widget_activate_action (GTK_WIDGET (row), "secret.copy", NULL);
  copied = ui_dup_clipboard_text (clipboard);
  g_assert_true (g_strcmp0 (copied, SECRET) == 0);
  g_assert_false (ui_says (fixture->window, SECRET));
  g_assert_true (ui_shows (fixture->window,
                           "Copied: Password. It is removed from the clipboard in 30 seconds."));
  details_assert_taken_back (clipboard);

  /* A later copy stays. */
  gtk_widget_activate_action (GTK_WIDGET (row), "secret.copy", NULL);
  content = gdk_clipboard_get_content (clipboard);
  g_object_add_weak_pointer (G_OBJECT (content), (gpointer *) &content);
  gdk_clipboard_set_text (clipboard, "after");
  ui_fire (content);
  ui_wait_until (content == NULL);
  later = ui_dup_clipboard_text (clipboard);
  g_assert_cmpstr (later, ==, "after");
}

static void
test_notice (DetailsFixture *fixture,
             gconstpointer   data)
{
  g_assert_true (ui_shows (fixture->window, "This ZIP contains 2 passwords in clear text."));
}

static void
assert_name (gpointer    row,
             const char *name)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  g_assert_cmpstr (wrong, ==, NULL);
}

/* A row is one stop that says name and value, the arrow keys go from row to row and to a row's
 * buttons, and Return copies. */
static void
test_keyboard (DetailsFixture *fixture,
               gconstpointer   data)
{
  WbSecretRow *secret = select_secret (fixture, 2);
  GtkRoot     *root = GTK_ROOT (fixture->window);
  GtkWidget   *field = ui_find (fixture->details, WB_TYPE_FIELD_ROW, NULL);
  GtkWidget   *button = ui_find (secret, GTK_TYPE_TOGGLE_BUTTON, NULL);

  assert_name (field, "IP address, 10.0.0.1");
  assert_name (secret, "Password, hidden");
  ui_wait_for_frames (fixture->window, 2);

  gtk_widget_grab_focus (field);
  ring_press (fixture->window, "Down");
  ring_press (fixture->window, "Down");
  g_assert_true (gtk_root_get_focus (root) == GTK_WIDGET (secret));
  ring_press (fixture->window, "Return");
  details_assert_taken_back (gtk_widget_get_clipboard (field));
  assert_name (secret, "Password, hidden");

  ring_press (fixture->window, "Right");
  g_assert_true (gtk_root_get_focus (root) == button);
  details_click_reveal (button, wb_secret_row_get_reveal (secret));
  assert_name (secret, "Password, " SECRET);
  wb_reveal_set_revealed (wb_secret_row_get_reveal (secret), FALSE);
  assert_name (secret, "Password, hidden");
  ring_press (fixture->window, "Left");
  g_assert_true (gtk_root_get_focus (root) == GTK_WIDGET (secret));

  ring_press (fixture->window, "Up");
  ring_press (fixture->window, "Up");
  ring_press (fixture->window, "ctrl+c");
  while (TRUE)
    {
      g_autofree char *text = ui_dup_clipboard_text (gtk_widget_get_clipboard (field));

      if (g_str_equal (text, "10.0.0.1"))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_no_notice (DetailsFixture *fixture,
                gconstpointer   data)
{
  const WbZipItem harmless = { "connections/a.conn",
                               .data = "{\"name\": \"a\", \"config\": {\"password\": \"****\"}}" };

  details_fixture_open (fixture, &harmless, 1);
  g_assert_false (ui_shows (fixture->window, "clear text"));
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

#define ADD(name, set_up, function) \
  g_test_add ("/secrets/" name, DetailsFixture, NULL, set_up, function, details_fixture_tear_down)
  ADD ("reveal", set_up, test_reveal);
  ADD ("left-out", set_up, test_left_out);
  ADD ("partial", set_up, test_partial);
  ADD ("copy", set_up, test_copy);
  ADD ("notice", set_up, test_notice);
  ADD ("keyboard", set_up, test_keyboard);
  ADD ("no-notice", NULL, test_no_notice);
#undef ADD
  g_test_add_func ("/secrets/icons", test_icons);

  return g_test_run ();
}
