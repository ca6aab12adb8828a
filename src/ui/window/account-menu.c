/* account-menu.c: the accounts and their workspaces as rows of a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/account-switcher-private.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/mark-label.h"
#include "ui/widgets/workspace-label.h"

/* A menu is as wide as its longest row, and is to fit a phone, so longer names are cut. */
#define MAX_CHARS 28

/* What a row does, with its target; of a workspace also the account. */
#define ACTION_KEY "action"
#define TARGET_KEY "target"
#define ACCOUNT_KEY "account"
#define CHECK_KEY "check"

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);

  return label;
}

/* The account's mark and name. */
static GtkWidget *
create_heading (WbAccount *account)
{
  g_autofree char *name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *mark = gtk_label_new (NULL);
  GtkWidget       *label = create_label (name);

  gtk_label_set_ellipsize (GTK_LABEL (mark), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (mark), MAX_CHARS / 2);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  wb_mark_label_set_account (GTK_LABEL (mark), account);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_tooltip_text (label, name);
  gtk_widget_add_css_class (box, "list-heading");
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static void
update_header_cb (GtkListBoxRow *row,
                  GtkListBoxRow *before,
                  gpointer       user_data)
{
  WbAccount *account = g_object_get_data (G_OBJECT (row), ACCOUNT_KEY);
  WbAccount *last = before != NULL ? g_object_get_data (G_OBJECT (before), ACCOUNT_KEY) : NULL;

  if (account == last)
    gtk_list_box_row_set_header (row, NULL);
  else if (account != NULL)
    gtk_list_box_row_set_header (row, create_heading (account));
  else
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}

/* The heading is made when the row is added, of its account. */
static GtkWidget *
add_row (GtkListBox *list,
         GtkWidget  *child,
         WbAccount  *account,
         const char *action,
         GVariant   *target)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", child, "accessible-role",
                                 target != NULL ? GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO
                                                : GTK_ACCESSIBLE_ROLE_MENU_ITEM,
                                 NULL);

  g_object_set_data (G_OBJECT (row), ACTION_KEY, (gpointer) action);
  if (target != NULL)
    g_object_set_data_full (G_OBJECT (row), TARGET_KEY, g_variant_ref_sink (target),
                            (GDestroyNotify) g_variant_unref);
  if (account != NULL)
    g_object_set_data_full (G_OBJECT (row), ACCOUNT_KEY, g_object_ref (account), g_object_unref);
  gtk_list_box_append (list, row);

  return row;
}

/* Many accounts have a workspace "default", so a screen reader says both. */
static void
add_workspace (GtkListBox  *list,
               WbAccount   *account,
               WbWorkspace *workspace)
{
  g_autofree char *title = wb_workspace_dup_label (workspace);
  g_autofree char *marked = wb_account_dup_label (account);
  g_autofree char *name = wb_text_escape (marked, -1);
  /* Translators: what a screen reader says of a row: a workspace's name and its account's name. */
  g_autofree char *accessible = g_strdup_printf (_ ("%s, %s"), title, name);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget       *row;

  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), create_label (title));
  row = add_row (list, box, account, "switcher.select",
                 g_variant_new ("(ss)", wb_account_get_uuid (account),
                                wb_workspace_get_id (workspace)));
  g_object_set_data (G_OBJECT (row), CHECK_KEY, check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
}

static void
add_command (GtkListBox *list,
             const char *title,
             const char *action)
{
  GtkWidget *label = create_label (NULL);
  GtkWidget *row;

  gtk_label_set_text_with_mnemonic (GTK_LABEL (label), title);
  row = add_row (list, label, NULL, action, NULL);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
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
 * wb_account_menu_fill:
 * @list: an empty list, or one that this has filled
 * @store: (nullable): the accounts
 *
 * Lists the workspaces of each account under its mark and name, and the ways to others.
 */
void
wb_account_menu_fill (GtkListBox     *list,
                      WbAccountStore *store)
{
  GtkListBoxRow *row;
  guint          n_accounts = 0;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (store == NULL || WB_IS_ACCOUNT_STORE (store));

  if (store != NULL)
    n_accounts = g_list_model_get_n_items (G_LIST_MODEL (store));

  gtk_list_box_set_header_func (list, update_header_cb, NULL, NULL);
  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autoptr (GListModel) workspaces = wb_account_menu_dup_workspaces (account);

      for (guint j = 0; j < g_list_model_get_n_items (workspaces); j++)
        {
          g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, j);

          add_workspace (list, account, workspace);
        }
    }
  add_command (list, _ ("_Add Account…"), "win.add-account");
  add_command (list, _ ("_Manage Accounts…"), "win.manage-accounts");
}

/**
 * wb_account_menu_check:
 * @list: a list that was filled
 * @chosen: the target of the row that is chosen now, (ss)
 *
 * Shows which one it is.
 */
void
wb_account_menu_check (GtkListBox *list,
                       GVariant   *chosen)
{
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (chosen != NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      GVariant  *target = g_object_get_data (G_OBJECT (row), TARGET_KEY);
      GtkWidget *check = g_object_get_data (G_OBJECT (row), CHECK_KEY);
      gboolean   is_chosen = target != NULL && g_variant_equal (target, chosen);

      if (check == NULL)
        continue;
      /* It keeps its place. */
      gtk_widget_set_opacity (check, is_chosen ? 1 : 0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                                   is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                             : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
    }
}

/**
 * wb_account_menu_activate:
 * @row: a row of the list
 *
 * Does what it says.
 */
void
wb_account_menu_activate (GtkListBoxRow *row)
{
  const char *action = g_object_get_data (G_OBJECT (row), ACTION_KEY);
  GVariant   *target = g_object_get_data (G_OBJECT (row), TARGET_KEY);

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  gtk_widget_activate_action_variant (GTK_WIDGET (row), action, target);
}
