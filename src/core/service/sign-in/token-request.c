/* token-request.c: who asks the identity service for a token, and for what
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/wipe.h"

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

/* The members that name the user. A user's ID needs no domain. */
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

static void
add_methods (JsonBuilder *builder,
             const char  *first,
             const char  *second)
{
  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, first);
  if (second != NULL)
    json_builder_add_string_value (builder, second);
  json_builder_end_array (builder);
}

static void
add_token (JsonBuilder          *builder,
           const WbTokenRequest *request)
{
  add_methods (builder, "token", NULL);
  begin_object (builder, "token");
  add_string (builder, "id", request->token);
  json_builder_end_object (builder);
}

static void
add_password (JsonBuilder          *builder,
              const WbTokenRequest *request)
{
  add_methods (builder, "password", request->passcode != NULL ? "totp" : NULL);
  begin_object (builder, "password");
  begin_object (builder, "user");
  add_user (builder, request);
  add_string (builder, "password", wb_credentials_get_password (request->credentials));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  if (request->passcode == NULL)
    return;

  begin_object (builder, "totp");
  begin_object (builder, "user");
  add_user (builder, request);
  add_string (builder, "passcode", request->passcode);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* By its ID, or by its name and the user. */
static void
add_application_credential (JsonBuilder          *builder,
                            const WbTokenRequest *request)
{
  add_methods (builder, "application_credential", NULL);
  begin_object (builder, "application_credential");
  if (request->application_credential_id != NULL)
    {
      add_string (builder, "id", request->application_credential_id);
    }
  else
    {
      add_string (builder, "name", request->application_credential);
      begin_object (builder, "user");
      add_user (builder, request);
      json_builder_end_object (builder);
    }
  add_string (builder, "secret", wb_credentials_get_password (request->credentials));
  json_builder_end_object (builder);
}

static gboolean
has_domain (const WbTokenRequest *request)
{
  return request->domain_id != NULL || *wb_credentials_get_domain (request->credentials) != '\0';
}

/* The project; a name needs its domain: its own, else the user's or the one that delegates. */
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
      else if (request->project_domain_id != NULL || request->project_domain != NULL)
        add_named (builder, "domain", request->project_domain_id, request->project_domain);
      else if (has_domain (request))
        add_named (builder, "domain", request->domain_id,
                   wb_credentials_get_domain (request->credentials));
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* To assume a role the token is for the user's own domain first. */
static void
add_scope (JsonBuilder          *builder,
           const WbTokenRequest *request)
{
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
}

static GBytes *
to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_with_free_func (text, strlen (text), wb_wipe_and_free, text);
}

/* Takes the place of what @member holds, which is overwritten. */
static void
set_secret (const char **member,
            const char  *value)
{
  char *copy = g_strdup (value);

  wb_wipe_and_free ((char *) *member);
  *member = copy;
}

/**
 * wb_token_request_has_own_project:
 * @request: who asks, and for what
 *
 * Returns: whether the sign-in itself decides for which project the token is
 */
gboolean
wb_token_request_has_own_project (const WbTokenRequest *request)
{
  g_return_val_if_fail (request != NULL, FALSE);

  return request->application_credential_id != NULL || request->application_credential != NULL;
}

/**
 * wb_token_request_copy:
 * @request: who asks, and for what
 *
 * Returns: (transfer full): the same, with strings of its own
 */
WbTokenRequest *
wb_token_request_copy (const WbTokenRequest *request)
{
  WbTokenRequest *copy;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->credentials != NULL, NULL);

  copy = g_new0 (WbTokenRequest, 1);
  copy->credentials = wb_credentials_ref (request->credentials);
  copy->domain_id = g_strdup (request->domain_id);
  copy->user_id = g_strdup (request->user_id);
  copy->application_credential_id = g_strdup (request->application_credential_id);
  copy->application_credential = g_strdup (request->application_credential);
  copy->passcode = g_strdup (request->passcode);
  copy->token = g_strdup (request->token);
  copy->is_known_user = request->is_known_user;
  copy->project_id = g_strdup (request->project_id);
  copy->project_name = g_strdup (request->project_name);
  copy->project_domain_id = g_strdup (request->project_domain_id);
  copy->project_domain = g_strdup (request->project_domain);
  copy->agency_domain = g_strdup (request->agency_domain);
  copy->agency = g_strdup (request->agency);
  copy->agency_key = g_strdup (request->agency_key);

  return copy;
}

/**
 * wb_token_request_free:
 * @request: (transfer full): what wb_token_request_copy() returned
 *
 * Frees it; the one-time code and the token are overwritten.
 */
void
wb_token_request_free (WbTokenRequest *request)
{
  g_return_if_fail (request != NULL);

  wb_token_request_set_passcode (request, NULL);
  wb_token_request_set_token (request, NULL);
  wb_credentials_unref (request->credentials);
  g_free ((char *) request->domain_id);
  g_free ((char *) request->user_id);
  g_free ((char *) request->project_id);
  g_free ((char *) request->project_name);
  g_free ((char *) request->project_domain_id);
  g_free ((char *) request->project_domain);
  g_free ((char *) request->application_credential_id);
  g_free ((char *) request->application_credential);
  g_free ((char *) request->agency_domain);
  g_free ((char *) request->agency);
  g_free ((char *) request->agency_key);
  g_free (request);
}

/**
 * wb_token_request_set_passcode:
 * @request: what wb_token_request_copy() returned
 * @passcode: (nullable): the one-time code that is asked with from now on
 *
 * Overwrites the one before.
 */
void
wb_token_request_set_passcode (WbTokenRequest *request,
                               const char     *passcode)
{
  g_return_if_fail (request != NULL);

  set_secret (&request->passcode, passcode);
}

/**
 * wb_token_request_set_token:
 * @request: what wb_token_request_copy() returned
 * @token: (nullable): the token in place of a code that is asked with from now on
 *
 * Overwrites the one before.
 */
void
wb_token_request_set_token (WbTokenRequest *request,
                            const char     *token)
{
  g_return_if_fail (request != NULL);

  set_secret (&request->token, token);
}

/**
 * wb_token_request_new_body:
 * @request: who asks, and for what
 *
 * The body of `POST /v3/auth/tokens` (the identity service's API reference, "Obtaining a User
 * Token" by password, and with a virtual MFA device; "Obtaining a Scoped Token" by another one). A
 * project's name is given with its domain, which the clouds accept and the service they follow
 * demands. An application credential is for one project, so it goes without a scope (Identity API
 * v3, "Authenticating with an Application Credential"). If the user will assume an agency's role,
 * the token is for the user's own domain; without a project at all it has no scope. A new code goes
 * before an older token.
 *
 * Returns: (transfer full): JSON that holds the password or a token; its memory is overwritten when
 *   it is freed
 */
GBytes *
wb_token_request_new_body (const WbTokenRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (wb_credentials_get_method (request->credentials) == WB_AUTH_PASSWORD, NULL);

  json_builder_begin_object (builder);
  begin_object (builder, "auth");

  begin_object (builder, "identity");
  if (request->token != NULL && request->passcode == NULL)
    add_token (builder, request);
  else if (wb_token_request_has_own_project (request))
    add_application_credential (builder, request);
  else
    add_password (builder, request);
  json_builder_end_object (builder);

  if (!wb_token_request_has_own_project (request))
    add_scope (builder, request);

  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return to_bytes (builder);
}

/**
 * wb_token_request_new_agency_body:
 * @request: what is asked for; the password is not used
 * @agency_key: how this cloud calls the agency's name: `agency_name` or `xrole_name`
 *
 * The body of `POST /v3/auth/tokens` by which a user, signed in already, assumes the role that
 * another domain delegates (the identity service's API reference, "Obtaining an Agency Token").
 *
 * Returns: (transfer full): JSON
 */
GBytes *
wb_token_request_new_agency_body (const WbTokenRequest *request,
                                  const char           *agency_key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (request->agency != NULL && request->agency_domain != NULL, NULL);
  g_return_val_if_fail (agency_key != NULL, NULL);

  json_builder_begin_object (builder);
  begin_object (builder, "auth");
  begin_object (builder, "identity");
  add_methods (builder, "assume_role", NULL);
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
