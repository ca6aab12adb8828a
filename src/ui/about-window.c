/* about-window.c: what the program is, what is new, and what a report needs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/about-window.h"

#include <archive.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "core/text.h"

/* A part of the metainfo, which is written for the software catalogues anyway. */
static char *
dup_release_notes (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (
    "/io/github/waybill/Waybill/metainfo.xml", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  const char      *start;
  const char      *end;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  start = strstr (text, "<release version=\"" VERSION "\"");
  start = start != NULL ? strstr (start, "<p>") : NULL;
  end = start != NULL ? strstr (start, "</description>") : NULL;

  return end != NULL ? g_strndup (start, (gsize) (end - start)) : NULL;
}

/* What the environment says is somebody else's text. */
static void
append_line (GString    *text,
             const char *label,
             const char *value)
{
  g_autofree char *escaped = wb_text_escape (value != NULL ? value : "unknown", -1);

  g_string_append_printf (text, "%s: %s\n", label, escaped);
}

/* libsecret chooses by the same rule. */
static const char *
get_secret_backend (gboolean in_sandbox)
{
  const char *chosen = g_getenv ("SECRET_BACKEND");

  if (chosen != NULL)
    return chosen;

  return in_sandbox ? "file, with a key of the Secret portal" : "Secret Service";
}

/* In English, for who reads the report. Nothing in it names a person, a path, an account or a
 * host. */
static char *
dup_debug_info (void)
{
  GString         *text = g_string_new ("Waybill " VERSION "\n\n");
  GdkDisplay      *display = gdk_display_get_default ();
  gboolean         in_sandbox = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  append_line (text, "System", system);
  append_line (text, "Flatpak sandbox", in_sandbox ? "yes" : "no");
  append_line (text, "Session", g_getenv ("XDG_SESSION_TYPE"));
  append_line (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  append_line (text, "Display", G_OBJECT_TYPE_NAME (display));
  append_line (text, "Locale of messages", setlocale (LC_MESSAGES, NULL));
  append_line (text, "Locale of numbers", setlocale (LC_NUMERIC, NULL));
  append_line (text, "Direction",
               gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "right to left"
                                                                       : "left to right");
  append_line (text, "Keyring", get_secret_backend (in_sandbox));
  g_string_append_printf (text,
                          "\nRunning on\n"
                          "GLib: %u.%u.%u\nGTK: %u.%u.%u\nlibadwaita: %u.%u.%u\n"
                          "GtkSourceView: %u.%u.%u\nlibsoup: %u.%u.%u\nSQLite: %s\n",
                          glib_major_version, glib_minor_version, glib_micro_version,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (),
                          gtk_source_get_major_version (), gtk_source_get_minor_version (),
                          gtk_source_get_micro_version (), soup_get_major_version (),
                          soup_get_minor_version (), soup_get_micro_version (),
                          sqlite3_libversion ());
  g_string_append (text, "\nBuilt with\n"
                         "libarchive: " ARCHIVE_VERSION_ONLY_STRING "\n"
                         "JSON-GLib: " JSON_VERSION_S "\n");

  return g_string_free (text, FALSE);
}

GtkWindow *
wb_about_window_new (GtkWindow *parent)
{
  const char      *developers[] = { _ ("The Waybill contributors"), NULL };
  const char      *libraries[] = { "GTK https://www.gtk.org",
                                   "libadwaita https://gnome.pages.gitlab.gnome.org/libadwaita/",
                                   "GtkSourceView https://gitlab.gnome.org/GNOME/gtksourceview",
                                   "libsoup https://libsoup.gnome.org",
                                   "JSON-GLib https://gitlab.gnome.org/GNOME/json-glib",
                                   "libarchive https://www.libarchive.org",
                                   "libsecret https://gitlab.gnome.org/GNOME/libsecret",
                                   "SQLite https://www.sqlite.org",
                                   NULL };
  g_autofree char *notes = dup_release_notes ();
  g_autofree char *debug_info = dup_debug_info ();
  GtkWindow       *window;

  window = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                         "transient-for", parent,
                         "modal", TRUE,
                         "application-name", "Waybill",
                         "application-icon", APP_ID,
                         "version", VERSION,
                         "developer-name", developers[0],
                         "developers", developers,
                         "copyright", "© 2026 The Waybill contributors",
                         "comments", _ ("Export the data connections of a DataArts Studio "
                                        "workspace, look at what is in them, and save them"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "website", "https://github.com/waybill/waybill",
                         "issue-url", "https://github.com/waybill/waybill/issues",
                         "release-notes", notes,
                         "release-notes-version", VERSION,
                         "debug-info", debug_info,
                         "debug-info-filename", "waybill-troubleshooting.txt",
                         /* Translators: your names, one a line. */
                         "translator-credits", _ ("translator-credits"),
                         NULL);
  adw_about_window_add_acknowledgement_section (ADW_ABOUT_WINDOW (window),
                                                /* Translators: heading of a list of libraries. */
                                                _ ("Built on"), libraries);

  return window;
}
