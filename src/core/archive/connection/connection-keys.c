/* connection-keys.c: the documented keys of a connection, and what follows from them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-keys.h"

#include "core/archive/secrets/secret-mask.h"
#include "core/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ADDRESS_CHARS 200
#define MAX_PLAIN_KEY_BYTES 24

/* First those of the service's API reference, then those that Management Center's uses for the
 * same. */
static const struct
{
  const char *key;
  const char *label;   /* (nullable) */
  WbKey       meaning; /* %WB_N_KEYS for none */
} keys[] = {
  { "name", NULL, WB_KEY_NAME },
  { "type", NULL, WB_KEY_TYPE },
  { "description", N_ ("Description"), WB_KEY_DESCRIPTION },
  { "config", NULL, WB_KEY_CONFIG },
  { "clusterName", N_ ("Cluster"), WB_KEY_CLUSTER },
  { "ip", N_ ("IP address"), WB_KEY_HOST },
  { "port", N_ ("Port"), WB_KEY_PORT },
  { "userName", N_ ("User name"), WB_KEY_USER },
  { "password", N_ ("Password"), WB_N_KEYS },
  /* Translators: whether a connection is encrypted; the name of the protocol. */
  { "sslEnable", N_ ("SSL"), WB_KEY_SSL },
  { "kmsKey", N_ ("KMS key"), WB_KEY_KMS },
  { "agentName", N_ ("Agent (CDM cluster)"), WB_KEY_AGENT },
  { "connectionMethod", N_ ("Connection method"), WB_KEY_METHOD },
  { "driverName", N_ ("Driver"), WB_KEY_DRIVER },
  { "driverPath", N_ ("Driver file"), WB_KEY_DRIVER_PATH },
  { "keyLocation", N_ ("Key file"), WB_N_KEYS },
  { "dw_name", NULL, WB_KEY_NAME },
  { "dw_type", NULL, WB_KEY_TYPE },
  { "dw_config", NULL, WB_KEY_CONFIG },
  { "clusterId", N_ ("Cluster ID"), WB_N_KEYS },
  { "dbUserName", N_ ("User name"), WB_KEY_USER },
  { "dbPassword", N_ ("Password"), WB_N_KEYS },
  { "kmsId", N_ ("KMS key ID"), WB_N_KEYS },
  { "kmsName", N_ ("KMS key"), WB_KEY_KMS },
  { "mrsConnectionType", N_ ("Connection method"), WB_KEY_METHOD },
  { "agent_id", N_ ("Agent ID"), WB_N_KEYS },
  { "agent_name", N_ ("Agent (CDM cluster)"), WB_KEY_AGENT },
  { "host", N_ ("Host"), WB_KEY_HOST },
  { "hostName", N_ ("Host"), WB_KEY_HOST },
  { "url", N_ ("Address"), WB_KEY_URL },
  { "jdbcUrl", N_ ("Address"), WB_KEY_URL },
};

/* What the service's API reference calls mandatory, but for passwords: leaving those out of an
 * export is the service's right. @or_host: address and port do instead of the cluster's name. */
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

/**
 * wb_connection_key_find_label:
 * @key: a key, without its path
 *
 * Returns: (transfer none) (nullable): what a person calls it, translated
 */
const char *
wb_connection_key_find_label (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].label != NULL && g_ascii_strcasecmp (key, keys[i].key) == 0)
      return _ (keys[i].label);

  return NULL;
}

/* Keys without escapes only; nobody spells a documented key otherwise. */
static WbKey
find_meaning (const char        *text,
              const WbJsonValue *value)
{
  const char *key = text + value->key_start + 1;
  gsize       length = value->key_end - value->key_start;

  if (length < 2 || length > MAX_PLAIN_KEY_BYTES)
    return WB_N_KEYS;
  length -= 2;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_ascii_tolower (key[0]) == g_ascii_tolower (keys[i].key[0])
        && g_ascii_strncasecmp (key, keys[i].key, length) == 0 && keys[i].key[length] == '\0')
      return keys[i].meaning;

  return WB_N_KEYS;
}

static gboolean
is_scalar (const WbJsonValue *value)
{
  return value->type != WB_JSON_OBJECT && value->type != WB_JSON_ARRAY;
}

/**
 * wb_connection_keys_find:
 * @self: (out caller-allocates): where the documented keys' values stand
 * @text: a JSON text, an object
 * @scan: where its values stand
 *
 * Finds keys of any case in the object and in its `config`. Of equal ones the first counts.
 */
void
wb_connection_keys_find (WbConnectionKeys *self,
                         const char       *text,
                         WbJsonScan       *scan)
{
  *self = (WbConnectionKeys){ 0 };
  for (guint i = 1; i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      gboolean           in_config;
      WbKey              meaning;

      if (value->depth > 2 || value->parent < 0)
        continue;
      in_config = value->parent > 0 && (guint) value->parent == self->values[WB_KEY_CONFIG];
      if (value->parent != 0 && !in_config)
        continue;

      meaning = find_meaning (text, value);
      if (meaning == WB_N_KEYS || self->values[meaning] != 0
          || (meaning == WB_KEY_CONFIG ? value->type != WB_JSON_OBJECT : !is_scalar (value))
          || (in_config && meaning <= WB_KEY_CONFIG))
        continue;
      self->values[meaning] = i;
    }
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
 * wb_connection_keys_dup_value:
 * @self: where the documented keys' values stand
 * @key: which one
 * @text: the text
 * @scan: where its values stand
 * @secrets: where its secrets stand
 * @max_chars: how many characters at most
 *
 * Returns: (transfer full): its value, escaped, its secrets masked; or the empty string, also where
 *   it is a secret as a whole
 */
char *
wb_connection_keys_dup_value (const WbConnectionKeys *self,
                              WbKey                   key,
                              const char             *text,
                              WbJsonScan             *scan,
                              WbSecretValues         *secrets,
                              glong                   max_chars)
{
  guint            value = self->values[key];
  g_autofree char *plain = NULL;
  gsize            length;

  if (value == 0 || wb_secret_values_get (secrets, value) == WB_SECRET_PRESENT
      || wb_json_scan_get (scan, value)->type == WB_JSON_NULL)
    return g_strdup ("");
  plain = wb_secret_mask_dup_value (secrets, text, scan, value, WB_SECRET_DOTS, &length);

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
 * wb_connection_keys_dup_address:
 * @self: where the documented keys' values stand
 * @text: the text
 * @scan: where its values stand
 * @secrets: where its secrets stand
 *
 * What a connection points at: host and port, with the database of its driver if it has one; else a
 * cluster; else an address with its secrets masked.
 *
 * Returns: (transfer full): it, escaped, or the empty string
 */
char *
wb_connection_keys_dup_address (const WbConnectionKeys *self,
                                const char             *text,
                                WbJsonScan             *scan,
                                WbSecretValues         *secrets)
{
  const WbKey order[] = { WB_KEY_HOST, WB_KEY_CLUSTER, WB_KEY_URL, WB_KEY_DRIVER };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *value = wb_connection_keys_dup_value (self, order[i], text, scan, secrets,
                                                             MAX_ADDRESS_CHARS);
      g_autofree char *port = NULL;
      g_autofree char *driver = NULL;
      const char      *database;
      gboolean         is_v6;

      if (*value == '\0')
        continue;
      if (order[i] != WB_KEY_HOST)
        return g_steal_pointer (&value);

      port = wb_connection_keys_dup_value (self, WB_KEY_PORT, text, scan, secrets, 20);
      driver = wb_connection_keys_dup_value (self, WB_KEY_DRIVER, text, scan, secrets, 60);
      database = name_database (driver);
      is_v6 = *value != '[' && *port != '\0' && strchr (value, ':') != NULL;
      return g_strconcat (is_v6 ? "[" : "", value, is_v6 ? "]" : "", *port != '\0' ? ":" : "", port,
                          database != NULL ? " (" : "", database != NULL ? database : "",
                          database != NULL ? ")" : "", NULL);
    }

  return g_strdup ("");
}

/**
 * wb_connection_keys_lacks_any:
 * @self: where the documented keys' values stand
 * @type: the connection's type
 * @text: the text
 * @scan: where its values stand
 * @secrets: where its secrets stand
 *
 * Returns: whether a key is missing or empty that the service's API reference calls mandatory;
 *   passwords do not count, for the service may leave them out
 */
gboolean
wb_connection_keys_lacks_any (const WbConnectionKeys *self,
                              WbConnectionType        type,
                              const char             *text,
                              WbJsonScan             *scan,
                              WbSecretValues         *secrets)
{
  g_autofree char *method = NULL;
  guint            has = 0;
  guint            i = 0;

  if (self->values[WB_KEY_NAME] == 0 || self->values[WB_KEY_TYPE] == 0)
    return TRUE;
  while (i < G_N_ELEMENTS (mandatory) && mandatory[i].type != type)
    i++;
  if (i == G_N_ELEMENTS (mandatory))
    return FALSE;

  for (guint key = 0; key < WB_N_KEYS; key++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, self->values[key]);

      if (self->values[key] != 0 && value->type != WB_JSON_NULL
          && (value->type != WB_JSON_STRING || value->end - value->start > 2))
        has |= 1 << key;
    }
  if (mandatory[i].or_host && (has & 1 << WB_KEY_HOST) != 0 && (has & 1 << WB_KEY_PORT) != 0)
    has |= 1 << WB_KEY_CLUSTER;
  if ((mandatory[i].keys & ~has) != 0)
    return TRUE;

  method = wb_connection_keys_dup_value (self, WB_KEY_METHOD, text, scan, secrets, 20);
  return g_ascii_strcasecmp (method, "agent") == 0 && (mandatory[i].agents_keys & ~has) != 0;
}

/**
 * wb_connection_keys_has_ssl_off:
 * @self: where the documented keys' values stand
 * @text: the text
 * @scan: where its values stand
 *
 * Returns: whether the connection says that it does without SSL
 */
gboolean
wb_connection_keys_has_ssl_off (const WbConnectionKeys *self,
                                const char             *text,
                                WbJsonScan             *scan)
{
  const WbJsonValue *value = wb_json_scan_get (scan, self->values[WB_KEY_SSL]);

  if (self->values[WB_KEY_SSL] == 0)
    return FALSE;
  /* Documented as a map of strings, but the examples have a JSON boolean. */
  return value->type == WB_JSON_FALSE
         || (value->end - value->start == 7
             && g_ascii_strncasecmp (text + value->start, "\"false\"", 7) == 0);
}
