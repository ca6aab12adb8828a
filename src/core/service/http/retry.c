/* retry.c: how often, and after how long, a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/retry.h"

#include <string.h>

/* After the first attempt of a request that is answered with 429 or 503. */
#define MAX_RETRIES 4

/* No wait is longer, whatever the service asks for. */
#define MAX_WAIT_SECONDS 120

/* libsoup 3.2 has no name for it. */
#define TOO_MANY_REQUESTS 429

/**
 * wb_retry_read_after:
 * @headers: the headers of a reply with status 429 or 503
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

      return (int) MIN (seconds, MAX_WAIT_SECONDS);
    }

  if (g_ascii_isalpha (*text))
    until = soup_date_time_new_from_http_string (text);
  if (until == NULL)
    return WB_RETRY_AFTER_UNKNOWN;

  sent = soup_message_headers_get_one (headers, "Date");
  since = sent != NULL ? soup_date_time_new_from_http_string (sent) : NULL;
  if (since != NULL)
    now = g_date_time_to_unix (since);

  return (int) CLAMP (g_date_time_to_unix (until) - now, 0, MAX_WAIT_SECONDS);
}

/**
 * wb_retry_find_after:
 * @message: a message that was answered
 *
 * Returns: seconds after which the service asks to make the request again, as
 *   wb_retry_read_after() reads them; %WB_RETRY_AFTER_NEVER unless the status is 429 or 503
 */
int
wb_retry_find_after (SoupMessage *message)
{
  guint status;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), WB_RETRY_AFTER_NEVER);

  status = soup_message_get_status (message);
  if (status != TOO_MANY_REQUESTS && status != SOUP_STATUS_SERVICE_UNAVAILABLE)
    return WB_RETRY_AFTER_NEVER;

  return wb_retry_read_after (soup_message_get_response_headers (message),
                              g_get_real_time () / G_USEC_PER_SEC);
}

/**
 * wb_retry_get_wait:
 * @retry_after: what wb_retry_find_after() returned
 * @n_retries: how often the request has been made again already
 * @wait_seconds: (out): how long to wait before the next time; where the service does not say it,
 *   1, and twice as many each time
 *
 * Returns: %FALSE if the request is not made again: the service does not ask for it, or it has
 *   been made four more times already
 */
gboolean
wb_retry_get_wait (int    retry_after,
                   guint  n_retries,
                   guint *wait_seconds)
{
  g_return_val_if_fail (wait_seconds != NULL, FALSE);

  if (retry_after == WB_RETRY_AFTER_NEVER || n_retries >= MAX_RETRIES)
    return FALSE;

  *wait_seconds = retry_after == WB_RETRY_AFTER_UNKNOWN ? MIN (1u << n_retries, MAX_WAIT_SECONDS)
                                                        : (guint) retry_after;

  return TRUE;
}
