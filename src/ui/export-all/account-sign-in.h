/* account-sign-in.h: signs in to an account, and asks a person for what that takes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

void      wb_account_sign_in_async  (WbContext            *context,
                                     WbAccount            *account,
                                     GtkWindow            *asker,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
WbSignIn *wb_account_sign_in_finish (GAsyncResult         *result,
                                     WbCredentials       **to_remember,
                                     GError              **error);

G_END_DECLS
