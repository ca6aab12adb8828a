/* export-many.c: `waybill-cli export` of several workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/export-many.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/commands/batch-jobs.h"
#include "cli/commands/batch-output.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/wait.h"
#include "core/batch/folder-lock.h"
#include "core/error.h"
#include "core/text.h"
#include "core/wipe.h"

typedef struct
{
  const WbCliExportOptions *options;
  WbCliSecrets             *secrets;
  GCancellable             *cancellable; /* (owned) */
  WbBatch                  *batch;       /* (owned) */
  GPtrArray                *accounts;    /* (owned) (nullable) (element-type WbCliBatchAccount) */
  WbCliProgress            *progress;    /* (owned) (nullable) */
  int                       lock;
  guint                     n_over;
  guint                     n_accounts_failed;
  gboolean                  is_different;
  WbCliStatus               status;       /* the highest of any job */
  GError                   *output_error; /* (owned) (nullable): the first one */
} Many;

static void
many_clear (Many *self)
{
  g_clear_pointer (&self->progress, wb_cli_progress_free);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  if (self->lock >= 0)
    close (self->lock);
  g_clear_error (&self->output_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Many, many_clear)

/* The highest one counts. With --diff, 1 is what diff's is. */
static WbCliStatus
add_status (Many       *self,
            WbCliStatus status)
{
  if (status == WB_CLI_FAILED && self->options->batch.diff)
    status = WB_CLI_NOT_COMPARED;
  self->status = MAX (self->status, status);

  return self->status;
}

/* What ends the run as a whole. */
static WbCliStatus
report (Many         *self,
        const GError *failure,
        gboolean      json)
{
  return add_status (self, wb_cli_output_error (failure, json));
}

static void
job_state_cb (WbBatchJob *job,
              GParamSpec *pspec,
              Many       *self)
{
  if (!wb_batch_job_is_over (job))
    return;

  self->n_over++;
  self->is_different |= wb_batch_job_get_n_changes (job) > 0;
  if (wb_batch_job_get_error (job) != NULL)
    add_status (self, wb_cli_status_of_error (wb_batch_job_get_error (job)));
  if (self->progress != NULL)
    wb_cli_progress_hide (self->progress);
  wb_cli_batch_print_job (job, self->options->json, self->options->quiet,
                          self->output_error == NULL ? &self->output_error : NULL);
}

static char *
describe (gpointer user_data)
{
  Many *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (self->batch), i);
      g_autofree char *name = NULL;
      g_autofree char *what = NULL;

      if (wb_batch_job_get_state (job) != WB_BATCH_JOB_RUNNING)
        continue;
      name = wb_cli_batch_dup_name (wb_batch_job_get_account (job), job);
      what = wb_export_describe (wb_batch_job_get_export (job));
      /* Translators: how many are done, how many there are, one of those that are under way, and
       * what it is doing. */
      return g_strdup_printf (_ ("%u of %u · %s: %s"), self->n_over, n, name, what);
    }

  /* Translators: how many are done, and how many there are. */
  return g_strdup_printf (_ ("%u of %u"), self->n_over, n);
}

static WbBatch *
new_batch (Many    *self,
           GError **error)
{
  const WbCliBatchOptions *options = &self->options->batch;
  g_autofree char         *path = wb_history_dup_default_path ();
  g_autoptr (WbHistory) history = NULL;
  WbBatchSettings settings = {
    .folder = options->output_dir != NULL ? options->output_dir : ".",
    .name_template = options->name_template,
    .max_size_bytes = self->options->max_size_bytes,
    .n_parallel = options->n_parallel,
    .source = self->options->source,
    .may_go_on = self->options->may_go_on,
    .overwrite = self->options->force,
    .redact = options->redact,
    .encrypt = options->encrypt,
    .if_changed = options->if_changed,
    .compare = options->diff,
    .keep_n = options->keep_n,
    .keep_days = options->keep_days,
  };
  const char *given = wb_cli_secrets_get (self->secrets, WB_CLI_ZIP_PASSWORD);
  char       *password;
  WbBatch    *batch;

  password = options->encrypt
               ? wb_cli_zip_password_new (self->secrets, self->cancellable, error)
               : g_strdup (given);
  if (options->encrypt && password == NULL)
    return NULL;

  /* Made-up data is nobody's backup. */
  if (!self->options->sample)
    history = wb_history_new (path);
  settings.password = password;
  batch = wb_batch_new (&settings, history);
  wb_wipe_and_free (password);

  return batch;
}

/* One account that cannot be used stops no other. */
static void
add_jobs (Many *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      WbCliBatchAccount *account = g_ptr_array_index (self->accounts, i);
      g_autoptr (GError) failure = NULL;

      if (wb_cli_batch_account_add_jobs (account, self->batch, self->options, self->secrets,
                                         self->cancellable, &failure))
        continue;
      self->n_accounts_failed++;
      add_status (self, wb_cli_status_of_error (failure));
      wb_cli_batch_print_failure (account->session->source->account, failure, self->options->json,
                                  self->output_error == NULL ? &self->output_error : NULL);
    }
}

static void
run_jobs (Many *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->batch)); i++)
    {
      g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (self->batch), i);

      g_signal_connect (job, "notify::state", G_CALLBACK (job_state_cb), self);
    }
  if (!self->options->quiet && isatty (STDERR_FILENO))
    self->progress = wb_cli_progress_new_described (describe, self);
  wb_batch_run_async (self->batch, self->cancellable, wb_cli_wait_cb, &result);
  wb_batch_run_finish (self->batch, wb_cli_wait (&result), NULL);
  g_clear_pointer (&self->progress, wb_cli_progress_free);
}

/* Everything that can be known is looked at before the first export. */
static gboolean
run (Many    *self,
     GError **error)
{
  const char *folder = self->options->batch.output_dir;

  if (!wb_cli_secrets_read_fd (self->secrets, self->options->secrets_fd, error))
    return FALSE;
  self->batch = new_batch (self, error);
  if (self->batch == NULL || !wb_batch_check (self->batch, error)
      || !wb_folder_lock (folder != NULL ? folder : ".", &self->lock, error))
    return FALSE;
  self->accounts = wb_cli_batch_accounts_open (self->options, self->secrets, self->cancellable,
                                               error);
  if (self->accounts == NULL)
    return FALSE;

  add_jobs (self);
  if (!wb_batch_plan (self->batch, error))
    return FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->batch)) > 0)
    run_jobs (self);
  if ((self->options->json || !self->options->quiet) && self->output_error == NULL)
    wb_cli_batch_print_summary (self->batch, self->n_accounts_failed, self->options->json,
                                &self->output_error);

  return TRUE;
}

/**
 * wb_cli_export_many:
 * @options: the options of an export of several workspaces
 * @secrets: what the environment held
 *
 * Returns: the highest exit status of any of them
 */
WbCliStatus
wb_cli_export_many (const WbCliExportOptions *options,
                    WbCliSecrets             *secrets)
{
  g_auto (Many) self = {
    .options = options,
    .secrets = secrets,
    .cancellable = wb_cli_interrupt_new (),
    .lock = -1,
    .status = WB_CLI_DONE,
  };
  g_autoptr (GError) error = NULL;

  if (!run (&self, &error))
    return report (&self, error, options->json);
  if (self.output_error != NULL)
    return report (&self, self.output_error, FALSE);
  if (g_cancellable_is_cancelled (self.cancellable))
    {
      g_cancellable_set_error_if_cancelled (self.cancellable, &error);
      return report (&self, error, FALSE);
    }
  if (self.status == WB_CLI_DONE && options->batch.diff && self.is_different)
    return WB_CLI_DIFFERENT;

  return self.status;
}
