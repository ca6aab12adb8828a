/* fuzz-token.c: any reply of an identity service: a token that can be sent, or none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/service/http/sendable.h"
#include "core/service/sign-in/sign-in-private.h"

#define SENT "Zq7CanaryOfThePassword"

/* The value of `X-Subject-Token`, that of `Date`, then the body. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *value = fuzz_next_text (&data, &size);
  g_autofree char *date = fuzz_next_text (&data, &size);
  g_autoptr (GBytes) body = fuzz_next_part (&data, &size);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("domain", "user", SENT);
  const WbTokenRequest request = { .credentials = credentials };
  g_autoptr (WbToken) token = NULL;
  SoupMessageHeaders *headers;

  /* libsoup gives no others to us. */
  if (strpbrk (value, "\r\n") != NULL || strpbrk (date, "\r\n") != NULL)
    return 0;
  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  soup_message_headers_append (headers, "X-Subject-Token", value);
  soup_message_headers_append (headers, "Date", date);
  token = wb_token_new_from_reply (headers, body, &request);
  soup_message_headers_unref (headers);
  if (token == NULL)
    return 0;
  fuzz_check (wb_is_sendable (token->value));
  fuzz_check (token->project_id == NULL || wb_is_sendable (token->project_id));
  fuzz_check (token->project_id == NULL || strstr (token->project_id, SENT) == NULL);
  fuzz_check (token->lifetime_seconds >= 0);

  return 0;
}
