/* redact-json.c: one connection without its secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/redact-json.h"

#include <string.h>

#include "core/archive/connection/connection-encoding.h"
#include "core/archive/connection/connection-json.h"
#include "core/archive/secrets/secret-elsewhere.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-mask.h"
#include "core/archive/secrets/secret-strings.h"

/**
 * wb_redact_collect:
 * @contents: a file of the archive
 * @search: gets its secrets
 *
 * A file that is not a connection is left out of the copy, but its secrets may occur in others.
 */
void
wb_redact_collect (GBytes         *contents,
                   WbSecretSearch *search)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (GArray) parts = NULL;

  if (wb_connection_json_init (&json, contents, NULL))
    wb_secret_elsewhere_collect (search, wb_connection_json_get_secrets (&json));
  else if (g_utf8_validate_len (json.text, json.length, NULL))
    {
      parts = wb_secret_string_find (json.text, json.length);
      wb_secret_elsewhere_collect_text (search, json.text, parts);
    }
}

/* Its own secrets, and those of any file. */
static WbSecretValues *
find_all (WbConnectionJson *json,
          WbSecretSearch   *search)
{
  return wb_secret_elsewhere_find (search, wb_connection_json_get_secrets (json), -1);
}

/* Reads the copy again as if it came from outside: no secret may be found in it. */
static gboolean
is_clean (GBytes         *contents,
          WbSecretSearch *search)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (WbSecretValues) secrets = NULL;

  if (!wb_connection_json_init (&json, contents, NULL)
      || wb_secret_search_is_in (search, json.text, json.length))
    return FALSE;
  secrets = find_all (&json, search);

  return wb_secret_values_get_n_spans (secrets) == 0;
}

/**
 * wb_redact_json:
 * @contents: a connection
 * @search: the sealed set of the archive's secrets
 * @n_secrets: (inout): grows by how many places were replaced
 *
 * Replaces secrets at their spans by %WB_SECRET_STARS, its own ones and those of other connections.
 *
 * Returns: (transfer full) (nullable): the connection, laid out as it was; %NULL if it is not fully
 *   understood or a secret might still be in it
 */
GBytes *
wb_redact_json (GBytes         *contents,
                WbSecretSearch *search,
                guint          *n_secrets)
{
  g_auto (WbConnectionJson) json = { 0 };
  g_autoptr (WbSecretValues) secrets = NULL;
  g_autoptr (GBytes) copy = NULL;
  g_autofree char *redacted = NULL;

  if (!wb_connection_json_init (&json, contents, NULL) || !json.is_object)
    return NULL;

  secrets = find_all (&json, search);
  redacted = wb_secret_mask_dup_json (secrets, json.length, WB_SECRET_STARS);
  copy = wb_connection_encode (redacted, strlen (redacted), json.encoding, json.has_mark);
  if (!is_clean (copy, search))
    return NULL;
  *n_secrets += wb_secret_values_get_n_spans (secrets);

  return g_steal_pointer (&copy);
}
