/* batch.h: the exports of several workspaces, a few at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/batch/batch-job.h"
#include "core/history/history.h"

G_BEGIN_DECLS

/* Where the name of each file comes from; two runs on one day are two files. */
#define WB_BATCH_NAME_TEMPLATE "DLF_All_DataConnections {account} {workspace} {date} {time}.zip"

#define WB_BATCH_DEFAULT_PARALLEL 2
#define WB_BATCH_MAX_PARALLEL 8

/**
 * WbBatchSettings:
 * @folder: where the files are to be
 * @name_template: (nullable): for wb_file_name_fill(), or %NULL for %WB_BATCH_NAME_TEMPLATE
 * @password: (nullable): opens encrypted earlier files
 * @max_size_bytes: a longer export is stopped
 * @source: which calls to make; %WB_SOURCE_EXPORT is the first and the default
 * @may_go_on: to the next source, where that one is withdrawn or not permitted
 * @n_parallel: how many exports may run side by side, or 0 for %WB_BATCH_DEFAULT_PARALLEL
 * @overwrite: whether existing files may be replaced
 * @redact: the files are to be without secrets
 * @encrypt: they are to be encrypted, with @password
 * @if_changed: no file is to be written for a workspace that has not changed since its last file
 * @compare: the changes since the last file are to be told
 * @keep_n: how many files of a workspace to keep at least, or 0
 * @keep_days: for how many days to keep them at least, or 0; with neither, all are kept
 */
typedef struct
{
  const char *folder;
  const char *name_template;
  const char *password;
  guint64     max_size_bytes;
  WbSource    source;
  gboolean    may_go_on;
  guint       n_parallel;
  gboolean    overwrite;
  gboolean    redact;
  gboolean    encrypt;
  gboolean    if_changed;
  gboolean    compare;
  guint       keep_n;
  guint       keep_days;
} WbBatchSettings;

/* A GListModel of WbBatchJob, on the main context of its caller. */
#define WB_TYPE_BATCH (wb_batch_get_type ())
G_DECLARE_FINAL_TYPE (WbBatch, wb_batch, WB, BATCH, GObject)

WbBatch  *wb_batch_new        (const WbBatchSettings  *settings,
                               WbHistory              *history);
void      wb_batch_add        (WbBatch                *self,
                               WbBatchJob             *job);

/* Either of them ends the wait of a job without a sign-in, also while the batch runs. */
void      wb_batch_set_sign_in
                              (WbBatch                *self,
                               WbBatchJob             *job,
                               WbSignIn               *sign_in);
void      wb_batch_refuse     (WbBatch                *self,
                               WbBatchJob             *job,
                               const GError           *error);

/* For what is asked for the same accounts before the jobs are known. */
WbPace   *wb_batch_get_pace   (WbBatch                *self);

/* --- batch-plan: what can be known before the first request --- */

gboolean  wb_batch_check      (WbBatch                *self,
                               GError                **error);
gboolean  wb_batch_plan       (WbBatch                *self,
                               GError                **error);
void      wb_batch_plan_async (WbBatch                *self,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data);
gboolean  wb_batch_plan_finish
                              (WbBatch                *self,
                               GAsyncResult           *result,
                               GError                **error);

/* --- batch-run --- */

void      wb_batch_run_async  (WbBatch                *self,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data);
gboolean  wb_batch_run_finish (WbBatch                *self,
                               GAsyncResult           *result,
                               GError                **error);
void      wb_batch_retry      (WbBatch                *self,
                               WbBatchJob             *job);

G_END_DECLS
