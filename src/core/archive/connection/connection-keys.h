/* connection-keys.h: the documented keys of a connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/json-scan.h"

G_BEGIN_DECLS

typedef enum
{
  WB_KEY_NAME,
  WB_KEY_TYPE,
  WB_KEY_DESCRIPTION,
  WB_KEY_CONFIG,
  WB_KEY_CLUSTER,
  WB_KEY_HOST,
  WB_KEY_PORT,
  WB_KEY_URL,
  WB_KEY_USER,
  WB_KEY_SSL,
  WB_KEY_KMS,
  WB_KEY_AGENT,
  WB_KEY_METHOD,
  WB_KEY_DRIVER,
  WB_KEY_DRIVER_PATH,
  WB_N_KEYS,
} WbKey;

/* Numbers of the values in a scan, 0 for what is not there. */
typedef struct
{
  guint values[WB_N_KEYS];
} WbConnectionKeys;

const char *wb_connection_key_find_label   (const char        *key);
WbKey       wb_connection_key_find_meaning (const char        *text,
                                            const WbJsonValue *value);

gboolean    wb_connection_key_is_set_by_service
                                          (const char        *text,
                                           const WbJsonValue *value);

void        wb_connection_keys_find        (WbConnectionKeys  *self,
                                            const char        *text,
                                            WbJsonScan        *scan);

G_END_DECLS
