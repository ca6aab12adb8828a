/* service-body.c: what the body of a service's refusal says, in any of its shapes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/refusal/service-error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/secrets/secret-mask.h"
#include "core/json-scan.h"

#define MAX_ID_BYTES 128
#define MAX_TITLE_BYTES 120
#define MAX_MESSAGE_BYTES 2000
#define MAX_START_BYTES 500

/* The gateway, its older and newer relatives, and the identity service spell them in these ways. */
static const char *const code_keys[] = { "error_code", "errorCode", "code" };
static const char *const message_keys[] = { "error_msg", "errorMsg", "error_message", "message" };

/* A copy of at most @max_bytes, cut between characters. */
static char *
dup_limited (const char *text,
             gsize       length,
             gsize       max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (length, max_bytes));
  const char      *end;

  if (strlen (valid) <= max_bytes)
    return g_steal_pointer (&valid);

  end = g_utf8_find_prev_char (valid, valid + max_bytes + 1);

  return g_strndup (valid, (gsize) (end - valid));
}

static char *
dup_scalar (JsonObject *object,
            const char *key,
            gsize       max_bytes)
{
  JsonNode *node = json_object_get_member (object, key);
  GType     type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);

      return *text != '\0' ? dup_limited (text, strlen (text), max_bytes) : NULL;
    }
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

/* `request_id`, `requestId`, `Request-ID`, `traceId` … */
static gboolean
is_request_id_key (const char *key)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p++)
    {
      if (*p != '_' && *p != '-' && *p != ' ')
        g_string_append_c (letters, g_ascii_tolower (*p));
    }

  return g_str_equal (letters->str, "requestid") || g_str_equal (letters->str, "traceid")
         || g_str_equal (letters->str, "xrequestid");
}

static char *
dup_request_id (JsonObject *object)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      char *id = is_request_id_key (key->data) ? dup_scalar (object, key->data, MAX_ID_BYTES)
                                               : NULL;

      if (id != NULL)
        return id;
    }

  return NULL;
}

static char *
dup_first (JsonObject        *object,
           const char *const *keys,
           gsize              n_keys,
           gsize              max_bytes)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      char *text = dup_scalar (object, keys[i], max_bytes);

      if (text != NULL)
        return text;
    }

  return NULL;
}

/* A list of lists of methods, each of which is enough; whatever else it is, a code is the likely
 * one. */
static gboolean
has_one_time_code (JsonNode *methods)
{
  JsonArray *ways = JSON_NODE_HOLDS_ARRAY (methods) ? json_node_get_array (methods) : NULL;
  guint      n = ways != NULL ? json_array_get_length (ways) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *way = json_to_string (json_array_get_element (ways, i), FALSE);

      if (strstr (way, "\"totp\"") != NULL)
        return TRUE;
    }

  return n == 0;
}

/* Takes what @object says; the outermost object that says it wins. */
static void
read_object (WbServiceBody *self,
             JsonObject    *object,
             guint          status)
{
  g_autofree char *code = dup_first (object, code_keys, G_N_ELEMENTS (code_keys), MAX_ID_BYTES);
  g_autofree char *message = dup_first (object, message_keys, G_N_ELEMENTS (message_keys),
                                        MAX_MESSAGE_BYTES);

  if (json_object_has_member (object, "required_auth_methods") && !self->needs_second_factor)
    {
      self->needs_second_factor = TRUE;
      self->takes_one_time_code =
        has_one_time_code (json_object_get_member (object, "required_auth_methods"));
    }
  if (self->request_id == NULL)
    self->request_id = dup_request_id (object);

  /* The identity service repeats the HTTP status as its code. */
  if (code != NULL && g_ascii_strtoull (code, NULL, 10) == status
      && strspn (code, "0123456789") == strlen (code))
    g_clear_pointer (&code, g_free);

  if (self->code == NULL && code != NULL)
    {
      self->code = g_steal_pointer (&code);
      if (message != NULL)
        {
          g_free (self->message);
          self->message = g_steal_pointer (&message);
        }
    }
  else if (self->message == NULL)
    {
      self->message = g_steal_pointer (&message);
    }
}

/* In any nested object or array, level by level. */
static void
read_json (WbServiceBody *self,
           JsonNode      *root,
           guint          status)
{
  g_autoptr (GQueue) queue = g_queue_new ();

  g_queue_push_tail (queue, root);
  while (!g_queue_is_empty (queue))
    {
      JsonNode *node = g_queue_pop_head (queue);
      g_autoptr (GList) members = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          read_object (self, json_node_get_object (node), status);
          members = json_object_get_values (json_node_get_object (node));
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          members = json_array_get_elements (json_node_get_array (node));
        }
      for (GList *link = members; link != NULL; link = link->next)
        g_queue_push_tail (queue, link->data);
    }
}

/* Where @needle is in @text, ignoring the case of ASCII letters; -1 if nowhere. */
static gssize
find_ascii_case (const char *text,
                 gsize       length,
                 const char *needle)
{
  gsize needle_length = strlen (needle);

  for (gsize i = 0; i + needle_length <= length; i++)
    {
      if (g_ascii_strncasecmp (text + i, needle, needle_length) == 0)
        return (gssize) i;
    }

  return -1;
}

static char *
dup_title (const char *text,
           gsize       length)
{
  gssize           tag = find_ascii_case (text, length, "<title");
  const char      *start;
  gssize           end;
  g_autofree char *title = NULL;

  if (tag < 0)
    return NULL;

  start = memchr (text + tag, '>', length - (gsize) tag);
  if (start == NULL)
    return NULL;
  start++;

  end = find_ascii_case (start, length - (gsize) (start - text), "</title");
  if (end < 0)
    return NULL;

  title = g_strstrip (dup_limited (start, (gsize) end, MAX_TITLE_BYTES));

  return *title != '\0' ? g_steal_pointer (&title) : NULL;
}

/* Characters that no text has. A ZIP may follow a line of text. */
static gboolean
is_binary (const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_iscntrl (text[i]) && strchr ("\t\n\f\r\033", text[i]) == NULL)
        return TRUE;
      if (text[i] == '\0')
        return TRUE;
    }

  return FALSE;
}

/* What a body of another form begins with, without the secrets of connections that it may hold. */
static char *
dup_start (const char *text,
           gsize       length)
{
  g_autofree char *valid = NULL;
  g_autofree char *masked = NULL;

  if (is_binary (text, length))
    {
      g_autofree char *size = g_format_size (length);

      if (memmem (text, length, "PK\003\004", 4) != NULL)
        /* Translators: a size. */
        return g_strdup_printf (_ ("ZIP data (%s)"), size);

      /* Translators: a size. */
      return g_strdup_printf (_ ("Binary data (%s)"), size);
    }

  valid = g_utf8_make_valid (text, (gssize) length);
  masked = wb_secret_mask_dup_text (valid, strlen (valid));

  return dup_limited (masked, strlen (masked), MAX_START_BYTES);
}

/**
 * wb_service_body_parse:
 * @bytes: (nullable): the body, or the start of it; may be anything
 * @status: the reply's HTTP status
 *
 * Understands `error_code` and `error_msg`, `errorCode` and `errorMsg`, `code` and `message`, at
 * the top, in nested objects and in arrays (the service's API reference, "Error codes"; the
 * gateway's and the identity service's own; shapes that clients have met).
 *
 * Returns: (transfer full): what it says
 */
WbServiceBody *
wb_service_body_parse (GBytes *bytes,
                       guint   status)
{
  WbServiceBody *self = g_new0 (WbServiceBody, 1);
  gsize          length = 0;
  const char    *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr (JsonNode) root = NULL;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }

  if (length == 0)
    {
      self->kind = WB_SERVICE_BODY_EMPTY;
      return self;
    }

  if (*text == '{' || *text == '[')
    root = wb_json_parse (text, length, NULL);

  if (root != NULL)
    {
      self->kind = WB_SERVICE_BODY_JSON;
      read_json (self, root, status);
    }
  else if (*text == '<'
           && (find_ascii_case (text, MIN (length, 1024), "<html") >= 0
               || find_ascii_case (text, MIN (length, 1024), "<!doctype html") >= 0))
    {
      self->kind = WB_SERVICE_BODY_HTML;
      self->title = dup_title (text, length);
    }
  else
    {
      self->kind = WB_SERVICE_BODY_OTHER;
    }

  if (self->message == NULL && self->title == NULL)
    self->start = dup_start (text, length);
  /* A sentence about a token is none of its settings, but one that quotes a connection has some. */
  if (self->message != NULL && strpbrk (self->message, "{=\"<@") != NULL)
    {
      g_autofree char *words = g_steal_pointer (&self->message);

      self->message = wb_secret_mask_dup_text (words, strlen (words));
    }

  return self;
}

void
wb_service_body_free (WbServiceBody *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self->title);
  g_free (self->start);
  g_free (self);
}
