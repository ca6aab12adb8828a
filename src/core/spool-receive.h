/* spool-receive.h: a spool made of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

/**
 * WbSpoolProgress:
 * @size_bytes: how many bytes have come so far
 * @user_data: as given
 *
 * Called on the caller's main context while bytes come in.
 */
typedef void (*WbSpoolProgress) (guint64  size_bytes,
                                 gpointer user_data);

void     wb_spool_receive_async  (GInputStream        *source,
                                  guint64              max_size_bytes,
                                  WbSpoolProgress      progress,
                                  gpointer             progress_data,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
WbSpool *wb_spool_receive_finish (GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
