/* token-fetch.c: obtains a token from the identity service
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/json-member.h"
#include "core/json-scan.h"
#include "core/service/http/echo.h"
#include "core/service/http/retry.h"
#include "core/service/http/sendable.h"
#include "core/service/http/sent-secrets.h"
#include "core/service/refusal/service-error.h"
#include "core/wipe.h"

/* The two names that identity services have for one and the same thing. */
#define AGENCY_NAME "agency_name"
#define XROLE_NAME "xrole_name"

typedef struct
{
  WbTokenRequest *request;      /* (owned) */
  WbToken        *own;          /* (owned) (nullable): the user's, with which a role is assumed */
  const char     *agency_key;   /* (unowned): one of the two */
  gboolean        has_switched; /* to the other one */
  SoupMessage    *message;      /* (owned) (nullable): the request under way */
  int             retry_after;  /* as wb_retry_find_after() returns it */
} Fetch;

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
  g_autoptr (GDateTime) issued = parse_time (wb_json_find_string (token, "issued_at"));
  const char *date = soup_message_headers_get_one (headers, "Date");

  if (issued == NULL && date != NULL)
    issued = soup_date_time_new_from_http_string (date);
  if (expires == NULL || issued == NULL)
    return 0;

  return MAX (g_date_time_to_unix (expires) - g_date_time_to_unix (issued), 0);
}

/* The ID goes into addresses, and is shown: it must not be what was sent, nor the token. */
static gboolean
is_echo (const char           *project_id,
         const char           *value,
         const WbTokenRequest *request)
{
  const char *const known[] = { value, wb_credentials_get_password (request->credentials),
                                request->passcode, request->token };
  const char       *secrets[G_N_ELEMENTS (known) + 1] = { NULL };
  gsize             n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (known[i] != NULL)
        secrets[n++] = known[i];
    }

  return wb_echo_has_whole (project_id, secrets);
}

/**
 * wb_token_new_from_reply:
 * @headers: of a reply with status 201
 * @body: likewise
 * @request: what was sent
 *
 * The token is in the header `X-Subject-Token` and may be several kilobytes long (Keystone's API,
 * "Password authentication").
 *
 * Returns: (transfer full) (nullable): the token; %NULL if the reply is not an identity service's
 */
WbToken *
wb_token_new_from_reply (SoupMessageHeaders   *headers,
                         GBytes               *body,
                         const WbTokenRequest *request)
{
  g_autoptr (JsonNode) root = NULL;
  WbToken    *self;
  const char *value;
  const char *project_id;
  JsonObject *token = NULL;
  gsize       length;
  const char *text;

  text = g_bytes_get_data (body, &length);
  root = wb_json_parse (text, length, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    token = wb_json_find_object (json_node_get_object (root), "token");
  value = soup_message_headers_get_list (headers, "X-Subject-Token");
  project_id = wb_json_find_string (wb_json_find_object (token, "project"), "id");

  if (token == NULL || value == NULL || !wb_is_sendable (value)
      || (project_id != NULL
          && (!wb_is_sendable (project_id) || is_echo (project_id, value, request))))
    return NULL;

  self = g_new0 (WbToken, 1);
  self->value = g_strdup (value);
  self->project_id = g_strdup (project_id);
  self->expires = parse_time (wb_json_find_string (token, "expires_at"));
  self->lifetime_seconds = find_lifetime (token, self->expires, headers);

  return self;
}

static void send_request (GTask *task);

static void
fetch_free (Fetch *self)
{
  wb_token_request_free (self->request);
  g_clear_pointer (&self->own, wb_token_free);
  g_clear_object (&self->message);
  g_free (self);
}

static WbServiceCall
get_call (const Fetch *self)
{
  if (self->own != NULL)
    return WB_SERVICE_CALL_AGENCY;

  if (self->request->passcode != NULL)
    return WB_SERVICE_CALL_SIGN_IN_WITH_CODE;

  return self->request->is_known_user ? WB_SERVICE_CALL_SCOPE : WB_SERVICE_CALL_SIGN_IN;
}

static GError *
error_of_reply (const Fetch *self,
                GBytes      *body)
{
  const WbTokenRequest *request = self->request;

  return wb_reply_error_new (self->message, body, get_call (self), request->credentials,
                             request->passcode != NULL ? request->passcode : request->token,
                             FALSE);
}

/* The cloud may use the other name, and answer 400 to this one; tried once. */
static gboolean
can_switch (const Fetch *self,
            guint        status)
{
  return status == SOUP_STATUS_BAD_REQUEST && self->own != NULL && !self->has_switched;
}

/* Not every identity service accepts a token in place of a code. Its answer to another code says
 * what is wrong, if anything is. */
static gboolean
is_refused_token (const Fetch *self,
                  guint        status)
{
  return self->request->token != NULL && self->request->passcode == NULL
         && (status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_UNAUTHORIZED
             || status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_NOT_FOUND);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (WbToken) token = NULL;
  Fetch   *self = g_task_get_task_data (task);
  gboolean is_last;
  GError  *error = NULL;
  guint    status;

  body = wb_client_fetch_finish (WB_CLIENT (object), result, &error);
  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  status = soup_message_get_status (self->message);
  self->retry_after = wb_retry_find_after (self->message);

  if (can_switch (self, status))
    {
      self->has_switched = TRUE;
      self->agency_key = g_str_equal (self->agency_key, AGENCY_NAME) ? XROLE_NAME : AGENCY_NAME;
      send_request (task);
      return;
    }
  if (is_refused_token (self, status))
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SECOND_FACTOR,
                               _ ("The identity service requires another one-time code for the "
                                  "project: enter the one that the device or app shows now."));
      return;
    }
  if (status != SOUP_STATUS_CREATED && status != SOUP_STATUS_OK)
    {
      g_task_return_error (task, error_of_reply (self, body));
      return;
    }

  /* If it is a web page of a proxy, the error says so. */
  token = wb_token_new_from_reply (soup_message_get_response_headers (self->message), body,
                                   self->request);
  if (token == NULL)
    {
      g_task_return_error (task, error_of_reply (self, body));
      return;
    }

  is_last = self->request->agency == NULL || self->own != NULL;
  if (is_last)
    {
      g_task_return_pointer (task, g_steal_pointer (&token), (GDestroyNotify) wb_token_free);
      return;
    }

  self->own = g_steal_pointer (&token);
  send_request (task);
}

static void
send_request (GTask *task)
{
  WbClient        *client = g_task_get_source_object (task);
  Fetch           *self = g_task_get_task_data (task);
  g_autofree char *url = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessageHeaders *headers;
  GError             *error = NULL;

  /* The catalogue of services would make the answer some hundred kilobytes long. */
  url = g_strconcat (wb_client_get_endpoints (client)->identity_url,
                     "/v3/auth/tokens?nocatalog=true", NULL);
  g_clear_object (&self->message);
  self->message = wb_client_new_message (client, "POST", url, &error);
  if (self->message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  body = self->own != NULL ? wb_token_request_new_agency_body (self->request, self->agency_key)
                           : wb_token_request_new_body (self->request);
  wb_client_set_body (self->message, "application/json;charset=utf8", body);
  wb_sent_secrets_note (self->message, wb_credentials_get_password (self->request->credentials));
  wb_sent_secrets_note (self->message, self->request->passcode);
  wb_sent_secrets_note (self->message, self->request->token);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_append (headers, "Accept", "application/json");
  if (self->own != NULL)
    soup_message_headers_append (headers, "X-Auth-Token", self->own->value);

  wb_client_fetch_async (client, self->message, WB_CLIENT_MAX_BODY_BYTES,
                         g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

/**
 * wb_token_fetch_async:
 * @client: the account's client
 * @request: who asks, and for what; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is a token, or a refusal
 * @user_data: for @callback
 *
 * `POST /v3/auth/tokens`; for an agency a second time, with the user's own token, and if the name
 * of its member is not understood once more with the other one (the identity service's API
 * reference and the clouds' software kits do not agree on it).
 */
void
wb_token_fetch_async (WbClient             *client,
                      const WbTokenRequest *request,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *self;

  g_return_if_fail (WB_IS_CLIENT (client));
  g_return_if_fail (request != NULL && request->credentials != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_token_fetch_async);

  self = g_new0 (Fetch, 1);
  self->retry_after = WB_RETRY_AFTER_NEVER;
  self->request = wb_token_request_copy (request);
  self->agency_key = g_strcmp0 (request->agency_key, XROLE_NAME) == 0 ? XROLE_NAME : AGENCY_NAME;
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);

  send_request (task);
}

/**
 * wb_token_fetch_finish:
 * @client: the client
 * @result: the result
 * @retry_after: (out): as wb_retry_find_after() returns it for the last answer
 * @error: return location
 *
 * Returns: (transfer full): the token, or %NULL with %WB_ERROR_SECOND_FACTOR if the user signs in
 *   with a one-time code as well, %WB_ERROR_SIGN_IN if the credentials were refused, or another
 *   error
 */
WbToken *
wb_token_fetch_finish (WbClient     *client,
                       GAsyncResult *result,
                       int          *retry_after,
                       GError      **error)
{
  const Fetch *self;

  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  g_return_val_if_fail (retry_after != NULL, NULL);

  self = g_task_get_task_data (G_TASK (result));
  *retry_after = self->retry_after;

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_token_free (WbToken *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->value, wb_wipe_and_free);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self->project_id);
  g_free (self);
}
