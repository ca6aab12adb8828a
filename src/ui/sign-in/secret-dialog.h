/* secret-dialog.h: asks for a secret that is not stored
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

void           wb_secret_dialog_ask_async  (GtkWindow            *parent,
                                            WbAccount            *account,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
WbCredentials *wb_secret_dialog_ask_finish (GAsyncResult         *result,
                                            gboolean             *remember,
                                            GError              **error);

G_END_DECLS
