/* token-look.c: what the identity service says about a pasted token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/token-look.h"

#include "core/json-member.h"
#include "core/service/http/echo.h"
#include "core/service/http/sendable.h"
#include "core/service/sign-in/service-request.h"

typedef struct
{
  GDateTime *expires;    /* (owned) (nullable) */
  char      *project_id; /* (owned) (nullable) */
} TokenLook;

static TokenLook *
token_look_new (JsonObject        *reply,
                const char *const *sent)
{
  TokenLook  *self = g_new0 (TokenLook, 1);
  JsonObject *token = wb_json_find_object (reply, "token");
  const char *time = wb_json_find_string (token, "expires_at");
  const char *id = wb_json_find_string (wb_json_find_object (token, "project"), "id");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  self->expires = time != NULL ? g_date_time_new_from_iso8601 (time, utc) : NULL;
  self->project_id = id != NULL && wb_is_sendable_id (id) && !wb_echo_has_whole (id, sent)
                       ? g_strdup (id)
                       : NULL;

  return self;
}

static void
token_look_free (TokenLook *self)
{
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self->project_id);
  g_free (self);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autofree const char **sent = NULL;
  GError                 *error = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  sent = wb_service_request_list_sent (result);
  g_task_return_pointer (task, token_look_new (json_node_get_object (root), sent),
                         (GDestroyNotify) token_look_free);
}

/**
 * wb_token_look_async:
 * @sign_in: a sign-in by a token
 * @cancellable: (nullable): ends it at once
 * @callback: called when the answer is there
 * @user_data: for @callback
 *
 * `GET /v3/auth/tokens` with the token as its own subject (the identity service's API reference,
 * "Verifying a Token").
 */
void
wb_token_look_async (WbSignIn           *sign_in,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *url = NULL;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));
  g_return_if_fail (wb_sign_in_get_method (sign_in) == WB_AUTH_TOKEN);

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_token_look_async);

  url = g_strconcat (wb_client_get_endpoints (wb_sign_in_get_client (sign_in))->identity_url,
                     "/v3/auth/tokens?nocatalog=true", NULL);
  wb_service_request_async (sign_in, WB_SERVICE_CALL_TOKEN, url, NULL, cancellable, token_cb,
                            g_steal_pointer (&task));
}

/**
 * wb_token_look_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @expires: (out) (optional) (nullable): when the token expires
 * @project_id: (out) (optional) (nullable): the project it is for; free it
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_SIGN_IN if the token is refused, or with another error
 */
gboolean
wb_token_look_finish (WbSignIn     *sign_in,
                      GAsyncResult *result,
                      GDateTime   **expires,
                      char        **project_id,
                      GError      **error)
{
  TokenLook *look;

  g_return_val_if_fail (g_task_is_valid (result, sign_in), FALSE);

  if (expires != NULL)
    *expires = NULL;
  if (project_id != NULL)
    *project_id = NULL;
  look = g_task_propagate_pointer (G_TASK (result), error);
  if (look == NULL)
    return FALSE;

  if (expires != NULL)
    *expires = g_steal_pointer (&look->expires);
  if (project_id != NULL)
    *project_id = g_steal_pointer (&look->project_id);
  token_look_free (look);

  return TRUE;
}
