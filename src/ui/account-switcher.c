/* account-switcher.c: the header bar's menu of accounts and their workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/account-switcher.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/account-menu.h"

struct _WbAccountSwitcher
{
  GtkWidget parent_instance;

  WbAccountStore *store;     /* (owned) (nullable) */
  WbAccount      *account;   /* (owned) (nullable) */
  WbWorkspace    *workspace; /* (owned) (nullable) */

  /* What was chosen last. It outlives the account's absence from the store, so that the choice
   * comes back when a removal is undone or a renamed account moves to its new place. */
  char *wanted_uuid;      /* (owned) (nullable) */
  char *wanted_workspace; /* (owned) (nullable) */

  GMenu         *accounts_menu; /* (owned) */
  GSimpleAction *action;        /* (owned) */

  GtkMenuButton *button;
  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (WbAccountSwitcher, wb_account_switcher, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_ACCOUNT,
  PROP_WORKSPACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The one with this ID, else the first. */
static WbWorkspace *
dup_workspace (WbAccount  *account,
               const char *id)
{
  g_autoptr (GListModel) workspaces = wb_account_menu_dup_workspaces (account);

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (g_str_equal (wb_workspace_get_id (workspace), id))
        return g_steal_pointer (&workspace);
    }

  return g_list_model_get_item (workspaces, 0);
}

static void
update_label (WbAccountSwitcher *self)
{
  g_autofree char *name = NULL;
  g_autofree char *workspace = NULL;
  g_autofree char *text = NULL;
  g_autofree char *accessible = NULL;

  if (self->account == NULL)
    {
      gtk_label_set_label (self->label, _ ("No Account"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("No Account"),
                                      -1);
      return;
    }

  name = wb_text_escape (wb_account_get (self->account, WB_ACCOUNT_NAME), -1);
  workspace = wb_account_menu_dup_title (self->workspace);
  /* Translators: an account's name and a workspace's name */
  text = g_strdup_printf (_ ("%s · %s"), name, workspace);
  /* Translators: an account's name and a workspace's name */
  accessible = g_strdup_printf (_ ("Account %s, workspace %s"), name, workspace);

  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
}

static void
update_state (WbAccountSwitcher *self)
{
  const char *uuid = "";
  const char *id = "";

  if (self->account != NULL)
    {
      uuid = wb_account_get_uuid (self->account);
      id = wb_workspace_get_id (self->workspace);
    }

  g_simple_action_set_state (self->action, g_variant_new ("(ss)", uuid, id));
}

/* Takes both at once, so that nobody sees a workspace of another account. */
static void
set_current (WbAccountSwitcher *self,
             WbAccount         *account,
             WbWorkspace       *workspace)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (object, properties[PROP_ACCOUNT]);
  if (g_set_object (&self->workspace, workspace))
    g_object_notify_by_pspec (object, properties[PROP_WORKSPACE]);
  update_label (self);
  update_state (self);
  g_object_thaw_notify (object);
}

static void
choose (WbAccountSwitcher *self,
        WbAccount         *account,
        WbWorkspace       *workspace)
{
  g_free (self->wanted_uuid);
  self->wanted_uuid = account != NULL ? g_strdup (wb_account_get_uuid (account)) : NULL;
  g_free (self->wanted_workspace);
  self->wanted_workspace = workspace != NULL ? g_strdup (wb_workspace_get_id (workspace)) : NULL;

  set_current (self, account, workspace);
}

static void
update_menu (WbAccountSwitcher *self)
{
  guint n_accounts = 0;

  if (self->store != NULL)
    n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  g_menu_remove_all (self->accounts_menu);
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      wb_account_menu_append (self->accounts_menu, account, "switcher.select");
    }
}

static WbAccount *
dup_stored (WbAccountSwitcher *self,
            const char        *uuid)
{
  WbAccount *account = self->store != NULL ? wb_account_store_find (self->store, uuid) : NULL;

  return account != NULL ? g_object_ref (account) : NULL;
}

/* What the store holds now counts: the wanted account, else the one shown until now, else the
 * first. */
static void
follow_store (WbAccountSwitcher *self)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;
  const char *id = NULL;

  if (self->wanted_uuid != NULL)
    {
      account = dup_stored (self, self->wanted_uuid);
      id = self->wanted_workspace;
    }
  if (account == NULL && self->account != NULL)
    {
      account = dup_stored (self, wb_account_get_uuid (self->account));
      id = wb_workspace_get_id (self->workspace);
    }
  if (account == NULL && self->store != NULL)
    {
      account = g_list_model_get_item (G_LIST_MODEL (self->store), 0);
      id = NULL;
    }
  if (account != NULL)
    workspace = dup_workspace (account, id);

  update_menu (self);
  set_current (self, account, workspace);
}

static void
items_changed_cb (GListModel        *store,
                  guint              position,
                  guint              removed,
                  guint              added,
                  WbAccountSwitcher *self)
{
  follow_store (self);
}

static void
select_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *uuid;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &uuid, &id);
  wb_account_switcher_select (WB_ACCOUNT_SWITCHER (user_data), uuid, id);
}

static void
make_menu (WbAccountSwitcher *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) manage = g_menu_new ();

  self->action = g_simple_action_new_stateful ("select", G_VARIANT_TYPE ("(ss)"),
                                               g_variant_new ("(ss)", "", ""));
  g_signal_connect_object (self->action, "activate", G_CALLBACK (select_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "switcher", G_ACTION_GROUP (group));

  self->accounts_menu = g_menu_new ();
  g_menu_append (manage, _ ("_Add Account…"), "win.add-account");
  g_menu_append (manage, _ ("_Manage Accounts…"), "win.manage-accounts");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->accounts_menu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (manage));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

static void
wb_account_switcher_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  WbAccountSwitcher *self = WB_ACCOUNT_SWITCHER (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_account_switcher_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  WbAccountSwitcher *self = WB_ACCOUNT_SWITCHER (object);

  switch (prop_id)
    {
    case PROP_STORE:
      wb_account_switcher_set_store (self, g_value_get_object (value));
      break;
    case PROP_ACCOUNT:
      wb_account_switcher_set_account (self, g_value_get_object (value));
      break;
    case PROP_WORKSPACE:
      wb_account_switcher_set_workspace (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_account_switcher_dispose (GObject *object)
{
  WbAccountSwitcher *self = WB_ACCOUNT_SWITCHER (object);

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, items_changed_cb, self);
  g_clear_object (&self->store);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);
  g_clear_object (&self->accounts_menu);
  g_clear_object (&self->action);
  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_account_switcher_parent_class)->dispose (object);
}

static void
wb_account_switcher_finalize (GObject *object)
{
  WbAccountSwitcher *self = WB_ACCOUNT_SWITCHER (object);

  g_free (self->wanted_uuid);
  g_free (self->wanted_workspace);

  G_OBJECT_CLASS (wb_account_switcher_parent_class)->finalize (object);
}

static void
wb_account_switcher_class_init (WbAccountSwitcherClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_account_switcher_get_property;
  object_class->set_property = wb_account_switcher_set_property;
  object_class->dispose = wb_account_switcher_dispose;
  object_class->finalize = wb_account_switcher_finalize;

  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, WB_TYPE_ACCOUNT_STORE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, WB_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, WB_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/account-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_account_switcher_init (WbAccountSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_menu (self);
  update_label (self);
}

/**
 * wb_account_switcher_new:
 * @store: (nullable): the accounts to choose from
 *
 * Returns: (transfer floating): a menu button that shows the account that was used last
 */
GtkWidget *
wb_account_switcher_new (WbAccountStore *store)
{
  g_return_val_if_fail (store == NULL || WB_IS_ACCOUNT_STORE (store), NULL);

  return g_object_new (WB_TYPE_ACCOUNT_SWITCHER, "store", store, NULL);
}

/**
 * wb_account_switcher_get_store:
 * @self: the switcher
 *
 * Returns: (transfer none) (nullable): the accounts to choose from
 */
WbAccountStore *
wb_account_switcher_get_store (WbAccountSwitcher *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_SWITCHER (self), NULL);

  return self->store;
}

/**
 * wb_account_switcher_set_store:
 * @self: the switcher
 * @store: (nullable): the accounts to choose from
 *
 * Chooses the account and workspace that were used last, else the first.
 */
void
wb_account_switcher_set_store (WbAccountSwitcher *self,
                               WbAccountStore    *store)
{
  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (store == NULL || WB_IS_ACCOUNT_STORE (store));

  if (self->store == store)
    return;

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, items_changed_cb, self);
  g_set_object (&self->store, store);
  g_clear_pointer (&self->wanted_uuid, g_free);
  g_clear_pointer (&self->wanted_workspace, g_free);

  if (store != NULL)
    {
      const char *workspace_id = NULL;
      WbAccount  *account = wb_account_store_get_last_used (store, &workspace_id);

      if (account != NULL)
        {
          self->wanted_uuid = g_strdup (wb_account_get_uuid (account));
          self->wanted_workspace = g_strdup (workspace_id);
        }
      g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), self);
    }

  follow_store (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

/**
 * wb_account_switcher_get_account:
 * @self: the switcher
 *
 * Returns: (transfer none) (nullable): the chosen account, as the store has it now
 */
WbAccount *
wb_account_switcher_get_account (WbAccountSwitcher *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_SWITCHER (self), NULL);

  return self->account;
}

/**
 * wb_account_switcher_set_account:
 * @self: the switcher
 * @account: (nullable): the account to show
 *
 * Keeps the workspace if @account has one with the same UUID and workspace ID, else takes its
 * first.
 */
void
wb_account_switcher_set_account (WbAccountSwitcher *self,
                                 WbAccount         *account)
{
  g_autoptr (WbWorkspace) workspace = NULL;
  const char *id = NULL;

  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (account == NULL || WB_IS_ACCOUNT (account));

  if (self->account == account)
    return;

  if (account != NULL && self->account != NULL
      && g_str_equal (wb_account_get_uuid (account), wb_account_get_uuid (self->account)))
    id = wb_workspace_get_id (self->workspace);
  if (account != NULL)
    workspace = dup_workspace (account, id);

  choose (self, account, workspace);
}

/**
 * wb_account_switcher_get_workspace:
 * @self: the switcher
 *
 * Returns: (transfer none) (nullable): the chosen workspace; never %NULL while there is an account
 */
WbWorkspace *
wb_account_switcher_get_workspace (WbAccountSwitcher *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_SWITCHER (self), NULL);

  return self->workspace;
}

/**
 * wb_account_switcher_set_workspace:
 * @self: the switcher
 * @workspace: (nullable): one of the account's workspaces; %NULL for its first
 *
 * Does nothing while there is no account.
 */
void
wb_account_switcher_set_workspace (WbAccountSwitcher *self,
                                   WbWorkspace       *workspace)
{
  g_autoptr (WbWorkspace) found = NULL;
  g_autoptr (WbAccount) account = NULL;

  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (workspace == NULL || WB_IS_WORKSPACE (workspace));

  if (self->account == NULL || (workspace != NULL && self->workspace == workspace))
    return;

  account = g_object_ref (self->account);
  found = dup_workspace (account, workspace != NULL ? wb_workspace_get_id (workspace) : NULL);
  choose (self, account, found);
}

/**
 * wb_account_switcher_select:
 * @self: the switcher
 * @uuid: an account of the store
 * @workspace_id: (nullable): one of its workspaces; %NULL for its first
 *
 * Does nothing when the store has no such account.
 */
void
wb_account_switcher_select (WbAccountSwitcher *self,
                            const char        *uuid,
                            const char        *workspace_id)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;

  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (uuid != NULL);

  account = dup_stored (self, uuid);
  if (account == NULL)
    return;

  workspace = dup_workspace (account, workspace_id);
  choose (self, account, workspace);
}
