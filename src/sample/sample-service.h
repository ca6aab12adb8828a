/* sample-service.h: the service in small, on this computer, for a first try and for tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

/* Speaks the real protocol on 127.0.0.1, as strictly as the real one, with made-up data and new
 * credentials each run. It serves on the main context that is the thread's default when it is
 * started, so its clients must be asynchronous.
 *
 * With the construct-only property `identity-url` it leaves tokens to the identity service there:
 * each is taken if that service says so, for the project it says. */
#define WB_TYPE_SAMPLE_SERVICE (wb_sample_service_get_type ())
G_DECLARE_FINAL_TYPE (WbSampleService, wb_sample_service, WB, SAMPLE_SERVICE, GObject)

WbSampleService *wb_sample_service_new             (void);
gboolean         wb_sample_service_start           (WbSampleService  *self,
                                                    guint             port,
                                                    GError          **error);
void             wb_sample_service_stop            (WbSampleService  *self);

/* After the start. */
const char      *wb_sample_service_get_url         (WbSampleService  *self);
const char      *wb_sample_service_get_project_id  (WbSampleService  *self);
WbAccount       *wb_sample_service_dup_account     (WbSampleService  *self,
                                                    WbAuthMethod      method);
WbCredentials   *wb_sample_service_dup_credentials (WbSampleService  *self,
                                                    WbAuthMethod      method);

/* The ZIP it sends for a workspace, byte for byte, or NULL for the empty one. */
GBytes          *wb_sample_service_dup_zip         (WbSampleService  *self,
                                                    const char       *workspace_id);

G_END_DECLS
