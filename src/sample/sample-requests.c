/* sample-requests.c: what the sample service answers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include "sample/sample-reply.h"

#define TOKENS_PATH "/v3/auth/tokens"
#define NOT_PUBLISHED "The API does not exist or has not been published in the environment"

const WbSampleWorkspace *
wb_sample_requests_find_workspace (WbSampleService *self,
                                   const char      *id)
{
  for (guint i = 0; self->workspaces != NULL && i < self->workspaces->len; i++)
    {
      const WbSampleWorkspace *workspace = g_ptr_array_index (self->workspaces, i);

      if (g_str_equal (workspace->id, id))
        return workspace;
    }

  return NULL;
}

static gboolean
check_project (WbSampleService   *self,
               SoupServerMessage *message,
               const char        *project_id)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *header_project = soup_message_headers_get_one (headers, "X-Project-Id");

  if (g_str_equal (project_id, wb_sample_sign_in_get_project_id (self, message))
      && (header_project == NULL || g_str_equal (header_project, project_id)))
    return TRUE;

  wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN, "APIG.0310",
                         "The project is unavailable");

  return FALSE;
}

/* The workspace that a request is about; answers it if it may not be. */
static const WbSampleWorkspace *
find_requested_workspace (WbSampleService   *self,
                          SoupServerMessage *message,
                          const char        *project_id)
{
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  const char              *header_project = soup_message_headers_get_one (headers, "X-Project-Id");
  const char              *workspace_id = soup_message_headers_get_one (headers, "workspace");
  const WbSampleWorkspace *workspace = NULL;

  if (!check_project (self, message, project_id))
    return NULL;

  /* The real service, too, finds no workspace without the project's header. An empty ID is none. */
  if (workspace_id == NULL)
    workspace = wb_sample_requests_find_workspace (self, "");
  else if (*workspace_id != '\0' && header_project != NULL)
    workspace = wb_sample_requests_find_workspace (self, workspace_id);
  if (workspace == NULL)
    wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DLF.3051",
                           "Workspace does not exists.");

  return workspace;
}

/* Likewise for Management Center, which knows no workspace but by its ID. */
static const WbSampleWorkspace *
find_managed_workspace (WbSampleService   *self,
                        SoupServerMessage *message,
                        const char        *project_id)
{
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  const char              *workspace_id = soup_message_headers_get_one (headers, "workspace");
  const WbSampleWorkspace *workspace = NULL;

  if (!check_project (self, message, project_id))
    return NULL;

  if (g_strcmp0 (workspace_id, WB_SAMPLE_DEFAULT_ID) == 0)
    workspace = wb_sample_requests_find_workspace (self, "");
  else if (workspace_id != NULL && *workspace_id != '\0')
    workspace = wb_sample_requests_find_workspace (self, workspace_id);
  if (workspace == NULL)
    wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DAYU.3601",
                           "You have no permission in asset.");

  return workspace;
}

/* A gateway that no longer knows a call says so before it looks at the sign-in.
 * Returns: FALSE if it has answered so */
static gboolean
check_offered (WbSampleService   *self,
               SoupServerMessage *message,
               WbSource           call)
{
  switch (self->answers[call])
    {
    case WB_SAMPLE_WITHDRAWN:
      wb_sample_reply_error (message, SOUP_STATUS_NOT_FOUND, "APIG.0101", NOT_PUBLISHED);
      return FALSE;
    case WB_SAMPLE_WITHDRAWN_SHARED:
      wb_sample_reply_error (message, SOUP_STATUS_NOT_FOUND, "APIGW.0101", NOT_PUBLISHED);
      return FALSE;
    case WB_SAMPLE_GONE:
      soup_server_message_set_status (message, SOUP_STATUS_GONE, NULL);
      return FALSE;
    case WB_SAMPLE_RIGHT:
    case WB_SAMPLE_REFUSED:
    default:
      return TRUE;
    }
}

/* Returns: FALSE if it has answered that the user may not make the call */
static gboolean
check_permission (WbSampleService   *self,
                  SoupServerMessage *message,
                  WbSource           call)
{
  if (self->answers[call] != WB_SAMPLE_REFUSED)
    return TRUE;

  wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN,
                         call == WB_SOURCE_MANAGEMENT ? "APIG.0302" : "DLF.6888",
                         "The user has no permission for this operation.");

  return FALSE;
}

static void
handle_export (WbSampleService   *self,
               SoupServerMessage *message,
               const char        *project_id)
{
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeaders      *response_headers = soup_server_message_get_response_headers (message);
  const WbSampleWorkspace *workspace;
  g_autofree char         *request_id = NULL;

  if (!check_offered (self, message, WB_SOURCE_EXPORT))
    return;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE
      && soup_message_headers_get_one (headers, "Content-Length") == NULL)
    {
      wb_sample_reply_error (message, SOUP_STATUS_LENGTH_REQUIRED, "APIG.0201",
                             "Bad request: Content-Length is required");
      return;
    }
  if (!wb_sample_body_is_json (message))
    {
      wb_sample_reply_error (message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "APIG.0201",
                             "Bad request: Content-Type must be application/json");
      return;
    }

  if (!wb_sample_sign_in_check (self, message, TRUE)
      || !check_permission (self, message, WB_SOURCE_EXPORT))
    return;

  workspace = find_requested_workspace (self, message, project_id);
  if (workspace == NULL)
    return;
  if (workspace->zip == NULL)
    {
      wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DLF.6322",
                             "The data connection does not exist.");
      return;
    }

  request_id = g_uuid_string_random ();
  soup_message_headers_replace (response_headers, "X-Request-Id", request_id);
  soup_message_headers_replace (response_headers, "Content-Type", "application/octet-stream");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), workspace->zip);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

/* Connections, listed or shown. Returns FALSE if the request is for something else. */
static gboolean
handle_connections (WbSampleService   *self,
                    SoupServerMessage *message,
                    char             **segments,
                    GHashTable        *query)
{
  gboolean is_list = g_str_equal (segments[3], "connections") && segments[4] == NULL;
  gboolean is_managed = g_str_equal (segments[3], "data-connections")
                        && (segments[4] == NULL || segments[5] == NULL);
  WbSource                 call = is_list ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT;
  const WbSampleWorkspace *workspace;

  if (!is_list && !is_managed)
    return FALSE;
  if (!check_offered (self, message, call) || !wb_sample_sign_in_check (self, message, TRUE)
      || !check_permission (self, message, call))
    return TRUE;

  workspace = is_list ? find_requested_workspace (self, message, segments[2])
                      : find_managed_workspace (self, message, segments[2]);
  if (workspace == NULL)
    return TRUE;
  if (is_list)
    wb_sample_connections_reply_list (message, workspace, query);
  else if (segments[4] == NULL)
    wb_sample_connections_reply_managed (message, workspace, self->dialect, query);
  else
    wb_sample_connections_reply_one (message, workspace, self->dialect, segments[4]);

  return TRUE;
}

/* The lists, all of them `GET`. Returns FALSE if the request is for none of them. */
static gboolean
handle_list (WbSampleService   *self,
             SoupServerMessage *message,
             char             **segments,
             GHashTable        *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char    *path = g_strjoinv ("/", segments);
  g_autofree char    *pattern = NULL;
  guint               n = g_strv_length (segments);

  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    return FALSE;

  if (g_str_equal (path, "/v3/auth/projects") || g_str_equal (path, "/v3/projects"))
    {
      /* Criteria are for administrators, and for keys. */
      if (wb_sample_sign_in_check (self, message, FALSE))
        {
          if (g_str_equal (path, "/v3/projects")
              && soup_message_headers_get_one (headers, "X-Auth-Token") != NULL)
            wb_sample_reply_identity_error (message, SOUP_STATUS_FORBIDDEN,
                                            "You are not authorized to perform the requested "
                                            "action: identity:list_projects.");
          else
            wb_sample_directory_reply_projects (message, &self->identity);
        }
      return TRUE;
    }

  if (n < 4 || !g_str_equal (segments[1], "v1"))
    return FALSE;

  if (handle_connections (self, message, segments, query))
    return TRUE;

  pattern = g_strjoinv ("/", segments + 3);
  if (!g_str_equal (pattern, "instances")
      && !g_str_equal (pattern, "workspaces/" WB_SAMPLE_INSTANCE_ID))
    return FALSE;

  if (!wb_sample_sign_in_check (self, message, TRUE)
      || !check_project (self, message, segments[2]))
    return TRUE;
  if (g_str_equal (pattern, "instances"))
    wb_sample_directory_reply_instances (message, &self->identity, query);
  else
    wb_sample_directory_reply_workspaces (message, &self->identity, self->workspaces, query);

  return TRUE;
}

void
wb_sample_requests_serve (WbSampleService   *self,
                          SoupServerMessage *message,
                          GHashTable        *query)
{
  const char *raw_path = g_uri_get_path (soup_server_message_get_uri (message));
  g_auto (GStrv) segments = g_strsplit (raw_path, "/", -1);

  if (wb_sample_users_serve (self, message, segments))
    return;
  if (g_str_equal (raw_path, TOKENS_PATH))
    {
      wb_sample_sign_in_handle_tokens (self, message);
      return;
    }
  if (handle_list (self, message, segments, query))
    return;

  /* /v1/PROJECT/connections/export */
  if (g_str_equal (soup_server_message_get_method (message), "POST")
      && g_strv_length (segments) == 5 && g_str_equal (segments[1], "v1")
      && g_str_equal (segments[3], "connections") && g_str_equal (segments[4], "export"))
    {
      handle_export (self, message, segments[2]);
      return;
    }

  wb_sample_reply_error (message, SOUP_STATUS_NOT_FOUND, "APIG.0101",
                         NOT_PUBLISHED);
}
