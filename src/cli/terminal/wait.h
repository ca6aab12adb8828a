/* wait.h: asynchronous calls, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void          wb_cli_wait_cb (GObject       *source,
                              GAsyncResult  *result,
                              gpointer       user_data);
GAsyncResult *wb_cli_wait    (GAsyncResult **result);

G_END_DECLS
