/* batch-jobs.h: the workspaces that an export of several was asked for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/session.h"
#include "core/batch/batch.h"

G_BEGIN_DECLS

/**
 * WbCliBatchAccount:
 * @session: the account, signed in or about to be
 * @workspaces: (element-type WbWorkspace) (nullable): those that were asked for; %NULL for all
 */
typedef struct
{
  WbCliSession *session;
  GPtrArray    *workspaces;
} WbCliBatchAccount;

void       wb_cli_batch_account_free  (WbCliBatchAccount         *self);
GPtrArray *wb_cli_batch_accounts_open (const WbCliExportOptions  *options,
                                       WbCliSecrets              *secrets,
                                       GCancellable              *cancellable,
                                       GError                   **error);
gboolean   wb_cli_batch_account_add_jobs
                                      (WbCliBatchAccount         *self,
                                       WbBatch                   *batch,
                                       const WbCliExportOptions  *options,
                                       WbCliSecrets              *secrets,
                                       GCancellable              *cancellable,
                                       GError                   **error);

G_END_DECLS
