/* test-request-log.c: what is told of requests, and what is not
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/request-log.h"

#include <string.h>

#include "core/service/export/export.h"
#include "core/service/sign-in/sign-in.h"
#include "fault-server.h"

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define SECRET "canary-secret-7c1f"
#define TOKEN "token-secret-7c1f"
#define DAY "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\"," \
            "\"expires_at\":\"2026-11-24T08:00:00.000000Z\","            \
            "\"project\":{\"id\":\"" PROJECT "\"}}}"

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (WbSpool) spool = wb_export_run_finish (WB_EXPORT (object), result, NULL);

  *done = TRUE;
}

static void
run_export (WbCredentials *credentials,
            FaultServer   *server,
            WbRequestLog  *log)
{
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, NULL, NULL);
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbExport) job = NULL;
  gboolean done = FALSE;

  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "idle-timeout-seconds", 1, NULL);
  wb_client_set_request_log (client, log);
  sign_in = wb_sign_in_new (client, credentials, PROJECT, NULL);
  job = wb_export_new (sign_in, "w1", 1024 * 1024);
  wb_export_run_async (job, NULL, done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static char *dup_line (WbRequestLog *log,
                       guint         index);

/* A password stands in the body of a request alone; its reply brings it back, whole, in part, in
 * small letters, as in an address or encoded, where an ID or a project is expected. */
static void
test_echoed_password (void)
{
  static const char *const headers[] = {
    "X-Request-Id: " SECRET "\r\n",
    "X-Request-Id: id-" SECRET "-1\r\n",
    "X-Request-Id: CANARY-SECRET-7C1F\r\n",
    "X-IAM-Trace-Id: secret-7c1f\r\n",
    "X-Openstack-Request-Id: canary%2Dsecret%2D7c1f\r\n",
    "X-Request-Id: Y2FuYXJ5LXNlY3JldC03YzFm\r\n",
    "X-Request-Id: eGNhbmFyeS1zZWNyZXQtN2MxZnl5\r\n",
    "X-Trace-Id: dTpjYW5hcnktc2VjcmV0LTdjMWY=\r\n",
    "X-Request-Id: 63616e6172792d7365637265742d37633166\r\n",
    "X-Request-Id: id-63616E6172792D7365637265742D37633166\r\n",
    "Location: https://" SECRET ".example/\r\n",
    "Date: " SECRET "\r\n",
  };

  /* Of the secret in base64, after so many bytes, and in hexadecimal. */
  static const char *const encoded[] = { "YXJ5LXNlY3Jl", "FyeS1zZWNyZX", "5hcnktc2Vjcm",
                                         "6172792d736563" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autoptr (WbRequestLog) log = wb_request_log_new ();
      g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", SECRET);
      g_autofree char *line = NULL;

      fault_server_add_reply (server, i % 2 == 0 ? 401 : 302, headers[i / 2], "{}", -1);
      run_export (credentials, server, log);
      line = dup_line (log, 0);
      g_test_message ("%s", line);
      g_assert_null (strstr (line, "secret"));
      g_assert_null (strstr (line, "SECRET"));
      g_assert_null (strstr (line, "7c1f"));
      for (guint j = 0; j < G_N_ELEMENTS (encoded); j++)
        g_assert_null (strcasestr (line, encoded[j]));
    }
}

/* The ID of the project is asked for, and must be neither the password nor the token, however they
 * are written. */
static void
test_echoed_project (void)
{
  static const char *const ids[] = {
    SECRET,
    "id-" SECRET "-1",
    "CANARY-SECRET-7C1F",
    "canary%2Dsecret%2D7c1f",
    "Y2FuYXJ5LXNlY3JldC03YzFm",
    "63616e6172792d7365637265742d37633166",
    TOKEN,
    "dG9rZW4tc2VjcmV0LTdjMWY=",
    "746F6B656E2D7365637265742D37633166",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autoptr (WbRequestLog) log = wb_request_log_new ();
      g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", SECRET);
      g_autofree char *body = NULL;
      g_autofree char *line = NULL;

      body = g_strdup_printf ("{\"token\":{\"project\":{\"id\":\"%s\"}}}", ids[i]);
      fault_server_add_reply (server, 201, "X-Subject-Token: " TOKEN "\r\n", body, -1);
      run_export (credentials, server, log);
      line = dup_line (log, 0);
      g_assert_null (strstr (line, ids[i]));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
    }
}

/* What an earlier request held, the service knows in later ones; what it made an address of is not
 * in the log either. */
static void
test_echoed_later (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", SECRET);
  g_autoptr (WbCredentials) token = wb_credentials_new_token (PROJECT);
  g_autofree char *line = NULL;
  g_autofree char *address = NULL;

  fault_server_add_reply (server, 201, "X-Subject-Token: t\r\n", DAY, -1);
  fault_server_add_reply (server, 403, "X-Request-Id: " SECRET "\r\n", "{}", -1);
  run_export (credentials, server, log);
  line = dup_line (log, 1);
  g_assert_null (strstr (line, SECRET));
  g_assert_nonnull (strstr (line, "request ID [left out]"));

  fault_server_add_reply (server, 403, NULL, "{}", -1);
  run_export (token, server, log);
  address = dup_line (log, 2);
  g_assert_nonnull (strstr (address, "/v1/•••/connections/export"));
}

static char *
dup_line (WbRequestLog *log,
          guint         index)
{
  g_autoptr (WbLoggedRequest) request = g_list_model_get_item (G_LIST_MODEL (log), index);

  g_assert_nonnull (request);
  while (!wb_logged_request_is_over (request))
    g_main_context_iteration (NULL, TRUE);

  return wb_logged_request_dup_text (request);
}

static void
assert_contains (const char *line,
                 const char *words)
{
  if (strstr (line, words) == NULL)
    g_error ("“%s” is not in: %s", words, line);
}

/* The log has the kind of each credential, and never its value. */
static void
test_password (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", SECRET);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *all = NULL;

  fault_server_add_reply (server, 201,
                          "X-Subject-Token: " SECRET "-token\r\nX-Request-Id: req-1\r\n", DAY, -1);
  fault_server_add_reply (server, 403, "X-Request-Id: " SECRET "-token\r\n", "{}", -1);
  run_export (credentials, server, log);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 2);
  first = dup_line (log, 0);
  second = dup_line (log, 1);
  assert_contains (first, " POST http://127.0.0.1:");
  assert_contains (first, "/v3/auth/tokens?nocatalog=true → 201 (");
  assert_contains (first, "request ID req-1; sent body: [credentials]; received X-Subject-Token: "
                          "[token])");
  assert_contains (second, "/v1/" PROJECT "/connections/export → 403 (");
  assert_contains (second, "request ID [left out]; sent X-Auth-Token: [token])");
  assert_contains (second, " 0 bytes sent, 2 bytes received");

  all = wb_request_log_dup_text (log);
  g_assert_null (strstr (all, SECRET));
  g_list_store_remove_all (log);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 0);
}

/* Neither a secret key nor the signature made with it is in the log. */
static void
test_key (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autoptr (WbCredentials) credentials = NULL;
  g_autofree char *line = NULL;

  credentials = wb_credentials_new_key ("ACCESSKEY", SECRET, SECRET "-st");
  fault_server_add_reply (server, 400, "X-Request-Id: a b\xff\x1b[31m\r\n", "{}", -1);
  run_export (credentials, server, log);

  line = dup_line (log, 0);
  assert_contains (line, "request ID [left out]; sent X-Security-Token: [security token], "
                         "Authorization: [signature])");
  g_assert_null (strstr (line, SECRET));
  g_assert_null (strstr (line, "ACCESSKEY"));
  g_assert_null (strstr (line, "Signature="));
}

static void
request_changed_cb (WbLoggedRequest *request,
                    GParamSpec      *pspec,
                    char           **line)
{
  if (wb_logged_request_is_over (request) && *line == NULL)
    *line = wb_logged_request_dup_text (request);
}

static void
log_changed_cb (GListModel *log,
                guint       position,
                guint       n_removed,
                guint       n_added,
                char      **line)
{
  g_autoptr (WbLoggedRequest) request = g_list_model_get_item (log, position);

  g_signal_connect (request, "notify::text", G_CALLBACK (request_changed_cb), line);
}

/* No answer at all; it is not over before the reason is known. */
static void
test_failure (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token (SECRET);
  g_autofree char *line = NULL;

  g_signal_connect (log, "items-changed", G_CALLBACK (log_changed_cb), &line);
  for (guint i = 0; i < 4; i++)
    fault_server_add (server, "", 0, FAULT_CLOSE);
  run_export (credentials, server, log);

  assert_contains (line, " failed: ");
  assert_contains (line, "127.0.0.1");
  g_assert_null (strstr (line, SECRET));
}

/* It keeps the latest of many. */
static void
test_many (void)
{
  g_autoptr (WbRequestLog) log = wb_request_log_new ();
  g_autofree char *last = NULL;

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://user:" SECRET "@localhost/%u#" SECRET, i);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

      wb_request_log_follow (log, message);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 500);
  last = wb_request_log_dup_text (log);
  assert_contains (last, "GET http://localhost/699 …");
  g_assert_null (strstr (last, "/199 "));
  g_assert_null (strstr (last, SECRET));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/request-log/password", test_password);
  g_test_add_func ("/request-log/key", test_key);
  g_test_add_func ("/request-log/failure", test_failure);
  g_test_add_func ("/request-log/many", test_many);
  g_test_add_func ("/request-log/echoed-password", test_echoed_password);
  g_test_add_func ("/request-log/echoed-project", test_echoed_project);
  g_test_add_func ("/request-log/echoed-later", test_echoed_later);

  return g_test_run ();
}
