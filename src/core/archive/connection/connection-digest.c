/* connection-digest.c: the little that an archive keeps of each connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-digest.h"

#include "core/archive/connection/connection-encoding.h"
#include "core/archive/connection/connection-keys.h"
#include "core/archive/connection/search-text.h"
#include "core/archive/secrets/secret-mask.h"

#include <string.h>

/* The key that says each text, and how much of it is kept. No single key says the address. */
static const struct
{
  WbKey key;
  glong max_chars;
} texts[WB_N_DIGEST_TEXTS] = {
  [WB_DIGEST_NAME] = { WB_KEY_NAME, 256 },
  [WB_DIGEST_TYPE] = { WB_KEY_TYPE, 100 },
};

/* Of one connection; those of the service have less than a thousandth of it. */
#define MAX_HAYSTACK_BYTES ((gsize) 256 * 1024)

static void
append_value (GString        *haystack,
              const char     *text,
              WbJsonScan     *scan,
              WbSecretValues *secrets,
              guint           index)
{
  const WbJsonValue *value = wb_json_scan_get (scan, index);
  const char        *string = text + value->start;
  gsize              length = value->end - value->start;
  gboolean           is_string = value->type == WB_JSON_STRING;
  g_autofree char   *plain = NULL;

  if (wb_secret_values_get (secrets, index) == WB_SECRET_PARTIAL
      || (is_string && memchr (string, '\\', length) != NULL))
    {
      plain = wb_secret_mask_dup_value (secrets, text, scan, index, " ", &length);
      wb_search_append_folded (haystack, plain, length);
    }
  else if (is_string)
    wb_search_append_folded (haystack, string + 1, length - 2);
  else
    wb_search_append_folded (haystack, string, length);
}

static void
append_key (GString        *haystack,
            const char     *text,
            WbJsonScan     *scan,
            WbSecretValues *secrets,
            guint           index)
{
  gsize            length;
  g_autofree char *key = wb_secret_mask_dup_key (secrets, text, scan, index, " ", &length);

  wb_search_append_folded (haystack, key, length);
}

/* A line for each value; a secret's has its key alone. */
static void
append_haystack (GString        *haystack,
                 const char     *text,
                 WbJsonScan     *scan,
                 WbSecretValues *secrets)
{
  gsize start = haystack->len;

  for (guint i = 1; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      gsize              key_length = value->key_end - value->key_start;

      if (haystack->len - start > MAX_HAYSTACK_BYTES)
        break;
      g_string_append_c (haystack, WB_SEARCH_LINE);
      if (key_length > 2)
        append_key (haystack, text, scan, secrets, i);
      g_string_append_c (haystack, WB_SEARCH_VALUE);
      if (value->type != WB_JSON_OBJECT && value->type != WB_JSON_ARRAY
          && wb_secret_values_get (secrets, i) != WB_SECRET_PRESENT)
        append_value (haystack, text, scan, secrets, i);
    }
}

/**
 * wb_connection_digest:
 * @self: (out caller-allocates): what it says
 * @bytes: (nullable): a .conn file's bytes
 * @length: how many
 * @haystack: (nullable): gets what can be searched, which holds no secrets
 *
 * wb_connection_new() for those who look at 50,000 files and need no more of each.
 *
 * Returns: whether the form is %WB_CONNECTION_JSON
 */
gboolean
wb_connection_digest (WbConnectionDigest *self,
                      const char         *bytes,
                      gsize               length,
                      GString            *haystack)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (WbJsonScan) scan = NULL;
  g_autoptr (WbSecretValues) secrets = NULL;
  WbConnectionKeys keys;
  WbConnectionType type;
  WbEncoding       encoding;
  gboolean         has_mark;
  const char      *text;

  *self = (WbConnectionDigest){ 0 };
  decoded = wb_connection_decode (contents, &encoding, &has_mark);
  text = g_bytes_get_data (decoded, &length);
  scan = wb_json_scan_new (text, length, NULL);
  if (scan == NULL || wb_json_scan_get (scan, 0)->type != WB_JSON_OBJECT)
    return FALSE;

  secrets = wb_secret_values_new (text, scan);
  wb_connection_keys_find (&keys, text, scan);
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    {
      if (i == WB_DIGEST_ADDRESS)
        self->texts[i] = wb_connection_keys_dup_address (&keys, text, scan, secrets);
      else
        self->texts[i] = wb_connection_keys_dup_value (&keys, texts[i].key, text, scan, secrets,
                                                       texts[i].max_chars);
    }
  self->n_clear_secrets = wb_secret_values_get_n_spans (secrets);

  if (self->n_clear_secrets > 0)
    self->findings |= WB_FINDING_CLEAR_SECRET;
  type = wb_connection_type_from_name (self->texts[WB_DIGEST_TYPE]);
  if (wb_connection_keys_lacks_any (&keys, type, text, scan, secrets))
    self->findings |= WB_FINDING_KEY_MISSING;
  if (wb_connection_keys_has_ssl_off (&keys, text, scan))
    self->findings |= WB_FINDING_SSL_OFF;

  if (haystack != NULL)
    {
      wb_search_append_line (haystack, "address", strlen ("address"),
                             self->texts[WB_DIGEST_ADDRESS],
                             strlen (self->texts[WB_DIGEST_ADDRESS]));
      append_haystack (haystack, text, scan, secrets);
    }

  return TRUE;
}

void
wb_connection_digest_clear (WbConnectionDigest *self)
{
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
}
