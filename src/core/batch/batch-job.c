/* batch-job.c: the export of one workspace among several
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch-job.h"

#include "core/batch/batch-job-private.h"

G_DEFINE_FINAL_TYPE (WbBatchJob, wb_batch_job, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
wb_batch_job_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) WB_BATCH_JOB (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_batch_job_finalize (GObject *object)
{
  WbBatchJob *self = WB_BATCH_JOB (object);

  wb_batch_job_reset (self);
  g_clear_object (&self->sign_in);
  g_clear_error (&self->refusal);
  g_clear_object (&self->account);
  g_clear_object (&self->earlier);
  g_free (self->workspace_id);
  g_free (self->workspace);
  g_free (self->file_name);
  g_free (self->earlier_path);

  G_OBJECT_CLASS (wb_batch_job_parent_class)->finalize (object);
}

static void
wb_batch_job_class_init (WbBatchJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_batch_job_get_property;
  object_class->finalize = wb_batch_job_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WB_BATCH_JOB_WAITING,
                                             WB_BATCH_JOB_CANCELLED, WB_BATCH_JOB_WAITING,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                               | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_batch_job_init (WbBatchJob *self)
{
  self->n_changes = -1;
}

/**
 * wb_batch_job_new:
 * @sign_in: (nullable): the account's sign-in, or %NULL until wb_batch_set_sign_in()
 * @account: the account
 * @is_stored: whether a person stored it, and so named it
 * @workspace_id: the workspace's ID, empty for the service's default one
 * @workspace: (nullable): its name, if it has one
 *
 * Returns: (transfer full): a job for wb_batch_add()
 */
WbBatchJob *
wb_batch_job_new (WbSignIn   *sign_in,
                  WbAccount  *account,
                  gboolean    is_stored,
                  const char *workspace_id,
                  const char *workspace)
{
  WbBatchJob *self;

  g_return_val_if_fail (sign_in == NULL || WB_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (workspace_id != NULL, NULL);

  self = g_object_new (WB_TYPE_BATCH_JOB, NULL);
  g_set_object (&self->sign_in, sign_in);
  self->account = g_object_ref (account);
  self->is_stored = is_stored;
  self->workspace_id = g_strdup (workspace_id);
  if (workspace != NULL && *workspace != '\0')
    self->workspace = g_strdup (workspace);
  else
    self->workspace = g_strdup (*workspace_id != '\0' ? workspace_id : "default");

  return self;
}

WbBatchJobState
wb_batch_job_get_state (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), WB_BATCH_JOB_WAITING);

  return self->state;
}

gboolean
wb_batch_job_is_over (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), FALSE);

  return self->state != WB_BATCH_JOB_WAITING && self->state != WB_BATCH_JOB_RUNNING;
}

/* NULL as long as it waits for one. */
WbSignIn *
wb_batch_job_get_sign_in (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->sign_in;
}

WbAccount *
wb_batch_job_get_account (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->account;
}

/* Of an account that nobody has stored. */
static const char *
get_project_id (WbBatchJob *self)
{
  const char *typed = wb_account_get (self->account, WB_ACCOUNT_PROJECT_ID);

  if (self->sign_in != NULL)
    return wb_sign_in_get_project_id (self->sign_in);

  return *typed != '\0' ? typed : NULL;
}

/**
 * wb_batch_job_get_account_id:
 * @self: a job
 *
 * Returns: (nullable): the UUID of a stored account, else the project's ID, %NULL as long as that
 *   is not known; by which the history knows it
 */
const char *
wb_batch_job_get_account_id (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->is_stored ? wb_account_get_uuid (self->account) : get_project_id (self);
}

/* What a person knows the account by: its name if it is stored, else the project's ID. */
const char *
wb_batch_job_get_account_name (WbBatchJob *self)
{
  const char *project_id;

  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  if (self->is_stored)
    return wb_account_get (self->account, WB_ACCOUNT_NAME);
  project_id = get_project_id (self);

  return project_id != NULL ? project_id : wb_account_get (self->account, WB_ACCOUNT_PROJECT_NAME);
}

const char *
wb_batch_job_get_workspace_id (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->workspace_id;
}

const char *
wb_batch_job_get_workspace (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->workspace;
}

/* NULL before it runs. */
WbExport *
wb_batch_job_get_export (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->export;
}

/* Ends it, at once where it is still waiting. What is over stays as it is. */
void
wb_batch_job_cancel (WbBatchJob *self)
{
  g_return_if_fail (WB_IS_BATCH_JOB (self));

  if (self->state == WB_BATCH_JOB_WAITING)
    wb_batch_job_set_state (self, WB_BATCH_JOB_CANCELLED);
  else if (self->state == WB_BATCH_JOB_RUNNING)
    g_cancellable_cancel (self->cancellable);
}

const GError *
wb_batch_job_get_error (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->error;
}

/* Which calls it made at last. */
WbSource
wb_batch_job_get_source (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), WB_SOURCE_EXPORT);

  return self->source;
}

/* Of the file that was saved; NULL where none was. */
const char *
wb_batch_job_get_path (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->path;
}

/* Of the newest file before this run, if the history knows one. */
const char *
wb_batch_job_get_earlier_path (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->earlier_path;
}

/**
 * wb_batch_job_dup_last_good:
 * @self: a job
 *
 * Returns: (transfer full) (nullable): when its workspace was last exported well, or found empty as
 *   ever, by this run or by one before it; in UTC
 */
GDateTime *
wb_batch_job_dup_last_good (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  if (self->state == WB_BATCH_JOB_SAVED || self->state == WB_BATCH_JOB_UNCHANGED
      || self->state == WB_BATCH_JOB_EMPTY)
    return g_date_time_ref (wb_export_get_finished (self->export));

  return self->earlier != NULL ? g_date_time_new_from_unix_utc (self->earlier->finished) : NULL;
}

/* Sentences on what a person should know beside the result; NULL if there is nothing. */
const char *
wb_batch_job_get_note (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->note;
}

guint64
wb_batch_job_get_size_bytes (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), 0);

  return self->size_bytes;
}

const char *
wb_batch_job_get_sha256 (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->sha256;
}

guint
wb_batch_job_get_n_files (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), 0);

  return self->n_files;
}

guint
wb_batch_job_get_n_connections (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), 0);

  return self->n_connections;
}

/* Since its last file; -1 where it was not compared. */
int
wb_batch_job_get_n_changes (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), -1);

  return self->n_changes;
}

/* The comparison with its last file as text, without secrets, where it was asked for. */
const char *
wb_batch_job_get_changes (WbBatchJob *self)
{
  g_return_val_if_fail (WB_IS_BATCH_JOB (self), NULL);

  return self->changes;
}

/* For what plans and runs it. */

void
wb_batch_job_set_state (WbBatchJob     *self,
                        WbBatchJobState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* As before its first run. */
void
wb_batch_job_reset (WbBatchJob *self)
{
  g_clear_object (&self->export);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_error (&self->error);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->changes, g_free);
  self->size_bytes = 0;
  self->n_files = 0;
  self->n_connections = 0;
  self->n_changes = -1;
}

/* @note: (transfer full): a sentence */
void
wb_batch_job_add_note (WbBatchJob *self,
                       char       *note)
{
  if (self->note != NULL)
    {
      char *both = g_strconcat (self->note, " ", note, NULL);

      g_free (note);
      note = both;
    }
  g_free (self->note);
  self->note = note;
}
