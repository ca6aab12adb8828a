/* retry-after.h: how long to wait before a request is made again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No wait is longer. */
#define WB_RETRY_AFTER_MAX_SECONDS 120

guint wb_retry_after_parse (const char *value,
                            gint64      now,
                            guint       n_repeats);

G_END_DECLS
