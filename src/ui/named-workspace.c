/* named-workspace.c: the account and workspace that another program named
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/named-workspace.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"

/* A list such as “A”, “B”. */
static char *
list_names (GListModel *items,
            const char *(*get_name) (gpointer item))
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      g_autofree char *escaped = wb_text_escape (get_name (item), -1);

      g_string_append (names, i > 0 ? ", " : "");
      /* Translators: a name in a list of names. */
      g_string_append_printf (names, _ ("“%s”"), escaped);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static const char *
get_account_name (gpointer item)
{
  return wb_account_get (item, WB_ACCOUNT_NAME);
}

/* The service's default workspace has a name of its own or none, and no ID. */
static const char *
get_workspace_name (gpointer item)
{
  return *wb_workspace_get_name (item) != '\0' ? wb_workspace_get_name (item)
                                               : wb_workspace_get_id (item);
}

static WbAccount *
find_account (WbAccountStore *store,
              const char     *name,
              GError        **error)
{
  WbAccount       *account = wb_account_store_find (store, name);
  g_autofree char *escaped = wb_text_escape (name, -1);
  g_autofree char *names = NULL;

  if (account == NULL)
    account = wb_account_store_find_by_name (store, name);
  if (account != NULL)
    return account;

  if (g_list_model_get_n_items (G_LIST_MODEL (store)) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an account's name. */
                   _ ("No account is stored, so none is named “%s”. Add it first."), escaped);
      return NULL;
    }

  names = list_names (G_LIST_MODEL (store), get_account_name);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the name that a person typed, and a list of names, such as “A”,
                * “B”. */
               _ ("No stored account is named “%s”. Stored accounts: %s."), escaped, names);

  return NULL;
}

/* By its ID, which no other has, or else by its name, which another may have. */
static WbWorkspace *
find_workspace (WbAccount  *account,
                const char *name,
                GError    **error)
{
  GListModel *workspaces = wb_account_get_workspaces (account);
  g_autoptr (WbWorkspace) by_name = NULL;
  guint            n_by_name = 0;
  g_autofree char *escaped = wb_text_escape (name, -1);
  g_autofree char *account_name = wb_text_escape (get_account_name (account), -1);
  g_autofree char *names = list_names (workspaces, get_workspace_name);

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (g_str_equal (wb_workspace_get_id (workspace), name))
        return g_steal_pointer (&workspace);
      if (!g_str_equal (wb_workspace_get_name (workspace), name))
        continue;
      n_by_name++;
      g_set_object (&by_name, workspace);
    }

  if (n_by_name == 1)
    return g_steal_pointer (&by_name);

  if (n_by_name > 1)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: names of an account and of a workspace. */
                 _ ("The account “%s” has several workspaces “%s”. Give the workspace's ID."),
                 account_name, escaped);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: names of an account and of a workspace, and a list of names, such
                  * as “A”, “B”. */
                 _ ("The account “%s” has no workspace “%s”. Its workspaces: %s."), account_name,
                 escaped, names);

  return NULL;
}

/**
 * wb_named_workspace_find:
 * @store: the accounts
 * @account_name: the name of an account, or its ID
 * @workspace_name: the ID of a workspace that it has stored, or its name
 * @account: (out) (transfer none): the account
 * @workspace: (out) (transfer full): the workspace
 * @error: return location: %WB_ERROR_INVALID, with the names that there are
 *
 * Returns: whether both are there
 */
gboolean
wb_named_workspace_find (WbAccountStore *store,
                         const char     *account_name,
                         const char     *workspace_name,
                         WbAccount     **account,
                         WbWorkspace   **workspace,
                         GError        **error)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_STORE (store), FALSE);

  *workspace = NULL;
  *account = find_account (store, account_name, error);
  if (*account != NULL)
    *workspace = find_workspace (*account, workspace_name, error);

  return *workspace != NULL;
}
