/* test-check.c: a check of an account, and the step that fails for each fault
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check.h"

#include <string.h>

#include "core/accounts/withdrawn.h"
#include "core/error.h"
#include "fault-server.h"
#include "sample/sample-service.h"

#define SAMPLE_WORKSPACE "d1cd7861478748a6925bc02f47c69279"
#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define TOKEN_BODY "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\"," \
                   "\"expires_at\":\"2026-11-24T08:00:00.000000Z\","            \
                   "\"project\":{\"id\":\"" PROJECT "\"}}}"
#define OTHER_TOKEN_BODY "{\"token\":{\"project\":{\"id\":\"ffff\"}}}"
#define ONE_INSTANCE "{\"count\":1,\"commodity_orders\":[{\"resource_id\":\"i1\"}]}"
#define WORKSPACES "{\"count\":1,\"data\":[{\"id\":\"w1\",\"name\":\"W\"}]}"
#define CONNECTIONS "{\"total\":3,\"connections\":[]}"

typedef struct
{
  gboolean done;
  gboolean right;
  GError  *error; /* (owned) (nullable) */
} Run;

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Run *run = user_data;

  run->right = wb_check_run_finish (WB_CHECK (object), result, &run->error);
  run->done = TRUE;
}

static void
run_clear (Run *run)
{
  g_clear_error (&run->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_check (Run     *run,
           WbCheck *check)
{
  wb_check_run_async (check, NULL, run_cb, run);
  while (!run->done)
    g_main_context_iteration (NULL, TRUE);
}

/* One letter for each step: `o`k, `f`ailed, `s`kipped. */
static char *
describe (WbCheck *check)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    {
      WbCheckStep  *step = wb_check_get_step (check, (WbCheckKind) i);
      WbCheckResult result = wb_check_step_get_result (step);

      g_assert_cmpint (wb_check_step_get_kind (step), ==, i);
      g_assert_cmpint (result == WB_CHECK_FAILED, <=, wb_check_step_get_error (step) != NULL);
      g_assert_cmpint (result == WB_CHECK_OK, <=, wb_check_step_get_duration_ms (step) >= 0);
      g_string_append_c (text, *wb_check_result_to_string (result));
    }

  return g_string_free (text, FALSE);
}

static void
test_sample (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (GError) error = NULL;

  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);

  for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
    {
      g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, method);
      g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (service, method);
      g_autoptr (WbEndpoints) endpoints = wb_account_dup_endpoints (account, clouds, NULL);
      g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);
      g_autoptr (WbSignIn) sign_in = NULL;
      g_autoptr (WbCheck) check = NULL;
      WbCheckStep     *tls;
      WbCheckStep     *permission;
      g_autofree char *steps = NULL;
      g_auto (Run) first = { FALSE };
      g_auto (Run) second = { FALSE };
      g_auto (Run) third = { FALSE };

      sign_in = wb_sign_in_new_for_account (client, credentials, account, clouds, TRUE);
      check = wb_check_new (sign_in, wb_account_get_workspaces (account), NULL);
      run_check (&first, check);
      g_assert_no_error (first.error);
      g_assert_true (first.right);
      steps = describe (check);
      g_assert_cmpstr (steps, ==, "oooooo");
      tls = wb_check_get_step (check, WB_CHECK_TLS);
      g_assert_nonnull (strstr (wb_check_step_get_text (tls), "Not encrypted"));
      permission = wb_check_get_step (check, WB_CHECK_PERMISSION);
      g_assert_nonnull (strstr (wb_check_step_get_text (permission), "may see the connections"));
      g_assert_nonnull (strstr (wb_check_step_get_text (permission), "only an export shows"));

      run_check (&second, check);
      g_assert_no_error (second.error);

      g_clear_object (&check);
      check = wb_check_new (sign_in, wb_account_get_workspaces (account), SAMPLE_WORKSPACE);
      run_check (&third, check);
      g_assert_no_error (third.error);
      permission = wb_check_get_step (check, WB_CHECK_PERMISSION);
      g_assert_cmpint (strstr (wb_check_step_get_text (permission), ": Developer.") != NULL, ==,
                       method == WB_AUTH_PASSWORD);
    }
}

/* --- faults --- */

static WbSignIn *
new_sign_in (const char  *url,
             WbAuthMethod method)
{
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (url, url, url, NULL);
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbCredentials) credentials = NULL;

  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "idle-timeout-seconds", 1,
                         "connect-timeout-ms", 2000, NULL);
  if (method == WB_AUTH_PASSWORD)
    credentials = wb_credentials_new_password ("D", "u", "canary-secret");
  else if (method == WB_AUTH_KEY)
    credentials = wb_credentials_new_key ("AK", "canary-secret", NULL);
  else
    credentials = wb_credentials_new_token ("canary-secret");

  return wb_sign_in_new (client, credentials, PROJECT, NULL);
}

static GListModel *
new_workspaces (const char *id)
{
  GListStore *list = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) workspace = wb_workspace_new ("Mine <b>", id);

  g_list_store_append (list, workspace);

  return G_LIST_MODEL (list);
}

/* Answers are lines: the status, `!` for a clock that is wrong, and the body. A 201 has a token. */
static void
add_answers (FaultServer *server,
             const char  *answers)
{
  g_auto (GStrv) lines = g_strsplit (answers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint       status = (guint) g_ascii_strtoull (lines[i], NULL, 10);
      const char *body = lines[i] + 3;
      const char *headers = status == 201 ? "X-Subject-Token: t\r\n" : NULL;

      if (*body == '!')
        {
          headers = "Date: Mon, 01 Jan 2024 08:00:00 GMT\r\n";
          body++;
        }
      fault_server_add_reply (server, status, headers, body, -1);
    }
}

#define CODE(code) "{\"error_code\":\"" code "\",\"error_msg\":\"x\"}"
#define TOKEN "\n201" TOKEN_BODY "\n201" TOKEN_BODY /* to no project, then to the account's */
#define LISTS "\n200" ONE_INSTANCE "\n200" WORKSPACES

/* Whether one may export does not matter where nobody can. */
static void
test_withdrawn (void)
{
  for (guint known = 0; known <= 1; known++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbSignIn) sign_in = new_sign_in (url, WB_AUTH_KEY);
      g_autoptr (GListModel) workspaces = new_workspaces ("w1");
      g_autoptr (WbCheck) check = wb_check_new (sign_in, workspaces, "w1");
      g_auto (Run) run = { FALSE };
      const char *text;

      wb_withdrawn_remember (url, known);
      add_answers (server, "200\n200" CONNECTIONS LISTS);
      run_check (&run, check);
      g_assert_true (run.right);
      text = wb_check_step_get_text (wb_check_get_step (check, WB_CHECK_PERMISSION));
      g_assert_true ((strstr (text, "withdrawn") != NULL) == known);
      g_assert_true ((strstr (text, "only an export shows") == NULL) == known);
      wb_withdrawn_remember (url, FALSE);
    }
}

/* The step that failed is named, the steps behind it are not made. */
static void
test_faults (void)
{
  static const struct
  {
    WbAuthMethod method;
    const char  *workspace;
    const char  *answers;
    const char  *steps;
    WbErrorKind  kind;
    const char  *words;
  } cases[] = {
    /* all is well, in a workspace without connections */
    { WB_AUTH_PASSWORD, "w1", "404" TOKEN LISTS "\n400" CODE ("DLF.6322"),
      "oooooo", WB_ERROR_KIND_FAILED, NULL },
    /* wrong password */
    { WB_AUTH_PASSWORD, "w1", "200\n401{\"error\":{\"code\":401}}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "password" },
    /* locked */
    { WB_AUTH_PASSWORD, "w1", "200\n401" CODE ("IAM.0061"),
      "oofsss", WB_ERROR_KIND_SIGN_IN, "15 minutes" },
    /* disabled */
    { WB_AUTH_PASSWORD, "w1", "200\n403" CODE ("IAM.0082"),
      "oofsss", WB_ERROR_KIND_NOT_PERMITTED, "disabled" },
    /* an expired password */
    { WB_AUTH_PASSWORD, "w1",
      "200\n401{\"error\":{\"code\":401,\"message\":\"The password is expired and needs\"}}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "has expired" },
    /* no programmatic access */
    { WB_AUTH_PASSWORD, "w1", "200\n403" CODE ("IAM.0081"),
      "oofsss", WB_ERROR_KIND_NOT_PERMITTED, "console only" },
    /* unknown project */
    { WB_AUTH_PASSWORD, "w1", "200\n404" CODE ("IAM.0004"),
      "oosfss", WB_ERROR_KIND_SERVICE, "project" },
    /* another user's project, where the service says no more than 401 */
    { WB_AUTH_PASSWORD, "w1", "200\n201" TOKEN_BODY "\n401{\"error\":{\"code\":401}}",
      "ooofss", WB_ERROR_KIND_NOT_PERMITTED, "no role in it" },
    { WB_AUTH_PASSWORD, "w1", "200\n201" TOKEN_BODY "\n404{}",
      "ooofss", WB_ERROR_KIND_SERVICE, "does not know the project" },
    /* throttled */
    { WB_AUTH_PASSWORD, "w1", "200\n429" CODE ("IAM.0012"),
      "oofsss", WB_ERROR_KIND_SERVICE, "too many" },
    /* a second factor */
    { WB_AUTH_PASSWORD, "w1", "200\n401{\"required_auth_methods\":[[\"totp\"]]}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "one-time code" },
    /* a key that is locked */
    { WB_AUTH_KEY, "w1",
      "200\n401{\"error_code\":\"APIGW.0301\",\"error_msg\":"
      "\"AK access failed to reach the limit,forbidden\"}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "5 minutes" },
    /* clocks, twice */
    { WB_AUTH_KEY, "w1", "200\n401!{}\n401!{}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "clocks differ" },
    /* a key of a user without programmatic access, or who is disabled */
    { WB_AUTH_KEY, "w1", "200\n403" CODE ("IAM.0081"),
      "oofsss", WB_ERROR_KIND_NOT_PERMITTED, "programmatic" },
    { WB_AUTH_KEY, "w1", "200\n403" CODE ("IAM.0080"),
      "oofsss", WB_ERROR_KIND_NOT_PERMITTED, "disabled" },
    /* a key, another account's project */
    { WB_AUTH_KEY, "w1", "200\n403" CODE ("APIG.0310"),
      "ooofss", WB_ERROR_KIND_NOT_PERMITTED, "project" },
    /* a key, a user without rights in this region */
    { WB_AUTH_KEY, "", "200\n403" CODE ("APIGW.0802") LISTS,
      "ooooof", WB_ERROR_KIND_NOT_PERMITTED, "another region" },
    /* a key, everything right */
    { WB_AUTH_KEY, "", "200\n200" CONNECTIONS LISTS,
      "oooooo", WB_ERROR_KIND_FAILED, NULL },
    /* a token for another project */
    { WB_AUTH_TOKEN, "w1", "200\n200" OTHER_TOKEN_BODY,
      "ooofss", WB_ERROR_KIND_SERVICE, "another project" },
    /* a stale token */
    { WB_AUTH_TOKEN, "w1", "200\n401{}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "not valid" },
    /* a token that the identity service does not tell about */
    { WB_AUTH_TOKEN, "w1", "200\n404" CODE ("APIGW.0101") "\n200" CONNECTIONS LISTS,
      "oooooo", WB_ERROR_KIND_FAILED, NULL },
    /* no list of workspaces, which an export does not need */
    { WB_AUTH_PASSWORD, "w1", "404" TOKEN "\n404\n200" CONNECTIONS,
      "ooooso", WB_ERROR_KIND_FAILED, NULL },
    /* a workspace that is not there */
    { WB_AUTH_PASSWORD, "other", "404" TOKEN LISTS "\n400" CODE ("DLF.3051"),
      "ooooff", WB_ERROR_KIND_SERVICE, "not among those" },
    /* no permission */
    { WB_AUTH_PASSWORD, "w1", "404" TOKEN LISTS "\n400" CODE ("DLF.6888"),
      "ooooof", WB_ERROR_KIND_NOT_PERMITTED, "permission" },
    /* the wrong region's service */
    { WB_AUTH_PASSWORD, "w1",
      "404" TOKEN LISTS "\n404" CODE ("APIG.0101") "\n404" CODE ("APIG.0101"),
      "ooooof", WB_ERROR_KIND_WITHDRAWN, "region" },
    /* the list is withdrawn, and Management Center has one; also for a key, whose first answer
     * that is */
    { WB_AUTH_PASSWORD, "w1", "404" TOKEN LISTS "\n404" CODE ("APIGW.0101") "\n200{}",
      "oooooo", WB_ERROR_KIND_FAILED, NULL },
    { WB_AUTH_KEY, "w1", "200\n410\n200{}" LISTS,
      "oooooo", WB_ERROR_KIND_FAILED, NULL },
    { WB_AUTH_KEY, "w1", "200\n410\n401{}",
      "oofsss", WB_ERROR_KIND_SIGN_IN, "access key" },
    /* without a workspace's ID it cannot be asked */
    { WB_AUTH_KEY, "", "200\n410" LISTS,
      "ooooof", WB_ERROR_KIND_WITHDRAWN, "region" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbSignIn) sign_in = new_sign_in (url, cases[i].method);
      g_autoptr (GListModel) workspaces = new_workspaces (cases[i].workspace);
      g_autoptr (WbCheck) check = wb_check_new (sign_in, workspaces, cases[i].workspace);
      g_auto (Run) run = { FALSE };
      g_autofree char *steps = NULL;

      add_answers (server, cases[i].answers);
      run_check (&run, check);
      steps = describe (check);
      g_test_message ("%u: %s %s", i, steps, run.error != NULL ? run.error->message : "");
      g_assert_cmpstr (steps, ==, cases[i].steps);
      g_assert_cmpint (run.right, ==, cases[i].words == NULL);
      if (cases[i].words != NULL)
        {
          g_assert_cmpint (wb_error_get_kind (run.error), ==, cases[i].kind);
          g_assert_nonnull (strstr (run.error->message, cases[i].words));
          g_assert_null (strstr (run.error->message, "canary-secret"));
        }

      /* Nothing that the cloud would record as an export. */
      for (guint j = 0; j < fault_server_get_n_requests (server); j++)
        g_assert_null (strstr (fault_server_get_request (server, j), "/export"));
    }
}

#define USER(name, roles) "{\"user_name\":\"" name "\",\"type\":0,\"roles\":[" roles "]}"
#define ROLE(name) "{\"role_code\":\"x\",\"role_name\":\"" name "\"}"
#define USERS(list) "\n200{\"count\":1,\"total_page\":1,\"data\":[" list "]}"

/* What the user's roles in the workspace say; whatever is wrong with the answer, nothing. */
static void
test_roles (void)
{
  static const char *const unknown = "only an export shows";
  static const struct
  {
    WbAuthMethod method;
    const char  *answer;
    const char  *says;
    const char  *says_too;
  } cases[] = {
    { WB_AUTH_PASSWORD, USERS (USER ("x", ROLE ("Viewer")) "," USER ("u", ROLE ("Developer"))),
      "has a role in the workspace that may export them: Developer.", "" },
    { WB_AUTH_PASSWORD, USERS (USER ("u", ROLE ("Viewer") "," ROLE ("Operator"))),
      "may export them: Viewer, Operator.", "" },
    { WB_AUTH_PASSWORD, USERS (USER ("u", ROLE ("管理员"))), "may export them: 管理员.", "" },
    { WB_AUTH_PASSWORD, USERS (USER ("u", ROLE ("Viewer"))),
      "has no role in the workspace that may export them: Viewer.", "for the role Operator" },
    /* its groups may have others */
    { WB_AUTH_PASSWORD,
      USERS (USER ("u", ROLE ("Viewer")) ",{\"user_name\":\"g\",\"type\":1,\"roles\":[]}"),
      "with these roles in the workspace: Viewer.", unknown },
    /* a role of the company's own */
    { WB_AUTH_PASSWORD, USERS (USER ("u", ROLE ("Data\\u202e owner"))),
      "in the workspace: Data\\u{202E} owner.", unknown },
    { WB_AUTH_PASSWORD, USERS (USER ("u", "")), unknown, "" },
    { WB_AUTH_PASSWORD, USERS (USER ("U", ROLE ("Admin"))), unknown, "" },
    { WB_AUTH_PASSWORD, USERS ("1,{\"user_name\":\"u\",\"type\":\"0\",\"roles\":[7,{}]}"),
      unknown, "" },
    { WB_AUTH_PASSWORD, "\n200{\"data\":{}}", unknown, "" },
    { WB_AUTH_PASSWORD, "\n403" CODE ("DAYU.1001"), unknown, "" },
    { WB_AUTH_PASSWORD, "\n500", unknown, "" },
    { WB_AUTH_KEY, "", unknown, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultServer) server = fault_server_new (NULL);
      g_autofree char *url = fault_server_dup_url (server);
      g_autoptr (WbSignIn) sign_in = new_sign_in (url, cases[i].method);
      g_autoptr (GListModel) workspaces = new_workspaces ("w1");
      g_autoptr (WbCheck) check = wb_check_new (sign_in, workspaces, "w1");
      gboolean is_password = cases[i].method == WB_AUTH_PASSWORD;
      g_auto (Run) run = { FALSE };
      const char *text;
      guint       n_requests;

      add_answers (server, is_password ? "404" TOKEN            LISTS "\n200" CONNECTIONS
                                       : "200\n200" CONNECTIONS LISTS);
      if (is_password)
        add_answers (server, cases[i].answer + 1);
      run_check (&run, check);
      g_assert_no_error (run.error);
      text = wb_check_step_get_text (wb_check_get_step (check, WB_CHECK_PERMISSION));
      g_test_message ("%u: %s", i, text);
      g_assert_nonnull (strstr (text, cases[i].says));
      g_assert_nonnull (strstr (text, cases[i].says_too));
      n_requests = fault_server_get_n_requests (server);
      g_assert_cmpint (is_password, ==,
                       g_str_has_prefix (fault_server_get_request (server, n_requests - 1),
                                         "GET /v2/" PROJECT "/w1/users?limit=100&offset=0 "));
    }
}

/* Each of an account's workspaces, unless one is named. */
static void
test_all_workspaces (void)
{
  static const struct
  {
    const char *named;
    const char *answers;
    const char *steps;
    const char *asked; /* the last header of a workspace */
    const char *words;
  } cases[] = {
    { NULL, "\n200" CONNECTIONS "\n400" CODE ("DLF.6322") "\n200" CONNECTIONS, "oooooo", "w3",
      NULL },
    { NULL, "\n200" CONNECTIONS "\n403" CODE ("DLF.6888"), "ooooof", "w2",
      "“Two <b>”: This user is not permitted" },
    { "w2", "\n403" CODE ("DLF.6888"), "ooooof", "w2", "This user is not permitted" },
    { "", "\n200" CONNECTIONS, "oooooo", NULL, NULL },
  };
  static const char *const lists = "\n200" ONE_INSTANCE "\n200{\"count\":3,\"data\":["
                                   "{\"id\":\"w1\"},{\"id\":\"w2\"},{\"id\":\"w3\"}]}";

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (WbAuthMethod method = WB_AUTH_PASSWORD; method <= WB_AUTH_KEY; method++)
        {
          g_autoptr (FaultServer) server = fault_server_new (NULL);
          g_autofree char *url = fault_server_dup_url (server);
          g_autoptr (WbSignIn) sign_in = new_sign_in (url, method);
          g_autoptr (GListModel) workspaces = new_workspaces ("w1");
          g_autoptr (WbWorkspace) two = wb_workspace_new ("Two <b>", "w2");
          g_autoptr (WbWorkspace) three = wb_workspace_new ("Three", "w3");
          g_autoptr (WbCheck) check = wb_check_new (sign_in, workspaces, cases[i].named);
          g_auto (GStrv) asks = g_strsplit (cases[i].answers + 1, "\n", 2);
          g_autofree char *answers = NULL;
          g_autofree char *steps = NULL;
          g_autofree char *asked = NULL;
          g_auto (Run) run = { FALSE };

          g_list_store_append (G_LIST_STORE (workspaces), two);
          g_list_store_append (G_LIST_STORE (workspaces), three);

          /* A key signs in by the first request for connections. */
          if (method == WB_AUTH_KEY)
            answers = g_strconcat ("404\n", asks[0], lists, asks[1] != NULL ? "\n" : "", asks[1],
                                   NULL);
          else
            answers = g_strconcat ("404" TOKEN, lists, cases[i].answers, NULL);
          add_answers (server, answers);
          run_check (&run, check);
          steps = describe (check);
          g_assert_cmpstr (steps, ==, cases[i].steps);
          if (cases[i].words != NULL)
            g_assert_true (g_str_has_prefix (run.error->message, cases[i].words));
          if (method == WB_AUTH_PASSWORD)
            {
              asked = fault_server_dup_header (server, fault_server_get_n_requests (server) - 1,
                                               "workspace");
              g_assert_cmpstr (asked, ==, cases[i].asked);
            }
        }
    }
}

/* Hosts that are not there. */
static void
test_hosts (void)
{
  g_autoptr (WbSignIn) no_name = new_sign_in ("https://waybill.invalid", WB_AUTH_PASSWORD);
  g_autoptr (WbSignIn) no_one = new_sign_in ("http://127.0.0.1:1", WB_AUTH_PASSWORD);
  g_autoptr (GListModel) workspaces = new_workspaces ("");
  g_autoptr (WbCheck) first = wb_check_new (no_name, workspaces, NULL);
  g_autoptr (WbCheck) second = wb_check_new (no_one, workspaces, NULL);
  g_auto (Run) run = { FALSE };
  g_auto (Run) again = { FALSE };
  g_autofree char *steps = NULL;
  g_autofree char *other = NULL;

  run_check (&run, first);
  g_assert_cmpint (wb_error_get_kind (run.error), ==, WB_ERROR_KIND_NETWORK);
  steps = describe (first);
  g_assert_cmpstr (steps, ==, "fsssss");

  run_check (&again, second);
  g_assert_cmpint (wb_error_get_kind (again.error), ==, WB_ERROR_KIND_NETWORK);
  other = describe (second);
  g_assert_cmpstr (other, ==, "ofssss");
}

static void
test_cancel (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autofree char *url = fault_server_dup_url (server);
  g_autoptr (WbSignIn) sign_in = new_sign_in (url, WB_AUTH_PASSWORD);
  g_autoptr (GListModel) workspaces = new_workspaces ("");
  g_autoptr (WbCheck) check = wb_check_new (sign_in, workspaces, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Run) run = { FALSE };
  g_autofree char *steps = NULL;

  wb_check_run_async (check, cancellable, run_cb, &run);
  while (fault_server_get_n_requests (server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (!run.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  steps = describe (check);
  g_assert_cmpstr (steps, ==, "osssss");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/sample", test_sample);
  g_test_add_func ("/check/withdrawn", test_withdrawn);
  g_test_add_func ("/check/faults", test_faults);
  g_test_add_func ("/check/roles", test_roles);
  g_test_add_func ("/check/all-workspaces", test_all_workspaces);
  g_test_add_func ("/check/hosts", test_hosts);
  g_test_add_func ("/check/cancel", test_cancel);

  return g_test_run ();
}
