/* token-look.h: what the identity service says about a pasted token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

void     wb_token_look_async  (WbSignIn             *sign_in,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
gboolean wb_token_look_finish (WbSignIn             *sign_in,
                               GAsyncResult         *result,
                               GDateTime           **expires,
                               char                **project_id,
                               GError              **error);

G_END_DECLS
