/* connection-keys.c: the documented keys of a connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
    {
      if (keys[i].label != NULL && g_ascii_strcasecmp (key, keys[i].key) == 0)
        return _ (keys[i].label);
    }

  return NULL;
}

/**
 * wb_connection_key_find_meaning:
 * @text: a JSON text
 * @value: one of its values, wherever it stands
 *
 * Looks at keys without escapes only; nobody spells a documented key otherwise.
 *
 * Returns: what its key stands for, or %WB_N_KEYS
 */
WbKey
wb_connection_key_find_meaning (const char        *text,
                                const WbJsonValue *value)
{
  const char *key = text + value->key_start + 1;
  gsize       length = value->key_end - value->key_start;
  char        first;

  if (length < 2 || length > MAX_PLAIN_KEY_BYTES)
    return WB_N_KEYS;
  length -= 2;
  /* All in the table begin with a small letter, and most are told apart by it. */
  first = g_ascii_tolower (key[0]);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (first == keys[i].key[0]
          && g_ascii_strncasecmp (key, keys[i].key, length) == 0 && keys[i].key[length] == '\0')
        return keys[i].meaning;
    }

  return WB_N_KEYS;
}

/**
 * wb_connection_key_is_set_by_service:
 * @text: a JSON text
 * @value: one of its values, wherever it stands
 *
 * Returns: whether the service writes it by itself, so that a change of it is nobody's doing. The
 *   replies of Management Center have these keys; the documentation of what a person sets does not.
 */
gboolean
wb_connection_key_is_set_by_service (const char        *text,
                                     const WbJsonValue *value)
{
  static const char *const found[] = { "createtime", "createuser", "lastupdatetime", "masterip",
                                       "mrsversion", "safemode", "updatetime", "updateuser" };
  char                     folded[MAX_PLAIN_KEY_BYTES + 1];
  gsize                    n = 0;

  for (gsize i = value->key_start + 1; i + 1 < value->key_end; i++)
    {
      if (text[i] == '_')
        continue;
      if (n == MAX_PLAIN_KEY_BYTES)
        return FALSE;
      folded[n++] = g_ascii_tolower (text[i]);
    }
  folded[n] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      if (g_str_equal (folded, found[i]))
        return TRUE;
    }

  return FALSE;
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

      meaning = wb_connection_key_find_meaning (text, value);
      if (meaning == WB_N_KEYS || self->values[meaning] != 0
          || (meaning == WB_KEY_CONFIG ? value->type != WB_JSON_OBJECT : !is_scalar (value))
          || (in_config && meaning <= WB_KEY_CONFIG))
        continue;
      self->values[meaning] = i;
    }
}
