/* test-screens.c: every page of the window and every other window, under each condition
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screens/pixels.h"
#include "screens/screen.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "account-fixture.h"
#include "core/archive/copies/encrypted-copy.h"
#include "core/progress.h"
#include "core/save.h"
#include "fault-server.h"
#include "ring.h"
#include "sample/sample-service.h"
#include "ui/accounts/account-window.h"
#include "ui/accounts/accounts-window.h"
#include "ui/accounts/import-window.h"
#include "ui/compare/compare-window.h"
#include "ui/document/working-dialog.h"
#include "ui/export-all/export-all-window.h"
#include "ui/export/export-page.h"
#include "ui/find/find.h"
#include "ui/help/help-window.h"
#include "ui/preview/preview.h"
#include "ui/sign-in/sign-in-dialogs.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/spinner.h"
#include "ui/window/account-switcher.h"
#include "zip-maker.h"

/* Long, as names in large companies are. */
#define LONG_NAME "Production of the Sales Department in Frankfurt am Main"

static WbSampleService *service;

static char *
make_sample (const char *name)
{
  g_autoptr (GBytes) zip = wb_sample_service_dup_zip (service, "");

  return wb_zip_bytes_to_path (zip, name);
}

static WbWindow *
open_sample (void)
{
  g_autofree char *path = make_sample ("sample.zip");

  return ui_open_file (path);
}

static gpointer
find (const char *type_name)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), type_name) && gtk_widget_get_mapped (l->data))
        return l->data;
    }

  return NULL;
}

static gpointer
wait_for_window (const char *type_name)
{
  gpointer window;

  ui_wait_until ((window = find (type_name)) != NULL);
  ui_wait_for_frames (window, 3);

  return window;
}

static void
destroy (gpointer window)
{
  ui_wait_for_frames (window, 3);
  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_destroy (window);
  ui_wait_until (window == NULL);
}

/* Tab and Shift+Tab go round it, and the focus is seen on each stop. This comes before its
 * pictures: with newer GTK a dialog keeps the size of larger text for a while. */
static void
check_keyboard (gpointer window)
{
  ring_go_round (window);
  screen_check_focus (window);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* An account that needs no sign-in, at a server of the test. */
static char *
add_account (const char *url)
{
  WbAccount *account = ui_add_account (url, FALSE);

  ui_sign_in (account);

  return g_strdup (wb_account_get_uuid (account));
}

/* One with a long name and a mark. */
static char *
add_long_account (void)
{
  WbAccountStore  *store = wb_context_get_store (ui_test_get_context ());
  g_autofree char *uuid = add_account ("http://127.0.0.1:9");
  g_autoptr (WbAccount) account = wb_account_copy (wb_account_store_find (store, uuid));

  wb_account_set (account, WB_ACCOUNT_NAME, LONG_NAME);
  wb_account_set (account, WB_ACCOUNT_MARK, "Production");
  g_assert_true (wb_account_store_put (store, account, NULL));

  return g_steal_pointer (&uuid);
}

static void
remove_account (const char *uuid)
{
  g_assert_true (
    wb_account_store_remove (wb_context_get_store (ui_test_get_context ()), uuid, NULL));
}

static void
test_welcome (void)
{
  WbWindow *window = ui_open_window ();

  screen_check_all (window, window, "welcome", NULL);
  ui_close_window (window);
}

/* Of a part of the window, on a picture that is so many times larger. */
static double
get_contrast (gpointer   window,
              GtkWidget *part,
              int        scale)
{
  graphene_rect_t bounds;
  g_autoptr (Pixels) picture = pixels_take (window, scale);

  pixels_locate (part, window, &bounds);
  graphene_rect_scale (&bounds, scale, scale, &bounds);

  return pixels_contrast (picture, &bounds);
}

/* A button's text can be read while the pointer is on it, and while it is pressed. */
static void
test_pointed_at (void)
{
  static const GtkStateFlags  states[] = { GTK_STATE_FLAG_PRELIGHT,
                                           GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_ACTIVE };
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_DARK,
                                            ADW_COLOR_SCHEME_FORCE_LIGHT };
  gpointer                    window = ui_open_window ();
  GtkWidget                  *button = ui_find (window, GTK_TYPE_BUTTON, "_Add Account…");

  for (guint i = 0; i < G_N_ELEMENTS (states) * G_N_ELEMENTS (schemes); i++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i % 2]);
      gtk_widget_set_state_flags (button, states[i / 2], FALSE);
      ui_wait_for_frames (window, 4);
      g_assert_cmpfloat (get_contrast (window, gtk_widget_get_first_child (button), 3), >=, 4.5);
      gtk_widget_unset_state_flags (button, states[i / 2]);
    }
  ui_close_window (window);
}

static void
test_ready (void)
{
  g_autofree char *uuid = add_long_account ();
  WbWindow        *window = ui_open_window ();

  screen_check_all (window, window, "ready", NULL);
  ui_close_window (window);
  remove_account (uuid);
}

/* Whose texts are longer. */
static gboolean
is_made_up_language (void)
{
  return g_strcmp0 (g_getenv ("LANGUAGE"), "pseudo") == 0;
}

static gboolean
is_on_wayland (void)
{
  return g_strcmp0 (g_getenv ("GDK_BACKEND"), "wayland") == 0;
}

static void
check_switcher (WbWindow *window)
{
  GtkLabel *label;

  ui_wait_for_frames (window, 4);
  label = ui_find (ui_find (window, WB_TYPE_ACCOUNT_SWITCHER, NULL), GTK_TYPE_LABEL, NULL);
  g_assert_nonnull (strstr (gtk_label_get_text (label), "Test"));
  if (!is_made_up_language ())
    ui_wait_until (!pango_layout_is_ellipsized (gtk_label_get_layout (label)));
}

/* Whose connections are exported can be read beside three buttons in the title bar, too, and beside
 * the name that Waybill gives to a file. */
static void
test_crowded (void)
{
  g_autofree char *path =
    make_sample ("DLF_All_DataConnections Berlin (Production) Staging 2026-11-29.zip");
  g_autofree char *uuid = add_account ("http://127.0.0.1:9");
  WbWindow        *window;

  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":minimize,maximize,close",
                NULL);
  window = ui_open_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= 360);
  check_switcher (window);
  ui_close_window (window);

  window = ui_open_file (path);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  ui_wait_for_page (window, "preview");
  check_switcher (window);
  ui_close_window (window);
  remove_account (uuid);
}

/* The first export says first that it is recorded. */
static void
accept_notice (WbWindow *window)
{
  AdwMessageDialog *dialog;

  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown",
                          FALSE);
  ui_activate (window, "win.export");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  screen_check_all (dialog, dialog, "audit-notice", NULL);
  ui_click (dialog, "_Export");
}

/* Of a part of the window. */
static GtkPopover *
open_popover (gpointer    window,
              const char *type_name)
{
  GtkWidget  *part = ui_find (window, g_type_from_name (type_name), NULL);
  GtkWidget  *button = ui_find (part, GTK_TYPE_MENU_BUTTON, NULL);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));

  /* Under Wayland, it could otherwise be opened by a key or a click alone. */
  gtk_popover_set_autohide (popover, FALSE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (popover)));

  return popover;
}

/* A marked account among others, the chosen one checked. */
static void
test_switcher (void)
{
  g_autofree char *uuid = add_long_account ();
  g_autofree char *plain = add_account ("http://127.0.0.1:9");
  WbWindow        *window = ui_open_window ();
  GtkPopover      *popover = open_popover (window, "WbAccountSwitcher");

  g_assert_true (ui_shows (popover, "Production"));
  screen_check_all (window, popover, "switcher", NULL);
  gtk_popover_popdown (popover);
  ui_close_window (window);
  remove_account (uuid);
  remove_account (plain);
}

static void
test_exporting (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *uuid = add_account (url);
  WbWindow        *window = ui_open_window ();

  accept_notice (window);
  ui_wait_for_page (window, "exporting");
  screen_check_all (window, window, "exporting", NULL);
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "ready");
  ui_close_window (window);
  remove_account (uuid);
}

/* As if a bar's interval were over; a spinner has none. */
static void
tick (GtkWidget *part)
{
  if (GTK_IS_PROGRESS_BAR (part))
    ui_fire (gtk_widget_get_ancestor (part, WB_TYPE_EXPORT_PAGE));
}

/* Whether it looks different some frames later. */
static gboolean
moves (gpointer   window,
       GtkWidget *part)
{
  graphene_rect_t bounds;
  g_autoptr (Pixels) before = NULL;
  g_autoptr (Pixels) after = NULL;

  tick (part);
  ui_wait_for_frames (window, 4);
  pixels_locate (part, window, &bounds);
  before = pixels_take (window, 1);
  tick (part);
  ui_wait_for_frames (window, 10);
  after = pixels_take (window, 1);

  return pixels_difference (before, after, &bounds, 1.2) > 0;
}

/* It begins a little later than it is told. */
static void
wait_for_motion (gpointer   window,
                 GtkWidget *part)
{
  while (!moves (window, part))
    ;
}

/* Nothing moves for whoever wants no motion. */
static void
test_motion (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *uuid = add_account (url);
  WbAccount       *account =
    wb_account_store_find (wb_context_get_store (ui_test_get_context ()), uuid);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("a-token-for-tests");
  WbWindow *window = ui_open_window ();
  gboolean  ended = FALSE;
  gpointer  find;

  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown",
                          TRUE);
  ui_activate (window, "win.export");
  ui_wait_for_page (window, "exporting");
  wb_find_window_ask_async (ui_test_get_context (), GTK_WINDOW (window), WB_FIND_PROJECTS, account,
                            credentials, ended_cb, &ended);
  find = wait_for_window ("WbFindWindow");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  wait_for_motion (window, ui_find (window, GTK_TYPE_PROGRESS_BAR, NULL));
  wait_for_motion (find, ui_find (find, WB_TYPE_SPINNER, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_assert_false (moves (window, ui_find (window, GTK_TYPE_PROGRESS_BAR, NULL)));
  g_assert_false (moves (find, ui_find (find, WB_TYPE_SPINNER, NULL)));
  g_assert_cmpfloat (get_contrast (find, ui_find (find, WB_TYPE_SPINNER, NULL), 1), >=, 3);

  gtk_window_close (find);
  ui_wait_until (ended);
  ui_activate (window, "win.cancel");
  ui_wait_for_page (window, "ready");
  ui_close_window (window);
  remove_account (uuid);
}

static void
test_export_error (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autofree char *uuid = add_account (url);
  WbWindow        *window = ui_open_window ();

  g_settings_set_boolean (wb_context_get_settings (ui_test_get_context ()), "audit-notice-shown",
                          TRUE);
  fault_server_add_reply (server, 403, "X-Request-Id: 0123456789abcdef0123456789abcdef\r\n",
                          "{\"error_code\": \"DLF.0100\","
                          " \"error_msg\": \"The user has no permission for this workspace.\"}",
                          -1);
  ui_activate (window, "win.export");
  ui_wait_for_page (window, "error");
  screen_check_all (window, window, "export-error", NULL);
  ui_close_window (window);
  remove_account (uuid);
}

static void
test_open_error (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("no ZIP", 6);
  g_autofree char *path =
    wb_zip_bytes_to_path (bytes, "a-file-with-a-very-long-name-that-is-no-archive-at-all.zip");
  WbWindow *window = ui_open_file (path);

  ui_wait_for_page (window, "error");
  screen_check_all (window, window, "open-error", NULL);
  ui_close_window (window);
}

static void
test_empty (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = wb_zip_maker_finish (zip, NULL);
  g_autofree char *path = wb_zip_bytes_to_path (bytes, "empty.zip");
  WbWindow        *window = ui_open_file (path);

  screen_check_all (window, window, "empty", NULL);
  ui_close_window (window);
}

static void
test_preview (void)
{
  g_autofree char *uuid = add_long_account ();
  WbWindow        *window = open_sample ();
  WbPreview       *preview = ui_find (window, WB_TYPE_PREVIEW, NULL);

  ui_wait_for_page (window, "preview");
  screen_check_all (window, window, "preview", NULL);
  for (guint i = 0; i < 10; i++)
    gtk_selection_model_select_item (
      wb_archive_view_get_model (wb_preview_get_archive_view (preview)), 2 + i, i == 0);
  screen_check_all (window, window, "several", NULL);
  ui_select (window, 0);
  screen_check_all (window, window, "whole", NULL);
  ui_close_window (window);
  remove_account (uuid);
}

/* As a click on a row does. */
static void
show_details (gpointer window)
{
  WbPreview *preview = ui_find (window, WB_TYPE_PREVIEW, NULL);

  g_signal_emit_by_name (wb_preview_get_archive_view (preview), "opened");
}

static void
test_details (void)
{
  WbWindow         *window = open_sample ();
  WbConnectionView *details = ui_select (window, 6);

  screen_check_all (window, window, "details", show_details);
  ui_activate (details, "connection.show-source");
  screen_check_all (window, window, "source", show_details);
  ui_close_window (window);
}

static GtkWidget *
find_row_widget (gpointer    tree,
                 const char *name)
{
  GtkWidget *widget = ui_find (tree, GTK_TYPE_INSCRIPTION, name);

  while (!GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget)))
    widget = gtk_widget_get_parent (widget);

  return widget;
}

/* A selected row by its bar, a focused one by its ring: 3:1 against what was there before. */
static void
test_rows (void)
{
  WbWindow      *window = open_sample ();
  WbPreview     *preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  WbArchiveView *tree = wb_preview_get_archive_view (preview);
  GtkWidget     *row;
  g_autoptr (Pixels) before = NULL;
  g_autoptr (Pixels) selected = NULL;
  g_autoptr (Pixels) focused = NULL;
  graphene_rect_t bounds;

  row = find_row_widget (tree, "dws_sales.conn");
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  ui_wait_for_frames (window, 3);
  pixels_locate (row, GTK_WIDGET (window), &bounds);
  before = pixels_take (GTK_WIDGET (window), 1);
  ui_select (window, 7);
  ui_wait_for_frames (window, 3);
  selected = pixels_take (GTK_WIDGET (window), 1);
  g_assert_cmpuint (pixels_difference (before, selected, &bounds, 3), >=,
                    (guint) (2 * bounds.size.height));

  wb_archive_view_focus_rows (tree);
  ui_wait_for_frames (window, 4);
  focused = pixels_take (GTK_WIDGET (window), 1);
  g_assert_cmpuint (pixels_difference (selected, focused, &bounds, 3), >=,
                    (guint) bounds.size.width);

  ui_close_window (window);
}

/* Wherever the focus is. */
static void
test_rings (void)
{
  WbContext       *context = ui_test_get_context ();
  WbWindow        *window = open_sample ();
  g_autofree char *uuid = add_account ("http://127.0.0.1:9");
  gpointer         account;

  ui_select (window, 7);
  ui_press (window, "Shift");
  screen_check_focus (window);

  /* Its own addresses are unfolded. */
  account = wb_account_window_new (context, NULL,
                                   wb_account_store_find (wb_context_get_store (context), uuid));
  gtk_window_present (account);
  wait_for_window ("WbAccountWindow");
  ui_press (account, "Shift");
  screen_check_focus (account);
  destroy (account);
  remove_account (uuid);
  ui_close_window (window);
}

/* With every notice that there is at once, at the usual size. */
static void
check_first_row (const char *note,
                 const char *picture)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  WbWindow        *window;
  WbPreview       *preview;
  graphene_rect_t  bounds;

  wb_zip_maker_add_text (zip, "connections/broken.conn", "{\"password\": \"a secret\"");
  wb_zip_maker_add_text (zip, "connections/dws.conn",
                         "{\"name\": \"dws\", \"config\": {\"password\": \"a secret\"}}");
  if (note != NULL)
    wb_zip_maker_add_text (zip, "WAYBILL.json", note);
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "notices.zip");
  window = ui_open_file (path);
  preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  ui_wait_for_frames (window, 4);
  g_assert_true (
    ui_shows (preview, "Some entries are damaged or unusual; saving keeps every byte."));
  g_assert_true (ui_shows_count (preview, "This ZIP contains %'u password in clear text.",
                                 "This ZIP contains %'u passwords in clear text."));
  g_assert_true (ui_shows (preview, "Rebuilt, not exported: passwords and hidden connections are "
                                    "missing.")
                 == (note != NULL));
  g_assert_true (gtk_widget_compute_bounds (find_row_widget (preview, "notices.zip"),
                                            GTK_WIDGET (preview), &bounds));
  /* With the font that GTK has under Wayland, the marks of that language make lines higher. */
  g_assert_cmpfloat (bounds.origin.y, <=, is_made_up_language () && is_on_wayland () ? 160 : 140);
  screen_check_all (window, window, picture, NULL);
  ui_close_window (window);
}

static void
test_first_row (void)
{
  check_first_row (NULL, "notices");
  check_first_row ("{\"waybill\": \"rebuilt\", \"version\": 1, \"source\": \"list\","
                   " \"enter_again\": [{\"file\": \"connections/dws.conn\","
                   " \"connection\": \"dws\", \"settings\": [\"userPassword\"]}]}",
                   "all-notices");
}

static void
test_search (void)
{
  WbWindow    *window = open_sample ();
  WbPreview   *preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  GtkEditable *entry;
  GtkPopover  *popover;

  ui_activate (window, "win.find");
  entry = ui_find (preview, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (entry, "10.0");
  ui_wait_until (ui_shows_count (preview, "%'u of %'u", "%'u of %'u"));
  screen_check_all (window, window, "search", NULL);
  gtk_editable_set_text (entry, "nowhere");
  ui_wait_until (ui_shows (preview, "No Results"));
  screen_check_all (window, window, "no-results", NULL);
  popover = open_popover (window, "WbSearchHelp");
  screen_check_all (window, popover, "search-help", NULL);
  gtk_popover_popdown (popover);
  ui_close_window (window);
}

static void
test_findings (void)
{
  WbWindow   *window = open_sample ();
  WbPreview  *preview = ui_find (window, WB_TYPE_PREVIEW, NULL);
  GtkPopover *popover;

  ui_wait_until (ui_find (preview, g_type_from_name ("WbFindingsButton"), NULL) != NULL);
  popover = open_popover (window, "WbFindingsButton");
  screen_check_all (window, popover, "findings", NULL);
  gtk_popover_popdown (popover);
  ui_close_window (window);
}

/* The end of what scrolls. */
static void
show_end (gpointer window)
{
  GtkScrolledWindow *scroller = ui_find (window, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment     *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
test_dialogs (void)
{
  WbWindow         *window = open_sample ();
  AdwMessageDialog *dialog;
  gpointer          other;

  ui_activate (window, "win.properties");
  other = wait_for_window ("WbPropertiesWindow");
  screen_check_all (other, other, "properties", NULL);
  ui_click (other, "_Verify");
  ui_wait_until (ui_shows (other, "Everything can be read and has the right checksum."));
  screen_check_all (other, other, "verified", show_end);
  screen_check_focus (other);
  destroy (other);

  ui_activate (window, "win.save-redacted");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL
                 && ui_shows_count (dialog, "A secret is replaced in %'u place.",
                                    "Secrets are replaced in %'u places."));
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "redacted-copy", NULL);
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_find_dialog (window) == NULL);

  ui_activate (window, "win.show-help-overlay");
  other = wait_for_window ("WbShortcutsWindow");
  check_keyboard (other);
  screen_check_all (other, other, "shortcuts", NULL);
  destroy (other);

  /* The toolkit's own. */
  gtk_widget_activate_action (GTK_WIDGET (window), "app.about", NULL);
  other = wait_for_window ("AdwAboutWindow");
  screen_take_all (other, "about");
  destroy (other);

  ui_close_window (window);
}

static void
show_changes (gpointer comparison)
{
  wb_panes_show_end (ui_find (comparison, WB_TYPE_PANES, NULL));
}

static void
test_comparison (void)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static ("no ZIP", 6);
  g_autofree char *path = NULL;
  g_autofree char *same = make_sample ("the-same.zip");
  g_autofree char *no_zip = wb_zip_bytes_to_path (text, "another.zip");
  WbWindow        *window = open_sample ();
  gpointer         comparison;

  wb_zip_maker_add_text (zip, "connections/dws_sales.conn",
                         "{\"name\": \"dws_sales\", \"type\": \"DWS\", \"config\":"
                         " {\"ip\": \"10.0.0.1\", \"password\": \"another one\"}}");
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "an-earlier-export.zip");
  wb_document_set_mark (wb_window_get_document (window), "Production", "red");
  ui_activate (window, "win.compare");
  ui_choose_file (path);
  comparison = wait_for_window ("WbCompareWindow");
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), "differences"));
  screen_check_all (comparison, comparison, "comparison", NULL);
  screen_check_all (comparison, comparison, "changes", show_changes);
  destroy (comparison);

  ui_activate (window, "win.compare");
  ui_choose_file (same);
  comparison = wait_for_window ("WbCompareWindow");
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), "same"));
  screen_check_all (comparison, comparison, "comparison-same", NULL);
  destroy (comparison);

  ui_activate (window, "win.compare");
  ui_choose_file (no_zip);
  comparison = wait_for_window ("WbCompareWindow");
  ui_wait_until (g_str_equal (wb_compare_window_get_page (comparison), "error"));
  screen_check_all (comparison, comparison, "comparison-error", NULL);
  destroy (comparison);
  ui_close_window (window);
}

static void
test_accounts (void)
{
  WbContext       *context = ui_test_get_context ();
  gpointer         window = wb_accounts_window_new (context, NULL);
  g_autofree char *uuid = NULL;

  gtk_window_present (window);
  wait_for_window ("WbAccountsWindow");
  screen_check_all (window, window, "no-accounts", NULL);
  uuid = add_account ("http://127.0.0.1:9");
  screen_check_all (window, window, "accounts", NULL);
  destroy (window);

  window = wb_account_window_new (
    context, NULL, wb_account_store_find (wb_context_get_store (context), uuid));
  gtk_window_present (window);
  wait_for_window ("WbAccountWindow");
  screen_check_all (window, window, "edit-account", NULL);
  destroy (window);
  remove_account (uuid);

  window = wb_account_window_new (context, NULL, NULL);
  gtk_window_present (window);
  wait_for_window ("WbAccountWindow");
  type_into (window, "Name", "x");
  type_into (window, "Project ID", "not an ID");
  screen_check_all (window, window, "add-account", NULL);
  destroy (window);
}

static void
test_import (void)
{
  g_autoptr (GBytes) keys = g_bytes_new_static (
    "User Name,Access Key Id,Secret Access Key\njane,AKID0000000000000001,secret-of-jane\n", 82);
  g_autofree char *path = wb_zip_bytes_to_path (keys, "credentials.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer window = wb_import_window_new (ui_test_get_context (), NULL, file);

  gtk_window_present (window);
  wait_for_window ("WbImportWindow");
  screen_check_all (window, window, "import", NULL);
  destroy (window);

  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  window = wb_import_window_new (ui_test_get_context (), NULL, file);
  gtk_window_present (window);
  ui_wait_until (ui_shows (window, "Nothing Was Imported"));
  screen_check_all (window, window, "import-nothing", NULL);
  destroy (window);
}

static void
test_find (void)
{
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) credentials =
    wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  static const WbFindWhat  whats[] = { WB_FIND_PROJECTS, WB_FIND_WORKSPACES };
  static const char *const names[] = { "find-projects", "find-workspaces" };
  WbWindow                *parent = ui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (whats); i++)
    {
      gboolean ended = FALSE;
      gpointer window;

      wb_find_window_ask_async (ui_test_get_context (), GTK_WINDOW (parent), whats[i], account,
                                credentials,
                                ended_cb, &ended);
      window = wait_for_window ("WbFindWindow");
      ui_wait_until (ui_shows (window, "_Use") || ui_shows (window, "_Add"));
      check_keyboard (window);
      screen_check_all (window, window, names[i], NULL);
      gtk_window_close (window);
      ui_wait_until (ended);
    }
  ui_close_window (parent);
}

static void
test_check (void)
{
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) credentials =
    wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  WbWindow *parent = ui_open_window ();
  gboolean  ended = FALSE;
  gpointer  window;

  wb_check_window_run_async (ui_test_get_context (), GTK_WINDOW (parent), account, credentials,
                             ended_cb, &ended);
  window = wait_for_window ("WbCheckWindow");
  ui_wait_until (ui_shows (window, "Check _Again"));
  check_keyboard (window);
  screen_check_all (window, window, "check", NULL);
  gtk_window_close (window);
  ui_wait_until (ended);
  ui_close_window (parent);
}

static void
test_secret_dialog (void)
{
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WbWindow *window = ui_open_window ();
  gboolean  ended = FALSE;
  gpointer  dialog;

  wb_account_set (account, WB_ACCOUNT_NAME, LONG_NAME);
  wb_secret_dialog_ask_async (GTK_WINDOW (window), account, cancellable, ended_cb, &ended);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "password", NULL);
  g_cancellable_cancel (cancellable);
  ui_wait_until (ended);
  ui_close_window (window);
}

static void
test_passcode_dialog (void)
{
  WbAccount *account = ui_add_account ("http://127.0.0.1:9", TRUE);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("a-token-for-tests");
  g_autoptr (WbEndpoints) endpoints =
    wb_account_dup_endpoints (account, wb_context_get_clouds (ui_test_get_context ()), NULL);
  g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);
  g_autoptr (WbSignIn) sign_in = wb_sign_in_new (client, credentials, "", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WbWindow *window = ui_open_window ();
  gboolean  ended = FALSE;
  gpointer  dialog;

  wb_passcode_dialog_ask_async (GTK_WINDOW (window), account, sign_in, cancellable, ended_cb,
                                &ended);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "one-time-code", NULL);
  g_cancellable_cancel (cancellable);
  ui_wait_until (ended);
  ui_close_window (window);
}

/* Both questions for a ZIP's password, and what is shown without one. */
static void
test_zip_password (void)
{
  g_autofree char *path = make_sample ("plain.zip");
  g_autofree char *copy = NULL;
  int              fd = g_file_open_tmp ("XXXXXX.zip", &copy, NULL);
  WbWindow        *window = ui_open_file (path);
  g_autoptr (WbSpool) encrypted = NULL;
  g_autoptr (GError) error = NULL;
  gpointer dialog;

  ui_activate (window, "win.save-encrypted");
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "new-zip-password", NULL);
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_find_dialog (window) == NULL);
  encrypted = wb_encrypted_copy_new (wb_document_get_archive (wb_window_get_document (window)),
                                     "secret words", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_save_to_fd (encrypted, fd, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  ui_close_window (window);

  window = ui_open_file (copy);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "zip-password", NULL);
  ui_click (dialog, "_Cancel");
  ui_wait_until (ui_find_dialog (window) == NULL);
  ui_select (window, 6);
  screen_check_all (window, window, "locked", NULL);
  ui_close_window (window);
}

/* As if a second were over. */
static void
test_working (void)
{
  WbWindow        *window = ui_open_window ();
  WbWorkingDialog *working =
    wb_working_dialog_begin (GTK_WINDOW (window), _ ("Encrypting the Copy"), NULL);
  GCancellable *work = wb_working_dialog_get_cancellable (working);
  gpointer      dialog;

  wb_progress_begin (work, 10);
  wb_progress_advance (work, 3);
  ui_fire (working);
  ui_wait_until ((dialog = ui_find_dialog (window)) != NULL);
  check_keyboard (dialog);
  screen_check_all (dialog, dialog, "working", NULL);
  wb_working_dialog_end (working);
  ui_wait_until (ui_find_dialog (window) == NULL);
  ui_close_window (window);
}

static void
test_request_log (void)
{
  GActionGroup *program = G_ACTION_GROUP (ui_test_get_program ());
  gpointer      window;

  g_action_group_activate_action (program, "request-log", NULL);
  window = wait_for_window ("WbRequestLogWindow");
  screen_check_all (window, window, "request-log", NULL);
  destroy (window);
}

static void
record (const char *account,
        const char *mark,
        const char *source,
        const char *file,
        const char *result,
        const char *message)
{
  WbRecorder *recorder = wb_context_get_recorder (ui_test_get_context ());
  g_autoptr (WbHistoryRecord) record = wb_history_record_new ();

  record->finished = 1764318000; /* 28 November 2025 */
  record->account = g_strdup (account);
  record->account_id = g_strdup (account);
  record->mark = g_strdup (mark);
  record->workspace = g_strdup ("Analytics");
  record->source = g_strdup (source);
  record->n_connections = 24;
  record->size_bytes = 18200;
  record->sha256 = *message == '\0' ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1)
                                    : g_strdup ("");
  record->file = g_strdup (file);
  record->result = g_strdup (result);
  record->message = g_strdup (message);
  wb_recorder_put (recorder, record);
}

static void
test_history (void)
{
  GActionGroup    *program = G_ACTION_GROUP (ui_test_get_program ());
  g_autofree char *path = wb_history_dup_default_path ();
  gpointer         window;

  /* Other tests export, too. */
  wb_recorder_wait (wb_context_get_recorder (ui_test_get_context ()));
  g_unlink (path);
  g_action_group_activate_action (program, "history", NULL);
  window = wait_for_window ("WbHistoryWindow");
  ui_wait_until (ui_shows (window, "No Exports Yet"));
  screen_check_all (window, window, "history-empty", NULL);
  destroy (window);

  g_unlink (path);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_action_group_activate_action (program, "history", NULL);
  window = wait_for_window ("WbHistoryWindow");
  ui_wait_until (ui_shows (window, "The History Cannot Be Read"));
  screen_check_all (window, window, "history-failed", NULL);
  destroy (window);
  g_assert_cmpint (g_rmdir (path), ==, 0);

  record ("Test", "", "export", "", "cancelled", "");
  record ("Test", "", "export", "", "ok", "");
  record ("Staging", "", "export", "", "network",
          "No connection to dayu-dlf.eu-de.otc.t-systems.com: it could not be found. Look at your "
          "network connection and the address.");
  record (LONG_NAME, "Production", "list", "file:///backups/a.zip", "ok", "");
  record ("Berlin", "Production", "export",
          "file:///home/somebody/Documents/Backups/DLF_All_DataConnections%20Berlin.zip",
          "ok", "");
  g_action_group_activate_action (program, "history", NULL);
  window = wait_for_window ("WbHistoryWindow");
  ui_wait_until (
    ui_shows (window, "Berlin · Analytics")
    && ui_shows (window, g_dpgettext2 (GETTEXT_PACKAGE, "result of an export", "Cancelled")));
  screen_check_all (window, window, "history", NULL);
  destroy (window);
}

static void
go_to_page (gpointer window)
{
  wb_help_window_go (window, "unattended#night");
}

static void
show_topics (gpointer window)
{
  wb_panes_show_start (ui_find (window, WB_TYPE_PANES, NULL));
}

static void
test_help (void)
{
  GActionGroup *program = G_ACTION_GROUP (ui_test_get_program ());
  gpointer      window;

  g_action_group_activate_action (program, "help", g_variant_new_string ("errors#network"));
  window = wait_for_window ("WbHelpWindow");
  screen_check_all (window, window, "help-errors", NULL);
  show_topics (window);
  gtk_editable_set_text (ui_find (window, GTK_TYPE_SEARCH_ENTRY, NULL), "xyzzy");
  g_assert_true (ui_shows (window, "Nothing was found. Try fewer or other words."));
  screen_check_all (window, window, "help-nothing", show_topics);
  destroy (window);
  g_action_group_activate_action (program, "help", g_variant_new_string ("unattended"));
  window = wait_for_window ("WbHelpWindow");
  screen_check_all (window, window, "help", go_to_page);
  screen_check_focus (window);
  destroy (window);
}

/* Those of the tests before would ask for their passwords. */
static void
remove_accounts (WbAccountStore *store)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (store)) > 0)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), 0);

      wb_account_store_remove (store, wb_account_get_uuid (account), NULL);
    }
}

/* Before a run, and after one in which a workspace was empty. */
static void
test_export_all (void)
{
  WbContext *context = ui_test_get_context ();
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) credentials =
    wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  WbExportAllWindow *all;
  gpointer           window;

  remove_accounts (wb_context_get_store (context));
  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "export-all", NULL);
  window = wait_for_window ("WbExportAllWindow");
  screen_check_all (window, window, "export-all-empty", NULL);
  destroy (window);

  wb_account_set (account, WB_ACCOUNT_NAME, "Berlin");
  wb_account_set (account, WB_ACCOUNT_MARK, "Production");
  g_assert_true (wb_account_store_put (wb_context_get_store (context), account, NULL));
  sign_in = wb_sign_in_open (account, credentials, wb_context_get_clouds (context), TRUE, NULL,
                             NULL);
  wb_sign_ins_keep (wb_context_get_sign_ins (context),
                    wb_account_store_find (wb_context_get_store (context),
                                           wb_account_get_uuid (account)),
                    sign_in);

  g_action_group_activate_action (G_ACTION_GROUP (ui_test_get_program ()), "export-all", NULL);
  window = wait_for_window ("WbExportAllWindow");
  all = window;
  screen_check_all (window, window, "export-all", NULL);
  wb_export_all_window_set_folder (all, folder);
  g_settings_set_boolean (wb_context_get_settings (context), "audit-notice-shown", TRUE);
  gtk_widget_activate_action (window, "export-all.start", NULL);
  ui_wait_until (!wb_export_all_window_is_running (all));
  screen_check_all (window, window, "export-all-done", NULL);
  destroy (window);
  wb_account_store_remove (wb_context_get_store (context), wb_account_get_uuid (account), NULL);
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (g_getenv ("SCREENS_LOCALES") != NULL)
    {
      setlocale (LC_ALL, "");
      bindtextdomain (GETTEXT_PACKAGE, g_getenv ("SCREENS_LOCALES"));
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }
  ui_test_init (&argc, &argv);
  if (g_strcmp0 (g_getenv ("SCREENS_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (service, 0, NULL));

  g_test_add_func ("/screens/welcome", test_welcome);
  g_test_add_func ("/screens/ready", test_ready);
  g_test_add_func ("/screens/crowded", test_crowded);
  g_test_add_func ("/screens/switcher", test_switcher);
  g_test_add_func ("/screens/exporting", test_exporting);
  g_test_add_func ("/screens/motion", test_motion);
  g_test_add_func ("/screens/export-error", test_export_error);
  g_test_add_func ("/screens/open-error", test_open_error);
  g_test_add_func ("/screens/empty", test_empty);
  g_test_add_func ("/screens/preview", test_preview);
  g_test_add_func ("/screens/details", test_details);
  g_test_add_func ("/screens/pointed-at", test_pointed_at);
  g_test_add_func ("/screens/rows", test_rows);
  g_test_add_func ("/screens/rings", test_rings);
  g_test_add_func ("/screens/first-row", test_first_row);
  g_test_add_func ("/screens/search", test_search);
  g_test_add_func ("/screens/findings", test_findings);
  g_test_add_func ("/screens/dialogs", test_dialogs);
  g_test_add_func ("/screens/comparison", test_comparison);
  g_test_add_func ("/screens/accounts", test_accounts);
  g_test_add_func ("/screens/import", test_import);
  g_test_add_func ("/screens/find", test_find);
  g_test_add_func ("/screens/check", test_check);
  g_test_add_func ("/screens/secret-dialog", test_secret_dialog);
  g_test_add_func ("/screens/passcode-dialog", test_passcode_dialog);
  g_test_add_func ("/screens/zip-password", test_zip_password);
  g_test_add_func ("/screens/working", test_working);
  g_test_add_func ("/screens/request-log", test_request_log);
  g_test_add_func ("/screens/history", test_history);
  g_test_add_func ("/screens/export-all", test_export_all);
  g_test_add_func ("/screens/help", test_help);

  status = g_test_run ();
  g_clear_object (&service);

  return status;
}
