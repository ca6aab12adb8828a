/* save.h: a spool's bytes into the file a person chose, whole or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/spool.h"

G_BEGIN_DECLS

void     wb_save_async  (WbSpool             *spool,
                         GFile               *target,
                         gboolean             overwrite,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data);
void     wb_save_move_async
                        (WbSpool             *spool,
                         GFile               *target,
                         gboolean             overwrite,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data);
gboolean wb_save_finish (GAsyncResult        *result,
                         GError             **error);

gboolean wb_save_to_fd  (WbSpool             *spool,
                         int                  fd,
                         GCancellable        *cancellable,
                         GError             **error);

G_END_DECLS
