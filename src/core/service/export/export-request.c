/* export-request.c: the request for an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export-private.h"

#include "core/service/http/sendable.h"

/**
 * wb_export_request_new:
 * @sign_in: a sign-in that is prepared, so that its project ID is known
 * @workspace_id: (nullable): which workspace; %NULL for the service's `default` one, which is
 *   asked for by no header
 * @error: return location
 *
 * The service's API reference, "Exporting Connections" and "Common Message Headers". A missing
 * `X-Project-Id` is answered by "Workspace does not exists", says its FAQ.
 *
 * Returns: (transfer full): a message that lacks but its authorization, or %NULL with
 *   %WB_ERROR_INVALID
 */
SoupMessage *
wb_export_request_new (WbSignIn   *sign_in,
                       const char *workspace_id,
                       GError    **error)
{
  WbClient           *client;
  const char         *project_id;
  g_autofree char    *segment = NULL;
  g_autofree char    *url = NULL;
  SoupMessage        *message;
  SoupMessageHeaders *headers;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);

  client = wb_sign_in_get_client (sign_in);
  project_id = wb_sign_in_get_project_id (sign_in);
  g_return_val_if_fail (project_id != NULL, NULL);

  if (!wb_sendable_check_workspace (workspace_id, error))
    return NULL;

  segment = g_uri_escape_string (project_id, NULL, FALSE);
  url = g_strdup_printf ("%s/v1/%s/connections/export",
                         wb_client_get_endpoints (client)->service_url, segment);
  message = wb_client_new_message (client, "POST", url, error);
  if (message == NULL)
    return NULL;

  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept", "application/octet-stream");
  soup_message_headers_append (headers, "Content-Type", "application/json");
  soup_message_headers_set_content_length (headers, 0);
  soup_message_headers_append (headers, "X-Project-Id", project_id);
  if (workspace_id != NULL)
    soup_message_headers_append (headers, "workspace", workspace_id);

  return message;
}
