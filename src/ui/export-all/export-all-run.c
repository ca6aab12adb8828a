/* export-all-run.c: exports workspaces of several accounts, and signs in to one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-run.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/batch/folder-lock.h"
#include "core/error.h"
#include "ui/export-all/account-sign-in.h"
#include "ui/sign-in/open-sign-in.h"

struct _WbExportAllRun
{
  GObject parent_instance;

  WbContext *context; /* (owned) */

  WbBatch      *batch;  /* (owned) (nullable): of this run, or of the last one */
  GPtrArray    *rows;   /* (owned) (nullable) (element-type WbExportAllRow) */
  char         *folder; /* (owned) (nullable) */
  gboolean      is_running;
  gboolean      is_exporting; /* the batch runs */
  gboolean      is_signing_in;
  GtkWindow    *asker;       /* (owned) (nullable): asks for secrets, while it runs */
  GCancellable *cancellable; /* (owned) (nullable) */
  int           lock;        /* the folder's, or -1 */
  guint         inhibition;
  GQueue        accounts; /* (element-type WbAccount): (owned): to sign in to, the first one now */
  GHashTable   *asked;    /* (owned): account → what to store once it is accepted */
};

G_DEFINE_FINAL_TYPE (WbExportAllRun, wb_export_all_run, G_TYPE_OBJECT)

enum
{
  CHANGED,
  PROBLEM,
  OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void sign_in (WbExportAllRun *self);

static void
tell (WbExportAllRun *self,
      const char     *sentence)
{
  g_signal_emit (self, signals[PROBLEM], 0, sentence);
}

/* When neither an export nor a sign-in is under way. */
static void
end_run (WbExportAllRun *self)
{
  if (self->is_exporting || self->is_signing_in)
    return;

  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  wb_inhibitor_uninhibit (wb_context_get_inhibitor (self->context), self->inhibition);
  self->inhibition = 0;
  g_clear_object (&self->cancellable);
  g_hash_table_remove_all (self->asked);
  self->is_running = FALSE;
  /* The batch writes its records itself. */
  g_signal_emit_by_name (wb_context_get_recorder (self->context), "changed");
  g_clear_object (&self->asker);
  g_signal_emit (self, signals[OVER], 0);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;

  wb_batch_run_finish (WB_BATCH (source), result, NULL);
  self->is_exporting = FALSE;
  end_run (self);
}

static void
run_batch (WbExportAllRun *self)
{
  if (self->is_exporting)
    return;

  self->is_exporting = TRUE;
  wb_batch_run_async (self->batch, self->cancellable, ran_cb, g_object_ref (self));
}

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;

  if (!wb_remember_secret_finish (result, &reason, &error))
    tell (self, error->message);
  else if (reason != NULL)
    tell (self, reason);
}

/* As it is now: a person may have edited it since the list was made, or removed it. */
static WbAccount *
find_stored (WbExportAllRun *self,
             WbAccount      *account)
{
  return wb_account_store_find (wb_context_get_store (self->context),
                                wb_account_get_uuid (account));
}

/* A secret that was accepted is stored, and one that was refused is not used again. */
static void
job_state_cb (WbExportAllRun *self,
              GParamSpec     *pspec,
              WbBatchJob     *job)
{
  WbAccount      *account = wb_batch_job_get_account (job);
  const GError   *error = wb_batch_job_get_error (job);
  WbBatchJobState state = wb_batch_job_get_state (job);
  WbCredentials  *asked = g_hash_table_lookup (self->asked, account);

  if (wb_batch_job_is_over (job) && error != NULL)
    wb_sign_ins_fail (wb_context_get_sign_ins (self->context), account, error);
  if (asked != NULL
      && (state == WB_BATCH_JOB_SAVED || state == WB_BATCH_JOB_UNCHANGED
          || state == WB_BATCH_JOB_EMPTY))
    {
      WbAccount *stored = find_stored (self, account);

      if (stored != NULL)
        wb_remember_secret_async (self->context, stored, asked, remembered_cb,
                                  g_object_ref (self));
      g_hash_table_remove (self->asked, account);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of the first account: its jobs that wait for it go on, or fail. */
static void
hand_over (WbExportAllRun *self,
           WbSignIn       *signed_in,
           const GError   *error)
{
  WbAccount *account = g_queue_peek_head (&self->accounts);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->batch)); i++)
    {
      g_autoptr (WbBatchJob) job = g_list_model_get_item (G_LIST_MODEL (self->batch), i);

      if (wb_batch_job_get_account (job) != account
          || wb_batch_job_get_state (job) != WB_BATCH_JOB_WAITING
          || wb_batch_job_get_sign_in (job) != NULL)
        continue;
      if (signed_in != NULL)
        wb_batch_set_sign_in (self->batch, job, signed_in);
      else
        wb_batch_refuse (self->batch, job, error);
    }
}

/* What a person dismissed is no failure of the service. */
static GError *
dup_refusal (const GError *error)
{
  if (wb_error_get_kind (error) != WB_ERROR_KIND_CANCELLED)
    return g_error_copy (error);

  return g_error_new_literal (WB_ERROR, WB_ERROR_SIGN_IN, _ ("Not signed in"));
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autoptr (WbCredentials) asked = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (WbSignIn) signed_in = wb_account_sign_in_finish (result, &asked, &error);
  WbAccount *account = g_queue_peek_head (&self->accounts);

  if (signed_in == NULL)
    refusal = dup_refusal (error);
  else if (asked != NULL)
    g_hash_table_insert (self->asked, g_object_ref (account), g_steal_pointer (&asked));
  hand_over (self, signed_in, refusal);
  g_object_unref (g_queue_pop_head (&self->accounts));
  sign_in (self);
}

/* One account after the other, for each may ask. One that cannot be used stops no other. */
static void
sign_in (WbExportAllRun *self)
{
  WbAccount *account = g_queue_peek_head (&self->accounts);
  WbAccount *stored = account != NULL ? find_stored (self, account) : NULL;

  self->is_signing_in = account != NULL;
  if (account != NULL)
    wb_account_sign_in_async (self->context, stored != NULL ? stored : account, self->asker,
                              self->cancellable, signed_in_cb, g_object_ref (self));
  else
    end_run (self);
}

/* To be signed in to, once. */
static void
queue_account (WbExportAllRun *self,
               WbAccount      *account)
{
  if (g_queue_find (&self->accounts, account) == NULL)
    g_queue_push_tail (&self->accounts, g_object_ref (account));
}

/* Nothing was exported: the list is as it was before. */
static void
fail (WbExportAllRun *self,
      const GError   *error)
{
  for (guint i = 0; i < self->rows->len; i++)
    wb_export_all_row_set_job (g_ptr_array_index (self->rows, i), NULL);
  g_clear_object (&self->batch);
  g_queue_clear_full (&self->accounts, g_object_unref);
  if (wb_error_get_kind (error) != WB_ERROR_KIND_CANCELLED)
    tell (self, error->message);
  end_run (self);
}

/* Now the first request may go out. */
static void
planned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_batch_plan_finish (WB_BATCH (source), result, &error))
    {
      fail (self, error);
      return;
    }

  run_batch (self);
  sign_in (self);
}

static void
add_jobs (WbExportAllRun *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);
      WbAccount      *account = wb_export_all_row_get_account (row);
      WbWorkspace    *workspace = wb_export_all_row_get_workspace (row);
      g_autoptr (WbBatchJob) job = NULL;

      if (!wb_export_all_row_get_ticked (row))
        continue;
      job = wb_batch_job_new (NULL, account, !wb_account_get_transient (account),
                              wb_workspace_get_id (workspace), wb_workspace_get_name (workspace));
      wb_batch_add (self->batch, job);
      wb_export_all_row_set_job (row, job);
      g_signal_connect_object (job, "notify::state", G_CALLBACK (job_state_cb), self,
                               G_CONNECT_SWAPPED);
      queue_account (self, account);
    }
}

static void
begin (WbExportAllRun *self,
       GtkWindow      *asker)
{
  g_set_object (&self->asker, asker);
  self->is_running = TRUE;
  self->cancellable = g_cancellable_new ();
  self->inhibition = wb_inhibitor_inhibit (wb_context_get_inhibitor (self->context),
                                           self->asker,
                                           _ ("Connections are being exported"));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_export_all_run_finalize (GObject *object)
{
  WbExportAllRun *self = WB_EXPORT_ALL_RUN (object);

  g_clear_object (&self->context);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_hash_table_unref (self->asked);
  g_free (self->folder);

  G_OBJECT_CLASS (wb_export_all_run_parent_class)->finalize (object);
}

static void
wb_export_all_run_class_init (WbExportAllRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_export_all_run_finalize;

  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_EXPORT_ALL_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", WB_TYPE_EXPORT_ALL_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OVER] = g_signal_new ("over", WB_TYPE_EXPORT_ALL_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
wb_export_all_run_init (WbExportAllRun *self)
{
  self->lock = -1;
  g_queue_init (&self->accounts);
  self->asked = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                       (GDestroyNotify) wb_credentials_unref);
}

WbExportAllRun *
wb_export_all_run_new (WbContext *context)
{
  WbExportAllRun *self;

  g_return_val_if_fail (WB_IS_CONTEXT (context), NULL);

  self = g_object_new (WB_TYPE_EXPORT_ALL_RUN, NULL);
  self->context = g_object_ref (context);

  return self;
}

gboolean
wb_export_all_run_is_running (WbExportAllRun *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_RUN (self), FALSE);

  return self->is_running;
}

/* NULL before the first run. */
WbBatch *
wb_export_all_run_get_batch (WbExportAllRun *self)
{
  g_return_val_if_fail (WB_IS_EXPORT_ALL_RUN (self), NULL);

  return self->batch;
}

/**
 * wb_export_all_run_start:
 * @self: a run that is not under way
 * @asker: the window that asks for secrets
 * @rows: (element-type WbExportAllRow): the workspaces, of which those that are ticked count
 * @settings: where to save, under which names, and what
 *
 * What can be known is looked at before the first request, which may be a sign-in.
 */
void
wb_export_all_run_start (WbExportAllRun        *self,
                         GtkWindow             *asker,
                         GPtrArray             *rows,
                         const WbBatchSettings *settings)
{
  gboolean is_sample = TRUE;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_RUN (self));
  g_return_if_fail (!self->is_running);
  g_return_if_fail (settings != NULL);

  if (!wb_folder_lock (settings->folder, &self->lock, &error))
    {
      tell (self, error->message);
      return;
    }

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);
  g_free (self->folder);
  self->folder = g_strdup (settings->folder);
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);

      if (wb_export_all_row_get_ticked (row))
        is_sample &= wb_account_get_transient (wb_export_all_row_get_account (row));
    }
  g_clear_object (&self->batch);
  /* Made-up data is nobody's backup. */
  self->batch = wb_batch_new (settings,
                              is_sample ? NULL
                                        : wb_recorder_get_history (
                                          wb_context_get_recorder (self->context)));
  add_jobs (self);
  begin (self, asker);
  wb_batch_plan_async (self->batch, self->cancellable, planned_cb, g_object_ref (self));
}

/**
 * wb_export_all_run_retry:
 * @self: a run
 * @row: one of its rows, whose job has failed or was cancelled
 *
 * Once more, in the run that is under way or in a new one. Its account is signed in to again, which
 * takes no request where that still is.
 */
void
wb_export_all_run_retry (WbExportAllRun *self,
                         WbExportAllRow *row)
{
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (row));
  WbBatchJob *job = wb_export_all_row_get_job (row);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_RUN (self));

  if (!self->is_running && !wb_folder_lock (self->folder, &self->lock, &error))
    {
      tell (self, error->message);
      return;
    }

  wb_batch_set_sign_in (self->batch, job, NULL);
  wb_batch_retry (self->batch, job);
  queue_account (self, wb_batch_job_get_account (job));
  if (!self->is_running)
    begin (self, GTK_WINDOW (root));
  run_batch (self);
  if (!self->is_signing_in)
    sign_in (self);
}

/* What is saved stays. */
void
wb_export_all_run_cancel (WbExportAllRun *self)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_RUN (self));

  if (self->is_running)
    g_cancellable_cancel (self->cancellable);
}
