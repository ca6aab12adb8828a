/* documented-form.h: the service's names for the same keys and types, brought to the documented one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The documented keys of a connection, in the order of a rebuilt file; those behind
 * %WB_FORM_CONFIG stand in the object that it holds. */
typedef enum
{
  WB_FORM_NAME,
  WB_FORM_TYPE,
  WB_FORM_DESCRIPTION,
  WB_FORM_CONFIG,
  WB_FORM_CLUSTER_NAME,
  WB_FORM_IP,
  WB_FORM_PORT,
  WB_FORM_USER_NAME,
  WB_FORM_PASSWORD,
  WB_FORM_SSL_ENABLE,
  WB_FORM_KMS_KEY,
  WB_FORM_AGENT_NAME,
  WB_FORM_CONNECTION_METHOD,
  WB_FORM_DRIVER_NAME,
  WB_FORM_DRIVER_PATH,
  WB_FORM_KEY_LOCATION,
  WB_N_FORM_KEYS,
} WbFormKey;

const char *wb_form_key_to_string  (WbFormKey   key);
WbFormKey   wb_form_key_find       (const char *key,
                                    gsize       length);
gboolean    wb_form_key_is_cipher  (const char *key,
                                    gsize       length);
const char *wb_form_type_find      (const char *name);

G_END_DECLS
