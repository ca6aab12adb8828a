/* service-error.c: a reply that is not a success, as an error for a person
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/service/http/echo.h"
#include "core/service/http/reply-headers.h"
#include "core/service/http/sent-secrets.h"
#include "core/service/refusal/service-error-private.h"
#include "core/text.h"

#define MAX_ID_BYTES 128
#define MAX_LOCATION_BYTES 200
/* In place of an ID that is no ID. */
#define HIDDEN_ID "•••"
#define MAX_SERVER_BYTES 100
#define CLOCK_FORMAT "%Y-%m-%d %H:%M:%S"

/* For a sentence, a title or a ticket: one line without a secret. */
static char *
dup_line (const char           *text,
          gsize                 max_bytes,
          const WbServiceReply *reply)
{
  g_autofree char *safe = wb_safe_text_dup (text, max_bytes, reply->secrets);

  return wb_text_escape (safe, -1);
}

static char *
dup_request_id (const WbServiceReply *reply,
                const WbServiceBody  *body)
{
  const char      *id = NULL;
  g_autofree char *safe = NULL;

  if (reply->headers != NULL)
    id = wb_reply_headers_get_request_id (reply->headers);
  if (id != NULL)
    safe = wb_safe_text_dup (id, MAX_ID_BYTES, reply->secrets);
  else
    safe = g_strdup (body->request_id);
  if (safe == NULL)
    return NULL;

  /* A piece of a secret is none that could be found within the ID. */
  return wb_echo_has (safe, reply->secrets) ? g_strdup (HIDDEN_ID) : wb_text_escape (safe, -1);
}

/* Where a redirect points, without its path, which may hold private data; or the text itself if it
 * is not an address. */
static char *
dup_target (const WbServiceReply *reply)
{
  const char      *location;
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;

  location = reply->headers != NULL ? soup_message_headers_get_one (reply->headers, "Location")
                                    : NULL;
  if (location == NULL || *location == '\0')
    return NULL;

  uri = g_uri_parse (location, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
    text = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), "", NULL, NULL);
  else
    text = g_strdup (location);

  return dup_line (text, MAX_LOCATION_BYTES, reply);
}

/* The service's own words, or the page or the bytes that came instead. */
static const char *
get_words (const WbServiceBody *body)
{
  if (body->message != NULL)
    return body->message;

  return body->title != NULL ? body->title : body->start;
}

static gboolean
has_words (const WbServiceBody *body)
{
  const char *words = get_words (body);

  return words != NULL && words[strspn (words, " \t\r\n")] != '\0';
}

/* Services answer in JSON, so a web page is that of a filter or of a portal on the way. Only where
 * there is nothing at an address, a web server in the service's place says so as well. */
static gboolean
is_from_elsewhere (const WbServiceReply *reply,
                   const WbServiceBody  *body)
{
  return body->kind == WB_SERVICE_BODY_HTML && reply->status != SOUP_STATUS_NOT_FOUND
         && reply->status != SOUP_STATUS_METHOD_NOT_ALLOWED && reply->status != SOUP_STATUS_GONE;
}

/* Returns: (nullable): what the web server or the proxy calls itself */
static char *
dup_server (const WbServiceReply *reply)
{
  static const char *const names[] = { "Via", "Server" };
  const char              *value = NULL;

  for (guint i = 0; reply->headers != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (value == NULL || *value == '\0')
        value = soup_message_headers_get_list (reply->headers, names[i]);
    }
  if (value == NULL || *value == '\0')
    return NULL;

  return dup_line (value, MAX_SERVER_BYTES, reply);
}

static char *
describe_page (const WbServiceReply *reply,
               const WbServiceBody  *body,
               const char           *host)
{
  g_autofree char *title = body->title != NULL ? wb_text_escape (body->title, -1) : NULL;
  g_autofree char *server = dup_server (reply);
  g_autofree char *quoted = NULL;
  g_autofree char *from = NULL;

  /* Translators: the title of a web page, behind “answered with a web page”. */
  quoted = title != NULL ? g_strdup_printf (_ (", “%s”"), title) : g_strdup ("");
  /* Translators: what a web server calls itself, such as “squid/5.7”, behind “answered with a web
   * page”. */
  from = server != NULL ? g_strdup_printf (_ (", of “%s”"), server) : g_strdup ("");

  /* Translators: a host’s name, the title of a web page (“, “Title””) or nothing, an HTTP status,
   * and where it is from (“, of “Server””) or nothing. */
  return g_strdup_printf (_ ("%s answered with a web page%s (HTTP status %u)%s, which is not the "
                             "service. A proxy, a filter or the sign-in page of this network may "
                             "have answered in its place: open a web browser to see it, then try "
                             "again."),
                          host, quoted, reply->status, from);
}

/* A success that is not the success that was asked for. */
static char *
describe_wrong_success (const WbServiceReply *reply,
                        const WbServiceBody  *body,
                        const char           *host)
{
  if (wb_service_call_is_identity (reply->call))
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("%s did not answer like an identity service. Check the identity "
                               "address in the account."),
                            host);
  if (reply->call == WB_SERVICE_CALL_DATA_CONNECTION)
    /* Translators: a host's name, and an HTTP status such as 404. */
    return g_strdup_printf (_ ("%s answered with something other than a connection (HTTP status "
                               "%u)."),
                            host, reply->status);
  if (reply->call != WB_SERVICE_CALL_EXPORT)
    /* Translators: a host's name, and an HTTP status such as 404. */
    return g_strdup_printf (_ ("%s answered with something other than a list (HTTP status %u). "
                               "Check the addresses in the account."),
                            host, reply->status);
  if (body->kind == WB_SERVICE_BODY_EMPTY)
    /* Translators: a host's name, and an HTTP status such as 404. */
    return g_strdup_printf (_ ("%s answered with nothing instead of an export (HTTP status %u). "
                               "Try again; if this keeps happening, check the service address in "
                               "the account."),
                            host, reply->status);
  if (body->kind == WB_SERVICE_BODY_JSON && has_words (body))
    /* Translators: a host's name, and an HTTP status such as 404. */
    return g_strdup_printf (_ ("%s answered with a message instead of an export (HTTP status %u). "
                               "The details show what it says."),
                            host, reply->status);

  /* Translators: a host's name, and an HTTP status such as 404. */
  return g_strdup_printf (_ ("%s answered with something that is not an export (HTTP status %u). "
                             "Check the service address in the account."),
                          host, reply->status);
}

static char *
describe_redirect (const WbServiceReply *reply,
                   const char           *host)
{
  g_autofree char *target = dup_target (reply);

  if (target == NULL)
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("%s points to another address without naming it. Check the "
                               "addresses in the account."),
                            host);

  /* Translators: a host name, then an address */
  return g_strdup_printf (_ ("%s points to another address, “%s”. It was not followed, so that "
                             "your sign-in stays where it belongs. Check the addresses in the "
                             "account."),
                          host, target);
}

/* @sentence: (nullable): what else the service refused the signature for. */
static char *
describe_clocks (const WbServiceReply *reply,
                 GDateTime            *service_time,
                 const char           *sentence)
{
  g_autoptr (GDateTime) here = g_date_time_new_from_unix_local (reply->now);
  g_autoptr (GDateTime) there = g_date_time_to_local (service_time);
  g_autofree char *clock = g_date_time_format (here, CLOCK_FORMAT);
  g_autofree char *service_clock = g_date_time_format (there, CLOCK_FORMAT);

  if (sentence != NULL)
    /* Translators: a sentence, then two dates with times */
    return g_strdup_printf (_ ("%s In addition, the clocks differ: this computer’s says %s, the "
                               "service’s %s."),
                            sentence, clock, service_clock);

  /* Translators: both %s are dates with times */
  return g_strdup_printf (_ ("The signature was refused because the clocks differ: this "
                             "computer’s says %s, the service’s %s. Set this computer’s clock, "
                             "then try again."),
                          clock, service_clock);
}

/* NULL if it is about something else. A code that was sent along was wrong. */
static const char *
describe_second_factor (const WbServiceReply *reply,
                        const WbServiceBody  *body,
                        WbError              *meaning)
{
  WbSecondFactor factor = WB_SECOND_FACTOR_NONE;

  if (reply->call == WB_SERVICE_CALL_SIGN_IN || reply->call == WB_SERVICE_CALL_SIGN_IN_WITH_CODE
      || reply->call == WB_SERVICE_CALL_SCOPE)
    factor = wb_second_factor_find (reply->status, reply->headers, body);
  if (factor == WB_SECOND_FACTOR_NONE)
    return NULL;

  *meaning = WB_ERROR_SIGN_IN;
  if (factor == WB_SECOND_FACTOR_OTHER)
    return _ ("This user signs in with a second factor that is not a one-time code and works only "
              "in a web browser. Use an access key, or another user.");
  if (reply->call == WB_SERVICE_CALL_SIGN_IN_WITH_CODE)
    return wb_service_codes_find (reply->call, reply->method, 401, NULL, NULL, meaning);

  *meaning = WB_ERROR_SECOND_FACTOR;

  return _ ("This user also signs in with a one-time code: enter the code that the device or app "
            "shows now.");
}

/* Neither the code, the message nor the status is known. */
static char *
describe_unknown (const WbServiceReply *reply,
                  const WbServiceBody  *body,
                  const char           *host)
{
  if (reply->status == SOUP_STATUS_NOT_MODIFIED)
    /* Translators: a host's name. */
    return g_strdup_printf (_ ("%s answered that nothing has changed (HTTP status 304), which only "
                               "a cache asks for. A proxy on the way may have answered in its "
                               "place: try again."),
                            host);
  if (reply->status >= 500)
    /* Translators: a host's name, and a number such as 503. */
    return g_strdup_printf (_ ("%s failed with HTTP status %u. Try again in a few minutes."), host,
                            reply->status);
  if (!has_words (body))
    /* Translators: a host's name, and a number such as 403. */
    return g_strdup_printf (_ ("%s refused the request with HTTP status %u, and said nothing more. "
                               "Check the addresses in the account."),
                            host, reply->status);

  /* Translators: a host's name, and a number such as 403. */
  return g_strdup_printf (_ ("%s refused the request with HTTP status %u. The details show what it "
                             "says."),
                          host, reply->status);
}

/* What points somewhere else; 304 is among the 3xx, but about a cache (RFC 9110, 15.4). */
static gboolean
is_redirect (guint status)
{
  return status >= 300 && status < 400 && status != SOUP_STATUS_NOT_MODIFIED;
}

/* The first of the answers that fits. */
static char *
describe (const WbServiceReply *reply,
          const WbServiceBody  *body,
          WbError              *meaning)
{
  g_autofree char *host = wb_text_escape (reply->host, -1);
  g_autoptr (GDateTime) service_time = NULL;
  const char *sentence;

  *meaning = WB_ERROR_SERVICE;
  if (is_redirect (reply->status))
    return describe_redirect (reply, host);
  if (is_from_elsewhere (reply, body))
    {
      *meaning = WB_ERROR_NETWORK;
      return describe_page (reply, body, host);
    }

  if (reply->method == WB_AUTH_KEY && reply->status == 401 && reply->headers != NULL)
    service_time = wb_reply_headers_dup_clock (reply->headers, reply->now);
  if (service_time != NULL && !reply->clock_is_corrected)
    {
      *meaning = WB_ERROR_SIGN_IN;
      return describe_clocks (reply, service_time, NULL);
    }

  sentence = describe_second_factor (reply, body, meaning);
  if (sentence != NULL)
    return g_strdup (sentence);

  sentence = wb_service_codes_find (reply->call, reply->method, reply->status, body->code,
                                    body->message, meaning);
  if (sentence != NULL)
    return service_time != NULL ? describe_clocks (reply, service_time, sentence)
                                : g_strdup (sentence);

  return reply->status < 300 ? describe_wrong_success (reply, body, host)
                             : describe_unknown (reply, body, host);
}

/**
 * wb_service_error_new:
 * @reply: a reply that is not a success, or a success that is not an export
 *
 * The message is a sentence with the cause and the way out; the service's code, the request's ID
 * and the service's own words can be asked of the error.
 *
 * Returns: (transfer full): an error in %WB_ERROR
 */
GError *
wb_service_error_new (const WbServiceReply *reply)
{
  g_autoptr (WbServiceBody) body = NULL;
  g_autofree char *request_id = NULL;
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;
  WbError          meaning;
  GError          *error;

  g_return_val_if_fail (reply != NULL, NULL);
  g_return_val_if_fail (reply->host != NULL, NULL);

  body = wb_service_body_parse (reply->body, reply->status, reply->secrets);
  message = describe (reply, body, &meaning);
  request_id = dup_request_id (reply, body);
  code = body->code != NULL ? wb_text_escape (body->code, -1) : NULL;
  error = wb_error_new_service (meaning, code, request_id,
                                has_words (body) ? get_words (body) : NULL, "%s", message);
  wb_error_set_http_status (error, reply->status);

  return error;
}

/**
 * wb_reply_error_new:
 * @message: the message, with the reply's headers
 * @body: (nullable): the reply's body, or the start of it
 * @call: which call was answered
 * @credentials: what one signed in with
 * @other: (nullable): a one-time code or a token that went along in the body
 * @clock_is_corrected: whether the request was signed by the service's clock already
 *
 * Returns: (transfer full): why it was refused, or what came instead, in %WB_ERROR; what is secret
 *   in it is left out, should the service echo it
 */
GError *
wb_reply_error_new (SoupMessage   *message,
                    GBytes        *body,
                    WbServiceCall  call,
                    WbCredentials *credentials,
                    const char    *other,
                    gboolean       clock_is_corrected)
{
  WbServiceReply          reply = { 0 };
  g_autofree const char **sent = NULL;
  g_autoptr (GPtrArray) secrets = g_ptr_array_new ();

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  sent = wb_sent_secrets_list (message);
  const char *const known[] = {
    wb_credentials_get_password (credentials),
    wb_credentials_get_access_key (credentials), /* not a secret, but private */
    wb_credentials_get_secret_key (credentials),
    wb_credentials_get_security_token (credentials),
    wb_credentials_get_token (credentials),
    other,
  };
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (known[i] != NULL)
        g_ptr_array_add (secrets, (char *) known[i]);
    }
  for (guint i = 0; sent[i] != NULL; i++)
    g_ptr_array_add (secrets, (char *) sent[i]);
  g_ptr_array_add (secrets, NULL);

  reply.call = call;
  reply.method = wb_credentials_get_method (credentials);
  reply.host = g_uri_get_host (soup_message_get_uri (message));
  reply.status = soup_message_get_status (message);
  reply.headers = soup_message_get_response_headers (message);
  reply.body = body;
  reply.now = g_get_real_time () / G_USEC_PER_SEC;
  reply.clock_is_corrected = clock_is_corrected;
  reply.secrets = (const char *const *) secrets->pdata;

  return wb_service_error_new (&reply);
}
