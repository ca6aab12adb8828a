/* clock-offset.h: how far this computer's clock is from the service's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * WbClockOffset:
 * @is_known: it has been set once, which is enough: five wrong signatures lock the key
 * @seconds: to be added to the time since this computer has started, which goes on evenly when
 *   somebody sets its clock
 */
typedef struct
{
  gboolean is_known;
  gint64   seconds;
} WbClockOffset;

gboolean   wb_clock_offset_learn   (WbClockOffset       *self,
                                    SoupMessage         *message);
GDateTime *wb_clock_offset_get_now (const WbClockOffset *self);

G_END_DECLS
