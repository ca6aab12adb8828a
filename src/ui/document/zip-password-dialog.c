/* zip-password-dialog.c: asks for the password of a ZIP file, an old or a new one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/zip-password-dialog.h"

#include <glib/gi18n-lib.h>

#include "core/archive/copies/encrypted-copy.h"
#include "core/error.h"
#include "core/wipe.h"
#include "ui/document/working-dialog.h"
#include "ui/widgets/message-dialog.h"

/* Above and below a boxed list, in the theme. */
#define SHADOW_PX 4

/* One question, asked again as long as the answer is wrong. */
typedef struct
{
  GtkWindow    *parent;      /* (owned) */
  WbArchive    *archive;     /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  GtkWidget    *dialog;      /* (owned) (nullable): until its answer is taken */
  GtkEditable  *password;    /* (owned) (nullable): likewise */
  GtkEditable  *again;       /* (owned) (nullable): for a new password */

  WbWorkingDialog *working; /* (owned) (nullable): from the answer to its result */
} Asking;

static void
asking_free (Asking *asking)
{
  g_clear_pointer (&asking->working, wb_working_dialog_end);
  g_clear_object (&asking->parent);
  g_clear_object (&asking->archive);
  g_clear_object (&asking->cancellable);
  g_free (asking);
}

static void
changed_cb (Asking *asking)
{
  const char *password = gtk_editable_get_text (asking->password);
  gboolean    complete = *password != '\0';

  if (asking->again != NULL)
    complete = complete && g_str_equal (password, gtk_editable_get_text (asking->again));
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asking->dialog), "continue",
                                           complete);
}

static GtkEditable *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         Asking              *asking)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), asking);
  adw_preferences_group_add (group, row);

  return g_object_ref (GTK_EDITABLE (row));
}

static Asking *
asking_new (GtkWindow    *parent,
            WbArchive    *archive,
            GCancellable *cancellable)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->parent = g_object_ref (parent);
  asking->archive = g_object_ref (archive);
  if (cancellable != NULL)
    asking->cancellable = g_object_ref (cancellable);

  return asking;
}

static void
ask (GTask              *task,
     const char         *heading,
     const char         *body,
     const char         *button,
     gboolean            is_new,
     GAsyncReadyCallback callback)
{
  Asking    *asking = g_task_get_task_data (task);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  asking->dialog = g_object_ref (adw_message_dialog_new (asking->parent, heading, body));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (asking->dialog),
                                    "cancel", _ ("_Cancel"),
                                    "continue", button,
                                    NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (asking->dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (asking->dialog), "continue");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (asking->dialog), "continue",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asking->dialog), "continue", FALSE);
  asking->password = add_row (ADW_PREFERENCES_GROUP (group), _ ("Password"), asking);
  if (is_new)
    asking->again = add_row (ADW_PREFERENCES_GROUP (group), _ ("Repeat password"), asking);
  /* Its shadow is of it, too. */
  gtk_widget_set_margin_top (group, SHADOW_PX);
  gtk_widget_set_margin_bottom (group, SHADOW_PX);
  /* On the lowest screen. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), group);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (asking->dialog), scroller);

  wb_message_dialog_ask_async (ADW_MESSAGE_DIALOG (asking->dialog), asking->cancellable, callback,
                               g_object_ref (task));
  gtk_widget_grab_focus (GTK_WIDGET (asking->password));
}

/* Returns: (transfer none): for what the password is needed for */
static GCancellable *
begin_work (Asking     *asking,
            const char *heading)
{
  asking->working = wb_working_dialog_begin (asking->parent, heading, asking->cancellable);

  return wb_working_dialog_get_cancellable (asking->working);
}

static void
end_work (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  g_clear_pointer (&asking->working, wb_working_dialog_end);
}

/* The answer, for wb_wipe_and_free(), or %NULL if the question was dismissed. */
static char *
take_answer (GTask        *task,
             GAsyncResult *result)
{
  Asking          *asking = g_task_get_task_data (task);
  g_autofree char *response = wb_message_dialog_ask_finish (result);
  char            *password = NULL;

  if (g_str_equal (response, "continue"))
    password = g_strdup (gtk_editable_get_text (asking->password));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
  g_signal_handlers_disconnect_by_data (asking->password, asking);
  gtk_editable_set_text (asking->password, "");
  if (asking->again != NULL)
    {
      g_signal_handlers_disconnect_by_data (asking->again, asking);
      gtk_editable_set_text (asking->again, "");
    }
  g_clear_object (&asking->dialog);
  g_clear_object (&asking->password);
  g_clear_object (&asking->again);

  return password;
}

/* An encrypted ZIP */

static void ask_to_unlock (GTask      *task,
                           const char *body);

static void
unlock_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  WbArchive *archive = wb_archive_unlock_finish (result, &error);

  end_work (task);
  if (archive != NULL)
    g_task_return_pointer (task, archive, g_object_unref);
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD))
    ask_to_unlock (task, error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
unlock_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  char   *password = take_answer (task, result);

  if (password != NULL)
    wb_archive_unlock_async (asking->archive, password,
                             begin_work (asking, _ ("Opening the ZIP")), unlock_cb,
                             g_object_ref (task));
  wb_wipe_and_free (password);
}

static void
ask_to_unlock (GTask      *task,
               const char *body)
{
  ask (task, _ ("Encrypted ZIP"), body, _ ("_Open"), FALSE, unlock_answered_cb);
}

/**
 * wb_unlock_dialog_run_async:
 * @parent: the window that asks
 * @archive: an archive with encrypted entries
 * @cancellable: (nullable): to take the question back
 * @callback: called when it is open, or given up
 * @user_data: for @callback
 *
 * Asks again as long as the password is wrong.
 */
void
wb_unlock_dialog_run_async (GtkWindow          *parent,
                            WbArchive          *archive,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ARCHIVE (archive));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_unlock_dialog_run_async);
  g_task_set_task_data (task, asking_new (parent, archive, cancellable),
                        (GDestroyNotify) asking_free);
  ask_to_unlock (task, _ ("Its contents need a password. It is kept only as long as the ZIP is "
                          "open."));
}

/**
 * wb_unlock_dialog_run_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when it was given up
 *
 * Returns: (transfer full): the same archive, open, or %NULL
 */
WbArchive *
wb_unlock_dialog_run_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_unlock_dialog_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An encrypted copy */

static void
encrypt_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError  *error = NULL;
  WbSpool *copy = wb_encrypted_copy_finish (result, &error);

  end_work (task);
  if (copy != NULL)
    g_task_return_pointer (task, copy, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
encrypt_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  char   *password = take_answer (task, result);

  if (password != NULL)
    wb_encrypted_copy_async (asking->archive, password,
                             begin_work (asking, _ ("Encrypting the Copy")), encrypt_cb,
                             g_object_ref (task));
  wb_wipe_and_free (password);
}

/**
 * wb_encrypt_dialog_run_async:
 * @parent: the window that asks
 * @archive: what to make a copy of
 * @cancellable: (nullable): to take the question back
 * @callback: called when the copy is made, or given up
 * @user_data: for @callback
 *
 * Asks for a new password, twice, and says what it does not hide.
 */
void
wb_encrypt_dialog_run_async (GtkWindow          *parent,
                             WbArchive          *archive,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ARCHIVE (archive));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_encrypt_dialog_run_async);
  g_task_set_task_data (task, asking_new (parent, archive, cancellable),
                        (GDestroyNotify) asking_free);
  ask (task, _ ("Save an Encrypted Copy?"),
       _ ("Names, sizes and times stay visible. Without the password, which Waybill does not keep, "
          "nobody can open the contents (AES-256)."),
       _ ("_Save As…"), TRUE, encrypt_answered_cb);
}

/**
 * wb_encrypt_dialog_run_finish:
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED when it was given up
 *
 * Returns: (transfer full): the copy, to be saved, or %NULL
 */
WbSpool *
wb_encrypt_dialog_run_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_encrypt_dialog_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
