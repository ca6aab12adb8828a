/* connection-list.h: all connections of a workspace, as a list names them, page by page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/connections/connection-page.h"
#include "core/service/connections/pace.h"

G_BEGIN_DECLS

void       wb_connection_list_async  (WbPace               *pace,
                                      WbSource              source,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *wb_connection_list_finish (WbPace               *pace,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
