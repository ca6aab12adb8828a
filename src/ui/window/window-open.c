/* window-open.c: opens files that the user chooses, drops, or picks from the recent ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/document/document-open.h"
#include "ui/widgets/file-dialog.h"
#include "ui/document/recent-files.h"
#include "ui/document/zip-password-dialog.h"

/* In the menu, below Open. */
#define RECENT_POSITION 2

typedef struct
{
  WbWindow   *window; /* (owned) */
  WbDocument *locked; /* (owned) */
} Unlocking;

static void
unlocking_free (Unlocking *unlocking)
{
  g_object_unref (unlocking->window);
  g_object_unref (unlocking->locked);
  g_free (unlocking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Unlocking, unlocking_free)

/* Opens it here if this window is empty, otherwise in a new window. */
static void
open_here_or_beside (WbWindow *self,
                     GFile    *file)
{
  GtkApplication  *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *hint = g_strdup_printf (
    "%u", gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));

  g_application_open (G_APPLICATION (application), &file, 1, hint);
}

/* Another document may have come in the meantime, or be saved: the window's actions are on the bus,
 * too. */
static void
unlock_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Unlocking) unlocking = user_data;
  g_autoptr (WbArchive) archive = wb_unlock_dialog_run_finish (result, NULL);
  g_autoptr (WbDocument) document = NULL;
  WbWindow *self = unlocking->window;

  if (wb_window_is_closed (self) || archive == NULL || self->saving
      || self->document != unlocking->locked)
    return;

  document = wb_document_new_unlocked (self->document, archive);
  wb_window_set_document (self, document);
  wb_window_update_actions (self);
}

/* What is shown without the password stays there if nobody knows it. */
static void
unlock_action_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  WbWindow  *self = user_data;
  Unlocking *unlocking = g_new0 (Unlocking, 1);

  unlocking->window = g_object_ref (self);
  unlocking->locked = g_object_ref (self->document);
  wb_unlock_dialog_run_async (GTK_WINDOW (self), wb_document_get_archive (self->document),
                              self->closing, unlock_cb, unlocking);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (WbDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  document = wb_document_open_finish (result, &error);
  g_clear_object (&self->cancellable);
  wb_progress_bar_set_progress (self->opening_bar, NULL);
  if (wb_window_is_closed (self))
    return;

  if (document != NULL)
    {
      wb_window_set_document (self, document);
      wb_window_show_page (self, "preview");
      wb_recent_files_add (G_FILE (source));
      /* Only where there is something to unlock. */
      gtk_widget_activate_action (GTK_WIDGET (self), "win.unlock", NULL);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      wb_window_show_page (self, wb_window_get_home_page (self));
    }
  else
    {
      wb_error_page_show_open_error (self->error_page, error, G_FILE (source));
      wb_window_show_page (self, "error");
    }
}

static void
open_dialog_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GFile) file = wb_file_dialog_open_finish (result, NULL);

  if (!wb_window_is_closed (self) && file != NULL)
    open_here_or_beside (self, file);
}

static void
open_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  WbWindow *self = user_data;

  wb_file_dialog_open_async (GTK_WINDOW (self), WB_FILE_ZIP, self->closing, open_dialog_cb,
                             g_object_ref (self));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    open_here_or_beside (user_data, l->data);
  g_slist_free (files);

  return TRUE;
}

static void
open_recent_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_here_or_beside (user_data, file);
}

static void
recent_changed_cb (WbWindow *self)
{
  wb_recent_files_update_menu (self->file_menu, RECENT_POSITION);
}

void
wb_window_add_open (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "open", open_action_cb },
    { "open-recent", open_recent_cb, "s" },
    { "unlock", unlock_action_cb },
  };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (adw_application_window_get_content (ADW_APPLICATION_WINDOW (self)),
                             GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (recent_changed_cb), self, G_CONNECT_SWAPPED);
  recent_changed_cb (self);
}

/**
 * wb_window_open_file:
 * @self: an empty window
 * @file: a ZIP to preview
 */
void
wb_window_open_file (WbWindow *self,
                     GFile    *file)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (wb_window_is_empty (self));

  name = g_file_get_basename (file);
  self->cancellable = G_CANCELLABLE (wb_progress_new ());
  wb_progress_bar_set_progress (self->opening_bar, WB_PROGRESS (self->cancellable));
  wb_window_set_task (self, name != NULL ? name : "", NULL);
  /* Translators: a file's name. */
  text = g_strdup_printf (_ ("Opening “%s”…"), self->task);
  gtk_label_set_text (self->opening, text);
  wb_document_open_async (file, TRUE, self->cancellable, open_cb, g_object_ref (self));
  wb_window_show_page (self, "opening");
}
