/* save-dialog.c: the questions around saving a document or a copy of it, and the saving
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/save-dialog.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/save.h"
#include "ui/widgets/file-dialog.h"
#include "ui/widgets/message-dialog.h"

typedef struct
{
  GtkWindow  *parent;   /* (owned) */
  WbDocument *document; /* (owned) */
  GSettings  *settings; /* (owned): remember the folder */
  WbSpool    *copy;     /* (owned) (nullable): what is saved instead of the document's bytes */
  char       *name;     /* (owned): to suggest */
  GFile      *target;   /* (owned) (nullable): where the copy goes */
} Saving;

static void ask_where (GTask *task);

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->parent);
  g_clear_object (&saving->document);
  g_clear_object (&saving->settings);
  g_clear_object (&saving->copy);
  g_clear_pointer (&saving->name, g_free);
  g_clear_object (&saving->target);
  g_free (saving);
}

static GTask *
saving_new (GtkWindow          *parent,
            WbDocument         *document,
            GSettings          *settings,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->parent = g_object_ref (parent);
  saving->document = g_object_ref (document);
  saving->settings = g_object_ref (settings);
  saving->name = wb_document_dup_suggested_name (document);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);

  return task;
}

static void
give_up (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
}

static void
failed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  if (g_str_equal (response, "save-as") && !g_task_return_error_if_cancelled (task))
    ask_where (task);
  else if (!g_str_equal (response, "save-as"))
    give_up (task);
}

static void
show_failure (GTask      *task,
              const char *message)
{
  Saving           *saving = g_task_get_task_data (task);
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (saving->parent, _ ("Not Saved"), NULL));
  adw_message_dialog_set_body (dialog, message);
  adw_message_dialog_add_responses (dialog,
                                    "close", _ ("_Close"),
                                    "save-as", _ ("_Save As…"),
                                    NULL);
  adw_message_dialog_set_default_response (dialog, "save-as");
  adw_message_dialog_set_response_appearance (dialog, "save-as", ADW_RESPONSE_SUGGESTED);
  wb_message_dialog_ask_async (dialog, g_task_get_cancellable (task), failed_cb,
                               g_object_ref (task));
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Saving  *saving = g_task_get_task_data (task);
  gboolean saved;

  if (saving->copy != NULL)
    saved = wb_save_finish (result, &error);
  else
    saved = wb_document_save_finish (saving->document, result, &error);

  if (saved)
    g_task_return_boolean (task, TRUE);
  else if (!g_task_return_error_if_cancelled (task))
    /* The export is only in memory: a toast would be too little. */
    show_failure (task, error->message);
}

static void
save_to (GTask *task,
         GFile *target)
{
  Saving       *saving = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GFile        *original = wb_document_get_file (saving->document);

  if (saving->copy == NULL)
    {
      wb_document_save_async (saving->document, target, cancellable, save_cb, g_object_ref (task));
    }
  else if (original != NULL && g_file_equal (original, target))
    {
      show_failure (task, _ ("The copy is made from this file, which would be lost. Choose another "
                             "name."));
    }
  else
    {
      g_set_object (&saving->target, target);
      wb_save_async (saving->copy, target, TRUE, cancellable, save_cb, g_object_ref (task));
    }
}

static void
where_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = wb_file_dialog_save_finish (result, &error);

  if (target != NULL)
    save_to (task, target);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ask_where (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  wb_file_dialog_save_async (saving->parent, saving->name,
                             wb_document_get_file (saving->document), saving->settings,
                             g_task_get_cancellable (task), where_cb, g_object_ref (task));
}

static void
offer_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *response = wb_message_dialog_ask_finish (result);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_str_equal (response, "save-as"))
    ask_where (task);
  else if (g_str_equal (response, "discard"))
    g_task_return_boolean (task, FALSE);
  else
    give_up (task);
}

/**
 * wb_save_dialog_save_async:
 * @parent: the window that asks
 * @document: what to save
 * @settings: the person's preferences, which remember the folder
 * @target: (nullable): the file to write or to replace; without, the person is asked
 * @cancellable: (nullable): to stop, and to take questions back
 * @callback: called when done
 * @user_data: for @callback
 *
 * When it fails, shows the reason and offers to save elsewhere.
 */
void
wb_save_dialog_save_async (GtkWindow          *parent,
                           WbDocument         *document,
                           GSettings          *settings,
                           GFile              *target,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_DOCUMENT (document));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (target == NULL || G_IS_FILE (target));

  task = saving_new (parent, document, settings, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_save_dialog_save_async);
  if (target != NULL)
    save_to (task, target);
  else
    ask_where (task);
}

/**
 * wb_save_dialog_save_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when it was given up
 *
 * Returns: whether the document is saved
 */
gboolean
wb_save_dialog_save_finish (GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_save_dialog_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_save_dialog_copy_async:
 * @parent: the window that asks
 * @document: what the copy is made of
 * @settings: the person's preferences, which remember the folder
 * @copy: other bytes than the document's
 * @name: a file name to suggest
 * @cancellable: (nullable): to stop, and to take questions back
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks where to save, and saves. The document stays saved or unsaved as it was, and the copy never
 * replaces its file.
 */
void
wb_save_dialog_copy_async (GtkWindow          *parent,
                           WbDocument         *document,
                           GSettings          *settings,
                           WbSpool            *copy,
                           const char         *name,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_DOCUMENT (document));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (WB_IS_SPOOL (copy));
  g_return_if_fail (name != NULL);

  task = saving_new (parent, document, settings, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_save_dialog_copy_async);
  saving = g_task_get_task_data (task);
  saving->copy = g_object_ref (copy);
  g_free (saving->name);
  saving->name = g_strdup (name);
  ask_where (task);
}

/**
 * wb_save_dialog_copy_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when it was given up
 *
 * Returns: (transfer full): where the copy is, or %NULL
 */
GFile *
wb_save_dialog_copy_finish (GAsyncResult *result,
                            GError      **error)
{
  Saving *saving;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_save_dialog_copy_async), NULL);

  saving = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_object_ref (saving->target) : NULL;
}

/**
 * wb_save_dialog_offer_async:
 * @parent: the window that asks
 * @document: a document that is not saved
 * @settings: the person's preferences, which remember the folder
 * @reason: a translated sentence: why it would be lost
 * @cancellable: (nullable): to take the question back
 * @callback: called when done
 * @user_data: for @callback
 */
void
wb_save_dialog_offer_async (GtkWindow          *parent,
                            WbDocument         *document,
                            GSettings          *settings,
                            const char         *reason,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  AdwMessageDialog *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_DOCUMENT (document));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (reason != NULL);

  task = saving_new (parent, document, settings, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_save_dialog_offer_async);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Save This Export?"), NULL));
  adw_message_dialog_set_body (dialog, reason);
  adw_message_dialog_add_responses (dialog,
                                    "cancel", _ ("_Cancel"),
                                    "discard", _ ("_Discard"),
                                    "save-as", _ ("_Save As…"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "save-as");
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save-as", ADW_RESPONSE_SUGGESTED);
  wb_message_dialog_ask_async (dialog, cancellable, offer_cb, g_object_ref (task));
}

/**
 * wb_save_dialog_offer_finish:
 * @result: as given to the callback
 * @saved: (out): whether it was saved, not discarded
 * @error: return location: %G_IO_ERROR_CANCELLED when the person keeps it open
 *
 * Returns: whether to go on
 */
gboolean
wb_save_dialog_offer_finish (GAsyncResult *result,
                             gboolean     *saved,
                             GError      **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wb_save_dialog_offer_async), FALSE);

  *saved = g_task_propagate_boolean (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
