/* credential-file.h: access keys in the files that the cloud's console and software kits make
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/found-key.h"

G_BEGIN_DECLS

/* A #GListModel of #WbFoundKey out of `credentials.csv` or `~/.huaweicloud/credentials`; or NULL
 * with WB_ERROR_INVALID and a sentence that names the line. */
GListModel    *wb_credential_file_parse       (GBytes               *bytes,
                                               GError              **error);

/* Likewise, out of a file. Nothing of it stays in memory but what the keys hold. */
void           wb_credential_file_load_async  (GFile                *file,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GListModel    *wb_credential_file_load_finish (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
