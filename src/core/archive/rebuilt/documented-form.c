/* documented-form.c: the service's names for the same keys and types, brought to the documented one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/documented-form.h"

#include <string.h>

/* No key of the tables is longer. */
#define MAX_KEY_BYTES 32

static const char *const keys[WB_N_FORM_KEYS] = {
  [WB_FORM_NAME] = "name",
  [WB_FORM_TYPE] = "type",
  [WB_FORM_DESCRIPTION] = "description",
  [WB_FORM_CONFIG] = "config",
  [WB_FORM_CLUSTER_NAME] = "clusterName",
  [WB_FORM_IP] = "ip",
  [WB_FORM_PORT] = "port",
  [WB_FORM_USER_NAME] = "userName",
  [WB_FORM_PASSWORD] = "password",
  [WB_FORM_SSL_ENABLE] = "sslEnable",
  [WB_FORM_KMS_KEY] = "kmsKey",
  [WB_FORM_AGENT_NAME] = "agentName",
  [WB_FORM_CONNECTION_METHOD] = "connectionMethod",
  [WB_FORM_DRIVER_NAME] = "driverName",
  [WB_FORM_DRIVER_PATH] = "driverPath",
  [WB_FORM_KEY_LOCATION] = "keyLocation",
};

/* What Management Center's replies call the same, folded; what differs in case and `_` alone, or in
 * a prefix that names the kind of data source, needs no row. `agetn_name` is how its reference
 * spells it in an example. */
static const struct
{
  const char *folded;
  WbFormKey   key;
} other_keys[] = {
  { "dwname", WB_FORM_NAME },
  { "dwtype", WB_FORM_TYPE },
  { "dwconfig", WB_FORM_CONFIG },
  { "kmsname", WB_FORM_KMS_KEY },
  { "agetnname", WB_FORM_AGENT_NAME },
  { "mrsconnectiontype", WB_FORM_CONNECTION_METHOD },
};

/* Before a user name, a password, a driver and the like. */
static const char *const prefixes[] = { "db", "ns" };

/* The encrypted password, and what it was encrypted with: the first wherever it occurs in a key,
 * the others as a whole key, also behind a prefix. */
static const char *const cipher_parts[] = { "encryptvalue", "encryptedvalue", "encvalue" };
static const char *const cipher_keys[] = { "iv", "ivvalue", "initvector", "initializationvector" };

static const char *const types[] = { "DWS", "DLI", "SparkSQL", "HIVE", "RDS", "CloudTable",
                                     "HOST" };

static const struct
{
  const char *folded;
  const char *type;
} other_types[] = {
  { "mrshive", "HIVE" },
  { "mrsspark", "SparkSQL" },
  { "mrssparksql", "SparkSQL" },
  { "spark", "SparkSQL" },
};

/* Small letters without separators; %FALSE for what is in no table. */
static gboolean
fold (const char *text,
      gsize       length,
      char        folded[MAX_KEY_BYTES + 1])
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (strchr ("_- ", text[i]) != NULL && text[i] != '\0')
        continue;
      if (!g_ascii_isalpha (text[i]) || n == MAX_KEY_BYTES)
        return FALSE;
      folded[n++] = g_ascii_tolower (text[i]);
    }
  folded[n] = '\0';

  return n > 0;
}

const char *
wb_form_key_to_string (WbFormKey key)
{
  g_return_val_if_fail ((guint) key < WB_N_FORM_KEYS, NULL);

  return keys[key];
}

static WbFormKey
find_folded (const char *folded)
{
  for (guint i = 0; i < WB_N_FORM_KEYS; i++)
    {
      if (g_ascii_strcasecmp (folded, keys[i]) == 0)
        return (WbFormKey) i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_keys); i++)
    {
      if (g_str_equal (folded, other_keys[i].folded))
        return other_keys[i].key;
    }

  return WB_N_FORM_KEYS;
}

/**
 * wb_form_key_find:
 * @key: a key as a reply spells it, in camel or snake case, without its path
 * @length: how many bytes
 *
 * Returns: the documented key that it stands for, or %WB_N_FORM_KEYS
 */
WbFormKey
wb_form_key_find (const char *key,
                  gsize       length)
{
  char      folded[MAX_KEY_BYTES + 1];
  WbFormKey found;

  if (!fold (key, length, folded))
    return WB_N_FORM_KEYS;

  found = find_folded (folded);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes) && found == WB_N_FORM_KEYS; i++)
    {
      WbFormKey rest;

      if (!g_str_has_prefix (folded, prefixes[i]))
        continue;
      rest = find_folded (folded + strlen (prefixes[i]));
      /* `dbName` is the name of a database. */
      if (rest > WB_FORM_CONFIG)
        found = rest;
    }

  return found;
}

/**
 * wb_form_key_is_cipher:
 * @key: a key as a reply spells it, without its path
 * @length: how many bytes
 *
 * Returns: whether its value is an encrypted password or belongs to one: whoever may use the KMS
 *   key can decrypt it, and to anybody else it is of no use
 */
gboolean
wb_form_key_is_cipher (const char *key,
                       gsize       length)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalpha (key[i]))
        g_string_append_c (folded, g_ascii_tolower (key[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (cipher_parts); i++)
    {
      if (strstr (folded->str, cipher_parts[i]) != NULL)
        return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cipher_keys); i++)
    {
      if (g_str_equal (folded->str, cipher_keys[i]))
        return TRUE;
      for (guint k = 0; k < G_N_ELEMENTS (prefixes); k++)
        {
          if (g_str_has_prefix (folded->str, prefixes[k])
              && g_str_equal (folded->str + strlen (prefixes[k]), cipher_keys[i]))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * wb_form_type_find:
 * @name: what a reply calls a type
 *
 * Returns: (transfer none) (nullable): the documented name, or %NULL for a type that is not
 *   documented
 */
const char *
wb_form_type_find (const char *name)
{
  char folded[MAX_KEY_BYTES + 1];

  if (!fold (name, strlen (name), folded))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_ascii_strcasecmp (folded, types[i]) == 0)
        return types[i];
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_types); i++)
    {
      if (g_str_equal (folded, other_types[i].folded))
        return other_types[i].type;
    }

  return NULL;
}
