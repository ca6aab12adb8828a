/* check-verdict.c: what an answer says about the user, the project and the permission
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check-private.h"

#include <glib/gi18n-lib.h>

#include "core/accounts/workspace.h"
#include "core/error.h"
#include "core/service/directory/directory.h"
#include "core/text.h"

static WbServiceSubject
get_subject (const GError *error)
{
  return wb_service_code_get_subject (wb_error_get_service_code (error));
}

/**
 * wb_check_blames_project:
 * @error: (nullable): why a sign-in or the list of connections was refused
 *
 * Returns: whether there is no such project for this user
 */
gboolean
wb_check_blames_project (const GError *error)
{
  return error != NULL && get_subject (error) == WB_SERVICE_SUBJECT_PROJECT;
}

/**
 * wb_check_blames_sign_in:
 * @error: (nullable): why the list of connections was refused
 *
 * Returns: whether the sign-in, or the way to the service, is the reason; a service that refuses
 *   only what was asked for has accepted the user
 */
gboolean
wb_check_blames_sign_in (const GError *error)
{
  if (error == NULL)
    return FALSE;
  if (get_subject (error) == WB_SERVICE_SUBJECT_USER)
    return TRUE;

  switch (wb_error_get_kind (error))
    {
    case WB_ERROR_KIND_NOT_PERMITTED:
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_WITHDRAWN:
    case WB_ERROR_KIND_NO_CONNECTIONS:
      return FALSE;
    default:
      return TRUE;
    }
}

/**
 * wb_check_blames_permission:
 * @error: (nullable): why the list of connections was refused
 *
 * Returns: whether the connections may not be seen; that there are none is no reason
 */
gboolean
wb_check_blames_permission (const GError *error)
{
  return error != NULL && !g_error_matches (error, WB_ERROR, WB_ERROR_NO_CONNECTIONS);
}

/**
 * wb_check_judge_token:
 * @sign_in: a sign-in by a pasted token
 * @project_id: (nullable): the project that the token is for, if the identity service says it
 *
 * Returns: (transfer full) (nullable): an error if the token is for another project
 */
GError *
wb_check_judge_token (WbSignIn   *sign_in,
                      const char *project_id)
{
  if (project_id == NULL || g_str_equal (project_id, wb_sign_in_get_project_id (sign_in)))
    return NULL;

  return g_error_new (WB_ERROR, WB_ERROR_SERVICE,
                      /* Translators: a project's name or ID. */
                      _ ("The token is for another project, %s. Paste one for the account’s "
                         "project, or change the project in the account."),
                      project_id);
}

static gboolean
is_listed (const char *id,
           GListModel *listed)
{
  gboolean is_listed = FALSE;

  for (guint i = 0; !is_listed && i < g_list_model_get_n_items (listed); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (listed, i);

      is_listed = g_str_equal (wb_directory_item_get_id (item), id);
    }

  return is_listed;
}

/**
 * wb_check_judge_workspaces:
 * @workspaces: the account's workspaces
 * @listed: all workspaces of the project (of type #WbDirectoryItem)
 *
 * Returns: (transfer full) (nullable): an error for the first of the account's workspaces that is
 *   not among those listed
 */
GError *
wb_check_judge_workspaces (GListModel *workspaces,
                           GListModel *listed)
{
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);

      if (*id != '\0' && !is_listed (id, listed))
        {
          g_autofree char *safe_name = wb_text_escape (wb_workspace_get_name (workspace), -1);
          g_autofree char *safe_id = wb_text_escape (id, -1);

          return g_error_new (WB_ERROR, WB_ERROR_SERVICE,
                              /* Translators: a workspace's name and its ID. */
                              _ ("The workspace “%s” (%s) is not among those of this project. "
                                 "Check its ID and the project in the account."),
                              safe_name, safe_id);
        }
    }

  return NULL;
}
