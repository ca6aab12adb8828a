/* window-open.c: how files come to a window: dropped on it, or from the recent ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window-private.h"

#include "ui/recent-files.h"

/* In the menu: below Open. */
#define RECENT_POSITION 2

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    wb_window_open_beside (user_data, l->data);
  g_slist_free (files);

  return TRUE;
}

static void
open_recent_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  wb_window_open_beside (user_data, file);
}

static void
recent_changed_cb (WbWindow *self)
{
  wb_recent_files_update_menu (self->file_menu, RECENT_POSITION);
}

/**
 * wb_window_add_open:
 * @self: a window that is being made, with its widgets
 *
 * Takes files that are dropped, and offers the recent ones.
 */
void
wb_window_add_open (WbWindow *self)
{
  static const GActionEntry actions[] = {
    { "open-recent", open_recent_cb, "s" },
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
 * wb_window_open_beside:
 * @self: a window
 * @file: a ZIP to preview
 *
 * Opens it here if there is nothing yet, and else in a window of its own.
 */
void
wb_window_open_beside (WbWindow *self,
                       GFile    *file)
{
  WbWindow *window = self;

  if (!wb_window_is_empty (self))
    window = wb_window_new (self->application);
  gtk_window_present (GTK_WINDOW (window));
  wb_window_open_file (window, file);
}
