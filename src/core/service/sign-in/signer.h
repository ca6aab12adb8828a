/* signer.h: SDK-HMAC-SHA256 request signatures, pure
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

/**
 * WbSignedHeader:
 * @name: in any case
 * @value: as it is sent; spaces around it do not count
 */
typedef struct
{
  const char *name;
  const char *value;
} WbSignedHeader;

/* host and x-sdk-date are among @headers; each header given is signed, but for those with `_` in
 * their name, which gateways drop. */
char *wb_signer_canonical_request (const char           *method,
                                   GUri                 *uri,
                                   const WbSignedHeader *headers,
                                   guint                 n_headers,
                                   GBytes               *body);
char *wb_signer_authorization     (WbCredentials        *credentials,
                                   const char           *method,
                                   GUri                 *uri,
                                   const WbSignedHeader *headers,
                                   guint                 n_headers,
                                   GBytes               *body);
char *wb_signer_format_date       (GDateTime            *when);

G_END_DECLS
