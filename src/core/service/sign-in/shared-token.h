/* shared-token.h: a password's token, fetched once for all who wait for it, and kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/token-fetch.h"

G_BEGIN_DECLS

/* It is kept in memory alone. */
#define WB_TYPE_SHARED_TOKEN (wb_shared_token_get_type ())
G_DECLARE_FINAL_TYPE (WbSharedToken, wb_shared_token, WB, SHARED_TOKEN, GObject)

WbSharedToken  *wb_shared_token_new            (WbClient             *client,
                                                const WbTokenRequest *request,
                                                gboolean              needs_passcode);
void            wb_shared_token_set_passcode   (WbSharedToken        *self,
                                                const char           *passcode);
void            wb_shared_token_follow         (WbSharedToken        *self,
                                                WbSharedToken        *other);
const WbTokenRequest *wb_shared_token_get_request (WbSharedToken     *self);
const char     *wb_shared_token_get_project_id (WbSharedToken        *self);

gboolean        wb_shared_token_is_valid       (WbSharedToken        *self);
const char     *wb_shared_token_use            (WbSharedToken        *self);
void            wb_shared_token_drop           (WbSharedToken        *self,
                                                const char           *value);

void            wb_shared_token_fetch_async    (WbSharedToken        *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        wb_shared_token_fetch_finish   (WbSharedToken        *self,
                                                GAsyncResult         *result,
                                                GError              **error);
int             wb_shared_token_get_retry_after (WbSharedToken       *self);

G_END_DECLS
