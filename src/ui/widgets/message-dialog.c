/* message-dialog.c: a question in an AdwMessageDialog, with the answer as an asynchronous result
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/message-dialog.h"

#include <glib/gi18n-lib.h>

/* The shape of adw_message_dialog_choose(), which is newer than libadwaita 1.2. */

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_data (dialog, task);
  /* The answer may close the parent while another reference keeps the dialog: GTK 4.8 would then
   * look for the parent in freed memory. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  /* libadwaita 1.2 frees the rows before the focus leaves: the text of a password's row would then
   * tell a row that is gone. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  /* A button closes the dialog, but adw_message_dialog_response() does not. */
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_task_return_pointer (task, g_strdup (response), g_free);
}

/**
 * wb_message_dialog_ask_async:
 * @dialog: (transfer full): the question; it is destroyed when it is answered
 * @cancellable: (nullable): takes the question back, which answers it with its close response
 * @callback: called when answered
 * @user_data: for @callback
 */
void
wb_message_dialog_ask_async (AdwMessageDialog   *dialog,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_message_dialog_ask_async);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (gtk_window_close), dialog,
                             G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wb_message_dialog_ask_finish:
 * @result: as given to the callback
 *
 * Returns: (transfer full): the response's ID
 */
char *
wb_message_dialog_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_message_dialog_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_free (wb_message_dialog_ask_finish (result));
}

/**
 * wb_message_dialog_tell:
 * @parent: the window that it concerns
 * @heading: what it is about
 * @sentence: what a person has to know
 *
 * There is nothing to answer.
 */
void
wb_message_dialog_tell (GtkWindow  *parent,
                        const char *heading,
                        const char *sentence)
{
  AdwMessageDialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL);
  g_return_if_fail (sentence != NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, sentence));
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  wb_message_dialog_ask_async (dialog, NULL, told_cb, NULL);
}
