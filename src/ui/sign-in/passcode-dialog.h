/* passcode-dialog.h: asks for a one-time code
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

void  wb_passcode_dialog_ask_async  (GtkWindow            *parent,
                                     WbAccount            *account,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char *wb_passcode_dialog_ask_finish (GAsyncResult         *result,
                                     GError              **error);
void  wb_passcode_free              (char                 *passcode);

G_END_DECLS
