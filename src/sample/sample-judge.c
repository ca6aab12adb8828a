/* sample-judge.c: what another identity service says about a token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include "core/json-scan.h"

/* The project that a token is for, or %NULL. */
static char *
dup_project_id (GBytes *body)
{
  static const char *const path[] = { "token", "project", "id" };
  gsize                    length;
  const char              *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = wb_json_parse (text != NULL ? text : "", length, NULL);
  JsonNode *node = root;

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    {
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
      node = json_object_get_member (json_node_get_object (node), path[i]);
    }

  return node != NULL ? json_node_dup_string (node) : NULL;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  body = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  if (body == NULL)
    g_task_return_error (task, error);
  else if (soup_message_get_status (g_task_get_task_data (task)) != SOUP_STATUS_OK)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, dup_project_id (body), g_free);
}

/**
 * wb_sample_judge_async:
 * @session: a session
 * @identity_url: the identity service's address
 * @token: a token, which is asked about with its own right
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * A gateway does the same before it accepts a request.
 */
void
wb_sample_judge_async (SoupSession        *session,
                       const char         *identity_url,
                       const char         *token,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autofree char *url = g_strconcat (identity_url, "/v3/auth/tokens?nocatalog=true", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, user_data);
  SoupMessageHeaders *headers;

  g_task_set_source_tag (task, wb_sample_judge_async);
  g_return_if_fail (message != NULL);

  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "X-Auth-Token", token);
  soup_message_headers_append (headers, "X-Subject-Token", token);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, answered_cb,
                                    g_steal_pointer (&task));
}

/**
 * wb_sample_judge_finish:
 * @session: the session
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the ID of the project that the token is for; %NULL without
 *   an error if it is not valid, or for none
 */
char *
wb_sample_judge_finish (SoupSession  *session,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
