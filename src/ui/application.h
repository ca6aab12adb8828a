/* application.h: the program, and what its windows share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account-store.h"
#include "core/accounts/secrets.h"
#include "core/service/http/request-log.h"
#include "ui/context/inhibitor.h"
#include "ui/context/last-exports.h"
#include "ui/context/sample-account.h"
#include "ui/context/sign-ins.h"

G_BEGIN_DECLS

/* Actions: app.export-default, app.try-sample, app.new-window, app.request-log, app.about,
 * app.quit. */
#define WB_TYPE_APPLICATION (wb_application_get_type ())
G_DECLARE_FINAL_TYPE (WbApplication, wb_application, WB, APPLICATION, AdwApplication)

WbApplication   *wb_application_new              (void);

WbAccountStore  *wb_application_get_store        (WbApplication *self);
WbSecrets       *wb_application_get_secrets      (WbApplication *self);
WbClouds        *wb_application_get_clouds       (WbApplication *self);
GSettings       *wb_application_get_settings     (WbApplication *self);
WbSignIns       *wb_application_get_sign_ins     (WbApplication *self);
WbInhibitor     *wb_application_get_inhibitor    (WbApplication *self);
WbLastExports   *wb_application_get_last_exports (WbApplication *self);
WbRequestLog    *wb_application_get_request_log  (WbApplication *self);
WbSampleAccount *wb_application_get_sample       (WbApplication *self);

/* The one that the window is of; NULL if it is of none. */
WbApplication   *wb_application_find             (GtkWindow     *window);

void             wb_application_show_message     (WbApplication *self,
                                                  const char    *message);

G_END_DECLS
