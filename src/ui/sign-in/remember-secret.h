/* remember-secret.h: puts a secret that has proved right into the secret store
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

void     wb_remember_secret_async  (WbContext            *context,
                                    WbAccount            *account,
                                    WbCredentials        *credentials,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean wb_remember_secret_finish (GAsyncResult         *result,
                                    char                **kept_in_memory_reason,
                                    GError              **error);

G_END_DECLS
