/* fuzz-addresses.c: any text as a service's address: read once is read for good; and as a console's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/accounts/console-address.h"
#include "core/accounts/endpoints.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *typed = fuzz_next_text (&data, &size);
  g_autofree char *text = g_utf8_make_valid (typed, -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = wb_endpoints_normalize (text, &error);
  g_auto (WbConsoleAddress) console = { 0 };
  static WbClouds *clouds;

  fuzz_check ((address == NULL) == (error != NULL));
  fuzz_check (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (address != NULL)
    {
      g_autofree char *again = wb_endpoints_normalize (address, NULL);
      g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

      fuzz_check (g_strcmp0 (address, again) == 0);
      fuzz_check (uri != NULL);
      fuzz_check (g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0');
      fuzz_check (g_uri_get_userinfo (uri) == NULL);
      fuzz_check (strcmp (g_uri_get_scheme (uri), "https") == 0
                  || wb_host_is_loopback (g_uri_get_host (uri)));
    }

  if (clouds == NULL)
    clouds = wb_clouds_new ();
  wb_console_address_parse (text, clouds, "otc", &console);

  return 0;
}
