/* check-window.h: shows how an account is checked, step by step
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Signs in as @account says, whether it is saved or not, with @typed or what is stored for it. */
void     wb_check_window_run_async  (WbContext            *context,
                                     GtkWindow            *parent,
                                     WbAccount            *account,
                                     WbCredentials        *typed,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean wb_check_window_run_finish (GAsyncResult         *result,
                                     GDateTime           **token_expires,
                                     GError              **error);

G_END_DECLS
