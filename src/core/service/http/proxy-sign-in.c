/* proxy-sign-in.c: user and password for a proxy, sent once, with the first `CONNECT`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <string.h>

#include "core/wipe.h"

/**
 * wb_proxy_dup_basic:
 * @user: a user
 * @password: (nullable): the password; an absent one is empty
 *
 * Returns: (transfer full): the value of `Proxy-Authorization` (RFC 7617), in UTF-8, for
 *   wb_wipe_and_free()
 */
char *
wb_proxy_dup_basic (const char *user,
                    const char *password)
{
  char *pair = g_strconcat (user, ":", password != NULL ? password : "", NULL);
  char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  char *value = g_strconcat ("Basic ", encoded, NULL);

  wb_wipe_and_free (pair);
  wb_wipe_and_free (encoded);

  return value;
}

/* There is a connection to the proxy. Its address is the one that was really taken, of several,
 * with its user and password percent-decoded. */
static void
starting_cb (SoupMessage *connect)
{
  GSocketAddress *address = soup_message_get_remote_address (connect);
  const char     *user = NULL;
  char           *value;

  if (address != NULL && G_IS_PROXY_ADDRESS (address))
    user = g_proxy_address_get_username (G_PROXY_ADDRESS (address));
  if (user == NULL)
    return;

  value = wb_proxy_dup_basic (user, g_proxy_address_get_password (G_PROXY_ADDRESS (address)));
  soup_message_headers_replace (soup_message_get_request_headers (connect), "Proxy-Authorization",
                                value);
  wb_wipe_and_free (value);
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message)
{
  if (g_str_equal (soup_message_get_method (message), "CONNECT"))
    g_signal_connect (message, "starting", G_CALLBACK (starting_cb), NULL);
}

/**
 * wb_proxy_sign_in_add:
 * @session: a new session
 *
 * libsoup's own sign-in repeats a refused password, which locks accounts, and repeats `CONNECT`
 * with the proxy itself as its target on a connection that is kept, so that a right one never works
 * (3.2.3 and 3.7.1). So it is taken away: each `CONNECT` is sent once, with the user and password
 * in the proxy's own address if there are some, asked for or not, as curl does.
 */
void
wb_proxy_sign_in_add (SoupSession *session)
{
  g_return_if_fail (SOUP_IS_SESSION (session));

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), NULL);
}
