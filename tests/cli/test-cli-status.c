/* test-cli-status.c: each failure's exit status, line and JSON, and that it leaves nothing behind
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "core/json-scan.h"
#include "own-folder.h"
#include "sample-fixture.h"
#include "zip-maker.h"

static const char *const token[] = { "WAYBILL_TOKEN=cafe", NULL };

/* Whatever happened: nothing saved, and no spool that has a name beside it. */
static void
assert_nothing_left (const char *folder)
{
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
tear_down (CliFixture   *fixture,
           gconstpointer data)
{
  assert_nothing_left (fixture->folder);
  cli_fixture_tear_down (fixture, data);
}

static CliRun *
start_at (CliFixture *fixture,
          const char *url,
          const char *output,
          CliRunFlags flags)
{
  const char *const more[] = { "--auth", "token", "-o", output,
                               output[0] == '-' ? NULL : "--json", NULL };

  return cli_fixture_start (fixture, url, token, more, flags);
}

static CliRun *
run_at (CliFixture *fixture,
        const char *url)
{
  CliRun *run = start_at (fixture, url, "out.zip", CLI_RUN_DEFAULT);

  cli_end (run);
  g_test_message ("%s", run->err->str);

  return run;
}

static JsonObject *
assert_failure (CliRun     *run,
                int         status,
                const char *kind,
                JsonNode  **node)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_assert_cmpint (run->status, ==, status);
  g_assert_true (g_str_has_prefix (run->err->str, "waybill-cli: "));
  g_assert_true (strchr (run->err->str, '\n') == run->err->str + run->err->len - 1);
  g_assert_null (strchr (run->err->str, '\033'));

  *node = wb_json_parse (run->out->str, run->out->len, &error);
  g_assert_no_error (error);
  g_assert_null (strchr (run->out->str, '\033'));
  object = json_object_get_object_member (json_node_get_object (*node), "error");
  g_assert_cmpuint (json_object_get_size (object), ==, 6);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, kind);

  return object;
}

static void
assert_nullable (JsonObject *object,
                 const char *member,
                 const char *expected)
{
  if (expected == NULL)
    g_assert_true (json_object_get_null_member (object, member));
  else
    g_assert_cmpstr (json_object_get_string_member (object, member), ==, expected);
}

typedef struct
{
  const char *name;
  guint       reply;
  const char *type;
  const char *body;
  const char *request_id;
  int         status;
  const char *kind;
  const char *code;
} Refusal;

#define JSON "application/json"

static const Refusal refusals[] = {
  { "token", 401, JSON,
    "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"Incorrect IAM authentication information\"}",
    "r-1", 3, "sign-in", "APIGW.0301" },
  { "forbidden", 403, JSON,
    "{\"error_code\":\"APIGW.0302\",\"error_msg\":\"IAM user not authorised\"}",
    "r-2", 4, "not-permitted", "APIGW.0302" },
  { "permission", 400, JSON,
    "{\"error_code\":\"DLF.6888\",\"error_msg\":\"Invalid account permissions\"}",
    NULL, 4, "not-permitted", "DLF.6888" },
  { "no-connections", 400, JSON,
    "{\"error_code\":\"DLF.6322\",\"error_msg\":\"The data connection does not exist.\"}",
    "r-3", 5, "no-connections", "DLF.6322" },
  { "failed", 500, "text/html", "<html>oops</html>", NULL, 6, "network", NULL },
  { "hostile", 500, JSON,
    "{\"error_code\":\"X\\u001b[31m\\u202e\",\"error_msg\":\"a\\nb\\u001b]0;x\\u0007\"}",
    NULL, 5, "service", "X\\x1b[31m\\u{202E}" },
  { "secret", 500, JSON,
    "{\"error_code\":\"X.1\",\"error_msg\":\"no jdbc:mysql://u:hunter2@h/d\","
    "\"requestId\":\"r-4\"}",
    "r-4", 5, "service", "X.1" },
  { "not-modified", 304, NULL, "", NULL, 5, "service", NULL },
  { "moved", 302, NULL, "", NULL, 5, "service", NULL },
  { "page", 200, "text/html", "<html>Sign in</html>", NULL, 6, "network", NULL },
  { "empty", 200, "application/octet-stream", "", NULL, 5, "service", NULL },
};

static void
test_refusal (CliFixture   *fixture,
              gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  scripted_service_set_text (fixture->service, refusal->reply, refusal->type, refusal->body);
  fixture->service->request_id = refusal->request_id;

  run = run_at (fixture, fixture->service->url);
  object = assert_failure (run, refusal->status, refusal->kind, &node);
  assert_nullable (object, "code", refusal->code);
  assert_nullable (object, "request_id", refusal->request_id);
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, refusal->reply);
  g_assert_true (json_object_has_member (object, "detail"));
  g_assert_null (strstr (run->out->str, "hunter2"));
  g_assert_null (strstr (run->err->str, "hunter2"));
  g_assert_cmpuint (fixture->service->n_exports, ==, 1);
  /* “The account” is these options. */
  g_assert_cmpint (strstr (run->err->str, "--service-url, --identity-url, --project-id") != NULL,
                   ==, g_strcmp0 (refusal->kind, "no-connections") != 0);

  /* The line also has what a support ticket needs. */
  if (refusal->request_id != NULL)
    {
      g_assert_nonnull (strstr (run->err->str, refusal->request_id));
      g_assert_nonnull (strstr (run->err->str, refusal->code));
      g_assert_cmpint (strstr (run->err->str, "“waybill-cli check”") != NULL, ==,
                       run->status == 3 || run->status == 4 || run->status == 6
                         || (run->status == 5 && strstr (refusal->code, "6322") == NULL));
    }
}

static void
test_sign_in (SampleFixture *fixture,
              gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_PASSWORD=wrong", NULL };
  const char *const        more[] = { "--json", "--domain",
                                      wb_credentials_get_domain (fixture->password), "--user",
                                      wb_credentials_get_user (fixture->password), NULL };
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) node = NULL;

  run = sample_fixture_start_with (fixture, "export", "password", environment, more,
                                   CLI_RUN_DEFAULT);
  cli_end (run);
  assert_failure (run, 3, "sign-in", &node);
  assert_nothing_left (fixture->folder);
}

static gboolean
no_tls_cb (GSocketService    *service,
           GSocketConnection *connection,
           GObject           *source,
           gpointer           user_data)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             "220 hello\r\n", 11, NULL, NULL, NULL);

  return FALSE;
}

/* A host that speaks no TLS, and one that is not there. */
static void
test_network (CliFixture   *fixture,
              gconstpointer data)
{
  g_autoptr (GSocketService) other = g_socket_service_new ();
  guint16          port;
  g_autofree char *url = NULL;
  g_autoptr (CliRun) no_tls = NULL;
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (JsonNode) no_tls_node = NULL;
  g_autoptr (JsonNode) refused_node = NULL;

  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (other), NULL, NULL);
  g_signal_connect (other, "incoming", G_CALLBACK (no_tls_cb), NULL);
  url = g_strdup_printf ("https://127.0.0.1:%u", port);
  no_tls = run_at (fixture, url);
  assert_failure (no_tls, 6, "network", &no_tls_node);

  soup_server_disconnect (fixture->service->server);
  refused = run_at (fixture, fixture->service->url);
  assert_failure (refused, 6, "network", &refused_node);
}

/* A private cloud's certificate is good with its authority's file, and with nothing else. */
static void
test_certificate (CliFixture   *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "good.pem", NULL);
  g_autofree char *ca_file = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "ca.pem", NULL);
  g_autofree char *folder = g_path_get_dirname (ca_file);
  g_autofree char *output = g_build_filename (fixture->folder, "out.zip", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (ScriptedService) service = scripted_service_new (certificate);
  g_autoptr (CliRun) unknown = run_at (fixture, service->url);
  g_autoptr (CliRun) known = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *const arguments[] = { "export", "--auth", "token", "--service-url", service->url,
                                    "--identity-url", service->url, "--project-id", "p",
                                    "--ca-file", "ca.pem", "-o", output, NULL };

  g_assert_no_error (error);
  assert_failure (unknown, 6, "network", &node);
  g_assert_cmpuint (service->n_exports, ==, 0);

  /* A path as it is typed, from the current folder. */
  scripted_service_set_text (service, 500, NULL, "reached");
  known = cli_run (folder, token, arguments);
  g_assert_cmpint (known->status, ==, 5);
  g_assert_cmpuint (service->n_exports, ==, 1);
}

static void
test_not_an_archive (CliFixture   *fixture,
                     gconstpointer data)
{
  static const char zip[] = "PK\3\4 this begins like a ZIP file, and that is all there is to it";
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) node = NULL;

  scripted_service_set_text (fixture->service, 200, "application/octet-stream", zip);
  run = run_at (fixture, fixture->service->url);
  assert_failure (run, 7, "not-an-archive", &node);
}

/* In the middle of the transfer, and of an answer that never comes. */
static void
test_interrupted (CliFixture   *fixture,
                  gconstpointer data)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  scripted_service_set_text (fixture->service, 200, "application/octet-stream", "PK\3\4");
  fixture->service->hang = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (CliRun) run = start_at (fixture, fixture->service->url, "out.zip",
                                         CLI_RUN_DEFAULT);
      g_autoptr (JsonNode) node = NULL;

      while (fixture->service->n_chunks <= i)
        g_main_context_iteration (NULL, TRUE);
      g_subprocess_send_signal (run->process, signals[i]);
      cli_end (run);
      assert_failure (run, 130, "cancelled", &node);
    }
}

/* How often a busy service is asked, and for how long the run may go on. */
static void
test_limits (CliFixture   *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *option;
    const char *value;
    gboolean    hangs;
    int         status;
    guint       n_requests;
    const char *in_message;
  } cases[] = {
    { "--retry", "0", FALSE, 5, 1, "" },
    { "--retry", "6", FALSE, 5, 7, "" },
    { "--timeout", "100", FALSE, 5, 5, "" },
    { "--timeout", "1", TRUE, 6, 1, "Not done within 1 second, the limit that --timeout sets." },
    { "--retry", "-1", FALSE, 2, 0, "--retry takes a number from 0 to 1000, not “-1”" },
    { "--retry", "often", FALSE, 2, 0, "not “often”" },
    { "--timeout", "0", FALSE, 2, 0, "--timeout takes a number from 1" },
    { "--timeout", "1.5", FALSE, 2, 0, "not “1.5”" },
    { "--timeout", "99999999999999999999", FALSE, 2, 0, "--timeout takes a number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const more[] = { "--auth", "token", cases[i].option, cases[i].value, NULL };
      g_autoptr (CliRun) run = NULL;

      g_test_message ("%s %s", cases[i].option, cases[i].value);
      scripted_service_set_text (fixture->service, cases[i].hangs ? 200 : 504,
                                 "application/octet-stream", cases[i].hangs ? "PK\3\4" : "");
      fixture->service->hang = cases[i].hangs;
      fixture->service->retry_after = "0";
      fixture->service->n_exports = 0;
      run = cli_fixture_start (fixture, fixture->service->url, token, more, CLI_RUN_DEFAULT);
      cli_end (run);
      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, cases[i].status);
      /* A slow system may not come to ask before its time is over. */
      if (cases[i].hangs)
        g_assert_cmpuint (fixture->service->n_exports, <=, cases[i].n_requests);
      else
        g_assert_cmpuint (fixture->service->n_exports, ==, cases[i].n_requests);
      g_assert_nonnull (strstr (run->err->str, cases[i].in_message));
    }
}

/* While nobody reads what is written to standard output. */
static void
test_interrupted_write (CliFixture   *fixture,
                        gconstpointer data)
{
  g_autoptr (CliRun) run = NULL;
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  const WbZipItem  item = { .name = "connections/x.conn", .data = large, .stored = TRUE };

  if (cli_skip_in_valgrind (CLI_WRITE_IN_VALGRIND))
    return;

  wb_zip_maker_add (maker, &item);
  fixture->service->status = 200;
  fixture->service->type = "application/octet-stream";
  fixture->service->body = wb_zip_maker_finish (maker, NULL);

  run = start_at (fixture, fixture->service->url, "-", CLI_RUN_OUTPUT_UNREAD);
  cli_await_output (run);
  g_subprocess_send_signal (run->process, SIGINT);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 130);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/status/", refusals[i].name, NULL);

      g_test_add (path, CliFixture, &refusals[i], cli_fixture_set_up, test_refusal, tear_down);
    }
  g_test_add ("/cli/status/sign-in", SampleFixture, NULL, sample_fixture_set_up, test_sign_in,
              sample_fixture_tear_down);
#define ADD(name, function) \
  g_test_add ("/cli/status/" name, CliFixture, NULL, cli_fixture_set_up, function, tear_down)
  ADD ("network", test_network);
  ADD ("certificate", test_certificate);
  ADD ("not-an-archive", test_not_an_archive);
  ADD ("interrupted", test_interrupted);
  ADD ("limits", test_limits);
  ADD ("interrupted-write", test_interrupted_write);
#undef ADD

  return g_test_run ();
}
