/* time-limit.h: the end of a run that takes too long
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gint64  wb_cli_time_limit_begin     (guint         seconds,
                                     GCancellable *cancellable);
GError *wb_cli_time_limit_new_error (const GError *error);

G_END_DECLS
