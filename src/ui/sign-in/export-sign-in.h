/* export-sign-in.h: finds what an account signs in with for an export, or asks for it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/application.h"

G_BEGIN_DECLS

/* Nothing is sent yet. */
void      wb_export_sign_in_async  (WbApplication        *application,
                                    WbAccount            *account,
                                    GtkWindow            *parent,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
WbSignIn *wb_export_sign_in_finish (GAsyncResult         *result,
                                    WbCredentials       **to_remember,
                                    GError              **error);

G_END_DECLS
