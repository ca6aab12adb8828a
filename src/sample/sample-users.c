/* sample-users.c: the users of a workspace, with their roles
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-reply.h"
#include "sample/sample-service-private.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* The only user is a Developer, in each workspace. */
static void
reply_users (WbSampleService   *self,
             SoupServerMessage *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_int (builder, "count", 1);
  add_int (builder, "total_page", 1);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "user_name", self->identity.user);
  add_int (builder, "type", 0);
  json_builder_set_member_name (builder, "roles");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_string (builder, "role_name", "Developer");
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  wb_sample_reply_json (message, builder);
}

/**
 * wb_sample_users_serve:
 * @self: the service
 * @message: a request
 * @segments: its path, cut at the slashes
 *
 * Returns: whether it was `GET /v2/{project_id}/{workspace_id}/users`, and is answered
 */
gboolean
wb_sample_users_serve (WbSampleService   *self,
                       SoupServerMessage *message,
                       char             **segments)
{
  if (!g_str_equal (soup_server_message_get_method (message), "GET")
      || g_strv_length (segments) != 5 || !g_str_equal (segments[1], "v2")
      || !g_str_equal (segments[4], "users"))
    return FALSE;

  if (wb_sample_sign_in_check (self, message, TRUE))
    reply_users (self, message);

  return TRUE;
}
