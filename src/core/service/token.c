/* token.c: the identity service's token, asked for and understood
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/token.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/json-scan.h"
#include "core/text.h"

static void
wipe_and_free (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
begin_object (JsonBuilder *builder,
              const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

/* By its ID if there is one. */
static void
add_named (JsonBuilder *builder,
           const char  *member,
           const char  *id,
           const char  *name)
{
  begin_object (builder, member);
  if (id != NULL)
    add_string (builder, "id", id);
  else
    add_string (builder, "name", name);
  json_builder_end_object (builder);
}

/* The members that tell who signs in. A user's ID needs no domain. */
static void
add_user (JsonBuilder          *builder,
          const WbTokenRequest *request)
{
  const char *domain = wb_credentials_get_domain (request->credentials);

  if (request->user_id != NULL)
    {
      add_string (builder, "id", request->user_id);
      return;
    }

  add_string (builder, "name", wb_credentials_get_user (request->credentials));
  add_named (builder, "domain", request->domain_id, domain);
}

static gboolean
has_domain (const WbTokenRequest *request)
{
  return request->domain_id != NULL || *wb_credentials_get_domain (request->credentials) != '\0';
}

/* The project; a name needs its domain, which is the user's, or the one that delegates. */
static void
add_project_scope (JsonBuilder          *builder,
                   const WbTokenRequest *request)
{
  begin_object (builder, "scope");
  begin_object (builder, "project");
  if (request->project_id != NULL)
    {
      add_string (builder, "id", request->project_id);
    }
  else
    {
      add_string (builder, "name", request->project_name);
      if (request->agency != NULL)
        add_named (builder, "domain", NULL, request->agency_domain);
      else if (has_domain (request))
        add_named (builder, "domain", request->domain_id,
                   wb_credentials_get_domain (request->credentials));
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static GBytes *
to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_with_free_func (text, strlen (text), wipe_and_free, text);
}

/* A member of @node that is an object, or %NULL. */
static JsonObject *
find_object (JsonObject *parent,
             const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
find_string (JsonObject *parent,
             const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static GDateTime *
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}

/* By the service's clock alone, as this computer's may be wrong. */
static gint64
find_lifetime (JsonObject         *token,
               GDateTime          *expires,
               SoupMessageHeaders *headers)
{
  g_autoptr (GDateTime) issued = parse_time (find_string (token, "issued_at"));
  const char *date = soup_message_headers_get_one (headers, "Date");

  if (issued == NULL && date != NULL)
    issued = soup_date_time_new_from_http_string (date);
  if (expires == NULL || issued == NULL)
    return 0;

  return MAX (g_date_time_to_unix (expires) - g_date_time_to_unix (issued), 0);
}

/**
 * wb_token_new_request:
 * @request: who asks by password, and for what
 *
 * The body of `POST /v3/auth/tokens` (the identity service's API reference, "Obtaining a User
 * Token" by password, and with a virtual MFA device). A project's name is given with its domain,
 * which the clouds accept and the service they follow demands. Of a user who will assume an
 * agency's role, the token is for the user's own domain; without a project at all it has no scope.
 *
 * Returns: (transfer full): JSON that holds the password; its memory is overwritten when it is
 *   freed
 */
GBytes *
wb_token_new_request (const WbTokenRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (wb_credentials_get_method (request->credentials) == WB_AUTH_PASSWORD, NULL);

  json_builder_begin_object (builder);
  begin_object (builder, "auth");

  begin_object (builder, "identity");
  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "password");
  if (request->passcode != NULL)
    json_builder_add_string_value (builder, "totp");
  json_builder_end_array (builder);
  begin_object (builder, "password");
  begin_object (builder, "user");
  add_user (builder, request);
  add_string (builder, "password", wb_credentials_get_password (request->credentials));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  if (request->passcode != NULL)
    {
      begin_object (builder, "totp");
      begin_object (builder, "user");
      add_user (builder, request);
      add_string (builder, "passcode", request->passcode);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  if (request->agency != NULL && has_domain (request))
    {
      begin_object (builder, "scope");
      add_named (builder, "domain", request->domain_id,
                 wb_credentials_get_domain (request->credentials));
      json_builder_end_object (builder);
    }
  else if (request->agency == NULL
           && (request->project_id != NULL || request->project_name != NULL))
    {
      add_project_scope (builder, request);
    }

  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return to_bytes (builder);
}

/**
 * wb_token_new_agency_request:
 * @request: what is asked for; the password is not used
 * @agency_key: how this cloud calls the agency's name: `agency_name` or `xrole_name`
 *
 * The body of `POST /v3/auth/tokens` by which a user, signed in already, assumes the role that
 * another domain delegates (the identity service's API reference, "Obtaining an Agency Token").
 *
 * Returns: (transfer full): JSON
 */
GBytes *
wb_token_new_agency_request (const WbTokenRequest *request,
                             const char           *agency_key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->agency != NULL && request->agency_domain != NULL, NULL);
  g_return_val_if_fail (agency_key != NULL, NULL);

  json_builder_begin_object (builder);
  begin_object (builder, "auth");
  begin_object (builder, "identity");
  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "assume_role");
  json_builder_end_array (builder);
  begin_object (builder, "assume_role");
  add_string (builder, "domain_name", request->agency_domain);
  add_string (builder, agency_key, request->agency);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  if (request->project_id != NULL || request->project_name != NULL)
    {
      add_project_scope (builder, request);
    }
  else
    {
      begin_object (builder, "scope");
      add_named (builder, "domain", NULL, request->agency_domain);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return to_bytes (builder);
}

/**
 * wb_token_parse:
 * @host: who answered
 * @headers: the headers of a reply with status 201
 * @body: its body
 * @error: return location
 *
 * The token is in the header `X-Subject-Token` and may be several kilobytes long.
 *
 * Returns: (transfer full): the token, or %NULL with %WB_ERROR_SERVICE
 */
WbToken *
wb_token_parse (const char         *host,
                SoupMessageHeaders *headers,
                GBytes             *body,
                GError            **error)
{
  g_autoptr (WbToken) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  const char *value;
  const char *project_id;
  JsonObject *token = NULL;
  gsize       length;
  const char *text;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (headers != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  text = g_bytes_get_data (body, &length);
  root = wb_json_parse (text, length, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    token = find_object (json_node_get_object (root), "token");
  value = soup_message_headers_get_list (headers, "X-Subject-Token");
  project_id = find_string (find_object (token, "project"), "id");

  if (token == NULL || value == NULL || !wb_token_is_sendable (value)
      || (project_id != NULL && !wb_token_is_sendable (project_id)))
    {
      g_autofree char *safe_host = wb_text_escape (host, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                   _ ("%s did not answer like an identity service. Check the identity address in "
                      "the account."),
                   safe_host);
      return NULL;
    }

  self = g_new0 (WbToken, 1);
  self->value = g_strdup (value);
  self->project_id = g_strdup (project_id);
  self->expires = parse_time (find_string (token, "expires_at"));
  self->lifetime_seconds = find_lifetime (token, self->expires, headers);

  return g_steal_pointer (&self);
}

/**
 * wb_token_free:
 * @self: (transfer full): a token
 *
 * Overwrites and frees it.
 */
void
wb_token_free (WbToken *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->value, wipe_and_free);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self->project_id);
  g_free (self);
}

/**
 * wb_token_is_sendable:
 * @value: a token, a key or an ID
 *
 * Returns: whether it can stand in a header: not empty, and nothing but printable ASCII without
 *   blanks
 */
gboolean
wb_token_is_sendable (const char *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  if (*value == '\0')
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }

  return TRUE;
}
