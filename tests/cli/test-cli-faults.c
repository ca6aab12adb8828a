/* test-cli-faults.c: `check --json` names the step that failed, for each fault a person can meet
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cli-run.h"
#include "core/json-scan.h"

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define TOKEN "canary-token-3141"
#define SECRET "canary-secret-2718"

#define PLAIN(status, text) \
  "{\"error\":{\"code\":" #status ",\"message\":\"" text "\",\"title\":\"x\"}}"
#define CODED(code, text) "{\"error_code\":\"" code "\",\"error_msg\":\"" text "\"}"

typedef enum
{
  AT_IDENTITY, /* what asks for a token is answered so */
  AT_PROJECT,  /* only what asks for one with a project */
  AT_SERVICE,  /* what asks for connections is answered so */
} Place;

typedef struct
{
  const char *name;
  const char *method;
  Place       place;
  guint       status;
  const char *body;
  int         clock_minutes; /* how far the service's is ahead */
  const char *step;          /* the one that fails */
  int         exit_status;
  const char *sentence; /* a part of it: the way out */
} Fault;

static const Fault faults[] = {
  { "wrong-password", "password", AT_IDENTITY, 401,
    PLAIN (401, "The username or password is wrong."), 0, "sign-in", 3, "create an IAM user" },
  { "wrong-password-code", "password", AT_IDENTITY, 401, CODED ("IAM.0062", "Incorrect password."),
    0, "sign-in", 3, "Enter it again in the account." },
  { "locked", "password", AT_IDENTITY, 401, CODED ("IAM.0061", "The account is locked."), 0,
    "sign-in", 3, "Wait 15 minutes" },
  { "locked-in-words", "password", AT_IDENTITY, 401,
    PLAIN (401, "The account is locked for user: 0123456789abcdef"), 0, "sign-in", 3,
    "Wait 15 minutes" },
  { "disabled", "password", AT_IDENTITY, 403, CODED ("IAM.0082", "The user is disabled."), 0,
    "sign-in", 4, "This user is disabled." },
  { "disabled-in-words", "password", AT_IDENTITY, 401,
    PLAIN (401, "User is disabled: 0123456789abcdef"), 0, "sign-in", 3, "This user is disabled." },
  { "password-expired", "password", AT_IDENTITY, 401,
    PLAIN (401, "The password is expired and needs to be changed for user: 0123456789abcdef."), 0,
    "sign-in", 3, "Change it in the cloud’s console" },
  { "console-only", "password", AT_IDENTITY, 403,
    CODED ("IAM.0081", "This user only supports console access, not programmatic access."), 0,
    "sign-in", 4, "Ask the account’s administrator for programmatic access." },
  { "no-role", "password", AT_PROJECT, 401,
    PLAIN (401, "User 0123 has no access to project " PROJECT), 0, "project", 4,
    "for a role in it" },
  { "no-role-forbidden", "password", AT_PROJECT, 403,
    PLAIN (403, "You are not authorized to perform the requested action."), 0, "project", 4,
    "for a role in it" },
  { "no-role-in-workspace", "password", AT_SERVICE, 403,
    CODED ("DLF.6888", "Invalid account permissions"), 0, "permission", 4,
    "for a role in this workspace" },
  { "project-unknown", "password", AT_PROJECT, 404,
    CODED ("IAM.0004", "Could not find project: " PROJECT), 0, "project", 5,
    "does not know the project" },
  { "project-unknown-plain", "password", AT_PROJECT, 401,
    PLAIN (401, "The request you have made requires authentication."), 0, "project", 4,
    "Check the project in the account" },
  { "console-only-key", "key", AT_SERVICE, 403,
    CODED ("IAM.0081", "This user only supports console access, not programmatic access."), 0,
    "sign-in", 4, "Ask the account’s administrator for programmatic access." },
  { "project-unavailable", "key", AT_SERVICE, 403,
    CODED ("APIGW.0310", "The project is unavailable."), 0, "project", 4,
    "This project is not available." },
  { "clock-off", "key", AT_SERVICE, 401,
    CODED ("APIGW.0301", "Incorrect IAM authentication information: signature expired"), 60,
    "sign-in", 3, "clock" },
  { "wrong-key", "key", AT_SERVICE, 401,
    CODED ("APIGW.0301", "Incorrect IAM authentication information: verify aksk signature fail"), 0,
    "sign-in", 3, "the secret key is probably wrong" },
  { "key-locked", "key", AT_SERVICE, 401,
    CODED ("APIGW.0301", "AK access failed to reach the limit,forbidden"), 0, "sign-in", 3,
    "Wait 5 minutes" },
  { "throttled", "password", AT_IDENTITY, 429,
    CODED ("IAM.0012", "The throttling threshold has been reached."), 0, "sign-in", 5,
    "Wait a few minutes" },
  { "wrong-region", "key", AT_SERVICE, 403,
    CODED ("APIGW.0802", "The IAM user is forbidden in the currently selected region."), 0,
    "permission", 4, "Choose another region" },
  { "token-of-another-region", "token", AT_SERVICE, 401,
    CODED ("APIGW.0301", "Incorrect IAM authentication information: decrypt token fail"), 0,
    "sign-in", 3, "from another cloud or region" },
  { "token-expired", "token", AT_SERVICE, 401,
    CODED ("APIGW.0307", "The token must be updated."), 0, "sign-in", 3, "paste a new token" },
  { "other-second-factor", "password", AT_IDENTITY, 401,
    "{\"required_auth_methods\":[[\"password\",\"oauth1\"]]}", 0, "sign-in", 3,
    "Use an access key" },
  { "second-factor", "password", AT_IDENTITY, 401,
    "{\"receipt\":{\"methods\":[\"password\"]},"
    "\"required_auth_methods\":[[\"password\",\"totp\"]]}",
    0, "sign-in", 3, "one-time code" },
  { "second-factor-in-words", "password", AT_IDENTITY, 401,
    PLAIN (401, "mfa totp code verify fail"), 0, "sign-in", 3, "one-time code" },
};

static const char token_body[] =
  "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\","
  "\"expires_at\":\"2099-11-24T08:00:00.000000Z\",\"project\":{\"id\":\"" PROJECT "\"}}}";

typedef struct
{
  const Fault *fault;
  guint        n_refused;
} Script;

static void
reply (SoupServerMessage *message,
       guint              status,
       const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
refuse (SoupServerMessage *message,
        Script            *script)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) theirs = g_date_time_add_minutes (now, script->fault->clock_minutes);
  g_autofree char *date = soup_date_time_to_string (theirs, SOUP_DATE_HTTP);

  script->n_refused++;
  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_append (headers, "X-Request-Id", "ticket-7");
  reply (message, script->fault->status, script->fault->body);
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Script     *script = user_data;
  const char *method = soup_server_message_get_method (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (g_str_equal (path, "/v3/auth/tokens") && g_str_equal (method, "POST"))
    {
      if (script->fault->place == AT_IDENTITY
          || (script->fault->place == AT_PROJECT && memmem (text, length, "project", 7) != NULL))
        {
          refuse (message, script);
          return;
        }
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   "X-Subject-Token", TOKEN);
      reply (message, 201, token_body);
    }
  else if (g_str_equal (path, "/v3/auth/tokens"))
    {
      reply (message, 200, token_body);
    }
  else if (g_str_has_suffix (path, "/connections"))
    {
      if (script->fault->place == AT_SERVICE)
        refuse (message, script);
      else
        reply (message, 200, "{\"total\":0,\"connections\":[]}");
    }
  else if (g_str_has_suffix (path, "/instances"))
    {
      reply (message, 200, "{\"count\":0,\"commodity_orders\":[]}");
    }
  else
    {
      reply (message, 404, "{}");
    }
}

static JsonObject *
find_step (JsonArray  *steps,
           const char *name)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      if (g_str_equal (json_object_get_string_member (step, "step"), name))
        return step;
    }

  return NULL;
}

static char *
listen_with (SoupServer        *server,
             SoupServerCallback callback,
             gpointer           user_data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char   *url;

  soup_server_add_handler (server, NULL, callback, user_data, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return url;
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  Script       script = { fault, 0 };
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *url = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const environment[] = {
    "WAYBILL_PASSWORD=" SECRET, "WAYBILL_ACCESS_KEY=AKIA1", "WAYBILL_SECRET_KEY=" SECRET,
    "WAYBILL_TOKEN=" TOKEN, NULL
  };
  JsonObject *result;
  JsonObject *step;
  char       *folder = cli_make_folder ();

  url = listen_with (server, handle_cb, &script);
  {
    const char *const arguments[] = { "check", "--json", "--auth", fault->method, "--service-url",
                                      url, "--identity-url", url, "--management-url", url,
                                      "--project-id", PROJECT, "--domain", "D", "--user", "u",
                                      NULL };

    run = cli_run (folder, environment, arguments);
  }
  g_test_message ("%s%s", run->out->str, run->err->str);

  root = wb_json_parse (run->out->str, run->out->len, &error);
  g_assert_no_error (error);
  result = json_node_get_object (root);
  g_assert_false (json_object_get_boolean_member (result, "ok"));
  g_assert_cmpstr (json_object_get_string_member (result, "failed"), ==, fault->step);
  step = find_step (json_object_get_array_member (result, "steps"), fault->step);
  g_assert_cmpstr (json_object_get_string_member (step, "result"), ==, "failed");
  g_assert_nonnull (strstr (json_object_get_string_member (step, "message"), fault->sentence));
  g_assert_cmpint (run->status, ==, fault->exit_status);

  /* Nothing secret, and nothing tried again that locks a user or a key: but for the clock, once. */
  g_assert_null (strstr (run->out->str, "canary"));
  g_assert_null (strstr (run->err->str, "canary"));
  g_assert_cmpuint (script.n_refused, ==, fault->clock_minutes != 0 ? 2 : 1);

  soup_server_disconnect (server);
  cli_remove_folder (folder);
}

/* --- the one-time code --- */

typedef struct
{
  const char *passcode;
  const char *refusal; /* of a sign-in without it */
  guint       n_tokens;
} Device;

#define RECEIPT "{\"required_auth_methods\":[[\"password\",\"totp\"]]}"

/* An identity service that requires a second factor. */
static void
second_factor_cb (SoupServer        *server,
                  SoupServerMessage *message,
                  const char        *path,
                  GHashTable        *query,
                  gpointer           user_data)
{
  Device *device = user_data;
  g_autoptr (GBytes) body = NULL;
  const char *text;
  gsize       length;

  if (!g_str_equal (path, "/v3/auth/tokens"))
    {
      reply (message, 200, "{\"count\":0,\"commodity_orders\":[],\"total\":0,\"connections\":[]}");
      return;
    }

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  text = g_bytes_get_data (body, &length);
  if (memmem (text, length, "totp", 4) == NULL)
    {
      reply (message, 401, device->refusal);
      return;
    }

  g_assert_nonnull (memmem (text, length, device->passcode, strlen (device->passcode)));
  device->n_tokens++;
  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "X-Subject-Token", TOKEN);
  reply (message, 201, token_body);
}

/* From the environment, and on the terminal, where it is not echoed. */
static void
test_passcode (void)
{
  static const char *const given[] = { "WAYBILL_PASSWORD=" SECRET, "WAYBILL_PASSCODE=271828",
                                       NULL };
  static const char *const asked[] = { "WAYBILL_PASSWORD=" SECRET, NULL };

  for (guint i = 0; i < 4; i++)
    {
      gboolean is_given = i % 2 == 0;
      Device   device = { is_given ? "271828" : "314159",
                        i < 2 ? RECEIPT : PLAIN (401, "mfa totp code verify fail"), 0 };
      g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
      g_autofree char *url = NULL;
      g_autoptr (CliRun) run = NULL;
      char *folder = cli_make_folder ();

      url = listen_with (server, second_factor_cb, &device);
      {
        const char *const arguments[] = { "check", "--service-url", url, "--identity-url", url,
                                          "--project-id", PROJECT, "--domain", "D", "--user", "u",
                                          NULL };

        run = cli_start (folder, is_given ? given : asked, arguments,
                         is_given ? CLI_RUN_DEFAULT : CLI_RUN_TERMINAL);
      }
      if (!is_given)
        {
          cli_expect (run, "One-time code");
          g_assert_false (cli_echoes (run));
          cli_type (run, "314159\n");
        }
      cli_end (run);
      g_assert_cmpint (run->status, ==, 0);
      g_assert_cmpuint (device.n_tokens, ==, 1);
      g_assert_null (strstr (run->out->str, device.passcode));
      g_assert_null (strstr (run->err->str, device.passcode));

      soup_server_disconnect (server);
      cli_remove_folder (folder);
    }
}

/* Without a terminal, or with a value that is not a code: the variable is named, none is sent. */
static void
test_no_passcode (void)
{
  static const char *const environments[][3] = {
    { "WAYBILL_PASSWORD=" SECRET, NULL },
    { "WAYBILL_PASSWORD=" SECRET, "WAYBILL_PASSCODE=canary", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    {
      Device device = { "", RECEIPT, 0 };
      g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
      g_autofree char *url = listen_with (server, second_factor_cb, &device);
      g_autoptr (CliRun) run = NULL;
      char             *folder = cli_make_folder ();
      const char *const arguments[] = { "check", "--service-url", url, "--identity-url", url,
                                        "--project-id", PROJECT, "--domain", "D", "--user", "u",
                                        NULL };

      run = cli_run (folder, environments[i], arguments);
      g_assert_nonnull (strstr (run->out->str, "one-time code"));
      g_assert_nonnull (strstr (run->err->str, "WAYBILL_PASSCODE"));
      g_assert_null (strstr (run->err->str, "canary"));
      g_assert_cmpint (run->status, ==, i == 0 ? 3 : 2);
      g_assert_cmpuint (device.n_tokens, ==, 0);

      soup_server_disconnect (server);
      cli_remove_folder (folder);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/faults/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/cli/faults/passcode", test_passcode);
  g_test_add_func ("/cli/faults/no-passcode", test_no_passcode);

  return g_test_run ();
}
