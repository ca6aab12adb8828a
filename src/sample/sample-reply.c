/* sample-reply.c: the answers that are not an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-reply.h"

#include <string.h>

/* The answer's body is this object; its ID is in a header too, as the gateway has it. */
static void
respond_node (SoupServerMessage *message,
              guint              status,
              JsonNode          *root,
              const char        *request_id)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  char               *text = json_to_string (root, FALSE);

  soup_message_headers_replace (headers, "X-Request-Id", request_id);
  soup_server_message_set_response (message, "application/json; charset=UTF-8", SOUP_MEMORY_TAKE,
                                    text, strlen (text));
  soup_server_message_set_status (message, status, NULL);
}

static void
respond (SoupServerMessage *message,
         guint              status,
         JsonBuilder       *builder,
         const char        *request_id)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  respond_node (message, status, root, request_id);
}

static void
add_string (JsonBuilder *builder,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

void
wb_sample_reply_json (SoupServerMessage *message,
                      JsonBuilder       *builder)
{
  g_autofree char *request_id = g_uuid_string_random ();

  respond (message, SOUP_STATUS_OK, builder, request_id);
}

void
wb_sample_reply_object (SoupServerMessage *message,
                        JsonObject        *object)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *request_id = g_uuid_string_random ();

  respond_node (message, SOUP_STATUS_OK, root, request_id);
}

/**
 * wb_sample_reply_error:
 * @message: the message to answer
 * @status: the status
 * @code: a code of the gateway (`APIG.…`) or of DataArts Factory (`DLF.…`), whose errors have no
 *   request ID in the body
 * @text: its words
 */
void
wb_sample_reply_error (SoupServerMessage *message,
                       guint              status,
                       const char        *code,
                       const char        *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *request_id = g_uuid_string_random ();

  json_builder_begin_object (builder);
  add_string (builder, "error_msg", text);
  add_string (builder, "error_code", code);
  if (!g_str_has_prefix (code, "DLF."))
    add_string (builder, "request_id", request_id);
  json_builder_end_object (builder);

  respond (message, status, builder, request_id);
}

void
wb_sample_reply_identity_error (SoupServerMessage *message,
                                guint              status,
                                const char        *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *request_id = g_uuid_string_random ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, status);
  add_string (builder, "message", text);
  add_string (builder, "title", soup_status_get_phrase (status));
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  respond (message, status, builder, request_id);
}

static void
add_time (JsonBuilder *builder,
          const char  *member,
          gint64       time_s)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (time_s);
  g_autofree char *text = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S.000000Z");

  add_string (builder, member, text);
}

static void
add_domain (JsonBuilder *builder,
            const char  *name)
{
  json_builder_set_member_name (builder, "domain");
  json_builder_begin_object (builder);
  add_string (builder, "id", "0a7be5b8d4f14d7f8b3f5d0c9e1a2b34");
  add_string (builder, "name", name);
  json_builder_end_object (builder);
}

/**
 * wb_sample_reply_token:
 * @message: the message to answer
 * @identity: who signed in
 * @token: the new token
 * @scoped: whether it is for the project
 * @issued_at_s: in seconds since 1970
 * @expires_at_s: likewise
 * @status: 201 for a new token, 200 for one that was asked about
 */
void
wb_sample_reply_token (SoupServerMessage      *message,
                       const WbSampleIdentity *identity,
                       const char             *token,
                       gboolean                scoped,
                       gint64                  issued_at_s,
                       gint64                  expires_at_s,
                       guint                   status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *request_id = g_uuid_string_random ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "token");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "password");
  json_builder_end_array (builder);
  add_time (builder, "issued_at", issued_at_s);
  add_time (builder, "expires_at", expires_at_s);

  json_builder_set_member_name (builder, "user");
  json_builder_begin_object (builder);
  add_string (builder, "id", "41c3e5a09d7f4e2b8a6d1f0b5c7e9d23");
  add_string (builder, "name", identity->user);
  add_string (builder, "password_expires_at", "");
  add_domain (builder, identity->domain);
  json_builder_end_object (builder);

  if (scoped)
    {
      json_builder_set_member_name (builder, "project");
      json_builder_begin_object (builder);
      add_string (builder, "id", identity->project_id);
      add_string (builder, "name", identity->project_name);
      add_domain (builder, identity->domain);
      json_builder_end_object (builder);
    }

  json_builder_set_member_name (builder, "roles");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  soup_message_headers_replace (headers, "X-Subject-Token", token);
  respond (message, status, builder, request_id);
}
