/* batch-job-private.h: what a job of a batch is made of, for what plans and runs it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/batch/batch-job.h"
#include "core/history/history-record.h"

G_BEGIN_DECLS

struct _WbBatchJob
{
  GObject parent_instance;

  WbSignIn  *sign_in; /* (owned) (nullable): as long as it is not there, the job waits */
  GError    *refusal; /* (owned) (nullable): why it will not be there */
  WbAccount *account; /* (owned) */
  gboolean   is_stored;
  char      *workspace_id; /* (owned): empty for the service's default one */
  char      *workspace;    /* (owned): its name, or its ID */

  /* The plan. */
  char            *file_name;    /* (owned) (nullable) */
  WbHistoryRecord *earlier;      /* (owned) (nullable): of its newest good file */
  char            *earlier_path; /* (owned) (nullable) */
  gboolean         may_be_empty; /* it had no connections before, as far as the history knows */

  WbBatchJobState state;
  WbSource        source; /* which calls this run makes */
  WbExport *export;              /* (owned) (nullable) */
  GCancellable    *cancellable;  /* (owned) (nullable) */
  WbHistoryRecord *record;       /* (owned) (nullable): of this run */

  /* What came of it. */
  GError *error; /* (owned) (nullable) */
  char   *path;  /* (owned) (nullable) */
  char   *note;  /* (owned) (nullable): what a person should know beside it */
  guint64 size_bytes;
  char   *sha256; /* (owned) (nullable) */
  guint   n_files;
  guint   n_connections;
  int     n_changes; /* since the last file; -1 where it was not compared */
  char   *changes;   /* (owned) (nullable) */
};

void wb_batch_job_set_state (WbBatchJob      *self,
                             WbBatchJobState  state);
void wb_batch_job_reset     (WbBatchJob      *self);
void wb_batch_job_add_note  (WbBatchJob      *self,
                             char            *note);

G_END_DECLS
