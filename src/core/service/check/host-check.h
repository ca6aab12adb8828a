/* host-check.h: whether the hosts that an export needs are known by name, and answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/http/client.h"

G_BEGIN_DECLS

void     wb_host_check_names_async   (WbClient             *client,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void     wb_host_check_answers_async (WbClient             *client,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_host_check_finish        (WbClient             *client,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
