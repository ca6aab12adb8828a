/* shortcuts.c: the window that lists the keyboard shortcuts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/shortcuts.h"

#include <adwaita.h>

#include "ui/window/shortcut-row.h"

/* GTK's own has columns, and is wider than many screens. */
struct _WbShortcutsWindow
{
  AdwWindow parent_instance;
};

G_DECLARE_FINAL_TYPE (WbShortcutsWindow, wb_shortcuts_window, WB, SHORTCUTS_WINDOW, AdwWindow)
G_DEFINE_FINAL_TYPE (WbShortcutsWindow, wb_shortcuts_window, ADW_TYPE_WINDOW)

static void
wb_shortcuts_window_class_init (WbShortcutsWindowClass *klass)
{
  g_type_ensure (WB_TYPE_SHORTCUT_ROW);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/waybill/Waybill/shortcuts.ui");
}

static void
wb_shortcuts_window_init (WbShortcutsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_shortcuts_show:
 * @window: the window to which the shortcuts belong
 *
 * Lists them. What GTK makes by itself of a resource `gtk/help-overlay.ui` is there from the start,
 * hidden: GTK (of 4.8 to 4.24, at least) answers an assistive technology that asks for one window
 * more than there are with a hidden one, which has no path on the bus, and the program ends with
 * that.
 */
void
wb_shortcuts_show (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_window_present (g_object_new (wb_shortcuts_window_get_type (), "transient-for", window,
                                    "modal", TRUE, NULL));
}
