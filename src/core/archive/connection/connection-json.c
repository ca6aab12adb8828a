/* connection-json.c: a connection file read as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-json.h"

#include <string.h>

#include "core/archive/secrets/secret-mask.h"
#include "core/text.h"

#define MAX_ADDRESS_CHARS 200

/**
 * wb_connection_json_init:
 * @self: (out caller-allocates): what is read
 * @contents: a file's bytes, of any kind
 * @error: return location
 *
 * Returns: whether it is strict JSON, of any type; %FALSE with an error as from wb_json_scan_new(),
 *   and then with the text alone
 */
gboolean
wb_connection_json_init (WbConnectionJson *self,
                         GBytes           *contents,
                         GError          **error)
{
  *self = (WbConnectionJson){ 0 };
  self->bytes = wb_connection_decode (contents, &self->encoding, &self->has_mark);
  self->text = g_bytes_get_data (self->bytes, &self->length);
  if (self->text == NULL)
    self->text = "";

  self->scan = wb_json_scan_new (self->text, self->length, error);
  if (self->scan == NULL)
    return FALSE;

  self->is_object = wb_json_scan_get (self->scan, 0)->type == WB_JSON_OBJECT;
  if (self->is_object)
    wb_connection_keys_find (&self->keys, self->text, self->scan);

  return TRUE;
}

void
wb_connection_json_clear (WbConnectionJson *self)
{
  g_clear_pointer (&self->hidden, wb_secret_values_free);
  g_clear_pointer (&self->search, wb_secret_search_free);
  g_clear_pointer (&self->secrets, wb_secret_values_free);
  g_clear_pointer (&self->scan, wb_json_scan_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  *self = (WbConnectionJson){ 0 };
}

/**
 * wb_connection_json_get_secrets:
 * @self: JSON
 *
 * Finds them at the first call: a comparison mostly does not need them. Not for several threads at
 * once.
 *
 * Returns: (transfer none): where its secrets stand
 */
WbSecretValues *
wb_connection_json_get_secrets (WbConnectionJson *self)
{
  if (self->secrets == NULL)
    self->secrets = wb_secret_values_new (self->text, self->scan);

  return self->secrets;
}

static void
hide (WbConnectionJson *self,
      WbSecretSearch   *search)
{
  g_clear_pointer (&self->hidden, wb_secret_values_free);
  self->hidden = wb_secret_elsewhere_find (search, wb_connection_json_get_secrets (self),
                                           (int) self->keys.values[WB_KEY_NAME]);
}

/**
 * wb_connection_json_get_hidden:
 * @self: JSON
 *
 * A secret is hidden wherever it stands; but the name, by which a person finds the connection,
 * stays as it is. Found at the first call, as above.
 *
 * Returns: (transfer none): all places that are shown to nobody who does not ask
 */
WbSecretValues *
wb_connection_json_get_hidden (WbConnectionJson *self)
{
  WbSecretValues *secrets = wb_connection_json_get_secrets (self);

  if (wb_secret_values_get_n_spans (secrets) == 0 && self->hidden == NULL)
    return secrets;
  if (self->hidden == NULL)
    {
      self->search = wb_secret_search_new ();
      wb_secret_elsewhere_collect (self->search, secrets);
      wb_secret_search_seal (self->search);
      hide (self, self->search);
    }

  return self->hidden;
}

/**
 * wb_connection_json_hide_shared:
 * @self: JSON
 * @other: what became of it, or what it was before
 *
 * Hides the secrets of both in both: what was a password before may stand in a description now.
 */
void
wb_connection_json_hide_shared (WbConnectionJson *self,
                                WbConnectionJson *other)
{
  g_autoptr (WbSecretSearch) search = wb_secret_search_new ();

  wb_secret_elsewhere_collect (search, wb_connection_json_get_secrets (self));
  wb_secret_elsewhere_collect (search, wb_connection_json_get_secrets (other));
  wb_secret_search_seal (search);
  hide (self, search);
  hide (other, search);
}

/**
 * wb_connection_json_has_secret:
 * @self: JSON
 * @text: what is shown as it is
 * @length: how many bytes
 *
 * Returns: whether one of its secrets is in the text
 */
gboolean
wb_connection_json_has_secret (WbConnectionJson *self,
                               const char       *text,
                               gsize             length)
{
  g_autoptr (GArray) parts = NULL;

  wb_connection_json_get_hidden (self);
  if (self->search != NULL)
    parts = wb_secret_search_find (self->search, text, length);

  return parts != NULL;
}

/**
 * wb_connection_escape_capped:
 * @text: any bytes
 * @length: how many
 * @max_chars: how many characters to show at most
 *
 * Returns: (transfer full): the text, escaped, and its end cut off if it is longer
 */
char *
wb_connection_escape_capped (const char *text,
                             gsize       length,
                             glong       max_chars)
{
  /* Only so many bytes can become so many characters. */
  gboolean         cut = length > (gsize) max_chars * 4;
  g_autofree char *escaped = wb_text_escape (text, (gssize) (cut ? (gsize) max_chars * 4 : length));

  if (!cut && (glong) strlen (escaped) <= max_chars)
    return g_steal_pointer (&escaped);
  if (!cut && g_utf8_strlen (escaped, -1) <= max_chars)
    return g_steal_pointer (&escaped);

  *g_utf8_offset_to_pointer (escaped, MIN (max_chars, g_utf8_strlen (escaped, -1))) = '\0';

  return g_strconcat (escaped, "…", NULL);
}

/**
 * wb_connection_json_dup_value:
 * @self: a JSON object
 * @key: a documented key
 * @max_chars: how many characters at most
 *
 * Returns: (transfer full): its value, escaped, its secrets masked; or the empty string, also where
 *   it is a secret as a whole
 */
char *
wb_connection_json_dup_value (WbConnectionJson *self,
                              WbKey             key,
                              glong             max_chars)
{
  WbSecretValues  *secrets;
  guint            value = self->keys.values[key];
  g_autofree char *plain = NULL;
  gsize            length;

  if (value == 0)
    return g_strdup ("");
  secrets = wb_connection_json_get_hidden (self);
  if (wb_secret_values_get (secrets, value) == WB_SECRET_PRESENT
      || wb_json_scan_get (self->scan, value)->type == WB_JSON_NULL)
    return g_strdup ("");
  plain = wb_secret_mask_dup_value (secrets, value, WB_SECRET_DOTS, &length);

  return wb_connection_escape_capped (plain, length, max_chars);
}

/* What a driver's class is for. */
static const char *
name_database (const char *driver)
{
  if (strstr (driver, "mysql") != NULL)
    return "MySQL";
  if (strstr (driver, "postgresql") != NULL)
    return "PostgreSQL";

  return *driver != '\0' ? driver : NULL;
}

/**
 * wb_connection_json_dup_address:
 * @self: a JSON object
 *
 * What a connection points at: host and port, with the database of its driver if it has one; else a
 * cluster; else an address with its secrets masked.
 *
 * Returns: (transfer full): it, escaped, or the empty string
 */
char *
wb_connection_json_dup_address (WbConnectionJson *self)
{
  const WbKey order[] = { WB_KEY_HOST, WB_KEY_CLUSTER, WB_KEY_URL, WB_KEY_DRIVER };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *value = wb_connection_json_dup_value (self, order[i], MAX_ADDRESS_CHARS);
      g_autofree char *port = NULL;
      g_autofree char *driver = NULL;
      const char      *database;
      gboolean         is_v6;

      if (*value == '\0')
        continue;
      if (order[i] != WB_KEY_HOST)
        return g_steal_pointer (&value);

      port = wb_connection_json_dup_value (self, WB_KEY_PORT, 20);
      driver = wb_connection_json_dup_value (self, WB_KEY_DRIVER, 60);
      database = name_database (driver);
      is_v6 = *value != '[' && *port != '\0' && strchr (value, ':') != NULL;
      return g_strconcat (is_v6 ? "[" : "", value, is_v6 ? "]" : "", *port != '\0' ? ":" : "", port,
                          database != NULL ? " (" : "", database != NULL ? database : "",
                          database != NULL ? ")" : "", NULL);
    }

  return g_strdup ("");
}
