/* open-sign-in.h: finds, asks for and stores the secret with which an account signs in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

void      wb_open_sign_in_async  (WbContext            *context,
                                  WbAccount            *account,
                                  gboolean              to_project,
                                  WbCredentials        *typed,
                                  GtkWindow            *asker,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
WbSignIn *wb_open_sign_in_finish (GAsyncResult         *result,
                                  WbCredentials       **to_remember,
                                  GError              **error);

/* Once the service has accepted it. */
void     wb_remember_secret_async  (WbContext            *context,
                                    WbAccount            *account,
                                    WbCredentials        *credentials,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean wb_remember_secret_finish (GAsyncResult         *result,
                                    char                **kept_in_memory_reason,
                                    GError              **error);

G_END_DECLS
