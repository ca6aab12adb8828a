/* application.c: the program, and what its windows share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "ui/window.h"

struct _WbApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

static void
wb_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (wb_window_new (WB_APPLICATION (application)));

  gtk_window_present (window);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = wb_application_activate;
}

static void
wb_application_init (WbApplication *self)
{
}

/**
 * wb_application_new:
 *
 * Returns: (transfer full): the program
 */
WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
