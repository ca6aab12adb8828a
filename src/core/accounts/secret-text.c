/* secret-text.c: a secret as the text that the keyring keeps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/secrets-private.h"

#include <string.h>

#include "core/json-scan.h"
#include "core/wipe.h"

/* Not with json-glib: it would leave copies of the secret in freed memory. */

#define KEY_PASSWORD "password"
#define KEY_ACCESS_KEY "access_key"
#define KEY_SECRET_KEY "secret_key"
#define KEY_SECURITY_TOKEN "security_token"
#define KEY_TOKEN "token"

/* The longest escape of one byte is `\u0001`. */
#define MAX_ESCAPED_BYTES 6

typedef struct
{
  const char *key;
  const char *value; /* (nullable) */
} Member;

static void
append_string (GString    *out,
               const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static char *
new_object (const Member *members,
            guint         n_members)
{
  g_autoptr (GString) out = NULL;
  gsize size_bytes = sizeof "{}";

  /* Large enough from the start, for growing would leave a copy behind. */
  for (guint i = 0; i < n_members; i++)
    {
      if (members[i].value != NULL)
        size_bytes += strlen (members[i].key) + sizeof ",\"\":\"\""
                      + strlen (members[i].value) * MAX_ESCAPED_BYTES;
    }
  out = g_string_sized_new (size_bytes);

  g_string_append_c (out, '{');
  for (guint i = 0; i < n_members; i++)
    {
      if (members[i].value == NULL)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      append_string (out, members[i].key);
      g_string_append_c (out, ':');
      append_string (out, members[i].value);
    }
  g_string_append_c (out, '}');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The string value of @key in the outermost object, or NULL; to be freed with
 * wb_wipe_and_free(). */
static char *
dup_member (WbJsonScan *scan,
            const char *text,
            const char *key)
{
  char *found = NULL;

  for (guint i = 1; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autofree char   *name = NULL;
      gsize              length_bytes;

      if (value->parent != 0 || value->key_start == value->key_end
          || value->type != WB_JSON_STRING)
        continue;

      name = wb_json_unescape (text, value->key_start, value->key_end, NULL);
      if (g_strcmp0 (name, key) != 0)
        continue;

      g_clear_pointer (&found, wb_wipe_and_free);
      found = wb_json_unescape (text, value->start, value->end, &length_bytes);
      if (strlen (found) != length_bytes)
        g_clear_pointer (&found, wb_wipe_and_free);
    }

  return found;
}

/**
 * wb_secret_text_new:
 * @credentials: credentials, whose secrets are UTF-8
 *
 * Returns: (transfer full): a JSON object of their secret parts; free it with
 *   wb_wipe_and_free()
 */
char *
wb_secret_text_new (WbCredentials *credentials)
{
  const Member members[] = {
    { KEY_PASSWORD, wb_credentials_get_password (credentials) },
    { KEY_ACCESS_KEY, wb_credentials_get_access_key (credentials) },
    { KEY_SECRET_KEY, wb_credentials_get_secret_key (credentials) },
    { KEY_SECURITY_TOKEN, wb_credentials_get_security_token (credentials) },
    { KEY_TOKEN, wb_credentials_get_token (credentials) },
  };

  g_return_val_if_fail (credentials != NULL, NULL);

  return new_object (members, G_N_ELEMENTS (members));
}

/**
 * wb_secret_text_parse:
 * @text: what the keyring gave, which anyone may have put there
 * @method: the way to sign in that it is wanted for
 * @domain: the account's name, for %WB_AUTH_PASSWORD
 * @user: the user's name, for %WB_AUTH_PASSWORD
 *
 * Returns: (transfer full) (nullable): credentials; %NULL if there is no secret for @method in it
 */
WbCredentials *
wb_secret_text_parse (const char  *text,
                      WbAuthMethod method,
                      const char  *domain,
                      const char  *user)
{
  g_autoptr (WbJsonScan) scan = NULL;
  WbCredentials *credentials = NULL;
  char          *first;
  char          *second = NULL;
  char          *third = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (domain != NULL && user != NULL, NULL);

  scan = wb_json_scan_new (text, strlen (text), NULL);
  if (scan == NULL || wb_json_scan_get (scan, 0)->type != WB_JSON_OBJECT)
    return NULL;

  switch (method)
    {
    case WB_AUTH_PASSWORD:
      first = dup_member (scan, text, KEY_PASSWORD);
      if (first != NULL)
        credentials = wb_credentials_new_password (domain, user, first);
      break;

    case WB_AUTH_KEY:
      first = dup_member (scan, text, KEY_ACCESS_KEY);
      second = dup_member (scan, text, KEY_SECRET_KEY);
      third = dup_member (scan, text, KEY_SECURITY_TOKEN);
      if (first != NULL && second != NULL)
        credentials = wb_credentials_new_key (first, second, third);
      break;

    case WB_AUTH_TOKEN:
      first = dup_member (scan, text, KEY_TOKEN);
      if (first != NULL)
        credentials = wb_credentials_new_token (first);
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  wb_wipe_and_free (first);
  wb_wipe_and_free (second);
  wb_wipe_and_free (third);

  return credentials;
}
