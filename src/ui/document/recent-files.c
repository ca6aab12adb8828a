/* recent-files.c: the ZIP files that were opened or saved recently, as a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/recent-files.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"

#define MAX_FILES 10

#define PROGRAM "Waybill"

/* The most recent first. */
static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, PROGRAM)
         && (!gtk_recent_info_is_local (info) || gtk_recent_info_exists (info));
}

/* Exports have the same name, so the label has the folder's name, too. */
static char *
dup_label (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folder_name = folder != NULL ? g_file_get_basename (folder) : NULL;
  g_autofree char *text = g_strdup_printf ("%s – %s", name, folder_name);
  g_autofree char *shown = wb_text_escape (folder_name != NULL ? text : name, -1);
  g_auto (GStrv) parts = g_strsplit (shown, "_", -1);

  /* One underscore would be a mnemonic. */
  return g_strjoinv ("__", parts);
}

/**
 * wb_recent_files_add:
 * @file: a ZIP that was opened or saved
 *
 * Other programs, such as the file manager, see it too, unless the desktop's privacy settings,
 * which GTK follows, turn that off. A sandbox has its own list.
 */
void
wb_recent_files_add (GFile *file)
{
  g_autofree char *uri = NULL;
  GtkRecentData    data = {
       .mime_type = (char *) "application/zip",
       .app_name = (char *) PROGRAM,
       .app_exec = (char *) "waybill %u",
  };

  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/**
 * wb_recent_files_update_menu:
 * @menu: the menu that offers them
 * @position: the submenu's position in @menu
 *
 * Puts a submenu of the files that still exist into @menu, and replaces the one from an earlier
 * call. Without files there is no submenu. Its items have the action `win.open-recent`.
 */
void
wb_recent_files_update_menu (GMenu *menu,
                             int    position)
{
  GList *infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenuModel) before = NULL;

  g_return_if_fail (G_IS_MENU (menu));

  infos = g_list_sort (infos, compare_times);
  for (GList *l = infos; l != NULL && g_menu_model_get_n_items (G_MENU_MODEL (files)) < MAX_FILES;
       l = l->next)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (l->data));
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *label = NULL;

      if (!is_ours (l->data))
        continue;
      label = dup_label (file);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                         gtk_recent_info_get_uri (l->data));
      g_menu_append_item (files, item);
    }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);

  before = g_menu_model_get_item_link (G_MENU_MODEL (menu), position, G_MENU_LINK_SUBMENU);
  if (before != NULL)
    g_menu_remove (menu, position);
  if (g_menu_model_get_n_items (G_MENU_MODEL (files)) > 0)
    g_menu_insert_submenu (menu, position, _ ("Open _Recent"), G_MENU_MODEL (files));
}
