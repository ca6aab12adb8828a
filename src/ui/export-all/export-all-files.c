/* export-all-files.c: what can be done with the files of several exports
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/export-all/export-all-files.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/compare/compare-window.h"
#include "ui/document/document-open.h"
#include "ui/document/show-in-files.h"
#include "ui/widgets/message-dialog.h"

/* A file that is being opened, to be compared. */
typedef struct
{
  GtkWindow *window;  /* (owned) */
  GFile     *earlier; /* (owned) */
} Comparing;

static void
comparing_free (Comparing *comparing)
{
  g_object_unref (comparing->window);
  g_object_unref (comparing->earlier);
  g_free (comparing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Comparing, comparing_free)

/* The window may have been closed meanwhile. */
static void
tell_error (GtkWindow    *window,
            const GError *error)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (window)))
    wb_export_all_tell (window, error->message);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Comparing) comparing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDocument) document = wb_document_open_finish (result, &error);

  if (document == NULL)
    tell_error (comparing->window, error);
  else
    gtk_window_present (GTK_WINDOW (wb_compare_window_new_for_file (
      GTK_APPLICATION (g_application_get_default ()), document, comparing->earlier)));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error))
    tell_error (window, error);
}

/* A sentence that a person has to know of. */
void
wb_export_all_tell (GtkWindow  *window,
                    const char *sentence)
{
  g_autofree char *escaped = wb_text_escape (sentence, -1);

  wb_message_dialog_tell (window, _ ("Export All"), escaped);
}

/* @path: of a file or a folder, to show in the file manager */
void
wb_export_all_show (GtkWindow  *window,
                    const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  wb_show_in_files_async (file, NULL, shown_cb, g_object_ref (window));
}

/* @job: a job that saved a file, and had an earlier one */
void
wb_export_all_compare (GtkWindow  *window,
                       WbBatchJob *job)
{
  g_autoptr (GFile) file = g_file_new_for_path (wb_batch_job_get_path (job));
  Comparing *comparing = g_new0 (Comparing, 1);

  comparing->window = g_object_ref (window);
  comparing->earlier = g_file_new_for_path (wb_batch_job_get_earlier_path (job));
  wb_document_open_async (file, FALSE, NULL, opened_cb, comparing);
}
