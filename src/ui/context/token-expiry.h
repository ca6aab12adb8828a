/* token-expiry.h: when a stored token expires, asked of the identity service
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

void  wb_token_expiry_learn     (WbContext     *context,
                                 WbAccount     *account,
                                 WbCredentials *credentials);

/* The value for WB_ACCOUNT_TOKEN_EXPIRES, and a translated sentence. */
char *wb_token_expiry_to_string (GDateTime     *expires);
char *wb_token_expiry_dup_label (const char    *expires);

G_END_DECLS
