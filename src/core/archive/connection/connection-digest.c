/* connection-digest.c: the little that an archive keeps of each connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-digest.h"

#include <string.h>

#include "core/archive/connection/connection-json.h"
#include "core/archive/connection/connection.h"
#include "core/archive/connection/search-text.h"
#include "core/archive/secrets/secret-mask.h"

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

/* What the service's API reference calls mandatory, but for passwords: the service may leave
 * those out of an export. @or_host: address and port do instead of the cluster's name. */
static const struct
{
  WbConnectionType type;
  gboolean         or_host;
  guint            keys;        /* bits of #WbKey */
  guint            agents_keys; /* likewise, where the connection method is `agent` */
} mandatory[] = {
  { WB_CONNECTION_TYPE_DWS, TRUE,
    1 << WB_KEY_CLUSTER | 1 << WB_KEY_USER | 1 << WB_KEY_SSL | 1 << WB_KEY_KMS | 1 << WB_KEY_AGENT,
    0 },
  { WB_CONNECTION_TYPE_SPARK_SQL, FALSE, 1 << WB_KEY_CLUSTER | 1 << WB_KEY_METHOD,
    1 << WB_KEY_USER | 1 << WB_KEY_AGENT | 1 << WB_KEY_KMS },
  { WB_CONNECTION_TYPE_HIVE, FALSE, 1 << WB_KEY_CLUSTER | 1 << WB_KEY_METHOD,
    1 << WB_KEY_USER | 1 << WB_KEY_AGENT | 1 << WB_KEY_KMS },
  { WB_CONNECTION_TYPE_RDS, FALSE,
    1 << WB_KEY_HOST | 1 << WB_KEY_PORT | 1 << WB_KEY_USER | 1 << WB_KEY_KMS | 1 << WB_KEY_AGENT
      | 1 << WB_KEY_DRIVER | 1 << WB_KEY_DRIVER_PATH,
    0 },
  { WB_CONNECTION_TYPE_CLOUD_TABLE, FALSE, 1 << WB_KEY_CLUSTER, 0 },
  { WB_CONNECTION_TYPE_HOST, FALSE,
    1 << WB_KEY_HOST | 1 << WB_KEY_PORT | 1 << WB_KEY_USER | 1 << WB_KEY_KMS | 1 << WB_KEY_AGENT,
    0 },
};

static void
append_value (GString          *haystack,
              WbConnectionJson *json,
              guint             index)
{
  WbSecretValues    *secrets = wb_connection_json_get_hidden (json);
  const WbJsonValue *value = wb_json_scan_get (json->scan, index);
  const char        *string = json->text + value->start;
  gsize              length = value->end - value->start;
  gboolean           is_string = value->type == WB_JSON_STRING;
  g_autofree char   *plain = NULL;

  if (wb_secret_values_get (secrets, index) == WB_SECRET_PARTIAL
      || (is_string && memchr (string, '\\', length) != NULL))
    {
      plain = wb_secret_mask_dup_value (secrets, index, " ", &length);
      wb_search_append_folded (haystack, plain, length);
    }
  else if (is_string)
    wb_search_append_folded (haystack, string + 1, length - 2);
  else
    wb_search_append_folded (haystack, string, length);
}

static void
append_key (GString          *haystack,
            WbConnectionJson *json,
            guint             index)
{
  WbSecretValues    *secrets = wb_connection_json_get_hidden (json);
  const WbJsonValue *value = wb_json_scan_get (json->scan, index);
  const char        *key = json->text + value->key_start;
  gsize              length = value->key_end - value->key_start;
  g_autofree char   *plain = NULL;

  if (wb_secret_values_get_n_spans (secrets) == 0 && memchr (key, '\\', length) == NULL)
    {
      wb_search_append_folded (haystack, key + 1, length - 2);
      return;
    }
  plain = wb_secret_mask_dup_key (secrets, index, " ", &length);
  wb_search_append_folded (haystack, plain, length);
}

/* A line for each value; a secret's has its key alone. */
static void
append_haystack (GString          *haystack,
                 WbConnectionJson *json)
{
  WbSecretValues *secrets = wb_connection_json_get_hidden (json);
  gsize           start = haystack->len;

  for (guint i = 1; i < wb_json_scan_get_n (json->scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (json->scan, i);
      gsize              key_length = value->key_end - value->key_start;

      if (haystack->len - start > MAX_HAYSTACK_BYTES)
        break;
      g_string_append_c (haystack, WB_SEARCH_LINE);
      if (key_length > 2)
        append_key (haystack, json, i);
      g_string_append_c (haystack, WB_SEARCH_VALUE);
      if (value->type != WB_JSON_OBJECT && value->type != WB_JSON_ARRAY
          && wb_secret_values_get (secrets, i) != WB_SECRET_PRESENT)
        append_value (haystack, json, i);
    }
}

/* Whether a key is missing or empty that is mandatory. */
static gboolean
lacks_key (WbConnectionJson *json,
           WbConnectionType  type)
{
  g_autofree char *method = NULL;
  guint            has = 0;
  guint            i = 0;

  if (json->keys.values[WB_KEY_NAME] == 0 || json->keys.values[WB_KEY_TYPE] == 0)
    return TRUE;
  while (i < G_N_ELEMENTS (mandatory) && mandatory[i].type != type)
    i++;
  if (i == G_N_ELEMENTS (mandatory))
    return FALSE;

  for (guint key = 0; key < WB_N_KEYS; key++)
    {
      const WbJsonValue *value = wb_json_scan_get (json->scan, json->keys.values[key]);

      if (json->keys.values[key] != 0 && value->type != WB_JSON_NULL
          && (value->type != WB_JSON_STRING || value->end - value->start > 2))
        has |= 1 << key;
    }
  if (mandatory[i].or_host && (has & 1 << WB_KEY_HOST) != 0 && (has & 1 << WB_KEY_PORT) != 0)
    has |= 1 << WB_KEY_CLUSTER;
  if ((mandatory[i].keys & ~has) != 0)
    return TRUE;

  method = wb_connection_json_dup_value (json, WB_KEY_METHOD, 20);

  return g_ascii_strcasecmp (method, "agent") == 0 && (mandatory[i].agents_keys & ~has) != 0;
}

/* Whether the connection turns SSL off. */
static gboolean
has_ssl_off (WbConnectionJson *json)
{
  const WbJsonValue *value = wb_json_scan_get (json->scan, json->keys.values[WB_KEY_SSL]);

  if (json->keys.values[WB_KEY_SSL] == 0)
    return FALSE;

  /* Documented as a map of strings, but the examples have a JSON boolean. */
  return value->type == WB_JSON_FALSE
         || (value->end - value->start == 7
             && g_ascii_strncasecmp (json->text + value->start, "\"false\"", 7) == 0);
}

/* The name stays as it is, also where it is or has a secret. */
static gboolean
names_secret (WbConnectionJson *json)
{
  const WbJsonValue *name = wb_json_scan_get (json->scan, json->keys.values[WB_KEY_NAME]);
  g_autofree char   *string = NULL;
  gsize              length;

  if (name->type != WB_JSON_STRING
      || wb_secret_values_get_n_spans (wb_connection_json_get_secrets (json)) == 0)
    return FALSE;
  string = wb_json_unescape (json->text, name->start, name->end, &length);

  return wb_connection_json_has_secret (json, string, length);
}

/**
 * wb_connection_digest:
 * @self: (out caller-allocates): what it says
 * @path: where it lies
 * @path_length: how many bytes
 * @bytes: (nullable): a .conn file's bytes
 * @length: how many
 * @haystack: (nullable): gets what can be searched, which holds no secrets
 *
 * A fast wb_connection_new() for an archive of 50,000 files.
 *
 * Returns: whether the form is %WB_CONNECTION_JSON
 */
gboolean
wb_connection_digest (WbConnectionDigest *self,
                      const char         *path,
                      gsize               path_length,
                      const char         *bytes,
                      gsize               length,
                      GString            *haystack)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);
  g_auto (WbConnectionJson) json = { 0 };

  *self = (WbConnectionDigest){ 0 };
  if (!wb_connection_json_init (&json, contents, NULL) || !json.is_object)
    return FALSE;

  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    {
      if (i == WB_DIGEST_ADDRESS)
        self->texts[i] = wb_connection_json_dup_address (&json);
      else
        self->texts[i] = wb_connection_json_dup_value (&json, texts[i].key, texts[i].max_chars);
    }
  self->n_clear_secrets = wb_secret_values_get_n_spans (wb_connection_json_get_secrets (&json));

  if (self->n_clear_secrets > 0)
    self->findings |= WB_FINDING_CLEAR_SECRET;
  if (wb_connection_json_has_secret (&json, path, path_length) || names_secret (&json))
    self->findings |= WB_FINDING_SECRET_IN_NAME;
  if (lacks_key (&json, wb_connection_type_from_name (self->texts[WB_DIGEST_TYPE])))
    self->findings |= WB_FINDING_KEY_MISSING;
  if (has_ssl_off (&json))
    self->findings |= WB_FINDING_SSL_OFF;

  if (haystack != NULL)
    {
      wb_search_append_line (haystack, "address", strlen ("address"),
                             self->texts[WB_DIGEST_ADDRESS],
                             strlen (self->texts[WB_DIGEST_ADDRESS]));
      append_haystack (haystack, &json);
    }

  return TRUE;
}

/* A word such as `SPARK_SQL`, which holds no secret. */
static gboolean
is_word (const char *string,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (string[i]) && string[i] != '_' && string[i] != '-')
        return FALSE;
    }

  return TRUE;
}

/* A name or a type. Looking for secrets takes long, and a plain word has none. */
static char *
dup_short (WbConnectionJson *json,
           WbDigestText      text)
{
  const WbJsonValue *value = wb_json_scan_get (json->scan, json->keys.values[texts[text].key]);
  const char        *string = json->text + value->start + 1;
  gsize              length = value->end - value->start - 2;

  if (value->type == WB_JSON_STRING && is_word (string, length))
    return wb_connection_escape_capped (string, length, texts[text].max_chars);

  return wb_connection_json_dup_value (json, texts[text].key, texts[text].max_chars);
}

/**
 * wb_connection_digest_type:
 * @self: (out caller-allocates): gets the type and the name alone
 * @bytes: (nullable): a .conn file's bytes
 * @length: how many
 *
 * A fast wb_connection_digest(), for a list of an archive's files.
 *
 * Returns: whether the form is %WB_CONNECTION_JSON
 */
gboolean
wb_connection_digest_type (WbConnectionDigest *self,
                           const char         *bytes,
                           gsize               length)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);
  g_auto (WbConnectionJson) json = { 0 };

  *self = (WbConnectionDigest){ 0 };
  if (!wb_connection_json_init (&json, contents, NULL) || !json.is_object)
    return FALSE;

  self->texts[WB_DIGEST_TYPE] = dup_short (&json, WB_DIGEST_TYPE);
  self->texts[WB_DIGEST_NAME] = dup_short (&json, WB_DIGEST_NAME);

  return TRUE;
}

void
wb_connection_digest_clear (WbConnectionDigest *self)
{
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
}
