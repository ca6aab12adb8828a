/* test-about.c: what is new, and what a report needs, without what it must not have
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "ui-test.h"
#include "ui/about-window.h"

static void
test_debug_info (void)
{
  static const char *const expected[] = {
    "Waybill " VERSION,
    "GTK: 4.",
    "libadwaita: 1.",
    "libsoup: 3.",
    "libarchive: ",
    "JSON-GLib: ",
    "SQLite: 3.",
    "System: ",
    "Flatpak sandbox: ",
    "Session: wayland-canary",
    "Locale of messages: ",
    "Keyring: ",
  };
  WbWindow        *window;
  GtkWindow       *about;
  const char      *info;
  g_autofree char *uuid = NULL;
  const char      *forbidden[6] = { NULL };

  g_setenv ("XDG_SESSION_TYPE", "wayland-canary", TRUE);
  uuid = g_strdup (wb_account_get_uuid (ui_add_account ("http://127.0.0.1:9", FALSE)));
  window = ui_open_window ();
  about = wb_about_window_new (GTK_WINDOW (window));
  g_assert_cmpuint (
    g_strv_length ((char **) adw_about_window_get_developers (ADW_ABOUT_WINDOW (about))), ==, 1);
  info = adw_about_window_get_debug_info (ADW_ABOUT_WINDOW (about));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("%s", expected[i]);
      g_assert_nonnull (strstr (info, expected[i]));
    }

  forbidden[0] = g_get_home_dir ();
  forbidden[1] = g_get_user_config_dir ();
  forbidden[2] = g_get_host_name ();
  forbidden[3] = uuid;
  forbidden[4] = "127.0.0.1";
  for (gsize i = 0; forbidden[i] != NULL; i++)
    g_assert_null (strstr (info, forbidden[i]));
  /* Debian is “GNU/Linux”. */
  g_assert_null (strchr (strstr (info, "Flatpak sandbox"), '/'));
  g_assert_null (strchr (info, '@'));

  gtk_window_destroy (about);
  ui_close_window (window);
}

/* Those of this version, as the software catalogues show them. */
static void
test_release_notes (void)
{
  WbWindow   *window = ui_open_window ();
  GtkWindow  *about = wb_about_window_new (GTK_WINDOW (window));
  const char *notes = adw_about_window_get_release_notes (ADW_ABOUT_WINDOW (about));

  g_assert_nonnull (notes);
  g_assert_true (g_str_has_prefix (notes, "<p>"));
  g_assert_nonnull (strstr (notes, "</p>"));
  g_assert_null (strstr (notes, "description"));
  g_assert_cmpstr (adw_about_window_get_release_notes_version (ADW_ABOUT_WINDOW (about)), ==,
                   VERSION);
  gtk_window_destroy (about);
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/about/debug-info", test_debug_info);
  g_test_add_func ("/about/release-notes", test_release_notes);

  return g_test_run ();
}
