/* export-sign-in.h: finds what an account signs in with for an export, or asks for it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Nothing is sent yet. */
void      wb_export_sign_in_async  (WbContext            *context,
                                    WbAccount            *account,
                                    GtkWindow            *parent,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
WbSignIn *wb_export_sign_in_finish (GAsyncResult         *result,
                                    WbCredentials       **to_remember,
                                    GError              **error);

G_END_DECLS
