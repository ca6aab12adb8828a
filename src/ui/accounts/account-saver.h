/* account-saver.h: stores an account, and then what it signs in with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

void     wb_account_saver_run_async  (WbContext            *context,
                                      WbAccount            *account,
                                      WbCredentials        *credentials,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_account_saver_run_finish (GAsyncResult         *result,
                                      char                **remark,
                                      GError              **error);

G_END_DECLS
