/* sendable.c: what can stand in a header of a request
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/sendable.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"

#define MAX_ID_BYTES 64

static gboolean
set_not_sendable (GError    **error,
                  const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);

  return FALSE;
}

/**
 * wb_is_sendable:
 * @value: a token, a key or an ID
 *
 * Returns: whether it can stand in a header: not empty, and nothing but printable ASCII without
 *   spaces
 */
gboolean
wb_is_sendable (const char *value)
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

/**
 * wb_is_sendable_id:
 * @value: an ID, as a service returned it
 *
 * Returns: whether it can stand in a header, and is no longer than an ID can be
 */
gboolean
wb_is_sendable_id (const char *value)
{
  return wb_is_sendable (value) && strlen (value) <= MAX_ID_BYTES;
}

/**
 * wb_sendable_check:
 * @credentials: what an account signs in with
 * @project_id: (nullable): the project's ID
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if one of them cannot stand in a header
 */
gboolean
wb_sendable_check (WbCredentials *credentials,
                   const char    *project_id,
                   GError       **error)
{
  WbAuthMethod method;
  const char  *security_token;

  g_return_val_if_fail (credentials != NULL, FALSE);

  method = wb_credentials_get_method (credentials);
  security_token = wb_credentials_get_security_token (credentials);

  if (method == WB_AUTH_KEY && !wb_is_sendable (wb_credentials_get_access_key (credentials)))
    return set_not_sendable (error, _ ("The access key is empty, or contains a space, a line "
                                       "break or a character that access keys never contain. "
                                       "Enter it again."));
  if (method == WB_AUTH_KEY && security_token != NULL && !wb_is_sendable (security_token))
    return set_not_sendable (error, _ ("The security token contains a space, a line break or a "
                                       "character that tokens never contain. Paste it again."));
  if (method == WB_AUTH_TOKEN && !wb_is_sendable (wb_credentials_get_token (credentials)))
    return set_not_sendable (error, _ ("The token is empty, or contains a space, a line break or "
                                       "a character that tokens never contain. Paste it again."));
  if (project_id != NULL && !wb_is_sendable (project_id))
    return set_not_sendable (error, _ ("The project ID contains a space, a line break or a "
                                       "character that project IDs never contain. Enter it "
                                       "again."));

  return TRUE;
}

/**
 * wb_sendable_check_workspace:
 * @workspace_id: (nullable): a workspace's ID; %NULL and empty are the service's `default` one
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if it cannot stand in a header
 */
gboolean
wb_sendable_check_workspace (const char *workspace_id,
                             GError    **error)
{
  if (workspace_id == NULL || *workspace_id == '\0' || wb_is_sendable (workspace_id))
    return TRUE;

  return set_not_sendable (error, _ ("The workspace ID contains a space, a line break or a "
                                     "character that workspace IDs never contain. Enter it "
                                     "again."));
}
