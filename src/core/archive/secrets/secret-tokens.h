/* secret-tokens.h: tokens of well-known services, and hashes of passwords
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

/* No token is shorter. */
#define WB_SECRET_TOKEN_MIN_BYTES 22

void wb_secret_tokens_find (const char *string,
                            gsize       length,
                            GArray     *parts);

G_END_DECLS
