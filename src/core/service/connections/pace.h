/* pace.h: many requests of one job, no more than the service bears
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* Makes requests at some distance from each other, and all of them wait when one is told to.
 *
 * Property, read-only and notified: `retry-at` (int64, monotonic µs, 0 unless waiting). Tests set
 * `distance-us` (uint), so as not to wait. */
#define WB_TYPE_PACE (wb_pace_get_type ())
G_DECLARE_FINAL_TYPE (WbPace, wb_pace, WB, PACE, GObject)

WbPace   *wb_pace_new          (WbSignIn             *sign_in,
                                const char           *workspace_id,
                                GCancellable         *cancellable);
WbSignIn *wb_pace_get_sign_in  (WbPace               *self);
gint64    wb_pace_get_retry_at (WbPace               *self);

void      wb_pace_get_async    (WbPace               *self,
                                WbServiceCall         call,
                                const char           *url,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
JsonNode *wb_pace_get_finish   (WbPace               *self,
                                GAsyncResult         *result,
                                GBytes              **body,
                                GError              **error);

G_END_DECLS
