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

/* With an ID of usual length and a long account, it is in no name's way. */
#define MAX_NAME_BESIDE_ID 60

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
  trial = wb_new_file_open (path, &reason);
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

/* What is made of its name when it is rebuilt. */
static char *
dup_rebuilt_name (const char *name)
{
  return wb_file_name_add_suffix (name, WB_BATCH_REBUILT);
}

/* The names are filled with all that may stand behind them, so that the longest account and
 * workspace are shortened rather than what tells two files from each other. */
static char *
dup_file_name (WbBatch    *self,
               const char *account,
               const char *workspace,
               GDateTime  *when)
{
  g_autofree char *stem = g_strndup (self->pattern, strlen (self->pattern) - strlen (".zip"));
  g_autofree char *kind = g_strconcat (stem, self->settings.redact ? "-redacted" : "",
                                       self->settings.encrypt ? "-encrypted" : "", NULL);
  g_autofree char *pattern = g_strconcat (kind, self->pattern + strlen (stem), NULL);
  g_autofree char *longest = g_strconcat (kind, "-" WB_BATCH_REBUILT ".zip", NULL);
  g_autofree char *name = wb_file_name_fill (pattern, account, workspace, when);
  g_autofree char *rebuilt = dup_rebuilt_name (name);
  g_autofree char *filled = wb_file_name_fill (longest, account, workspace, when);
  gsize            end = strlen ("-" WB_BATCH_REBUILT ".zip");

  /* It fits, or no shorter name helps. */
  if (strlen (rebuilt) == strlen (name) + end - strlen (".zip")
      || !g_str_has_suffix (filled, "-" WB_BATCH_REBUILT ".zip"))
    return g_steal_pointer (&name);

  filled[strlen (filled) - end] = '\0';

  return g_strconcat (filled, ".zip", NULL);
}

/* Some file systems take names that differ in this alone for the same. */
static char *
dup_key (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

/* Returns: (transfer full): under which names a job may save, for dup_key() */
static GStrv
dup_names (WbBatch    *self,
           WbBatchJob *job)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (self->settings.source == WB_SOURCE_EXPORT)
    g_strv_builder_add (names, job->file_name);
  if (self->settings.source != WB_SOURCE_EXPORT || self->settings.may_go_on)
    {
      g_autofree char *rebuilt = dup_rebuilt_name (job->file_name);

      g_strv_builder_add (names, rebuilt);
    }

  return g_strv_builder_end (names);
}

/* Returns: (transfer full) (element-type utf8 WbBatchJob): the jobs by their names, and NULL where
 *   several have the same one; of those, @second is one */
static GHashTable *
collect_names (WbBatch     *self,
               WbBatchJob **second)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *second = NULL;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);
      g_auto (GStrv) own = dup_names (self, job);

      for (guint j = 0; own[j] != NULL; j++)
        {
          g_autofree char *key = dup_key (own[j]);
          gboolean         is_taken = g_hash_table_contains (names, key);

          if (is_taken)
            *second = job;
          g_hash_table_replace (names, g_steal_pointer (&key), is_taken ? NULL : job);
        }
    }

  return names;
}

static gboolean
is_shared (WbBatch    *self,
           WbBatchJob *job,
           GHashTable *names)
{
  g_auto (GStrv) own = dup_names (self, job);

  for (guint i = 0; own[i] != NULL; i++)
    {
      g_autofree char *key = dup_key (own[i]);

      if (g_hash_table_lookup (names, key) != job)
        return TRUE;
    }

  return FALSE;
}

/* As much of a name as leaves room for an ID. */
static char *
dup_with_id (WbBatchJob *job)
{
  g_autofree char *start = g_strndup (job->workspace, MAX_NAME_BESIDE_ID);
  g_autofree char *valid = NULL;
  const char      *end;

  g_utf8_validate (start, -1, &end);
  valid = g_strndup (start, (gsize) (end - start));

  return g_strdup_printf ("%s %s", valid, job->workspace_id);
}

/* Workspaces of several instances may have the same name: these have their ID in it as well. */
static void
name_jobs (WbBatch   *self,
           GDateTime *when)
{
  WbBatchJob *second;
  g_autoptr (GHashTable) names = NULL;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob *job = g_ptr_array_index (self->jobs, i);

      g_free (job->file_name);
      job->file_name = dup_file_name (self, wb_batch_job_get_account_name (job), job->workspace,
                                      when);
    }

  names = collect_names (self, &second);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      WbBatchJob      *job = g_ptr_array_index (self->jobs, i);
      g_autofree char *both = NULL;

      if (*job->workspace_id == '\0' || g_str_equal (job->workspace, job->workspace_id)
          || !is_shared (self, job, names))
        continue;
      both = dup_with_id (job);
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
      g_auto (GStrv) names = dup_names (self, g_ptr_array_index (self->jobs, i));

      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *path = g_build_filename (self->folder, names[j], NULL);

          if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
            return g_steal_pointer (&path);
        }
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
                   _ ("Two workspaces would be saved under the same name, “%s”. Put both {account} "
                      "and {workspace} into the template."),
                   name);
      return FALSE;
    }

  if (taken == NULL)
    return TRUE;

  shown = wb_text_escape (taken, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
               /* Translators: a file's path; {time} is typed as it is. */
               _ ("“%s” exists already. Add {time} to the template, or allow files to be "
                  "replaced."),
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
