/* batch-record.c: what a batch reads from the history, and writes into it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/fd.h"
#include "core/sha256.h"
#include "core/thread.h"

#define DAY_SECONDS (24 * 60 * 60)

/* A query takes an empty ID for any, and a name for an ID. */
static gboolean
is_of_job (WbHistoryRecord *record,
           WbBatchJob      *job)
{
  return g_strcmp0 (record->account_id, wb_batch_job_get_account_id (job)) == 0
         && g_strcmp0 (record->workspace_id, job->workspace_id) == 0;
}

static void
note_history (WbBatchJob   *job,
              const GError *error)
{
  /* Translators: a sentence on what is wrong. */
  wb_batch_job_add_note (job, g_strdup_printf (_ ("The history was not used: %s"),
                                               error->message));
}

/* Without a slash at the end. */
static char *
dup_uri (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  char *uri = g_file_get_uri (file);

  if (g_str_has_suffix (uri, "/"))
    uri[strlen (uri) - 1] = '\0';

  return uri;
}

/* Whether a file was saved into a folder, and not into one within it. */
static gboolean
is_in_folder (const char *file_uri,
              const char *folder_uri)
{
  gsize length = strlen (folder_uri);

  return g_str_has_prefix (file_uri, folder_uri) && file_uri[length] == '/'
         && strchr (file_uri + length + 1, '/') == NULL;
}

static int
compare_ids (gconstpointer one,
             gconstpointer other)
{
  const WbHistoryRecord *a = *(WbHistoryRecord *const *) one;
  const WbHistoryRecord *b = *(WbHistoryRecord *const *) other;

  return (a->id < b->id) - (a->id > b->id);
}

/* The newest first: by what was put last, for the clock may have been set in between. */
static GPtrArray *
list_newest (WbHistory            *history,
             const WbHistoryQuery *query,
             GError              **error)
{
  GPtrArray *records = wb_history_list (history, query, error);

  if (records != NULL)
    g_ptr_array_sort (records, compare_ids);

  return records;
}

static char *
dup_key (const char *account_id,
         const char *workspace_id)
{
  return g_strdup_printf ("%s\n%s", account_id, workspace_id);
}

/* Of each job the newest good file in the folder, which may have been made by another run, and
 * whether there was one with connections anywhere. */
void
wb_batch_find_earlier (WbBatch *self)
{
  g_autofree char     *folder_uri = dup_uri (self->folder);
  const WbHistoryQuery query = { .only_good = TRUE };
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GHashTable) newest = NULL;
  g_autoptr (GHashTable) filled = NULL;
  g_autoptr (GError) error = NULL;

  if (self->jobs->len == 0)
    return;
  if (self->history != NULL)
    records = list_newest (self->history, &query, &error);
  if (error != NULL)
    {
      note_history (g_ptr_array_index (self->jobs, 0), error);
      return;
    }

  newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = records != NULL ? records->len : 0; i > 0; i--)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i - 1);

      if (is_in_folder (record->file, folder_uri))
        g_hash_table_replace (newest, dup_key (record->account_id, record->workspace_id), record);
      if (record->n_connections > 0)
        g_hash_table_add (filled, dup_key (record->account_id, record->workspace_id));
    }
  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob      *job = g_ptr_array_index (self->jobs, i);
      g_autofree char *key = dup_key (wb_batch_job_get_account_id (job), job->workspace_id);
      WbHistoryRecord *record = g_hash_table_lookup (newest, key);
      g_autoptr (GFile) file = record != NULL ? wb_history_record_dup_file (record) : NULL;

      g_set_object (&job->earlier, record);
      g_free (job->earlier_path);
      job->earlier_path = file != NULL ? g_file_get_path (file) : NULL;
      job->may_be_empty = !g_hash_table_contains (filled, key);
    }
}

/**
 * wb_batch_record_new:
 * @job: a job that ran
 * @path: (nullable): the file that it saves, or has left as it is
 * @size_bytes: its size
 * @sha256: (nullable): its SHA-256
 * @error: (nullable): why it failed
 * @is_over: whether the file is there
 *
 * Returns: (transfer full): what the history is to say about it; it takes the place of an earlier
 *   one of the same run
 */
WbHistoryRecord *
wb_batch_record_new (WbBatchJob   *job,
                     const char   *path,
                     guint64       size_bytes,
                     const char   *sha256,
                     const GError *error,
                     gboolean      is_over)
{
  WbHistoryRecord *record = wb_history_record_new ();
  GDateTime       *started = job->export != NULL ? wb_export_get_started (job->export) : NULL;
  gint64           now = g_get_real_time () / G_USEC_PER_SEC;

  record->id = job->record != NULL ? job->record->id : 0;
  record->started = started != NULL ? g_date_time_to_unix (started) : now;
  record->finished = now;
  record->account_id = g_strdup (wb_batch_job_get_account_id (job));
  if (job->is_stored)
    record->account = g_strdup (wb_account_get (job->account, WB_ACCOUNT_NAME));
  record->mark = g_strdup (wb_account_get (job->account, WB_ACCOUNT_MARK));
  record->workspace_id = g_strdup (job->workspace_id);
  record->workspace = g_strdup (job->workspace);
  record->source = g_strdup (wb_source_to_string (job->source));
  record->n_connections = job->n_connections;
  record->size_bytes = size_bytes;
  record->sha256 = g_strdup (sha256);
  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      wb_history_record_set_file (record, file);
    }
  if (is_over || error != NULL)
    wb_history_record_set_error (record, error);
  else
    record->result = g_strdup (WB_HISTORY_UNFINISHED);
  g_set_object (&job->record, record);

  return record;
}

/* Tells that the record could not be written; the export is as good as before. */
void
wb_batch_record_finish (WbBatch      *self,
                        GAsyncResult *result,
                        WbBatchJob   *job)
{
  g_autoptr (GError) error = NULL;
  char *notice = wb_history_take_notice (self->history);

  if (notice != NULL)
    wb_batch_job_add_note (job, notice);
  if (!wb_history_put_finish (self->history, result, &error) && !self->told_history)
    {
      self->told_history = TRUE;
      note_history (job, error);
    }
}

/* One file, and when it was last good. */
static gboolean
may_go (const WbBatchSettings *settings,
        guint                  position,
        gint64                 last_good)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return position > 0
         && (settings->keep_n > 0 || settings->keep_days > 0)
         && (settings->keep_n == 0 || position >= settings->keep_n)
         && (settings->keep_days == 0
             || last_good < now - (gint64) settings->keep_days * DAY_SECONDS);
}

/* Only what is still what was saved then.
 * Returns: whether it is gone */
static gboolean
remove_file (const char      *path,
             WbHistoryRecord *record)
{
  g_autofree char *sha256 = NULL;
  struct stat      info;
  int              fd;

  if (g_lstat (path, &info) != 0)
    return errno == ENOENT;
  if (!S_ISREG (info.st_mode))
    return FALSE;
  fd = wb_fd_open_file (path, &info);
  if (fd < 0)
    return FALSE;
  sha256 = wb_sha256_of_fd (fd, (guint64) info.st_size, NULL, NULL);
  close (fd);

  return g_strcmp0 (sha256, record->sha256) == 0 && g_unlink (path) == 0;
}

/* An unchanged workspace has several records of one file; the newest of them counts. */
static void
remove_old_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  WbBatch    *self = source;
  WbBatchJob *job = data;
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  const WbHistoryQuery query = {
    .account = wb_batch_job_get_account_id (job),
    .workspace = job->workspace_id,
    .folder = folder,
    .only_good = TRUE,
  };
  g_autoptr (GPtrArray) records = list_newest (self->history, &query, NULL);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GFile) file = wb_history_record_dup_file (record);
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path == NULL || !is_of_job (record, job))
        continue;
      if (!g_ptr_array_find_with_equal_func (seen, record->file, g_str_equal, NULL))
        {
          g_ptr_array_add (seen, record->file);
          if (may_go (&self->settings, seen->len - 1, record->finished)
              && remove_file (path, record))
            g_hash_table_add (gone, record->file);
        }
      if (g_hash_table_contains (gone, record->file))
        wb_history_remove (self->history, record->id, NULL);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * wb_batch_remove_old_async:
 * @self: a batch
 * @job: a job that went well
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Removes the files of the job's workspace that are neither among the newest that are to be kept
 * nor young enough, in a thread: only those in the folder that the history knows and that are
 * still what was saved, and never the newest one.
 */
void
wb_batch_remove_old_async (WbBatch            *self,
                           WbBatchJob         *job,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_batch_remove_old_async);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  wb_thread_run_task (task, remove_old_thread);
}
