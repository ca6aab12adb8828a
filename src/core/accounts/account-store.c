/* account-store.c: all accounts, kept in a key file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store.h"

#include "core/accounts/account-store-private.h"
#include "core/accounts/ca-file.h"

static void wb_account_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbAccountStore, wb_account_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wb_account_store_list_model_init))

static GType
wb_account_store_get_item_type (GListModel *model)
{
  return WB_TYPE_ACCOUNT;
}

static guint
wb_account_store_get_n_items (GListModel *model)
{
  return WB_ACCOUNT_STORE (model)->accounts->len;
}

static gpointer
wb_account_store_get_item (GListModel *model,
                           guint       position)
{
  WbAccountStore *self = WB_ACCOUNT_STORE (model);

  if (position >= self->accounts->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->accounts, position));
}

static void
wb_account_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_account_store_get_item_type;
  iface->get_n_items = wb_account_store_get_n_items;
  iface->get_item = wb_account_store_get_item;
}

static WbAccount *
find_in (GPtrArray  *accounts,
         const char *uuid)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      WbAccount *account = g_ptr_array_index (accounts, i);

      if (g_strcmp0 (wb_account_get_uuid (account), uuid) == 0)
        return account;
    }

  return NULL;
}

static void
wb_account_store_finalize (GObject *object)
{
  WbAccountStore *self = WB_ACCOUNT_STORE (object);

  g_free (self->path);
  g_ptr_array_unref (self->accounts);
  g_free (self->last_uuid);
  g_free (self->last_workspace);

  G_OBJECT_CLASS (wb_account_store_parent_class)->finalize (object);
}

static void
wb_account_store_class_init (WbAccountStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_account_store_finalize;
}

static void
wb_account_store_init (WbAccountStore *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wb_account_store_take_list:
 * @self: a store
 * @accounts: (transfer full) (element-type WbAccount): the accounts
 *
 * Makes @accounts the list, and reports only what changed.
 */
void
wb_account_store_take_list (WbAccountStore *self,
                            GPtrArray      *accounts)
{
  g_autoptr (GPtrArray) old = self->accounts;
  guint start = 0;
  guint end = 0;

  /* An account that did not change stays the same object. */
  for (guint i = 0; i < accounts->len; i++)
    {
      WbAccount *account = g_ptr_array_index (accounts, i);
      WbAccount *known = find_in (old, wb_account_get_uuid (account));

      if (known != NULL && known != account && wb_account_equal (known, account))
        {
          g_ptr_array_index (accounts, i) = g_object_ref (known);
          g_object_unref (account);
        }
    }
  g_ptr_array_sort (accounts, wb_account_names_compare);
  self->accounts = accounts;

  while (start < MIN (old->len, accounts->len)
         && g_ptr_array_index (old, start) == g_ptr_array_index (accounts, start))
    start++;
  while (end < MIN (old->len, accounts->len) - start
         && g_ptr_array_index (old, old->len - 1 - end)
              == g_ptr_array_index (accounts, accounts->len - 1 - end))
    end++;

  if (start + end < MAX (old->len, accounts->len))
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                accounts->len - start - end);
}

/**
 * wb_account_store_take_file:
 * @self: a store
 * @file: what is stored
 * @account: (nullable): an account to keep as this object, rather than to create it from @file
 *
 * Fills the list with the accounts in @file and the transient ones.
 */
void
wb_account_store_take_file (WbAccountStore *self,
                            GKeyFile       *file,
                            WbAccount      *account)
{
  GPtrArray *accounts = wb_account_file_list (file);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      WbAccount *known = g_ptr_array_index (self->accounts, i);

      if (wb_account_get_transient (known)
          && find_in (accounts, wb_account_get_uuid (known)) == NULL)
        g_ptr_array_add (accounts, g_object_ref (known));
    }

  for (guint i = 0; account != NULL && i < accounts->len; i++)
    {
      WbAccount *stored = g_ptr_array_index (accounts, i);

      if (wb_account_equal (stored, account))
        {
          g_ptr_array_index (accounts, i) = g_object_ref (account);
          g_object_unref (stored);
        }
    }

  g_clear_pointer (&self->last_uuid, g_free);
  g_clear_pointer (&self->last_workspace, g_free);
  wb_account_file_get_last_used (file, &self->last_uuid, &self->last_workspace);

  wb_account_store_take_list (self, accounts);
}

char *
wb_account_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "waybill", "accounts.ini", NULL);
}

/* The file need not be there yet; the store is empty until wb_account_store_load(). */
WbAccountStore *
wb_account_store_new (const char *path)
{
  WbAccountStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_ACCOUNT_STORE, NULL);
  self->path = g_strdup (path);

  return self;
}

/**
 * wb_account_store_load:
 * @self: a store
 * @error: (out) (optional): an error of GIO, or %WB_ERROR_LOCAL_FILE for a file that is damaged
 *
 * Reads the file. A missing file is not an error. After an error the store is as it was and can
 * be used all the same: a damaged file is kept aside by the next save.
 *
 * Returns: %TRUE if the store has what the file has
 */
gboolean
wb_account_store_load (WbAccountStore *self,
                       GError        **error)
{
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), FALSE);

  file = wb_key_file_read (self->path, NULL, error);
  if (file == NULL)
    return FALSE;

  wb_account_store_take_file (self, file, NULL);

  return TRUE;
}

/**
 * wb_account_store_drop_ca_file:
 * @self: a store
 * @path: (type filename): what an account named, maybe empty
 *
 * Removes the copy of a CA file that no account names any more. To be called when an account that
 * was removed cannot come back.
 */
void
wb_account_store_drop_ca_file (WbAccountStore *self,
                               const char     *path)
{
  g_return_if_fail (WB_IS_ACCOUNT_STORE (self));
  g_return_if_fail (path != NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      WbAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (wb_account_get (account, WB_ACCOUNT_CA_FILE), path))
        return;
    }

  if (*path != '\0')
    wb_ca_file_drop (path);
}

/**
 * wb_account_store_validate_name:
 * @self: a store
 * @name: a name for an account
 * @except_uuid: (nullable): the UUID of the account it is for
 *
 * Names that differ only in case, or in the spaces around them, count as the same.
 *
 * Returns: (transfer full) (nullable): %NULL if the name is free, else the reason as a translated
 *   sentence
 */
char *
wb_account_store_validate_name (WbAccountStore *self,
                                const char     *name,
                                const char     *except_uuid)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return wb_account_names_validate (self->accounts, name, except_uuid);
}

/**
 * wb_account_store_dup_free_name:
 * @self: a store
 * @name: a name, such as that of an account that is duplicated or imported
 *
 * Returns: (transfer full): @name if no account has it, else one made of it that no account has
 */
char *
wb_account_store_dup_free_name (WbAccountStore *self,
                                const char     *name)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 1;; i++)
    {
      g_autofree char *candidate = NULL;
      g_autofree char *reason = NULL;

      candidate = i == 1 ? g_strdup (name) : g_strdup_printf ("%s (%u)", name, i);
      reason = wb_account_names_validate (self->accounts, candidate, NULL);
      if (reason == NULL)
        return g_steal_pointer (&candidate);
    }
}

WbAccount *
wb_account_store_find (WbAccountStore *self,
                       const char     *uuid)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), NULL);

  return find_in (self->accounts, uuid);
}

WbAccount *
wb_account_store_find_by_name (WbAccountStore *self,
                               const char     *name)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      WbAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_strcmp0 (wb_account_get (account, WB_ACCOUNT_NAME), name) == 0)
        return account;
    }

  return NULL;
}

/**
 * wb_account_store_get_last_used:
 * @self: a store
 * @workspace_id: (out) (optional) (transfer none): the ID of the workspace that was used last, or
 *   of the account's first one if that is no longer among its workspaces
 *
 * Returns: (transfer none) (nullable): the account that was used last, if it is still there
 */
WbAccount *
wb_account_store_get_last_used (WbAccountStore *self,
                                const char    **workspace_id)
{
  WbAccount  *account;
  const char *first_id = "";
  const char *used_id = NULL;
  GListModel *workspaces;

  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (self), NULL);

  if (workspace_id != NULL)
    *workspace_id = "";
  account = self->last_uuid != NULL ? wb_account_store_find (self, self->last_uuid) : NULL;
  if (account == NULL)
    return NULL;

  /* The account owns its workspaces, so their IDs outlive the references taken here. */
  workspaces = wb_account_get_workspaces (account);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (i == 0)
        first_id = wb_workspace_get_id (workspace);
      if (g_str_equal (wb_workspace_get_id (workspace), self->last_workspace))
        used_id = wb_workspace_get_id (workspace);
    }
  if (workspace_id != NULL)
    *workspace_id = used_id != NULL ? used_id : first_id;

  return account;
}
