/* batch-private.h: what a batch is made of, for what plans and runs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/batch/batch-job-private.h"
#include "core/batch/batch.h"

G_BEGIN_DECLS

/* Behind the name of what Waybill made of the service's lists. */
#define WB_BATCH_REBUILT "rebuilt"

struct _WbBatch
{
  GObject parent_instance;

  char           *folder;   /* (owned): absolute */
  char           *pattern;  /* (owned) */
  char           *password; /* (owned) (nullable) */
  WbBatchSettings settings; /* whose texts are these */
  WbHistory      *history;  /* (owned) (nullable) */
  WbPace         *pace;     /* (owned) */
  GPtrArray      *jobs;     /* (owned) (element-type WbBatchJob) */

  GTask      *run;          /* (owned) (nullable) */
  GSource    *cancellation; /* (owned) (nullable) */
  gboolean    told_history; /* that it cannot be written */
  guint       n_running;
  GHashTable *proved;  /* (owned) (element-type WbSignIn): that were accepted */
  GHashTable *refused; /* (owned) (element-type WbSignIn GError): that were not */
};

/* --- batch-keep.c --- */

void     wb_batch_keep_async  (WbBatch              *self,
                               WbBatchJob           *job,
                               WbSpool              *spool,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
gboolean wb_batch_keep_finish (WbBatch              *self,
                               GAsyncResult         *result,
                               WbSpool             **spool,
                               GError              **error);

/* --- batch-run.c --- */

void     wb_batch_start_jobs  (WbBatch              *self);

/* --- batch-record.c --- */

void             wb_batch_find_earlier     (WbBatch              *self);
WbHistoryRecord *wb_batch_record_new       (WbBatchJob           *job,
                                            const char           *path,
                                            guint64               size_bytes,
                                            const char           *sha256,
                                            const GError         *error,
                                            gboolean              is_over);
void             wb_batch_record_finish    (WbBatch              *self,
                                            GAsyncResult         *result,
                                            WbBatchJob           *job);
void             wb_batch_remove_old_async (WbBatch              *self,
                                            WbBatchJob           *job,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

G_END_DECLS
