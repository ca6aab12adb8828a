/* open-sign-in.h: finds what an account signs in with, and opens a sign-in with it
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

G_END_DECLS
