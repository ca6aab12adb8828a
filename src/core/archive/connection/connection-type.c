/* connection-type.c: the types of connections that the service documents
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/connection/connection.h"

/* The names of the service's API reference, in the order of #WbConnectionType. */
static const struct
{
  const char *name;
  const char *icon_name;
} types[] = {
  { "", "waybill-connection-symbolic" },
  { "DWS", "waybill-dws-symbolic" },
  { "DLI", "waybill-dli-symbolic" },
  { "SparkSQL", "waybill-sparksql-symbolic" },
  { "HIVE", "waybill-hive-symbolic" },
  { "RDS", "waybill-rds-symbolic" },
  { "CloudTable", "waybill-cloudtable-symbolic" },
  { "HOST", "waybill-host-symbolic" },
};

/**
 * wb_connection_type_from_name:
 * @name: what a connection says it is, in any case
 *
 * Returns: the type, or %WB_CONNECTION_TYPE_OTHER
 */
WbConnectionType
wb_connection_type_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, WB_CONNECTION_TYPE_OTHER);

  for (guint i = 1; i < G_N_ELEMENTS (types); i++)
    {
      if (g_ascii_strcasecmp (name, types[i].name) == 0)
        return (WbConnectionType) i;
    }

  return WB_CONNECTION_TYPE_OTHER;
}

/**
 * wb_connection_type_get_name:
 * @type: a type
 *
 * Returns: (transfer none): what the service calls it; empty for %WB_CONNECTION_TYPE_OTHER
 */
const char *
wb_connection_type_get_name (WbConnectionType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), "");

  return types[type].name;
}

/**
 * wb_connection_type_get_icon_name:
 * @type: a type
 *
 * Returns: (transfer none): the name of its symbolic icon
 */
const char *
wb_connection_type_get_icon_name (WbConnectionType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), types[0].icon_name);

  return types[type].icon_name;
}
