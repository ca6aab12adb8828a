/* window-save.c: Save As, and Show in Files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/document/save-dialog.h"
#include "ui/document/show-in-files.h"

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;

  wb_window_end_saving (self);
  if (wb_window_is_closed (self) || !wb_save_dialog_save_finish (result, NULL))
    return;

  wb_window_show_saved_export (self);
  if (self->close_requested)
    gtk_window_close (GTK_WINDOW (self));
}

static void
save (WbWindow *self,
      GFile    *target)
{
  if (self->document == NULL || self->saving)
    return;

  wb_window_begin_saving (self, _ ("An export is being saved"));
  wb_save_dialog_save_async (GTK_WINDOW (self), self->document,
                             wb_context_get_settings (self->context), target, self->closing,
                             save_cb, g_object_ref (self));
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  save (user_data, NULL);
}

static void
show_in_files_finish_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_show_in_files_finish (result, &error) && !wb_window_is_closed (self))
    wb_window_show_message (self, error->message);
}

/* Shows an error as a toast. */
static void
show_in_files (WbWindow *self,
               GFile    *file)
{
  wb_show_in_files_async (file, self->closing, show_in_files_finish_cb, g_object_ref (self));
}

static void
show_in_files_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow *self = user_data;

  show_in_files (self, wb_document_get_file (self->document));
}

static void
show_saved_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  show_in_files (user_data, file);
}

void
wb_window_add_save (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "save-as", save_as_cb },
    { "show-in-files", show_in_files_cb },
    { "show-saved", show_saved_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * wb_window_save_to:
 * @self: a window with a preview
 * @target: the file to write, or to replace
 */
void
wb_window_save_to (WbWindow *self,
                   GFile    *target)
{
  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (self->document != NULL && !self->saving);
  g_return_if_fail (G_IS_FILE (target));

  save (self, target);
}
