/* reply-error.c: a message that was refused, as an error that repeats nothing secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/reply-error.h"

#include "core/service/refusal/service-error.h"

#include <string.h>

#define SIGNATURE_NAME "Signature="

/* The part of the header that a gateway might repeat to say that it expected another. */
static const char *
find_signature (const char *authorization)
{
  const char *name = strstr (authorization, SIGNATURE_NAME);

  return name != NULL ? name + strlen (SIGNATURE_NAME) : NULL;
}

/**
 * wb_reply_error_new:
 * @message: the message, with the reply's headers
 * @body: (nullable): the reply's body, or the start of it
 * @call: which call was answered
 * @credentials: what one signed in with
 * @other: (nullable): a one-time code or a token that went along in the body
 * @clock_is_corrected: whether the request was signed by the service's clock already
 *
 * Returns: (transfer full): why it was refused, or what came instead, in %WB_ERROR; what is secret
 *   in it is left out, should the service echo it
 */
GError *
wb_reply_error_new (SoupMessage   *message,
                    GBytes        *body,
                    WbServiceCall  call,
                    WbCredentials *credentials,
                    const char    *other,
                    gboolean       clock_is_corrected)
{
  SoupMessageHeaders *sent;
  SoupMessageHeaders *received;
  WbServiceReply      reply = { 0 };
  const char         *authorization;
  const char         *secrets[12];
  guint               n = 0;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  sent = soup_message_get_request_headers (message);
  received = soup_message_get_response_headers (message);
  authorization = soup_message_headers_get_one (sent, "Authorization");
  const char *const candidates[] = {
    wb_credentials_get_password (credentials),
    wb_credentials_get_access_key (credentials), /* no secret, but nobody's business */
    wb_credentials_get_secret_key (credentials),
    wb_credentials_get_security_token (credentials),
    wb_credentials_get_token (credentials),
    other,
    soup_message_headers_get_one (sent, "X-Auth-Token"),
    authorization,
    authorization != NULL ? find_signature (authorization) : NULL,
    soup_message_headers_get_one (received, "X-Subject-Token"),
    soup_message_headers_get_one (received, "Openstack-Auth-Receipt"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (candidates[i] != NULL)
        secrets[n++] = candidates[i];
    }
  secrets[n] = NULL;

  reply.call = call;
  reply.method = wb_credentials_get_method (credentials);
  reply.host = g_uri_get_host (soup_message_get_uri (message));
  reply.status = soup_message_get_status (message);
  reply.headers = received;
  reply.body = body;
  reply.now = g_get_real_time () / G_USEC_PER_SEC;
  reply.clock_is_corrected = clock_is_corrected;
  reply.secrets = secrets;

  return wb_service_error_new (&reply);
}
