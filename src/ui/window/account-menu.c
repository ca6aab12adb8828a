/* account-menu.c: one account's workspaces as a section of a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/account-switcher-private.h"

#include "core/text.h"
#include "ui/widgets/workspace-label.h"

/* A menu is as wide as its longest item, so longer names are cut. */
#define MAX_CHARS 48

static char *
dup_cut (const char *text)
{
  g_autofree char *head = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARS)
    return g_strdup (text);

  head = g_utf8_substring (text, 0, MAX_CHARS - 1);

  return g_strconcat (head, "…", NULL);
}

/* An underscore marks the mnemonic character of an item, so those of a name are doubled. */
static char *
dup_item_label (WbWorkspace *workspace)
{
  g_autofree char *title = wb_workspace_dup_label (workspace);
  g_autofree char *cut = dup_cut (title);
  g_auto (GStrv) parts = g_strsplit (cut, "_", -1);

  return g_strjoinv ("__", parts);
}

/**
 * wb_account_menu_dup_workspaces:
 * @account: an account
 *
 * Returns: (transfer full): its workspaces; an account without any has the service's default one
 */
GListModel *
wb_account_menu_dup_workspaces (WbAccount *account)
{
  GListModel *workspaces;
  GListStore *fallback;
  g_autoptr (WbWorkspace) workspace = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);

  workspaces = wb_account_get_workspaces (account);
  if (g_list_model_get_n_items (workspaces) > 0)
    return g_object_ref (workspaces);

  workspace = wb_workspace_new ("", "");
  fallback = g_list_store_new (WB_TYPE_WORKSPACE);
  g_list_store_append (fallback, workspace);

  return G_LIST_MODEL (fallback);
}

/**
 * wb_account_menu_append:
 * @menu: a menu
 * @account: an account
 * @action: the action of an item; its target is the account's UUID and the workspace's ID, (ss)
 *
 * Adds a section with the account's name and an item for each of its workspaces.
 */
void
wb_account_menu_append (GMenu      *menu,
                        WbAccount  *account,
                        const char *action)
{
  g_autoptr (GListModel) workspaces = NULL;
  g_autoptr (GMenu) section = NULL;
  g_autofree char *marked = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (action != NULL);

  workspaces = wb_account_menu_dup_workspaces (account);
  section = g_menu_new ();
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      g_autofree char *item_label = dup_item_label (workspace);
      g_autoptr (GMenuItem) item = g_menu_item_new (item_label, NULL);

      g_menu_item_set_action_and_target (item, action, "(ss)",
                                         wb_account_get_uuid (account),
                                         wb_workspace_get_id (workspace));
      g_menu_append_item (section, item);
    }

  marked = wb_account_dup_label (account);
  name = wb_text_escape (marked, -1);
  label = dup_cut (name);
  g_menu_append_section (menu, label, G_MENU_MODEL (section));
}
