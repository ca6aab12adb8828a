/* test-source.c: a file's contents in the window: masked, revealed for a while, searched, copied
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/details-fixture.h"

#include <gtksourceview/gtksource.h>

#include "core/archive/secrets/secret-values.h"
#include "ui/tree/archive-view.h"
#include "ui/details/source-view.h"

#define BYTES "\x89PNG\r\n\x1a\nhunter2"

/* Rows 2 to 6, in the order of their names. */
static void
set_up (DetailsFixture *fixture,
        gconstpointer   data)
{
  g_autoptr (GString) long_line = g_string_new ("{\"name\": \"d\", \"config\": {");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (long_line, "\"key%u\": \"value\", ", i);
  g_string_append (long_line, "\"password\": \"" SECRET "\"}}");

  {
    const WbZipItem items[] = {
      { "connections/a.conn",
        .data = "{\n  \"name\": \"a\",\n  \"type\": \"DWS\",\n  \"config\": {\n"
                "    \"userName\": \"dws\",\n    \"password\": \"" SECRET "\"\n  }\n}\n" },
      { "connections/b.conn", .data = "{\n\"password\": \"" SECRET "\"" },
      { "connections/c.conn", .data = BYTES },
      { "connections/d.conn", .data = long_line->str },
      { "connections/e.conn", .data = "{\"name\": \"e\"}" },
    };

    details_fixture_open (fixture, items, G_N_ELEMENTS (items));
  }
}

static WbSourceView *
show_source (WbWindow *window,
             guint     position)
{
  WbConnectionView *details = ui_select (window, position);
  WbSourceView     *source;

  gtk_widget_activate_action (GTK_WIDGET (details), "connection.show-source", NULL);
  source = ui_find (details, WB_TYPE_SOURCE_VIEW, NULL);
  g_assert_nonnull (source);

  return source;
}

static GtkWidget *
find_reveal_button (WbSourceView *source)
{
  GtkWidget *find_button = ui_find (source, GTK_TYPE_TOGGLE_BUTTON, NULL);

  return gtk_widget_get_next_sibling (find_button);
}

static void
click_reveal (WbSourceView *source)
{
  g_signal_emit_by_name (find_reveal_button (source), "clicked");
}

static void
test_masked (DetailsFixture *fixture,
             gconstpointer   data)
{
  WbWindow        *window = fixture->window;
  WbSourceView    *source;
  GtkTextView     *view;
  GtkSourceBuffer *buffer;

  /* It takes its time to make, so it is made when it is first looked at. */
  ui_select (window, 2);
  g_assert_null (ui_find (window, WB_TYPE_SOURCE_VIEW, NULL));
  source = show_source (window, 2);
  g_assert_true (ui_says (source, "\"password\": \"" WB_SECRET_DOTS "\"\n  }\n}\n"));
  g_assert_false (ui_says (window, SECRET));

  view = ui_find (source, GTK_SOURCE_TYPE_VIEW, NULL);
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (view));
  g_assert_cmpstr (gtk_source_language_get_id (gtk_source_buffer_get_language (buffer)), ==,
                   "json");
  g_assert_true (gtk_source_view_get_show_line_numbers (GTK_SOURCE_VIEW (view)));
  g_assert_false (gtk_text_view_get_editable (view));

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpstr (gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (buffer)),
                   ==, "Adwaita-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_cmpstr (gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (buffer)),
                   ==, "Adwaita");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_DEFAULT);

  /* Where nothing is hidden, nothing is to be revealed. */
  show_source (window, 6);
  g_assert_true (ui_says (source, "{\"name\": \"e\"}"));
  g_assert_false (gtk_widget_get_visible (find_reveal_button (source)));
}

static void
test_reveal (DetailsFixture *fixture,
             gconstpointer   data)
{
  WbWindow         *window = fixture->window;
  WbSourceView     *source = show_source (window, 2);
  GtkStackSwitcher *switcher = ui_find (window, GTK_TYPE_STACK_SWITCHER, NULL);

  click_reveal (source);
  g_assert_true (ui_says (source, "\"password\": \"" SECRET "\"\n  }\n}\n"));

  /* A second click. */
  click_reveal (source);
  g_assert_false (ui_says (window, SECRET));

  details_assert_hides_again (fixture, find_reveal_button (source),
                              wb_source_view_get_reveal (source));

  /* The other page is looked at. */
  click_reveal (source);
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), "details");
  g_assert_false (ui_says (window, SECRET));
  gtk_stack_set_visible_child_name (gtk_stack_switcher_get_stack (switcher), "source");
  g_assert_false (ui_says (window, SECRET));

  /* Another row is selected: at once, not when it has been read. */
  click_reveal (source);
  g_assert_true (ui_says (source, SECRET));
  gtk_selection_model_select_item (
    wb_archive_view_get_model (ui_find (window, WB_TYPE_ARCHIVE_VIEW, NULL)), 6, TRUE);
  g_assert_false (ui_says (window, SECRET));
  ui_select (window, 2);
  g_assert_false (ui_says (window, SECRET));
}

static void
select_all (WbSourceView *source)
{
  g_signal_emit_by_name (ui_find (source, GTK_SOURCE_TYPE_VIEW, NULL), "select-all", TRUE);
}

/* A file that is not a JSON object is hidden as a whole. */
static void
test_hidden (DetailsFixture *fixture,
             gconstpointer   data)
{
  WbWindow     *window = fixture->window;
  WbSourceView *source = show_source (window, 3);

  g_assert_true (ui_says (source, "This is not valid JSON at line 2, column 43"));
  g_assert_false (ui_says (window, SECRET));
  g_assert_false (ui_says (source, "\"password\""));
  ui_click (source, "_Reveal");
  g_assert_true (ui_says (source, "{\n\"password\": \"" SECRET "\""));
  select_all (source);
  g_assert_null (gdk_clipboard_get_content (
    gtk_widget_get_primary_clipboard (GTK_WIDGET (source))));
  g_assert_true (ui_says (source, "This is not valid JSON at line 2, column 43"));
  ui_fire (wb_source_view_get_reveal (source));
  ui_wait_until (!wb_reveal_get_revealed (wb_source_view_get_reveal (source)));
  g_assert_false (ui_says (window, SECRET));

  /* Bytes are not text. */
  show_source (window, 4);
  g_assert_false (ui_says (window, "hunter2"));
  ui_click (source, "_Reveal");
  g_assert_true (ui_says (source, "00000000  89 50 4e 47 0d 0a 1a 0a 68 75 6e 74 65 72 32"));
  g_assert_false (ui_says (source, "Only the beginning is shown."));
}

static void
test_large (DetailsFixture *fixture,
            gconstpointer   data)
{
  WbWindow        *window = fixture->window;
  WbSourceView    *source = show_source (window, 5);
  g_autofree char *texts = ui_dup_texts (source, TRUE);

  g_assert_nonnull (strstr (texts, "Only the beginning is shown."));
  g_assert_nonnull (strstr (texts, "\"key1000\": \"value\""));
  g_assert_cmpuint (strlen (texts), <, 70 * 1024);
}

/* The page that was chosen stays, over what has none. */
static void
test_pages (DetailsFixture *fixture,
            gconstpointer   data)
{
  WbWindow         *window = fixture->window;
  WbConnectionView *details;

  show_source (window, 2);
  details = ui_select (window, 1);
  g_assert_null (ui_find (details, GTK_TYPE_STACK_SWITCHER, NULL));
  g_assert_true (ui_says (details, "5 items"));
  ui_select (window, 2);
  g_assert_nonnull (ui_find (details, GTK_TYPE_STACK_SWITCHER, NULL));
  g_assert_true (gtk_widget_get_mapped (ui_find (details, WB_TYPE_SOURCE_VIEW, NULL)));
}

/* With a copy, with a cut, and by merely selecting. */
static void
test_copy (DetailsFixture *fixture,
           gconstpointer   data)
{
  static const char *const actions[] = { "clipboard.copy", "clipboard.cut" };
  WbWindow                *window = fixture->window;
  WbSourceView            *source = show_source (window, 2);
  GtkWidget               *view = ui_find (source, GTK_SOURCE_TYPE_VIEW, NULL);
  GdkClipboard            *clipboard = gtk_widget_get_clipboard (view);
  GdkClipboard            *primary = gtk_widget_get_primary_clipboard (view);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *masked = NULL;
      g_autofree char *later = NULL;
      g_autofree char *secret = NULL;

      gdk_clipboard_set_text (clipboard, "before");
      select_all (source);
      gtk_widget_activate_action (view, actions[i], NULL);
      masked = ui_dup_clipboard_text (clipboard);
      g_assert_nonnull (strstr (masked, WB_SECRET_DOTS));
      g_assert_nonnull (gdk_clipboard_get_content (primary));
      g_assert_false (gdk_content_formats_contain_mime_type (
        gdk_clipboard_get_formats (clipboard), "x-kde-passwordManagerHint"));

      /* What was copied is what was seen. */
      click_reveal (source);
      select_all (source);
      later = ui_dup_clipboard_text (clipboard);
      g_assert_cmpstr (later, ==, masked);
      g_assert_null (gdk_clipboard_get_content (primary));

      gtk_widget_activate_action (view, actions[i], NULL);
      secret = ui_dup_clipboard_text (clipboard);
      g_assert_nonnull (strstr (secret, SECRET));
      details_assert_taken_back (clipboard);
      click_reveal (source);
    }
}

static GtkWidget *
find_count (WbSourceView *source,
            const char   *text)
{
  return ui_find (source, GTK_TYPE_LABEL, text);
}

static void
test_find (DetailsFixture *fixture,
           gconstpointer   data)
{
  WbWindow      *window = fixture->window;
  WbSourceView  *source = show_source (window, 2);
  GtkWidget     *view = ui_find (source, GTK_SOURCE_TYPE_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkSearchBar  *window_find;
  GtkTextIter    start;
  GtkTextIter    end;

  /* The tree has its rows, and with them the focus, after some frames. */
  ui_wait_for_frames (window, 3);
  gtk_widget_grab_focus (view);
  ui_press (window, "ctrl+f");
  ui_wait_until (ui_find (source, GTK_TYPE_SEARCH_ENTRY, NULL) != NULL);
  ui_wait_until (gtk_widget_get_mapped (ui_find (source, GTK_TYPE_SEARCH_ENTRY, NULL)));
  window_find = ui_find (window, GTK_TYPE_SEARCH_BAR, NULL);
  g_assert_false (gtk_search_bar_get_search_mode (window_find));

  ui_press (window, "d w s");
  ui_wait_until (find_count (source, "1 of 2") != NULL);
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  g_assert_cmpint (gtk_text_iter_get_line (&start), ==, 2);
  ui_press (window, "Return");
  ui_wait_until (find_count (source, "2 of 2") != NULL);
  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  g_assert_cmpint (gtk_text_iter_get_line (&start), ==, 4);
  ui_press (window, "Return");
  ui_wait_until (find_count (source, "1 of 2") != NULL);
  ui_press (window, "ctrl+shift+g");
  ui_wait_until (find_count (source, "2 of 2") != NULL);

  /* A secret is not found by a search of what is masked. */
  gtk_editable_set_text (ui_find (source, GTK_TYPE_SEARCH_ENTRY, NULL), "horse");
  ui_wait_until (find_count (source, "0 of 0") != NULL);

  ui_press (window, "Escape");
  ui_wait_until (gtk_root_get_focus (GTK_ROOT (window)) == view);

  /* Elsewhere it is the window's. */
  gtk_widget_grab_focus (ui_find (window, GTK_TYPE_COLUMN_VIEW, NULL));
  ui_wait_until (!gtk_widget_has_focus (view));
  ui_press (window, "ctrl+f");
  ui_wait_until (gtk_search_bar_get_search_mode (window_find));
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, function) \
  g_test_add ("/source/" name, DetailsFixture, NULL, set_up, function, details_fixture_tear_down)
  ADD ("masked", test_masked);
  ADD ("reveal", test_reveal);
  ADD ("hidden", test_hidden);
  ADD ("large", test_large);
  ADD ("pages", test_pages);
  ADD ("copy", test_copy);
  ADD ("find", test_find);
#undef ADD

  return g_test_run ();
}
