/* retry-after.c: how long to wait before a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/retry-after.h"

#include <libsoup/soup.h>
#include <string.h>

/**
 * wb_retry_after_parse:
 * @value: (nullable): the header `Retry-After`: seconds, or an HTTP date
 * @now: seconds since 1970 by the clock that made the date, or this computer's
 * @n_repeats: how often the request has been repeated already
 *
 * A value that makes no sense counts as none: then the wait is a second and doubles with each
 * repeat. A date that has passed means now.
 *
 * Returns: seconds to wait, at most %WB_RETRY_AFTER_MAX_SECONDS
 */
guint
wb_retry_after_parse (const char *value,
                      gint64      now,
                      guint       n_repeats)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (value != NULL)
    {
      text = g_strstrip (g_strdup (value));
      if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
        {
          /* A number that does not fit becomes the largest. */
          guint64 seconds = g_ascii_strtoull (text, NULL, 10);

          return (guint) MIN (seconds, WB_RETRY_AFTER_MAX_SECONDS);
        }
      if (g_ascii_isalpha (*text))
        date = soup_date_time_new_from_http_string (text);
      if (date != NULL)
        return (guint) CLAMP (g_date_time_to_unix (date) - now, 0, WB_RETRY_AFTER_MAX_SECONDS);
    }

  return MIN (1u << MIN (n_repeats, 16), WB_RETRY_AFTER_MAX_SECONDS);
}
