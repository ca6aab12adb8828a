/* test-export.c: an export against a server that also answers wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/input-limits.h"
#include "core/service/export/export.h"

#include <string.h>

#include "core/error.h"
#include "core/service/sign-in/signer.h"
#include "core/spool.h"
#include "fault-server.h"
#include "own-folder.h"
#include "zip-maker.h"

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define PASSWORD "canary-password-7Q"
#define SECRET_KEY "canary-secret-key-7Q"
#define SECURITY_TOKEN "canary-security-token-7Q"
#define TOKEN "canary-token-7Q"
#define TOKEN_BODY                                                                     \
  "{\"token\":{\"issued_at\":\"2026-11-23T08:00:00.000000Z\","                         \
  "\"expires_at\":\"2026-11-24T08:00:00.000000Z\",\"project\":{\"id\":\"" PROJECT "\"" \
  ",\"name\":\"eu-de\"}}}"

typedef struct
{
  FaultServer *server;
  WbSignIn    *sign_in;
  WbExport *export;
  GCancellable *cancellable;

  gboolean done;
  WbSpool *spool;
  GError  *error;
} Setup;

/* @certificate_name: (nullable): one of the fixtures, for a server that speaks TLS
 * @idle_timeout_seconds: short only where the limit itself is tested, as machines may be slow */
static void
setup_init_full (Setup       *setup,
                 WbAuthMethod method,
                 const char  *certificate_name,
                 guint        idle_timeout_seconds)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  memset (setup, 0, sizeof *setup);
  if (certificate_name != NULL)
    {
      g_autofree char *ca_file = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "ca.pem",
                                                        NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "tls",
                                                     certificate_name, NULL);

      certificate = g_tls_certificate_new_from_file (path, &error);
      g_assert_no_error (error);
      database = g_tls_file_database_new (ca_file, &error);
      g_assert_no_error (error);
    }
  setup->server = fault_server_new (certificate);
  url = fault_server_dup_url (setup->server);
  endpoints = wb_endpoints_new (url, url, NULL, &error);
  g_assert_no_error (error);
  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "tls-database", database,
                         "idle-timeout-seconds", idle_timeout_seconds, NULL);

  if (method == WB_AUTH_PASSWORD)
    credentials = wb_credentials_new_password ("Domain", "user", PASSWORD);
  else if (method == WB_AUTH_KEY)
    credentials = wb_credentials_new_key ("ACCESSKEY", SECRET_KEY, SECURITY_TOKEN);
  else
    credentials = wb_credentials_new_token (TOKEN);
  setup->sign_in = wb_sign_in_new (client, credentials,
                                   method == WB_AUTH_PASSWORD ? NULL : PROJECT,
                                   method == WB_AUTH_PASSWORD ? "eu-de" : NULL);
  setup->cancellable = g_cancellable_new ();
}

static void
setup_init (Setup       *setup,
            WbAuthMethod method)
{
  setup_init_full (setup, method, NULL, 60);
}

/* A secret may have come with an error into no text that is shown. */
static void
check_no_secret (const char *text)
{
  static const char *const secrets[] = { PASSWORD, SECRET_KEY, SECURITY_TOKEN, TOKEN };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));
}

static void
setup_clear (Setup *setup)
{
  if (setup->error != NULL)
    {
      g_test_message ("%s", setup->error->message);
      check_no_secret (setup->error->message);
      check_no_secret (wb_error_get_detail (setup->error));
      check_no_secret (wb_error_get_service_code (setup->error));
      check_no_secret (wb_error_get_request_id (setup->error));
      g_assert_true (g_utf8_validate (setup->error->message, -1, NULL));
    }
  g_clear_object (&setup->spool);
  g_clear_error (&setup->error);
  g_clear_object (&setup->export);
  g_clear_object (&setup->sign_in);
  g_clear_object (&setup->cancellable);
  fault_server_free (setup->server);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Setup *setup = user_data;

  setup->spool = wb_export_run_finish (WB_EXPORT (object), result, &setup->error);
  setup->done = TRUE;
}

static void
start (Setup      *setup,
       const char *workspace_id,
       guint64     max_size_bytes)
{
  setup->export = wb_export_new (setup->sign_in, workspace_id, max_size_bytes);
  wb_export_run_async (setup->export, setup->cancellable, done_cb, setup);
}

static void
wait_until_done (Setup *setup)
{
  while (!setup->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((setup->spool != NULL) != (setup->error != NULL));
  g_assert_cmpint (wb_export_get_state (setup->export), ==, WB_EXPORT_DONE);
  g_assert_nonnull (wb_export_get_finished (setup->export));
}

static void
run (Setup      *setup,
     const char *workspace_id)
{
  start (setup, workspace_id, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  wait_until_done (setup);
}

static GBytes *
new_zip (void)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add_text (maker, "connections/dws_sales.conn", "{\"name\":\"dws_sales\"}");
  wb_zip_maker_add_text (maker, "connections/hive_prod.conn", "{\"name\":\"hive_prod\"}");

  return wb_zip_maker_finish (maker, NULL);
}

static void
add_token (Setup      *setup,
           const char *token)
{
  g_autofree char *headers = g_strdup_printf ("X-Subject-Token: %s\r\n", token);

  fault_server_add_reply (setup->server, 201, headers, TOKEN_BODY, -1);
}

static void
add_zip (Setup      *setup,
         const char *headers)
{
  g_autoptr (GBytes) zip = new_zip ();
  gsize       length;
  const char *bytes = g_bytes_get_data (zip, &length);

  fault_server_add_reply (setup->server, 200, headers, bytes, (gssize) length);
}

static void
check_whole (Setup *setup)
{
  g_autoptr (GBytes) zip = new_zip ();
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, zip);

  g_assert_no_error (setup->error);
  g_assert_cmpuint (wb_spool_get_size_bytes (setup->spool), ==, g_bytes_get_size (zip));
  g_assert_cmpstr (wb_spool_get_sha256 (setup->spool), ==, hash);
  g_assert_cmpuint (wb_export_get_received_bytes (setup->export), ==, g_bytes_get_size (zip));
}

/* @pattern with `{zip}` for the bytes of a ZIP and `{length}` for how many they are. */
static void
add_raw (Setup      *setup,
         const char *pattern,
         FaultEnd    end)
{
  g_autoptr (GBytes) zip = new_zip ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (zip));
  g_autofree char *hex = g_strdup_printf ("%" G_GSIZE_MODIFIER "x", g_bytes_get_size (zip));

  while (*pattern != '\0')
    {
      if (g_str_has_prefix (pattern, "{zip}"))
        {
          g_byte_array_append (bytes, g_bytes_get_data (zip, NULL), (guint) g_bytes_get_size (zip));
          pattern += strlen ("{zip}");
        }
      else if (g_str_has_prefix (pattern, "{length}"))
        {
          g_byte_array_append (bytes, (const guint8 *) length, (guint) strlen (length));
          pattern += strlen ("{length}");
        }
      else if (g_str_has_prefix (pattern, "{hex}"))
        {
          g_byte_array_append (bytes, (const guint8 *) hex, (guint) strlen (hex));
          pattern += strlen ("{hex}");
        }
      else
        {
          g_byte_array_append (bytes, (const guint8 *) pattern, 1);
          pattern++;
        }
    }
  fault_server_add (setup->server, (const char *) bytes->data, (gssize) bytes->len, end);
}

static void
check_header (Setup      *setup,
              guint       index,
              const char *name,
              const char *expected)
{
  g_autofree char *value = fault_server_dup_header (setup->server, index, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
check_no_spool_has_a_name (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, ".spool."));
}

/* By password: two requests, and what is in them. */
static void
test_password (void)
{
  g_auto (Setup) setup = { 0 };
  const char *request;

  setup_init (&setup, WB_AUTH_PASSWORD);
  add_token (&setup, "made-token");
  add_zip (&setup, "Content-Type: application/octet-stream\r\n");
  run (&setup, "w1");

  check_whole (&setup);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 2);
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 0),
                                   "POST /v3/auth/tokens?nocatalog=true HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (fault_server_get_request (setup.server, 0), PASSWORD));

  request = fault_server_get_request (setup.server, 1);
  g_assert_true (g_str_has_prefix (request,
                                   "POST /v1/" PROJECT "/connections/export HTTP/1.1\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n"));
  g_assert_null (strstr (request, PASSWORD));
  check_header (&setup, 1, "X-Auth-Token", "made-token");
  check_header (&setup, 1, "X-Project-Id", PROJECT);
  check_header (&setup, 1, "workspace", "w1");
  check_header (&setup, 1, "Content-Length", "0");
  check_header (&setup, 1, "Content-Type", "application/json");
  check_header (&setup, 1, "Accept", "application/octet-stream");
  check_header (&setup, 1, "Accept-Encoding", "identity");
  check_header (&setup, 1, "X-Language", "en-us");
  check_header (&setup, 1, "User-Agent", "Waybill/" VERSION);
  check_header (&setup, 1, "Authorization", NULL);
  check_header (&setup, 1, "Cookie", NULL);
  g_assert_cmpstr (wb_sign_in_get_project_id (setup.sign_in), ==, PROJECT);
}

static void
test_pasted_token (void)
{
  g_auto (Setup) setup = { 0 };

  setup_init (&setup, WB_AUTH_TOKEN);
  add_zip (&setup, NULL);
  run (&setup, "");

  check_whole (&setup);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
  check_header (&setup, 0, "X-Auth-Token", TOKEN);
  check_header (&setup, 0, "workspace", NULL);
}

/* Signs the request as it came, and compares. */
static void
check_signature (Setup      *setup,
                 guint       index,
                 const char *workspace_id)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("ACCESSKEY", SECRET_KEY, NULL);
  g_autofree char *host = fault_server_dup_header (setup->server, index, "Host");
  g_autofree char *date = fault_server_dup_header (setup->server, index, "X-Sdk-Date");
  g_autofree char *sent = fault_server_dup_header (setup->server, index, "Authorization");
  g_autofree char *url = g_strdup_printf ("http://%s/v1/" PROJECT "/connections/export", host);
  g_autofree char *expected = NULL;
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const WbSignedHeader headers[] = {
    { "host", host },
    { "x-sdk-date", date },
    { "x-project-id", PROJECT },
    { "x-security-token", SECURITY_TOKEN },
    { "workspace", workspace_id },
  };

  expected = wb_signer_authorization (credentials, "POST", uri, headers,
                                      workspace_id != NULL ? 5 : 4, NULL);
  g_assert_cmpstr (sent, ==, expected);
}

/* A request that is signed with a secret key does not contain it. */
static void
test_signature (void)
{
  static const char *const workspaces[] = { "d1cd7861478748a6925bc02f47c69279", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    {
      g_auto (Setup) setup = { 0 };

      setup_init (&setup, WB_AUTH_KEY);
      add_zip (&setup, NULL);
      run (&setup, workspaces[i]);

      check_whole (&setup);
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
      check_header (&setup, 0, "X-Security-Token", SECURITY_TOKEN);
      check_header (&setup, 0, "X-Auth-Token", NULL);
      check_header (&setup, 0, "workspace", workspaces[i]);
      check_signature (&setup, 0, workspaces[i]);
      g_assert_null (strstr (fault_server_get_request (setup.server, 0), SECRET_KEY));
    }
}

/* A project ID is one segment of the path, whatever is in it, and is signed as it is sent. */
static void
test_project_id (void)
{
  static const char project_id[] = "a/b?c#d%2e..";
  static const char path[] = "/v1/a%2Fb%3Fc%23d%252e../connections/export";
  g_auto (Setup) setup = { 0 };
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("ACCESSKEY", SECRET_KEY, NULL);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  g_autofree char *date = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *url = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *line = g_strdup_printf ("POST %s HTTP/1.1\r\n", path);

  setup_init (&setup, WB_AUTH_KEY);
  sign_in = wb_sign_in_new (wb_sign_in_get_client (setup.sign_in), credentials, project_id, NULL);
  g_set_object (&setup.sign_in, sign_in);
  add_zip (&setup, NULL);
  run (&setup, NULL);

  check_whole (&setup);
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 0), line));
  host = fault_server_dup_header (setup.server, 0, "Host");
  date = fault_server_dup_header (setup.server, 0, "X-Sdk-Date");
  sent = fault_server_dup_header (setup.server, 0, "Authorization");
  url = g_strdup_printf ("http://%s%s", host, path);
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  const WbSignedHeader headers[] = {
    { "host", host },
    { "x-sdk-date", date },
    { "x-project-id", project_id },
  };
  expected = wb_signer_authorization (credentials, "POST", uri, headers, G_N_ELEMENTS (headers),
                                      NULL);
  g_assert_cmpstr (sent, ==, expected);
}

/* Replies that count as an export. */
static void
test_good_replies (void)
{
  static const char *const replies[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{zip}",
    "HTTP/1.0 200 OK\r\nContent-Length: {length}\r\n\r\n{zip}",
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{zip}",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{zip}\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: {length}\r\n\r\n{zip}",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n{zip}",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{zip}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_auto (Setup) setup = { 0 };

      g_test_message ("%s", replies[i]);
      setup_init (&setup, WB_AUTH_TOKEN);
      add_raw (&setup, replies[i], FAULT_CLOSE);
      run (&setup, NULL);
      check_whole (&setup);
    }
}

/* libsoup before 3.6.5 takes a body that is cut between two chunks for a whole one; then the end
 * record decides. */
static WbErrorKind
adapt_kind (WbErrorKind kind,
            const char *reply)
{
  if (g_str_has_suffix (reply, "10\r\nPK\3\4aaaabbbbcccc\r\n") && soup_check_version (3, 6, 5))
    return WB_ERROR_KIND_NETWORK;

  return kind;
}

/* Over TLS, whole and cut. */
static void
test_tls (void)
{
  static const struct
  {
    const char *reply;
    WbErrorKind kind; /* %WB_ERROR_KIND_FAILED: none */
  } cases[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{zip}", WB_ERROR_KIND_FAILED },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{zip}\r\n0\r\n\r\n",
      WB_ERROR_KIND_FAILED },
    { "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n{zip}", WB_ERROR_KIND_NETWORK },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nPK\3\4aaaabbbbcccc\r\n",
      WB_ERROR_KIND_NOT_AN_ARCHIVE },
    { "", WB_ERROR_KIND_NETWORK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };

      setup_init_full (&setup, WB_AUTH_TOKEN, "good.pem", 60);
      wb_client_set_limits (wb_sign_in_get_client (setup.sign_in), 0, 0);
      add_raw (&setup, cases[i].reply, FAULT_CLOSE);
      run (&setup, NULL);
      if (cases[i].kind == WB_ERROR_KIND_FAILED)
        {
          check_whole (&setup);
        }
      else
        {
          g_assert_nonnull (setup.error);
          g_test_message ("%s", setup.error->message);
          g_assert_cmpint (wb_error_get_kind (setup.error), ==,
                           adapt_kind (cases[i].kind, cases[i].reply));
        }
    }
}

static void
test_empty_zip (void)
{
  static const char zip[22] = "PK\5\6";
  g_auto (Setup) setup = { 0 };

  setup_init (&setup, WB_AUTH_TOKEN);
  fault_server_add_reply (setup.server, 200, NULL, zip, sizeof zip);
  run (&setup, NULL);

  g_assert_no_error (setup.error);
  g_assert_cmpuint (wb_spool_get_size_bytes (setup.spool), ==, sizeof zip);
}

typedef struct
{
  const char *reply;
  WbErrorKind kind;
  const char *in_message;
  const char *service_code;
} BadReply;

/* Replies that do not, and the sentence for each. None is requested twice. */
static const BadReply bad_replies[] = {
  /* bytes that are missing, or too many */
  { "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK,
    "instead of the 5000" },
  { "HTTP/1.0 200 OK\r\nContent-Length: 5000\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK,
    "instead of the 5000" },
  { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{zip}", WB_ERROR_KIND_NOT_AN_ARCHIVE },
  { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n{zip}", WB_ERROR_KIND_NETWORK,
    "broke off" },
  { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nPK\3\4aaaabbbbcccc\r\n",
    WB_ERROR_KIND_NOT_AN_ARCHIVE },
  { "HTTP/1.1 200 OK\r\nContent-Length: {length}0\r\nTransfer-Encoding: chunked\r\n\r\n"
    "{hex}\r\n{zip}\r\n0\r\n\r\n",
    WB_ERROR_KIND_NETWORK },
  { "HTTP/1.1 200 OK\r\n\r\n{zip}{zip}x", WB_ERROR_KIND_NOT_AN_ARCHIVE },
  /* lengths that are none */
  { "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nContent-Length: 7\r\n\r\n{zip}",
    WB_ERROR_KIND_SERVICE, "a valid length" },
  { "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nContent-Length: {length}\r\n\r\n{zip}",
    WB_ERROR_KIND_SERVICE, "a valid length" },
  { "HTTP/1.1 200 OK\r\nContent-Length: {length}, {length}\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK,
    "not answer like a web service" },
  { "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{zip}", WB_ERROR_KIND_SERVICE,
    "a valid length" },
  { "HTTP/1.1 200 OK\r\nContent-Length: +{length}\r\n\r\n{zip}", WB_ERROR_KIND_SERVICE,
    "a valid length" },
  { "HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK,
    "not answer like a web service" },
  { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{zip}", WB_ERROR_KIND_SERVICE,
    "a valid length" },
  /* other encodings */
  { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n{zip}",
    WB_ERROR_KIND_SERVICE, "different encoding" },
  { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{zip}", WB_ERROR_KIND_NETWORK },
  /* something else */
  { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", WB_ERROR_KIND_SERVICE, "with nothing" },
  { "HTTP/1.1 200 OK\r\n\r\nPK", WB_ERROR_KIND_SERVICE, "not an export" },
  { "HTTP/1.1 200 OK\r\n\r\n{\"error_code\":\"DLF.6322\",\"error_msg\":\"The data connection does "
    "not exist.\"}",
    WB_ERROR_KIND_NO_CONNECTIONS, "no connections", "DLF.6322" },
  { "HTTP/1.1 200 OK\r\n\r\n{\"error_code\":\"DLF.9999\",\"error_msg\":\"?\"}",
    WB_ERROR_KIND_SERVICE, "a message instead", "DLF.9999" },
  { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    "<!DOCTYPE html><html><head><title> Airport <b>WLAN</b>\n</title></head></html>",
    WB_ERROR_KIND_NETWORK, "127.0.0.1 answered with a web page, “Airport <b>WLAN</b>”" },
  { "HTTP/1.1 200 OK\r\n\r\n\n <HTML><body>hi</body></HTML>", WB_ERROR_KIND_NETWORK,
    "a web page (HTTP status 200)" },
  { "HTTP/1.1 401 No\r\nServer: squid/5.7\r\n\r\n<html><title>Sign in</title>",
    WB_ERROR_KIND_NETWORK, "a web page, “Sign in” (HTTP status 401), of “squid/5.7”" },
  { "HTTP/1.1 403 No\r\nVia: 1.1 filter.example\r\n\r\n<!doctype html><title>Blocked</title>",
    WB_ERROR_KIND_NETWORK, "“Blocked” (HTTP status 403), of “1.1 filter.example”" },
  { "HTTP/1.1 500 No\r\nServer: \x1b[31m\r\n\r\n<html>", WB_ERROR_KIND_NETWORK,
    "(HTTP status 500), of “\\x1b[31m”" },
  { "HTTP/1.1 502 No\r\n\r\n<html><title>502 Bad Gateway</title>", WB_ERROR_KIND_NETWORK,
    "“502 Bad Gateway” (HTTP status 502)" },
  { "HTTP/1.1 511 No\r\n\r\n<html><title>WLAN</title>", WB_ERROR_KIND_NETWORK,
    "“WLAN” (HTTP status 511)" },
  { "HTTP/1.1 202 Accepted\r\nContent-Length: {length}\r\n\r\n{zip}", WB_ERROR_KIND_SERVICE,
    "not an export" },
  { "HTTP/1.1 204 No Content\r\n\r\n", WB_ERROR_KIND_SERVICE, "with nothing" },
  { "HTTP/1.1 206 Partial Content\r\nContent-Length: {length}\r\n\r\n{zip}",
    WB_ERROR_KIND_SERVICE, "206" },
  /* elsewhere */
  { "HTTP/1.1 301 Moved\r\nLocation: https://evil.example/x?y\r\nContent-Length: 0\r\n\r\n",
    WB_ERROR_KIND_SERVICE, "“https://evil.example”" },
  { "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n", WB_ERROR_KIND_SERVICE,
    "“/login”" },
  { "HTTP/1.1 303 See Other\r\nLocation: \x1b[31m\r\nContent-Length: 0\r\n\r\n",
    WB_ERROR_KIND_SERVICE, "“\\x1b[31m”" },
  { "HTTP/1.1 307 Temporary\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    WB_ERROR_KIND_SERVICE, "“http://127.0.0.1:1”" },
  { "HTTP/1.1 308 Permanent\r\nContent-Length: 0\r\n\r\n", WB_ERROR_KIND_SERVICE,
    "without naming it" },
  /* refusals */
  { "HTTP/1.1 400 Bad\r\n\r\n{\"error_code\":\"DLF.6322\",\"error_msg\":\"The data connection does "
    "not exist.\"}",
    WB_ERROR_KIND_NO_CONNECTIONS, "no connections", "DLF.6322" },
  { "HTTP/1.1 400 Bad\r\n\r\n{\"error_code\":\"DLF.6888\",\"error_msg\":\"x\"}",
    WB_ERROR_KIND_NOT_PERMITTED, "not permitted", "DLF.6888" },
  { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
    WB_ERROR_KIND_SIGN_IN, "token" },
  { "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", WB_ERROR_KIND_NOT_PERMITTED },
  { "HTTP/1.1 404 Not Found\r\n\r\n{\"error_code\":\"APIG.0101\",\"error_msg\":\"x\"}",
    WB_ERROR_KIND_WITHDRAWN, "no longer does", "APIG.0101" },
  { "HTTP/1.1 410 Gone\r\n\r\n<html><title>Gone</title>", WB_ERROR_KIND_WITHDRAWN, "offline" },
  { "HTTP/1.1 500 Oops\r\nContent-Length: 400\r\n\r\nshort", WB_ERROR_KIND_SERVICE,
    "internal error" },
  { "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", WB_ERROR_KIND_SERVICE },
  { "HTTP/1.1 599 Odd\r\n\r\n", WB_ERROR_KIND_SERVICE, "599" },
  { "HTTP/1.1 499 Odd\r\n\r\n", WB_ERROR_KIND_SERVICE, "499" },
  /* no HTTP */
  { "", WB_ERROR_KIND_NETWORK, "127.0.0.1" },
  { "HTTP/1.1 200 O", WB_ERROR_KIND_NETWORK, "127.0.0.1" },
  { "SSH-2.0-OpenSSH_9.2\r\n\r\n", WB_ERROR_KIND_NETWORK, "127.0.0.1" },
};

static void
test_bad_replies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_replies); i++)
    {
      const BadReply *bad = &bad_replies[i];
      g_auto (Setup) setup = { 0 };

      g_test_message ("%u: %s", i, bad->reply);
      setup_init (&setup, WB_AUTH_TOKEN);
      wb_client_set_limits (wb_sign_in_get_client (setup.sign_in), 0, 0);
      add_raw (&setup, bad->reply, FAULT_CLOSE);
      run (&setup, NULL);

      g_assert_null (setup.spool);
      g_test_message ("%s", setup.error->message);
      /* Newer versions of libsoup refuse some of these lengths themselves. */
      if (g_strcmp0 (bad->in_message, "a valid length") == 0 && soup_check_version (3, 6, 0)
          && wb_error_get_kind (setup.error) == WB_ERROR_KIND_NETWORK)
        continue;
      g_assert_cmpint (wb_error_get_kind (setup.error), ==, adapt_kind (bad->kind, bad->reply));
      if (bad->in_message != NULL)
        g_assert_nonnull (strstr (setup.error->message, bad->in_message));
      g_assert_cmpstr (wb_error_get_service_code (setup.error), ==, bad->service_code);
      g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
      g_assert_cmpuint (fault_server_get_n_opened (setup.server), ==, 1);
    }
  check_no_spool_has_a_name ();
}

/* Streams without an end are left: in a refusal, in an export, in headers. */
static void
test_endless (void)
{
  static const struct
  {
    const char *start;
    guint64     max_size_bytes;
    WbErrorKind kind;
    const char *in_message;
  } cases[] = {
    { "HTTP/1.1 500 Oops\r\n\r\n", G_MAXUINT64, WB_ERROR_KIND_SERVICE },
    { "HTTP/1.1 500 Oops\r\nContent-Length: 52428800\r\n\r\n", G_MAXUINT64, WB_ERROR_KIND_SERVICE },
    { "HTTP/1.1 200 OK\r\n\r\n<html><title>", G_MAXUINT64, WB_ERROR_KIND_NETWORK },
    { "HTTP/1.1 200 OK\r\n\r\nPK\3\4", 3 * 1024 * 1024, WB_ERROR_KIND_SERVICE },
    { "HTTP/1.1 200 OK\r\nX-A: ", G_MAXUINT64, WB_ERROR_KIND_NETWORK,
      "not answer like a web service: the head of its answer is too long. Check the address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Setup) setup = { 0 };
      g_autofree char *filler = g_strnfill (1024, 'x');
      g_autofree char *bytes = g_strconcat (cases[i].start, filler, NULL);

      g_test_message ("%s", cases[i].start);
      setup_init (&setup, WB_AUTH_TOKEN);
      fault_server_add (setup.server, bytes, -1, FAULT_ENDLESS);
      start (&setup, NULL, cases[i].max_size_bytes);
      wait_until_done (&setup);

      g_assert_nonnull (setup.error);
      g_test_message ("%s", setup.error->message);
      g_assert_cmpint (wb_error_get_kind (setup.error), ==, cases[i].kind);
      if (cases[i].in_message != NULL)
        g_assert_nonnull (strstr (setup.error->message, cases[i].in_message));
      while (fault_server_get_n_left (setup.server) == 0)
        g_main_context_iteration (NULL, TRUE);
    }
  check_no_spool_has_a_name ();
}

/* The idle limit is a second here. */
static void
test_silence (void)
{
  static const char *const starts[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{zip}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_auto (Setup) setup = { 0 };

      setup_init_full (&setup, WB_AUTH_TOKEN, NULL, 1);
      add_raw (&setup, starts[i], FAULT_HOLD);
      run (&setup, NULL);

      g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_nonnull (strstr (setup.error->message, "127.0.0.1 did not answer in time"));
    }
}

/* A token that the service does not take any more is replaced once. */
static void
test_token_renewal (void)
{
  g_auto (Setup) setup = { 0 };
  g_auto (Setup) stubborn = { 0 };

  setup_init (&setup, WB_AUTH_PASSWORD);
  add_token (&setup, "first-token");
  fault_server_add_reply (setup.server, 401, NULL, "", -1);
  add_token (&setup, "second-token");
  add_zip (&setup, NULL);
  run (&setup, NULL);
  check_whole (&setup);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 4);
  check_header (&setup, 1, "X-Auth-Token", "first-token");
  check_header (&setup, 3, "X-Auth-Token", "second-token");

  setup_init (&stubborn, WB_AUTH_PASSWORD);
  for (guint i = 0; i < 3; i++)
    {
      add_token (&stubborn, "some-token");
      fault_server_add_reply (stubborn.server, 401, NULL, "", -1);
    }
  run (&stubborn, NULL);
  g_assert_error (stubborn.error, WB_ERROR, WB_ERROR_SIGN_IN);
  g_assert_cmpuint (fault_server_get_n_requests (stubborn.server), ==, 4);
}

/* Five wrong signatures lock the key. */
static void
test_signature_refused (void)
{
  g_auto (Setup) setup = { 0 };

  setup_init (&setup, WB_AUTH_KEY);
  fault_server_add_reply (setup.server, 401, "X-Request-Id: r-1\r\n",
                          "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"Incorrect IAM "
                          "authentication information: verify aksk signature fail, "
                          "canonicalRequest:POST|x-security-token:" SECURITY_TOKEN "|\"}",
                          -1);
  run (&setup, NULL);

  g_assert_error (setup.error, WB_ERROR, WB_ERROR_SIGN_IN);
  g_assert_cmpstr (wb_error_get_service_code (setup.error), ==, "APIGW.0301");
  g_assert_cmpstr (wb_error_get_request_id (setup.error), ==, "r-1");
  g_assert_nonnull (strstr (wb_error_get_detail (setup.error), "x-security-token:••••••••|"));
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
}

/* By the service's clock once more, and never a third time. */
static void
test_clock (void)
{
  static const char *const headers = "Date: Mon, 01 Jan 2024 08:00:00 GMT\r\n";
  static const char *const body = "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"x\"}";
  g_auto (Setup) right = { 0 };
  g_auto (Setup) wrong = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  setup_init (&right, WB_AUTH_KEY);
  fault_server_add_reply (right.server, 401, headers, body, -1);
  add_zip (&right, NULL);
  run (&right, NULL);
  g_assert_no_error (right.error);
  g_assert_cmpuint (fault_server_get_n_requests (right.server), ==, 2);
  first = fault_server_dup_header (right.server, 0, "X-Sdk-Date");
  second = fault_server_dup_header (right.server, 1, "X-Sdk-Date");
  g_assert_false (g_str_has_prefix (first, "20240101T"));
  g_assert_true (g_str_has_prefix (second, "20240101T080"));

  setup_init (&wrong, WB_AUTH_KEY);
  fault_server_add_reply (wrong.server, 401, headers, body, -1);
  fault_server_add_reply (wrong.server, 401, headers, body, -1);
  run (&wrong, NULL);
  g_assert_error (wrong.error, WB_ERROR, WB_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (wrong.error->message, "five wrong signatures"));
  g_assert_nonnull (strstr (wrong.error->message, "the service’s 2024-01-01 08:00:00"));
  g_assert_cmpuint (fault_server_get_n_requests (wrong.server), ==, 2);
}

/* 429 and 503 are waited out, four times. */
static void
test_retries (void)
{
  static const WbAuthMethod methods[] = { WB_AUTH_KEY, WB_AUTH_TOKEN };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_auto (Setup) patient = { 0 };
      g_auto (Setup) busy = { 0 };

      setup_init (&patient, methods[i]);
      for (guint j = 0; j < 4; j++)
        fault_server_add_reply (patient.server, j % 2 == 0 ? 429 : 503, "Retry-After: 0\r\n", "x",
                                -1);
      add_zip (&patient, NULL);
      run (&patient, NULL);
      check_whole (&patient);
      g_assert_cmpuint (fault_server_get_n_requests (patient.server), ==, 5);

      setup_init (&busy, methods[i]);
      for (guint j = 0; j < 6; j++)
        fault_server_add_reply (busy.server, 503, "Retry-After: 0\r\n",
                                "{\"error_code\":\"APIG.0613\",\"error_msg\":\"x\"}", -1);
      run (&busy, NULL);
      g_assert_error (busy.error, WB_ERROR, WB_ERROR_SERVICE);
      g_assert_cmpstr (wb_error_get_service_code (busy.error), ==, "APIG.0613");
      g_assert_cmpuint (fault_server_get_n_requests (busy.server), ==, 5);
    }
}

/* So they are from the identity service; all together four times. */
static void
test_retries_of_sign_in (void)
{
  g_auto (Setup) patient = { 0 };
  g_auto (Setup) busy = { 0 };

  setup_init (&patient, WB_AUTH_PASSWORD);
  fault_server_add_reply (patient.server, 429, "Retry-After: 0\r\n", "x", -1);
  fault_server_add_reply (patient.server, 503, "Retry-After: 0\r\n", "x", -1);
  add_token (&patient, "made-token");
  fault_server_add_reply (patient.server, 429, "Retry-After: 0\r\n", "x", -1);
  add_zip (&patient, NULL);
  run (&patient, NULL);
  check_whole (&patient);
  g_assert_cmpuint (fault_server_get_n_requests (patient.server), ==, 5);

  setup_init (&busy, WB_AUTH_PASSWORD);
  for (guint i = 0; i < 6; i++)
    fault_server_add_reply (busy.server, 429, "Retry-After: 0\r\n", "x", -1);
  run (&busy, NULL);
  g_assert_error (busy.error, WB_ERROR, WB_ERROR_SERVICE);
  g_assert_nonnull (strstr (busy.error->message, "too many sign-ins"));
  g_assert_cmpuint (fault_server_get_n_requests (busy.server), ==, 5);
}

/* A wait can be seen, is no longer than two minutes, and ends at once when it is cancelled. */
static void
test_wait (void)
{
  g_auto (Setup) setup = { 0 };
  gint64 left;

  setup_init (&setup, WB_AUTH_TOKEN);
  fault_server_add_reply (setup.server, 429, "Retry-After: 1000000000\r\n", "x", -1);
  start (&setup, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  while (wb_export_get_state (setup.export) != WB_EXPORT_WAITING)
    g_main_context_iteration (NULL, TRUE);

  left = wb_export_get_retry_at (setup.export) - g_get_monotonic_time ();
  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (left, <=, 120 * G_USEC_PER_SEC);

  g_cancellable_cancel (setup.cancellable);
  wait_until_done (&setup);
  g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_export_get_retry_at (setup.export), ==, 0);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 1);
}

static void
cancel_at_state_cb (WbExport *export,
                    GParamSpec *pspec,
                    gpointer    user_data)
{
  Setup *setup = user_data;

  if (wb_export_get_state (export)
      == GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (export), "cancel-at")))
    g_cancellable_cancel (setup->cancellable);
}

/* At every stage: at once, and nothing is left. */
static void
test_cancel (void)
{
  static const WbExportState states[] = {
    WB_EXPORT_SIGNING_IN, WB_EXPORT_REQUESTING, WB_EXPORT_RECEIVING, WB_EXPORT_CHECKING
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto (Setup) setup = { 0 };

      setup_init (&setup, WB_AUTH_TOKEN);
      add_zip (&setup, NULL);
      setup.export = wb_export_new (setup.sign_in, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
      g_object_set_data (G_OBJECT (setup.export), "cancel-at", GUINT_TO_POINTER (states[i]));
      g_signal_connect (setup.export, "notify::state", G_CALLBACK (cancel_at_state_cb), &setup);
      wb_export_run_async (setup.export, setup.cancellable, done_cb, &setup);
      wait_until_done (&setup);
      g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  check_no_spool_has_a_name ();
}

/* After each step of the main loop: it ends, and leaves nothing. */
static void
test_cancel_anywhere (void)
{
  guint    n_files = 0;
  gboolean was_done = FALSE;

  for (guint n_steps = 0; !was_done; n_steps++)
    {
      g_auto (Setup) setup = { 0 };

      /* The libraries' own are open by now. */
      if (n_steps == 1)
        n_files = count_files ("/proc/self/fd");
      setup_init (&setup, WB_AUTH_PASSWORD);
      add_token (&setup, TOKEN);
      add_zip (&setup, NULL);
      start (&setup, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
      for (guint i = 0; i < n_steps && !setup.done; i++)
        g_main_context_iteration (NULL, TRUE);
      was_done = setup.done;
      g_cancellable_cancel (setup.cancellable);
      wait_until_done (&setup);
      if (setup.spool == NULL)
        g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      check_no_spool_has_a_name ();
    }
  while (count_files ("/proc/self/fd") > n_files)
    g_main_context_iteration (NULL, FALSE);
}

static void
cancel_at_bytes_cb (WbExport *export,
                    GParamSpec *pspec,
                    gpointer    user_data)
{
  Setup *setup = user_data;

  g_assert_cmpint (wb_export_get_total_bytes (export), ==, 5000);
  g_cancellable_cancel (setup->cancellable);
}

/* In the middle of a body that does not go on; the service sees us leave. */
static void
test_cancel_stalled (void)
{
  g_auto (Setup) setup = { 0 };

  setup_init (&setup, WB_AUTH_TOKEN);
  add_raw (&setup, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{zip}", FAULT_HOLD);
  setup.export = wb_export_new (setup.sign_in, NULL, WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  g_signal_connect (setup.export, "notify::received-bytes", G_CALLBACK (cancel_at_bytes_cb),
                    &setup);
  wb_export_run_async (setup.export, setup.cancellable, done_cb, &setup);
  wait_until_done (&setup);

  g_assert_error (setup.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (fault_server_get_n_left (setup.server) == 0)
    g_main_context_iteration (NULL, TRUE);
  check_no_spool_has_a_name ();
}

/* What is refused before anything is sent. */
static void
test_not_sendable (void)
{
  static const char *const workspaces[] = { "a b", "a\r\nX-Evil: 1", "wörk", "a\x7f" };

  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    {
      g_auto (Setup) setup = { 0 };

      setup_init (&setup, WB_AUTH_TOKEN);
      run (&setup, workspaces[i]);
      g_assert_error (setup.error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_cmpuint (fault_server_get_n_opened (setup.server), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/password", test_password);
  g_test_add_func ("/export/pasted-token", test_pasted_token);
  g_test_add_func ("/export/signature", test_signature);
  g_test_add_func ("/export/project-id", test_project_id);
  g_test_add_func ("/export/good-replies", test_good_replies);
  g_test_add_func ("/export/tls", test_tls);
  g_test_add_func ("/export/empty-zip", test_empty_zip);
  g_test_add_func ("/export/bad-replies", test_bad_replies);
  g_test_add_func ("/export/endless", test_endless);
  g_test_add_func ("/export/silence", test_silence);
  g_test_add_func ("/export/token-renewal", test_token_renewal);
  g_test_add_func ("/export/signature-refused", test_signature_refused);
  g_test_add_func ("/export/clock", test_clock);
  g_test_add_func ("/export/retries", test_retries);
  g_test_add_func ("/export/retries-of-sign-in", test_retries_of_sign_in);
  g_test_add_func ("/export/wait", test_wait);
  g_test_add_func ("/export/cancel", test_cancel);
  g_test_add_func ("/export/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/export/cancel-stalled", test_cancel_stalled);
  g_test_add_func ("/export/not-sendable", test_not_sendable);

  return g_test_run ();
}
