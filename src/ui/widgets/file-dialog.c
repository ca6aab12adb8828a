/* file-dialog.c: asks a person for the file to open, or to save to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/file-dialog.h"

#include <glib/gi18n-lib.h>

/* The shape of GtkFileDialog, which is newer than GTK 4.8, over the class it wraps. */

typedef struct
{
  GtkFileChooserNative *dialog;   /* (owned) (nullable): while it is shown */
  GSettings            *settings; /* (owned) (nullable): remember the folder */
} Asking;

static void
asking_free (Asking *asking)
{
  g_clear_object (&asking->dialog);
  g_clear_object (&asking->settings);
  g_free (asking);
}

/* GTK makes a dialog of its own for each of these, which stays hidden where a portal asks. To an
 * assistive technology that asks for one window more than there are, since it counted before one
 * closed, GTK (of 4.8 to 4.24, at least) answers with the last that it has. A hidden one has no
 * path on the bus, and the program ends with that: so it may be anywhere but at the end. */
static GtkFileChooserNative *
dialog_new (const char          *title,
            GtkWindow           *parent,
            GtkFileChooserAction action,
            const char          *accept)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, action, accept, _ ("_Cancel"));
  GListModel *windows = gtk_window_get_toplevels ();
  guint       last = g_list_model_get_n_items (windows) - 1;
  g_autoptr (GtkWindow) hidden = g_list_model_get_item (windows, last);

  if (GTK_IS_FILE_CHOOSER (hidden) && G_IS_LIST_STORE (windows))
    {
      g_list_store_remove (G_LIST_STORE (windows), last);
      g_list_store_insert (G_LIST_STORE (windows), 0, hidden);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  return dialog;
}

/* In a sandbox a path is the portal's, which has a memory of its own. */
static void
remember_folder (GSettings *settings,
                 GFile     *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

  if (path != NULL && g_utf8_validate (path, -1, NULL)
      && !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_settings_set_string (settings, "folder", path);
}

static void
go_to (GtkFileChooser *chooser,
       const char     *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  if (g_path_is_absolute (path) && g_file_test (path, G_FILE_TEST_IS_DIR))
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;
  Asking *asking = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  g_clear_object (&asking->dialog);

  if (file != NULL && asking->settings != NULL)
    remember_folder (asking->settings, file);
  if (file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GtkNativeDialog *dialog = user_data;

  gtk_native_dialog_hide (dialog);
  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_CANCEL);
}

/* A portal's dialog is in another process, so only the task keeps the object. */
static void
run (GtkFileChooserNative *dialog,
     GSettings            *settings,
     GTask                *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Asking       *asking = g_new0 (Asking, 1);

  asking->dialog = dialog;
  g_set_object (&asking->settings, settings);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Offers the kind that is asked for, and all files. */
static void
add_filters (GtkFileChooserNative *dialog,
             GtkFileFilter        *wanted)
{
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), wanted);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
}

/* Starts in the hidden folder where the clouds' software kits keep their keys, if it exists. */
static void
go_to_keys (GtkFileChooser *chooser)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), ".huaweicloud", NULL);

  go_to (chooser, path);
}

void
wb_file_dialog_open_async (GtkWindow          *parent,
                           WbFileKind          kind,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GtkFileFilter) wanted = gtk_file_filter_new ();
  GtkFileChooserNative *dialog;
  const char           *title = kind == WB_FILE_OTHER_ZIP ? _ ("Compare With") : _ ("Open ZIP");
  const char           *accept = _ ("_Open");

  g_return_if_fail (GTK_IS_WINDOW (parent));

  switch (kind)
    {
    case WB_FILE_CERTIFICATE:
      title = _ ("Choose Certificate");
      accept = _ ("_Choose");
      gtk_file_filter_set_name (wanted, _ ("Certificates (PEM)"));
      gtk_file_filter_add_suffix (wanted, "pem");
      gtk_file_filter_add_suffix (wanted, "crt");
      gtk_file_filter_add_suffix (wanted, "cer");
      break;
    case WB_FILE_KEYS:
      title = _ ("Import Accounts");
      gtk_file_filter_set_name (wanted, _ ("Access Keys (credentials.csv, credentials)"));
      gtk_file_filter_add_suffix (wanted, "csv");
      gtk_file_filter_add_pattern (wanted, "credentials");
      break;
    case WB_FILE_ZIP:
    case WB_FILE_OTHER_ZIP:
    default:
      gtk_file_filter_set_name (wanted, _ ("ZIP Archives"));
      gtk_file_filter_add_mime_type (wanted, "application/zip");
      gtk_file_filter_add_suffix (wanted, "zip");
    }

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_file_dialog_open_async);
  dialog = dialog_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, accept);
  add_filters (dialog, wanted);
  if (kind == WB_FILE_KEYS)
    go_to_keys (GTK_FILE_CHOOSER (dialog));

  run (dialog, NULL, task);
}

/**
 * wb_file_dialog_open_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when dismissed
 *
 * Returns: (transfer full): the file to open, or %NULL
 */
GFile *
wb_file_dialog_open_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_file_dialog_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_file_dialog_save_async:
 * @parent: the window that asks
 * @name: the name to suggest
 * @beside: (nullable): a file, beside which to start
 * @settings: the person's preferences, which remember the folder
 * @cancellable: (nullable): to take the question back
 * @callback: called when it is answered
 * @user_data: for @callback
 */
void
wb_file_dialog_save_async (GtkWindow          *parent,
                           const char         *name,
                           GFile              *beside,
                           GSettings          *settings,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char      *folder = NULL;
  GtkFileChooserNative *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (name != NULL);
  g_return_if_fail (G_IS_SETTINGS (settings));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_file_dialog_save_async);
  dialog = dialog_new (_ ("Save As"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"));
  if (beside != NULL && g_file_peek_path (beside) != NULL)
    folder = g_path_get_dirname (g_file_peek_path (beside));
  else
    folder = g_settings_get_string (settings, "folder");
  go_to (GTK_FILE_CHOOSER (dialog), folder);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  run (dialog, settings, task);
}

/**
 * wb_file_dialog_save_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when dismissed
 *
 * Returns: (transfer full): the file to write, or %NULL
 */
GFile *
wb_file_dialog_save_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_file_dialog_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_file_dialog_folder_async (GtkWindow          *parent,
                             const char         *path,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkFileChooserNative *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_file_dialog_folder_async);
  dialog = dialog_new (_ ("Choose Folder"), parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                       _ ("_Choose"));
  if (path != NULL)
    go_to (GTK_FILE_CHOOSER (dialog), path);

  run (dialog, NULL, task);
}

GFile *
wb_file_dialog_folder_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_file_dialog_folder_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
