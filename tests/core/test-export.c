/* test-export.c: an export against a server that also answers wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export.h"

#include <string.h>

#include "core/error.h"
#include "core/spool-source.h"
#include "fault-server.h"
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

static void
setup_init (Setup       *setup,
            WbAuthMethod method)
{
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  memset (setup, 0, sizeof *setup);
  setup->server = fault_server_new (NULL);
  url = fault_server_dup_url (setup->server);
  endpoints = wb_endpoints_new (url, url, NULL, &error);
  g_assert_no_error (error);
  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, "idle-timeout-seconds", 1, NULL);

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

static void
test_token (void)
{
  g_auto (Setup) setup = { 0 };
  g_autofree char *project = NULL;
  g_autofree char *token = NULL;

  setup_init (&setup, WB_AUTH_PASSWORD);
  add_token (&setup, "made-token");
  add_zip (&setup, "Content-Type: application/octet-stream\r\n");
  run (&setup, "w1");

  check_whole (&setup);
  g_assert_cmpuint (fault_server_get_n_requests (setup.server), ==, 2);
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 0),
                                   "POST /v3/auth/tokens?nocatalog=true HTTP/1.1\r\n"));
  g_assert_true (g_str_has_prefix (fault_server_get_request (setup.server, 1),
                                   "POST /v1/" PROJECT "/connections/export HTTP/1.1\r\n"));
  project = fault_server_dup_header (setup.server, 1, "X-Project-Id");
  token = fault_server_dup_header (setup.server, 1, "X-Auth-Token");
  g_assert_cmpstr (project, ==, PROJECT);
  g_assert_cmpstr (token, ==, "made-token");
  g_assert_null (strstr (fault_server_get_request (setup.server, 1), PASSWORD));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/token", test_token);

  return g_test_run ();
}
