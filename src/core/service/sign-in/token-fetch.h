/* token-fetch.h: the requests to the identity service that end with a token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"
#include "core/service/sign-in/token-request.h"
#include "core/service/sign-in/token.h"

G_BEGIN_DECLS

void     wb_token_fetch_async  (WbClient             *client,
                                const WbTokenRequest *request,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
WbToken *wb_token_fetch_finish (WbClient             *client,
                                GAsyncResult         *result,
                                int                  *retry_after,
                                GError              **error);

G_END_DECLS
