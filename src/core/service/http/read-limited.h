/* read-limited.h: the start of a stream, in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    wb_read_limited_async  (GInputStream         *stream,
                                gsize                 max_bytes,
                                gboolean              keep_on_error,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
GBytes *wb_read_limited_finish (GInputStream         *stream,
                                GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
