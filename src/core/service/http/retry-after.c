/* retry-after.c: how long to wait before a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/retry-after.h"

#include <string.h>

/**
 * wb_retry_after_read:
 * @headers: the headers of a reply with status 429 or 503
 * @now: seconds since 1970 by this computer's clock, which counts if the reply has no `Date`
 *
 * Reads `Retry-After`: seconds, or an HTTP date. A date that has passed means now.
 *
 * Returns: seconds to wait, at most %WB_RETRY_AFTER_MAX_SECONDS, or %WB_RETRY_AFTER_UNKNOWN if
 *   there is no value or one that makes no sense
 */
int
wb_retry_after_read (SoupMessageHeaders *headers,
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

      return (int) MIN (seconds, WB_RETRY_AFTER_MAX_SECONDS);
    }

  if (g_ascii_isalpha (*text))
    until = soup_date_time_new_from_http_string (text);
  if (until == NULL)
    return WB_RETRY_AFTER_UNKNOWN;

  sent = soup_message_headers_get_one (headers, "Date");
  since = sent != NULL ? soup_date_time_new_from_http_string (sent) : NULL;
  if (since != NULL)
    now = g_date_time_to_unix (since);

  return (int) CLAMP (g_date_time_to_unix (until) - now, 0, WB_RETRY_AFTER_MAX_SECONDS);
}

/**
 * wb_retry_after_guess:
 * @n_repeats: how often the request has been repeated already
 *
 * Returns: seconds to wait where the service does not say it: 1, and twice as many each time
 */
guint
wb_retry_after_guess (guint n_repeats)
{
  return MIN (1u << MIN (n_repeats, 16), WB_RETRY_AFTER_MAX_SECONDS);
}
