/* connection-list.h: all connections of a workspace, as a list names them, page by page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/connections/connection-page.h"
#include "core/service/connections/requests.h"

G_BEGIN_DECLS

void       wb_connection_list_async  (WbRequests           *requests,
                                      WbSource              source,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *wb_connection_list_finish (WbRequests           *requests,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
