/* account-file.c: accounts as groups of a key file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store-private.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"

#define GROUP_OWN "waybill"
#define KEY_LAST_ACCOUNT "last-account"
#define KEY_LAST_WORKSPACE "last-workspace"
#define KEY_SIGN_IN "sign-in"
#define KEY_WORKSPACES "workspaces"

static const char *
get_key (guint field)
{
  return wb_account_field_get_info ((WbAccountField) field)->key;
}

static WbAccount *
account_from_group (GKeyFile   *file,
                    const char *group)
{
  WbAccount       *account = wb_account_new_with_uuid (group);
  g_autofree char *method_name = g_key_file_get_string (file, group, KEY_SIGN_IN, NULL);
  g_auto (GStrv) pairs = g_key_file_get_string_list (file, group, KEY_WORKSPACES, NULL, NULL);
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  WbAuthMethod method = WB_AUTH_PASSWORD;

  /* A missing or malformed value stays empty; wb_account_validate() reports it. */
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, get_key (i), NULL);

      wb_account_set (account, (WbAccountField) i, value);
    }

  /* It must have some name, to be found and repaired. */
  if (*wb_account_get (account, WB_ACCOUNT_NAME) == '\0')
    wb_account_set (account, WB_ACCOUNT_NAME, group);

  wb_auth_method_from_string (method_name, &method);
  wb_account_set_auth_method (account, method);

  for (guint i = 0; pairs != NULL && pairs[i] != NULL && pairs[i + 1] != NULL; i += 2)
    {
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (pairs[i], pairs[i + 1]);

      g_list_store_append (workspaces, workspace);
    }
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));

  return account;
}

/* Groups whose name is not a UUID are not accounts. */
GPtrArray *
wb_account_file_list (GKeyFile *file)
{
  GPtrArray *accounts;
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  accounts = g_ptr_array_new_with_free_func (g_object_unref);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_uuid_string_is_valid (groups[i]))
        g_ptr_array_add (accounts, account_from_group (file, groups[i]));
    }

  return accounts;
}

/**
 * wb_account_file_validate:
 * @account: an account
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if it cannot be put into a key file, which holds nothing
 *   but UTF-8
 */
gboolean
wb_account_file_validate (WbAccount *account,
                          GError   **error)
{
  GListModel *workspaces = wb_account_get_workspaces (account);
  gboolean    valid = TRUE;

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    valid = valid && g_utf8_validate (wb_account_get (account, (WbAccountField) i), -1, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      valid = valid && g_utf8_validate (wb_workspace_get_name (workspace), -1, NULL)
              && g_utf8_validate (wb_workspace_get_id (workspace), -1, NULL);
    }

  if (!valid)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("A setting of this account is not valid text: type it in again."));

  return valid;
}

/**
 * wb_account_file_put:
 * @file: a key file
 * @account: an account whose settings are UTF-8
 *
 * Adds it, or takes the place of the one with its UUID; keys that this version does not know stay.
 */
void
wb_account_file_put (GKeyFile  *file,
                     WbAccount *account)
{
  g_autoptr (GPtrArray) pairs = NULL;
  const char *group;
  GListModel *workspaces;
  guint       n;

  g_return_if_fail (file != NULL);
  g_return_if_fail (WB_IS_ACCOUNT (account));

  group = wb_account_get_uuid (account);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      const char *value = wb_account_get (account, (WbAccountField) i);

      if (*value != '\0')
        g_key_file_set_string (file, group, get_key (i), value);
      else
        g_key_file_remove_key (file, group, get_key (i), NULL);
    }

  g_key_file_set_string (file, group, KEY_SIGN_IN,
                         wb_auth_method_to_string (wb_account_get_auth_method (account)));

  /* Name and ID in turn; either may be empty. */
  workspaces = wb_account_get_workspaces (account);
  n = g_list_model_get_n_items (workspaces);
  pairs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      g_ptr_array_add (pairs, g_strdup (wb_workspace_get_name (workspace)));
      g_ptr_array_add (pairs, g_strdup (wb_workspace_get_id (workspace)));
    }
  if (n > 0)
    g_key_file_set_string_list (file, group, KEY_WORKSPACES, (const char *const *) pairs->pdata,
                                pairs->len);
  else
    g_key_file_remove_key (file, group, KEY_WORKSPACES, NULL);
}

void
wb_account_file_remove (GKeyFile   *file,
                        const char *uuid)
{
  g_return_if_fail (file != NULL);
  g_return_if_fail (uuid != NULL);

  g_key_file_remove_group (file, uuid, NULL);
}

/* Returns: whether there is one; free both. */
gboolean
wb_account_file_get_last_used (GKeyFile *file,
                               char    **uuid,
                               char    **workspace_id)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (uuid != NULL && workspace_id != NULL, FALSE);

  *uuid = g_key_file_get_string (file, GROUP_OWN, KEY_LAST_ACCOUNT, NULL);
  *workspace_id = g_key_file_get_string (file, GROUP_OWN, KEY_LAST_WORKSPACE, NULL);
  if (*workspace_id == NULL)
    *workspace_id = g_strdup ("");

  return *uuid != NULL;
}

void
wb_account_file_set_last_used (GKeyFile   *file,
                               const char *uuid,
                               const char *workspace_id)
{
  g_return_if_fail (file != NULL);
  g_return_if_fail (uuid != NULL);
  g_return_if_fail (workspace_id != NULL);

  g_key_file_set_string (file, GROUP_OWN, KEY_LAST_ACCOUNT, uuid);
  g_key_file_set_string (file, GROUP_OWN, KEY_LAST_WORKSPACE, workspace_id);
}
