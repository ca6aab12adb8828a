/* test-keystone.c: every kind of user signs in to a real OpenStack Keystone
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/error.h"
#include "peer.h"

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

/* The service does not tell which of them is wrong. */
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

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  peer_init ();

  g_test_add_func ("/keystone/names-and-ids", test_names_and_ids);
  g_test_add_func ("/keystone/wrong", test_wrong);
  g_test_add_func ("/keystone/locked", test_locked);
  g_test_add_func ("/keystone/expired", test_expired);
  g_test_add_func ("/keystone/disabled", test_disabled);
  g_test_add_func ("/keystone/no-project", test_no_project);
  g_test_add_func ("/keystone/second-factor", test_second_factor);

  status = g_test_run ();
  peer_end ();

  return status;
}
