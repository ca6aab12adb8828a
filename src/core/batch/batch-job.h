/* batch-job.h: the export of one workspace among several
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/export/export.h"

G_BEGIN_DECLS

typedef enum
{
  WB_BATCH_JOB_WAITING,
  WB_BATCH_JOB_RUNNING,
  WB_BATCH_JOB_SAVED,
  WB_BATCH_JOB_UNCHANGED, /* since its last file, so none was written */
  WB_BATCH_JOB_EMPTY,     /* no connections, as ever before, so there is nothing to write */
  WB_BATCH_JOB_FAILED,
  WB_BATCH_JOB_CANCELLED,
} WbBatchJobState;

/* One row of a batch. Property, read-only and notified: `state` (int). What it is doing while it
 * runs, its export says; what came of it is known when it is over. */
#define WB_TYPE_BATCH_JOB (wb_batch_job_get_type ())
G_DECLARE_FINAL_TYPE (WbBatchJob, wb_batch_job, WB, BATCH_JOB, GObject)

WbBatchJob      *wb_batch_job_new                (WbSignIn    *sign_in,
                                                  WbAccount   *account,
                                                  gboolean     is_stored,
                                                  const char  *workspace_id,
                                                  const char  *workspace);

WbBatchJobState  wb_batch_job_get_state          (WbBatchJob  *self);
gboolean         wb_batch_job_is_over            (WbBatchJob  *self);
WbSignIn        *wb_batch_job_get_sign_in        (WbBatchJob  *self);
WbAccount       *wb_batch_job_get_account        (WbBatchJob  *self);
const char      *wb_batch_job_get_account_id     (WbBatchJob  *self);
const char      *wb_batch_job_get_account_name   (WbBatchJob  *self);
const char      *wb_batch_job_get_workspace_id   (WbBatchJob  *self);
const char      *wb_batch_job_get_workspace      (WbBatchJob  *self);
WbExport        *wb_batch_job_get_export         (WbBatchJob  *self);
void             wb_batch_job_cancel             (WbBatchJob  *self);

/* --- when it is over --- */

const GError    *wb_batch_job_get_error          (WbBatchJob  *self);
WbSource         wb_batch_job_get_source         (WbBatchJob  *self);
const char      *wb_batch_job_get_path           (WbBatchJob  *self);
const char      *wb_batch_job_get_earlier_path   (WbBatchJob  *self);
GDateTime       *wb_batch_job_dup_last_good      (WbBatchJob  *self);
const char      *wb_batch_job_get_note           (WbBatchJob  *self);
guint64          wb_batch_job_get_size_bytes     (WbBatchJob  *self);
const char      *wb_batch_job_get_sha256         (WbBatchJob  *self);
guint            wb_batch_job_get_n_files        (WbBatchJob  *self);
guint            wb_batch_job_get_n_connections  (WbBatchJob  *self);
int              wb_batch_job_get_n_changes      (WbBatchJob  *self);
const char      *wb_batch_job_get_changes        (WbBatchJob  *self);

G_END_DECLS
