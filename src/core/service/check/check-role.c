/* check-role.c: the roles of the account's user in a workspace, and what they allow
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check-private.h"

#include <glib/gi18n-lib.h>

#include "core/service/sign-in/service-request.h"
#include "core/text.h"

/* As many as the service gives at once. Where there are more users, this one may not be there. */
#define PAGE_SIZE 100

/* `type` of what is listed: a user, or a group, which may have other roles than its members. */
#define TYPE_GROUP 1

/* The roles of DataArts Studio, in English and Chinese, which may export in DataArts Factory (its
 * user guide, "Permissions": a Viewer may list connections, a Deployer nothing of them). Only names
 * of its own count: others are a company's. */
static const char *const exporting[] = { "admin", "developer", "operator", "管理员", "开发者",
                                         "运维者", NULL };
static const char *const others[] = { "viewer", "deployer", "访客", "部署者", NULL };

typedef struct
{
  gboolean   found;
  gboolean   has_groups;
  gboolean   may_export;
  gboolean   is_known; /* all of the roles are */
  GPtrArray *names;    /* (owned) */
} Roles;

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
add_role (Roles      *self,
          JsonObject *role)
{
  const char      *name = get_string (role, "role_name");
  g_autofree char *folded = NULL;

  if (name == NULL || *name == '\0')
    name = get_string (role, "role_code");
  if (name == NULL || *name == '\0')
    return;

  folded = g_utf8_strdown (name, -1);
  if (g_strv_contains (exporting, folded))
    self->may_export = TRUE;
  else if (!g_strv_contains (others, folded))
    self->is_known = FALSE;
  g_ptr_array_add (self->names, wb_text_escape (name, -1));
}

static void
add_member (Roles      *self,
            JsonObject *member,
            const char *user)
{
  JsonArray *roles = get_array (member, "roles");

  if (json_object_get_int_member_with_default (member, "type", 0) == TYPE_GROUP)
    {
      self->has_groups = TRUE;
      return;
    }
  if (g_strcmp0 (get_string (member, "user_name"), user) != 0)
    return;

  self->found = TRUE;
  for (guint i = 0; roles != NULL && i < json_array_get_length (roles); i++)
    {
      JsonNode *role = json_array_get_element (roles, i);

      if (JSON_NODE_HOLDS_OBJECT (role))
        add_role (self, json_node_get_object (role));
    }
}

static char *
describe (const Roles *self)
{
  g_autofree char *names = NULL;

  if (!self->found || self->names->len == 0)
    return NULL;

  g_ptr_array_add (self->names, NULL);
  names = g_strjoinv (", ", (char **) self->names->pdata);
  if (self->may_export)
    /* Translators: the names of roles, such as Developer. */
    return g_strdup_printf (_ ("This user may see the connections, and also has a role in the "
                               "workspace that may export them: %s."),
                            names);
  if (self->is_known && !self->has_groups)
    /* Translators: the names of roles, such as Viewer; Operator is one, too. */
    return g_strdup_printf (_ ("This user may see the connections, but has no role in the "
                               "workspace that may export them: %s. Ask an administrator of the "
                               "workspace for the role Operator."),
                            names);

  /* Translators: the names of roles. */
  return g_strdup_printf (_ ("This user may see the connections, with these roles in the "
                             "workspace: %s. Whether it may export them too, only an export "
                             "shows."),
                          names);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = wb_service_request_finish (WB_SIGN_IN (object), result, NULL);
  Roles      roles = { .is_known = TRUE, .names = names };
  JsonArray *data = root != NULL ? get_array (json_node_get_object (root), "data") : NULL;

  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++)
    {
      JsonNode *member = json_array_get_element (data, i);

      if (JSON_NODE_HOLDS_OBJECT (member))
        add_member (&roles, json_node_get_object (member), g_task_get_task_data (task));
    }
  g_task_return_pointer (task, describe (&roles), g_free);
}

/**
 * wb_check_role_async:
 * @sign_in: the account's sign-in
 * @workspace_id: a workspace's ID, or empty
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is an answer, or none
 * @user_data: for @callback
 *
 * Asks Management Center, `GET /v2/{project_id}/{workspace_id}/users` (DataArts Studio's API
 * reference, "Obtaining Workspace Users"), for the user that a password belongs to. Of keys and
 * tokens nobody says whose they are.
 */
void
wb_check_role_async (WbSignIn           *sign_in,
                     const char         *workspace_id,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (sign_in, cancellable, callback, user_data);
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  const char        *user = wb_sign_in_get_user (sign_in);
  g_autofree char   *project = NULL;
  g_autofree char   *workspace = NULL;
  g_autofree char   *url = NULL;

  g_task_set_source_tag (task, wb_check_role_async);
  if (user == NULL || workspace_id == NULL || *workspace_id == '\0'
      || endpoints->management_url == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  g_task_set_task_data (task, g_strdup (user), g_free);
  project = g_uri_escape_string (wb_sign_in_get_project_id (sign_in), NULL, FALSE);
  workspace = g_uri_escape_string (workspace_id, NULL, FALSE);
  url = g_strdup_printf ("%s/v2/%s/%s/users?limit=%d&offset=0", endpoints->management_url, project,
                         workspace, PAGE_SIZE);
  wb_service_request_async (sign_in, WB_SERVICE_CALL_WORKSPACES, url, NULL, cancellable, listed_cb,
                            g_object_ref (task));
}

/**
 * wb_check_role_finish:
 * @sign_in: the account's sign-in
 * @result: the result
 *
 * Returns: (transfer full) (nullable): a sentence on what this user may do; %NULL if nothing is
 *   known, for whatever reason
 */
char *
wb_check_role_finish (WbSignIn     *sign_in,
                      GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
