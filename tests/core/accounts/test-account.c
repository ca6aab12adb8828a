/* test-account.c: settings, and what is well-formed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account.h"
#include "core/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define PROJECT_ID "b384b9e9ab9b4ee8994c8633aabc9505"

static WbAccount *
new_complete (void)
{
  WbAccount *account = wb_account_new ();
  g_autoptr (GListStore) workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  g_autoptr (WbWorkspace) by_default = wb_workspace_new ("Main", "");
  g_autoptr (WbWorkspace) sales = wb_workspace_new ("Sales", "d1cd7861478748a6925bc02f47c69279");

  g_list_store_append (workspaces, by_default);
  g_list_store_append (workspaces, sales);

  wb_account_set (account, WB_ACCOUNT_NAME, "Production");
  wb_account_set (account, WB_ACCOUNT_CLOUD, "otc");
  wb_account_set (account, WB_ACCOUNT_REGION, "eu-de");
  wb_account_set (account, WB_ACCOUNT_DOMAIN, "OTC-EU-DE-00000000001000000001");
  wb_account_set (account, WB_ACCOUNT_USER, "anna");
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, PROJECT_ID);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));

  return account;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_settings (void)
{
  g_autoptr (WbAccount) account = wb_account_new ();
  g_autoptr (WbAccount) other = wb_account_new ();
  guint count = 0;

  g_assert_true (g_uuid_string_is_valid (wb_account_get_uuid (account)));
  g_assert_cmpstr (wb_account_get_uuid (account), !=, wb_account_get_uuid (other));
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    g_assert_cmpstr (wb_account_get (account, (WbAccountField) i), ==, "");
  g_assert_cmpint (wb_account_get_auth_method (account), ==, WB_AUTH_PASSWORD);
  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (account)), ==, 0);
  g_assert_false (wb_account_get_transient (account));

  g_signal_connect_swapped (account, "notify::name", G_CALLBACK (count_cb), &count);
  wb_account_set (account, WB_ACCOUNT_NAME, "A");
  wb_account_set (account, WB_ACCOUNT_NAME, "A");
  wb_account_set (account, WB_ACCOUNT_USER, "B");
  g_assert_cmpuint (count, ==, 1);

  /* A value may be the one that is replaced. */
  wb_account_set (account, WB_ACCOUNT_NAME, wb_account_get (account, WB_ACCOUNT_NAME));
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_NAME), ==, "A");
  wb_account_set_workspaces (account, wb_account_get_workspaces (account));

  wb_account_set (account, WB_ACCOUNT_NAME, NULL);
  g_assert_cmpstr (wb_account_get (account, WB_ACCOUNT_NAME), ==, "");
}

static void
test_copy (void)
{
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (WbAccount) copy = NULL;
  g_autoptr (GListStore) none = g_list_store_new (WB_TYPE_WORKSPACE);

  wb_account_set_auth_method (account, WB_AUTH_KEY);
  wb_account_set_transient (account, TRUE);

  copy = wb_account_copy (account);
  g_assert_true (wb_account_equal (account, copy));
  g_assert_cmpstr (wb_account_get_uuid (copy), ==, wb_account_get_uuid (account));
  g_assert_cmpint (wb_account_get_auth_method (copy), ==, WB_AUTH_KEY);
  g_assert_true (wb_account_get_transient (copy));

  wb_account_set_workspaces (copy, G_LIST_MODEL (none));
  g_assert_false (wb_account_equal (account, copy));
  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (account)), ==, 2);

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      g_autoptr (WbAccount) changed = wb_account_copy (account);

      wb_account_set (changed, (WbAccountField) i, "changed");
      g_assert_false (wb_account_equal (account, changed));
      g_assert_cmpstr (wb_account_get (account, (WbAccountField) i), !=, "changed");
    }
}

static void
test_endpoints (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (WbEndpoints) by_region = NULL;
  g_autoptr (WbEndpoints) own = NULL;
  g_autoptr (WbEndpoints) other = NULL;
  g_autoptr (GError) error = NULL;

  by_region = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_region->service_url, ==, "https://dayu-dlf.eu-de.otc.t-systems.com");
  g_assert_cmpstr (by_region->identity_url, ==, "https://iam.eu-de.otc.t-systems.com");
  g_assert_cmpstr (by_region->management_url, ==, "https://dayu.eu-de.otc.t-systems.com");

  /* Blanks are no address, in the check and here. */
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, " ");
  g_clear_pointer (&by_region, wb_endpoints_free);
  by_region = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_region->service_url, ==, "https://dayu-dlf.eu-de.otc.t-systems.com");

  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, "proxy.example/dlf/");
  own = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (own->service_url, ==, "https://proxy.example/dlf");
  g_assert_cmpstr (own->identity_url, ==, "https://iam.eu-de.otc.t-systems.com");

  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  g_assert_null (wb_account_dup_endpoints (account, clouds, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);

  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, "iam.example/v3");
  other = wb_account_dup_endpoints (account, clouds, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other->identity_url, ==, "https://iam.example");
  g_assert_null (other->management_url);

  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, "http://iam.example");
  g_assert_null (wb_account_dup_endpoints (account, clouds, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
assert_valid (WbAccount     *account,
              WbClouds      *clouds,
              WbAccountField field,
              const char    *value,
              gboolean       good)
{
  g_autofree char *reason = NULL;

  wb_account_set (account, field, value);
  reason = wb_account_validate (account, clouds, field);
  if ((reason == NULL) != good)
    g_test_message ("field %d, “%s”: %s", field, value, reason);
  if (good)
    {
      g_assert_null (reason);
      return;
    }

  g_assert_nonnull (reason);
  g_assert_true (g_utf8_validate (reason, -1, NULL));
  g_assert_true (g_str_has_suffix (reason, "."));
}

static void
test_validate_complete (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (WbAccount) empty = wb_account_new ();
  static const gboolean required[WB_ACCOUNT_N_FIELDS] = {
    [WB_ACCOUNT_NAME] = TRUE,
    [WB_ACCOUNT_CLOUD] = TRUE,
    [WB_ACCOUNT_REGION] = TRUE,
    [WB_ACCOUNT_DOMAIN] = TRUE,
    [WB_ACCOUNT_USER] = TRUE,
    [WB_ACCOUNT_PROJECT_ID] = TRUE,
  };

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      g_autofree char *well = wb_account_validate (account, clouds, (WbAccountField) i);
      g_autofree char *missing = wb_account_validate (empty, clouds, (WbAccountField) i);

      g_assert_null (well);
      g_assert_cmpint (missing != NULL, ==, required[i]);
    }

  /* A key needs no user. */
  wb_account_set_auth_method (account, WB_AUTH_KEY);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_USER, "", TRUE);

  /* Another cloud needs no region, but addresses. */
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  assert_valid (account, clouds, WB_ACCOUNT_REGION, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_IDENTITY_URL, " ", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_MANAGEMENT_URL, "", TRUE);
}

static void
test_mark (void)
{
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (WbAccount) other = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *marked = NULL;

  wb_account_set (account, WB_ACCOUNT_NAME, "Berlin");
  other = wb_account_copy (account);
  plain = wb_account_dup_label (account);
  g_assert_cmpstr (plain, ==, "Berlin");
  wb_account_set (account, WB_ACCOUNT_MARK, "Production");
  marked = wb_account_dup_label (account);
  g_assert_cmpstr (marked, ==, "Berlin (Production)");
  /* It is only for people. */
  g_assert_true (wb_account_signs_in_like (account, other));

  g_assert_cmpstr (wb_account_get_color (account), ==, "red");
  wb_account_set (account, WB_ACCOUNT_MARK_COLOR, "blue");
  g_assert_cmpstr (wb_account_get_color (account), ==, "blue");
  /* A newer version's file, or a person's. */
  wb_account_set (account, WB_ACCOUNT_MARK_COLOR, "puce");
  g_assert_cmpstr (wb_account_get_color (account), ==, "red");
}

static void
test_validate_fields (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = new_complete ();
  g_autofree char *long_name = g_strnfill (101, 'n');
  g_autofree char *long_id = g_strnfill (65, 'a');
  g_autofree char *ca_file = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp (NULL, &ca_file, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);

  assert_valid (account, clouds, WB_ACCOUNT_NAME, "Größe 数据 👩‍💻", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "<a href='x'>&", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, long_name + 1, TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, long_name, FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, " \u2003", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "\ufe0e", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "\u00ad\u200b\u3000", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "a\nb", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "a\xff", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_NAME, "\xf0", FALSE);

  assert_valid (account, clouds, WB_ACCOUNT_MARK, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK, "Produktion 生产 🔥", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK, long_name + 81, TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK, long_name + 80, FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK, "a\nb", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK_COLOR, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK_COLOR, "purple", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_MARK_COLOR, "puce", FALSE);

  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "dlf.example", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "http://dlf.example", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "\xf0", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "。", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_SERVICE_URL, "\u200b", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_MANAGEMENT_URL, "https://u@dayu.example", FALSE);

  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "hw00000001", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "\r\nX: y", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_USER, "анна", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_USER, "  ", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_USER, "\u200d\ufe0e", FALSE);

  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "B384B9E9AB9B4EE8994C8633AABC9505", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "eu-de", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, PROJECT_ID "0", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, " b384b9e9ab9b4ee8994c8633aabc950", FALSE);
  /* The region has one of its own. */
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "", TRUE);

  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, ca_file, TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, "ca.pem", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, "/nonexistent/ca.pem", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, "/", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_CA_FILE, "/\xff", FALSE);

  assert_valid (account, clouds, WB_ACCOUNT_REGION, "eu-nl", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_REGION, "cn-north-4", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_CLOUD, "aws", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER, TRUE);

  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "Project_1-a", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, long_id + 1, TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, long_id, FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "../../v3", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "a?b", FALSE);
}

/* Each setting has its line in the table, and what says who signs in cannot be forgotten. */
static void
test_fields (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      const WbAccountFieldInfo *field = wb_account_field_get_info ((WbAccountField) i);
      g_autoptr (WbAccount) account = new_complete ();
      g_autoptr (WbAccount) copy = wb_account_copy (account);
      g_autofree char *reason = wb_account_validate_sign_in (account, clouds, TRUE);
      g_autofree char *after = NULL;
      gboolean         signs_in = field->use != WB_ACCOUNT_FIELD_LABEL
                          && field->use != WB_ACCOUNT_FIELD_SECRET;

      g_assert_nonnull (field->key);
      g_assert_true (g_hash_table_add (keys, (char *) field->key));
      g_assert_nonnull (field->validate);
      g_assert_true ((field->option_help != NULL) == (field->option_value != NULL));

      g_assert_null (reason);
      wb_account_set (copy, (WbAccountField) i, "\x1b");
      after = wb_account_validate_sign_in (copy, clouds, TRUE);
      g_assert_true ((after != NULL) == signs_in);
      g_assert_true (wb_account_signs_in_like (account, copy) != signs_in);
      g_assert_false (wb_account_equal (account, copy));
    }
}

static void
test_default_project (void)
{
  g_autoptr (WbAccount) account = new_complete ();

  g_assert_null (wb_account_get_default_project (account));
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, NULL);
  g_assert_cmpstr (wb_account_get_default_project (account), ==, "eu-de");
  wb_account_set (account, WB_ACCOUNT_PROJECT_NAME, "eu-de_sales");
  g_assert_null (wb_account_get_default_project (account));
  wb_account_set (account, WB_ACCOUNT_PROJECT_NAME, NULL);
  wb_account_set (account, WB_ACCOUNT_REGION, NULL);
  g_assert_null (wb_account_get_default_project (account));
}

static void
test_validate_workspace_id (void)
{
  static const char *const good[] = {
    "",
    "d1cd7861478748a6925bc02f47c69279",
    "D1CD7861478748A6925BC02F47C69279",
    "workspace-1",
  };
  static const char *const bad[] = {
    " ",
    "a b",
    "a\r\nX-Auth-Token: t",
    "a\n",
    "\x7f",
    "größe",
    "\xff",
    "01234567890123456789012345678901234567890123456789012345678901234",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_null (wb_workspace_validate_id (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *reason = wb_workspace_validate_id (bad[i]);

      g_assert_nonnull (reason);
    }
}

static void
test_validate_secrets (void)
{
  static const char *const good_secrets[] = { "x", " pä ss ", "密码", "a\"b\\c" };
  static const char *const bad_secrets[] = { "", "a\n", "\x1b[A", "canary\xff" };
  static const char *const good_keys[] = { "AKIA0123", "MIIFabc+/==", "a\"b\\c" };
  static const char *const bad_keys[] = {
    "",
    " canary",
    "canary ",
    "canary\n",
    "can\nary",
    "can ary",
    "canäry",
    "canary\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good_secrets); i++)
    g_assert_null (wb_credentials_validate_secret (good_secrets[i]));
  for (guint i = 0; i < G_N_ELEMENTS (good_keys); i++)
    g_assert_null (wb_credentials_validate_key (good_keys[i]));

  for (guint i = 0; i < G_N_ELEMENTS (bad_secrets); i++)
    {
      g_autofree char *reason = wb_credentials_validate_secret (bad_secrets[i]);

      g_assert_nonnull (reason);
      g_assert_null (strstr (reason, "canary"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_keys); i++)
    {
      g_autofree char *reason = wb_credentials_validate_key (bad_keys[i]);

      g_assert_nonnull (reason);
      g_assert_null (strstr (reason, "can"));
    }
}

static void
test_validate_passcode (void)
{
  static const char *const wrong[] = { "", "12345", "123456789", "12345a", "1234 5", "１２３４５６" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *reason = wb_credentials_validate_passcode (wrong[i]);

      g_assert_nonnull (reason);
    }
  g_assert_null (wb_credentials_validate_passcode ("012345"));
  g_assert_null (wb_credentials_validate_passcode (" 012 345\n"));
}

static void
test_workspace (void)
{
  g_autoptr (WbWorkspace) workspace = wb_workspace_new (NULL, NULL);
  g_autoptr (WbWorkspace) named = wb_workspace_new ("Sales", "w1");
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpstr (wb_workspace_get_name (workspace), ==, "");
  g_assert_cmpstr (wb_workspace_get_id (workspace), ==, "");
  g_object_get (named, "name", &name, "id", &id, NULL);
  g_assert_cmpstr (name, ==, "Sales");
  g_assert_cmpstr (id, ==, "w1");
}

/* The same settings, but neither the secret's UUID nor the token's time. */
static void
test_duplicate (void)
{
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (WbAccount) copy = NULL;

  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "2026-11-24T08:00:00Z");
  wb_account_set_transient (account, TRUE);
  copy = wb_account_duplicate (account, "Production (2)");

  g_assert_true (g_uuid_string_is_valid (wb_account_get_uuid (copy)));
  g_assert_cmpstr (wb_account_get_uuid (copy), !=, wb_account_get_uuid (account));
  g_assert_cmpstr (wb_account_get (copy, WB_ACCOUNT_NAME), ==, "Production (2)");
  g_assert_cmpstr (wb_account_get (copy, WB_ACCOUNT_TOKEN_EXPIRES), ==, "");
  g_assert_cmpstr (wb_account_get (copy, WB_ACCOUNT_USER), ==, "anna");
  g_assert_false (wb_account_get_transient (copy));
  g_assert_cmpuint (g_list_model_get_n_items (wb_account_get_workspaces (copy)), ==, 2);
}

static void
test_expired_token (void)
{
  g_autoptr (WbAccount) account = new_complete ();
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 8, 0, 0);

  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "2026-11-23T07:59:59.000000Z");
  g_assert_false (wb_account_has_expired_token (account, now));
  wb_account_set_auth_method (account, WB_AUTH_TOKEN);
  g_assert_true (wb_account_has_expired_token (account, now));
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "2026-11-23T08:00:01Z");
  g_assert_false (wb_account_has_expired_token (account, now));
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "yesterday");
  g_assert_false (wb_account_has_expired_token (account, now));
  wb_account_set (account, WB_ACCOUNT_TOKEN_EXPIRES, "");
  g_assert_false (wb_account_has_expired_token (account, now));
}

/* Names or IDs, half an agency, and what no one may have typed. */
static void
test_validate_identity (void)
{
  g_autoptr (WbClouds) clouds = wb_clouds_new ();
  g_autoptr (WbAccount) account = new_complete ();

  assert_valid (account, clouds, WB_ACCOUNT_USER_ID, "41c3e5a09d7f4e2b8a6d1f0b5c7e9d23", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_USER, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_NAME, "eu-de", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "", TRUE);
  /* A project's name needs its domain. */
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN_ID, "a b", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN_ID, "d1", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_DOMAIN, "", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_AGENCY, "helper", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_AGENCY_DOMAIN, " ", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_AGENCY_DOMAIN, "Theirs", TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_AGENCY, "", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PASSCODE, "123456", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_PASSCODE, WB_ACCOUNT_PASSCODE_ASK, TRUE);
  assert_valid (account, clouds, WB_ACCOUNT_TOKEN_EXPIRES, "soon", FALSE);
  assert_valid (account, clouds, WB_ACCOUNT_TOKEN_EXPIRES, "2026-11-23T08:00:01Z", TRUE);

  /* A key needs the project's ID. */
  wb_account_set_auth_method (account, WB_AUTH_KEY);
  assert_valid (account, clouds, WB_ACCOUNT_PROJECT_ID, "", FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/settings", test_settings);
  g_test_add_func ("/account/copy", test_copy);
  g_test_add_func ("/account/mark", test_mark);
  g_test_add_func ("/account/endpoints", test_endpoints);
  g_test_add_func ("/account/fields", test_fields);
  g_test_add_func ("/account/default-project", test_default_project);
  g_test_add_func ("/account/validate/complete", test_validate_complete);
  g_test_add_func ("/account/validate/fields", test_validate_fields);
  g_test_add_func ("/account/validate/workspace-id", test_validate_workspace_id);
  g_test_add_func ("/account/validate/secrets", test_validate_secrets);
  g_test_add_func ("/account/validate/passcode", test_validate_passcode);
  g_test_add_func ("/account/workspace", test_workspace);
  g_test_add_func ("/account/duplicate", test_duplicate);
  g_test_add_func ("/account/expired-token", test_expired_token);
  g_test_add_func ("/account/validate/identity", test_validate_identity);

  return g_test_run ();
}
