/* retry.c: how often, and after how long, a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/retry.h"

#include <string.h>

#include "core/input-limits.h"

/* After the first attempt of a request that gets no connection, and how long all of it may take. */
#define MAX_RECONNECTIONS 3
#define RECONNECT_MS 3000

/* Where the service does not say how long: gateways count requests by the minute, so all waits
 * together outlast one. */
#define FIRST_WAIT_SECONDS 2
#define WAIT_FACTOR 3

/* libsoup 3.2 has no name for it. */
#define TOO_MANY_REQUESTS 429

/**
 * wb_retry_read_after:
 * @headers: the headers of a reply with status 429, 502, 503 or 504
 * @now: seconds since 1970 by this computer's clock, which counts if the reply has no `Date`
 *
 * Reads `Retry-After`: seconds, or an HTTP date. A date that has passed means now.
 *
 * Returns: seconds to wait, at most two minutes, or %WB_RETRY_AFTER_UNKNOWN if there is no
 *   value or one that makes no sense
 */
int
wb_retry_read_after (SoupMessageHeaders *headers,
                     gint64              now)
{
  const char      *value;
  const char      *sent;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) since = NULL;

  g_return_val_if_fail (headers != NULL, WB_RETRY_AFTER_UNKNOWN);

  value = soup_message_headers_get_one (headers, "Retry-After");
  if (value == NULL)
    return WB_RETRY_AFTER_UNKNOWN;

  text = g_strstrip (g_strdup (value));
  if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    {
      /* A number that does not fit becomes the largest. */
      guint64 seconds = g_ascii_strtoull (text, NULL, 10);

      return (int) MIN (seconds, WB_RETRY_MAX_WAIT_SECONDS);
    }

  if (g_ascii_isalpha (*text))
    until = soup_date_time_new_from_http_string (text);
  if (until == NULL)
    return WB_RETRY_AFTER_UNKNOWN;

  sent = soup_message_headers_get_one (headers, "Date");
  since = sent != NULL ? soup_date_time_new_from_http_string (sent) : NULL;
  if (since != NULL)
    now = g_date_time_to_unix (since);

  return (int) CLAMP (g_date_time_to_unix (until) - now, 0, WB_RETRY_MAX_WAIT_SECONDS);
}

/* Whether a reply of this status asks to make the request again. */
gboolean
wb_retry_is_asked_for (guint status)
{
  return status == TOO_MANY_REQUESTS || status == SOUP_STATUS_BAD_GATEWAY
         || status == SOUP_STATUS_SERVICE_UNAVAILABLE || status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

/**
 * wb_retry_find_after:
 * @message: a message that was answered
 *
 * Returns: seconds after which the service asks to make the request again, as
 *   wb_retry_read_after() reads them; %WB_RETRY_AFTER_NEVER unless the status asks for it
 */
int
wb_retry_find_after (SoupMessage *message)
{
  guint status;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), WB_RETRY_AFTER_NEVER);

  status = soup_message_get_status (message);
  if (!wb_retry_is_asked_for (status))
    return WB_RETRY_AFTER_NEVER;

  return wb_retry_read_after (soup_message_get_response_headers (message),
                              g_get_real_time () / G_USEC_PER_SEC);
}

/**
 * wb_retry_get_wait:
 * @retry_after: what wb_retry_find_after() returned
 * @n_retries: how often the request has been made again already
 * @limit: how often at most, or %WB_RETRY_DEFAULT_LIMIT
 * @wait_seconds: (out): how long to wait before the next time; where the service does not say it,
 *   2, 6, 18 and 54
 *
 * Returns: %FALSE if the request is not made again: the service does not ask for it, or it has
 *   been made as often as it may, which is four times by default
 */
gboolean
wb_retry_get_wait (int    retry_after,
                   guint  n_retries,
                   int    limit,
                   guint *wait_seconds)
{
  guint wait = FIRST_WAIT_SECONDS;

  g_return_val_if_fail (wait_seconds != NULL, FALSE);

  if (retry_after == WB_RETRY_AFTER_NEVER
      || n_retries >= (limit < 0 ? WB_RETRY_MAX_RETRIES : (guint) limit))
    return FALSE;

  for (guint i = 0; i < n_retries && wait < WB_RETRY_MAX_WAIT_SECONDS; i++)
    wait *= WAIT_FACTOR;
  *wait_seconds = retry_after == WB_RETRY_AFTER_UNKNOWN ? MIN (wait, WB_RETRY_MAX_WAIT_SECONDS)
                                                        : (guint) retry_after;

  return TRUE;
}

/**
 * wb_retry_get_reconnect_wait:
 * @n_retries: how often the request has been made again already
 * @limit: how often at most, or %WB_RETRY_DEFAULT_LIMIT
 * @wait_ms: (out): how long to wait before the next time; each time twice as long, and all together
 *   less than three seconds
 *
 * For a request whose connection was refused, or reset before a byte of the answer.
 *
 * Returns: %FALSE if the request is not made again: it has been made as often as it may, which is
 *   three times by default
 */
gboolean
wb_retry_get_reconnect_wait (guint  n_retries,
                             int    limit,
                             guint *wait_ms)
{
  guint n = limit < 0 ? MAX_RECONNECTIONS : (guint) limit;

  g_return_val_if_fail (wait_ms != NULL, FALSE);

  if (n_retries >= n)
    return FALSE;

  *wait_ms = n - n_retries < 16 ? RECONNECT_MS >> (n - n_retries) : 0;

  return TRUE;
}
