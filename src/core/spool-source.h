/* spool-source.h: spools made of a stream, or of a file a person chose
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

/* What an export may be at most unless said otherwise: 2 GiB. */
#define WB_SPOOL_DEFAULT_MAX_SIZE_BYTES ((guint64) 2 * 1024 * 1024 * 1024)

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

void     wb_spool_load_async     (GFile               *file,
                                  guint64              max_size_bytes,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
WbSpool *wb_spool_load_finish    (GAsyncResult        *result,
                                  GError             **error);

int      wb_spool_open_unnamed   (GError             **error);

G_END_DECLS
