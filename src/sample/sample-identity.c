/* sample-identity.c: a request for a token, judged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-identity.h"

#include <libsoup/soup.h>

#include "core/json-member.h"
#include "core/json-scan.h"
#include "sample/sample-signature.h"

static gboolean
is_password_method (JsonObject *identity)
{
  JsonNode  *node = json_object_get_member (identity, "methods");
  JsonArray *methods;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  methods = json_node_get_array (node);

  return json_array_get_length (methods) == 1
         && json_node_get_value_type (json_array_get_element (methods, 0)) == G_TYPE_STRING
         && g_strcmp0 (json_array_get_string_element (methods, 0), "password") == 0;
}

static guint
expect (const char *missing,
        const char *where,
        char      **message)
{
  *message = g_strdup_printf ("Expecting to find %s in %s. The server could not comply with the "
                              "request since it is either malformed or otherwise incorrect. The "
                              "client is assumed to be in error.",
                              missing, where);

  return SOUP_STATUS_BAD_REQUEST;
}

/* The answer does not say which of them was wrong. */
static guint
refuse (char **message)
{
  *message = g_strdup ("The username or password is wrong.");

  return SOUP_STATUS_UNAUTHORIZED;
}

static gboolean
is_right (const char *given,
          const char *expected)
{
  return given != NULL && wb_sample_is_same_secret (given, expected);
}

/* By ID; or by name, which needs the domain that the project is in. */
static guint
check_scope (const WbSampleIdentity *self,
             JsonObject             *scope,
             char                  **message)
{
  JsonObject *project = wb_json_find_object (scope, "project");
  const char *id = wb_json_find_string (project, "id");
  const char *name = wb_json_find_string (project, "name");
  JsonObject *domain = wb_json_find_object (project, "domain");

  if (project == NULL)
    return expect ("project", "scope", message);
  if (id != NULL)
    return is_right (id, self->project_id) ? SOUP_STATUS_CREATED : refuse (message);
  if (name == NULL)
    return expect ("id or name", "project", message);
  if (domain == NULL)
    return expect ("domain", "project", message);

  if (!is_right (name, self->project_name)
      || !is_right (wb_json_find_string (domain, "name"), self->domain))
    return refuse (message);

  return SOUP_STATUS_CREATED;
}

/**
 * wb_sample_identity_check:
 * @self: who may sign in
 * @body: the body of `POST /v3/auth/tokens`
 * @scoped: (out): whether the token is for the project; this service accepts no other
 * @message: (out) (nullable): the words of an error; free it
 *
 * Sign-in by password, as the service's API reference and the identity service it follows have it.
 *
 * Returns: the status: 201, 400 or 401
 */
guint
wb_sample_identity_check (const WbSampleIdentity *self,
                          GBytes                 *body,
                          gboolean               *scoped,
                          char                  **message)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *auth = NULL;
  JsonObject *identity;
  JsonObject *password;
  JsonObject *user;
  JsonObject *domain;
  JsonObject *scope;
  const char *text;
  gsize       length_bytes;

  *scoped = FALSE;
  *message = NULL;

  text = g_bytes_get_data (body, &length_bytes);
  root = wb_json_parse (text != NULL ? text : "", length_bytes, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    auth = wb_json_find_object (json_node_get_object (root), "auth");
  if (auth == NULL)
    return expect ("auth", "request body", message);

  identity = wb_json_find_object (auth, "identity");
  if (identity == NULL)
    return expect ("identity", "auth", message);
  if (!is_password_method (identity))
    return expect ("method password alone", "identity", message);
  password = wb_json_find_object (identity, "password");
  if (password == NULL)
    return expect ("password", "identity", message);
  user = wb_json_find_object (password, "user");
  if (user == NULL)
    return expect ("user", "password", message);
  if (wb_json_find_string (user, "name") == NULL || wb_json_find_string (user, "password") == NULL)
    return expect ("name and password", "user", message);
  domain = wb_json_find_object (user, "domain");
  if (domain == NULL)
    return expect ("domain", "user", message);

  if (!is_right (wb_json_find_string (user, "name"), self->user)
      || !is_right (wb_json_find_string (user, "password"), self->password)
      || !is_right (wb_json_find_string (domain, "name"), self->domain))
    return refuse (message);

  scope = wb_json_find_object (auth, "scope");
  if (scope == NULL)
    return json_object_has_member (auth, "scope") ? expect ("object", "scope", message)
                                                  : SOUP_STATUS_CREATED;

  *scoped = TRUE;

  return check_scope (self, scope, message);
}
