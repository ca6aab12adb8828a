/* stored-account.c: finds the stored account and workspace that a person named
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/source-private.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"
#include "core/accounts/account-store.h"
#include "core/error.h"
#include "core/text.h"

/* Lists the choices for a message: “One”, “Two”, “Three”. */
static char *
list_names (GListModel *model,
            char *(*dup_name) (gpointer item))
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *name = dup_name (item);
      g_autofree char *escaped = wb_text_escape (name, -1);

      g_string_append_printf (names,
                              /* Translators: the first item of a list of names. */
                              i == 0 ? _ ("“%s”")
                                     /* Translators: any further item of a list of names. */
                                     : _ (", “%s”"),
                              escaped);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
dup_account_name (gpointer item)
{
  return g_strdup (wb_account_get (item, WB_ACCOUNT_NAME));
}

static char *
dup_workspace_name (gpointer item)
{
  return g_strdup (wb_workspace_get_name (item));
}

static WbAccount *
find (const char *name,
      GError    **error)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  WbAccount       *account;
  guint            n_accounts;
  g_autofree char *names = NULL;

  if (!wb_account_store_load (store, error))
    return NULL;

  n_accounts = g_list_model_get_n_items (G_LIST_MODEL (store));
  if (name == NULL && n_accounts == 1)
    return g_list_model_get_item (G_LIST_MODEL (store), 0);

  account = name != NULL ? wb_account_store_find_by_name (store, name) : NULL;
  if (account != NULL)
    return g_object_ref (account);

  names = list_names (G_LIST_MODEL (store), dup_account_name);
  if (n_accounts == 0 && name == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 _ ("No account is stored. Add one in the Waybill window, give --cloud and "
                    "--region or --service-url and --identity-url, or try --sample."));
  else if (n_accounts == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: an account's name. */
                 _ ("No account is stored, so none is named “%s”. Add it in the Waybill window."),
                 name);
  else if (name == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: a list of names, such as “A”, “B”. */
                 _ ("There are several accounts: choose one with --account. They are %s."), names);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 /* Translators: the name that a person typed, and a list of names, such as “A”,
                  * “B”. */
                 _ ("No stored account is named “%s”. Stored accounts: %s."), name, names);

  return NULL;
}

/* A file that was edited by hand may hold anything. */
static gboolean
check_stored (WbAccount *account,
              WbClouds  *clouds,
              GError   **error)
{
  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      g_autofree char *reason = wb_account_validate (account, clouds, field);
      g_autofree char *name = NULL;

      if (reason == NULL)
        continue;

      name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: an account's name, and a sentence that says why. */
                   _ ("The account “%s” cannot be used: %s"), name, reason);
      return FALSE;
    }

  return TRUE;
}

/* By its ID, which no other has, or else by its name. */
static char *
find_stored_workspace (GListModel *workspaces,
                       const char *typed)
{
  g_autofree char *by_name = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);

      if (g_strcmp0 (id, typed) == 0)
        return g_strdup (id);
      if (by_name == NULL && g_strcmp0 (wb_workspace_get_name (workspace), typed) == 0)
        by_name = g_strdup (id);
    }

  return g_steal_pointer (&by_name);
}

/**
 * wb_cli_stored_account_is_there:
 *
 * For where one is not needed: a file of accounts that cannot be read is left out with one line.
 *
 * Returns: whether any account is stored
 */
gboolean
wb_cli_stored_account_is_there (void)
{
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  g_autoptr (GError) error = NULL;

  if (!wb_account_store_load (store, &error))
    wb_cli_output_note ("%s", error->message);

  return g_list_model_get_n_items (G_LIST_MODEL (store)) > 0;
}

/**
 * wb_cli_stored_account_find:
 * @name: (nullable): its name, or %NULL for the only one
 * @clouds: the clouds
 * @error: return location
 *
 * Returns: (transfer full): a stored account whose settings are well-formed
 */
WbAccount *
wb_cli_stored_account_find (const char *name,
                            WbClouds   *clouds,
                            GError    **error)
{
  g_autoptr (WbAccount) account = find (name, error);

  if (account == NULL || !check_stored (account, clouds, error))
    return NULL;

  return g_steal_pointer (&account);
}

/**
 * wb_cli_stored_workspace_find:
 * @account: an account
 * @typed: (nullable): what was typed: a stored workspace's ID or name, or any other ID
 * @any: with nothing typed, whether the first of several will do
 * @error: return location
 *
 * Returns: (transfer full): the workspace's ID, empty for the service's default one
 */
char *
wb_cli_stored_workspace_find (WbAccount  *account,
                              const char *typed,
                              gboolean    any,
                              GError    **error)
{
  GListModel      *workspaces = wb_account_get_workspaces (account);
  guint            n_workspaces = g_list_model_get_n_items (workspaces);
  char            *id;
  g_autofree char *reason = NULL;
  g_autofree char *names = NULL;

  if (typed == NULL && n_workspaces == 0)
    return g_strdup ("");
  if (typed == NULL && (n_workspaces == 1 || any))
    {
      g_autoptr (WbWorkspace) first = g_list_model_get_item (workspaces, 0);

      return g_strdup (wb_workspace_get_id (first));
    }
  if (typed == NULL)
    {
      names = list_names (workspaces, dup_workspace_name);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: a list of names, such as “A”, “B”. */
                   _ ("There are several workspaces: choose one with --workspace. They are %s."),
                   names);
      return NULL;
    }

  id = find_stored_workspace (workspaces, typed);
  if (id != NULL)
    return id;

  /* The service's own name for the workspace that has no ID. */
  if (g_strcmp0 (typed, "default") == 0)
    return g_strdup ("");

  reason = wb_workspace_validate_id (typed);
  if (reason == NULL)
    return g_strdup (typed);

  if (n_workspaces > 0)
    {
      g_autofree char *escaped = wb_text_escape (typed, -1);

      names = list_names (workspaces, dup_workspace_name);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed, and a list of names, such as “A”, “B”. */
                   _ ("“%s” is neither a workspace of this account nor a workspace ID. "
                      "Its workspaces: %s."),
                   escaped, names);
    }
  else
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s: %s"), "--workspace", reason);
    }

  return NULL;
}
