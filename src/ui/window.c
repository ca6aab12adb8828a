/* window.c: one window, one preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window.h"

#include <glib/gi18n-lib.h>

struct _WbWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
wb_window_class_init (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/window.ui");
}

static void
wb_window_init (WbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wb_window_new:
 * @application: the program
 *
 * Returns: (transfer none): an empty window, owned by GTK until it is closed
 */
WbWindow *
wb_window_new (WbApplication *application)
{
  g_return_val_if_fail (WB_IS_APPLICATION (application), NULL);

  return g_object_new (WB_TYPE_WINDOW, "application", application, NULL);
}
