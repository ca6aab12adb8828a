/* clock-offset.c: how far this computer's clock is from the service's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

#include <time.h>

#include "core/service/http/reply-headers.h"

/* Counts the time in which the computer is suspended, too. */
static gint64
get_seconds_since_start (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return now.tv_sec;
}

/**
 * wb_clock_offset_learn:
 * @self: what is known of the service's clock
 * @message: a message whose signature was refused, with the reply's headers; it came over verified
 *   TLS or from this computer, as all do
 *
 * Takes over the clock of a 401 reply, once, if it explains why the signature was refused.
 *
 * Returns: %TRUE if it did
 */
gboolean
wb_clock_offset_learn (WbClockOffset *self,
                       SoupMessage   *message)
{
  g_autoptr (GDateTime) when = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), FALSE);

  if (self->is_known || soup_message_get_status (message) != SOUP_STATUS_UNAUTHORIZED)
    return FALSE;

  when = wb_reply_headers_dup_clock (soup_message_get_response_headers (message),
                                     g_get_real_time () / G_USEC_PER_SEC);
  if (when == NULL)
    return FALSE;

  *self = (WbClockOffset){ TRUE, g_date_time_to_unix (when) - get_seconds_since_start () };

  return TRUE;
}

/**
 * wb_clock_offset_get_now:
 * @self: what is known of the service's clock
 *
 * Returns: (transfer full): the current time by the service's clock
 */
GDateTime *
wb_clock_offset_get_now (const WbClockOffset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_date_time_new_from_unix_utc (self->is_known
                                          ? get_seconds_since_start () + self->seconds
                                          : g_get_real_time () / G_USEC_PER_SEC);
}
