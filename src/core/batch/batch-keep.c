/* batch-keep.c: from what came in to what is saved: compared, redacted, encrypted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/compare/compare.h"
#include "core/archive/copies/encrypted-copy.h"
#include "core/archive/copies/redact.h"
#include "core/archive/tree/node-tree.h"
#include "core/error.h"
#include "core/text.h"
#include "core/thread.h"

/* Work in a thread, on what does not change meanwhile, and what comes of it. */
typedef struct
{
  WbBatchJob *job;   /* (owned) */
  WbSpool    *spool; /* (owned): the export; then what is to be saved, or NULL */

  guint n_files;
  guint n_connections;
  int   n_changes;
  char *changes; /* (owned) (nullable) */
  char *note;    /* (owned) (nullable) */
} Keep;

static void
keep_free (Keep *self)
{
  g_object_unref (self->job);
  g_clear_object (&self->spool);
  g_free (self->changes);
  g_free (self->note);
  g_free (self);
}

static gboolean
count (Keep         *self,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (WbZipIndex) index = wb_zip_index_read (wb_spool_get_fd (self->spool),
                                                    wb_spool_get_size_bytes (self->spool),
                                                    cancellable, error);

  if (index == NULL)
    return FALSE;

  wb_node_tree_count (index, &self->n_files, &self->n_connections);

  return TRUE;
}

static gboolean
is_redacted (WbArchive *archive)
{
  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      gsize       length;
      const char *path;

      if (wb_archive_get_kind (archive, node) != WB_NODE_NOTE)
        continue;
      path = wb_archive_peek_path (archive, node, &length);
      if (length == strlen (WB_NOTE_REDACTED) && memcmp (path, WB_NOTE_REDACTED, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Puts a copy without secrets in the place of the export. */
static WbArchive *
redact (Keep         *self,
        WbArchive    *archive,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr (WbRedaction) redaction = wb_redact (archive, cancellable, error);
  guint n_left_out;

  if (redaction == NULL)
    return NULL;
  n_left_out = redaction->left_out->len;
  if (redaction->n_connections == 0 && n_left_out > 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                           _ ("Waybill does not fully understand any connection of this workspace, "
                              "so nothing would be left in the redacted copy. It was not saved."));
      return NULL;
    }
  if (n_left_out > 0)
    self->note = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               /* Translators: how many entries of a ZIP. */
                                               "%u entry was left out of the redacted copy.",
                                               "%u entries were left out of the redacted copy.",
                                               n_left_out),
                                  n_left_out);
  g_set_object (&self->spool, redaction->spool);
  self->n_connections = redaction->n_connections;

  return wb_archive_open (self->spool, cancellable, error);
}

/* Opens the newest earlier file, if it is still what was saved then. */
static WbArchive *
open_earlier (WbBatchJob   *job,
              const char   *password,
              gboolean     *was_locked,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (WbSpool) spool = wb_spool_open (job->earlier_path, error);
  g_autoptr (WbArchive) archive = NULL;

  if (spool == NULL || !wb_spool_hash (spool, cancellable, error))
    return NULL;
  if (g_strcmp0 (wb_spool_get_sha256 (spool), job->earlier->sha256) != 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                           _ ("It was changed after it was saved."));
      return NULL;
    }

  archive = wb_archive_open (spool, cancellable, error);
  if (archive == NULL)
    return NULL;
  *was_locked = wb_archive_is_locked (archive);
  if (!*was_locked)
    return g_steal_pointer (&archive);
  if (password == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD,
                           _ ("It is encrypted, and its password is not given."));
      return NULL;
    }

  return wb_archive_unlock (archive, password, cancellable, error);
}

static void
add_note_not_compared (Keep         *self,
                       const GError *reason)
{
  g_autofree char *name = g_path_get_basename (self->job->earlier_path);
  g_autofree char *shown = wb_text_escape (name, -1);
  g_autofree char *before = g_steal_pointer (&self->note);
  g_autofree char *note = NULL;

  /* Translators: the name of a file, and a sentence on what is wrong with it. */
  note = g_strdup_printf (_ ("Not compared with the earlier file “%s”: %s"), shown,
                          reason->message);
  self->note = before != NULL ? g_strconcat (before, " ", note, NULL) : g_steal_pointer (&note);
}

/* Whatever keeps it from being compared, a new file is written.
 * Returns: FALSE only if it was cancelled */
static gboolean
compare (Keep                  *self,
         const WbBatchSettings *settings,
         WbArchive             *archive,
         gboolean              *is_same,
         GCancellable          *cancellable,
         GError               **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (WbComparison) comparison = NULL;
  g_autoptr (WbArchive) earlier = NULL;
  gboolean was_locked = FALSE;

  *is_same = FALSE;
  earlier = open_earlier (self->job, settings->password, &was_locked, cancellable, &reason);
  if (earlier != NULL)
    comparison = wb_comparison_new (earlier, archive, cancellable, &reason);
  if (comparison != NULL && settings->compare)
    {
      self->changes = wb_comparison_dup_text (comparison, cancellable, &reason);
      if (self->changes == NULL)
        g_clear_object (&comparison);
    }

  if (comparison != NULL)
    {
      self->n_changes = (int) wb_comparison_get_n_counted (comparison);
      /* A person who asks for copies of another kind wants one. */
      *is_same = self->n_changes == 0 && was_locked == settings->encrypt
                 && is_redacted (earlier) == settings->redact;
      return TRUE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  add_note_not_compared (self, reason);

  return TRUE;
}

static gboolean
keep (Keep                  *self,
      const WbBatchSettings *settings,
      GCancellable          *cancellable,
      GError               **error)
{
  gboolean can_compare = (settings->if_changed || settings->compare)
                         && self->job->earlier_path != NULL;
  gboolean is_same = FALSE;
  g_autoptr (WbArchive) archive = NULL;

  if (!count (self, cancellable, error))
    return FALSE;
  if (!can_compare && !settings->redact && !settings->encrypt)
    return TRUE;

  archive = wb_archive_open (self->spool, cancellable, error);
  if (archive != NULL && settings->redact)
    {
      WbArchive *redacted = redact (self, archive, cancellable, error);

      g_object_unref (archive);
      archive = redacted;
    }
  if (archive == NULL
      || (can_compare
          && !compare (self, settings, archive, &is_same, cancellable, error)))
    return FALSE;

  if (is_same && settings->if_changed)
    {
      g_clear_object (&self->spool);
    }
  else if (settings->encrypt)
    {
      g_autoptr (WbSpool) copy = wb_encrypted_copy_new (archive, settings->password, cancellable,
                                                        error);

      if (copy == NULL)
        return FALSE;
      g_set_object (&self->spool, copy);
    }

  return TRUE;
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (keep (data, &WB_BATCH (source)->settings, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wb_batch_keep_async:
 * @self: a batch
 * @job: a job that runs
 * @spool: what came in
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Makes of an export what is to be saved, in a thread, and compares it with the workspace's last
 * file: a redacted copy with the last one as it is, and what will be encrypted with what the
 * password opens.
 */
void
wb_batch_keep_async (WbBatch            *self,
                     WbBatchJob         *job,
                     WbSpool            *spool,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, job->cancellable, callback, user_data);
  Keep *work = g_new0 (Keep, 1);

  work->job = g_object_ref (job);
  work->spool = g_object_ref (spool);
  work->n_changes = -1;
  g_task_set_source_tag (task, wb_batch_keep_async);
  g_task_set_task_data (task, work, (GDestroyNotify) keep_free);
  wb_thread_run_task (task, keep_thread);
}

/**
 * wb_batch_keep_finish:
 * @self: a batch
 * @result: the result
 * @spool: (out) (transfer full) (nullable): what to save; %NULL if it is as the last file
 * @error: return location
 *
 * Tells the job what the export holds, and how it has changed.
 *
 * Returns: whether it is to be kept
 */
gboolean
wb_batch_keep_finish (WbBatch      *self,
                      GAsyncResult *result,
                      WbSpool     **spool,
                      GError      **error)
{
  Keep *work = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *spool = g_steal_pointer (&work->spool);
  work->job->n_files = work->n_files;
  work->job->n_connections = work->n_connections;
  work->job->n_changes = work->n_changes;
  work->job->changes = g_steal_pointer (&work->changes);
  if (work->note != NULL)
    wb_batch_job_add_note (work->job, g_steal_pointer (&work->note));

  return TRUE;
}
