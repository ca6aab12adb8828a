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

static char *
dup_scalar (JsonObject *object,
            const char *key)
{
  JsonNode *node = json_object_get_member (object, key);
  GType     type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING && *json_node_get_string (node) != '\0')
    return json_node_dup_string (node);
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
      char *id = is_request_id_key (key->data) ? dup_scalar (object, key->data) : NULL;

      if (id != NULL)
        return id;
    }

  return NULL;
}

static char *
dup_first (JsonObject        *object,
           const char *const *keys,
           gsize              n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      char *text = dup_scalar (object, keys[i]);

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
  g_autofree char *code = dup_first (object, code_keys, G_N_ELEMENTS (code_keys));
  g_autofree char *message = dup_first (object, message_keys, G_N_ELEMENTS (message_keys));

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

/* All objects, also nested and in arrays, level by level. */
static GPtrArray *
list_objects (JsonNode *root)
{
  g_autoptr (GQueue) queue = g_queue_new ();
  GPtrArray *objects = g_ptr_array_new ();

  g_queue_push_tail (queue, root);
  while (!g_queue_is_empty (queue))
    {
      JsonNode *node = g_queue_pop_head (queue);
      g_autoptr (GList) members = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_ptr_array_add (objects, json_node_get_object (node));
          members = json_object_get_values (json_node_get_object (node));
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          members = json_array_get_elements (json_node_get_array (node));
        }
      for (GList *link = members; link != NULL; link = link->next)
        g_queue_push_tail (queue, link->data);
    }

  return objects;
}

/* The secrets of connections that the body may hold are known by the keys around them, so they are
 * masked in the body as a whole, before anything is taken out of it. */
static void
read_json (WbServiceBody *self,
           const char    *masked,
           guint          status)
{
  g_autoptr (JsonNode) root = wb_json_parse (masked, strlen (masked), NULL);
  g_autoptr (GPtrArray) objects = root != NULL ? list_objects (root) : g_ptr_array_new ();

  for (guint i = 0; i < objects->len; i++)
    read_object (self, g_ptr_array_index (objects, i), status);
}

/* What is asked for in addition; nothing of it is shown. */
static void
read_methods (WbServiceBody *self,
              JsonNode      *root)
{
  g_autoptr (GPtrArray) objects = list_objects (root);

  for (guint i = 0; i < objects->len && !self->needs_second_factor; i++)
    {
      JsonNode *methods = json_object_get_member (g_ptr_array_index (objects, i),
                                                  "required_auth_methods");

      self->needs_second_factor = methods != NULL;
      self->takes_one_time_code = methods != NULL && has_one_time_code (methods);
    }
}

static void
limit (char             **text,
       gsize              max_bytes,
       const char *const *secrets)
{
  g_autofree char *whole = g_steal_pointer (text);

  if (whole != NULL)
    *text = wb_safe_text_dup_limited (whole, max_bytes, secrets);
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
dup_title (const char        *text,
           gsize              length,
           const char *const *secrets)
{
  gssize           tag = find_ascii_case (text, length, "<title");
  const char      *start;
  gssize           end;
  g_autofree char *whole = NULL;
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

  whole = g_strndup (start, (gsize) end);
  title = wb_safe_text_dup (g_strstrip (whole), MAX_TITLE_BYTES, secrets);

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

/* What a body of another form is. */
static char *
dup_binary (const char *text,
            gsize       length)
{
  g_autofree char *size = g_format_size (length);

  if (memmem (text, length, "PK\003\004", 4) != NULL)
    /* Translators: a size. */
    return g_strdup_printf (_ ("ZIP data (%s)"), size);

  /* Translators: a size. */
  return g_strdup_printf (_ ("Binary data (%s)"), size);
}

/**
 * wb_service_body_parse:
 * @bytes: (nullable): the body, or the start of it; may be anything
 * @status: the reply's HTTP status
 * @secrets: (nullable) (array zero-terminated=1): what was sent, and is not repeated
 *
 * Understands `error_code` and `error_msg`, `errorCode` and `errorMsg`, `code` and `message`, at
 * the top, in nested objects and in arrays (the service's API reference, "Error codes"; the
 * gateway's and the identity service's own; shapes that clients have met).
 *
 * Returns: (transfer full): what it says
 */
WbServiceBody *
wb_service_body_parse (GBytes            *bytes,
                       guint              status,
                       const char *const *secrets)
{
  WbServiceBody   *self = g_new0 (WbServiceBody, 1);
  gsize            length = 0;
  const char      *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autofree char *valid = NULL;
  g_autofree char *masked = NULL;
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

  if (is_binary (text, length))
    {
      self->kind = WB_SERVICE_BODY_OTHER;
      self->start = dup_binary (text, length);
      return self;
    }

  valid = g_utf8_make_valid (text, (gssize) length);
  masked = wb_secret_mask_dup_text (valid, strlen (valid), secrets);
  if (*text == '{' || *text == '[')
    root = wb_json_parse (text, length, NULL);

  if (root != NULL)
    {
      self->kind = WB_SERVICE_BODY_JSON;
      read_methods (self, root);
      read_json (self, masked, status);
    }
  else if (*text == '<'
           && (find_ascii_case (text, MIN (length, 1024), "<html") >= 0
               || find_ascii_case (text, MIN (length, 1024), "<!doctype html") >= 0))
    {
      self->kind = WB_SERVICE_BODY_HTML;
      self->title = dup_title (text, length, secrets);
    }
  else
    {
      self->kind = WB_SERVICE_BODY_OTHER;
    }

  limit (&self->code, MAX_ID_BYTES, secrets);
  limit (&self->message, MAX_MESSAGE_BYTES, secrets);
  limit (&self->request_id, MAX_ID_BYTES, secrets);
  if (self->message == NULL && self->title == NULL)
    self->start = wb_safe_text_dup_limited (masked, MAX_START_BYTES, secrets);

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
