/* service-codes.h: a plain sentence for each documented refusal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"
#include "core/error.h"

G_BEGIN_DECLS

typedef enum
{
  WB_SERVICE_CALL_SIGN_IN, /* to the identity service */
  WB_SERVICE_CALL_EXPORT,
} WbServiceCall;

const char *wb_service_codes_find (WbServiceCall  call,
                                   WbAuthMethod   method,
                                   guint          status,
                                   const char    *code,
                                   const char    *message,
                                   WbError       *meaning);

G_END_DECLS
