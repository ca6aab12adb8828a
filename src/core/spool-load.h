/* spool-load.h: a spool made of a file that a person chose
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

void     wb_spool_load_async  (GFile               *file,
                               guint64              max_size_bytes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
WbSpool *wb_spool_load_finish (GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
