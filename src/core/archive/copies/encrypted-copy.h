/* encrypted-copy.h: a copy of an archive that only a password opens
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

WbSpool *wb_encrypted_copy_new    (WbArchive            *archive,
                                   const char           *password,
                                   GCancellable         *cancellable,
                                   GError              **error);
void     wb_encrypted_copy_async  (WbArchive            *archive,
                                   const char           *password,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
WbSpool *wb_encrypted_copy_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
