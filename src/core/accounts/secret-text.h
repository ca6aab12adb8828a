/* secret-text.h: a secret as the text that the secret store keeps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

char          *wb_secret_text_new   (WbCredentials *credentials);
WbCredentials *wb_secret_text_parse (const char    *text,
                                     WbAuthMethod   method,
                                     const char    *domain,
                                     const char    *user);

G_END_DECLS
