/* account-choice.c: the account and workspace that are chosen, while accounts come and go
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/account-switcher-private.h"

struct _WbAccountChoice
{
  GObject parent_instance;

  WbAccountStore *store;     /* (owned) (nullable) */
  WbAccount      *account;   /* (owned) (nullable) */
  WbWorkspace    *workspace; /* (owned) (nullable) */

  /* The last choice. It is kept while the account is not in the store, so that it comes back when
   * a removal is undone or a renamed account moves to its new place. */
  char *wanted_uuid;      /* (owned) (nullable) */
  char *wanted_workspace; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WbAccountChoice, wb_account_choice, G_TYPE_OBJECT)

enum
{
  PROP_ACCOUNT = 1,
  PROP_WORKSPACE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_ACCOUNTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The one with this ID, or the first. */
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

/* Sets both at once, so that no handler sees a workspace of another account. */
static void
set_current (WbAccountChoice *self,
             WbAccount       *account,
             WbWorkspace     *workspace)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (object, properties[PROP_ACCOUNT]);
  if (g_set_object (&self->workspace, workspace))
    g_object_notify_by_pspec (object, properties[PROP_WORKSPACE]);
  g_object_thaw_notify (object);
}

static WbAccount *
dup_stored (WbAccountChoice *self,
            const char      *uuid)
{
  WbAccount *account = self->store != NULL ? wb_account_store_find (self->store, uuid) : NULL;

  return account != NULL ? g_object_ref (account) : NULL;
}

/* Chooses from what the store now holds: the wanted account, the one shown until now, or the
 * first. */
static void
follow_store (WbAccountChoice *self)
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

  set_current (self, account, workspace);
  g_signal_emit (self, signals[SIGNAL_ACCOUNTS_CHANGED], 0);
}

static void
items_changed_cb (GListModel      *store,
                  guint            position,
                  guint            removed,
                  guint            added,
                  WbAccountChoice *self)
{
  follow_store (self);
}

static void
wb_account_choice_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  WbAccountChoice *self = WB_ACCOUNT_CHOICE (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_account_choice_dispose (GObject *object)
{
  WbAccountChoice *self = WB_ACCOUNT_CHOICE (object);

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, items_changed_cb, self);
  g_clear_object (&self->store);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (wb_account_choice_parent_class)->dispose (object);
}

static void
wb_account_choice_finalize (GObject *object)
{
  WbAccountChoice *self = WB_ACCOUNT_CHOICE (object);

  g_free (self->wanted_uuid);
  g_free (self->wanted_workspace);

  G_OBJECT_CLASS (wb_account_choice_parent_class)->finalize (object);
}

static void
wb_account_choice_class_init (WbAccountChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_account_choice_get_property;
  object_class->dispose = wb_account_choice_dispose;
  object_class->finalize = wb_account_choice_finalize;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, WB_TYPE_ACCOUNT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, WB_TYPE_WORKSPACE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * WbAccountChoice::accounts-changed:
   * @self: the choice
   *
   * The store, or its content, has changed, and the choice has been updated.
   */
  signals[SIGNAL_ACCOUNTS_CHANGED] =
    g_signal_new ("accounts-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
wb_account_choice_init (WbAccountChoice *self)
{
}

/**
 * wb_account_choice_new:
 *
 * Returns: (transfer full): a choice without a store, so without an account
 */
WbAccountChoice *
wb_account_choice_new (void)
{
  return g_object_new (WB_TYPE_ACCOUNT_CHOICE, NULL);
}

WbAccountStore *
wb_account_choice_get_store (WbAccountChoice *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_CHOICE (self), NULL);

  return self->store;
}

/**
 * wb_account_choice_set_store:
 * @self: the choice
 * @store: (nullable): the accounts to choose from
 *
 * Chooses the account and workspace that were used last, else the first.
 */
void
wb_account_choice_set_store (WbAccountChoice *self,
                             WbAccountStore  *store)
{
  g_return_if_fail (WB_IS_ACCOUNT_CHOICE (self));
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
}

WbAccount *
wb_account_choice_get_account (WbAccountChoice *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_CHOICE (self), NULL);

  return self->account;
}

/**
 * wb_account_choice_get_workspace:
 * @self: the choice
 *
 * Returns: (transfer none) (nullable): the chosen workspace; never %NULL while there is an account
 */
WbWorkspace *
wb_account_choice_get_workspace (WbAccountChoice *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_CHOICE (self), NULL);

  return self->workspace;
}

/**
 * wb_account_choice_select:
 * @self: the choice
 * @uuid: an account of the store
 * @workspace_id: (nullable): one of its workspaces; %NULL for its first
 *
 * The choice is remembered for the next start. Does nothing when the store has no such account.
 */
void
wb_account_choice_select (WbAccountChoice *self,
                          const char      *uuid,
                          const char      *workspace_id)
{
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WB_IS_ACCOUNT_CHOICE (self));
  g_return_if_fail (uuid != NULL);

  account = dup_stored (self, uuid);
  if (account == NULL)
    return;

  workspace = dup_workspace (account, workspace_id);
  g_free (self->wanted_uuid);
  self->wanted_uuid = g_strdup (uuid);
  g_free (self->wanted_workspace);
  self->wanted_workspace = g_strdup (wb_workspace_get_id (workspace));
  set_current (self, account, workspace);
  /* A convenience: that it cannot be written is no failure. */
  if (!wb_account_store_set_last_used (self->store, account, wb_workspace_get_id (workspace),
                                       &error))
    g_debug ("Last used account not kept: %s", error->message);
}
