/* application.h: the program: its actions, its accelerators, and files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Actions: app.export-default, app.export-workspace, app.try-sample, app.new-window,
 * app.request-log, app.history, app.about, app.quit. */
#define WB_TYPE_APPLICATION (wb_application_get_type ())
G_DECLARE_FINAL_TYPE (WbApplication, wb_application, WB, APPLICATION, AdwApplication)

WbApplication *wb_application_new         (void);

/* Once it is started. */
WbContext     *wb_application_get_context (WbApplication *self);

G_END_DECLS
