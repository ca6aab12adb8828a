/* fuzz-connection.c: any bytes as a connection; no secret field shows in a masked text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/archive/connection/connection-digest.h"
#include "core/archive/connection/connection.h"
#include "core/archive/secrets/secret-mask.h"

static void
check_text (const char *text)
{
  fuzz_check (text == NULL || g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (WbConnection) connection = wb_connection_new (bytes);
  g_autoptr (GString) haystack = g_string_new ("");
  g_auto (WbConnectionDigest) digest = { 0 };
  g_autofree char *text = wb_connection_dup_text (connection);
  g_autofree char *revealed = wb_connection_dup_revealed_text (connection);
  g_autofree char *json = wb_connection_dup_json (connection, FALSE);
  g_autofree char *said = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *masked = wb_secret_mask_dup_text (said, strlen (said), NULL);

  check_text (wb_connection_get_name (connection));
  check_text (wb_connection_get_type_name (connection));
  check_text (wb_connection_get_description (connection));
  check_text (wb_connection_get_address (connection));
  check_text (wb_connection_get_parse_error (connection));
  check_text (text);
  check_text (revealed);
  check_text (json);
  check_text (masked);
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      const WbConnectionField *field = wb_connection_get_field (connection, i);
      g_autofree char         *shown = wb_connection_field_dup_shown (field);

      check_text (shown);
      check_text (field->label);
      check_text (field->key);
      fuzz_check (!field->secret || !field->included || field->value[0] == '\0'
                  || strcmp (shown, field->value) != 0 || strspn (shown, "*") == strlen (shown));
    }
  wb_connection_digest (&digest, "a.conn", strlen ("a.conn"), (const char *) data, size, haystack);
  for (guint i = 0; i < WB_N_DIGEST_TEXTS; i++)
    check_text (digest.texts[i]);

  return 0;
}
