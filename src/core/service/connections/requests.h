/* requests.h: many requests of one job, no more than the service bears
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* Makes requests at some distance from each other, and all of them wait when one is told to.
 *
 * Property, read-only and notified: `retry-at` (int64, monotonic µs, 0 unless waiting). Tests set
 * `distance-us` (uint), so as not to wait. */
#define WB_TYPE_REQUESTS (wb_requests_get_type ())
G_DECLARE_FINAL_TYPE (WbRequests, wb_requests, WB, REQUESTS, GObject)

WbRequests *wb_requests_new          (WbSignIn             *sign_in,
                                      const char           *workspace_id,
                                      GCancellable         *cancellable);
WbSignIn   *wb_requests_get_sign_in  (WbRequests           *self);
gint64      wb_requests_get_retry_at (WbRequests           *self);

void        wb_requests_get_async    (WbRequests           *self,
                                      WbServiceCall         call,
                                      const char           *url,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
JsonNode   *wb_requests_get_finish   (WbRequests           *self,
                                      GAsyncResult         *result,
                                      GBytes              **body,
                                      GError              **error);

G_END_DECLS
