/* transfer.h: one message on its way, over a connection that is good enough
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void          wb_transfer_async  (SoupSession          *session,
                                  SoupMessage          *message,
                                  guint                 connect_timeout_ms,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GInputStream *wb_transfer_finish (SoupSession          *session,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
