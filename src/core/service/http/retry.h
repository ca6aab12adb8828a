/* retry.h: how often, and after how long, a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* In place of seconds to wait. */
#define WB_RETRY_AFTER_UNKNOWN -1 /* the service does not say how long */
#define WB_RETRY_AFTER_NEVER -2   /* it does not ask for a retry at all */

/* In place of a number of retries. */
#define WB_RETRY_DEFAULT_LIMIT -1

int      wb_retry_read_after         (SoupMessageHeaders *headers,
                                      gint64              now);
gboolean wb_retry_is_asked_for       (guint               status);
int      wb_retry_find_after         (SoupMessage        *message);
gboolean wb_retry_get_wait           (int                 retry_after,
                                      guint               n_retries,
                                      int                 limit,
                                      guint              *wait_seconds);
gboolean wb_retry_get_reconnect_wait (guint               n_retries,
                                      int                 limit,
                                      guint              *wait_ms);

G_END_DECLS
