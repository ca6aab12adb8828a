/* peer.c: the Keystone that runs beside a test, and its users
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "peer.h"

#include <string.h>

#include "await.h"

static GKeyFile *users;

void
peer_init (void)
{
  g_autoptr (GError) error = NULL;

  users = g_key_file_new ();
  g_assert_nonnull (g_getenv ("KEYSTONE_FILE"));
  g_key_file_load_from_file (users, g_getenv ("KEYSTONE_FILE"), G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
}

void
peer_end (void)
{
  g_clear_pointer (&users, g_key_file_unref);
}

const char *
peer_get_url (void)
{
  return g_getenv ("KEYSTONE_URL");
}

const char *
peer_get (const char *group,
          const char *key)
{
  g_autofree char *value = g_key_file_get_string (users, group, key, NULL);

  g_assert_nonnull (value);

  return g_intern_string (value);
}

const char *
peer_get_project_id (const char *name)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *name_key = g_strdup_printf ("name-%u", i);
      g_autofree char *id_key = g_strdup_printf ("id-%u", i);

      if (g_str_equal (peer_get ("projects", name_key), name))
        return peer_get ("projects", id_key);
    }
}

WbAccount *
peer_new_account (const char *user,
                  const char *project_name)
{
  WbAccount *account = wb_account_new ();

  wb_account_set (account, WB_ACCOUNT_NAME, user);
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, peer_get_url ());
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, peer_get_url ());
  wb_account_set (account, WB_ACCOUNT_DOMAIN, peer_get ("keystone", "domain"));
  wb_account_set (account, WB_ACCOUNT_USER, peer_get (user, "name"));
  if (project_name != NULL)
    wb_account_set (account, WB_ACCOUNT_PROJECT_NAME, project_name);

  return account;
}

WbSignIn *
peer_new_sign_in (WbAccount  *account,
                  const char *password,
                  const char *service_url)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;

  if (service_url != NULL)
    {
      wb_account_set (account, WB_ACCOUNT_SERVICE_URL, service_url);
      wb_account_set (account, WB_ACCOUNT_MANAGEMENT_URL, service_url);
    }
  endpoints = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  credentials = wb_credentials_new_password (wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                             wb_account_get (account, WB_ACCOUNT_USER), password);

  if (*wb_account_get (account, WB_ACCOUNT_PROJECT_NAME) == '\0'
      && *wb_account_get (account, WB_ACCOUNT_PROJECT_ID) == '\0')
    return wb_sign_in_new_for_account (client, credentials, account, clouds, FALSE);

  return wb_sign_in_new_for_account (client, credentials, account, clouds, TRUE);
}

gboolean
peer_prepare (WbSignIn *sign_in,
              GError  **error)
{
  g_autoptr (GAsyncResult) wait = NULL;

  wb_sign_in_prepare_async (sign_in, NULL, await_cb, &wait);

  return wb_sign_in_prepare_finish (sign_in, await (&wait), error);
}

char *
peer_dup_token (WbSignIn *sign_in)
{
  WbClient        *client = wb_sign_in_get_client (sign_in);
  g_autofree char *url = g_strconcat (wb_client_get_endpoints (client)->identity_url, "/v3", NULL);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  message = wb_client_new_message (client, "GET", url, &error);
  g_assert_no_error (error);
  peer_prepare (sign_in, &error);
  g_assert_no_error (error);
  g_assert_true (wb_sign_in_authorize (sign_in, message));

  return g_strdup (soup_message_headers_get_one (soup_message_get_request_headers (message),
                                                 "X-Auth-Token"));
}

guint
peer_revoke (const char *token)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (peer_get_url (), "/v3/auth/tokens", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("DELETE", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;

  soup_session_set_proxy_resolver (session, NULL);
  soup_message_headers_append (headers, "X-Auth-Token", peer_get ("keystone", "admin-token"));
  soup_message_headers_append (headers, "X-Subject-Token", token);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, await_cb,
                                    &wait);
  body = soup_session_send_and_read_finish (session, await (&wait), &error);
  g_assert_no_error (error);

  return soup_message_get_status (message);
}

/* RFC 6238, with SHA-1, 30 seconds and 6 digits. */
char *
peer_dup_passcode (const char *key,
                   gint64      time_seconds)
{
  guint64 counter = GUINT64_TO_BE ((guint64) (time_seconds / 30));
  guint8  digest[20];
  gsize   length = sizeof digest;
  guint   offset;
  guint32 number;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) key, strlen (key));

  g_hmac_update (hmac, (const guchar *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &length);
  offset = digest[19] & 0x0f;
  number = (guint32) (digest[offset] & 0x7f) << 24 | (guint32) digest[offset + 1] << 16
           | (guint32) digest[offset + 2] << 8 | digest[offset + 3];

  return g_strdup_printf ("%06u", number % 1000000);
}
