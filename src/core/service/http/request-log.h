/* request-log.h: what was asked and answered, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/logged-request.h"

G_BEGIN_DECLS

/* A #GListModel of #WbLoggedRequest, the oldest first; of many, the latest. It can be pasted into
 * a ticket: of each credential only the kind is there. One log may serve many clients
 * (wb_client_set_request_log()). */
#define WB_TYPE_REQUEST_LOG (wb_request_log_get_type ())
G_DECLARE_FINAL_TYPE (WbRequestLog, wb_request_log, WB, REQUEST_LOG, GObject)

WbRequestLog *wb_request_log_new             (void);
void          wb_request_log_clear           (WbRequestLog    *self);
char         *wb_request_log_dup_text        (WbRequestLog    *self);

/* For the client: follows @message from now to its end. */
void          wb_request_log_follow          (WbRequestLog    *self,
                                              SoupMessage     *message);
void          wb_request_log_fail            (WbRequestLog    *self,
                                              SoupMessage     *message,
                                              const GError    *error);

G_END_DECLS
