/* extract.h: some of an archive's files, byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* Both give a spool for wb_save_async(). It is not what the service sent, so it is not to be called
 * an export. */
void     wb_extract_file_async  (WbArchive            *archive,
                                 guint                 node,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
void     wb_extract_zip_async   (WbArchive            *archive,
                                 const guint          *nodes,
                                 guint                 n_nodes,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
WbSpool *wb_extract_finish      (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
