/* batch-output.h: what an export of several workspaces prints about each, and at the end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/batch/batch.h"

G_BEGIN_DECLS

char     *wb_cli_batch_dup_name      (WbAccount     *account,
                                      WbBatchJob    *job);
gboolean  wb_cli_batch_print_job     (WbBatchJob    *job,
                                      gboolean       json,
                                      gboolean       quiet,
                                      GError       **error);
gboolean  wb_cli_batch_print_failure (WbAccount     *account,
                                      const GError  *failure,
                                      gboolean       json,
                                      GError       **error);
gboolean  wb_cli_batch_print_summary (WbBatch       *batch,
                                      guint          n_accounts_failed,
                                      gboolean       json,
                                      GError       **error);

G_END_DECLS
