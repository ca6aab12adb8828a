/* window-copies.c: copies of what a window previews: selected files, without secrets, as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "core/archive/copies/selected-copy.h"
#include "core/sentence.h"
#include "core/text.h"
#include "ui/document/redact-dialog.h"
#include "ui/document/save-dialog.h"
#include "ui/document/zip-password-dialog.h"

static GArray *
dup_selected_files (WbWindow *self)
{
  return wb_archive_view_dup_selected_files (wb_preview_get_archive_view (self->preview));
}

/* Save Selected */

static void
show_saved_copy (WbWindow *self,
                 GFile    *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = wb_text_escape (base != NULL ? base : "", -1);
  /* Translators: a file's name. */
  g_autofree char *text = g_strdup_printf (_ ("Copy saved as “%s”"), name);

  wb_window_show_saved (self, text, file);
}

static void
copy_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GFile) file = wb_save_dialog_copy_finish (result, NULL);

  wb_window_end_saving (self);
  if (wb_window_is_closed (self) || file == NULL)
    return;

  show_saved_copy (self, file);
  /* Ask, because the export itself may still be unsaved. */
  if (self->close_requested)
    gtk_window_close (GTK_WINDOW (self));
}

static void
save_copy (WbWindow   *self,
           WbSpool    *copy,
           const char *name)
{
  wb_window_begin_saving (self, _ ("A copy is being saved"));
  wb_save_dialog_copy_async (GTK_WINDOW (self), self->document,
                             wb_context_get_settings (self->context), copy, name, self->closing,
                             copy_saved_cb, g_object_ref (self));
}

/* Several files become a ZIP again; a single file is saved as it is. */
static char *
dup_selection_name (WbDocument *document,
                    GArray     *files)
{
  char *name;

  if (files->len > 1)
    return wb_document_dup_copy_name (document, "selection");

  name = wb_archive_dup_name (wb_document_get_archive (document),
                              g_array_index (files, guint, 0));

  return g_strdelimit (name, "/\\", '_');
}

typedef struct
{
  WbWindow *window; /* (owned) */
  char     *name;   /* (owned) */
} Selection;

static void
selection_free (Selection *selection)
{
  g_clear_object (&selection->window);
  g_clear_pointer (&selection->name, g_free);
  g_free (selection);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Selection, selection_free)

static void
selected_copy_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Selection) selection = user_data;
  g_autoptr (WbSpool) copy = NULL;
  g_autoptr (GError) error = NULL;
  WbWindow *self = selection->window;

  copy = wb_selected_copy_finish (result, &error);
  if (wb_window_is_closed (self))
    return;

  if (copy != NULL)
    {
      save_copy (self, copy, selection->name);
    }
  else
    {
      wb_window_end_saving (self);
      wb_window_show_message (self, error->message);
    }
}

static void
save_selected_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow *self = user_data;
  g_autoptr (GArray) files = dup_selected_files (self);
  WbArchive *archive = wb_document_get_archive (self->document);
  Selection *selection;

  if (files->len == 0)
    return;

  selection = g_new0 (Selection, 1);
  selection->window = g_object_ref (self);
  selection->name = dup_selection_name (self->document, files);
  wb_window_begin_saving (self, _ ("A copy is being saved"));
  wb_selected_copy_async (archive, (const guint *) files->data, files->len, self->closing,
                          selected_copy_cb, selection);
}

/* Save Redacted Copy */

static void
redacted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbSpool) copy = wb_redact_dialog_run_finish (result, NULL);
  g_autofree char *name = NULL;

  if (wb_window_is_closed (self) || copy == NULL)
    return;

  name = wb_document_dup_copy_name (self->document, "redacted");
  save_copy (self, copy, name);
}

static void
save_redacted_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_redact_dialog_run_async (GTK_WINDOW (self), wb_document_get_archive (self->document),
                              self->closing, redacted_cb, g_object_ref (self));
}

/* Save Encrypted Copy */

static void
encrypted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) copy = wb_encrypt_dialog_run_finish (result, &error);
  g_autofree char *name = NULL;

  if (wb_window_is_closed (self))
    return;

  if (copy != NULL)
    {
      name = wb_document_dup_copy_name (self->document, "encrypted");
      save_copy (self, copy, name);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      wb_window_show_message (self, error->message);
    }
}

static void
save_encrypted_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_encrypt_dialog_run_async (GTK_WINDOW (self), wb_document_get_archive (self->document),
                               self->closing, encrypted_cb, g_object_ref (self));
}

/* Copy as JSON */

static void
tell_copied (WbWindow         *self,
             const WbJsonCopy *copy)
{
  g_autoptr (GString) text = g_string_new ("");

  g_string_append_printf (text,
                          /* Translators: how many connections went to the clipboard. */
                          g_dngettext (GETTEXT_PACKAGE, "%'u connection copied.",
                                       "%'u connections copied.", copy->n_connections),
                          copy->n_connections);
  if (copy->n_secrets > 0)
    wb_append_sentence (text, _ ("Passwords are masked."));
  if (copy->n_left_out > 0)
    {
      g_autofree char *left_out =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      /* Translators: how many of the selected files were not
                                       * copied. */
                                      "%'u file was skipped: it is not a JSON connection.",
                                      "%'u files were skipped: they are not JSON connections.",
                                      copy->n_left_out),
                         copy->n_left_out);

      wb_append_sentence (text, left_out);
    }
  wb_window_show_message (self, text->str);
}

static void
json_copy_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbJsonCopy) copy = NULL;
  g_autoptr (GError) error = NULL;

  copy = wb_json_copy_finish (result, &error);
  if (wb_window_is_closed (self))
    return;

  if (copy == NULL)
    {
      wb_window_show_message (self, error->message);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), copy->text);
  tell_copied (self, copy);
}

static void
copy_json_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  WbWindow *self = user_data;
  g_autoptr (GArray) files = dup_selected_files (self);

  wb_json_copy_async (wb_document_get_archive (self->document), (const guint *) files->data,
                      files->len, self->closing, json_copy_cb, g_object_ref (self));
}

void
wb_window_add_copies (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "save-selected", save_selected_cb },
    { "save-redacted", save_redacted_cb },
    { "save-encrypted", save_encrypted_cb },
    { "copy-json", copy_json_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
