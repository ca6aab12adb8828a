/* reply-headers.c: what the headers of a service's reply say about it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/reply-headers.h"

/* The gateway refuses signatures that are older or newer than this (its guide to signing). */
#define MAX_CLOCK_DIFFERENCE_SECONDS (15 * 60)

/**
 * wb_reply_headers_get_request_id:
 * @headers: a reply's headers
 *
 * Under the names that the gateway, the identity service and its original use, and that proxies
 * and other gateways have in common.
 *
 * Returns: (nullable): the request's ID, as the service wrote it: of any length, and it may echo
 *   what was sent
 */
const char *
wb_reply_headers_get_request_id (SoupMessageHeaders *headers)
{
  static const char *const names[] = {
    "X-Request-Id", "X-IAM-Trace-Id", "X-Openstack-Request-Id", "X-Compute-Request-Id",
    "X-Obs-Request-Id", "Request-Id", "X-Trace-Id", "X-Correlation-Id"
  };
  const char *id = NULL;

  g_return_val_if_fail (headers != NULL, NULL);

  for (gsize i = 0; (id == NULL || *id == '\0') && i < G_N_ELEMENTS (names); i++)
    id = soup_message_headers_get_one (headers, names[i]);

  return id != NULL && *id != '\0' ? id : NULL;
}

/**
 * wb_reply_headers_dup_clock:
 * @headers: a reply's headers
 * @now: seconds since 1970 by this computer's clock
 *
 * Returns: (transfer full) (nullable): the time by the service's clock (`Date`), if it is so far
 *   from @now that the service refuses every signature
 */
GDateTime *
wb_reply_headers_dup_clock (SoupMessageHeaders *headers,
                            gint64              now)
{
  const char *text;
  g_autoptr (GDateTime) when = NULL;

  g_return_val_if_fail (headers != NULL, NULL);

  text = soup_message_headers_get_one (headers, "Date");
  when = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  if (when == NULL || ABS (g_date_time_to_unix (when) - now) <= MAX_CLOCK_DIFFERENCE_SECONDS)
    return NULL;

  return g_steal_pointer (&when);
}
