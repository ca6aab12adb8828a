/* service-request.c: a request that is answered by a JSON object
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/service-request.h"

#include "core/error.h"
#include "core/input-limits.h"
#include "core/json-scan.h"
#include "core/service/http/retry.h"
#include "core/service/http/sent-secrets.h"

typedef struct
{
  WbServiceCall call;
  char         *url;          /* (owned) */
  char         *workspace_id; /* (owned) (nullable) */
  SoupMessage  *message;      /* (owned) (nullable): the request under way */
  gboolean      has_refreshed;
  GBytes       *body; /* (owned) (nullable): of the reply */
  int           retry_after;
} Request;

static void attempt (GTask *task);

static void
request_free (Request *self)
{
  g_free (self->url);
  g_free (self->workspace_id);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static JsonNode *
parse_object (GBytes *body)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = NULL;

  root = wb_json_parse (text != NULL ? text : "", length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return g_steal_pointer (&root);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSignIn *sign_in = g_task_get_source_object (task);
  Request  *self = g_task_get_task_data (task);
  JsonNode *root = NULL;
  GError   *error = NULL;
  guint     status;

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = wb_client_fetch_finish (WB_CLIENT (object), result, &error);
  if (self->body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  status = soup_message_get_status (self->message);
  if (status == SOUP_STATUS_UNAUTHORIZED && !self->has_refreshed
      && wb_sign_in_refresh (sign_in, self->message))
    {
      self->has_refreshed = TRUE;
      attempt (task);
      return;
    }

  self->retry_after = wb_retry_find_after (self->message);
  if (status == SOUP_STATUS_OK)
    root = parse_object (self->body);
  if (root != NULL)
    g_task_return_pointer (task, root, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, wb_sign_in_error_of_reply (sign_in, self->call, self->message,
                                                          self->body));
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSignIn           *sign_in = WB_SIGN_IN (object);
  Request            *self = g_task_get_task_data (task);
  const char         *project_id;
  SoupMessageHeaders *headers;
  GError             *error = NULL;

  if (!wb_sign_in_prepare_finish (sign_in, result, &error))
    {
      if (error->domain == WB_ERROR)
        self->retry_after = wb_sign_in_get_retry_after (sign_in);
      g_task_return_error (task, error);
      return;
    }

  g_clear_object (&self->message);
  self->message = wb_client_new_message (wb_sign_in_get_client (sign_in), "GET", self->url, &error);
  if (self->message == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  headers = soup_message_get_request_headers (self->message);
  project_id = wb_sign_in_get_project_id (sign_in);
  soup_message_headers_append (headers, "Accept", "application/json");
  soup_message_headers_append (headers, "Content-Type", "application/json");
  /* The identity service's calls are about no project. */
  if (!wb_service_call_is_identity (self->call) && project_id != NULL)
    soup_message_headers_append (headers, "X-Project-Id", project_id);
  if (self->workspace_id != NULL)
    soup_message_headers_append (headers, "workspace", self->workspace_id);

  if (!wb_sign_in_authorize (sign_in, self->message))
    {
      attempt (task);
      return;
    }

  /* A token that is asked about itself. */
  if (self->call == WB_SERVICE_CALL_TOKEN)
    soup_message_headers_append (headers, "X-Subject-Token",
                                 soup_message_headers_get_one (headers, "X-Auth-Token"));

  wb_client_fetch_async (wb_sign_in_get_client (sign_in), self->message, WB_LIST_MAX_REPLY_BYTES,
                         g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static void
attempt (GTask *task)
{
  wb_sign_in_prepare_async (g_task_get_source_object (task), g_task_get_cancellable (task),
                            prepared_cb, g_object_ref (task));
}

/**
 * wb_service_request_async:
 * @sign_in: the account's sign-in
 * @call: which call it is, for the words of a refusal
 * @url: what to get, at one of the account's addresses
 * @workspace_id: (nullable): the workspace; %NULL and empty are the service's `default` one
 * @cancellable: (nullable): ends it at once
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * `GET`, once more after a 401 if wb_sign_in_refresh() allows it.
 */
void
wb_service_request_async (WbSignIn           *sign_in,
                          WbServiceCall       call,
                          const char         *url,
                          const char         *workspace_id,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *self;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));
  g_return_if_fail (url != NULL);

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_service_request_async);

  self = g_new0 (Request, 1);
  self->call = call;
  self->retry_after = WB_RETRY_AFTER_NEVER;
  self->url = g_strdup (url);
  if (workspace_id != NULL && *workspace_id != '\0')
    self->workspace_id = g_strdup (workspace_id);
  g_task_set_task_data (task, self, (GDestroyNotify) request_free);

  attempt (task);
}

/**
 * wb_service_request_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): an object, or %NULL with an error
 */
JsonNode *
wb_service_request_finish (WbSignIn     *sign_in,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_service_request_dup_body:
 * @result: the result of a request that succeeded
 *
 * Returns: (transfer full): the object's text
 */
GBytes *
wb_service_request_dup_body (GAsyncResult *result)
{
  const Request *self = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (self->body != NULL, NULL);

  return g_bytes_ref (self->body);
}

/**
 * wb_service_request_list_sent:
 * @result: the result of a request that succeeded
 *
 * Returns: (transfer container) (array zero-terminated=1): what the service knows of the sign-in's
 *   secrets, and must not bring back in a list; it lives as long as @result does
 */
const char **
wb_service_request_list_sent (GAsyncResult *result)
{
  const Request *self = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (self->message != NULL, NULL);

  return wb_sent_secrets_list (self->message);
}

/**
 * wb_service_request_get_retry_after:
 * @result: the result of a request that failed
 *
 * Returns: as wb_retry_find_after(): in how many seconds the service, or the identity service, asks
 *   to make it again
 */
int
wb_service_request_get_retry_after (GAsyncResult *result)
{
  const Request *self = g_task_get_task_data (G_TASK (result));

  return self->retry_after;
}
