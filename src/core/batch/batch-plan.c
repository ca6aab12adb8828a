/* batch-plan.c: what can be known before the first request: folder, names, space, earlier files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "core/error.h"
#include "core/file-name.h"
#include "core/new-file.h"
#include "core/text.h"
#include "core/thread.h"

/* An export of which nothing is known takes at least this much. */
#define PLAUSIBLE_BYTES ((guint64) 16 * 1024)

/* More runs than this do not begin within a second. */
#define MAX_SECONDS 10

/* Makes a file there and removes it again: rights alone do not tell. */
static gboolean
check_folder (WbBatch *self,
              GError **error)
{
  g_autofree char *shown = wb_text_escape (self->folder, -1);
  g_autofree char *path = g_build_filename (self->folder, "waybill", NULL);
  g_autoptr (WbNewFile) trial = NULL;
  g_autoptr (GError) reason = NULL;

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                   /* Translators: a folder. */
                   _ ("There is no folder “%s”. Create it, or give another one."), shown);
      return FALSE;
    }
  trial = wb_new_file_open (path, FALSE, &reason);
  if (trial == NULL)
    /* Translators: a folder, and a sentence that says why. */
    g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, _ ("Nothing can be saved into “%s”: %s"),
                 shown, reason->message);

  return trial != NULL;
}

/**
 * wb_batch_check:
 * @self: a batch
 * @error: return location: %WB_ERROR_INVALID for the template, %WB_ERROR_LOCAL_FILE
 *
 * What needs no jobs. Blocks.
 *
 * Returns: whether files of such names can be saved into the folder
 */
gboolean
wb_batch_check (WbBatch *self,
                GError **error)
{
  g_return_val_if_fail (WB_IS_BATCH (self), FALSE);

  return wb_file_name_check (self->pattern, error) && check_folder (self, error);
}

static char *
dup_file_name (WbBatch    *self,
               const char *account,
               const char *workspace,
               GDateTime  *when)
{
  char *name = wb_file_name_fill (self->pattern, account, workspace, when);

  if (self->settings.redact)
    {
      char *redacted = wb_file_name_add_suffix (name, "redacted");

      g_free (name);
      name = redacted;
    }
  if (self->settings.encrypt)
    {
      char *encrypted = wb_file_name_add_suffix (name, "encrypted");

      g_free (name);
      name = encrypted;
    }

  return name;
}

/* Some file systems take names that differ in this alone for the same. */
static char *
dup_key (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

/* Returns: (transfer full) (element-type utf8 WbBatchJob): the jobs by their names; of two with the
 *   same one, @second is the other */
static GHashTable *
collect_names (WbBatch     *self,
               WbBatchJob **second)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *second = NULL;
  for (guint i = 0; i < self->jobs->len && *second == NULL; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);

      if (!g_hash_table_insert (names, dup_key (job->file_name), job))
        *second = job;
    }

  return names;
}

/* Workspaces of several instances may have the same name: these have their ID in it as well. */
static void
name_jobs (WbBatch   *self,
           GDateTime *when)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);
      char       *key;

      g_free (job->file_name);
      job->file_name = dup_file_name (self, wb_batch_job_get_account_name (job), job->workspace,
                                      when);
      key = dup_key (job->file_name);
      g_hash_table_replace (counts, key,
                            GUINT_TO_POINTER (
                              GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob      *job = g_ptr_array_index (self->jobs, i);
      g_autofree char *key = dup_key (job->file_name);
      g_autofree char *both = NULL;

      if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) < 2 || *job->workspace_id == '\0'
          || g_str_equal (job->workspace, job->workspace_id))
        continue;
      both = g_strdup_printf ("%s %s", job->workspace, job->workspace_id);
      g_free (job->file_name);
      job->file_name = dup_file_name (self, wb_batch_job_get_account_name (job), both, when);
    }
}

/* Returns: (transfer full) (nullable): the path of a file that is in the way */
static char *
find_taken (WbBatch *self)
{
  for (guint i = 0; i < self->jobs->len && !self->settings.overwrite; i++)
    {
      WbBatchJob      *job = g_ptr_array_index (self->jobs, i);
      g_autofree char *path = g_build_filename (self->folder, job->file_name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/* With the time in them, the names are those of a later second if another run has just taken
 * these. */
static void
name_jobs_freely (WbBatch *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (guint i = 0; i < MAX_SECONDS; i++)
    {
      g_autoptr (GDateTime) when = g_date_time_add_seconds (now, i);
      g_autofree char *taken = NULL;

      name_jobs (self, when);
      taken = find_taken (self);
      if (taken == NULL || strstr (self->pattern, "{time}") == NULL)
        return;
    }
}

static gboolean
check_names (WbBatch *self,
             GError **error)
{
  WbBatchJob *second;
  g_autoptr (GHashTable) names = collect_names (self, &second);
  g_autofree char *taken = find_taken (self);
  g_autofree char *shown = NULL;

  if (second != NULL)
    {
      g_autofree char *name = wb_text_escape (second->file_name, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: a file's name; the words in braces are typed as they are. */
                   _ ("Two workspaces would be saved under the same name, “%s”. Give the template "
                      "both {account} and {workspace}."),
                   name);
      return FALSE;
    }

  if (taken == NULL)
    return TRUE;

  shown = wb_text_escape (taken, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
               /* Translators: a file's path; {time} is typed as it is. */
               _ ("“%s” exists already. Give the template {time}, or have the files replaced."),
               shown);

  return FALSE;
}

/* Each export is likely to be as large as the last one. */
static gboolean
check_space (WbBatch *self,
             GError **error)
{
  struct statvfs   info;
  guint64          free_bytes;
  guint64          likely_bytes = 0;
  g_autofree char *shown = NULL;
  g_autofree char *free_text = NULL;
  g_autofree char *likely_text = NULL;

  if (statvfs (self->folder, &info) != 0)
    return TRUE;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);

      likely_bytes += MAX (job->earlier != NULL ? job->earlier->size_bytes : 0, PLAUSIBLE_BYTES);
    }
  free_bytes = (guint64) info.f_bavail * info.f_frsize;
  if (free_bytes >= likely_bytes)
    return TRUE;

  shown = wb_text_escape (self->folder, -1);
  free_text = g_format_size (free_bytes);
  likely_text = g_format_size (likely_bytes);
  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
               /* Translators: a folder, and two sizes, such as 2.1 GB. */
               _ ("There is too little space in “%s”: %s is free, and %s is likely to be needed. "
                  "Free some space, or give another folder."),
               shown, free_text, likely_text);

  return FALSE;
}

/**
 * wb_batch_plan:
 * @self: a batch with all its jobs, whose sign-ins know their projects
 * @error: return location: %WB_ERROR_INVALID, %WB_ERROR_LOCAL_FILE
 *
 * Names the files, and finds the earlier ones. Blocks. A history that cannot be read has none,
 * and says so in a note of the first job.
 *
 * Returns: whether there is a free name and, most likely, space for each file
 */
gboolean
wb_batch_plan (WbBatch *self,
               GError **error)
{
  g_return_val_if_fail (WB_IS_BATCH (self), FALSE);

  wb_batch_find_earlier (self);
  name_jobs_freely (self);

  return check_names (self, error) && check_space (self, error);
}

static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (wb_batch_check (source, &error) && wb_batch_plan (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wb_batch_plan_async:
 * @self: a batch as for wb_batch_plan(); it must not change before the end
 * @cancellable: (nullable): a cancellable
 * @callback: called at the end
 * @user_data: for @callback
 *
 * wb_batch_check() and wb_batch_plan() in a thread.
 */
void
wb_batch_plan_async (WbBatch            *self,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_BATCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_batch_plan_async);
  wb_thread_run_task (task, plan_thread);
}

gboolean
wb_batch_plan_finish (WbBatch      *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
