/* sign-in-dialogs.h: dialogs that ask for a secret or a one-time code
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

void           wb_secret_dialog_ask_async  (GtkWindow            *parent,
                                            WbAccount            *account,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
WbCredentials *wb_secret_dialog_ask_finish (GAsyncResult         *result,
                                            gboolean             *remember,
                                            GError              **error);

void     wb_passcode_dialog_ask_async  (GtkWindow            *parent,
                                        WbAccount            *account,
                                        WbSignIn             *sign_in,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean wb_passcode_dialog_ask_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
