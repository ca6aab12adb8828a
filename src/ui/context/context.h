/* context.h: what lives as long as the program runs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"
#include "core/accounts/secrets.h"
#include "core/service/http/request-log.h"
#include "ui/context/inhibitor.h"
#include "ui/context/last-exports.h"
#include "ui/context/recorder.h"
#include "ui/context/sample-account.h"
#include "ui/context/sign-ins.h"

G_BEGIN_DECLS

/* The application creates it at startup and passes it to its windows, which pass it to their forms
 * and jobs. Each keeps a reference, so the objects that the getters return outlive it. */
#define WB_TYPE_CONTEXT (wb_context_get_type ())
G_DECLARE_FINAL_TYPE (WbContext, wb_context, WB, CONTEXT, GObject)

WbContext       *wb_context_new              (const char *accounts_path);
void             wb_context_start            (WbContext  *self);

WbAccountStore  *wb_context_get_store        (WbContext  *self);
WbSecrets       *wb_context_get_secrets      (WbContext  *self);
WbClouds        *wb_context_get_clouds       (WbContext  *self);
GSettings       *wb_context_get_settings     (WbContext  *self);
WbSignIns       *wb_context_get_sign_ins     (WbContext  *self);
WbRequestLog    *wb_context_get_request_log  (WbContext  *self);
WbLastExports   *wb_context_get_last_exports (WbContext  *self);
WbRecorder      *wb_context_get_recorder     (WbContext  *self);
WbInhibitor     *wb_context_get_inhibitor    (WbContext  *self);
WbSampleAccount *wb_context_get_sample       (WbContext  *self);

G_END_DECLS
