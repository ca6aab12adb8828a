/* retry-after.h: how long to wait before a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* No wait is longer. */
#define WB_RETRY_AFTER_MAX_SECONDS 120

/* What wb_retry_after_read() returns for headers that do not say it. */
#define WB_RETRY_AFTER_UNKNOWN -1

int   wb_retry_after_read  (SoupMessageHeaders *headers,
                            gint64              now);
guint wb_retry_after_guess (guint               n_repeats);

G_END_DECLS
