/* reply-error.h: a message that was refused, as an error that repeats nothing secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"
#include "core/service/refusal/service-codes.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *wb_reply_error_new (SoupMessage   *message,
                            GBytes        *body,
                            WbServiceCall  call,
                            WbCredentials *credentials,
                            const char    *other,
                            gboolean       clock_is_corrected);

G_END_DECLS
