/* export-job.h: everything between the Export button and the preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"
#include "ui/context/context.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

/* Finds the account's secret, or asks for it; signs in; exports; opens the archive. Property:
 * `export` (#WbExport, read-only): %NULL until there is something to sign in with. */
#define WB_TYPE_EXPORT_JOB (wb_export_job_get_type ())
G_DECLARE_FINAL_TYPE (WbExportJob, wb_export_job, WB, EXPORT_JOB, GObject)

WbExportJob *wb_export_job_new           (WbContext            *context,
                                          WbAccount            *account,
                                          WbWorkspace          *workspace);
WbAccount   *wb_export_job_get_account   (WbExportJob          *self);
WbWorkspace *wb_export_job_get_workspace (WbExportJob          *self);
WbExport    *wb_export_job_get_export    (WbExportJob          *self);
void         wb_export_job_set_source    (WbExportJob          *self,
                                          WbSource              source);
gboolean     wb_export_job_get_next_source
                                         (WbExportJob          *self,
                                          WbSource             *source);

void         wb_export_job_run_async     (WbExportJob          *self,
                                          GtkWindow            *parent,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
WbDocument  *wb_export_job_run_finish    (WbExportJob          *self,
                                          GAsyncResult         *result,
                                          WbCredentials       **to_remember,
                                          GError              **error);

G_END_DECLS
