/* test-sample-sources.c: the service in small serves the same connections by each of its calls
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service.h"

#include <libsoup/soup.h>
#include <string.h>

#include "await.h"
#include "core/json-member.h"
#include "core/json-scan.h"

#define STAGING_ID "7f0b2c9e54a841d38e6a1b9c0d2f3e45"

typedef struct
{
  WbSampleService *service; /* (owned) */
  SoupSession     *session; /* (owned) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (fixture->service, 0, &error));
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->service);
}

/* @path: behind the project's ID
 * @workspace_id: (nullable): for the header
 * @status: (out): of the reply
 * Returns: (nullable): its object */
static JsonNode *
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     const char *workspace_id,
     gboolean    sign_in,
     guint      *status)
{
  const char      *project_id = wb_sample_service_get_project_id (fixture->service);
  g_autofree char *url = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (WbCredentials) token = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;
  const char         *text;
  gsize               length_bytes;

  url = g_strdup_printf ("%s/v1/%s/%s", wb_sample_service_get_url (fixture->service), project_id,
                         path);
  message = soup_message_new (method, url);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "X-Project-Id", project_id);
  if (g_str_equal (method, "POST"))
    {
      g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

      soup_message_set_request_body_from_bytes (message, "application/json", empty);
    }
  if (workspace_id != NULL)
    soup_message_headers_replace (headers, "workspace", workspace_id);
  if (sign_in)
    {
      token = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_TOKEN);
      soup_message_headers_replace (headers, "X-Auth-Token", wb_credentials_get_token (token));
    }

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, await_cb,
                                    &result);
  await (&result);
  body = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  text = g_bytes_get_data (body, &length_bytes);

  return length_bytes > 0 ? wb_json_parse (text, length_bytes, NULL) : NULL;
}

static JsonArray *
get_list (JsonNode   *root,
          const char *member)
{
  return json_object_get_array_member (json_node_get_object (root), member);
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *workspace_id;
    guint       n;
    const char *first;
  } cases[] = {
    { "connections?limit=100", NULL, 18, "dws_sales" },
    { "connections", NULL, 18, "dws_sales" },
    { "connections?limit=2&offset=16", NULL, 2, "host_etl_02" },
    { "connections?limit=5&offset=16", NULL, 2, "host_etl_02" },
    { "connections?limit=5&offset=18", NULL, 0, NULL },
    { "connections?limit=100", STAGING_ID, 3, "dws_staging" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autoptr (JsonNode) root = ask (fixture, "GET", cases[i].path, cases[i].workspace_id, TRUE,
                                       &status);
      g_autofree char *text = json_to_string (root, FALSE);
      JsonArray       *list = get_list (root, "connections");

      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpuint (json_array_get_length (list), ==, cases[i].n);
      if (cases[i].n > 0)
        g_assert_cmpstr (wb_json_find_string (json_array_get_object_element (list, 0), "name"), ==,
                         cases[i].first);
      /* A list shows no password, though the export does. */
      g_assert_null (strstr (text, "Not-a-real-Passw0rd"));
      g_assert_null (strstr (text, "example-secret-42"));
    }
}

/* @offset: of the second page of two, in each dialect */
static void
test_managed (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    WbSampleDialect dialect;
    const char     *second_page;
    const char     *hive[3];
    const char     *hbase[2];
    const char     *not_there;
  } cases[] = {
    { WB_SAMPLE_DIALECT_CAMEL,
      "data-connections?limit=10&offset=1",
      { "\"dbUserName\"", "\"mrsConnectionType\"", "\"kmsName\"" },
      { "\"nsUserName\"", "\"nsPassword\"" },
      "db_user_name" },
    { WB_SAMPLE_DIALECT_SNAKE,
      "data-connections?limit=10&offset=10",
      { "\"db_user_name\"", "\"mrs_connection_type\"", "\"kms_name\"" },
      { "\"ns_user_name\"", "\"ns_password\"" },
      "dbUserName" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (JsonNode) staging = NULL;
      JsonArray *list;

      wb_sample_service_set_dialect (fixture->service, cases[i].dialect);
      root = ask (fixture, "GET", cases[i].second_page, WB_SAMPLE_DEFAULT_ID, TRUE, &status);
      g_assert_cmpuint (status, ==, 200);
      list = get_list (root, "data_connection_lists");
      g_assert_cmpuint (json_array_get_length (list), ==, 8);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "count"), ==, 18);
      g_clear_pointer (&root, json_node_unref);

      root = ask (fixture, "GET", "data-connections?limit=100", WB_SAMPLE_DEFAULT_ID, TRUE,
                  &status);
      list = get_list (root, "data_connection_lists");
      for (guint k = 0; k < json_array_get_length (list); k++)
        {
          JsonObject      *entry = json_array_get_object_element (list, k);
          g_autofree char *path = g_strconcat ("data-connections/",
                                               wb_json_find_string (entry, "dw_id"), NULL);
          g_autoptr (JsonNode) one = ask (fixture, "GET", path, WB_SAMPLE_DEFAULT_ID, TRUE,
                                          &status);
          g_autofree char *text = json_to_string (one, FALSE);

          g_assert_cmpuint (status, ==, 200);
          g_assert_false (json_object_has_member (entry, "dw_config"));
          g_assert_cmpstr (wb_json_find_string (json_node_get_object (one), "dw_id"), ==,
                           wb_json_find_string (entry, "dw_id"));
          g_assert_nonnull (strstr (text, "\"dw_config\""));
          g_assert_null (strstr (text, cases[i].not_there));
          g_assert_null (strstr (text, "Not-a-real-Passw0rd"));
          for (guint key = 0; key < G_N_ELEMENTS (cases[i].hive)
                              && strstr (text, "\"hive_prod\"") != NULL;
               key++)
            g_assert_nonnull (strstr (text, cases[i].hive[key]));
        }

      staging = ask (fixture, "GET", "data-connections?limit=100", STAGING_ID, TRUE, &status);
      list = get_list (staging, "data_connection_lists");
      for (guint k = 0; k < json_array_get_length (list); k++)
        {
          JsonObject      *entry = json_array_get_object_element (list, k);
          g_autofree char *path = g_strconcat ("data-connections/",
                                               wb_json_find_string (entry, "dw_id"), NULL);
          g_autoptr (JsonNode) one = ask (fixture, "GET", path, STAGING_ID, TRUE, &status);
          g_autofree char *text = json_to_string (one, FALSE);

          for (guint key = 0; key < G_N_ELEMENTS (cases[i].hbase)
                              && strstr (text, "\"CLOUDTABLE\"") != NULL;
               key++)
            g_assert_nonnull (strstr (text, cases[i].hbase[key]));
        }
    }
}

static void
test_strict (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *workspace_id;
    guint       status;
    const char *code;
  } cases[] = {
    { "data-connections", NULL, 400, "DAYU.3601" },
    { "data-connections", "", 400, "DAYU.3601" },
    { "data-connections", "unknown", 400, "DAYU.3601" },
    { "data-connections/0123", WB_SAMPLE_DEFAULT_ID, 400, "DAYU.1005" },
    { "data-connections/", WB_SAMPLE_DEFAULT_ID, 400, "DAYU.1005" },
    { "data-connections/0123/x", WB_SAMPLE_DEFAULT_ID, 404, "APIG.0101" },
    { "connections/dws_sales", NULL, 404, "APIG.0101" },
    { "connections?limit=0", NULL, 400, "DLF.3051" },
    { "connections?limit=101", NULL, 400, "DLF.3051" },
    { "data-connections?limit=101", WB_SAMPLE_DEFAULT_ID, 400, "DLF.3051" },
    { "connections", "unknown", 400, "DLF.3051" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autoptr (JsonNode) root = ask (fixture, "GET", cases[i].path, cases[i].workspace_id, TRUE,
                                       &status);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpstr (wb_json_find_string (json_node_get_object (root), "error_code"), ==,
                       cases[i].code);
    }
}

static void
test_answers (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    WbSource    call;
    const char *method;
    const char *path;
  } calls[] = {
    { WB_SOURCE_EXPORT, "POST", "connections/export" },
    { WB_SOURCE_LIST, "GET", "connections" },
    { WB_SOURCE_MANAGEMENT, "GET", "data-connections" },
    { WB_SOURCE_MANAGEMENT, "GET", "data-connections/x" },
  };
  static const struct
  {
    WbSampleAnswer answer;
    guint          status;
    const char    *code;
    gboolean       before_sign_in;
  } answers[] = {
    { WB_SAMPLE_WITHDRAWN, 404, "APIG.0101", TRUE },
    { WB_SAMPLE_WITHDRAWN_SHARED, 404, "APIGW.0101", TRUE },
    { WB_SAMPLE_GONE, 410, NULL, TRUE },
    { WB_SAMPLE_REFUSED, 403, "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint k = 0; k < G_N_ELEMENTS (answers); k++)
      {
        guint status;
        g_autoptr (JsonNode) root = NULL;
        g_autoptr (JsonNode) other = NULL;

        wb_sample_service_set_answer (fixture->service, calls[i].call, answers[k].answer);
        root = ask (fixture, calls[i].method, calls[i].path, STAGING_ID,
                    !answers[k].before_sign_in, &status);
        g_assert_cmpuint (status, ==, answers[k].status);
        g_assert_true ((root == NULL) == (answers[k].code == NULL));
        if (root != NULL && *answers[k].code != '\0')
          g_assert_cmpstr (wb_json_find_string (json_node_get_object (root), "error_code"), ==,
                           answers[k].code);

        /* The other calls go on. */
        other = ask (fixture, "GET",
                     calls[i].call == WB_SOURCE_LIST ? "data-connections" : "connections",
                     STAGING_ID, TRUE, &status);
        g_assert_cmpuint (status, ==, 200);
        wb_sample_service_set_answer (fixture->service, calls[i].call, WB_SAMPLE_RIGHT);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/sample-sources/list", test_list);
  ADD ("/sample-sources/managed", test_managed);
  ADD ("/sample-sources/strict", test_strict);
  ADD ("/sample-sources/answers", test_answers);
#undef ADD

  return g_test_run ();
}
