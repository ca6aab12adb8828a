/* client-fixture.c: clients, servers with certificates, and one request and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "client-fixture.h"

#include <string.h>

#include "core/input-limits.h"

void
client_result_clear (ClientResult *result)
{
  if (result->error != NULL)
    {
      g_test_message ("%s", result->error->message);
      g_assert_null (strstr (result->error->message, CLIENT_SECRET));
    }
  g_clear_object (&result->message);
  g_clear_pointer (&result->body, g_bytes_unref);
  g_clear_error (&result->error);
}

char *
client_dup_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "tls", name, NULL);
}

FaultServer *
client_new_tls_server (const char *name)
{
  g_autofree char *path = client_dup_fixture (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return fault_server_new (certificate);
}

WbClient *
client_new (const char *url,
            const char *ca_name)
{
  g_autofree char *ca_file = ca_name != NULL ? client_dup_fixture (ca_name) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, &error);
  WbClient *client;

  g_assert_no_error (error);
  client = wb_client_new (endpoints, ca_file, &error);
  g_assert_no_error (error);

  return client;
}

void
client_fetched_cb (GObject      *object,
                   GAsyncResult *async_result,
                   gpointer      user_data)
{
  ClientResult *result = user_data;

  result->body = wb_client_fetch_finish (WB_CLIENT (object), async_result, &result->error);
  result->done = TRUE;
}

void
client_begin (ClientResult *result,
              WbClient     *client,
              const char   *url,
              GCancellable *cancellable)
{
  memset (result, 0, sizeof *result);
  result->message = wb_client_new_message (client, "POST", url, &result->error);
  if (result->message == NULL)
    {
      result->done = TRUE;
      return;
    }

  soup_message_headers_append (soup_message_get_request_headers (result->message), "X-Auth-Token",
                               CLIENT_SECRET);
  wb_client_fetch_async (client, result->message, WB_CLIENT_MAX_BODY_BYTES, cancellable,
                         client_fetched_cb, result);
}

void
client_wait (ClientResult *result)
{
  while (!result->done)
    g_main_context_iteration (NULL, TRUE);
}

void
client_fetch (ClientResult *result,
              WbClient     *client,
              const char   *url)
{
  client_begin (result, client, url, NULL);
  client_wait (result);
}
