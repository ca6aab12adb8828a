/* fuzz-refusal.c: any reply that is not a success: a sentence, without what was sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "core/service/refusal/service-error.h"

#define SENT "Zq7CanaryOfTheToken"

static const guint statuses[] = { 200, 301, 400, 401, 403, 404, 405, 407, 410, 429, 500, 503 };

static void
check_text (const char *text)
{
  fuzz_check (text == NULL || g_utf8_validate (text, -1, NULL));
  fuzz_check (text == NULL || strstr (text, SENT) == NULL);
}

/* The first two bytes choose status and call, then come headers, one in a line, and the body. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char *const secrets[] = { SENT, NULL };
  WbServiceReply           reply = { .host = "dayu-dlf.example.com", .secrets = secrets };
  g_autofree char         *lines = NULL;
  g_auto (GStrv) headers = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  if (size < 2)
    return 0;
  reply.status = statuses[data[0] % G_N_ELEMENTS (statuses)];
  reply.call = data[1] % (WB_SERVICE_CALL_EXPORT + 1);
  reply.method = data[1] / 16 % 3;
  data += 2;
  size -= 2;
  lines = fuzz_next_text (&data, &size);
  headers = g_strsplit (lines, "\n", -1);
  body = fuzz_next_part (&data, &size);
  reply.body = body;
  reply.headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  for (guint i = 0; headers[i] != NULL; i++)
    {
      char *value = strchr (headers[i], ':');

      /* libsoup gives no others to us. */
      if (value == NULL || value == headers[i]
          || strcspn (headers[i], " \t\r\n") < (gsize) (value - headers[i])
          || strchr (value, '\r') != NULL)
        continue;
      *value++ = '\0';
      soup_message_headers_append (reply.headers, headers[i], value);
    }
  error = wb_service_error_new (&reply);

  fuzz_check (error->message[0] != '\0');
  check_text (error->message);
  check_text (wb_error_get_service_code (error));
  check_text (wb_error_get_request_id (error));
  check_text (wb_error_get_detail (error));
  soup_message_headers_unref (reply.headers);

  return 0;
}
