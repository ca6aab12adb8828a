/* export-all-run.h: exports workspaces of several accounts, and signs in to one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/batch/batch.h"
#include "ui/context/context.h"
#include "ui/export-all/export-all-row.h"

G_BEGIN_DECLS

/* Signals: `changed`: how far it is; `problem` (string): a sentence for the person; `over`: a run
 * has ended. */
#define WB_TYPE_EXPORT_ALL_RUN (wb_export_all_run_get_type ())
G_DECLARE_FINAL_TYPE (WbExportAllRun, wb_export_all_run, WB, EXPORT_ALL_RUN, GObject)

WbExportAllRun *wb_export_all_run_new        (WbContext       *context);
gboolean        wb_export_all_run_is_running (WbExportAllRun  *self);
WbBatch        *wb_export_all_run_get_batch  (WbExportAllRun  *self);
void            wb_export_all_run_start      (WbExportAllRun        *self,
                                              GtkWindow             *asker,
                                              GPtrArray             *rows,
                                              const WbBatchSettings *settings);
void            wb_export_all_run_retry      (WbExportAllRun  *self,
                                              WbExportAllRow  *row);
void            wb_export_all_run_cancel     (WbExportAllRun  *self);

G_END_DECLS
