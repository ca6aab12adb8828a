/* token-fetch.h: the requests to the identity service that end with a token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"
#include "core/service/sign-in/token-request.h"
#include "core/service/sign-in/token.h"

G_BEGIN_DECLS

/**
 * WbTokenPatience:
 * @is_busy: whether the identity service only asked for patience (429 or 503)
 * @wait_seconds: how long it asked to wait, or WB_RETRY_AFTER_UNKNOWN
 */
typedef struct
{
  gboolean is_busy;
  int      wait_seconds;
} WbTokenPatience;

void     wb_token_fetch_async  (WbClient             *client,
                                const WbTokenRequest *request,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
WbToken *wb_token_fetch_finish (WbClient             *client,
                                GAsyncResult         *result,
                                WbTokenPatience      *patience,
                                GError              **error);

G_END_DECLS
