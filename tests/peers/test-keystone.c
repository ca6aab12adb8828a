/* test-keystone.c: every kind of user signs in to a real OpenStack Keystone
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "await.h"
#include "core/error.h"
#include "core/service/directory/directory.h"
#include "core/service/export/export.h"
#include "core/service/sign-in/token-look.h"
#include "peer.h"
#include "sample/sample-service.h"

/* No answer may repeat what was secret in the request. */
static void
assert_no_secret (const GError *error,
                  const char   *secret)
{
  const char *detail = wb_error_get_detail (error);

  g_test_message ("%s [%s]", error->message, detail != NULL ? detail : "");
  g_assert_null (strstr (error->message, secret));
  g_assert_true (detail == NULL || strstr (detail, secret) == NULL);
}

static void
assert_signs_in (WbAccount  *account,
                 const char *password,
                 const char *project_id)
{
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, password, NULL);
  g_autoptr (GError) error = NULL;

  peer_prepare (sign_in, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_sign_in_get_project_id (sign_in), ==, project_id);
}

static void
assert_refused (WbAccount  *account,
                const char *password,
                WbError     code,
                const char *in_message)
{
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, password, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (peer_prepare (sign_in, &error));
  g_assert_error (error, WB_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, in_message));
  g_assert_nonnull (wb_error_get_request_id (error));
  assert_no_secret (error, password);
}

/* Domain and user by name and by ID, the project likewise, in every combination. */
static void
test_names_and_ids (void)
{
  static const char *const users[] = { "plain", "letters", "partner" };
  static const char *const projects[] = { "eu-de", "eu-de", "数据 \"eu-de\"" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      const char *project_id = peer_get_project_id (projects[i]);

      for (guint bits = 0; bits < 8; bits++)
        {
          g_autoptr (WbAccount) account = peer_new_account (users[i], projects[i]);

          if (g_str_equal (users[i], "partner"))
            wb_account_set (account, WB_ACCOUNT_DOMAIN, peer_get ("keystone", "other-domain"));
          /* A user's ID needs no domain, but a project's name does. */
          if (bits & 1)
            wb_account_set (account, WB_ACCOUNT_USER_ID, peer_get (users[i], "id"));
          if (bits & 1)
            wb_account_set (account, WB_ACCOUNT_USER, "");
          if (bits & 2)
            wb_account_set (account, WB_ACCOUNT_PROJECT_ID, project_id);
          if (bits & 2)
            wb_account_set (account, WB_ACCOUNT_PROJECT_NAME, "");
          if ((bits & 4) && i < 2)
            {
              wb_account_set (account, WB_ACCOUNT_DOMAIN_ID, peer_get ("keystone", "domain-id"));
              wb_account_set (account, WB_ACCOUNT_DOMAIN, "");
            }
          else if ((bits & 7) == 7)
            {
              wb_account_set (account, WB_ACCOUNT_DOMAIN, "");
            }
          assert_signs_in (account, peer_get (users[i], "password"), project_id);
        }
    }
}

/* A project of another domain than the user's, by that domain's name and by its ID. */
static void
test_project_domain (void)
{
  const char *project = "数据 \"eu-de\"";
  const char *password = peer_get ("guest", "password");
  g_autoptr (WbAccount) account = peer_new_account ("guest", project);

  assert_refused (account, password, WB_ERROR_SIGN_IN, "project");
  wb_account_set (account, WB_ACCOUNT_PROJECT_DOMAIN, peer_get ("keystone", "other-domain"));
  assert_signs_in (account, password, peer_get_project_id (project));
  wb_account_set (account, WB_ACCOUNT_PROJECT_DOMAIN, "");
  wb_account_set (account, WB_ACCOUNT_PROJECT_DOMAIN_ID, peer_get ("keystone", "domain-id"));
  assert_refused (account, password, WB_ERROR_SIGN_IN, "project");
}

/* By its ID it needs nothing else, by its name the user. It says for which project it is. */
static void
test_application_credential (void)
{
  const char *secret = peer_get ("application-credential", "secret");
  const char *project_id = peer_get_project_id ("eu-de_etl");
  g_autoptr (WbAccount) by_id = peer_new_account ("plain", "eu-de_etl");
  g_autoptr (WbAccount) by_name = peer_new_account ("plain", "eu-de_etl");
  g_autoptr (WbAccount) elsewhere = peer_new_account ("plain", NULL);
  g_autoptr (WbSignIn) to_elsewhere = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set (by_id, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID,
                  peer_get ("application-credential", "id"));
  wb_account_set (by_id, WB_ACCOUNT_DOMAIN, "");
  wb_account_set (by_id, WB_ACCOUNT_USER, "");
  assert_signs_in (by_id, secret, project_id);
  assert_refused (by_id, "wr0ng-5ecret", WB_ERROR_SIGN_IN, "refused");

  wb_account_set (by_name, WB_ACCOUNT_APPLICATION_CREDENTIAL,
                  peer_get ("application-credential", "name"));
  assert_signs_in (by_name, secret, project_id);

  wb_account_set (elsewhere, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID,
                  peer_get ("application-credential", "id"));
  wb_account_set (elsewhere, WB_ACCOUNT_PROJECT_ID, peer_get_project_id ("eu-de"));
  to_elsewhere = peer_new_sign_in (elsewhere, secret, NULL);
  g_assert_false (peer_prepare (to_elsewhere, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "another project"));
}

/* The service does not say which of them is wrong. */
static void
test_wrong (void)
{
  g_autoptr (WbAccount) password = peer_new_account ("plain", "eu-de");
  g_autoptr (WbAccount) user = peer_new_account ("plain", "eu-de");
  g_autoptr (WbAccount) domain = peer_new_account ("plain", "eu-de");
  g_autoptr (WbAccount) unknown = peer_new_account ("plain", "xx-yy");
  g_autoptr (WbAccount) no_role = peer_new_account ("plain", "eu-de_nobody");

  wb_account_set (user, WB_ACCOUNT_USER, "nobody");
  wb_account_set (domain, WB_ACCOUNT_DOMAIN, "nowhere");

  assert_refused (password, "Wr0ng-Pa55word \"", WB_ERROR_SIGN_IN, "IAM user");
  assert_refused (user, peer_get ("plain", "password"), WB_ERROR_SIGN_IN, "user name");
  assert_refused (domain, peer_get ("plain", "password"), WB_ERROR_SIGN_IN, "domain");
  assert_refused (unknown, peer_get ("plain", "password"), WB_ERROR_SIGN_IN, "project");
  assert_refused (no_role, peer_get ("plain", "password"), WB_ERROR_SIGN_IN, "no role");
}

/* Right passwords that do not help. */
static void
test_locked (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("locked", "eu-de");

  assert_signs_in (account, peer_get ("locked", "password"), peer_get_project_id ("eu-de"));
  for (guint i = 0; i < 3; i++)
    assert_refused (account, "Wr0ng-Pa55word", WB_ERROR_SIGN_IN, "refused");
  assert_refused (account, peer_get ("locked", "password"), WB_ERROR_SIGN_IN, "locked");
}

static void
test_expired (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("expired", "eu-de");

  assert_refused (account, peer_get ("expired", "password"), WB_ERROR_SIGN_IN, "has expired");
}

static void
test_disabled (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("disabled", "eu-de");

  assert_refused (account, peer_get ("disabled", "password"), WB_ERROR_SIGN_IN, "disabled");
}

static void
test_no_project (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("no-project", "eu-de");
  g_autoptr (WbAccount) to_none = peer_new_account ("no-project", NULL);

  assert_refused (account, peer_get ("no-project", "password"), WB_ERROR_SIGN_IN, "no role");
  assert_signs_in (to_none, peer_get ("no-project", "password"), NULL);
}

/* Asked for by the service, or before by the account; a wrong code, then the right one. */
static void
test_second_factor (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("second-factor", "eu-de");
  const char      *password = peer_get ("second-factor", "password");
  g_autofree char *code = NULL;
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, password, NULL);
  g_autoptr (WbSignIn) asking = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  assert_refused (account, password, WB_ERROR_SECOND_FACTOR, "one-time code");

  g_assert_false (peer_prepare (sign_in, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_clear_error (&error);

  /* Of another hour. */
  code = peer_dup_passcode (peer_get ("second-factor", "totp-key"), now - 3600);
  wb_sign_in_set_passcode (sign_in, code);
  g_assert_false (peer_prepare (sign_in, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "code"));
  assert_no_secret (error, code);
  g_clear_error (&error);

  g_free (code);
  code = peer_dup_passcode (peer_get ("second-factor", "totp-key"),
                            g_get_real_time () / G_USEC_PER_SEC);
  wb_sign_in_set_passcode (sign_in, code);
  peer_prepare (sign_in, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_sign_in_get_project_id (sign_in), ==, peer_get_project_id ("eu-de"));

  /* The code alone does not help, and the user's ID will do. */
  wb_account_set (account, WB_ACCOUNT_USER_ID, peer_get ("second-factor", "id"));
  wb_account_set (account, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK);
  asking = peer_new_sign_in (account, "Wr0ng-Pa55word", NULL);
  g_assert_false (peer_prepare (asking, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_null (wb_error_get_request_id (error));
  g_clear_error (&error);
  wb_sign_in_set_passcode (asking, code);
  g_assert_false (peer_prepare (asking, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SIGN_IN);
}

/* A code that was good for no project is good for one, once there is a token. */
static void
test_one_code (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("second-factor", "eu-de");
  g_autoptr (WbAccount) without = peer_new_account ("second-factor", NULL);
  g_autoptr (WbAccount) nobodys = peer_new_account ("second-factor", "eu-de_nobody");
  const char      *password = peer_get ("second-factor", "password");
  g_autofree char *code = NULL;
  g_autoptr (WbSignIn) to_none = peer_new_sign_in (without, password, NULL);
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, password, NULL);
  g_autoptr (WbSignIn) refused = peer_new_sign_in (nobodys, password, NULL);
  g_autoptr (GError) error = NULL;

  /* The one of the time that has just passed, for this one may have been used. */
  code = peer_dup_passcode (peer_get ("second-factor", "totp-key"),
                            g_get_real_time () / G_USEC_PER_SEC - 30);
  wb_sign_in_set_passcode (to_none, code);
  peer_prepare (to_none, &error);
  g_assert_no_error (error);

  wb_sign_in_follow (sign_in, to_none);
  peer_prepare (sign_in, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_sign_in_get_project_id (sign_in), ==, peer_get_project_id ("eu-de"));

  wb_sign_in_follow (refused, to_none);
  g_assert_false (peer_prepare (refused, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SECOND_FACTOR);
}

/* The user is right, the project is not, which the service does not say. */
static void
test_project_alone (void)
{
  static const char *const projects[] = { "eu-de_nobody", "xx-yy" };

  for (guint i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      g_autoptr (WbAccount) account = peer_new_account ("plain", projects[i]);
      g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, peer_get ("plain", "password"),
                                                       NULL);
      g_autoptr (WbSignIn) to_none = wb_sign_in_new_to_no_project (sign_in);
      g_autoptr (GError) error = NULL;

      peer_prepare (to_none, &error);
      g_assert_no_error (error);
      wb_sign_in_follow (sign_in, to_none);
      g_assert_false (peer_prepare (sign_in, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_NOT_PERMITTED);
      g_assert_nonnull (strstr (error->message, "no role in it"));
    }
}

static GListModel *
list_projects (const char *user)
{
  g_autoptr (WbAccount) account = peer_new_account (user, NULL);
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, peer_get (user, "password"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) wait = NULL;
  GListModel *list;

  wb_directory_list_projects_async (sign_in, "eu-de", NULL, await_cb, &wait);
  list = wb_directory_list_projects_finish (sign_in, await (&wait), &error);
  g_assert_no_error (error);

  return list;
}

/* Those that the user has a role in, without MOS, the region's first. */
static void
test_projects (void)
{
  static const char *const expected[] = { "eu-de", "eu-de_etl" };
  g_autoptr (GListModel) some = list_projects ("plain");
  g_autoptr (GListModel) none = list_projects ("no-project");

  g_assert_cmpuint (g_list_model_get_n_items (some), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (some, i);

      g_assert_cmpstr (wb_directory_item_get_name (item), ==, expected[i]);
      g_assert_cmpstr (wb_directory_item_get_id (item), ==, peer_get_project_id (expected[i]));
    }
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

static WbSignIn *
new_token_sign_in (const char *token,
                   const char *service_url)
{
  g_autoptr (WbEndpoints) endpoints = wb_endpoints_new (service_url, peer_get_url (), NULL, NULL);
  g_autoptr (WbClient) client = wb_client_new (endpoints, NULL, NULL);
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token (token);

  return wb_sign_in_new (client, credentials, peer_get_project_id ("eu-de"), NULL);
}

static gboolean
look_at_token (const char *token,
               GDateTime **expires,
               char      **project_id,
               GError    **error)
{
  g_autoptr (WbSignIn) sign_in = new_token_sign_in (token, peer_get_url ());
  g_autoptr (GAsyncResult) wait = NULL;

  wb_token_look_async (sign_in, NULL, await_cb, &wait);

  return wb_token_look_finish (sign_in, await (&wait), expires, project_id, error);
}

/* A pasted token's time and project, until it is revoked. */
static void
test_token (void)
{
  g_autoptr (WbAccount) account = peer_new_account ("plain", "eu-de");
  g_autoptr (WbSignIn) sign_in = peer_new_sign_in (account, peer_get ("plain", "password"), NULL);
  g_autofree char *token = peer_dup_token (sign_in);
  g_autofree char *project_id = NULL;
  g_autoptr (GDateTime) expires = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  GTimeSpan left;

  look_at_token (token, &expires, &project_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (project_id, ==, peer_get_project_id ("eu-de"));
  left = g_date_time_difference (expires, now);
  g_assert_cmpint (left, >, 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (left, <, 2 * G_TIME_SPAN_HOUR);

  g_assert_cmpuint (peer_revoke (token), ==, 204);
  g_assert_false (look_at_token (token, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SIGN_IN);
  assert_no_secret (error, token);
}

static WbSpool *
run_export (WbSignIn *sign_in,
            GError  **error)
{
  g_autoptr (WbExport) job = wb_export_new (sign_in, NULL, 1024 * 1024);
  g_autoptr (GAsyncResult) wait = NULL;

  wb_export_run_async (job, NULL, await_cb, &wait);

  return wb_export_run_finish (job, await (&wait), error);
}

/* The service asks Keystone about each token. One that is revoked under way is replaced once by
 * signing in again; a pasted one is not. */
static void
test_export (void)
{
  g_autoptr (WbSampleService) service = NULL;
  g_autoptr (WbAccount) account = peer_new_account ("letters", "eu-de");
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (WbSignIn) pasted = NULL;
  g_autoptr (WbSignIn) elsewhere = NULL;
  g_autoptr (WbAccount) other = peer_new_account ("plain", "eu-de_etl");
  g_autoptr (WbSpool) first = NULL;
  g_autoptr (WbSpool) second = NULL;
  g_autofree char *token = NULL;
  g_autofree char *new_token = NULL;
  g_autofree char *other_token = NULL;
  g_autoptr (GError) error = NULL;

  service = g_object_new (WB_TYPE_SAMPLE_SERVICE, "identity-url", peer_get_url (), NULL);
  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);
  sign_in = peer_new_sign_in (account, peer_get ("letters", "password"),
                              wb_sample_service_get_url (service));

  first = run_export (sign_in, &error);
  g_assert_no_error (error);
  token = peer_dup_token (sign_in);

  g_assert_cmpuint (peer_revoke (token), ==, 204);
  second = run_export (sign_in, &error);
  g_assert_no_error (error);
  new_token = peer_dup_token (sign_in);
  g_assert_cmpstr (token, !=, new_token);
  g_assert_cmpstr (wb_spool_get_sha256 (first), ==, wb_spool_get_sha256 (second));

  pasted = new_token_sign_in (token, wb_sample_service_get_url (service));
  g_assert_null (run_export (pasted, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_SIGN_IN);
  assert_no_secret (error, token);
  g_clear_error (&error);

  /* A good token for another project. */
  elsewhere = peer_new_sign_in (other, peer_get ("plain", "password"), NULL);
  other_token = peer_dup_token (elsewhere);
  g_clear_object (&pasted);
  pasted = new_token_sign_in (other_token, wb_sample_service_get_url (service));
  g_assert_null (run_export (pasted, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_PERMITTED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  peer_init ();

  g_test_add_func ("/keystone/names-and-ids", test_names_and_ids);
  g_test_add_func ("/keystone/project-domain", test_project_domain);
  g_test_add_func ("/keystone/application-credential", test_application_credential);
  g_test_add_func ("/keystone/wrong", test_wrong);
  g_test_add_func ("/keystone/locked", test_locked);
  g_test_add_func ("/keystone/expired", test_expired);
  g_test_add_func ("/keystone/disabled", test_disabled);
  g_test_add_func ("/keystone/no-project", test_no_project);
  g_test_add_func ("/keystone/second-factor", test_second_factor);
  g_test_add_func ("/keystone/one-code", test_one_code);
  g_test_add_func ("/keystone/project-alone", test_project_alone);
  g_test_add_func ("/keystone/projects", test_projects);
  g_test_add_func ("/keystone/token", test_token);
  g_test_add_func ("/keystone/export", test_export);

  status = g_test_run ();
  peer_end ();

  return status;
}
