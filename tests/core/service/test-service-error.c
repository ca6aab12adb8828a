/* test-service-error.c: refusals in all their shapes, and what is said of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error-private.h"
#include "core/service/refusal/service-error.h"

#include <string.h>

#include "core/service/http/echo.h"
#include "core/service/http/retry.h"

#define NOW 1795420800 /* 2026-11-23 08:00:00 UTC */

static GError *
new_error (WbServiceCall call,
           WbAuthMethod  method,
           guint         status,
           const char   *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const WbServiceReply reply = {
    .call = call,
    .method = method,
    .host = "dayu-dlf.example.com",
    .status = status,
    .body = bytes,
    .now = NOW,
  };

  return wb_service_error_new (&reply);
}

/* Every shape that has been met, and some that only look like one. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *body;
    const char *code;
    const char *message;
    const char *request_id;
  } cases[] = {
    { "{\"error_code\":\"DLF.6322\",\"error_msg\":\"m\"}", "DLF.6322", "m" },
    { "\xef\xbb\xbf {\"error_code\":\"DLF.6322\",\"error_msg\":\"m\"}\n", "DLF.6322", "m" },
    { "{\"errorCode\":\"DLF.1\",\"errorMsg\":\"m\"}", "DLF.1", "m" },
    { "{\"code\":\"DLF.1\",\"message\":\"m\"}", "DLF.1", "m" },
    { "{\"error_msg\":\"m\",\"error_code\":\"APIGW.0301\",\"request_id\":\"r-1\"}", "APIGW.0301",
      "m", "r-1" },
    { "{\"requestId\":\"r-1\"}", NULL, NULL, "r-1" },
    { "{\"RequestId\":\"r-1\"}", NULL, NULL, "r-1" },
    { "{\"requestID\":7}", NULL, NULL, "7" },
    { "{\"error\":{\"request-id\":\"r-1\"}}", NULL, NULL, "r-1" },
    { "{\"request_id\":\"\",\"trace_id\":\"r-1\"}", NULL, NULL, "r-1" },
    { "{\"request_id\":{},\"traceId\":\"r-1\"}", NULL, NULL, "r-1" },
    { "{\"request\":\"r-1\",\"id\":\"r-2\"}", NULL, NULL, NULL },
    { "{\"error\":{\"code\":400,\"message\":\"m\",\"title\":\"Bad Request\"}}", NULL, "m" },
    { "{\"error\":{\"code\":7,\"message\":\"m\"}}", "7", "m" },
    { "{\"errors\":[{\"error_code\":\"DAYU.3601\",\"error_msg\":\"m\"}]}", "DAYU.3601", "m" },
    { "[[{\"a\":{\"b\":[{\"error_code\":\"X.1\",\"error_msg\":\"m\"}]}}]]", "X.1", "m" },
    { "{\"message\":\"outer\",\"inner\":{\"error_code\":\"X.1\",\"error_msg\":\"m\"}}", "X.1",
      "m" },
    { "{\"error_code\":\"X.1\",\"inner\":{\"error_code\":\"X.2\",\"error_msg\":\"m\"}}", "X.1",
      "m" },
    { "{\"error_code\":\"X.1\"}", "X.1", NULL },
    { "{\"error_msg\":\"m\"}", NULL, "m" },
    { "{\"error_code\":null,\"error_msg\":[\"m\"]}", NULL, NULL },
    { "{\"error_code\":\"\",\"error_msg\":\"\"}", NULL, NULL },
    { "{\"error_code\":{},\"error_msg\":1.5}", NULL, NULL },
    { "{}", NULL, NULL },
    { "[]", NULL, NULL },
    { "{'error_code':'X.1'}", NULL, NULL },
    { "{\"error_code\":\"X.1\"", NULL, NULL },
    { "\"text\"", NULL, NULL },
    { "", NULL, NULL },
    { "   ", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].body, strlen (cases[i].body));
      g_autoptr (WbServiceBody) body = wb_service_body_parse (bytes, 400, NULL);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (body->code, ==, cases[i].code);
      g_assert_cmpstr (body->message, ==, cases[i].message);
      g_assert_cmpstr (body->request_id, ==, cases[i].request_id);
    }
}

static void
test_kinds (void)
{
  static const struct
  {
    const char       *body;
    gssize            length;
    WbServiceBodyKind kind;
    const char       *title;
  } cases[] = {
    { "", 0, WB_SERVICE_BODY_EMPTY },
    { "\r\n", -1, WB_SERVICE_BODY_EMPTY },
    { "{}", -1, WB_SERVICE_BODY_JSON },
    { "<html><title> Log\nin </title>", -1, WB_SERVICE_BODY_HTML, "Log\nin" },
    { "<!-- x --><HTML><TITLE lang='de'>A</Title>", -1, WB_SERVICE_BODY_HTML, "A" },
    { "<html><title>open", -1, WB_SERVICE_BODY_HTML, NULL },
    { "<html><title", -1, WB_SERVICE_BODY_HTML, NULL },
    { "<html><title></title>", -1, WB_SERVICE_BODY_HTML, NULL },
    { "<Error><Code>NoSuchBucket</Code></Error>", -1, WB_SERVICE_BODY_OTHER },
    { "PK\3\4", -1, WB_SERVICE_BODY_OTHER },
    { "\0\xff\xfe", 3, WB_SERVICE_BODY_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length >= 0 ? (gsize) cases[i].length : strlen (cases[i].body);
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].body, length);
      g_autoptr (WbServiceBody) body = wb_service_body_parse (bytes, 200, NULL);

      g_assert_cmpint (body->kind, ==, cases[i].kind);
      g_assert_cmpstr (body->title, ==, cases[i].title);
      if (body->start != NULL)
        g_assert_true (g_utf8_validate (body->start, -1, NULL));
    }
}

/* A reply that is no export but holds connections: nothing secret is shown of it, and no bytes. */
static void
test_connections (void)
{
  static const struct
  {
    const char *body;
    gssize      length;
    const char *start;
    const char *message;
  } cases[] = {
    { "{\"connections\":[{\"name\":\"a\",\"config\":{\"password\":\"CANARY\",\"port\":1}}]}", -1,
      "{\"connections\":[{\"name\":\"a\",\"config\":{\"password\":\"••••••••\",\"port\":1}}]}",
      NULL },
    { "{\"inputs\":[{\"name\":\"linkConfig.password\",\"value\":\"CANARY\"}]}", -1,
      "{\"inputs\":[{\"name\":\"linkConfig.password\",\"value\":\"••••••••\"}]}", NULL },
    { "{\"password\":\"CANARY\",\"cut off\":", -1, "{\"password\":\"••••••••\",\"cut off\":",
      NULL },
    { "url=jdbc:x://u:CANARY@h", -1, "url=jdbc:x://u:••••••••@h", NULL },
    { "{\"error_code\":\"X.1\",\"error_msg\":\"not {\\\"password\\\":\\\"CANARY\\\"}\"}", -1, NULL,
      "not {\"password\":\"••••••••\"}" },
    { "{\"error_code\":\"X.1\",\"error_msg\":\"Invalid token: it has expired\"}", -1, NULL,
      "Invalid token: it has expired" },
    { "PK\3\4\24\0\0CANARY", 13, "ZIP data (13 bytes)", NULL },
    { "Warning\nPK\3\4\24CANARY", 19, "ZIP data (19 bytes)", NULL },
    { "\0\1CANARY", 8, "Binary data (8 bytes)", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length >= 0 ? (gsize) cases[i].length : strlen (cases[i].body);
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].body, length);
      g_autoptr (WbServiceBody) body = wb_service_body_parse (bytes, 400, NULL);

      g_assert_cmpstr (body->start, ==, cases[i].start);
      g_assert_cmpstr (body->message, ==, cases[i].message);
    }
}

static void
assert_hidden (const GError *error)
{
  const char *texts[] = { error->message, wb_error_get_detail (error),
                          wb_error_get_request_id (error), wb_error_get_service_code (error) };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (texts[i] == NULL || strstr (texts[i], "CANA") == NULL);
}

/* What a code, an ID and a message are is decided by the keys around them and by the whole body,
 * before anything is cut off. */
static void
test_quoted_secrets (void)
{
  static const struct
  {
    const char *body;
    const char *says;
  } cases[] = {
    { "{\"connection\":{\"password\":{\"code\":\"CANARY\",\"message\":\"CANARY\"}}}" },
    { "{\"secret\":{\"request_id\":\"CANARY\"}}" },
    { "{\"a\":[{\"name\":\"x\",\"code\":\"CANARY\",\"password\":\"CANARY\"}]}" },
    { "{\"request_id\":\"r-CANARY\",\"code\":\"X.CANARY\",\"message\":\"no CANARY\","
      "\"connection\":{\"password\":\"CANARY\"}}",
      "no ••••••••" },
    { "{\"message\":\"Bad password: CANARY\"}", "Bad password: ••••••••" },
    { "{\"message\":\"Invalid token: it has expired\"}", "Invalid token: it has expired" },
    { "{\"message\":\"Sent Bearer CANARY-0123456789abcdef\"}", "Sent Bearer ••••••••" },
    { "{\"code\":\"https://u:CANARY@h/\",\"message\":\"x\"}" },
    /* A body, or what it quotes, that is cut off. */
    { "[{\"name\":\"linkConfig.password\",\"value\":\"CANARY\"},{\"na" },
    { "{\"name\":\"linkConfig.password\",\"value\":\"CANARY\",\"desc" },
    { "{\"inputs\":[{\"name\":\"a.password\",\"value\":\"CANARY" },
    { "{\"inputs\":[{\"value\":\"CANARY\",\"name\":\"a.password\"},[1,{\"x\":" },
    { "{\"message\":\"Wrong: {\\\"name\\\":\\\"a.password\\\",\\\"value\\\":\\\"CANARY\\\","
      "\\\"b\"}",
      "Wrong: {\"name\":\"a.password\",\"value\":\"••••••••\",\"b" },
    { "{\"password\":{\"a\":\"CANARY\",\"b\":[\"CANARY\"" },
    { "{\"keys\":[[\"password\",\"CANARY" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 400,
                                            cases[i].body);

      g_test_message ("%s: %s", cases[i].body, wb_error_get_detail (error));
      assert_hidden (error);
      if (cases[i].says != NULL)
        g_assert_cmpstr (wb_error_get_detail (error), ==, cases[i].says);
    }
}

/* A connection's secret, which is found by its end, that each limit cuts in two. */
static void
test_quoted_cut (void)
{
  static const guint limits[] = { 120, 128, 200, 500, 2000 };

  for (guint n = 0; n < G_N_ELEMENTS (limits) * 40; n++)
    {
      guint            length = limits[n % G_N_ELEMENTS (limits)] - n / G_N_ELEMENTS (limits);
      g_autofree char *filler = g_strnfill (length, '.');
      g_autofree char *url = g_strconcat (filler, " jdbc:x://u:CANARY-of-some-length@h/", NULL);
      g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\",\"message\":\"%s\","
                                               "\"request_id\":\"%s\"}",
                                               url, url, url);
      g_autofree char *page = g_strdup_printf ("<html><title>%s</title>", url);
      g_autoptr (GError) error = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 400, body);
      g_autoptr (GError) page_error = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 400, page);
      g_autoptr (GError) start = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 400, url);

      assert_hidden (error);
      assert_hidden (page_error);
      assert_hidden (start);
    }
}

/* What is shown of the headers. */
static void
test_secrets_in_headers (void)
{
  static const char *const values[] = {
    "/login?user=u&password=CANARY",
    "//u:CANARY@h/?a",
    "x://u:CANARY@h",
    "password=CANARY",
    "Bearer CANARY-0123456789abcdef",
  };
  static const char *const names[] = { "Location", "Server", "Via", "X-Request-Id" };
  static const char        page[] = "<html><title>x</title>";

  for (guint i = 0; i < G_N_ELEMENTS (values) * G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SoupMessageHeaders) headers = NULL;
      g_autoptr (GBytes) body = g_bytes_new_static (page, strlen (page));
      WbServiceReply reply = { .host = "h", .status = 302, .body = body, .now = NOW };
      g_autoptr (GError) redirect = NULL;
      g_autoptr (GError) error = NULL;

      headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      soup_message_headers_append (headers, names[i % G_N_ELEMENTS (names)],
                                   values[i / G_N_ELEMENTS (names)]);
      reply.headers = headers;
      redirect = wb_service_error_new (&reply);
      assert_hidden (redirect);
      reply.status = 403;
      error = wb_service_error_new (&reply);
      assert_hidden (error);
    }
}

/* 64 KiB of anything gives texts of limited length, and at once. */
static void
test_hostile (void)
{
  static const char *const secrets[] = { "CANARY-1", "CANARY-2", NULL };
  static const char *const pieces[] = {
    "[", "{\"a\":", "{\"error_msg\":\"", "\xf0\x9f\x9a", "\xff", "<html><title>", "<title",
    "{\"error_code\":\"X\",", "\"", "\\u0000", "&", "%", "\\", "{\"", "{ \"a\": ",
    "name:'", "value:'", "token: it is "
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (WbServiceBody) body = NULL;

      while (text->len < 64 * 1024)
        g_string_append (text, pieces[i]);
      bytes = g_string_free_to_bytes (text);
      body = wb_service_body_parse (bytes, 500, secrets);
      g_assert_true (body->start == NULL || strlen (body->start) <= 500);
      g_assert_true (body->title == NULL || strlen (body->title) <= 120);
    }
}

/* However much a service says, only so much of it is shown. */
static void
test_long_message (void)
{
  g_autofree char *filler = g_strnfill (50000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"error_code\":\"%s\",\"error_msg\":\"%.1999s€%s\"}",
                                           filler, filler, filler);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WbServiceBody) body = wb_service_body_parse (bytes, 500, NULL);

  g_assert_cmpuint (strlen (body->code), <=, 128);
  g_assert_cmpuint (strlen (body->message), <=, 2000);
  g_assert_true (g_utf8_validate (body->message, -1, NULL));
}

/* Every documented code of the calls that are made, and every status, has a sentence of its own;
 * the other codes have that of the status. */
static void
test_codes (void)
{
  static const struct
  {
    guint       status;
    const char *code;
    WbError     meaning;
  } cases[] = {
    { 400, "DLF.6322", WB_ERROR_NO_CONNECTIONS },
    { 400, "DLF.6888", WB_ERROR_NOT_PERMITTED },
    { 400, "DLF.3051", WB_ERROR_SERVICE },
    { 400, "DLF.0802", WB_ERROR_SERVICE },
    { 400, "DLF.0803", WB_ERROR_SERVICE },
    { 400, "DLF.0810", WB_ERROR_SERVICE },
    { 400, "DLF.0815", WB_ERROR_SERVICE },
    { 400, "DLF.1242", WB_ERROR_SERVICE },
    { 400, "DLF.6271", WB_ERROR_SERVICE },
    { 400, "DLF.6309", WB_ERROR_SERVICE },
    { 400, "DLF.6323", WB_ERROR_SERVICE },
    { 400, "DLF.6416", WB_ERROR_SERVICE },
    { 400, "DLF.6418", WB_ERROR_SERVICE },
    { 400, "DLF.6423", WB_ERROR_SERVICE },
    { 400, "DLF.20810", WB_ERROR_SERVICE },
    { 404, "APIG.0101", WB_ERROR_WITHDRAWN },
    { 404, "APIGW.0101", WB_ERROR_WITHDRAWN },
    { 404, "APIC.0101", WB_ERROR_WITHDRAWN },
    { 413, "APIGW.0201", WB_ERROR_SERVICE },
    { 502, "APIGW.0202", WB_ERROR_SERVICE },
    { 504, "APIGW.0203", WB_ERROR_SERVICE },
    { 400, "APIGW.0204", WB_ERROR_NETWORK },
    { 401, "APIGW.0301", WB_ERROR_SIGN_IN },
    { 403, "APIGW.0302", WB_ERROR_NOT_PERMITTED },
    { 401, "APIGW.0305", WB_ERROR_SIGN_IN },
    { 403, "APIGW.0306", WB_ERROR_NOT_PERMITTED },
    { 401, "APIGW.0307", WB_ERROR_SIGN_IN },
    { 429, "APIGW.0308", WB_ERROR_SERVICE },
    { 403, "APIGW.0310", WB_ERROR_NOT_PERMITTED },
    { 403, "APIGW.0401", WB_ERROR_NOT_PERMITTED },
    { 403, "APIGW.0402", WB_ERROR_NOT_PERMITTED },
    { 500, "APIGW.0601", WB_ERROR_SERVICE },
    { 500, "APIGW.0606", WB_ERROR_SERVICE },
    { 503, "APIGW.0613", WB_ERROR_SERVICE },
    { 403, "APIGW.0802", WB_ERROR_NOT_PERMITTED },
    { 401, "IAM.0001", WB_ERROR_SIGN_IN },
    { 403, "IAM.0002", WB_ERROR_NOT_PERMITTED },
    { 403, "IAM.0003", WB_ERROR_NOT_PERMITTED },
    { 404, "IAM.0004", WB_ERROR_SERVICE },
    { 500, "IAM.0006", WB_ERROR_SERVICE },
    { 429, "IAM.0012", WB_ERROR_SERVICE },
    { 401, "IAM.0061", WB_ERROR_SIGN_IN },
    { 401, "IAM.0062", WB_ERROR_SIGN_IN },
    { 401, "IAM.0063", WB_ERROR_SIGN_IN },
    { 401, "IAM.0064", WB_ERROR_SIGN_IN },
    { 401, "IAM.0066", WB_ERROR_SIGN_IN },
    { 401, "IAM.0067", WB_ERROR_SIGN_IN },
    { 403, "IAM.0080", WB_ERROR_NOT_PERMITTED },
    { 403, "IAM.0081", WB_ERROR_NOT_PERMITTED },
    { 403, "IAM.0082", WB_ERROR_NOT_PERMITTED },
    { 403, "IAM.0083", WB_ERROR_NOT_PERMITTED },
    { 400, NULL, WB_ERROR_SERVICE },
    { 401, NULL, WB_ERROR_SIGN_IN },
    { 403, NULL, WB_ERROR_NOT_PERMITTED },
    { 404, NULL, WB_ERROR_SERVICE },
    { 405, NULL, WB_ERROR_SERVICE },
    { 406, NULL, WB_ERROR_SERVICE },
    { 407, NULL, WB_ERROR_NETWORK },
    { 408, NULL, WB_ERROR_SERVICE },
    { 409, NULL, WB_ERROR_SERVICE },
    { 410, NULL, WB_ERROR_WITHDRAWN },
    { 411, NULL, WB_ERROR_SERVICE },
    { 412, NULL, WB_ERROR_SERVICE },
    { 413, NULL, WB_ERROR_SERVICE },
    { 414, NULL, WB_ERROR_SERVICE },
    { 415, NULL, WB_ERROR_SERVICE },
    { 416, NULL, WB_ERROR_SERVICE },
    { 417, NULL, WB_ERROR_SERVICE },
    { 422, NULL, WB_ERROR_SERVICE },
    { 429, NULL, WB_ERROR_SERVICE },
    { 500, NULL, WB_ERROR_SERVICE },
    { 501, NULL, WB_ERROR_SERVICE },
    { 502, NULL, WB_ERROR_SERVICE },
    { 503, NULL, WB_ERROR_SERVICE },
    { 504, NULL, WB_ERROR_SERVICE },
    { 505, NULL, WB_ERROR_SERVICE },
  };
  static const WbServiceCall calls[] = { WB_SERVICE_CALL_EXPORT, WB_SERVICE_CALL_SIGN_IN };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (calls); j++)
        {
          for (guint method = WB_AUTH_PASSWORD; method <= WB_AUTH_TOKEN; method++)
            {
              WbError     meaning = WB_ERROR_FAILED;
              const char *sentence;

              sentence = wb_service_codes_find (calls[j], method, cases[i].status, cases[i].code,
                                                NULL, &meaning);
              g_assert_nonnull (sentence);
              if (calls[j] == WB_SERVICE_CALL_SIGN_IN && cases[i].meaning == WB_ERROR_WITHDRAWN)
                g_assert_cmpint (meaning, ==, WB_ERROR_SERVICE);
              else
                g_assert_cmpint (meaning, ==, cases[i].meaning);
              g_assert_true (g_str_has_suffix (sentence, "."));
            }
        }
    }
}

/* What each call for connections means by it, and never by a sentence about another call. */
static void
test_sources (void)
{
  static const struct
  {
    WbServiceCall call;
    guint         status;
    const char   *code;
    WbError       meaning;
    const char   *words;
  } cases[] = {
    { WB_SERVICE_CALL_EXPORT, 404, "APIG.0101", WB_ERROR_WITHDRAWN, "export" },
    { WB_SERVICE_CALL_EXPORT, 404, NULL, WB_ERROR_SERVICE, "export" },
    { WB_SERVICE_CALL_EXPORT, 410, NULL, WB_ERROR_WITHDRAWN, "export" },
    { WB_SERVICE_CALL_EXPORT, 400, "DLF.6888", WB_ERROR_NOT_PERMITTED, "export" },
    { WB_SERVICE_CALL_CONNECTIONS, 404, "APIG.0101", WB_ERROR_WITHDRAWN, "list" },
    { WB_SERVICE_CALL_CONNECTIONS, 404, "APIGW.0101", WB_ERROR_WITHDRAWN, "list" },
    { WB_SERVICE_CALL_CONNECTIONS, 404, NULL, WB_ERROR_SERVICE, "connections" },
    { WB_SERVICE_CALL_CONNECTIONS, 410, NULL, WB_ERROR_WITHDRAWN, "list" },
    { WB_SERVICE_CALL_CONNECTIONS, 400, "DLF.6888", WB_ERROR_NOT_PERMITTED, "see connections" },
    { WB_SERVICE_CALL_CONNECTIONS, 403, NULL, WB_ERROR_NOT_PERMITTED, "see connections" },
    { WB_SERVICE_CALL_DATA_CONNECTIONS, 404, "APIG.0101", WB_ERROR_WITHDRAWN,
      "Management Center address" },
    { WB_SERVICE_CALL_DATA_CONNECTIONS, 410, NULL, WB_ERROR_WITHDRAWN, "Management Center" },
    { WB_SERVICE_CALL_DATA_CONNECTIONS, 404, NULL, WB_ERROR_SERVICE, "Management Center" },
    { WB_SERVICE_CALL_DATA_CONNECTIONS, 403, NULL, WB_ERROR_NOT_PERMITTED, "Management Center" },
    { WB_SERVICE_CALL_DATA_CONNECTIONS, 400, "DAYU.3601", WB_ERROR_NOT_PERMITTED, "workspace" },
    { WB_SERVICE_CALL_DATA_CONNECTION, 404, "APIG.0101", WB_ERROR_SERVICE, "this connection" },
    { WB_SERVICE_CALL_DATA_CONNECTION, 410, NULL, WB_ERROR_SERVICE, "this connection" },
    { WB_SERVICE_CALL_DATA_CONNECTION, 400, "DAYU.1005", WB_ERROR_SERVICE, "this connection" },
    { WB_SERVICE_CALL_DATA_CONNECTION, 403, NULL, WB_ERROR_NOT_PERMITTED, "see it" },
    /* 410 elsewhere is no word on the export. */
    { WB_SERVICE_CALL_WORKSPACES, 410, NULL, WB_ERROR_SERVICE, "workspace" },
    { WB_SERVICE_CALL_SIGN_IN, 410, NULL, WB_ERROR_SERVICE, "sign-ins" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"errors\":[{\"error_code\":\"%s\"}]}",
                                               cases[i].code != NULL ? cases[i].code : "");
      g_autoptr (GError) error = new_error (cases[i].call, WB_AUTH_KEY, cases[i].status,
                                            cases[i].code != NULL ? body : "{}");

      g_test_message ("%u: %s", i, error->message);
      g_assert_error (error, WB_ERROR, (int) cases[i].meaning);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_true (cases[i].call == WB_SERVICE_CALL_EXPORT
                     || strstr (error->message, "export") == NULL);
    }
}

/* An unknown code falls back to the status, an unknown status to a sentence that names it. */
static void
test_unknown (void)
{
  static const char *const codes[] = {
    "DLF.9999", "DLF.", "DLF.63221", "dlf.6322", "APIG.9999", "APIGX.0101", "IAM.9999", "X"
  };
  g_autoptr (GError) odd = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 418, "{}");

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"error_code\":\"%s\"}", codes[i]);
      g_autoptr (GError) known = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, 403, body);

      g_assert_error (known, WB_ERROR, WB_ERROR_NOT_PERMITTED);
      g_assert_cmpstr (wb_error_get_service_code (known), ==, codes[i]);
    }

  g_assert_error (odd, WB_ERROR, WB_ERROR_SERVICE);
  g_assert_nonnull (strstr (odd->message, "418"));
  g_assert_nonnull (strstr (odd->message, "dayu-dlf.example.com"));
}

/* The gateway says a lot under one code. */
static void
test_phrases (void)
{
  static const struct
  {
    guint       status;
    const char *message;
    const char *expected;
  } cases[] = {
    { 401, "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest",
      "secret key is probably wrong" },
    { 401, "Incorrect IAM authentication information: calc ak sk signature fail:signature expired",
      "temporary access key has expired" },
    { 401, "Get secretKey failed,ak:AAA,err:ak not exist", "does not know this access key" },
    { 401, "ak AAA not exist", "does not know this access key" },
    { 401, "AK access failed to reach the limit,forbidden", "Wait 5 minutes" },
    { 401, "decrypt token fail", "cannot read the token" },
    { 401, "token expires, expires_at: 2026", "The token has expired" },
    { 401, "The password is expired and needs to be changed for user: x", NULL },
    { 401, "The account is locked.", "Wait 15 minutes" },
    { 400, "Workspace does not exists", "does not know this workspace" },
    { 401, "x-auth-token not found", "did not accept the access key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strconcat ("{\"error_code\":\"APIGW.0301\",\"error_msg\":\"",
                                           cases[i].message, "\"}", NULL);
      g_autoptr (GError) error = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_KEY, cases[i].status,
                                            body);

      g_test_message ("%s: %s", cases[i].message, error->message);
      g_assert_cmpstr (wb_error_get_detail (error), ==, cases[i].message);
      if (cases[i].expected != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].expected));
    }
}

/* A second factor, as the identity service asks for it. */
static void
test_one_time_code (void)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  const WbServiceReply with_header = {
    .call = WB_SERVICE_CALL_SIGN_IN,
    .host = "iam.example.com",
    .status = 401,
    .headers = headers,
    .now = NOW,
  };
  g_autoptr (GError) by_body = NULL;
  g_autoptr (GError) by_header = NULL;

  soup_message_headers_append (headers, "Openstack-Auth-Receipt", "receipt");
  by_header = wb_service_error_new (&with_header);
  by_body = new_error (WB_SERVICE_CALL_SIGN_IN, WB_AUTH_PASSWORD, 401,
                       "{\"receipt\":{\"methods\":[\"password\"]},"
                       "\"required_auth_methods\":[[\"password\",\"totp\"]]}");

  g_assert_error (by_header, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_error (by_body, WB_ERROR, WB_ERROR_SECOND_FACTOR);
  g_assert_nonnull (strstr (by_header->message, "one-time code"));
  g_assert_cmpstr (by_body->message, ==, by_header->message);
}

/* The clouds' own words for it, and words that only look like them. */
static void
test_second_factor_words (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         meaning;
    const char *words;
  } cases[] = {
    { 401,
      "{\"error\":{\"code\":401,\"message\":\"mfa totp code verify fail\","
      "\"title\":\"Unauthorized\"}}",
      WB_ERROR_SECOND_FACTOR, "one-time code" },
    { 403, "{\"error\": \"mfa totp code verify fail\"}", WB_ERROR_SECOND_FACTOR,
      "one-time code" },
    { 401, "mfa totp code verify fail", WB_ERROR_SECOND_FACTOR, "one-time code" },
    { 400, "{\"error_msg\":\"Invalid TOTP passcode.\",\"error_code\":\"IAM.1061\"}",
      WB_ERROR_SECOND_FACTOR, "one-time code" },
    { 400, "{\"error_msg\":\"x\",\"error_code\":\"IAM.1061\"}", WB_ERROR_SECOND_FACTOR,
      "one-time code" },
    { 401, "{\"error\":{\"message\":\"Additional authentications steps required.\"}}",
      WB_ERROR_SECOND_FACTOR, "one-time code" },
    { 401, "{\"error\":{\"message\":\"Two-factor authentication is needed\"}}",
      WB_ERROR_SECOND_FACTOR, "one-time code" },
    { 401, "{\"error\":{\"message\":\"请输入MFA验证码\"}}", WB_ERROR_SECOND_FACTOR,
      "one-time code" },
    { 401, "{\"error\":{\"message\":\"The SMS verification code is missing\"}}",
      WB_ERROR_SIGN_IN, "Use an access key" },
    { 401, "{\"error\":{\"message\":\"The email address or password is wrong.\"}}",
      WB_ERROR_SIGN_IN, "the password or the project is wrong" },
    { 401, "{\"error\":{\"message\":\"The user name (mfalk) or password is wrong.\"}}",
      WB_ERROR_SIGN_IN, "the password or the project is wrong" },
    { 401, "{\"error\":{\"message\":\"The account is locked: too many wrong MFA codes.\"}}",
      WB_ERROR_SIGN_IN, "is locked" },
    { 403, "{\"error\":{\"message\":\"An MFA device must be bound first: bind one.\"}}",
      WB_ERROR_NOT_PERMITTED, "programmatic" },
    { 401, "<html><title>MFA</title>", WB_ERROR_NETWORK, "a web page" },
    { 500, "{\"error\":{\"message\":\"mfa totp code verify fail\"}}", WB_ERROR_SERVICE,
      "internal error" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = new_error (WB_SERVICE_CALL_SIGN_IN, WB_AUTH_PASSWORD,
                                            cases[i].status, cases[i].body);
      g_autoptr (GError) scope = new_error (WB_SERVICE_CALL_SCOPE, WB_AUTH_PASSWORD,
                                            cases[i].status, cases[i].body);
      g_autoptr (GError) with_code = new_error (WB_SERVICE_CALL_SIGN_IN_WITH_CODE,
                                                WB_AUTH_PASSWORD, cases[i].status,
                                                cases[i].body);
      g_autoptr (GError) other = new_error (WB_SERVICE_CALL_EXPORT, WB_AUTH_PASSWORD,
                                            cases[i].status, cases[i].body);

      g_test_message ("%s: %s", cases[i].body, error->message);
      g_assert_error (error, WB_ERROR, cases[i].meaning);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      if (cases[i].meaning == WB_ERROR_SECOND_FACTOR)
        {
          g_assert_error (scope, WB_ERROR, WB_ERROR_SECOND_FACTOR);
          g_assert_error (with_code, WB_ERROR, WB_ERROR_SIGN_IN);
          g_assert_nonnull (strstr (with_code->message, "try again with a new one"));
        }
      g_assert_false (g_error_matches (other, WB_ERROR, WB_ERROR_SECOND_FACTOR));
    }
}

/* A code that is asked for where there can be none, or again, or where something else is. */
static void
test_second_factor (void)
{
  static const struct
  {
    WbServiceCall call;
    guint         status;
    const char   *methods;
    int           meaning;
    const char   *words;
  } cases[] = {
    { WB_SERVICE_CALL_SIGN_IN, 401, "[[\"oauth1\"],[\"totp\",\"password\"]]",
      WB_ERROR_SECOND_FACTOR, "one-time code" },
    { WB_SERVICE_CALL_SIGN_IN, 401, "[\"totp\"]", WB_ERROR_SECOND_FACTOR, "one-time code" },
    { WB_SERVICE_CALL_SIGN_IN, 401, "[]", WB_ERROR_SECOND_FACTOR, "one-time code" },
    { WB_SERVICE_CALL_SIGN_IN, 401, "null", WB_ERROR_SECOND_FACTOR, "one-time code" },
    { WB_SERVICE_CALL_SIGN_IN, 401, "[[\"password\",\"oauth1\"]]", WB_ERROR_SIGN_IN,
      "Use an access key" },
    { WB_SERVICE_CALL_SIGN_IN, 403, "[[\"totp\"]]", WB_ERROR_NOT_PERMITTED, "programmatic" },
    { WB_SERVICE_CALL_SIGN_IN_WITH_CODE, 401, "[[\"totp\"]]", WB_ERROR_SIGN_IN,
      "try again with a new one" },
    { WB_SERVICE_CALL_EXPORT, 401, "[[\"totp\"]]", WB_ERROR_SIGN_IN, "access key" },
    { WB_SERVICE_CALL_EXPORT, 200, "[[\"totp\"]]", WB_ERROR_SERVICE, "instead of an export" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"required_auth_methods\":%s}", cases[i].methods);
      g_autoptr (GError) error = new_error (cases[i].call,
                                            cases[i].call == WB_SERVICE_CALL_EXPORT
                                              ? WB_AUTH_KEY
                                              : WB_AUTH_PASSWORD,
                                            cases[i].status, body);

      g_test_message ("%u: %s", i, error->message);
      g_assert_error (error, WB_ERROR, cases[i].meaning);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* Only for a signature, only with 401, only beyond a quarter of an hour. */
static void
test_clock (void)
{
  static const struct
  {
    WbAuthMethod method;
    guint        status;
    gint64       difference;
    gboolean     told;
  } cases[] = {
    { WB_AUTH_KEY, 401, 901, TRUE },
    { WB_AUTH_KEY, 401, -901, TRUE },
    { WB_AUTH_KEY, 401, 900, FALSE },
    { WB_AUTH_KEY, 401, -900, FALSE },
    { WB_AUTH_KEY, 403, 5000, FALSE },
    { WB_AUTH_TOKEN, 401, 5000, FALSE },
    { WB_AUTH_PASSWORD, 401, 5000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessageHeaders) headers = NULL;
      g_autoptr (GDateTime) there = g_date_time_new_from_unix_utc (NOW + cases[i].difference);
      g_autofree char *date = soup_date_time_to_string (there, SOUP_DATE_HTTP);
      g_autoptr (GError) error = NULL;
      WbServiceReply reply = {
        .call = WB_SERVICE_CALL_EXPORT,
        .method = cases[i].method,
        .host = "h",
        .status = cases[i].status,
        .now = NOW,
      };

      headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      soup_message_headers_append (headers, "Date", date);
      reply.headers = headers;
      error = wb_service_error_new (&reply);
      g_assert_cmpint (strstr (error->message, "clocks differ") != NULL, ==, cases[i].told);
      if (cases[i].told)
        g_assert_nonnull (strstr (error->message, "2026-11-23 08:00:00"));
    }
}

/* A secret is left out wherever it is echoed, and what is shown unescaped is safe. */
static void
test_echo (void)
{
  static const char *const secrets[] = { "s3cret", "t0ken", NULL };
  static const char        body[] = "{\"error_code\":\"X.s3cret\x1b[2J\",\"error_msg\":\"t0ken "
                                    "s3crets3cret\"}";
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (GBytes) page = g_bytes_new_static ("<html><title>s3cret \u202e</title>", 31);
  WbServiceReply reply = {
    .call = WB_SERVICE_CALL_EXPORT,
    .host = "h",
    .status = 500,
    .headers = headers,
    .body = bytes,
    .now = NOW,
    .secrets = secrets,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) title = NULL;
  g_autoptr (GError) target = NULL;

  soup_message_headers_append (headers, "X-Request-Id", "r-t0ken");
  soup_message_headers_append (headers, "Location", "https://s3cret.example/t0ken");
  error = wb_service_error_new (&reply);
  g_assert_cmpstr (wb_error_get_request_id (error), ==, "r-•••");
  g_assert_cmpstr (wb_error_get_detail (error), ==,
                   "{\"error_code\":\"X.••••••••\x1b[2J\",\"error_msg\":\"••• ••••••••\"}");

  reply.status = 200;
  reply.body = page;
  title = wb_service_error_new (&reply);
  g_assert_nonnull (strstr (title->message, "“•••••••• \\u{202E}”"));

  reply.status = 302;
  target = wb_service_error_new (&reply);
  g_assert_nonnull (strstr (target->message, "“https://••••••••.example”"));
}

/* However the service writes it, and where its words are cut to a limit. */
static void
test_echo_forms (void)
{
  static const char *const secrets[] = { "Pa\"ss\\w/rd &ü😀", "word", "passwords", "", NULL };
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { "Pa\"ss\\w/rd &ü😀!", "•••!" },
    { "Pa\\\"ss\\\\w/rd &ü😀!", "•••!" },
    { "Pa\\\"ss\\\\w\\/rd &\\u00fc\\ud83d\\uDE00!", "•••!" },
    { "Pa\\u0022ss\\u005Cw/rd \\u0026\\u00FC\\ud83d\\ude00!", "•••!" },
    { "<p>Pa&quot;ss\\w/rd &amp;ü😀</p>", "<p>•••</p>" },
    { "<p>Pa&#34;ss\\w&#x2F;rd &#38;&#xfc;&#128512;</p>", "<p>•••</p>" },
    { "?p=Pa%22ss%5Cw%2Frd%20%26%C3%BC%F0%9F%98%80&x", "?p=•••&x" },
    { "?p=Pa%22ss%5cw%2frd+%26%c3%bc%f0%9f%98%80&x", "?p=•••&x" },
    { "the word passwords", "the ••• •••" },
    { "Pa\"s", "•••" },
    { "wrong: Pa\\\"ss\\", "wrong: •••" },
    { "wrong: Pa\\\"ss\\\\w/rd &\\u00fc\\ud83d\\uDE", "wrong: •••" },
    { "wrong: Pa&quot;ss\\w/rd &am", "wrong: •••" },
    { "wrong: Pa%22ss%5Cw%2Frd%20%26%C", "wrong: •••" },
    { "bytes: 50612273735c772f72642026c3bcf09f9880!", "bytes: •••!" },
    { "Pa\"ss\\w/\n  rd &ü😀!", "•••!" },
    { "Pa\"ss\\\xe2\x80\x8bw/rd\xc2\xad &ü😀!", "•••!" },
    { "ends with a w", "ends with a w" },
    { "\\u00 \\ud83d\\u0041 &nbsp; &#xffffffff; &# %zz %ff %", NULL },
    { "Pa\"ss\\w/rd &\xef\xbf\xbd\xef\xbf\xbd!", "•••!" },
    { "Pa\"ss\\w/rd &\xfc\xef\xbf\xbd!", "•••!" },
    { "b'Pa\\x22ss\\\\w/rd &\\xc3\\xbc\\xF0\\x9F\\x98\\x80'", "b'•••'" },
    { "b'Pa\\\"ss\\x5cw/rd &\\xc3\\", "b'•••" },
    { "\\x \\xg0 \\xc3 \\xff\\xff", NULL },
    { "a\xff\xc3", "a\xff\xc3" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = wb_echo_hide (cases[i].text, secrets);
      g_autofree char *plain = wb_echo_hide (cases[i].text, NULL);

      g_assert_cmpstr (shown, ==, cases[i].shown != NULL ? cases[i].shown : cases[i].text);
      g_assert_cmpstr (plain, ==, cases[i].text);
    }
}

/* In a name that is not about what was sent, neither a piece nor a short one is an echo. */
static void
test_echo_whole (void)
{
  static const char *const secrets[] = { "Production1", "word", "", NULL };
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { "prod", NULL },
    { "My Production", NULL },
    { "UHJvZHVjdGl", NULL },
    { "a word", NULL },
    { "a production1.", "a •••." },
    { "Pro%64uction1", "•••" },
    { "50726f64756374696f6e31", "•••" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = wb_echo_hide_whole (cases[i].text, secrets);

      g_assert_cmpstr (shown, ==, cases[i].shown != NULL ? cases[i].shown : cases[i].text);
      g_assert_cmpint (wb_echo_has_whole (cases[i].text, secrets), ==, cases[i].shown != NULL);
    }
}

/* A token within what is encoded, as in a header of basic authentication. */
static void
test_echo_base64 (void)
{
  static const char *const secrets[] = { "Zq7-canary-of-a-token", NULL };

  for (gsize before = 0; before < 6; before++)
    {
      for (gsize after = 0; after < 4; after++)
        {
          g_autofree char *text = g_strdup_printf ("%.*s%s%.*s", (int) before, "jane:x", secrets[0],
                                                   (int) after, "more");
          g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
          g_autofree char *words = g_strconcat ("Basic ", encoded, " was refused", NULL);
          g_autofree char *shown = wb_echo_hide (words, secrets);
          g_test_message ("%s: %s", words, shown);
          g_assert_nonnull (strstr (shown, "•••"));
          g_assert_true (g_str_has_suffix (shown, " was refused"));
          /* Of the secret's 21 bytes two are left at an end at most. */
          g_assert_cmpuint (strlen (shown), <=, strlen (words) - 24 + strlen ("•••"));
          g_assert_true (wb_echo_has (encoded, secrets));
        }
    }
}

/* A secret that each limit on the service's words cuts in two. */
static void
test_echo_cut (void)
{
  static const char *const secrets[] = { "CANARY-of-some-length", NULL };
  static const char *const bodies[][2] = {
    { "{\"error_code\":\"", "\"}" },
    { "{\"error_msg\":\"", "\"}" },
    { "{\"request_id\":\"", "\"}" },
    { "<html><title>", "</title>" },
    { "", "" },
  };

  static const guint limits[] = { 120, 128, 200, 500, 2000 };

  for (guint n = 0; n < G_N_ELEMENTS (limits) * strlen (secrets[0]); n++)
    {
      guint            length = limits[n % G_N_ELEMENTS (limits)] - n / G_N_ELEMENTS (limits);
      g_autofree char *filler = g_strnfill (length, '.');
      g_autofree char *said = g_strconcat (filler, secrets[0], NULL);

      for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
        {
          g_autofree char *text = g_strconcat (bodies[i][0], said, bodies[i][1], NULL);
          g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
          g_autoptr (SoupMessageHeaders) headers = NULL;
          WbServiceReply reply = { .host = "h", .status = 200, .body = body, .secrets = secrets };
          g_autoptr (GError) error = NULL;
          g_autoptr (GError) redirect = NULL;

          headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
          soup_message_headers_append (headers, "Location", said);
          if (i > 2)
            soup_message_headers_append (headers, "X-Request-Id", said);
          reply.headers = headers;
          error = wb_service_error_new (&reply);
          assert_hidden (error);
          reply.status = 302;
          redirect = wb_service_error_new (&reply);
          assert_hidden (redirect);
        }
    }
}

/* A signature's echo, also without what stands before it in its header. */
static void
test_echo_of_signature (void)
{
  g_autoptr (WbCredentials) credentials = wb_credentials_new_key ("CANARY-a", "CANARY-s", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", "https://service.example.com/");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  static const char text[] = "{\"error_msg\":\"CANARY-a CANARY-s: not CANARY-1f\"}";

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "SDK-HMAC-SHA256 Access=CANARY-a, SignedHeaders=host, "
                               "Signature=CANARY-1f");
  body = g_bytes_new_static (text, strlen (text));
  error = wb_reply_error_new (message, body, WB_SERVICE_CALL_EXPORT, credentials, NULL, FALSE);
  g_assert_cmpstr (wb_error_get_detail (error), ==, "•••••••• ••••••••: not ••••••••");
}

static void
test_request_id (void)
{
  static const char *const names[] = {
    "x-request-id", "X-IAM-Trace-Id", "X-Openstack-Request-Id", "X-Compute-Request-Id",
    "x-obs-request-id", "Request-Id", "X-Trace-Id", "X-Correlation-ID"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SoupMessageHeaders) headers = NULL;
      g_autoptr (GError) error = NULL;
      WbServiceReply reply = { .host = "h", .status = 500, .now = NOW };

      headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      soup_message_headers_append (headers, names[i], "r-1");
      reply.headers = headers;
      error = wb_service_error_new (&reply);
      g_assert_cmpstr (wb_error_get_request_id (error), ==, "r-1");
    }
}

/* Details are promised where there are some, and 304 points nowhere. */
static void
test_promises (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    const char *says;
    gboolean    has_details;
  } cases[] = {
    { 418, "", "nothing more", FALSE },
    { 418, "{}", "details", TRUE },
    { 418, "{\"error_code\":\"X.1\"}", "details", TRUE },
    { 418, " \r\n", "nothing more", FALSE },
    { 418, "{\"error_msg\":\" \"}", "nothing more", FALSE },
    { 418, "{\"error_msg\":\"m\"}", "details", TRUE },
    { 418, "short and stout", "details", TRUE },
    { 418, "<html><title>T</title></html>", "a web page, “T”", TRUE },
    { 200, "{\"error_msg\":\"m\"}", "details", TRUE },
    { 200, "{\"error_msg\":\" \"}", "not an export", FALSE },
    { 304, "", "304", FALSE },
    { 304, "{\"error_msg\":\"m\"}", "304", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].body, strlen (cases[i].body));
      WbServiceReply reply = {
        .call = WB_SERVICE_CALL_EXPORT, .host = "h", .status = cases[i].status, .now = NOW
      };
      g_autoptr (GError) error = NULL;

      reply.body = bytes;
      error = wb_service_error_new (&reply);
      g_test_message ("%u %s: %s", cases[i].status, cases[i].body, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "another address"));
      g_assert_cmpint (wb_error_get_detail (error) != NULL, ==, cases[i].has_details);
      g_assert_cmpuint (wb_error_get_http_status (error), ==, cases[i].status);
    }
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *value;
    const char *date;
    int         seconds;
  } cases[] = {
    { "0", NULL, 0 },
    { "1", NULL, 1 },
    { " 30 ", NULL, 30 },
    { "120", NULL, 120 },
    { "121", NULL, 120 },
    { "1000000000", NULL, 120 },
    { "99999999999999999999999", NULL, 120 },
    { "Mon, 23 Nov 2026 08:00:30 GMT", NULL, 30 },
    { "Mon, 23 Nov 2026 07:00:00 GMT", NULL, 0 },
    { "Sat, 23 Nov 2999 08:00:00 GMT", NULL, 120 },
    /* by the clock that made it */
    { "Mon, 23 Nov 2026 09:00:30 GMT", "Mon, 23 Nov 2026 09:00:10 GMT", 20 },
    { "Mon, 23 Nov 2026 08:00:30 GMT", "no date", 30 },
    { NULL, NULL, WB_RETRY_AFTER_UNKNOWN },
    { "-5", NULL, WB_RETRY_AFTER_UNKNOWN },
    { "1.5", NULL, WB_RETRY_AFTER_UNKNOWN },
    { "soon", NULL, WB_RETRY_AFTER_UNKNOWN },
    { "", NULL, WB_RETRY_AFTER_UNKNOWN },
    { "5, 6", NULL, WB_RETRY_AFTER_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessageHeaders) headers = NULL;

      headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      if (cases[i].value != NULL)
        soup_message_headers_append (headers, "Retry-After", cases[i].value);
      if (cases[i].date != NULL)
        soup_message_headers_append (headers, "Date", cases[i].date);
      g_assert_cmpint (wb_retry_read_after (headers, NOW), ==, cases[i].seconds);
    }
}

static void
test_retry (void)
{
  static const struct
  {
    int      retry_after;
    guint    n_retries;
    int      limit;
    gboolean is_left;
    guint    wait_seconds;
  } cases[] = {
    { WB_RETRY_AFTER_UNKNOWN, 0, -1, TRUE, 2 },
    { WB_RETRY_AFTER_UNKNOWN, 1, -1, TRUE, 6 },
    { WB_RETRY_AFTER_UNKNOWN, 2, -1, TRUE, 18 },
    { WB_RETRY_AFTER_UNKNOWN, 3, -1, TRUE, 54 },
    { WB_RETRY_AFTER_UNKNOWN, 4, -1, FALSE },
    { WB_RETRY_AFTER_UNKNOWN, 1000, -1, FALSE },
    { WB_RETRY_AFTER_UNKNOWN, 4, 5, TRUE, 120 },
    { WB_RETRY_AFTER_UNKNOWN, 1000, G_MAXINT, TRUE, 120 },
    { WB_RETRY_AFTER_UNKNOWN, 0, 0, FALSE },
    { WB_RETRY_AFTER_UNKNOWN, 1, 1, FALSE },
    { 0, 0, -1, TRUE, 0 },
    { 30, 3, -1, TRUE, 30 },
    { 30, 4, -1, FALSE },
    { 30, 0, 0, FALSE },
    { WB_RETRY_AFTER_NEVER, 0, -1, FALSE },
    { WB_RETRY_AFTER_NEVER, 0, 9, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint wait_seconds = 0;

      g_assert_cmpint (wb_retry_get_wait (cases[i].retry_after, cases[i].n_retries,
                                          cases[i].limit, &wait_seconds),
                       ==, cases[i].is_left);
      g_assert_cmpuint (wait_seconds, ==, cases[i].wait_seconds);
    }
}

/* Which statuses ask for a retry. */
static void
test_retry_statuses (void)
{
  for (guint status = 100; status < 600; status++)
    {
      gboolean asks = status == 429 || status == 502 || status == 503 || status == 504;

      g_assert_cmpint (wb_retry_is_asked_for (status), ==, asks);
    }
}

/* Without a connection: as often as may be, within three seconds. */
static void
test_reconnect (void)
{
  for (int limit = -1; limit < 40; limit++)
    {
      guint n = 0;
      guint sum_ms = 0;
      guint wait_ms;

      while (wb_retry_get_reconnect_wait (n, limit, &wait_ms))
        {
          sum_ms += wait_ms;
          n++;
        }
      g_assert_cmpuint (n, ==, limit < 0 ? 3 : limit);
      g_assert_cmpuint (sum_ms, <=, 3000);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-error/shapes", test_shapes);
  g_test_add_func ("/service-error/kinds", test_kinds);
  g_test_add_func ("/service-error/connections", test_connections);
  g_test_add_func ("/service-error/quoted-secrets", test_quoted_secrets);
  g_test_add_func ("/service-error/quoted-cut", test_quoted_cut);
  g_test_add_func ("/service-error/secrets-in-headers", test_secrets_in_headers);
  g_test_add_func ("/service-error/hostile", test_hostile);
  g_test_add_func ("/service-error/long-message", test_long_message);
  g_test_add_func ("/service-error/codes", test_codes);
  g_test_add_func ("/service-error/sources", test_sources);
  g_test_add_func ("/service-error/unknown", test_unknown);
  g_test_add_func ("/service-error/phrases", test_phrases);
  g_test_add_func ("/service-error/one-time-code", test_one_time_code);
  g_test_add_func ("/service-error/second-factor", test_second_factor);
  g_test_add_func ("/service-error/second-factor-words", test_second_factor_words);
  g_test_add_func ("/service-error/clock", test_clock);
  g_test_add_func ("/service-error/echo", test_echo);
  g_test_add_func ("/service-error/echo-forms", test_echo_forms);
  g_test_add_func ("/service-error/echo-whole", test_echo_whole);
  g_test_add_func ("/service-error/echo-base64", test_echo_base64);
  g_test_add_func ("/service-error/echo-cut", test_echo_cut);
  g_test_add_func ("/service-error/echo-of-signature", test_echo_of_signature);
  g_test_add_func ("/service-error/request-id", test_request_id);
  g_test_add_func ("/service-error/promises", test_promises);
  g_test_add_func ("/service-error/retry-after", test_retry_after);
  g_test_add_func ("/service-error/retry", test_retry);
  g_test_add_func ("/service-error/retry-statuses", test_retry_statuses);
  g_test_add_func ("/service-error/reconnect", test_reconnect);

  return g_test_run ();
}
