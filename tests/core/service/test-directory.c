/* test-directory.c: projects and workspaces that are found for the user
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory/directory.h"

#include <string.h>

#include "await.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/sign-in/token-look.h"
#include "fault-server.h"
#include "sample/sample-service.h"

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"

static GListModel *
list_projects (WbSignIn   *sign_in,
               const char *region,
               GError    **error)
{
  g_autoptr (GAsyncResult) wait = NULL;

  wb_directory_list_projects_async (sign_in, region, NULL, await_cb, &wait);

  return wb_directory_list_projects_finish (sign_in, await (&wait), error);
}

static GListModel *
list_workspaces (WbSignIn *sign_in,
                 char    **note,
                 GError  **error)
{
  g_autoptr (GAsyncResult) wait = NULL;

  wb_directory_list_workspaces_async (sign_in, NULL, await_cb, &wait);

  return wb_directory_list_workspaces_finish (sign_in, await (&wait), note, error);
}

/* "name=id name=id" */
static char *
describe (GListModel *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? " " : "", wb_directory_item_get_name (item),
                              wb_directory_item_get_id (item));
    }

  return g_string_free (text, FALSE);
}

static void
assert_list (GListModel *list,
             const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (list);
  text = describe (list);
  g_assert_cmpstr (text, ==, expected);
}

/* --- the sample service --- */

static WbSignIn *
new_for_sample (WbSampleService *service,
                WbAuthMethod     method,
                gboolean         with_project)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, method);
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (service, method);
  g_autoptr (WbEndpoints) endpoints = wb_account_dup_endpoints (account, clouds, NULL);
  g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);

  if (with_project)
    return wb_sign_in_new_for_account (client, credentials, account, clouds, TRUE);

  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, "");

  return wb_sign_in_new_for_account (client, credentials, account, clouds, FALSE);
}

static void
test_sample (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autofree char *projects = NULL;
  g_autoptr (GError) error = NULL;

  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);
  projects = g_strconcat ("sample=", wb_sample_service_get_project_id (service), NULL);

  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, method);
      GListModel *known = wb_account_get_workspaces (account);
      g_autoptr (WbSignIn) to_none = new_for_sample (service, method, FALSE);
      g_autoptr (WbSignIn) to_project = new_for_sample (service, method, TRUE);
      g_autoptr (GListModel) found = NULL;
      g_autoptr (GListModel) workspaces = NULL;
      g_autofree char *note = NULL;

      found = list_projects (to_none, "sample", &error);
      g_assert_no_error (error);
      assert_list (found, projects);
      g_assert_null (wb_sign_in_get_project_id (to_none));

      workspaces = list_workspaces (to_project, &note, &error);
      g_assert_no_error (error);
      g_assert_null (note);

      /* All but the default one, which has no ID. */
      g_assert_cmpuint (g_list_model_get_n_items (workspaces), ==,
                        g_list_model_get_n_items (known) - 1);
      for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
        {
          g_autoptr (WbDirectoryItem) item = g_list_model_get_item (workspaces, i);
          g_autoptr (WbWorkspace) workspace = g_list_model_get_item (known, i + 1);

          g_assert_cmpstr (wb_directory_item_get_id (item), ==, wb_workspace_get_id (workspace));
          g_assert_cmpstr (wb_directory_item_get_name (item), ==,
                           wb_workspace_get_name (workspace));
          g_assert_cmpstr (wb_directory_item_get_instance (item), ==, "dayu-sample");
        }
    }
}

static void
test_token (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbSignIn) stale = NULL;
  g_autoptr (GDateTime) expires = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *project_id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;
  g_autoptr (GAsyncResult) again = NULL;

  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);
  sign_in = new_for_sample (service, WB_AUTH_TOKEN, FALSE);
  wb_token_look_async (sign_in, NULL, await_cb, &wait);
  wb_token_look_finish (sign_in, await (&wait), &expires, &project_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (project_id, ==, wb_sample_service_get_project_id (service));
  g_assert_nonnull (expires);
  g_assert_cmpint (g_date_time_difference (expires, now) / G_TIME_SPAN_HOUR, >=, 23);

  /* One of an earlier run. */
  wb_sample_service_stop (service);
  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);
  {
    g_autoptr (WbClouds) clouds = wb_clouds_new ();
    g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_TOKEN);
    g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("MIIFstale");
    g_autoptr (WbEndpoints) endpoints = wb_account_dup_endpoints (account, clouds, NULL);
    g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);

    stale = wb_sign_in_new_for_account (client, credentials, account, clouds, FALSE);
  }
  wb_token_look_async (stale, NULL, await_cb, &again);
  g_assert_false (wb_token_look_finish (stale, await (&again), NULL, NULL,
                                        &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "MIIFstale"));
}

/* --- other services --- */

typedef struct
{
  FaultServer *server;  /* (owned) */
  WbSignIn    *sign_in; /* (owned) */
} Setup;

static void
setup_init (Setup *setup)
{
  g_autofree char *url = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbCredentials) credentials = NULL;

  setup->server = fault_server_new (NULL);
  url = fault_server_dup_url (setup->server);
  endpoints = wb_endpoints_new (url, url, url, NULL);
  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "idle-timeout-seconds", 1, NULL);
  credentials = wb_credentials_new_token ("canary-token");
  setup->sign_in = wb_sign_in_new (client, credentials, PROJECT, NULL);
}

static void
setup_clear (Setup *setup)
{
  g_clear_object (&setup->sign_in);
  g_clear_pointer (&setup->server, fault_server_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

static void
add_json (Setup      *setup,
          const char *body)
{
  fault_server_add_reply (setup->server, 200, NULL, body, -1);
}

/* Entries from @first on; each is two members of an object. */
static char *
new_page (const char *member,
          const char *id_member,
          const char *name_member,
          guint       first,
          guint       n,
          int         count)
{
  GString *text = g_string_new ("{");

  if (count >= 0)
    g_string_append_printf (text, "\"count\":%d,", count);
  g_string_append_printf (text, "\"%s\":[", member);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"%s\":\"id%u\",\"%s\":\"n%u\"}", i > 0 ? "," : "", id_member,
                            first + i, name_member, first + i);
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

static void
add_workspaces (Setup *setup,
                guint  first,
                guint  n,
                int    count)
{
  g_autofree char *page = new_page ("data", "id", "name", first, n, count);

  add_json (setup, page);
}

#define ONE_INSTANCE "{\"count\":1,\"commodity_orders\":[" \
                     "{\"resource_id\":\"i1\",\"resource_name\":\"I\",\"status\":2}]}"

static void
test_projects (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  add_json (&setup,
            "{\"projects\":[{\"id\":\"1\",\"name\":\"MOS\"},{\"id\":\"2\",\"name\":\"eu-de_etl\"},"
            "{\"id\":\"3\",\"name\":\"eu-dex\"},{\"id\":\"4\",\"name\":\"eu-de\",\"enabled\":true},"
            "{\"id\":\"5\",\"name\":\"off\",\"enabled\":false},"
            "{\"id\":\"6\",\"name\":\"dom\",\"is_domain\":true},{\"id\":\"7\",\"name\":\"ap\"},"
            "{\"id\":\"a b\",\"name\":\"x\"},{\"id\":\"a\\r\\nb\",\"name\":\"x\"},{\"id\":7},"
            "{\"id\":\"\"},{\"name\":\"x\"},null,[],\"x\",{\"id\":\"8\"},"
            "{\"id\":\"4\",\"name\":\"again\"},{\"id\":\"9\",\"name\":[]}]}");
  list = list_projects (setup.sign_in, "eu-de", &error);
  g_assert_no_error (error);
  assert_list (list, "eu-de=4 eu-de_etl=2 8=8 9=9 ap=7 eu-dex=3");
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 0),
                                   "GET /v3/auth/projects HTTP/1.1\r\n"));
}

/* The token comes back in names and IDs, whole or encoded. Pieces of it may be there by chance. */
static void
test_echo (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Setup) with_instances = { 0 };
  g_autoptr (GListModel) projects = NULL;
  g_autoptr (GListModel) workspaces = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDirectoryItem) first = NULL;

  setup_init (&setup);
  add_json (&setup,
            "{\"projects\":[{\"id\":\"1\",\"name\":\"a canary-token\"},"
            "{\"id\":\"CANARY-TOKEN\",\"name\":\"b\"},"
            "{\"id\":\"63616e6172792d746f6b656e\",\"name\":\"c\"},"
            "{\"id\":\"2\",\"name\":\"Y2FuYXJ5LXRva2Vu\"},"
            "{\"id\":\"can\",\"name\":\"d canary\"}]}");
  projects = list_projects (setup.sign_in, NULL, &error);
  g_assert_no_error (error);
  assert_list (projects, "a •••=1 d canary=can •••=2");

  setup_init (&with_instances);
  add_json (&with_instances,
            "{\"count\":2,\"commodity_orders\":["
            "{\"resource_id\":\"x-canary-token\",\"resource_name\":\"I\",\"status\":2},"
            "{\"resource_id\":\"i1\",\"resource_name\":\"canary%2Dtoken\",\"status\":2}]}");
  add_json (&with_instances, "{\"count\":2,\"data\":[{\"id\":\"w1\",\"name\":\"canary-token\"},"
                             "{\"id\":\"canary-token\",\"name\":\"w\"}]}");
  workspaces = list_workspaces (with_instances.sign_in, NULL, &error);
  g_assert_no_error (error);
  assert_list (workspaces, "•••=w1");
  first = g_list_model_get_item (workspaces, 0);
  g_assert_cmpstr (wb_directory_item_get_instance (first), ==, "•••");
}

/* A next page is asked for where the first one was, whatever the link to it says. */
static void
test_project_pages (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  add_json (&setup, "{\"projects\":[{\"id\":\"1\",\"name\":\"a\"}],\"links\":"
                    "{\"next\":\"https://evil.example.com/x?marker=1&limit=1\"}}");
  add_json (&setup, "{\"projects\":[{\"id\":\"2\",\"name\":\"b\"}],\"links\":"
                    "{\"next\":\"?marker=2\"}}");
  /* The same again is the end. */
  add_json (&setup, "{\"projects\":[{\"id\":\"2\",\"name\":\"b\"}],\"links\":"
                    "{\"next\":\"?marker=2\"}}");
  list = list_projects (setup.sign_in, NULL, &error);
  g_assert_no_error (error);
  assert_list (list, "a=1 b=2");
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 3);
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 1),
                                   "GET /v3/auth/projects?marker=1&limit=1 HTTP/1.1\r\n"));
}

/* Text that cannot be the query of an address is not a next page. */
static void
test_project_links (void)
{
  static const char *const links[] = {
    "null",
    "[]",
    "{\"next\":null}",
    "{\"next\":1}",
    "{\"next\":\"/v3/x\"}",
    "{\"next\":\"?a=b\\r\\nX-Y: z\"}",
    "{\"next\":\"?a#b\"}",
    "{\"next\":\"?a b\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_autofree char *body = NULL;
      g_autoptr (GListModel) list = NULL;
      g_autoptr (GError) error = NULL;

      setup_init (&setup);
      body = g_strdup_printf ("{\"projects\":[{\"id\":\"1\",\"name\":\"a\"}],\"links\":%s}",
                              links[i]);
      add_json (&setup, body);
      list = list_projects (setup.sign_in, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
    }
}

/* A page as large as is read, and one byte more. */
static void
test_largest_page (void)
{
  for (gsize beyond = 0; beyond < 2; beyond++)
    {
      static const char page[] = "{\"projects\":[{\"id\":\"1\",\"name\":\"one\"}]";
      g_auto (Setup) setup = { 0 };
      g_autoptr (GListModel) list = NULL;
      g_autofree char *body = g_strnfill (WB_LIST_MAX_REPLY_BYTES + beyond, ' ');
      g_autoptr (GError) error = NULL;

      memcpy (body, page, strlen (page));
      body[WB_LIST_MAX_REPLY_BYTES + beyond - 1] = '}';
      setup_init (&setup);
      add_json (&setup, body);
      list = list_projects (setup.sign_in, NULL, &error);
      if (beyond == 0)
        assert_list (list, "one=1");
      else
        g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
    }
}

/* A service may give all in one page, whatever was asked for: as many as a reply can hold take no
 * longer than their number explains. */
static void
test_long_page (void)
{
  const guint n = 110000;
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  add_json (&setup, ONE_INSTANCE);
  add_workspaces (&setup, 0, n, -1);
  add_workspaces (&setup, 0, n, -1);
  list = list_workspaces (setup.sign_in, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);
}

/* Pages without end, and an endless number of instances, do not keep us for ever. */
static void
test_endless (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autofree char *note = NULL;
  g_autofree char *instances = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  instances = new_page ("commodity_orders", "resource_id", "resource_name", 0, 99, 99);
  add_json (&setup, instances);
  for (guint i = 0; i < 250; i++)
    add_workspaces (&setup, i * 100, 100, -1);
  list = list_workspaces (setup.sign_in, &note, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 200);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 199 * 100);
  g_assert_nonnull (strstr (note, "99 instances"));
  g_assert_nonnull (strstr (note, "keeps sending more pages"));
}

/* Nor does the only instance, which is told as well. */
static void
test_endless_instance (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  add_json (&setup, ONE_INSTANCE);
  for (guint i = 0; i < 250; i++)
    add_workspaces (&setup, i, 1, 100000);
  list = list_workspaces (setup.sign_in, &note, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 200);
  g_assert_nonnull (strstr (note, "1 instance "));
  g_assert_nonnull (strstr (note, "keeps sending more pages"));
}

/* Page by page, whatever the service makes of the size that was asked for. */
static void
test_pages (void)
{
  static const struct
  {
    guint pages[4];
    int   count;
    guint n_found;
    guint n_requests;
  } cases[] = {
    { { 100, 100, 30 }, 230, 230, 3 },
    { { 20, 20, 5 }, 45, 45, 3 },
    { { 100, 30 }, -1, 130, 2 },
    { { 100, 0 }, -1, 100, 2 },
    { { 3 }, 3, 3, 1 },
    { { 0 }, 0, 0, 1 },
    /* A total that lies: pages decide. */
    { { 100, 0 }, 100000, 100, 2 },
    { { 100, 100, 1 }, 100, 201, 3 },
    { { 100, 7 }, 1, 107, 2 },
    { { 100, 7 }, 0, 107, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_autoptr (GListModel) list = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *last = NULL;
      guint            first = 0;

      setup_init (&setup);
      add_json (&setup, ONE_INSTANCE);
      for (guint j = 0; j < cases[i].n_requests; j++)
        {
          add_workspaces (&setup, first, cases[i].pages[j], cases[i].count);
          if (j + 1 < cases[i].n_requests)
            first += cases[i].pages[j];
        }
      list = list_workspaces (setup.sign_in, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (list), ==, cases[i].n_found);
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, cases[i].n_requests + 1);
      last = g_strdup_printf ("GET /v1/" PROJECT "/workspaces/i1?limit=100&offset=%u HTTP/1.1\r\n",
                              first);
      g_assert_true (g_str_has_prefix (
        fault_server_get_request (setup.server, cases[i].n_requests), last));
    }
}

/* The same page again and again is the end. */
static void
test_repeated_page (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  add_json (&setup, ONE_INSTANCE);
  add_workspaces (&setup, 0, 100, 1000000);
  add_workspaces (&setup, 0, 100, 1000000);
  list = list_workspaces (setup.sign_in, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 100);
}

/* Older names, instances that are gone, and one that refuses. */
static void
test_instances (void)
{
  static const char *const instances =
    "{\"count\":\"5\",\"commodity_order_lists\":["
    "{\"resource_id\":\"gone\",\"status\":3},{\"resource_id\":\"going\",\"status\":\"6\"},"
    "{\"resource_id\":\"a/../b?c\",\"resource_name\":\"Odd\",\"status\":\"2\"},"
    "{\"resource_id\":\"frozen\",\"resource_name\":\"F\",\"status\":4},"
    "{\"resource_id\":\"strange\",\"resource_name\":\"S\",\"status\":2},"
    "{\"resource_id\":\"good\",\"resource_name\":\"G <b>&\"}]}";
  g_auto (Setup) setup = { 0 };
  g_autoptr (GListModel) list = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDirectoryItem) item = NULL;

  setup_init (&setup);
  add_json (&setup, instances);
  add_workspaces (&setup, 1, 1, 1);
  fault_server_add_reply (setup.server, 403, NULL, "{}", -1);
  add_json (&setup, "{\"errors\":[]}");
  add_workspaces (&setup, 2, 1, 1);
  list = list_workspaces (setup.sign_in, &note, &error);
  g_assert_no_error (error);
  assert_list (list, "n1=id1 n2=id2");
  g_assert_nonnull (strstr (note, "2 instances"));
  item = g_list_model_get_item (list, 1);
  g_assert_cmpstr (wb_directory_item_get_instance (item), ==, "G <b>&");
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 1),
                                   "GET /v1/" PROJECT "/workspaces/a%2F..%2Fb%3Fc?"));
}

/* A key that is refused on the way is not tried on all instances. */
static void
test_refused_on_the_way (void)
{
  g_auto (Setup) setup = { 0 };
  g_autoptr (WbCredentials) key = wb_credentials_new_key ("AK", "canary-secret", NULL);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autofree char *instances = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  setup_init (&setup);
  sign_in = wb_sign_in_new (wb_sign_in_get_client (setup.sign_in), key, PROJECT, NULL);
  instances = new_page ("commodity_orders", "resource_id", "resource_name", 0, 9, 9);
  add_json (&setup, instances);
  add_workspaces (&setup, 1, 1, 1);
  fault_server_add_reply (setup.server, 401, NULL, "{}", -1);
  list = list_workspaces (sign_in, &note, &error);
  g_assert_no_error (error);
  assert_list (list, "n1=id1");
  g_assert_nonnull (strstr (note, "8 instances"));
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 3);
}

/* A reply that is not a list is reported, with the way to go on by hand. */
static void
test_refusals (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    WbError     code;
    const char *words;
  } cases[] = {
    { 404, "{\"error_code\":\"APIG.0101\",\"error_msg\":\"x\"}", WB_ERROR_SERVICE, "by hand" },
    { 404, "", WB_ERROR_SERVICE, "by hand" },
    { 403, "{}", WB_ERROR_NOT_PERMITTED, "by hand" },
    { 401, "{}", WB_ERROR_SIGN_IN, "token" },
    { 200, "{}", WB_ERROR_SERVICE, "by hand" },
    { 200, "{\"commodity_orders\":{}}", WB_ERROR_SERVICE, "by hand" },
    { 200, "[]", WB_ERROR_SERVICE, "other than a list" },
    { 200, "", WB_ERROR_SERVICE, "other than a list" },
    { 200, "{\"commodity_orders\":[", WB_ERROR_SERVICE, "other than a list" },
    { 200, "<html><title>WLAN</title>", WB_ERROR_NETWORK, "WLAN" },
    { 302, "", WB_ERROR_SERVICE, "another address" },
    { 503, "", WB_ERROR_SERVICE, "Try again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_autoptr (GListModel) list = NULL;
      g_autoptr (GError) error = NULL;

      setup_init (&setup);
      fault_server_add_reply (setup.server, cases[i].status, NULL, cases[i].body, -1);
      list = list_workspaces (setup.sign_in, NULL, &error);
      g_assert_null (list);
      g_assert_error (error, WB_ERROR, (int) cases[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "canary-token"));
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/sample", test_sample);
  g_test_add_func ("/directory/token", test_token);
  g_test_add_func ("/directory/projects", test_projects);
  g_test_add_func ("/directory/echo", test_echo);
  g_test_add_func ("/directory/project-pages", test_project_pages);
  g_test_add_func ("/directory/project-links", test_project_links);
  g_test_add_func ("/directory/long-page", test_long_page);
  g_test_add_func ("/directory/endless", test_endless);
  g_test_add_func ("/directory/largest-page", test_largest_page);
  g_test_add_func ("/directory/endless-instance", test_endless_instance);
  g_test_add_func ("/directory/pages", test_pages);
  g_test_add_func ("/directory/repeated-page", test_repeated_page);
  g_test_add_func ("/directory/instances", test_instances);
  g_test_add_func ("/directory/refused-on-the-way", test_refused_on_the_way);
  g_test_add_func ("/directory/refusals", test_refusals);

  return g_test_run ();
}
