/* export-all-row.h: one workspace in the list of those that are exported together
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/batch/batch-job.h"

G_BEGIN_DECLS

/* Property: `ticked` (boolean). Signals, asked for by its buttons: `retry`, `compare`,
 * `show-file`. */
#define WB_TYPE_EXPORT_ALL_ROW (wb_export_all_row_get_type ())
G_DECLARE_FINAL_TYPE (WbExportAllRow, wb_export_all_row, WB, EXPORT_ALL_ROW, AdwActionRow)

WbExportAllRow *wb_export_all_row_new           (WbAccount       *account,
                                                 WbWorkspace     *workspace);
WbAccount      *wb_export_all_row_get_account   (WbExportAllRow  *self);
WbWorkspace    *wb_export_all_row_get_workspace (WbExportAllRow  *self);
gboolean        wb_export_all_row_get_ticked    (WbExportAllRow  *self);
void            wb_export_all_row_set_ticked    (WbExportAllRow  *self,
                                                 gboolean         ticked);
WbBatchJob     *wb_export_all_row_get_job       (WbExportAllRow  *self);
void            wb_export_all_row_set_job       (WbExportAllRow  *self,
                                                 WbBatchJob      *job);
double          wb_export_all_row_get_fraction  (WbExportAllRow  *self);

G_END_DECLS
