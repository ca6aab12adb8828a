/* entry-actions.c: the actions on the one entry that is selected in a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/copying.h"

#define GROUP_KEY "waybill-entry-actions"

static WbEntry *
dup_selected (GtkWidget *view)
{
  WbEntry *entry;

  g_object_get (view, "selected", &entry, NULL);

  return entry;
}

/* Only what is shown anyway: none of these can be a secret. */
static void
copy_name_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (WbEntry) entry = dup_selected (user_data);

  if (entry != NULL)
    wb_copy_text (user_data, wb_entry_get_name (entry), _ ("Name"));
}

static void
copy_path_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (WbEntry) entry = dup_selected (user_data);
  g_autofree char *path = NULL;

  if (entry == NULL)
    return;

  path = wb_archive_dup_path (wb_entry_get_archive (entry), wb_entry_get_node (entry));
  wb_copy_text (user_data, path, _ ("Path"));
}

static void
copy_address_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  g_autoptr (WbEntry) entry = dup_selected (user_data);

  if (entry != NULL)
    wb_copy_text (user_data, wb_entry_get_text (entry, WB_DIGEST_ADDRESS), _ ("Address"));
}

static void
selected_cb (GtkWidget *view)
{
  g_autoptr (WbEntry) entry = dup_selected (view);
  GActionMap *group = g_object_get_data (G_OBJECT (view), GROUP_KEY);
  const struct
  {
    const char *name;
    gboolean    enabled;
  } actions[] = {
    { "copy-name", entry != NULL },
    { "copy-path", entry != NULL && wb_entry_get_kind (entry) != WB_NODE_ROOT },
    { "copy-address", entry != NULL && *wb_entry_get_text (entry, WB_DIGEST_ADDRESS) != '\0' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (group, actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), actions[i].enabled);
    }
}

/**
 * wb_entry_actions_add:
 * @view: a tree, which has a property `selected`: the one #WbEntry that is selected
 *
 * The actions are `entry.copy-name`, `entry.copy-path` and `entry.copy-address`.
 */
void
wb_entry_actions_add (GtkWidget *view)
{
  static const GActionEntry actions[] = {
    { "copy-name", copy_name_cb },
    { "copy-path", copy_path_cb },
    { "copy-address", copy_address_cb },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), view);
  gtk_widget_insert_action_group (view, "entry", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (view), GROUP_KEY, group, g_object_unref);
  g_signal_connect (view, "notify::selected", G_CALLBACK (selected_cb), NULL);
  selected_cb (view);
}
