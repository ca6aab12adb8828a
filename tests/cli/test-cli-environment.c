/* test-cli-environment.c: the variables of other programs, and clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-run.h"
#include "core/accounts/account-store.h"

#define PROJECT "0123456789abcdef0123456789abcdef"
#define OTHER "fedcba9876543210fedcba9876543210"

/* An identity service and DataArts Factory that take anything, and note what they were asked. */
typedef struct
{
  SoupServer *server;
  GString    *seen;
  char       *folder;
  char       *url;
} Fixture;

static void
note_header (Fixture           *fixture,
             SoupServerMessage *message,
             const char        *name)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *value = soup_message_headers_get_one (headers, name);

  if (value != NULL)
    g_string_append_printf (fixture->seen, "%s: %s\n", name, value);
}

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture    *fixture = user_data;
  gboolean    is_token = g_str_equal (path, "/v3/auth/tokens");
  const char *text = "{\"count\":0,\"commodity_orders\":[],\"total\":0,\"connections\":[]}";
  g_autoptr (GBytes) body = NULL;
  gsize       length;
  const char *bytes;

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  bytes = g_bytes_get_data (body, &length);
  g_string_append_printf (fixture->seen, "%s %s\n%.*s\n", soup_server_message_get_method (message),
                          path, (int) length, bytes != NULL ? bytes : "");
  note_header (fixture, message, "X-Auth-Token");
  note_header (fixture, message, "Authorization");
  note_header (fixture, message, "X-Project-Id");
  note_header (fixture, message, "X-Security-Token");

  if (is_token)
    {
      text = "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\","
             "\"expires_at\":\"2099-11-24T08:00:00.000000Z\",\"project\":{\"id\":\"" PROJECT
             "\"}}}";
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   "X-Subject-Token", "given-token");
    }
  soup_server_message_set_status (
    message, is_token && g_str_equal (soup_server_message_get_method (message), "POST") ? 201 : 200,
    NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  fixture->seen = g_string_new (NULL);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, answer_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  fixture->folder = cli_make_folder ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_string_free (fixture->seen, TRUE);
  g_free (fixture->url);
  cli_remove_folder (fixture->folder);
}

/* With the service's address for each `@`. */
static char *
dup_with_url (Fixture    *fixture,
              const char *text)
{
  GString *copy = g_string_new (text);

  g_string_replace (copy, "@", fixture->url, 0);

  return g_string_free (copy, FALSE);
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *contents = dup_with_url (fixture, text);
  g_autofree char *path = g_path_is_absolute (name)
                            ? g_strdup (name)
                            : g_build_filename (fixture->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

/**
 * Case:
 * @environment: variables, with spaces between; `@` is the service's address
 * @options: of `check`, likewise; without `--service-url`
 * @status: the exit status
 * @seen: (nullable): what the service is asked, in order, with `|` between
 * @err: what standard error says
 */
typedef struct
{
  const char *environment;
  const char *options;
  int         status;
  const char *seen;
  const char *err;
} Case;

static void
run_case (Fixture    *fixture,
          const Case *c,
          gboolean    with_service)
{
  g_autofree char *environment_text = dup_with_url (fixture, c->environment);
  g_autofree char *options_text = dup_with_url (fixture, c->options != NULL ? c->options : "");
  g_auto (GStrv) environment = g_strsplit (environment_text, " ", -1);
  g_auto (GStrv) options = g_strsplit (options_text, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (CliRun) run = NULL;
  g_auto (GStrv) words = NULL;
  const char *rest;

  g_string_truncate (fixture->seen, 0);
  g_ptr_array_add (arguments, (char *) "check");
  if (with_service)
    {
      g_ptr_array_add (arguments, (char *) "--service-url");
      g_ptr_array_add (arguments, fixture->url);
    }
  for (guint i = 0; options[i] != NULL; i++)
    {
      if (*options[i] != '\0')
        g_ptr_array_add (arguments, options[i]);
    }
  g_ptr_array_add (arguments, NULL);
  run = cli_run (fixture->folder, (const char *const *) environment,
                 (const char *const *) arguments->pdata);

  g_test_message ("%s\n%s%s%s", environment_text, run->out->str, run->err->str,
                  fixture->seen->str);
  g_assert_cmpint (run->status, ==, c->status);
  if (c->err != NULL)
    g_assert_nonnull (strstr (run->err->str, c->err));
  g_assert_null (strstr (run->err->str, "CANARY"));
  g_assert_null (strstr (run->out->str, "CANARY"));
  if (c->status == 2)
    g_assert_cmpstr (fixture->seen->str, ==, "");
  words = g_strsplit (c->seen != NULL ? c->seen : "", "|", -1);
  rest = fixture->seen->str;
  for (guint i = 0; words[i] != NULL; i++)
    {
      rest = strstr (rest, words[i]);
      g_assert_nonnull (rest);
      rest += strlen (words[i]);
    }
}

#define USER "OS_AUTH_URL=@/v3 OS_USERNAME=me OS_USER_DOMAIN_NAME=D OS_PASSWORD=CANARY"
#define BY_NAME "\"name\":\"me\",\"domain\":{\"name\":\"D\"},\"password\":\"CANARY\""

/* OpenStack's. */
static void
test_os (Fixture      *fixture,
         gconstpointer data)
{
  static const Case cases[] = {
    { USER " OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME "|\"project\":{\"id\":\"" PROJECT },
    { USER " OS_TENANT_ID=" PROJECT, NULL, 0, BY_NAME "|\"project\":{\"id\":\"" PROJECT },
    { USER " OS_PROJECT_NAME=p", NULL, 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"name\":\"D\"}}" },
    { USER " OS_TENANT_NAME=p", NULL, 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"name\":\"D\"}}" },
    { USER " OS_PROJECT_NAME=p OS_PROJECT_DOMAIN_NAME=E", NULL, 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"name\":\"E\"}}" },
    { USER " OS_PROJECT_NAME=p OS_PROJECT_DOMAIN_ID=e1", NULL, 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"id\":\"e1\"}}" },
    { USER " OS_PROJECT_NAME=p", "--project-domain E", 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"name\":\"E\"}}" },
    { USER " OS_PROJECT_NAME=p", "--project-id " PROJECT, 0,
      BY_NAME "|\"project\":{\"id\":\"" PROJECT },
    { "OS_AUTH_URL=@ OS_USER_ID=u1 OS_PASSWORD=CANARY OS_PROJECT_ID=" PROJECT, NULL, 0,
      "\"user\":{\"id\":\"u1\",\"password\":\"CANARY\"}" },
    { "OS_AUTH_URL=@ OS_USERNAME=me OS_USER_DOMAIN_ID=d1 OS_PASSWORD=CANARY OS_PROJECT_ID=" PROJECT,
      NULL, 0, "\"name\":\"me\",\"domain\":{\"id\":\"d1\"}" },
    { "OS_AUTH_URL=@ OS_USERNAME=me OS_DOMAIN_NAME=D OS_PASSWORD=CANARY OS_PROJECT_ID=" PROJECT,
      NULL, 0, BY_NAME },
    { "OS_AUTH_URL=@ OS_USERNAME=me OS_DOMAIN_ID=d1 OS_PASSWORD=CANARY OS_PROJECT_ID=" PROJECT,
      NULL, 0, "\"name\":\"me\",\"domain\":{\"id\":\"d1\"}" },
    { "OS_AUTH_URL=@ OS_USERNAME=me OS_PROJECT_DOMAIN_NAME=D OS_PASSWORD=CANARY OS_PROJECT_NAME=p",
      NULL, 0, BY_NAME "|\"domain\":{\"name\":\"D\"}" },
    { USER " OS_DOMAIN_NAME=D OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME },
    { "OS_AUTH_URL=@ OS_TOKEN=CANARY OS_PROJECT_ID=" PROJECT, NULL, 0,
      "GET /v3/auth/tokens|X-Auth-Token: CANARY|X-Project-Id: " PROJECT },
    { "OS_AUTH_URL=@ OS_AUTH_TYPE=v3token OS_PASSWORD=x OS_TOKEN=CANARY OS_PROJECT_ID=" PROJECT,
      NULL, 0, "X-Auth-Token: CANARY" },
    { "OS_AUTH_URL=@ OS_ACCESS_KEY=AKAK OS_SECRET_KEY=CANARY OS_PROJECT_ID=" PROJECT, NULL, 0,
      "Authorization: SDK-HMAC-SHA256 Access=AKAK|X-Project-Id: " PROJECT },
    { "OS_AUTH_URL=@ OS_APPLICATION_CREDENTIAL_ID=a1 OS_APPLICATION_CREDENTIAL_SECRET=CANARY",
      NULL, 0,
      "\"methods\":[\"application_credential\"]|"
      "\"application_credential\":{\"id\":\"a1\",\"secret\":\"CANARY\"}}}}|"
      "X-Project-Id: " PROJECT },
    { USER " OS_AUTH_TYPE=v3applicationcredential OS_APPLICATION_CREDENTIAL_NAME=n "
           "OS_APPLICATION_CREDENTIAL_SECRET=CANARY2",
      NULL, 0,
      "\"application_credential\":{\"name\":\"n\",\"user\":{\"name\":\"me\",\"domain\":{\"name\":"
      "\"D\"}},\"secret\":\"CANARY2\"}}}}" },
    { USER " OS_AUTH_TYPE=password OS_APPLICATION_CREDENTIAL_ID=a1 OS_PROJECT_ID=" PROJECT, NULL,
      0, BY_NAME },

    /* Named, not ignored. */
    { USER " OS_AUTH_TYPE=v3oidcpassword OS_PROJECT_ID=" PROJECT, NULL, 2, NULL,
      "OS_AUTH_TYPE is “v3oidcpassword”" },
    { USER " OS_IDENTITY_API_VERSION=2.0 OS_PROJECT_ID=" PROJECT, NULL, 2, NULL,
      "OS_IDENTITY_API_VERSION is “2.0”" },
    { USER " OS_IDENTITY_API_VERSION=3 OS_INTERFACE=public OS_PROJECT_ID=" PROJECT, NULL, 0,
      BY_NAME },
    { USER " OS_TRUST_ID=t OS_PROJECT_ID=" PROJECT, NULL, 2, NULL, "OS_TRUST_ID is set" },
    { USER " OS_SYSTEM_SCOPE=all OS_PROJECT_ID=" PROJECT, NULL, 2, NULL,
      "OS_SYSTEM_SCOPE is set" },
    { USER " OS_CERT=/x OS_PROJECT_ID=" PROJECT, NULL, 2, NULL, "OS_CERT is set" },
    { USER " OS_DOMAIN_NAME=E OS_PROJECT_ID=" PROJECT, NULL, 2, NULL, "OS_DOMAIN_NAME asks" },
    { USER " OS_INSECURE=true OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME,
      "OS_INSECURE is not followed" },
    { USER " OS_CACERT=/nowhere.pem OS_PROJECT_ID=" PROJECT, NULL, 2, NULL, "OS_CACERT: " },
    { USER " SSL_CERT_FILE=/nowhere.pem OS_PROJECT_ID=" PROJECT, NULL, 2, NULL,
      "SSL_CERT_FILE: " },
    { USER " OS_PROJECT_ID=pro/ject", NULL, 2, NULL, "OS_PROJECT_ID: " },
    { "OS_AUTH_URL=@ OS_TOKEN=CANARY OS_PROJECT_NAME=p", NULL, 2, NULL, "OS_PROJECT_NAME" },
    { "OS_AUTH_URL=ftp://x OS_USERNAME=me", NULL, 2, NULL, "OS_AUTH_URL: " },
    { "OS_AUTH_URL=https://other.example OS_USERNAME=me OS_PASSWORD=CANARY", "--identity-url @",
      2, NULL, "OS_AUTH_URL is not the identity" },
    { USER " WAYBILL_PASSWORD=x OS_PROJECT_ID=" PROJECT, "--identity-url @", 2, NULL,
      "--domain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (fixture, &cases[i], TRUE);
}

/* The Terraform provider's, and the software kits'. */
static void
test_hw_and_sdk (Fixture      *fixture,
                 gconstpointer data)
{
  static const Case cases[] = {
    { "HW_AUTH_URL=@/v3 HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_PROJECT_ID=" PROJECT, NULL, 0,
      "Authorization: SDK-HMAC-SHA256 Access=AKAK|X-Project-Id: " PROJECT },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_SECURITY_TOKEN=ST "
      "HW_PROJECT_ID=" PROJECT,
      NULL, 0, "Access=AKAK|X-Security-Token: ST" },
    { "HW_AUTH_URL=@ HW_USER_NAME=me HW_DOMAIN_NAME=D HW_USER_PASSWORD=CANARY HW_PROJECT_NAME=p",
      NULL, 0, BY_NAME "|\"project\":{\"name\":\"p\"" },
    { "HW_AUTH_URL=@ HW_USER_ID=u1 HW_DOMAIN_ID=d1 HW_PASSWORD=CANARY HW_PROJECT_ID=" PROJECT,
      NULL, 0, "\"user\":{\"id\":\"u1\",\"password\":\"CANARY\"}" },
    { "HW_AUTH_URL=@ HW_AUTH_TOKEN=CANARY HW_PROJECT_ID=" PROJECT, NULL, 0,
      "X-Auth-Token: CANARY" },
    { "HW_AUTH_URL=@ HW_USER_NAME=me HW_DOMAIN_NAME=D HW_PASSWORD=CANARY HW_PROJECT_ID=" PROJECT
      " HW_ASSUME_ROLE_AGENCY_NAME=a HW_ASSUME_ROLE_DOMAIN_NAME=B",
      NULL, 0,
      BY_NAME "|\"assume_role\":{\"domain_name\":\"B\",\"agency_name\":\"a\"}" },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_PROJECT_NAME=p", NULL, 2, NULL,
      "HW_PROJECT_NAME" },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_PROFILE=x HW_PROJECT_ID=" PROJECT,
      NULL, 2, NULL, "HW_PROFILE is set" },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_ASSUME_ROLE_AGENCY_NAME=a "
      "HW_PROJECT_ID=" PROJECT,
      NULL, 2, NULL, "HW_ASSUME_ROLE_AGENCY_NAME" },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_SIGNING_ALGORITHM=HmacSM3 "
      "HW_PROJECT_ID=" PROJECT,
      NULL, 2, NULL, "HW_SIGNING_ALGORITHM is “HmacSM3”" },
    { "HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY HW_REGION_NAME=xx-1", "", 2, NULL,
      "--identity-url" },
    { "HW_USER_NAME=me HW_DOMAIN_NAME=D HW_PASSWORD=CANARY", "--identity-url @", 2, NULL,
      "--domain" },
    { "HUAWEICLOUD_SDK_AK=AKAK HUAWEICLOUD_SDK_SK=CANARY HUAWEICLOUD_SDK_PROJECT_ID=" PROJECT,
      "--identity-url @", 0, "Access=AKAK|X-Project-Id: " PROJECT },
    { "HUAWEICLOUD_SDK_AK=AKAK HUAWEICLOUD_SDK_SK=CANARY HUAWEICLOUD_SDK_PROJECT_ID=" OTHER,
      "--identity-url @ --project-id " PROJECT, 0, "X-Project-Id: " PROJECT },
    { "HUAWEICLOUD_SDK_IDP_ID=i HUAWEICLOUD_SDK_ID_TOKEN_FILE=f",
      "--identity-url @ --auth key --project-id " PROJECT, 2, NULL,
      "HUAWEICLOUD_SDK_IDP_ID is set" },

    /* Refused unsent, by the name of where it came from. */
    { "HUAWEICLOUD_SDK_AK=AKAK HUAWEICLOUD_SDK_SK=CANARY\t",
      "--identity-url @ --project-id " PROJECT, 2, NULL, "HUAWEICLOUD_SDK_SK: " },
    { "HW_AUTH_URL=@ HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY\t HW_PROJECT_ID=" PROJECT, NULL, 2,
      NULL, "HW_SECRET_KEY: " },
    { "WAYBILL_ACCESS_KEY=AKAK WAYBILL_SECRET_KEY=CANARY\t",
      "--auth key --identity-url @ --project-id " PROJECT, 2, NULL, "WAYBILL_SECRET_KEY: " },
    { "WAYBILL_ACCESS_KEY=AKAK\t WAYBILL_SECRET_KEY=CANARY",
      "--auth key --identity-url @ --project-id " PROJECT, 2, NULL, "WAYBILL_ACCESS_KEY: " },
    { "WAYBILL_ACCESS_KEY=AKAK WAYBILL_SECRET_KEY=x WAYBILL_SECURITY_TOKEN=CANARY\n",
      "--auth key --identity-url @ --project-id " PROJECT, 2, NULL, "WAYBILL_SECURITY_TOKEN: " },
    { "WAYBILL_TOKEN=\tCANARY", "--auth token --identity-url @ --project-id " PROJECT, 2, NULL,
      "WAYBILL_TOKEN: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (fixture, &cases[i], TRUE);
}

/* A person's own cloud, whose identity service the variables name: no option is needed. */
static void
test_place (Fixture      *fixture,
            gconstpointer data)
{
  static const char clouds[] =
    "{\"clouds\": [{\"id\": \"mine\", \"name\": \"Mine\", \"regions\": [{\"id\": \"r1\", \"name\": "
    "\"R\", \"service\": \"@\", \"identity\": \"@\", \"management\": \"@\"}]}]}";
  static const Case cases[] = {
    { USER " OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME "|GET /v1/" PROJECT "/connections" },
    { USER, NULL, 0, BY_NAME "|\"project\":{\"name\":\"r1\"" },
    { USER " OS_REGION_NAME=RegionOne OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME },
    { USER " OS_PROJECT_ID=" PROJECT, "--cloud mine --region r1", 0, BY_NAME },
    { USER " OS_REGION_NAME=r1 OS_PROJECT_ID=" PROJECT, "--cloud mine", 0, BY_NAME },
    { "OS_AUTH_URL=https://iam.eu-de.otc.t-systems.com:443/v3 OS_USERNAME=me OS_PASSWORD=CANARY",
      NULL, 2, NULL, "--domain: " },
    { "OS_AUTH_URL=https://iam.myhuaweicloud.com/v3 OS_REGION_NAME=cn-north-4 OS_USERNAME=me",
      NULL, 2, NULL, "--domain: " },
    { "OS_AUTH_URL=https://iam.example.com/v3 OS_USERNAME=me", NULL, 2, NULL, "--service-url: " },
    { "HW_REGION_NAME=cn-north-4 HW_USER_NAME=me HW_PASSWORD=CANARY", NULL, 2, NULL,
      "--domain: " },
    { "HW_REGION_NAME=xx-1 HW_ACCESS_KEY=AKAK HW_SECRET_KEY=CANARY", NULL, 2, NULL,
      "HW_REGION_NAME: " },
    { "A=b", NULL, 2, NULL, "No account is stored" },
  };
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "waybill", "clouds.json",
                                            NULL);
  g_autofree char *accounts = wb_account_store_dup_default_path ();

  write_file (fixture, path, clouds);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (fixture, &cases[i], FALSE);

  /* One that is broken stops nobody, and is said in one line. */
  write_file (fixture, path, "{\"clouds\": [CANARY");
  run_case (fixture,
            &(Case){ USER " OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME, "clouds.json" }, TRUE);

  /* Nor does a file of accounts, where there are variables. */
  g_remove (path);
  write_file (fixture, accounts, "CANARY");
  run_case (fixture, &(Case){ USER " OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME }, TRUE);
  write_file (fixture, path, clouds);
  run_case (fixture, &(Case){ USER " OS_PROJECT_ID=" PROJECT, NULL, 0, BY_NAME, "accounts" },
            FALSE);
  g_remove (path);
  g_remove (accounts);
}

static void
test_clouds_yaml (Fixture      *fixture,
                  gconstpointer data)
{
  static const char yaml[] =
    "clouds:\n"
    "  mine: &mine\n"
    "    auth:\n"
    "      auth_url: @/v3\n"
    "      username: me\n"
    "      user_domain_name: D\n"
    "      project_id: " PROJECT "\n"
    "  named:\n"
    "    auth: {auth_url: '@', username: me, user_domain_name: D, project_name: p,\n"
    "           project_domain_name: E, password: CANARY}\n"
    "  app:\n"
    "    auth_type: v3applicationcredential\n"
    "    auth: {auth_url: '@', application_credential_id: a1,\n"
    "           application_credential_secret: CANARY}\n"
    "  token: {auth_type: token, auth: {auth_url: '@', token: CANARY, project_id: " PROJECT "}}\n"
    "  trust: {<<: *mine, auth: {auth_url: '@', username: me, trust_id: t}}\n"
    "  odd: {auth: {auth_url: '@', user: me}}\n"
    "  upper: {auth: {auth_url: '@', UserName: me}}\n"
    "  oidc: {<<: *mine, auth_type: v3oidcpassword}\n"
    "  insecure: {<<: *mine, verify: false}\n"
    "  cacert: {<<: *mine, cacert: /nowhere.pem}\n"
    "  vendor: {profile: nobody, auth: {username: me}}\n"
    "  public: {profile: partner, auth: {username: me, user_domain_name: D, password: CANARY,\n"
    "           project_id: " PROJECT "}}\n"
    "  otc: {profile: otc, auth: {username: me, password: CANARY}}\n"
    "  region: {region_name: r7, auth: {auth_url: '@/{region_name}', username: me,\n"
    "           password: CANARY, user_domain_name: D, project_id: " PROJECT "}}\n"
    "  bad-id: {auth: {auth_url: '@', username: me, user_domain_name: D, project_id: 'a/b'}}\n";
  static const Case cases[] = {
    { "A=b", "--os-cloud mine", 0, BY_NAME "|\"project\":{\"id\":\"" PROJECT },
    { "OS_CLOUD=mine", NULL, 0, BY_NAME "|\"project\":{\"id\":\"" PROJECT },
    { "OS_CLOUD=mine WAYBILL_PASSWORD=other", NULL, 0, "\"password\":\"other\"" },
    { "OS_CLOUD=mine OS_USERNAME=you OS_PASSWORD=no", NULL, 0, BY_NAME },
    { "OS_CLOUD=nothing", "--os-cloud mine", 0, BY_NAME },
    { "A=b", "--os-cloud mine --user you", 0, "\"name\":\"you\"" },
    { "A=b", "--os-cloud named", 0,
      BY_NAME "|\"project\":{\"name\":\"p\",\"domain\":{\"name\":\"E\"}}" },
    { "A=b", "--os-cloud app", 0,
      "\"application_credential\":{\"id\":\"a1\",\"secret\":\"CANARY\"}}}}" },
    { "A=b", "--os-cloud token", 0, "X-Auth-Token: CANARY" },
    { "A=b", "--os-cloud public", 0, BY_NAME },
    { "A=b", "--os-cloud insecure", 0, BY_NAME, "is not followed" },
    { "A=b", "--os-cloud nobody", 2, NULL, "mine, named" },
    { "OS_CLOUD=nobody", NULL, 2, NULL, "OS_CLOUD: clouds.yaml has no cloud “nobody”" },
    { "A=b", "--os-cloud trust", 2, NULL, "“trust_id” of the cloud “trust” in clouds.yaml" },
    { "A=b", "--os-cloud odd", 2, NULL, "“user” of the cloud “odd” in clouds.yaml" },
    { "A=b", "--os-cloud upper", 2, NULL, "“UserName” of the cloud “upper” in clouds.yaml" },
    { "A=b", "--os-cloud oidc", 2, NULL, "“auth_type” of the cloud “oidc”" },
    { "A=b", "--os-cloud cacert", 2, NULL, "“cacert” of the cloud “cacert”" },
    { "A=b", "--os-cloud vendor", 2, NULL, "the profile “nobody”" },
    { "A=b", "--os-cloud bad-id", 2, NULL, "“project_id” of the cloud “bad-id”" },
    { "A=b", "--os-cloud mine --identity-url https://other.example", 2, NULL, "auth_url" },
    { "A=b", "--os-cloud mine --account x", 2, NULL, "--os-cloud" },
    { "OS_CLIENT_CONFIG_FILE=/nowhere.yaml", "--os-cloud mine", 2, NULL,
      "OS_CLIENT_CONFIG_FILE" },
  };
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "openstack", NULL);
  g_autofree char *in_config = g_build_filename (config, "clouds.yaml", NULL);
  g_autofree char *in_folder = g_build_filename (fixture->folder, "clouds.yaml", NULL);
  g_autofree char *secure = g_build_filename (config, "secure.yaml", NULL);
  g_autofree char *vendors = g_build_filename (config, "clouds-public.yaml", NULL);

  run_case (fixture, &(Case){ "A=b", "--os-cloud mine", 2, NULL, "There is no clouds.yaml" },
            TRUE);

  write_file (fixture, "clouds.yaml", yaml);
  write_file (fixture, secure, "clouds: {mine: {auth: {password: CANARY}}, "
                               "insecure: {auth: {password: CANARY}}}");
  write_file (fixture, vendors, "public-clouds: {partner: {auth: {auth_url: '@'}}}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (fixture, &cases[i], TRUE);
  run_case (fixture, &(Case){ "A=b", "--os-cloud otc", 2, NULL, "--domain: " }, FALSE);

  /* The person's configuration, where the folder has none; else the file that a variable names. */
  g_assert_no_errno (g_rename (in_folder, in_config));
  run_case (fixture, &cases[0], TRUE);
  g_assert_no_errno (g_rename (in_config, in_folder));
  write_file (fixture, in_config, "clouds: {mine: {auth: {CANARY");
  run_case (fixture, &cases[0], TRUE);
  g_remove (in_folder);
  run_case (fixture, &(Case){ "A=b", "--os-cloud mine", 2, NULL, "clouds.yaml”: Line " }, TRUE);
  write_file (fixture, in_config, "clouds: {}");
  run_case (fixture, &(Case){ "A=b", "--os-cloud mine", 2, NULL, "clouds.yaml has no clouds." },
            TRUE);
  g_remove (in_config);
  g_assert_no_errno (mkfifo (in_config, 0600));
  run_case (fixture, &(Case){ "A=b", "--os-cloud mine", 2, NULL, "It is not a file." },
            TRUE);

  g_remove (in_config);
  g_remove (secure);
  g_remove (vendors);
}

/* A refusal says where the settings are, as there is no account to change them in. */
static void
test_named (Fixture      *fixture,
            gconstpointer data)
{
  static const char yaml[] = "clouds: {mine: {auth: {auth_url: '@/v3', username: me, "
                             "user_domain_name: D, password: CANARY, project_id: " PROJECT "}}}";
  static const struct
  {
    const char *environment;
    const char *option;
    const char *err;
  } cases[] = {
    { USER " OS_PROJECT_ID=" PROJECT, NULL,
      "its settings are --service-url, OS_AUTH_URL, OS_USER_DOMAIN_NAME, OS_USERNAME, "
      "OS_PROJECT_ID." },
    { "A=b", "--os-cloud=mine",
      "its settings are --service-url, the cloud “mine” in clouds.yaml." },
  };

  write_file (fixture, "clouds.yaml", yaml);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const words[] = { "export", "--service-url", fixture->url, "-o", "a.zip",
                                    cases[i].option, NULL };
      g_autofree char  *text = dup_with_url (fixture, cases[i].environment);
      g_auto (GStrv) environment = g_strsplit (text, " ", -1);
      g_autoptr (CliRun) run = cli_run (fixture->folder, (const char *const *) environment, words);

      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, >, 0);
      g_assert_nonnull (strstr (run->err->str, cases[i].err));
      g_assert_null (strstr (run->err->str, "CANARY"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/cli/environment/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("os", test_os);
  ADD ("hw-and-sdk", test_hw_and_sdk);
  ADD ("place", test_place);
  ADD ("clouds-yaml", test_clouds_yaml);
  ADD ("named", test_named);
#undef ADD

  return g_test_run ();
}
