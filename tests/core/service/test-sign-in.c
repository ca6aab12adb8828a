/* test-sign-in.c: tokens that are fetched, shared and dropped
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/sign-in/sign-in.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "core/error.h"
#include "fault-server.h"

#define PASSWORD "canary \"pass\\word\" \xc3\xa4\xe6\x95\xb0 7Q"
#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define DAY "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\"," \
            "\"expires_at\":\"2026-11-24T08:00:00.000000Z\","            \
            "\"project\":{\"id\":\"" PROJECT "\"}}}"
#define FOUR_MINUTES "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\"," \
                     "\"expires_at\":\"2026-11-23T08:04:00.000000Z\","            \
                     "\"project\":{\"id\":\"" PROJECT "\"}}}"
#define UNKNOWN "{\"token\":{\"project\":{\"id\":\"" PROJECT "\"}}}"

/* How far this computer's clock has been set since the test began. */
static gint64 clock_jump_us;

/* In the place of GLib's. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + clock_jump_us;
}

typedef struct
{
  FaultServer *server;
  WbClient    *client;
  char        *url;
} Setup;

static void
setup_init (Setup *setup)
{
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (GError) error = NULL;

  setup->server = fault_server_new (NULL);
  setup->url = fault_server_dup_url (setup->server);
  endpoints = wb_endpoints_new (setup->url, setup->url, NULL, &error);
  g_assert_no_error (error);
  setup->client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
}

static void
setup_clear (Setup *setup)
{
  g_clear_object (&setup->client);
  g_clear_pointer (&setup->server, fault_server_free);
  g_clear_pointer (&setup->url, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

/* One message that is authorized, and what came of it. */
typedef struct
{
  SoupMessage  *message;
  GCancellable *cancellable;
  gboolean      done;
  gboolean      authorized;
  GError       *error;
} Call;

static void
call_clear (Call *call)
{
  if (call->error != NULL)
    {
      g_test_message ("%s", call->error->message);
      g_assert_null (strstr (call->error->message, PASSWORD));
      g_assert_true (wb_error_get_detail (call->error) == NULL
                     || strstr (wb_error_get_detail (call->error), PASSWORD) == NULL);
    }
  g_clear_object (&call->message);
  g_clear_object (&call->cancellable);
  g_clear_error (&call->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call     *call = user_data;
  WbSignIn *sign_in = WB_SIGN_IN (object);

  if (wb_sign_in_prepare_finish (sign_in, result, &call->error))
    {
      call->authorized = wb_sign_in_authorize (sign_in, call->message);
      if (!call->authorized)
        {
          wb_sign_in_prepare_async (sign_in, call->cancellable, prepared_cb, call);
          return;
        }
    }
  call->done = TRUE;
}

static void
begin (Call     *call,
       WbSignIn *sign_in,
       Setup    *setup)
{
  call->message = wb_client_new_message (setup->client, "POST", setup->url, NULL);
  call->cancellable = g_cancellable_new ();
  wb_sign_in_prepare_async (sign_in, call->cancellable, prepared_cb, call);
}

static void
wait_for (Call *call)
{
  while (!call->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (call->authorized, ==, call->error == NULL);
}

static void
authorize (Call     *call,
           WbSignIn *sign_in,
           Setup    *setup)
{
  begin (call, sign_in, setup);
  wait_for (call);
}

static const char *
get_token (Call *call)
{
  return soup_message_headers_get_one (soup_message_get_request_headers (call->message),
                                       "X-Auth-Token");
}

static WbSignIn *
new_sign_in (Setup      *setup,
             const char *project_id,
             const char *project_name)
{
  g_autoptr (WbCredentials) credentials = NULL;

  credentials = wb_credentials_new_password ("OTC00000000001", "Jörg \"X\"", PASSWORD);

  return wb_sign_in_new (setup->client, credentials, project_id, project_name);
}

static void
add_token (Setup      *setup,
           const char *token,
           const char *body)
{
  g_autofree char *headers = g_strdup_printf ("X-Subject-Token: %s\r\n", token);

  fault_server_add_reply (setup->server, 201, headers, body, -1);
}

/* The member at a path such as `auth.scope.project.id`, or %NULL. */
static const char *
find_member (JsonNode   *root,
             const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node)
          || !json_object_has_member (json_node_get_object (node), names[i]))
        return NULL;
      node = json_object_get_member (json_node_get_object (node), names[i]);
    }

  return json_node_get_string (node);
}

/* What is sent, with a project by its ID and by its name. */
static void
test_request (void)
{
  static const char *const ids[] = { PROJECT, NULL };
  static const char *const names[] = { NULL, "eu-de_数据" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_auto (Call) call = { 0 };
      g_autoptr (WbSignIn) sign_in = NULL;
      g_autoptr (JsonNode) root = NULL;
      g_autofree char *type = NULL;
      const char      *request;

      setup_init (&setup);
      sign_in = new_sign_in (&setup, ids[i], names[i]);
      add_token (&setup, "token-1", DAY);
      authorize (&call, sign_in, &setup);
      g_assert_no_error (call.error);

      request = fault_server_get_request (setup.server, 0);
      g_assert_true (g_str_has_prefix (request,
                                       "POST /v3/auth/tokens?nocatalog=true HTTP/1.1\r\n"));
      type = fault_server_dup_header (setup.server, 0, "Content-Type");
      g_assert_cmpstr (type, ==, "application/json;charset=utf8");

      root = json_from_string (strstr (request, "\r\n\r\n") + 4, NULL);
      g_assert_nonnull (root);
      g_assert_cmpstr (find_member (root, "auth.identity.password.user.name"), ==, "Jörg \"X\"");
      g_assert_cmpstr (find_member (root, "auth.identity.password.user.password"), ==, PASSWORD);
      g_assert_cmpstr (find_member (root, "auth.identity.password.user.domain.name"), ==,
                       "OTC00000000001");
      g_assert_cmpstr (find_member (root, "auth.scope.project.id"), ==, ids[i]);
      g_assert_cmpstr (find_member (root, "auth.scope.project.name"), ==, names[i]);
      g_assert_cmpstr (find_member (root, "auth.scope.project.domain.name"), ==,
                       names[i] != NULL ? "OTC00000000001" : NULL);
      g_assert_cmpstr (wb_sign_in_get_project_id (sign_in), ==, PROJECT);
    }
}

/* An account that says no project: a password leads to the one that is named as the region. */
static void
test_project_of_region (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) call = { 0 };
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("D", "u", PASSWORD);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (JsonNode) root = NULL;

  setup_init (&setup);
  wb_account_set (account, WB_ACCOUNT_CLOUD, "otc");
  wb_account_set (account, WB_ACCOUNT_REGION, "eu-de");
  sign_in = wb_sign_in_new_for_account (setup.client, credentials, account, clouds, TRUE);
  add_token (&setup, "token-1", DAY);
  authorize (&call, sign_in, &setup);
  g_assert_no_error (call.error);

  root = json_from_string (strstr (fault_server_get_request (setup.server, 0), "\r\n\r\n") + 4,
                           NULL);
  g_assert_cmpstr (find_member (root, "auth.scope.project.name"), ==, "eu-de");
  g_assert_cmpstr (find_member (root, "auth.scope.project.domain.name"), ==, "D");
  g_assert_cmpstr (wb_sign_in_get_project_id (sign_in), ==, PROJECT);
}

/* Until five minutes before it expires; then another is made. */
static void
test_lifetime (void)
{
  static const struct
  {
    const char *body;
    guint       n_requests;
  } cases[] = {
    { DAY, 1 },
    { FOUR_MINUTES, 3 },
    { UNKNOWN, 3 },
    { "{\"token\":{\"issued_at\":\"x\",\"expires_at\":7,\"project\":{\"id\":\"p\"}}}", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_autoptr (WbSignIn) sign_in = NULL;

      setup_init (&setup);
      sign_in = new_sign_in (&setup, NULL, "eu-de");
      for (guint j = 0; j < 3; j++)
        {
          g_auto (Call) call = { 0 };

          add_token (&setup, "token", cases[i].body);
          authorize (&call, sign_in, &setup);
          g_assert_no_error (call.error);
          g_assert_cmpstr (get_token (&call), ==, "token");
        }
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, cases[i].n_requests);
    }
}

/* Tokens of the clouds are several kilobytes long. */
static void
test_long_token (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) call = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autofree char *token = g_strnfill (12000, 'M');

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);
  add_token (&setup, token, DAY);
  authorize (&call, sign_in, &setup);

  g_assert_no_error (call.error);
  g_assert_cmpstr (get_token (&call), ==, token);
}

/* All who ask at the same time share one sign-in, for better or worse. */
static void
test_shared (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);

  for (guint round = 0; round < 2; round++)
    {
      Call calls[3] = { 0 };

      for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
        begin (&calls[i], sign_in, &setup);
      if (round == 0)
        fault_server_add_reply (setup.server, 401, NULL, "", -1);
      else
        add_token (&setup, "token", DAY);
      for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
        {
          wait_for (&calls[i]);
          if (round == 0)
            g_assert_error (calls[i].error, WB_ERROR, WB_ERROR_SIGN_IN);
          else
            g_assert_cmpstr (get_token (&calls[i]), ==, "token");
          call_clear (&calls[i]);
        }
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, round + 1);
    }
}

/* One who leaves does not take the others along. */
static void
test_one_leaves (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) leaves = { 0 };
  g_auto (Call) stays = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);
  add_token (&setup, "token", DAY);

  begin (&leaves, sign_in, &setup);
  begin (&stays, sign_in, &setup);
  g_cancellable_cancel (leaves.cancellable);
  wait_for (&leaves);
  g_assert_error (leaves.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_for (&stays);
  g_assert_no_error (stays.error);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
}

/* The last who leaves ends the request. */
static void
test_all_leave (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) first = { 0 };
  g_auto (Call) second = { 0 };
  g_auto (Call) third = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);

  begin (&first, sign_in, &setup);
  begin (&second, sign_in, &setup);
  while (fault_server_get_n_requests (setup.server) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_cancellable_cancel (first.cancellable);
  wait_for (&first);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (second.done);

  g_cancellable_cancel (second.cancellable);
  wait_for (&second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* At once, while the request of those who left is still ending. */
  add_token (&setup, "token", DAY);
  authorize (&third, sign_in, &setup);
  g_assert_no_error (third.error);
  g_assert_cmpstr (get_token (&third), ==, "token");
  while (fault_server_get_n_left (setup.server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 2);
}

static void
test_refusals (void)
{
  static const struct
  {
    guint       status;
    const char *headers;
    const char *body;
    WbErrorKind kind;
    const char *in_message;
  } cases[] = {
    { 401, NULL, "{\"error\":{\"code\":401,\"message\":\"The username or password is wrong.\"}}",
      WB_ERROR_KIND_SIGN_IN, "HUAWEI ID" },
    { 401, NULL, "{\"error_msg\":\"The account is locked\",\"error_code\":\"IAM.0061\"}",
      WB_ERROR_KIND_SIGN_IN, "15 minutes" },
    { 401, "Openstack-Auth-Receipt: abc\r\n", "{\"required_auth_methods\":[[\"totp\"]]}",
      WB_ERROR_KIND_SIGN_IN, "one-time code" },
    { 401, NULL, "", WB_ERROR_KIND_SIGN_IN, "refused" },
    { 403, NULL, "{}", WB_ERROR_KIND_NOT_PERMITTED, "programmatic" },
    { 400, NULL, "{\"error\":{\"code\":400,\"message\":\""
                 "Expecting to find domain in project.\"}}",
      WB_ERROR_KIND_SERVICE, "did not accept" },
    { 404, NULL, "<html>", WB_ERROR_KIND_SERVICE, "no identity service" },
    { 429, "Retry-After: 0\r\n", "{\"error_code\":\"IAM.0012\",\"error_msg\":\"x\"}",
      WB_ERROR_KIND_SERVICE, "too many" },
    { 503, "Retry-After: 0\r\n", "", WB_ERROR_KIND_SERVICE, "not available" },
    { 302, "Location: https://evil.example/\r\n", "", WB_ERROR_KIND_SERVICE, "evil.example" },
    { 200, NULL, "<html><title>Sign in to WLAN</title>", WB_ERROR_KIND_NETWORK, "Sign in to WLAN" },
    { 201, NULL, DAY, WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: \r\n", DAY, WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: a b\r\n", DAY, WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: a\r\nX-Subject-Token: b\r\n", DAY, WB_ERROR_KIND_SERVICE,
      "identity service" },
    { 201, "X-Subject-Token: \xff\r\n", DAY, WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: t\r\n", "{}", WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: t\r\n", "", WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: t\r\n", "{\"token\":{}}", WB_ERROR_KIND_SERVICE, "project’s ID" },
    { 201, "X-Subject-Token: t\r\n", "{\"token\":{\"project\":{\"id\":\"a\\r\\nb\"}}}",
      WB_ERROR_KIND_SERVICE, "identity service" },
    { 201, "X-Subject-Token: t\r\n", "{\"token\":{\"project\":[]}}", WB_ERROR_KIND_SERVICE,
      "project’s ID" },
    { 204, NULL, "", WB_ERROR_KIND_SERVICE, "identity service" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_auto (Call) call = { 0 };
      g_autoptr (WbSignIn) sign_in = NULL;

      setup_init (&setup);
      sign_in = new_sign_in (&setup, NULL, "eu-de");
      fault_server_add_reply (setup.server, cases[i].status, cases[i].headers, cases[i].body, -1);
      authorize (&call, sign_in, &setup);

      g_assert_nonnull (call.error);
      g_test_message ("%u: %s", i, call.error->message);
      g_assert_cmpint (wb_error_get_kind (call.error), ==, cases[i].kind);
      g_assert_nonnull (strstr (call.error->message, cases[i].in_message));
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
      g_assert_null (wb_sign_in_get_project_id (sign_in));
    }
}

/* A service that echoes the password does not bring it onto the screen. */
static void
test_echo (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) call = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbCredentials) credentials = wb_credentials_new_password ("d", "u", "canary-7Q");

  setup_init (&setup);
  sign_in = wb_sign_in_new (setup.client, credentials, PROJECT, NULL);
  fault_server_add_reply (setup.server, 500, NULL, "{\"error_msg\":\"wrong: canary-7Q\"}", -1);
  authorize (&call, sign_in, &setup);

  g_assert_cmpstr (wb_error_get_detail (call.error), ==, "wrong: ••••••••");
}

/* The password goes to the identity host, and there alone. */
static void
test_password_stays (void)
{
  g_autoptr (FaultServer) identity = fault_server_new (NULL);
  g_autoptr (FaultServer) service = fault_server_new (NULL);
  g_autofree char *identity_url = fault_server_dup_url (identity);
  g_autofree char *service_url = fault_server_dup_url (service);
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (service_url, identity_url, NULL, NULL);
  g_auto (Setup) setup = { 0 };
  g_auto (Call) call = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;

  setup.client = wb_client_new (endpoints, NULL, NULL);
  setup.url = g_strdup (service_url);
  sign_in = new_sign_in (&setup, PROJECT, NULL);
  fault_server_add_reply (identity, 201, "X-Subject-Token: token\r\n", DAY, -1);
  authorize (&call, sign_in, &setup);

  g_assert_no_error (call.error);
  g_assert_cmpuint (fault_server_get_n_requests (identity), ==, 1);
  g_assert_cmpuint (fault_server_get_n_opened (service), ==, 0);
}

/* Text that must not reach a header, and missing settings, are found before anything is sent. */
static void
test_not_sendable (void)
{
  static const char *const bad[] = {
    "", "a b", "a\r\nX-Evil: 1", "a\n", "\ta", "tök", "a\x7f", "a\x1b"
  };
  g_auto (Setup) setup = { 0 };

  setup_init (&setup);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      WbCredentials *credentials[] = {
        wb_credentials_new_token (bad[i]),
        wb_credentials_new_key (bad[i], "secret", NULL),
        wb_credentials_new_key ("access", "secret", *bad[i] != '\0' ? bad[i] : "a b"),
        wb_credentials_new_token ("token"),
      };
      const char *projects[] = {
        PROJECT, PROJECT, PROJECT, *bad[i] != '\0' ? bad[i] : NULL
      };

      for (guint j = 0; j < G_N_ELEMENTS (credentials); j++)
        {
          g_auto (Call) call = { 0 };
          g_autoptr (WbSignIn) sign_in = NULL;

          sign_in = wb_sign_in_new (setup.client, credentials[j], projects[j], "name");
          authorize (&call, sign_in, &setup);
          g_assert_error (call.error, WB_ERROR, WB_ERROR_INVALID);
        }
      for (guint j = 0; j < G_N_ELEMENTS (credentials); j++)
        g_clear_pointer (&credentials[j], wb_credentials_unref);
    }
  g_assert_cmpuint (fault_server_get_n_opened (setup.server), ==, 0);
}

/* A token can be dropped if it was made here. */
static void
test_forget (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) first = { 0 };
  g_auto (Call) second = { 0 };
  g_auto (Call) third = { 0 };
  g_auto (Call) pasted = { 0 };
  g_auto (Call) signed_call = { 0 };
  g_autoptr (WbCredentials) token = wb_credentials_new_token ("pasted");
  g_autoptr (WbCredentials) key = wb_credentials_new_key ("a", "s", NULL);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbSignIn) with_token = NULL;
  g_autoptr (WbSignIn) with_key = NULL;

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);
  add_token (&setup, "token-1", DAY);
  authorize (&first, sign_in, &setup);
  g_assert_true (wb_sign_in_refresh (sign_in, first.message));

  add_token (&setup, "token-2", DAY);
  authorize (&second, sign_in, &setup);
  g_assert_cmpstr (get_token (&second), ==, "token-2");

  /* The old one is refused once more: another export has renewed it meanwhile. */
  g_assert_true (wb_sign_in_refresh (sign_in, first.message));
  authorize (&third, sign_in, &setup);
  g_assert_cmpstr (get_token (&third), ==, "token-2");
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 2);

  with_token = wb_sign_in_new (setup.client, token, PROJECT, NULL);
  authorize (&pasted, with_token, &setup);
  g_assert_cmpstr (get_token (&pasted), ==, "pasted");
  g_assert_false (wb_sign_in_refresh (with_token, pasted.message));

  with_key = wb_sign_in_new (setup.client, key, PROJECT, NULL);
  authorize (&signed_call, with_key, &setup);
  g_assert_null (get_token (&signed_call));
  g_assert_false (wb_sign_in_refresh (with_key, signed_call.message));
}

static WbSignIn *
new_for_account (Setup      *setup,
                 WbAccount  *account,
                 const char *cloud_id)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbCredentials) credentials = NULL;

  wb_account_set (account, WB_ACCOUNT_CLOUD, cloud_id);
  credentials = wb_credentials_new_password (wb_account_get (account, WB_ACCOUNT_DOMAIN),
                                             wb_account_get (account, WB_ACCOUNT_USER), PASSWORD);

  return wb_sign_in_new_for_account (setup->client, credentials, account, clouds, TRUE);
}

static JsonNode *
parse_request (Setup *setup,
               guint  index)
{
  const char *request = fault_server_get_request (setup->server, index);
  JsonNode   *root = json_from_string (strstr (request, "\r\n\r\n") + 4, NULL);

  g_assert_nonnull (root);

  return root;
}

/* The role of another account's agency, by the name that the cloud uses for it, or the other. */
static void
test_agency (void)
{
  static const struct
  {
    const char *cloud;
    const char *first;
    const char *second;
    guint       n_refused;
    guint       refused_with;
    gboolean    works;
  } cases[] = {
    { "otc", "xrole_name", NULL, 0, 0, TRUE },
    { "huawei", "agency_name", NULL, 0, 0, TRUE },
    { "otc", "xrole_name", "agency_name", 1, 400, TRUE },
    { "huawei-eu", "agency_name", "xrole_name", 1, 400, TRUE },
    { "huawei", "agency_name", "xrole_name", 2, 400, FALSE },
    { "huawei", "agency_name", NULL, 1, 403, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_auto (Call) call = { 0 };
      g_autoptr (WbAccount) account = wb_account_new ();
      g_autoptr (WbSignIn) sign_in = NULL;
      g_autoptr (JsonNode) own = NULL;
      g_autoptr (JsonNode) assumed = NULL;
      g_autofree char *token = NULL;
      g_autofree char *path = NULL;
      guint            last = 1 + (cases[i].second != NULL);

      setup_init (&setup);
      wb_account_set (account, WB_ACCOUNT_DOMAIN, "Mine");
      wb_account_set (account, WB_ACCOUNT_USER, "u");
      wb_account_set (account, WB_ACCOUNT_PROJECT_NAME, "eu-de");
      wb_account_set (account, WB_ACCOUNT_AGENCY_DOMAIN, "Theirs");
      wb_account_set (account, WB_ACCOUNT_AGENCY, "helper");
      sign_in = new_for_account (&setup, account, cases[i].cloud);
      add_token (&setup, "own-token", DAY);
      for (guint j = 0; j < cases[i].n_refused; j++)
        fault_server_add_reply (setup.server, cases[i].refused_with, NULL, "{}", -1);
      add_token (&setup, "agency-token", DAY);
      authorize (&call, sign_in, &setup);

      own = parse_request (&setup, 0);
      g_assert_cmpstr (find_member (own, "auth.scope.domain.name"), ==, "Mine");
      g_assert_null (find_member (own, "auth.scope.project.name"));
      token = fault_server_dup_header (setup.server, 1, "X-Auth-Token");
      g_assert_cmpstr (token, ==, "own-token");
      assumed = parse_request (&setup, last);
      path = g_strconcat ("auth.identity.assume_role.",
                          cases[i].second != NULL ? cases[i].second : cases[i].first, NULL);
      g_assert_cmpstr (find_member (assumed, path), ==, "helper");
      g_assert_cmpstr (find_member (assumed, "auth.identity.assume_role.domain_name"), ==,
                       "Theirs");
      g_assert_cmpstr (find_member (assumed, "auth.scope.project.name"), ==, "eu-de");
      g_assert_cmpstr (find_member (assumed, "auth.scope.project.domain.name"), ==, "Theirs");
      g_assert_null (strstr (fault_server_get_request (setup.server, last), "canary"));
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, last + 1);

      if (cases[i].works)
        {
          g_assert_no_error (call.error);
          g_assert_cmpstr (get_token (&call), ==, "agency-token");
        }
      else
        {
          g_assert_nonnull (call.error);
          g_assert_null (strstr (call.error->message, "own-token"));
        }
    }
}

/* A code is sent once, and not before someone gave it. */
static void
test_passcode (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) asked = { 0 };
  g_auto (Call) given = { 0 };
  g_auto (Call) again = { 0 };
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (JsonNode) root = NULL;

  setup_init (&setup);
  wb_account_set (account, WB_ACCOUNT_DOMAIN_ID, "d1");
  wb_account_set (account, WB_ACCOUNT_USER_ID, "u1");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, PROJECT);
  wb_account_set (account, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK);
  sign_in = new_for_account (&setup, account, WB_CLOUD_OTHER);

  authorize (&asked, sign_in, &setup);
  g_assert_error (asked.error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 0);

  add_token (&setup, "token", FOUR_MINUTES);
  wb_sign_in_set_passcode (sign_in, "012 345");
  authorize (&given, sign_in, &setup);
  g_assert_no_error (given.error);
  root = parse_request (&setup, 0);
  g_assert_cmpstr (find_member (root, "auth.identity.totp.user.id"), ==, "u1");
  g_assert_cmpstr (find_member (root, "auth.identity.totp.user.passcode"), ==, "012345");
  g_assert_cmpstr (find_member (root, "auth.identity.password.user.id"), ==, "u1");
  g_assert_null (find_member (root, "auth.identity.password.user.domain.id"));

  /* The token has been used, and is about to expire. */
  authorize (&again, sign_in, &setup);
  g_assert_error (again.error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
}

/* A sign-in without a project proves something once, and never about what is there already. */
static void
test_follow (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) none = { 0 };
  g_auto (Call) refused = { 0 };
  g_auto (Call) again = { 0 };
  g_auto (Call) coded = { 0 };
  g_auto (Call) exchanged = { 0 };
  g_auto (Call) wanting = { 0 };
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbSignIn) to_none = NULL;
  g_autoptr (WbSignIn) other = NULL;
  g_autoptr (JsonNode) root = NULL;

  setup_init (&setup);
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "D");
  wb_account_set (account, WB_ACCOUNT_USER, "u");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, PROJECT);
  sign_in = new_for_account (&setup, account, WB_CLOUD_OTHER);
  to_none = wb_sign_in_new_to_no_project (sign_in);
  add_token (&setup, "none-token", DAY);
  authorize (&none, to_none, &setup);
  g_assert_null (strstr (fault_server_get_request (setup.server, 0), PROJECT));

  /* By a password alone: it is sent again, and what is refused is the project; then anything. */
  wb_sign_in_follow (sign_in, to_none);
  fault_server_add_reply (setup.server, 401, NULL, "{}", -1);
  fault_server_add_reply (setup.server, 401, NULL, "{}", -1);
  authorize (&refused, sign_in, &setup);
  g_assert_error (refused.error, WB_ERROR, WB_ERROR_NOT_PERMITTED);
  g_assert_nonnull (strstr (refused.error->message, "password are right"));
  g_assert_nonnull (strstr (fault_server_get_request (setup.server, 1), "\"password\""));
  authorize (&again, sign_in, &setup);
  g_assert_error (again.error, WB_ERROR, WB_ERROR_SIGN_IN);

  /* By a code, which is not sent again, nor is the password. */
  wb_account_set (account, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK);
  other = new_for_account (&setup, account, WB_CLOUD_OTHER);
  g_clear_object (&to_none);
  to_none = wb_sign_in_new_to_no_project (other);
  wb_sign_in_set_passcode (to_none, "012345");
  add_token (&setup, "coded-token", DAY);
  authorize (&coded, to_none, &setup);
  wb_sign_in_follow (other, to_none);
  g_assert_null (wb_sign_in_new_to_no_project (other));
  add_token (&setup, "project-token", FOUR_MINUTES);
  authorize (&exchanged, other, &setup);
  g_assert_no_error (exchanged.error);
  g_assert_cmpstr (get_token (&exchanged), ==, "project-token");
  root = parse_request (&setup, 4);
  g_assert_cmpstr (find_member (root, "auth.identity.token.id"), ==, "coded-token");
  g_assert_cmpstr (find_member (root, "auth.scope.project.id"), ==, PROJECT);
  g_assert_null (strstr (fault_server_get_request (setup.server, 4), PASSWORD));

  authorize (&wanting, other, &setup);
  g_assert_error (wanting.error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 5);
}

/* A token is renewed some minutes before it expires, while the one before is still good. */
static void
test_renewed (void)
{
  static const struct
  {
    int         minutes;
    const char *token;
  } cases[] = {
    { 0, "token-1" },
    { 24 * 60 - 6, "token-1" },
    { 24 * 60 - 4, "token-2" },
    { 24 * 60 + 10, "token-2" },
  };
  g_auto (Setup) setup = { 0 };
  g_autoptr (WbSignIn) sign_in = NULL;

  setup_init (&setup);
  sign_in = new_sign_in (&setup, PROJECT, NULL);
  add_token (&setup, "token-1", DAY);
  add_token (&setup, "token-2", DAY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Call) call = { 0 };

      clock_jump_us = cases[i].minutes * G_TIME_SPAN_MINUTE;
      authorize (&call, sign_in, &setup);
      g_assert_no_error (call.error);
      g_assert_cmpstr (get_token (&call), ==, cases[i].token);
    }
  clock_jump_us = 0;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GBytes **) user_data = wb_client_fetch_finish (WB_CLIENT (object), result, &error);
  g_assert_no_error (error);
}

/* The offset of the service's clock stays right when somebody sets this computer's clock. */
static void
test_clock_set (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Call) refused = { 0 };
  g_autoptr (WbCredentials) key = wb_credentials_new_key ("a", "s", NULL);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) theirs = g_date_time_add_hours (now, 3);
  g_autofree char *date = soup_date_time_to_string (theirs, SOUP_DATE_HTTP);
  g_autofree char *headers = g_strdup_printf ("Date: %s\r\n", date);
  g_autoptr (GBytes) body = NULL;

  setup_init (&setup);
  fault_server_add_reply (setup.server, 401, headers, "{}", -1);
  sign_in = wb_sign_in_new (setup.client, key, PROJECT, NULL);
  authorize (&refused, sign_in, &setup);
  wb_client_fetch_async (setup.client, refused.message, 1024, NULL, sent_cb, &body);
  while (body == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (wb_sign_in_refresh (sign_in, refused.message));

  for (int hours = 0; hours <= 3; hours += 3)
    {
      g_auto (Call) call = { 0 };
      const char *text;
      g_autoptr (GDateTime) when = NULL;

      clock_jump_us = hours * G_TIME_SPAN_HOUR;
      authorize (&call, sign_in, &setup);
      text = soup_message_headers_get_one (soup_message_get_request_headers (call.message),
                                           "X-Sdk-Date");
      when = g_date_time_new_from_iso8601 (text, NULL);
      g_assert_cmpint (ABS (g_date_time_difference (when, theirs)), <, 5 * G_TIME_SPAN_MINUTE);
    }
  clock_jump_us = 0;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sign-in/request", test_request);
  g_test_add_func ("/sign-in/project-of-region", test_project_of_region);
  g_test_add_func ("/sign-in/lifetime", test_lifetime);
  g_test_add_func ("/sign-in/long-token", test_long_token);
  g_test_add_func ("/sign-in/shared", test_shared);
  g_test_add_func ("/sign-in/one-leaves", test_one_leaves);
  g_test_add_func ("/sign-in/all-leave", test_all_leave);
  g_test_add_func ("/sign-in/refusals", test_refusals);
  g_test_add_func ("/sign-in/echo", test_echo);
  g_test_add_func ("/sign-in/password-stays", test_password_stays);
  g_test_add_func ("/sign-in/not-sendable", test_not_sendable);
  g_test_add_func ("/sign-in/forget", test_forget);
  g_test_add_func ("/sign-in/agency", test_agency);
  g_test_add_func ("/sign-in/passcode", test_passcode);
  g_test_add_func ("/sign-in/follow", test_follow);
  g_test_add_func ("/sign-in/renewed", test_renewed);
  g_test_add_func ("/sign-in/clock-set", test_clock_set);

  return g_test_run ();
}
