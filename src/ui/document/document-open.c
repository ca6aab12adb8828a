/* document-open.c: opens a ZIP that was saved earlier as a document
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/document-open.h"

#include "core/input-limits.h"
#include "core/progress.h"
#include "core/spool.h"

/* The parts of the document so far. */
typedef struct
{
  WbSpool   *spool;   /* (owned) (nullable) */
  WbArchive *archive; /* (owned) (nullable) */
  gboolean   names_first;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->spool);
  g_clear_object (&opening->archive);
  g_free (opening);
}

static void
query_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr (GDateTime) modified = NULL;
  Opening *opening = g_task_get_task_data (task);

  /* The date is only shown: a file system without it is not an error. */
  if (info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_TIME_MODIFIED))
    modified = g_file_info_get_modification_date_time (info);

  g_task_return_pointer (task,
                         wb_document_new_opened (opening->spool, opening->archive,
                                                 G_FILE (source), modified),
                         g_object_unref);
}

static void
archive_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Opening *opening = g_task_get_task_data (task);

  opening->archive = wb_archive_open_finish (result, &error);
  if (opening->archive == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_file_query_info_async (g_task_get_source_object (task), G_FILE_ATTRIBUTE_TIME_MODIFIED,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), query_cb, g_object_ref (task));
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Opening *opening = g_task_get_task_data (task);

  opening->spool = wb_spool_load_finish (result, &error);
  if (opening->spool == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  wb_progress_set_stage (g_task_get_cancellable (task), 0.5, 1);
  wb_archive_open_async (opening->spool, opening->names_first, g_task_get_cancellable (task),
                         archive_cb, g_object_ref (task));
}

/**
 * wb_document_open_async:
 * @file: a ZIP saved earlier
 * @names_first: whether the archive of a large file need not be complete yet
 * @cancellable: (nullable): to stop, or a progress
 * @callback: called when done
 * @user_data: for @callback
 *
 * Copies the file's bytes, so that later changes of the file do not reach the preview.
 */
void
wb_document_open_async (GFile              *file,
                        gboolean            names_first,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_document_open_async);
  opening = g_new0 (Opening, 1);
  opening->names_first = names_first;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  wb_progress_set_stage (cancellable, 0, 0.5);
  wb_spool_load_async (file, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES, cancellable, load_cb,
                       g_object_ref (task));
}

/**
 * wb_document_open_finish:
 * @result: as given to the callback
 * @error: return location: %WB_ERROR_KIND_LOCAL_FILE or %WB_ERROR_KIND_NOT_AN_ARCHIVE for people
 *
 * Returns: (transfer full): the document, or %NULL
 */
WbDocument *
wb_document_open_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_document_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
