/* application-private.h: what the program and its actions share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/application.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

struct _WbApplication
{
  AdwApplication parent_instance;

  WbContext *context;       /* (owned) (nullable): from the startup on */
  char      *clouds_reason; /* (owned) (nullable): why a person's are not there */
  GtkWindow *log_window;    /* (nullable) (weak): while it is open */
};

/* The window to work in: one that is empty, or a new one. */
WbWindow *wb_application_get_empty_window (WbApplication *self);

void      wb_application_add_actions      (WbApplication *self);

G_END_DECLS
