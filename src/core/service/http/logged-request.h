/* logged-request.h: one request and its answer, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Properties, read-only, notified: `text` (string), the whole of it in one line. */
#define WB_TYPE_LOGGED_REQUEST (wb_logged_request_get_type ())
G_DECLARE_FINAL_TYPE (WbLoggedRequest, wb_logged_request, WB, LOGGED_REQUEST, GObject)

/* For the log alone. */
WbLoggedRequest *wb_logged_request_new      (SoupMessage     *message);
void             wb_logged_request_fail     (WbLoggedRequest *self,
                                             const GError    *error);

char            *wb_logged_request_dup_text (WbLoggedRequest *self);

/* Whether it has ended, one way or the other; its text does not change then. */
gboolean         wb_logged_request_is_over  (WbLoggedRequest *self);

G_END_DECLS
