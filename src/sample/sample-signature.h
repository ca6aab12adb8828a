/* sample-signature.h: a signed request as the service checks it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How far a request's clock may be off, to either side. */
#define WB_SAMPLE_MAX_CLOCK_SKEW_S (15 * 60)

gboolean wb_sample_signature_check (const char         *method,
                                    const char         *path,
                                    const char         *query,
                                    SoupMessageHeaders *headers,
                                    GBytes             *body,
                                    const char         *access_key,
                                    const char         *secret_key,
                                    gint64              now_s,
                                    char              **reason);

gboolean wb_sample_is_same_secret  (const char         *given,
                                    const char         *expected);

G_END_DECLS
