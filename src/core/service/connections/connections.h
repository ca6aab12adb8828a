/* connections.h: all connections of a workspace, read one by one or from a list
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/rebuilt/rebuild.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/**
 * WbConnectionsProgress:
 * @n_read: how many connections have been read
 * @n_all: how many there are; 0 while that is not known
 * @retry_at: monotonic µs: when the service asks to be asked again; 0 unless waiting
 * @user_data: as given
 *
 * Called on the caller's main context, until the callback is.
 */
typedef void (*WbConnectionsProgress) (guint    n_read,
                                       guint    n_all,
                                       gint64   retry_at,
                                       gpointer user_data);

void       wb_connections_read_async  (WbSignIn               *sign_in,
                                       WbSource                source,
                                       const char             *workspace_id,
                                       WbConnectionsProgress   progress,
                                       gpointer                progress_data,
                                       GCancellable           *cancellable,
                                       GAsyncReadyCallback     callback,
                                       gpointer                user_data);
WbRebuild *wb_connections_read_finish (WbSignIn               *sign_in,
                                       GAsyncResult           *result,
                                       GError                **error);

G_END_DECLS
