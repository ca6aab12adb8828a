/* batch-run.c: runs the jobs of a batch, a few at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch-private.h"

#include "core/error.h"
#include "core/file-name.h"
#include "core/save.h"

/* One step of a job. */
typedef struct
{
  WbBatch    *batch; /* (owned) */
  WbBatchJob *job;   /* (owned) */
  WbSpool    *spool; /* (owned) (nullable): what is being saved */
} Step;

static void run_export (Step *step);

static Step *
step_new (WbBatch    *batch,
          WbBatchJob *job)
{
  Step *step = g_new0 (Step, 1);

  step->batch = g_object_ref (batch);
  step->job = g_object_ref (job);

  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->batch);
  g_object_unref (step->job);
  g_clear_object (&step->spool);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* The last thing of each job that ran. */
static void
finish_job (Step *step)
{
  WbBatch        *self = step->batch;
  WbBatchJob     *job = step->job;
  WbBatchJobState state = WB_BATCH_JOB_SAVED;

  if (job->error != NULL && job->may_be_empty
      && wb_error_get_kind (job->error) == WB_ERROR_KIND_NO_CONNECTIONS)
    {
      state = WB_BATCH_JOB_EMPTY;
      g_clear_error (&job->error);
    }
  else if (job->error != NULL)
    state = wb_error_get_kind (job->error) == WB_ERROR_KIND_CANCELLED ? WB_BATCH_JOB_CANCELLED
                                                                      : WB_BATCH_JOB_FAILED;
  else if (job->path == NULL)
    state = WB_BATCH_JOB_UNCHANGED;
  self->n_running--;
  wb_batch_job_set_state (job, state);
  wb_batch_start_jobs (self);
}

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Step) step = user_data;

  finish_job (step);
}

static void
clean_up (Step *step)
{
  WbBatch *self = step->batch;

  if (step->job->error == NULL && self->history != NULL
      && (self->settings.keep_n > 0 || self->settings.keep_days > 0))
    {
      wb_batch_remove_old_async (self, step->job, removed_cb, step);
      return;
    }

  finish_job (step);
  step_free (step);
}

static void
recorded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Step *step = user_data;

  wb_batch_record_finish (step->batch, result, step->job);
  clean_up (step);
}

/* Takes @step. */
static void
record (Step       *step,
        const char *path,
        guint64     size_bytes,
        const char *sha256)
{
  WbBatch *self = step->batch;
  g_autoptr (WbHistoryRecord) record = NULL;

  if (self->history == NULL)
    {
      clean_up (step);
      return;
    }

  record = wb_batch_record_new (step->job, path, size_bytes, sha256, step->job->error, TRUE);
  wb_history_put_async (self->history, record, recorded_cb, step);
}

/* Takes @step and @error. */
static void
fail (Step   *step,
      GError *error)
{
  step->job->error = error;
  record (step, NULL, 0, NULL);
}

/* What Waybill made of the service's lists says so in its name. */
static char *
dup_path (Step *step)
{
  g_autofree char *rebuilt = NULL;

  if (step->job->source == WB_SOURCE_EXPORT)
    return g_build_filename (step->batch->folder, step->job->file_name, NULL);
  rebuilt = wb_file_name_add_suffix (step->job->file_name, WB_BATCH_REBUILT);

  return g_build_filename (step->batch->folder, rebuilt, NULL);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Step       *step = user_data;
  WbBatchJob *job = step->job;
  GError     *error = NULL;

  if (!wb_save_finish (result, &error))
    {
      fail (step, error);
      return;
    }

  job->path = dup_path (step);
  job->size_bytes = wb_spool_get_size_bytes (step->spool);
  job->sha256 = g_strdup (wb_spool_get_sha256 (step->spool));
  record (step, job->path, job->size_bytes, job->sha256);
}

/* Takes @step. */
static void
save (Step *step)
{
  g_autofree char *path = dup_path (step);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  wb_save_move_async (step->spool, file, step->batch->settings.overwrite, step->job->cancellable,
                      saved_cb, step);
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Step *step = user_data;

  wb_batch_record_finish (step->batch, result, step->job);
  save (step);
}

/* The record comes first: a process that is killed right after the file has its name has lost
 * nothing. */
static void
begin_save (Step *step)
{
  WbBatch         *self = step->batch;
  g_autofree char *path = NULL;
  g_autoptr (WbHistoryRecord) record = NULL;

  if (self->history == NULL)
    {
      save (step);
      return;
    }

  path = dup_path (step);
  record = wb_batch_record_new (step->job, path, wb_spool_get_size_bytes (step->spool),
                                wb_spool_get_sha256 (step->spool), NULL, FALSE);
  wb_history_put_async (self->history, record, begun_cb, step);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Step       *step = user_data;
  WbBatchJob *job = step->job;
  GError     *error = NULL;

  if (!wb_batch_keep_finish (WB_BATCH (object), result, &step->spool, &error))
    fail (step, error);
  else if (step->spool != NULL)
    begin_save (step);
  else
    record (step, job->earlier_path, job->earlier->size_bytes, job->earlier->sha256);
}

static void
set_proved (WbBatch  *self,
            WbSignIn *sign_in)
{
  g_hash_table_add (self->proved, g_object_ref (sign_in));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Step    *step = user_data;
  WbBatch *self = step->batch;
  GError  *error = NULL;
  g_autoptr (WbSpool) spool = wb_export_run_finish (WB_EXPORT (object), result, &error);

  /* Made-up data says nothing about a service. */
  if (self->history != NULL)
    wb_export_remember_answer (step->job->export, error);
  if (spool != NULL || wb_error_get_kind (error) != WB_ERROR_KIND_SIGN_IN)
    set_proved (self, step->job->sign_in);
  else
    g_hash_table_insert (self->refused, g_object_ref (step->job->sign_in), g_error_copy (error));
  if (spool == NULL && self->settings.may_go_on
      && wb_export_get_next_source (step->job->export, &step->job->source))
    {
      /* Never in silence: what is saved will be something else. */
      wb_batch_job_add_note (step->job, g_strdup (error->message));
      g_error_free (error);
      run_export (step);
      return;
    }
  if (spool == NULL)
    fail (step, error);
  else
    wb_batch_keep_async (step->batch, step->job, spool, kept_cb, step);
}

static void
export_state_cb (WbExport *export,
                 GParamSpec *pspec,
                 WbBatch    *self)
{
  WbSignIn *sign_in = g_object_get_data (G_OBJECT (export), "sign-in");

  if ((wb_export_get_state (export) != WB_EXPORT_RECEIVING
       && wb_export_get_state (export) != WB_EXPORT_READING)
      || g_hash_table_contains (self->proved, sign_in))
    return;

  set_proved (self, sign_in);
  wb_batch_start_jobs (self);
}

/* Takes @step. */
static void
run_export (Step *step)
{
  WbBatch    *self = step->batch;
  WbBatchJob *job = step->job;

  g_clear_object (&job->export);
  job->export = wb_export_new (job->sign_in, job->workspace_id, self->settings.max_size_bytes);
  wb_export_set_source (job->export, job->source);
  /* What will be redacted or encrypted never touches the folder as it came. */
  if (!self->settings.redact && !self->settings.encrypt)
    wb_export_set_folder (job->export, self->folder);
  g_object_set_data_full (G_OBJECT (job->export), "sign-in", g_object_ref (job->sign_in),
                          g_object_unref);
  g_signal_connect_object (job->export, "notify::state", G_CALLBACK (export_state_cb), self, 0);
  wb_batch_job_set_state (job, WB_BATCH_JOB_RUNNING);
  wb_export_run_async (job->export, job->cancellable, exported_cb, step);
}

/* What was refused once is not tried again: after some refusals the cloud locks the user. */
static void
run_job (WbBatch    *self,
         WbBatchJob *job)
{
  const GError *refusal = job->refusal;

  if (refusal == NULL)
    refusal = g_hash_table_lookup (self->refused, job->sign_in);

  job->cancellable = g_cancellable_new ();
  if (refusal != NULL)
    {
      self->n_running++;
      wb_batch_job_set_state (job, WB_BATCH_JOB_RUNNING);
      fail (step_new (self, job), g_error_copy (refusal));
      return;
    }

  job->source = self->settings.source;
  self->n_running++;
  run_export (step_new (self, job));
}

/* A job waits for its sign-in. Until its first answer, this is tried by one job alone. */
static gboolean
may_start (WbBatch    *self,
           WbBatchJob *job)
{
  if (job->refusal != NULL)
    return TRUE;
  if (job->sign_in == NULL)
    return FALSE;
  if (g_hash_table_contains (self->proved, job->sign_in))
    return TRUE;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *other = g_ptr_array_index (self->jobs, i);

      if (other->sign_in == job->sign_in && other->state == WB_BATCH_JOB_RUNNING)
        return FALSE;
    }

  return TRUE;
}

static void
end_run (WbBatch *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->run);

  if (self->cancellation != NULL)
    g_source_destroy (self->cancellation);
  g_clear_pointer (&self->cancellation, g_source_unref);
  g_task_return_boolean (task, TRUE);
}

/* Those whose turn it is, in a batch that runs. */
void
wb_batch_start_jobs (WbBatch *self)
{
  guint n_waiting = 0;

  if (self->run == NULL)
    return;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);

      if (job->state != WB_BATCH_JOB_WAITING)
        continue;
      if (self->n_running < self->settings.n_parallel && may_start (self, job))
        run_job (self, job);
      else
        n_waiting++;
    }
  if (self->n_running == 0 && n_waiting == 0)
    end_run (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (WbBatch) self = g_object_ref (user_data);

  for (guint i = 0; i < self->jobs->len; i++)
    wb_batch_job_cancel (g_ptr_array_index (self->jobs, i));
  wb_batch_start_jobs (self);

  return G_SOURCE_REMOVE;
}

/**
 * wb_batch_run_async:
 * @self: a batch that wb_batch_plan() has accepted, and that does not run
 * @cancellable: (nullable): cancels all jobs
 * @callback: called when all of them are over
 * @user_data: for @callback
 *
 * Runs the jobs that are waiting, in their order; those without a sign-in when it is there. One
 * that fails stops no other, but for those that would sign in with what was refused.
 */
void
wb_batch_run_async (WbBatch            *self,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_return_if_fail (WB_IS_BATCH (self));
  g_return_if_fail (self->run == NULL);

  g_hash_table_remove_all (self->refused);
  self->run = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->run, wb_batch_run_async);
  if (cancellable != NULL)
    {
      self->cancellation = g_cancellable_source_new (cancellable);
      g_source_set_static_name (self->cancellation, "[waybill] batch");
      g_source_set_callback (self->cancellation, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancellation, g_task_get_context (self->run));
    }
  wb_batch_start_jobs (self);
}

/* What came of each job, the job says. */
gboolean
wb_batch_run_finish (WbBatch      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_batch_retry:
 * @self: a batch
 * @job: one of its jobs, which failed or was cancelled
 *
 * Has it wait for its turn again: in the run that is under way, or in the next one.
 */
void
wb_batch_retry (WbBatch    *self,
                WbBatchJob *job)
{
  g_return_if_fail (WB_IS_BATCH (self));
  g_return_if_fail (WB_IS_BATCH_JOB (job));

  if (job->state != WB_BATCH_JOB_FAILED && job->state != WB_BATCH_JOB_CANCELLED)
    return;

  g_hash_table_remove (self->refused, job->sign_in);
  g_clear_error (&job->refusal);
  wb_batch_job_reset (job);
  wb_batch_job_set_state (job, WB_BATCH_JOB_WAITING);
  wb_batch_start_jobs (self);
}
