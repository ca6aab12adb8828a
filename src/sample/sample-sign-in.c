/* sample-sign-in.c: who may use the sample service
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service-private.h"

#include "sample/sample-random.h"
#include "sample/sample-reply.h"
#include "sample/sample-signature.h"

#define TOKEN_LIFETIME_S (24 * 60 * 60)
/* The tokens of the real clouds are several thousand characters long. */
#define TOKEN_RANDOM_BYTES 1536

/* Looks like a real one: Base64 of a signed message, with `-` for `/`. */
char *
wb_sample_sign_in_issue_token (WbSampleService *self,
                               gint64           now_s,
                               gboolean         scoped)
{
  guint8           bytes[TOKEN_RANDOM_BYTES];
  WbSampleToken   *token = g_new0 (WbSampleToken, 1);
  g_autofree char *random = NULL;
  char            *text;

  wb_sample_random_fill (bytes, sizeof bytes);
  random = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (random, "/", '-');
  text = g_strconcat ("MIIF", random, NULL);

  token->issued_at_s = now_s;
  token->expires_at_s = now_s + TOKEN_LIFETIME_S;
  token->scoped = scoped;
  g_hash_table_insert (self->tokens, g_strdup (text), token);

  return text;
}

/* The owner of a token may ask about it, and about no other. */
static void
show_token (WbSampleService   *self,
            SoupServerMessage *message)
{
  SoupMessageHeaders  *headers = soup_server_message_get_request_headers (message);
  const char          *given = soup_message_headers_get_one (headers, "X-Auth-Token");
  const char          *subject = soup_message_headers_get_one (headers, "X-Subject-Token");
  const WbSampleToken *token = given != NULL ? g_hash_table_lookup (self->tokens, given) : NULL;

  if (token == NULL || token->expires_at_s <= g_get_real_time () / G_USEC_PER_SEC)
    wb_sample_reply_identity_error (message, SOUP_STATUS_UNAUTHORIZED,
                                    "The request you have made requires authentication.");
  else if (g_strcmp0 (given, subject) != 0)
    wb_sample_reply_identity_error (message, SOUP_STATUS_NOT_FOUND, "This is not a token.");
  else
    wb_sample_reply_token (message, &self->identity, given, token->scoped, token->issued_at_s,
                           token->expires_at_s, SOUP_STATUS_OK);
}

void
wb_sample_sign_in_handle_tokens (WbSampleService   *self,
                                 SoupServerMessage *message)
{
  g_autoptr (GBytes) body = wb_sample_body_dup (message);
  gint64           now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  gboolean         scoped;
  guint            status;

  if (g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      show_token (self, message);
      return;
    }
  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      wb_sample_reply_identity_error (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                      "The method is not allowed for the requested URL.");
      return;
    }
  if (!wb_sample_body_is_json (message))
    {
      wb_sample_reply_identity_error (message, SOUP_STATUS_BAD_REQUEST,
                                      "Expecting to find application/json in Content-Type header.");
      return;
    }

  status = wb_sample_identity_check (&self->identity, body, &scoped, &text);
  if (status != SOUP_STATUS_CREATED)
    {
      wb_sample_reply_identity_error (message, status, text);
      return;
    }

  token = wb_sample_sign_in_issue_token (self, now_s, scoped);
  wb_sample_reply_token (message, &self->identity, token, scoped, now_s, now_s + TOKEN_LIFETIME_S,
                         SOUP_STATUS_CREATED);
}

static void
refuse_sign_in (SoupServerMessage *message,
                const char        *reason)
{
  g_autofree char *text = g_strconcat ("Incorrect IAM authentication information: ", reason, NULL);

  wb_sample_reply_error (message, SOUP_STATUS_UNAUTHORIZED, "APIG.0301", text);
}

/* The project that the request is signed in to. */
const char *
wb_sample_sign_in_get_project_id (WbSampleService   *self,
                                  SoupServerMessage *message)
{
  const char *judged = g_object_get_data (G_OBJECT (message), "project-id");

  return judged != NULL ? judged : self->identity.project_id;
}

/* Answers the request if it is not signed in; to a project, if @needs_project. */
gboolean
wb_sample_sign_in_check (WbSampleService   *self,
                         SoupServerMessage *message,
                         gboolean           needs_project)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri               *uri = soup_server_message_get_uri (message);
  const char         *given = soup_message_headers_get_one (headers, "X-Auth-Token");
  gint64              now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *reason = NULL;
  WbSampleToken   *token;

  if (given != NULL && g_object_get_data (G_OBJECT (message), "project-id") != NULL)
    return TRUE;
  if (given != NULL)
    {
      token = g_hash_table_lookup (self->tokens, given);
      if (token == NULL)
        {
          refuse_sign_in (message, "decrypt token fail");
          return FALSE;
        }
      if (token->expires_at_s <= now_s)
        {
          refuse_sign_in (message, "token expires");
          return FALSE;
        }
      if (needs_project && !token->scoped)
        {
          wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN, "APIG.0310",
                                 "The project is unavailable");
          return FALSE;
        }
      return TRUE;
    }

  if (soup_message_headers_get_one (headers, "Authorization") == NULL)
    {
      refuse_sign_in (message, "x-auth-token not found");
      return FALSE;
    }

  body = wb_sample_body_dup (message);
  if (!wb_sample_signature_check (soup_server_message_get_method (message), g_uri_get_path (uri),
                                  g_uri_get_query (uri), headers, body, self->access_key,
                                  self->secret_key, now_s, &reason))
    {
      refuse_sign_in (message, reason);
      return FALSE;
    }

  return TRUE;
}
