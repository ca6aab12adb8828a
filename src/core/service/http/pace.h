/* pace.h: how many requests may be under way, and how soon one may follow another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The services' quotas are ten requests a second and more. An even distance keeps below them
 * wherever the second begins, also where the network holds up one request and not the next. */
#define WB_PACE_DISTANCE_MS 125

/* For the clients of all exports that run side by side; on the main context of its caller. */
#define WB_TYPE_PACE (wb_pace_get_type ())
G_DECLARE_FINAL_TYPE (WbPace, wb_pace, WB, PACE, GObject)

WbPace   *wb_pace_new          (void);

void      wb_pace_enter_async  (WbPace               *self,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean  wb_pace_enter_finish (WbPace               *self,
                                GAsyncResult         *result,
                                GError              **error);
void      wb_pace_leave        (WbPace               *self);

G_END_DECLS
