/* fuzz-proxy.c: any text as a proxy's address, and as exceptions: no password shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/service/http/proxy-address.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *value = fuzz_next_text (&data, &size);
  g_autofree char *exceptions = fuzz_next_text (&data, &size);
  g_autofree char *address = wb_proxy_address_normalize (value, WB_PROXY_PORT_OF_VARIABLE);
  g_auto (GStrv) hosts = wb_proxy_exceptions_parse (exceptions);

  if (address != NULL)
    {
      g_autofree char *again = wb_proxy_address_normalize (address, WB_PROXY_PORT_OF_VARIABLE);
      g_autofree char *public = wb_proxy_address_dup_public (address);
      g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);

      fuzz_check (g_strcmp0 (address, again) == 0);
      fuzz_check (uri != NULL && g_uri_get_port (uri) > 0);
      fuzz_check (strchr (public, '@') == NULL);
    }

  return 0;
}
