/* shortcuts.c: the window that lists the keyboard shortcuts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/shortcuts.h"

static gboolean
close_request_cb (GtkWindow            *shortcuts,
                  GtkApplicationWindow *window)
{
  gtk_application_window_set_help_overlay (window, NULL);

  return GDK_EVENT_STOP;
}

/**
 * wb_shortcuts_show:
 * @window: the window to which the shortcuts belong
 *
 * Lists them, and goes for good when it is closed. What GTK makes by itself of a resource
 * `gtk/help-overlay.ui` is there from the start, hidden: GTK (of 4.8 to 4.24, at least) answers an
 * assistive technology that asks for one window more than there are with a hidden one, which has
 * no path on the bus, and the program ends with that.
 */
void
wb_shortcuts_show (GtkApplicationWindow *window)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *shortcuts;

  g_return_if_fail (GTK_IS_APPLICATION_WINDOW (window));

  builder = gtk_builder_new_from_resource ("/io/github/waybill/Waybill/shortcuts.ui");
  shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  g_signal_connect_object (shortcuts, "close-request", G_CALLBACK (close_request_cb), window, 0);
  gtk_application_window_set_help_overlay (window, (gpointer) shortcuts);
  gtk_window_present (shortcuts);
}
