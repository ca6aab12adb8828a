/* export-job.c: everything between the Export button and the preview
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export/export-job.h"

#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/sign-in/sign-in-dialogs.h"
#include "ui/widgets/workspace-label.h"

struct _WbExportJob
{
  GObject parent_instance;

  WbContext   *context;   /* (owned) */
  WbAccount   *account;   /* (owned) */
  WbWorkspace *workspace; /* (owned) */
  WbSource     source;

  WbSignIn *sign_in;       /* (owned) (nullable) */
  WbExport *export;        /* (owned) (nullable) */
  WbSpool         *spool;  /* (owned) (nullable) */
  WbHistoryRecord *record; /* (owned) (nullable): not of the sample's made-up data */
  WbCredentials   *asked;  /* (owned) (nullable): to store once they are accepted */
  GtkWindow       *parent; /* (owned) (nullable): while running */
};

G_DEFINE_FINAL_TYPE (WbExportJob, wb_export_job, G_TYPE_OBJECT)

enum
{
  PROP_EXPORT = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
record_end (WbExportJob  *self,
            WbArchive    *archive,
            const GError *error)
{
  if (self->record == NULL)
    return;

  self->record->finished = g_get_real_time () / G_USEC_PER_SEC;
  if (archive != NULL)
    {
      self->record->n_connections = wb_archive_get_n_connections (archive);
      self->record->size_bytes = wb_spool_get_size_bytes (self->spool);
      self->record->sha256 = g_strdup (wb_spool_get_sha256 (self->spool));
    }
  wb_history_record_set_error (self->record, error);
  wb_recorder_put (wb_context_get_recorder (self->context), self->record);
}

/* The one exit of a run that failed. Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  WbExportJob *self = g_task_get_source_object (task);

  record_end (self, NULL, error);
  wb_sign_ins_fail (wb_context_get_sign_ins (self->context), self->account, error);

  g_clear_pointer (&self->asked, wb_credentials_unref);
  g_clear_object (&self->parent);
  g_task_return_error (task, error);
}

static char *
dup_host (WbSignIn *sign_in)
{
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  const char        *host = strstr (endpoints->service_url, "://");

  return g_strdup (host != NULL ? host + strlen ("://") : endpoints->service_url);
}

static void
archive_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *account = NULL;
  g_autofree char *label = NULL;
  g_autofree char *host = NULL;
  WbDocument      *document;
  WbExportJob     *self = g_task_get_source_object (task);

  archive = wb_archive_open_finish (result, &error);
  if (archive == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  g_clear_object (&self->parent);
  record_end (self, archive, NULL);

  /* What was used last is a convenience: that it cannot be written is no failure of an export. */
  if (!wb_account_store_set_last_used (wb_context_get_store (self->context),
                                       self->account, wb_workspace_get_id (self->workspace),
                                       &error))
    g_debug ("Last used account not kept: %s", error->message);

  account = wb_account_dup_label (self->account);
  label = wb_workspace_dup_label (self->workspace);
  host = dup_host (self->sign_in);
  document = wb_document_new_exported (self->spool, archive, account, label, host,
                                       wb_export_get_finished (self->export));
  wb_document_set_record (document, self->record);
  wb_document_set_mark (document, wb_account_get (self->account, WB_ACCOUNT_MARK),
                        wb_account_get_color (self->account));
  g_task_return_pointer (task, document, g_object_unref);
}

static void start_export (GTask *task);

static void
passcode_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_passcode_dialog_ask_finish (result, &error))
    start_export (task);
  else
    fail (task, g_steal_pointer (&error));
}

static void
export_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  WbExportJob *self = g_task_get_source_object (task);

  self->spool = wb_export_run_finish (self->export, result, &error);
  if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    {
      g_clear_object (&self->export);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPORT]);
      wb_passcode_dialog_ask_async (self->parent, self->account, self->sign_in,
                                    g_task_get_cancellable (task), passcode_cb,
                                    g_object_ref (task));
      return;
    }
  if (!wb_account_get_transient (self->account))
    wb_export_remember_answer (self->export, error);
  if (self->spool == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  wb_archive_open_async (self->spool, FALSE, g_task_get_cancellable (task), archive_cb,
                         g_object_ref (task));
}

static void
start_export (GTask *task)
{
  WbExportJob *self = g_task_get_source_object (task);

  g_clear_object (&self->export);
  self->export = wb_export_new (self->sign_in, wb_workspace_get_id (self->workspace),
                                WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  wb_export_set_source (self->export, self->source);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPORT]);
  if (self->record == NULL && !wb_account_get_transient (self->account))
    {
      self->record = wb_history_record_begin (self->account, NULL,
                                              wb_workspace_get_id (self->workspace), self->source);
      wb_recorder_put (wb_context_get_recorder (self->context), self->record);
    }
  wb_export_run_async (self->export, g_task_get_cancellable (task), export_cb,
                       g_object_ref (task));
}

static void
sign_in_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  WbExportJob *self = g_task_get_source_object (task);

  self->sign_in = wb_open_sign_in_finish (result, &self->asked, &error);
  if (self->sign_in == NULL)
    fail (task, g_steal_pointer (&error));
  else
    start_export (task);
}

static void
wb_export_job_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  WbExportJob *self = WB_EXPORT_JOB (object);

  switch (property_id)
    {
    case PROP_EXPORT:
      g_value_set_object (value, self->export);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_export_job_finalize (GObject *object)
{
  WbExportJob *self = WB_EXPORT_JOB (object);

  g_clear_object (&self->context);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->export);
  g_clear_object (&self->spool);
  g_clear_object (&self->record);
  g_clear_pointer (&self->asked, wb_credentials_unref);
  g_clear_object (&self->parent);

  G_OBJECT_CLASS (wb_export_job_parent_class)->finalize (object);
}

static void
wb_export_job_class_init (WbExportJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_export_job_get_property;
  object_class->finalize = wb_export_job_finalize;

  properties[PROP_EXPORT] =
    g_param_spec_object ("export", NULL, NULL, WB_TYPE_EXPORT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_export_job_init (WbExportJob *self)
{
}

WbExportJob *
wb_export_job_new (WbContext   *context,
                   WbAccount   *account,
                   WbWorkspace *workspace)
{
  WbExportJob *self;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (WB_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (WB_TYPE_EXPORT_JOB, NULL);
  self->context = g_object_ref (context);
  self->account = g_object_ref (account);
  self->workspace = g_object_ref (workspace);

  return self;
}

WbAccount *
wb_export_job_get_account (WbExportJob *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_JOB (self), NULL);

  return self->account;
}

WbWorkspace *
wb_export_job_get_workspace (WbExportJob *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_JOB (self), NULL);

  return self->workspace;
}

/**
 * wb_export_job_get_export:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the running export, for its progress
 */
WbExport *
wb_export_job_get_export (WbExportJob *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_JOB (self), NULL);

  return self->export;
}

/**
 * wb_export_job_set_source:
 * @self: a job that has not run
 * @source: where the connections come from; %WB_SOURCE_EXPORT unless it is set
 */
void
wb_export_job_set_source (WbExportJob *self,
                          WbSource     source)
{
  g_return_if_fail (WB_IS_EXPORT_JOB (self));
  g_return_if_fail (self->export == NULL);

  self->source = source;
}

/**
 * wb_export_job_get_next_source:
 * @self: a job that has failed
 * @source: (out): where its connections may be had instead
 *
 * Returns: whether there is such a source
 */
gboolean
wb_export_job_get_next_source (WbExportJob *self,
                               WbSource    *source)
{
  g_return_val_if_fail (WB_IS_EXPORT_JOB (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  return self->export != NULL && wb_export_get_next_source (self->export, source);
}

/**
 * wb_export_job_run_async:
 * @self: a job that has not run
 * @parent: the window that asks for a secret, if need be
 * @cancellable: (nullable): to stop, leaving nothing behind
 * @callback: called when done
 * @user_data: for @callback
 */
void
wb_export_job_run_async (WbExportJob        *self,
                         GtkWindow          *parent,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_EXPORT_JOB (self));
  g_return_if_fail (self->parent == NULL && self->export == NULL);
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_export_job_run_async);
  self->parent = g_object_ref (parent);

  wb_open_sign_in_async (self->context, self->account, TRUE, NULL, parent, cancellable,
                         sign_in_cb, g_object_ref (task));
}

/**
 * wb_export_job_run_finish:
 * @self: a job
 * @result: as given to the callback
 * @to_remember: (out) (transfer full) (nullable): what a person wants to be remembered, which has
 *   been accepted
 * @error: return location
 *
 * Returns: (transfer full): the export, not saved yet, or %NULL
 */
WbDocument *
wb_export_job_run_finish (WbExportJob    *self,
                          GAsyncResult   *result,
                          WbCredentials **to_remember,
                          GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (to_remember != NULL, NULL);

  *to_remember = g_steal_pointer (&self->asked);

  return g_task_propagate_pointer (G_TASK (result), error);
}
