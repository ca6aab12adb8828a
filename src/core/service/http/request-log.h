/* request-log.h: what was asked and answered, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Properties, read-only, notified, all strings: `text`, the whole of it in one line; and of it
 * `time`, local, `what` (method and address), `status` and `duration`, in ms. */
#define WB_TYPE_LOGGED_REQUEST (wb_logged_request_get_type ())
G_DECLARE_FINAL_TYPE (WbLoggedRequest, wb_logged_request, WB, LOGGED_REQUEST, GObject)

/* For the log alone. */
WbLoggedRequest *wb_logged_request_new      (SoupMessage     *message);
void             wb_logged_request_fail     (WbLoggedRequest *self,
                                             const GError    *error);
void             wb_logged_request_set_route (WbLoggedRequest *self,
                                              const char      *route);

char            *wb_logged_request_dup_text (WbLoggedRequest *self);

/* Whether it has ended, one way or the other; its text does not change then. */
gboolean         wb_logged_request_is_over  (WbLoggedRequest *self);

/* A #GListStore of #WbLoggedRequest, the oldest first; of many, the latest. It is safe to paste
 * into a ticket: credentials are never in it, only that one was sent. One log may serve many
 * clients (wb_client_set_request_log()). g_list_store_remove_all() clears it. */
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
void          wb_request_log_set_route (SoupMessage    *message,
                                        const char     *route);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRequestLog, g_object_unref)

G_END_DECLS
