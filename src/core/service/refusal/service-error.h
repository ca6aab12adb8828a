/* service-error.h: a reply that is not a success, as an error for a person
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/service/refusal/service-codes.h"

G_BEGIN_DECLS

/**
 * WbServiceReply:
 * @call: which call it answers
 * @method: how one is signed in
 * @host: who answered
 * @status: its HTTP status, which may be 200 where the body is not an export
 * @headers: (nullable): its headers
 * @body: (nullable): its body, or the start of it
 * @now: seconds since 1970 by this computer's clock
 * @clock_is_corrected: whether the request was signed by the service's clock already
 * @secrets: (nullable) (array zero-terminated=1): values that must not be repeated if the service
 *   echoes them; %NULL is the end
 */
typedef struct
{
  WbServiceCall       call;
  WbAuthMethod        method;
  const char         *host;
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
  gint64              now;
  gboolean            clock_is_corrected;
  const char *const  *secrets;
} WbServiceReply;

GError *wb_service_error_new (const WbServiceReply *reply);
GError *wb_reply_error_new   (SoupMessage          *message,
                            GBytes        *body,
                            WbServiceCall  call,
                            WbCredentials *credentials,
                            const char    *other,
                            gboolean       clock_is_corrected);

G_END_DECLS
