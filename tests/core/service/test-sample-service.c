/* test-sample-service.c: the service in small says no as the real one does
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service.h"

#include <archive.h>
#include <archive_entry.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "await.h"
#include "core/json-scan.h"
#include "core/service/sign-in/signer.h"
#include "sample/sample-signature.h"

#define ANALYTICS_ID "d1cd7861478748a6925bc02f47c69279"

typedef struct
{
  WbSampleService *service;    /* (owned) */
  SoupSession     *session;    /* (owned) */
  char            *export_url; /* (owned) */
  char            *tokens_url; /* (owned) */
} Fixture;

/* What came back. */
typedef struct
{
  SoupMessage *message; /* (owned) */
  GBytes      *body;    /* (owned) */
} Reply;

static void
reply_free (Reply *reply)
{
  g_clear_object (&reply->message);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (fixture->service, 0, &error));
  g_assert_no_error (error);

  fixture->session = soup_session_new ();
  fixture->export_url = g_strdup_printf ("%s/v1/%s/connections/export",
                                         wb_sample_service_get_url (fixture->service),
                                         wb_sample_service_get_project_id (fixture->service));
  fixture->tokens_url = g_strconcat (wb_sample_service_get_url (fixture->service),
                                     "/v3/auth/tokens?nocatalog=true", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->service);
  g_free (fixture->export_url);
  g_free (fixture->tokens_url);
}

static Reply *
send (Fixture     *fixture,
      SoupMessage *message)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Reply *reply = g_new0 (Reply, 1);

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, await_cb,
                                    &result);
  await (&result);

  reply->body = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  reply->message = g_object_ref (message);

  return reply;
}

static const char *
get_header (Reply      *reply,
            const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (reply->message), name);
}

static void
set_body (SoupMessage *message,
          const char  *content_type,
          const char  *text,
          gsize        length_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);

  soup_message_set_request_body_from_bytes (message, content_type, bytes);
}

static WbCredentials *
dup_credentials (Fixture     *fixture,
                 WbAuthMethod method)
{
  return wb_sample_service_dup_credentials (fixture->service, method);
}

/* A request for an export that lacks nothing but the sign-in. */
static SoupMessage *
new_export (Fixture    *fixture,
            const char *workspace_id)
{
  SoupMessage        *message = soup_message_new ("POST", fixture->export_url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  set_body (message, "application/json", "", 0);
  soup_message_headers_replace (headers, "X-Project-Id",
                                wb_sample_service_get_project_id (fixture->service));
  if (workspace_id != NULL)
    soup_message_headers_replace (headers, "workspace", workspace_id);

  return message;
}

static void
add_token (Fixture     *fixture,
           SoupMessage *message)
{
  g_autoptr (WbCredentials) credentials = dup_credentials (fixture, WB_AUTH_TOKEN);

  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Auth-Token",
                                wb_credentials_get_token (credentials));
}

static void
sign (SoupMessage   *message,
      WbCredentials *credentials,
      gint64         clock_skew_s)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GUri               *uri = soup_message_get_uri (message);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) when = g_date_time_add_seconds (now, (double) clock_skew_s);
  g_autofree char *date = wb_signer_format_date (when);
  g_autofree char *host = g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
  g_autofree char *authorization = NULL;
  const char      *workspace_id = soup_message_headers_get_one (headers, "workspace");
  WbSignedHeader   signed_headers[4];
  guint            n = 0;

  signed_headers[n++] = (WbSignedHeader){ "Host", host };
  signed_headers[n++] = (WbSignedHeader){ "X-Sdk-Date", date };
  signed_headers[n++] = (WbSignedHeader){
    "X-Project-Id",
    soup_message_headers_get_one (headers, "X-Project-Id"),
  };
  if (workspace_id != NULL)
    signed_headers[n++] = (WbSignedHeader){ "workspace", workspace_id };

  authorization = wb_signer_authorization (credentials, soup_message_get_method (message), uri,
                                           signed_headers, n, NULL);
  soup_message_headers_replace (headers, "X-Sdk-Date", date);
  soup_message_headers_replace (headers, "Authorization", authorization);
}

/* An error of the gateway or of DataArts Factory, in their documented form. */
static void
assert_error (Reply      *reply,
              guint       status,
              const char *code,
              const char *part_of_text)
{
  gsize       length_bytes;
  const char *text = g_bytes_get_data (reply->body, &length_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = wb_json_parse (text, length_bytes, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (reply->message), ==, status);
  g_assert_nonnull (get_header (reply, "X-Request-Id"));

  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "error_code"), ==, code);
  g_assert_nonnull (strstr (json_object_get_string_member (object, "error_msg"), part_of_text));
  if (g_str_has_prefix (code, "APIG."))
    g_assert_cmpstr (json_object_get_string_member (object, "request_id"), ==,
                     get_header (reply, "X-Request-Id"));
}

static void
assert_identity_error (Reply      *reply,
                       guint       status,
                       const char *title,
                       const char *part_of_text)
{
  gsize       length_bytes;
  const char *text = g_bytes_get_data (reply->body, &length_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = wb_json_parse (text, length_bytes, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (reply->message), ==, status);
  g_assert_null (get_header (reply, "X-Subject-Token"));
  g_assert_nonnull (get_header (reply, "X-Request-Id"));

  object = json_object_get_object_member (json_node_get_object (root), "error");
  g_assert_cmpint (json_object_get_int_member (object, "code"), ==, status);
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==, title);
  if (strstr (json_object_get_string_member (object, "message"), part_of_text) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (json_object_get_string_member (object, "message"), part_of_text));
}

static void
assert_export (Fixture    *fixture,
               Reply      *reply,
               const char *workspace_id)
{
  g_autoptr (GBytes) zip = wb_sample_service_dup_zip (fixture->service, workspace_id);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (zip));

  g_assert_cmpuint (soup_message_get_status (reply->message), ==, 200);
  g_assert_true (g_bytes_equal (reply->body, zip));
  g_assert_cmpstr (get_header (reply, "Content-Type"), ==, "application/octet-stream");
  g_assert_cmpstr (get_header (reply, "Content-Length"), ==, length);
  g_assert_nonnull (get_header (reply, "X-Request-Id"));
}

static void
test_data (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const all_types[] = {
    "CloudTable",
    "DLI",
    "DWS",
    "HIVE",
    "HOST",
    "RDS",
    "SparkSQL",
  };
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (fixture->service, WB_AUTH_KEY);
  GListModel *workspaces = wb_account_get_workspaces (account);
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint    n_connections = 0;
  guint    n_empty = 0;
  guint    n_masked = 0;
  guint    n_clear = 0;
  guint    n_without_config = 0;
  gboolean has_chinese = FALSE;

  g_assert_cmpuint (g_list_model_get_n_items (workspaces), ==, 4);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);
      g_autoptr (GBytes) zip = wb_sample_service_dup_zip (fixture->service, id);
      g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      struct archive       *reader;
      struct archive_entry *entry;
      const char           *bytes;
      gsize                 length_bytes;

      g_assert_null (wb_workspace_validate_id (id));
      if (zip == NULL)
        {
          n_empty++;
          continue;
        }

      /* The end record is the end: nothing is filled up behind it. */
      bytes = g_bytes_get_data (zip, &length_bytes);
      g_assert_cmpmem (bytes, 4, "PK\x03\x04", 4);
      g_assert_cmpmem (bytes + length_bytes - 22, 4, "PK\x05\x06", 4);

      reader = archive_read_new ();
      archive_read_support_format_zip_seekable (reader);
      g_assert_cmpint (archive_read_open_memory (reader, bytes, length_bytes), ==, ARCHIVE_OK);
      while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
        {
          char             text[4096];
          g_autofree char *path = g_strdup (archive_entry_pathname (entry));
          g_autofree char *expected_path = NULL;
          g_autoptr (JsonNode) root = NULL;
          g_autoptr (GError) error = NULL;
          JsonObject *object;
          const char *password = NULL;
          la_ssize_t  n = archive_read_data (reader, text, sizeof text);

          g_assert_cmpint (n, >, 0);
          g_assert_cmpint (n, <, (int) sizeof text);
          root = wb_json_parse (text, (gsize) n, &error);
          g_assert_no_error (error);
          object = json_node_get_object (root);

          expected_path = g_strdup_printf ("connections/%s.conn",
                                           json_object_get_string_member (object, "name"));
          g_assert_cmpstr (path, ==, expected_path);
          g_assert_true (g_hash_table_add (names, g_steal_pointer (&path)));
          g_hash_table_add (types, g_strdup (json_object_get_string_member (object, "type")));
          has_chinese = has_chinese
                        || strstr (json_object_get_string_member (object, "description"), "客户");
          if (!json_object_has_member (object, "config"))
            n_without_config++;
          else
            password = json_object_get_string_member_with_default (
              json_object_get_object_member (object, "config"), "password", NULL);
          if (password != NULL && *password == '*')
            n_masked++;
          else if (password != NULL)
            n_clear++;
          n_connections++;
        }
      archive_read_free (reader);
    }

  g_assert_cmpuint (n_empty, ==, 1);
  g_assert_cmpuint (n_without_config, ==, 1);
  g_assert_cmpuint (n_masked, >=, 10);
  g_assert_cmpuint (n_clear, ==, 2);
  g_assert_true (has_chinese);
  g_assert_cmpuint (n_connections, ==, 26);
  g_assert_cmpuint (g_hash_table_size (types), ==, G_N_ELEMENTS (all_types));
  for (guint i = 0; i < G_N_ELEMENTS (all_types); i++)
    g_assert_true (g_hash_table_contains (types, all_types[i]));

  g_assert_null (wb_sample_service_dup_zip (fixture->service, "unknown"));
}

static void
test_account (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) again = NULL;

  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbAccount) account = wb_sample_service_dup_account (fixture->service, method);
      g_autoptr (WbCredentials) credentials = dup_credentials (fixture, method);
      g_autoptr (WbEndpoints) endpoints = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (wb_account_get_transient (account));
      g_assert_cmpint (wb_account_get_auth_method (account), ==, method);
      g_assert_cmpint (wb_credentials_get_method (credentials), ==, method);
      for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
        g_assert_null (wb_account_validate (account, clouds, (WbAccountField) i));

      endpoints = wb_account_dup_endpoints (account, clouds, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (endpoints->service_url, ==, wb_sample_service_get_url (fixture->service));
      g_assert_true (g_str_has_prefix (endpoints->identity_url, "http://127.0.0.1:"));

      g_clear_object (&again);
      again = wb_sample_service_dup_account (fixture->service, WB_AUTH_KEY);
      g_assert_cmpstr (wb_account_get_uuid (again), ==, wb_account_get_uuid (account));
    }
}

/* New secrets each run. */
static void
test_secrets_differ (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (WbSampleService) other = wb_sample_service_new ();
  g_autoptr (WbCredentials) password = NULL;
  g_autoptr (WbCredentials) other_password = NULL;
  g_autoptr (WbCredentials) key = NULL;
  g_autoptr (WbCredentials) other_key = NULL;
  g_autoptr (GBytes) zip = wb_sample_service_dup_zip (fixture->service, "");
  g_autoptr (GBytes) other_zip = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_sample_service_start (other, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (wb_sample_service_get_url (other), !=,
                   wb_sample_service_get_url (fixture->service));

  password = dup_credentials (fixture, WB_AUTH_PASSWORD);
  other_password = wb_sample_service_dup_credentials (other, WB_AUTH_PASSWORD);
  key = dup_credentials (fixture, WB_AUTH_KEY);
  other_key = wb_sample_service_dup_credentials (other, WB_AUTH_KEY);
  g_assert_cmpstr (wb_credentials_get_password (password), !=,
                   wb_credentials_get_password (other_password));
  g_assert_cmpstr (wb_credentials_get_access_key (key), !=,
                   wb_credentials_get_access_key (other_key));
  g_assert_cmpstr (wb_credentials_get_secret_key (key), !=,
                   wb_credentials_get_secret_key (other_key));
  g_assert_cmpuint (strlen (wb_credentials_get_access_key (key)), ==, 20);
  g_assert_cmpuint (strlen (wb_credentials_get_secret_key (key)), ==, 40);

  /* The data is the same. */
  other_zip = wb_sample_service_dup_zip (other, "");
  g_assert_true (g_bytes_equal (zip, other_zip));
}

static void
test_start_stop (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (WbSampleService) second = wb_sample_service_new ();
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_sample_service_get_url (service));
  g_assert_true (wb_sample_service_start (service, 0, &error));
  g_assert_no_error (error);
  uri = g_uri_parse (wb_sample_service_get_url (service), SOUP_HTTP_URI_FLAGS, &error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");

  /* The port is taken. */
  g_assert_false (wb_sample_service_start (second, (guint) g_uri_get_port (uri), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);

  wb_sample_service_stop (service);
  g_assert_null (wb_sample_service_get_url (service));
  wb_sample_service_stop (service);

  g_assert_true (wb_sample_service_start (second, (guint) g_uri_get_port (uri), &error));
  g_assert_no_error (error);
}

static char *
dup_token_request (WbCredentials *credentials,
                   const char    *password,
                   const char    *scope)
{
  return g_strdup_printf ("{\"auth\":{\"identity\":{\"methods\":[\"password\"],"
                          "\"password\":{\"user\":{\"name\":\"%s\",\"password\":\"%s\","
                          "\"domain\":{\"name\":\"%s\"}}}}%s}}",
                          wb_credentials_get_user (credentials),
                          password != NULL ? password : wb_credentials_get_password (credentials),
                          wb_credentials_get_domain (credentials), scope);
}

static Reply *
send_token_request (Fixture    *fixture,
                    const char *text)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", fixture->tokens_url);

  set_body (message, "application/json;charset=utf8", text, strlen (text));

  return send (fixture, message);
}

static void
test_token (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (WbCredentials) credentials = dup_credentials (fixture, WB_AUTH_PASSWORD);
  g_autofree char  *by_id = g_strdup_printf (",\"scope\":{\"project\":{\"id\":\"%s\"}}",
                                             wb_sample_service_get_project_id (fixture->service));
  const char       *domain = wb_credentials_get_domain (credentials);
  g_autofree char  *by_name = g_strdup_printf (",\"scope\":{\"project\":{\"name\":\"sample\","
                                                "\"domain\":{\"name\":\"%s\"}}}",
                                               domain);
  const char *const scopes[] = { by_id, by_name };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *text = dup_token_request (credentials, NULL, scopes[i]);
      g_autoptr (Reply) reply = send_token_request (fixture, text);
      g_autoptr (SoupMessage) message = new_export (fixture, NULL);
      g_autoptr (Reply) export_reply = NULL;
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GDateTime) expires = NULL;
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      JsonObject *token;
      gsize       length_bytes;
      const char *body = g_bytes_get_data (reply->body, &length_bytes);

      g_assert_cmpuint (soup_message_get_status (reply->message), ==, 201);
      g_assert_cmpuint (strlen (get_header (reply, "X-Subject-Token")), >=, 1536);
      root = wb_json_parse (body, length_bytes, NULL);
      token = json_object_get_object_member (json_node_get_object (root), "token");
      g_assert_cmpstr (json_object_get_string_member (
                         json_object_get_object_member (token, "project"), "id"),
                       ==, wb_sample_service_get_project_id (fixture->service));
      expires = g_date_time_new_from_iso8601 (json_object_get_string_member (token, "expires_at"),
                                              NULL);
      g_assert_cmpint (g_date_time_difference (expires, now) / G_TIME_SPAN_HOUR, >=, 23);
      g_assert_null (strstr (body, wb_credentials_get_password (credentials)));

      soup_message_headers_replace (soup_message_get_request_headers (message), "X-Auth-Token",
                                    get_header (reply, "X-Subject-Token"));
      export_reply = send (fixture, message);
      assert_export (fixture, export_reply, "");
    }
}

static void
test_token_refused (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (WbCredentials) credentials = dup_credentials (fixture, WB_AUTH_PASSWORD);
  g_autofree char *other_project = g_strdup_printf (",\"scope\":{\"project\":{\"name\":\"eu-de\","
                                                    "\"domain\":{\"name\":\"%s\"}}}",
                                                    wb_credentials_get_domain (credentials));
  const char      *user = wb_credentials_get_user (credentials);
  const char      *domain = wb_credentials_get_domain (credentials);
  const char      *password = wb_credentials_get_password (credentials);
  g_autoptr (WbCredentials) other_user = wb_credentials_new_password (domain, "nobody", password);
  g_autoptr (WbCredentials) other_domain = wb_credentials_new_password ("else", user, password);
  static const char *const malformed[] = {
    "",
    "x",
    "[]",
    "null",
    "{}",
    "{\"auth\":null}",
    "{\"auth\":[]}",
    "{\"auth\":{}}",
    "{\"auth\":{\"identity\":7}}",
    "{\"auth\":{\"identity\":{\"methods\":[]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[null]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[[]]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[1]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"token\"]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"password\",\"totp\"]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"password\"]}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":\"u\"}}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":"
    "{\"name\":1,\"password\":null}}}}}",
    "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":"
    "{\"name\":\"u\",\"password\":\"p\"}}}}}",
  };
  const struct
  {
    WbCredentials *credentials;
    const char    *password;
    const char    *scope;
    guint          status;
    const char    *part_of_text;
  } cases[] = {
    { credentials, "wrong", "", 401, "username or password is wrong" },
    { credentials, "", "", 401, "username or password is wrong" },
    { other_user, NULL, "", 401, "username or password is wrong" },
    { other_domain, NULL, "", 401, "username or password is wrong" },
    { credentials, NULL, ",\"scope\":{\"project\":{\"id\":\"unknown\"}}", 401, "is wrong" },
    { credentials, NULL, ",\"scope\":{\"project\":{\"name\":\"sample\"}}", 400,
      "Expecting to find domain in project" },
    { credentials, NULL,
      ",\"scope\":{\"project\":{\"name\":\"sample\",\"domain\":{\"name\":\"elsewhere\"}}}", 401,
      "is wrong" },
    { credentials, NULL, other_project, 401, "is wrong" },
    { credentials, NULL, ",\"scope\":{\"project\":{}}", 400, "id or name" },
    { credentials, NULL, ",\"scope\":{}", 400, "Expecting to find project" },
    { credentials, NULL, ",\"scope\":null", 400, "scope" },
  };
  g_autoptr (SoupMessage) put = soup_message_new ("PUT", fixture->tokens_url);
  g_autoptr (SoupMessage) form = soup_message_new ("POST", fixture->tokens_url);
  g_autoptr (Reply) put_reply = NULL;
  g_autoptr (Reply) form_reply = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (Reply) reply = send_token_request (fixture, malformed[i]);

      assert_identity_error (reply, 400, "Bad Request", "Expecting to find");
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dup_token_request (cases[i].credentials, cases[i].password,
                                                 cases[i].scope);
      g_autoptr (Reply) reply = send_token_request (fixture, text);

      assert_identity_error (reply, cases[i].status,
                             cases[i].status == 400 ? "Bad Request" : "Unauthorized",
                             cases[i].part_of_text);
    }

  put_reply = send (fixture, put);
  assert_identity_error (put_reply, 405, "Method Not Allowed", "not allowed");

  set_body (form, "text/plain", "{}", 2);
  form_reply = send (fixture, form);
  assert_identity_error (form_reply, 400, "Bad Request", "Content-Type");
}

/* A token that is for no project is good for nothing here. */
static void
test_token_without_scope (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (WbCredentials) credentials = dup_credentials (fixture, WB_AUTH_PASSWORD);
  g_autofree char *text = dup_token_request (credentials, NULL, "");
  g_autoptr (Reply) token_reply = send_token_request (fixture, text);
  g_autoptr (SoupMessage) message = new_export (fixture, NULL);
  g_autoptr (Reply) reply = NULL;

  g_assert_cmpuint (soup_message_get_status (token_reply->message), ==, 201);
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Auth-Token",
                                get_header (token_reply, "X-Subject-Token"));
  reply = send (fixture, message);
  assert_error (reply, 403, "APIG.0310", "project is unavailable");
}

static void
test_export (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (WbCredentials) key = dup_credentials (fixture, WB_AUTH_KEY);
  static const char *const ids[] = { NULL, ANALYTICS_ID };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (SoupMessage) with_token = new_export (fixture, ids[i]);
      g_autoptr (SoupMessage) with_key = new_export (fixture, ids[i]);
      g_autoptr (Reply) token_reply = NULL;
      g_autoptr (Reply) key_reply = NULL;

      add_token (fixture, with_token);
      token_reply = send (fixture, with_token);
      assert_export (fixture, token_reply, ids[i] != NULL ? ids[i] : "");

      sign (with_key, key, 0);
      key_reply = send (fixture, with_key);
      assert_export (fixture, key_reply, ids[i] != NULL ? ids[i] : "");
    }
}

static void
test_export_not_signed_in (Fixture      *fixture,
                           gconstpointer data)
{
  static const char *const headers[][3] = {
    { NULL, NULL, "x-auth-token not found" },
    { "X-Auth-Token", "MIIFwrong", "decrypt token fail" },
    { "X-Auth-Token", "", "decrypt token fail" },
    { "Authorization", "Bearer x", "format error" },
    { "Authorization", "SDK-HMAC-SHA256", "format error" },
    { "Authorization", "SDK-HMAC-SHA256 Access=a", "format error" },
    { "Authorization", "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=0",
      "ak not exist" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (SoupMessage) message = new_export (fixture, NULL);
      g_autoptr (Reply) reply = NULL;

      if (headers[i][0] != NULL)
        soup_message_headers_replace (soup_message_get_request_headers (message), headers[i][0],
                                      headers[i][1]);
      reply = send (fixture, message);
      assert_error (reply, 401, "APIG.0301", headers[i][2]);
      g_assert_nonnull (strstr (g_bytes_get_data (reply->body, NULL),
                                "Incorrect IAM authentication information: "));
    }
}

static void
test_export_bad_signature (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (WbCredentials) key = dup_credentials (fixture, WB_AUTH_KEY);
  const char *access_key = wb_credentials_get_access_key (key);
  g_autoptr (WbCredentials) wrong_key = wb_credentials_new_key (access_key, "wrong", NULL);
  static const struct
  {
    const char *changed_header; /* after signing */
    const char *value;
    gint64      clock_skew_s;
    gboolean    wrong_key;
    const char *part_of_text;
  } cases[] = {
    { NULL, NULL, 0, TRUE, "verify aksk signature fail, canonicalRequest:POST|/v1/" },
    { "workspace", ANALYTICS_ID, 0, FALSE, "verify aksk signature fail" },
    { "X-Project-Id", "other", 0, FALSE, "verify aksk signature fail" },
    { NULL, NULL, 16 * 60, FALSE, "signature expired" },
    { NULL, NULL, -16 * 60, FALSE, "signature expired" },
    { "X-Sdk-Date", "20261123T080000", 0, FALSE, "x-sdk-date" },
    { "X-Sdk-Date", "2026-11-23T08:00:00Z", 0, FALSE, "x-sdk-date" },
    { "X-Sdk-Date", "20269999T999999Z", 0, FALSE, "x-sdk-date" },
    { "X-Sdk-Date", "", 0, FALSE, "x-sdk-date" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message = new_export (fixture, "7f0b2c9e54a841d38e6a1b9c0d2f3e45");
      g_autoptr (Reply) reply = NULL;

      sign (message, cases[i].wrong_key ? wrong_key : key, cases[i].clock_skew_s);
      if (cases[i].changed_header != NULL)
        soup_message_headers_replace (soup_message_get_request_headers (message),
                                      cases[i].changed_header, cases[i].value);
      reply = send (fixture, message);
      assert_error (reply, 401, "APIG.0301", cases[i].part_of_text);
      g_assert_null (strstr (g_bytes_get_data (reply->body, NULL),
                             wb_credentials_get_secret_key (key)));
    }

  /* A clock that is a little off is let through. */
  for (int skew_s = -14 * 60; skew_s <= 14 * 60; skew_s += 14 * 60)
    {
      g_autoptr (SoupMessage) message = new_export (fixture, ANALYTICS_ID);
      g_autoptr (Reply) reply = NULL;

      sign (message, key, skew_s);
      reply = send (fixture, message);
      assert_export (fixture, reply, ANALYTICS_ID);
    }
}

static void
test_export_refused (Fixture      *fixture,
                     gconstpointer data)
{
  const char *url = wb_sample_service_get_url (fixture->service);
  const char *project_id = wb_sample_service_get_project_id (fixture->service);
  const struct
  {
    const char *method;
    const char *path; /* behind the address; NULL for the right one */
    const char *project_header;
    const char *workspace_id;
    guint       status;
    const char *code;
    const char *part_of_text;
  } cases[] = {
    { "POST", NULL, project_id, "2e91c4d07b3f4f0a9d5588aa61b07c12", 400, "DLF.6322",
      "The data connection does not exist." },
    { "POST", NULL, project_id, "0123456789abcdef0123456789abcdef", 400, "DLF.3051",
      "Workspace does not exists" },
    { "POST", NULL, project_id, "default", 400, "DLF.3051", "Workspace does not exists" },
    { "POST", NULL, project_id, "D1CD7861478748A6925BC02F47C69279", 400, "DLF.3051",
      "Workspace does not exists" },
    { "POST", NULL, NULL, ANALYTICS_ID, 400, "DLF.3051", "Workspace does not exists" },
    { "POST", NULL, "0123456789abcdef0123456789abcdef", NULL, 403, "APIG.0310",
      "project is unavailable" },
    { "POST", "/v1/0123456789abcdef0123456789abcdef/connections/export", NULL, NULL, 403,
      "APIG.0310", "project is unavailable" },
    { "POST", "/v1//connections/export", NULL, NULL, 403, "APIG.0310", "project is unavailable" },
    { "GET", NULL, project_id, NULL, 404, "APIG.0101", "does not exist" },
    { "PUT", NULL, project_id, NULL, 404, "APIG.0101", "does not exist" },
    { "DELETE", NULL, project_id, NULL, 404, "APIG.0101", "does not exist" },
    { "POST", "/", NULL, NULL, 404, "APIG.0101", "does not exist" },
    { "POST", "/v2/x/connections/export", NULL, NULL, 404, "APIG.0101", "does not exist" },
    { "POST", "/v1/x/connections/export/", NULL, NULL, 404, "APIG.0101", "does not exist" },
    { "POST", "/v1/x/connections/import", NULL, NULL, 404, "APIG.0101", "does not exist" },
    { "POST", "/v1/x/connections/export/../export", NULL, NULL, 403, "APIG.0310",
      "project is unavailable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = cases[i].path != NULL ? g_strconcat (url, cases[i].path, NULL)
                                                       : g_strdup (fixture->export_url);
      g_autoptr (SoupMessage) message = soup_message_new (cases[i].method, address);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);
      g_autoptr (Reply) reply = NULL;

      if (!g_str_equal (cases[i].method, "GET"))
        set_body (message, "application/json", "", 0);
      if (cases[i].project_header != NULL)
        soup_message_headers_replace (headers, "X-Project-Id", cases[i].project_header);
      if (cases[i].workspace_id != NULL)
        soup_message_headers_replace (headers, "workspace", cases[i].workspace_id);
      add_token (fixture, message);

      reply = send (fixture, message);
      g_test_message ("case %u", i);
      assert_error (reply, cases[i].status, cases[i].code, cases[i].part_of_text);
    }
}

static void
test_export_content_type (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (SoupMessage) message = new_export (fixture, NULL);
  g_autoptr (Reply) reply = NULL;

  add_token (fixture, message);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Type",
                                "text/plain");
  reply = send (fixture, message);
  assert_error (reply, 415, "APIG.0201", "Content-Type");
}

/* 64 KiB are let through, a byte more is not, whether its length is said or not. */
static void
test_body_limit (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct
  {
    gsize    length_bytes;
    gboolean chunked;
    gboolean too_large;
  } cases[] = {
    { 64 * 1024, FALSE, FALSE },
    { 64 * 1024, TRUE, FALSE },
    { 64 * 1024 + 1, FALSE, TRUE },
    { 64 * 1024 + 1, TRUE, TRUE },
    { 4 * 1024 * 1024, FALSE, TRUE },
    { 4 * 1024 * 1024, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (cases[i].length_bytes, ' ');
      g_autoptr (SoupMessage) message = new_export (fixture, NULL);
      g_autoptr (Reply) reply = NULL;

      add_token (fixture, message);
      if (cases[i].chunked)
        {
          gssize length_bytes = (gssize) cases[i].length_bytes;
          g_autoptr (GInputStream) stream = NULL;

          stream = g_memory_input_stream_new_from_data (text, length_bytes, NULL);
          soup_message_set_request_body (message, "application/json", stream, -1);
        }
      else
        {
          set_body (message, "application/json", text, cases[i].length_bytes);
        }

      reply = send (fixture, message);
      if (cases[i].too_large)
        assert_error (reply, 413, "APIG.0201", "too large");
      else
        assert_export (fixture, reply, "");
    }
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GSocketConnection **slot = user_data;
  g_autoptr (GError) error = NULL;

  *slot = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  g_assert_no_error (error);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **slot = user_data;
  g_autoptr (GError) error = NULL;

  *slot = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL,
                                                     &error);
  g_assert_no_error (error);
  g_assert_nonnull (*slot);
}

/* Requests that no HTTP library sends. */
static void
test_raw (Fixture      *fixture,
          gconstpointer data)
{
  static const struct
  {
    const char *request;
    const char *status_line;
  } cases[] = {
    { "POST /v1/p/connections/export HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Content-Type: application/json\r\n\r\n",
      "HTTP/1.1 411 Length Required" },
    { "junk\r\n\r\n", "HTTP/1.0 400 Bad Request" },
    { "POST /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GDataInputStream) input = NULL;
      g_autofree char *line = NULL;
      g_autoptr (GError) error = NULL;

      g_socket_client_connect_to_uri_async (client, wb_sample_service_get_url (fixture->service),
                                            80, NULL, connected_cb, &connection);
      while (connection == NULL)
        g_main_context_iteration (NULL, TRUE);

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 cases[i].request, strlen (cases[i].request), NULL, NULL, &error);
      g_assert_no_error (error);
      input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
      g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
      g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, &line);
      while (line == NULL)
        g_main_context_iteration (NULL, TRUE);

      g_test_message ("%s", line);
      g_assert_true (g_str_has_prefix (line, cases[i].status_line));
    }
}

/* Known answers: two that the clouds publish with their software kits, one of an export. */
static void
test_known_signatures (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *query;
    const char *host;
    const char *date;
    const char *project_id;
    const char *workspace_id;
    const char *security_token;
    const char *body;
    const char *signed_headers;
    const char *signature;
  } cases[] = {
    { "GET", "/resources", "size=1", "service.endpoint.myhuaweicloud.com", "20200608T023900Z",
      NULL, NULL, NULL, "", "host;x-sdk-date",
      "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842" },
    { "POST", "/resources", "size=1", "service.endpoint.myhuaweicloud.com", "20200608T023900Z",
      NULL, NULL, NULL, "{\"name\":\"test\",\"id\":1}", "host;x-sdk-date",
      "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f" },
    { "POST", "/v1/b384b9e9ab9b4ee8994c8633aabc9505/connections/export", NULL,
      "dayu-dlf.eu-de.otc.t-systems.com", "20261123T080000Z", "b384b9e9ab9b4ee8994c8633aabc9505",
      ANALYTICS_ID, NULL, "", "host;workspace;x-project-id;x-sdk-date",
      "aef7a705b03517268d155d3bce27de8e77e7e76f0c32781b6c592c0def1f7910" },
    { "POST", "/v1/b384b9e9ab9b4ee8994c8633aabc9505/connections/export", NULL,
      "dayu-dlf.eu-de.otc.t-systems.com", "20261123T080000Z", "b384b9e9ab9b4ee8994c8633aabc9505",
      ANALYTICS_ID, "TOKEN123", "", "host;workspace;x-project-id;x-sdk-date;x-security-token",
      "23c30b0fa1ee89654ff257bb72ca97105d71d3c998efc259d14d79c50c9e7682" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (cases[i].body, strlen (cases[i].body));
      g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (cases[i].date, NULL);
      gint64 now_s = g_date_time_to_unix (date);

      for (guint variant = 0; variant < 5; variant++)
        {
          SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
          g_autofree char    *signature = g_strdup (cases[i].signature);
          g_autofree char    *authorization = NULL;
          g_autofree char    *reason = NULL;
          gboolean            good;

          /* Anything else is refused. */
          if (variant == 1)
            signature[63] = signature[63] == '0' ? '1' : '0';
          else if (variant == 2)
            signature[63] = '\0';
          authorization = g_strdup_printf ("SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=%s, "
                                           "Signature=%s",
                                           variant == 3 ? "x-sdk-date;host"
                                                        : cases[i].signed_headers,
                                           signature);
          soup_message_headers_append (headers, "Authorization", authorization);
          soup_message_headers_append (headers, "Host", cases[i].host);
          soup_message_headers_append (headers, "X-Sdk-Date", cases[i].date);
          if (cases[i].project_id != NULL)
            soup_message_headers_append (headers, "X-Project-Id", cases[i].project_id);
          if (cases[i].workspace_id != NULL)
            soup_message_headers_append (headers, "workspace", cases[i].workspace_id);
          if (cases[i].security_token != NULL)
            soup_message_headers_append (headers, "X-Security-Token", cases[i].security_token);

          good = wb_sample_signature_check (cases[i].method, cases[i].path, cases[i].query,
                                            headers, body, "AccessKey", "SecretKey",
                                            variant == 4 ? now_s + 901 : now_s + 900, &reason);
          g_assert_cmpint (good, ==, variant == 0);
          g_assert_cmpint (reason != NULL, ==, variant != 0);
          soup_message_headers_unref (headers);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/sample-service/data", test_data);
  ADD ("/sample-service/account", test_account);
  ADD ("/sample-service/secrets-differ", test_secrets_differ);
  ADD ("/sample-service/token", test_token);
  ADD ("/sample-service/token-refused", test_token_refused);
  ADD ("/sample-service/token-without-scope", test_token_without_scope);
  ADD ("/sample-service/export", test_export);
  ADD ("/sample-service/export-not-signed-in", test_export_not_signed_in);
  ADD ("/sample-service/export-bad-signature", test_export_bad_signature);
  ADD ("/sample-service/export-refused", test_export_refused);
  ADD ("/sample-service/export-content-type", test_export_content_type);
  ADD ("/sample-service/body-limit", test_body_limit);
  ADD ("/sample-service/raw", test_raw);
#undef ADD
  g_test_add_func ("/sample-service/start-stop", test_start_stop);
  g_test_add_func ("/sample-service/known-signatures", test_known_signatures);

  return g_test_run ();
}
