/* selected-copy.h: some of an archive's files, byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* The spool is for wb_save_async(). It is not what the service sent: do not call it an export. */
void     wb_selected_copy_async  (WbArchive            *archive,
                                  const guint          *nodes,
                                  guint                 n_nodes,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
WbSpool *wb_selected_copy_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
