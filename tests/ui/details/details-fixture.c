/* details-fixture.c: the details of an archive made for a test, and what hides its secrets again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/details-fixture.h"

#include "ui/preview/preview.h"

void
details_fixture_open (DetailsFixture  *fixture,
                      const WbZipItem *items,
                      guint            n_items)
{
  g_autoptr (WbZipMaker) zip = wb_zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < n_items; i++)
    wb_zip_maker_add (zip, &items[i]);
  bytes = wb_zip_maker_finish (zip, NULL);
  path = wb_zip_bytes_to_path (bytes, "details.zip");

  fixture->window = ui_open_file (path);
  ui_wait_for_page (fixture->window, "preview");
  fixture->details = wb_preview_get_connection_view (
    ui_find (fixture->window, WB_TYPE_PREVIEW, NULL));
}

void
details_fixture_tear_down (DetailsFixture *fixture,
                           gconstpointer   data)
{
  ui_close_window (fixture->window);
}

void
details_click_reveal (gpointer  button,
                      WbReveal *reveal)
{
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wb_reveal_get_revealed (reveal));
}

void
details_assert_hides_again (DetailsFixture *fixture,
                            gpointer        button,
                            WbReveal       *reveal)
{
  GtkWindow *other;

  details_click_reveal (button, reveal);
  g_assert_true (ui_says (fixture->window, SECRET));
  ui_fire (reveal);
  ui_wait_until (!wb_reveal_get_revealed (reveal));
  g_assert_false (ui_says (fixture->window, SECRET));

  ui_press (fixture->window, "Shift");
  details_click_reveal (button, reveal);
  other = ui_turn_away (fixture->window);
  g_assert_false (ui_says (fixture->window, SECRET));
  gtk_window_destroy (other);
}

void
details_assert_taken_back (GdkClipboard *clipboard)
{
  g_assert_true (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard),
                                                        "x-kde-passwordManagerHint"));
  ui_fire (gdk_clipboard_get_content (clipboard));
  ui_wait_until (gdk_clipboard_get_content (clipboard) == NULL);
  /* The display's word that the clipboard is empty is on its way. */
  ui_wait_until (!gdk_clipboard_is_local (clipboard));
}
