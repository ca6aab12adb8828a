/* export-all-run.c: signs in to the accounts one after the other, and exports their workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-run.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "core/batch/folder-lock.h"
#include "core/error.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/sign-in/sign-in-dialogs.h"

struct _WbExportAllRun
{
  GObject parent_instance;

  WbContext *context; /* (owned) */

  gboolean       is_running;
  GtkWindow     *asker;       /* (owned) (nullable): asks for secrets, while it runs */
  GPtrArray     *rows;        /* (owned) (nullable) (element-type WbExportAllRow) */
  char          *folder;      /* (owned) (nullable) */
  GCancellable  *cancellable; /* (owned) (nullable) */
  WbBatch       *batch;       /* (owned) (nullable): of this run, or of the last one */
  int            lock;        /* the folder's, or -1 */
  guint          inhibition;
  GQueue         accounts; /* (element-type WbAccount): (owned): to sign in to, the first one now */
  WbSignIn      *sign_in;  /* (owned) (nullable): to the first of them */
  WbCredentials *asked;    /* (owned) (nullable): to store once they are accepted */
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

static void next_account (WbExportAllRun *self);

static void
tell (WbExportAllRun *self,
      const char     *sentence)
{
  g_signal_emit (self, signals[PROBLEM], 0, sentence);
}

static void
tell_changed (WbExportAllRun *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
end_run (WbExportAllRun *self)
{
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  wb_inhibitor_uninhibit (wb_context_get_inhibitor (self->context), self->inhibition);
  self->inhibition = 0;
  g_clear_object (&self->cancellable);
  self->is_running = FALSE;
  /* The batch writes its records itself. */
  g_signal_emit_by_name (wb_context_get_recorder (self->context), "changed");
  g_clear_object (&self->asker);
  g_signal_emit (self, signals[OVER], 0);
}

/* Nothing was exported: the list is as it was before. */
static void
fail (WbExportAllRun *self,
      const GError   *error)
{
  for (guint i = 0; i < self->rows->len; i++)
    wb_export_all_row_set_job (g_ptr_array_index (self->rows, i), NULL);
  g_clear_object (&self->batch);
  if (wb_error_get_kind (error) != WB_ERROR_KIND_CANCELLED)
    tell (self, error->message);
  end_run (self);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;

  wb_batch_run_finish (WB_BATCH (source), result, NULL);
  end_run (self);
}

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

  wb_batch_run_async (self->batch, self->cancellable, ran_cb, g_object_ref (self));
}

static gboolean
is_of (WbExportAllRow *row,
       WbAccount      *account)
{
  return wb_export_all_row_get_ticked (row) && wb_export_all_row_get_account (row) == account;
}

static void
leave_account (WbExportAllRun *self)
{
  g_clear_object (&self->sign_in);
  g_clear_pointer (&self->asked, wb_credentials_unref);
  g_object_unref (g_queue_pop_head (&self->accounts));
  next_account (self);
}

/* One account that cannot be used stops no other. */
static void
fail_account (WbExportAllRun *self,
              const GError   *error)
{
  WbAccount *account = g_queue_peek_head (&self->accounts);

  wb_sign_ins_fail (wb_context_get_sign_ins (self->context), account, error);
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);

      if (is_of (row, account))
        wb_export_all_row_set_failure (row,
                                       wb_error_get_kind (error) == WB_ERROR_KIND_CANCELLED
                                         ? _ ("Not signed in")
                                         : error->message);
    }
  leave_account (self);
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

/* A secret that was refused is asked for again the next time. */
static void
job_state_cb (WbExportAllRun *self,
              GParamSpec     *pspec,
              WbBatchJob     *job)
{
  const GError *error = wb_batch_job_get_error (job);

  if (wb_batch_job_is_over (job) && error != NULL)
    wb_sign_ins_fail (wb_context_get_sign_ins (self->context), wb_batch_job_get_account (job),
                      error);
  tell_changed (self);
}

static void
add_jobs (WbExportAllRun *self)
{
  WbAccount *account = g_queue_peek_head (&self->accounts);

  if (self->asked != NULL)
    wb_remember_secret_async (self->context, account, self->asked, remembered_cb,
                              g_object_ref (self));
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbExportAllRow *row = g_ptr_array_index (self->rows, i);
      WbWorkspace    *workspace = wb_export_all_row_get_workspace (row);
      g_autoptr (WbBatchJob) job = NULL;

      if (!is_of (row, account))
        continue;
      job = wb_batch_job_new (self->sign_in, account, !wb_account_get_transient (account),
                              wb_workspace_get_id (workspace), wb_workspace_get_name (workspace));
      wb_batch_add (self->batch, job);
      wb_export_all_row_set_job (row, job);
      g_signal_connect_object (job, "notify::state", G_CALLBACK (job_state_cb), self,
                               G_CONNECT_SWAPPED);
    }
  leave_account (self);
}

static void prepare (WbExportAllRun *self);

static void
passcode_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_passcode_dialog_ask_finish (result, &error))
    prepare (self);
  else
    fail_account (self, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_sign_in_prepare_finish (WB_SIGN_IN (source), result, &error))
    add_jobs (self);
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    wb_passcode_dialog_ask_async (self->asker, g_queue_peek_head (&self->accounts),
                                  self->sign_in, self->cancellable, passcode_cb,
                                  g_object_ref (self));
  else
    fail_account (self, error);
}

/* All jobs share one sign-in, so a person is asked for a code once. */
static void
prepare (WbExportAllRun *self)
{
  wb_sign_in_prepare_async (self->sign_in, self->cancellable, prepared_cb, g_object_ref (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbExportAllRun) self = user_data;
  g_autoptr (GError) error = NULL;

  self->sign_in = wb_open_sign_in_finish (result, &self->asked, &error);
  if (self->sign_in != NULL)
    prepare (self);
  else
    fail_account (self, error);
}

static void
next_account (WbExportAllRun *self)
{
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &error))
    {
      g_queue_clear_full (&self->accounts, g_object_unref);
      fail (self, error);
      return;
    }
  if (!g_queue_is_empty (&self->accounts))
    {
      wb_open_sign_in_async (self->context, g_queue_peek_head (&self->accounts), TRUE, NULL,
                             self->asker, self->cancellable, opened_cb,
                             g_object_ref (self));
      return;
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->batch)) == 0)
    {
      end_run (self);
      return;
    }

  wb_batch_plan_async (self->batch, self->cancellable, planned_cb, g_object_ref (self));
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
  tell_changed (self);
}

static void
wb_export_all_run_finalize (GObject *object)
{
  WbExportAllRun *self = WB_EXPORT_ALL_RUN (object);

  g_clear_object (&self->context);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
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
      WbAccount      *account = wb_export_all_row_get_account (row);

      if (!wb_export_all_row_get_ticked (row))
        continue;
      is_sample &= wb_account_get_transient (account);
      if (g_queue_find (&self->accounts, account) == NULL)
        g_queue_push_tail (&self->accounts, g_object_ref (account));
    }
  g_clear_object (&self->batch);
  /* Made-up data is nobody's backup. */
  self->batch = wb_batch_new (settings,
                              is_sample ? NULL
                                        : wb_recorder_get_history (
                                          wb_context_get_recorder (self->context)));
  begin (self, asker);
  next_account (self);
}

/* Once more, in the run that is under way or in a new one. */
void
wb_export_all_run_retry (WbExportAllRun *self,
                         WbExportAllRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WB_IS_EXPORT_ALL_RUN (self));

  if (!self->is_running && !wb_folder_lock (self->folder, &self->lock, &error))
    {
      tell (self, error->message);
      return;
    }

  wb_batch_retry (self->batch, wb_export_all_row_get_job (row));
  if (self->is_running)
    return;
  begin (self, GTK_WINDOW (root));
  wb_batch_run_async (self->batch, self->cancellable, ran_cb, g_object_ref (self));
}

/* What is saved stays. */
void
wb_export_all_run_cancel (WbExportAllRun *self)
{
  g_return_if_fail (WB_IS_EXPORT_ALL_RUN (self));

  if (self->is_running)
    g_cancellable_cancel (self->cancellable);
}
