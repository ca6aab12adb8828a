/* request-log.h: what was asked and answered, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/logged-request.h"

G_BEGIN_DECLS

/* A #GListStore of #WbLoggedRequest, the oldest first; of many, the latest. It can be pasted into a
 * ticket: of each credential only the kind is there. One log may serve many clients
 * (wb_client_set_request_log()). g_list_store_remove_all() clears it. */
typedef GListStore WbRequestLog;
#define WB_IS_REQUEST_LOG(object) G_IS_LIST_STORE (object)

WbRequestLog *wb_request_log_new      (void);
char         *wb_request_log_dup_text (WbRequestLog    *self);

/* For the client: follows @message from now to its end. */
void          wb_request_log_follow   (WbRequestLog    *self,
                                       SoupMessage     *message);
void          wb_request_log_fail     (WbRequestLog    *self,
                                       SoupMessage     *message,
                                       const GError    *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRequestLog, g_object_unref)

G_END_DECLS
