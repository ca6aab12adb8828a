/* token-watch.h: forgets a stored token when its time is over
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"
#include "core/accounts/secrets.h"

G_BEGIN_DECLS

/**
 * WbTokenWatch:
 *
 * The program makes one, which watches the tokens of all accounts from its start until its last
 * reference goes. Signal `expired` (string): the UUID of an account whose token is being removed.
 */
#define WB_TYPE_TOKEN_WATCH (wb_token_watch_get_type ())
G_DECLARE_FINAL_TYPE (WbTokenWatch, wb_token_watch, WB, TOKEN_WATCH, GObject)

WbTokenWatch *wb_token_watch_new   (WbAccountStore *store,
                                    WbSecrets      *secrets);
void          wb_token_watch_start (WbTokenWatch   *self);

G_END_DECLS
