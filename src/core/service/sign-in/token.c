/* token.c: the identity service's token, as its reply gives it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/token.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/json-member.h"
#include "core/json-scan.h"
#include "core/service/http/sendable.h"
#include "core/text.h"
#include "core/wipe.h"

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
    token = wb_json_find_object (json_node_get_object (root), "token");
  value = soup_message_headers_get_list (headers, "X-Subject-Token");
  project_id = wb_json_find_string (wb_json_find_object (token, "project"), "id");

  if (token == NULL || value == NULL || !wb_is_sendable (value)
      || (project_id != NULL && !wb_is_sendable (project_id)))
    {
      g_autofree char *safe_host = wb_text_escape (host, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
                   /* Translators: a host's name. */
                   _ ("%s did not answer like an identity service. Check the identity address in "
                      "the account."),
                   safe_host);
      return NULL;
    }

  self = g_new0 (WbToken, 1);
  self->value = g_strdup (value);
  self->project_id = g_strdup (project_id);
  self->expires = parse_time (wb_json_find_string (token, "expires_at"));
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

  g_clear_pointer (&self->value, wb_wipe_and_free);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self->project_id);
  g_free (self);
}
