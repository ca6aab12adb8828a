/* fuzz-signer.c: any address and headers, signed: always the same, and never with a key in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/service/sign-in/signer.h"

#define SECRET_KEY "Zq7CanaryOfTheSecretKey"

/* The address, a header's value, and the body. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *address = fuzz_next_text (&data, &size);
  g_autofree char *value = fuzz_next_text (&data, &size);
  g_autoptr (GBytes) body = fuzz_next_part (&data, &size);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (WbCredentials) credentials = NULL;
  const WbSignedHeader headers[] = { { "host", "example.com" },
                                     { "X-Sdk-Date", "20260101T000000Z" },
                                     { "Workspace", value } };
  g_autofree char     *first = NULL;
  g_autofree char     *second = NULL;

  if (uri == NULL)
    return 0;
  credentials = wb_credentials_new_key ("AK", SECRET_KEY, NULL);
  first = wb_signer_authorization (credentials, "POST", uri, headers, G_N_ELEMENTS (headers), body);
  second = wb_signer_authorization (credentials, "POST", uri, headers, G_N_ELEMENTS (headers),
                                    body);
  fuzz_check (strcmp (first, second) == 0);
  fuzz_check (strstr (first, SECRET_KEY) == NULL);

  return 0;
}
