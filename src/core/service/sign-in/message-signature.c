/* message-signature.c: a message signed with an access key, as it will be sent
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in-private.h"

#include <string.h>

#include "core/service/sign-in/signer.h"

/* As it is sent: with the port where it is not the scheme's own. */
static char *
dup_host_header (GUri *uri)
{
  const char      *host = g_uri_get_host (uri);
  gboolean         is_ipv6 = strchr (host, ':') != NULL;
  int              port = g_uri_get_port (uri);
  int              default_port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  g_autofree char *name = g_strconcat (is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", NULL);

  if (port <= 0 || port == default_port)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s:%d", name, port);
}

/**
 * wb_message_sign:
 * @credentials: credentials for %WB_AUTH_KEY, whose values can stand in headers
 * @message: a message without a body, with its other headers in place
 * @now: the time of the signature, by the service's clock
 *
 * Adds `X-Sdk-Date`, `X-Security-Token` for a temporary key, and `Authorization` over exactly
 * these, host, x-project-id and workspace, as far as @message has them. Other headers are left
 * out, as what is on the way may change them.
 */
void
wb_message_sign (WbCredentials *credentials,
                 SoupMessage   *message,
                 GDateTime     *now)
{
  static const char *const others[] = { "X-Project-Id", "workspace", "X-Security-Token" };
  WbSignedHeader           signed_headers[2 + G_N_ELEMENTS (others)];
  guint                    n = 0;
  SoupMessageHeaders      *headers;
  const char              *security_token;
  GUri                    *uri;
  g_autofree char         *host = NULL;
  g_autofree char         *date = NULL;
  g_autofree char         *authorization = NULL;

  g_return_if_fail (credentials != NULL);
  g_return_if_fail (SOUP_IS_MESSAGE (message));
  g_return_if_fail (now != NULL);

  headers = soup_message_get_request_headers (message);
  uri = soup_message_get_uri (message);
  host = dup_host_header (uri);
  date = wb_signer_format_date (now);
  security_token = wb_credentials_get_security_token (credentials);

  soup_message_headers_replace (headers, "X-Sdk-Date", date);
  if (security_token != NULL)
    soup_message_headers_replace (headers, "X-Security-Token", security_token);

  signed_headers[n++] = (WbSignedHeader){ "Host", host };
  signed_headers[n++] = (WbSignedHeader){ "X-Sdk-Date", date };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *value = soup_message_headers_get_one (headers, others[i]);

      if (value != NULL)
        signed_headers[n++] = (WbSignedHeader){ others[i], value };
    }

  authorization = wb_signer_authorization (credentials, soup_message_get_method (message),
                                           uri, signed_headers, n, NULL);
  soup_message_headers_replace (headers, "Authorization", authorization);
}
