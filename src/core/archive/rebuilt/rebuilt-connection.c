/* rebuilt-connection.c: one connection as a reply describes it, in the documented form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuilt-connection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/connection/connection-json.h"
#include "core/archive/rebuilt/documented-form.h"
#include "core/archive/secrets/secret-elsewhere.h"
#include "core/error.h"

/* What an archive shows of one file; no connection comes near it. */
#define MAX_REPLY_BYTES ((gsize) 4 * 1024 * 1024)

/* So many stars stand for something, whatever its key. */
#define MIN_STARS 3

/* WAYBILL.json has its values some levels deeper than the reply, and the same limit. */
#define MAX_NOTE_DEPTH (WB_JSON_MAX_DEPTH - 16)

/* Why a key of the reply is not in the file; in English whatever the language, for the same
 * replies must give the same bytes. */
#define MASKED "The service does not send it."
#define CIPHER "It belongs to the encrypted password, which is of no use elsewhere."
#define REPEATED "The connection has the same key already."
#define SENSITIVE "It may be a secret, and has no place in the documented form."
#define TOO_DEEP "It is nested too deeply."

/* State of a connection that is being made. */
typedef struct
{
  WbConnectionJson     json;
  WbRebuiltConnection *result;                 /* (unowned) */
  guint                found[WB_N_FORM_KEYS];  /* numbers of values, 0 for none */
  gboolean             missed[WB_N_FORM_KEYS]; /* the reply has the key, without a value */
  GArray              *kept;                   /* (owned) (element-type guint): as they came */
} Making;

static void
making_clear (Making *self)
{
  wb_connection_json_clear (&self->json);
  g_clear_pointer (&self->kept, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static const WbJsonValue *
get (Making *self,
     guint   index)
{
  return wb_json_scan_get (self->json.scan, index);
}

/* The next value in a container, at first behind the container itself; 0 if there is none. */
static guint
next_child (Making *self,
            guint   container,
            guint   child)
{
  gsize end = get (self, container)->end;

  for (guint i = child + 1; i < wb_json_scan_get_n (self->json.scan); i++)
    {
      const WbJsonValue *value = get (self, i);

      if (value->start >= end)
        return 0;
      if (value->parent == (int) container)
        return i;
    }

  return 0;
}

static char *
dup_key (Making *self,
         guint   index,
         gsize  *length)
{
  const WbJsonValue *value = get (self, index);

  return wb_json_unescape (self->json.text, value->key_start, value->key_end, length);
}

static WbFormKey
find_key (Making *self,
          guint   index)
{
  gsize            length;
  g_autofree char *key = dup_key (self, index, &length);

  return wb_form_key_find (key, length);
}

static gboolean
is_cipher (Making *self,
           guint   index)
{
  gsize            length;
  g_autofree char *key = NULL;

  if (get (self, index)->key_end == get (self, index)->key_start)
    return FALSE;
  key = dup_key (self, index, &length);

  return wb_form_key_is_cipher (key, length);
}

/* Whether stars stand where a secret would: with letters in their place, one is found there. */
static gboolean
holds_stars (const char *string,
             gsize       length)
{
  g_autofree char *filled = g_strndup (string, length);
  g_autoptr (GArray) parts = NULL;
  gboolean found = FALSE;

  if (strstr (filled, "***") == NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (filled[i] == '*')
        filled[i] = "kQ7vZ"[i % 5];
    }
  parts = wb_secret_values_find_parts (filled, length);
  for (guint i = 0; parts != NULL && i < parts->len && !found; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      for (gsize at = part->start; at < part->end && !found; at++)
        found = string[at] == '*';
    }

  return found;
}

static gboolean
is_masked (Making *self,
           guint   index)
{
  const WbJsonValue *value = get (self, index);
  g_autofree char   *string = NULL;
  gsize              length;

  if (wb_secret_values_get (wb_connection_json_get_secrets (&self->json), index)
      == WB_SECRET_LEFT_OUT)
    return TRUE;
  if (value->type != WB_JSON_STRING)
    return FALSE;
  string = wb_json_unescape (self->json.text, value->start, value->end, &length);

  return (length >= MIN_STARS && strspn (string, "*") == length) || holds_stars (string, length);
}

/* The path of a key in the reply, or in the file if a documented key is given; with the escapes of
 * JSON, so that it can stand between quotes. */
static char *
dup_path (Making *self,
          guint   index)
{
  GString *path = g_string_new (NULL);

  while (index != 0)
    {
      const WbJsonValue *value = get (self, index);

      if (path->len > 0)
        g_string_prepend_c (path, '.');
      if (value->key_end > value->key_start)
        g_string_prepend_len (path, self->json.text + value->key_start + 1,
                              (gssize) (value->key_end - value->key_start - 2));
      else
        g_string_prepend (path, "[]");
      index = (guint) value->parent;
    }

  return g_string_free (path, FALSE);
}

static char *
dup_new_path (WbFormKey key)
{
  return g_strconcat (key > WB_FORM_CONFIG ? "config." : "", wb_form_key_to_string (key), NULL);
}

static void
note_left_out (Making     *self,
               guint       index,
               const char *why)
{
  g_autofree char *path = dup_path (self, index);

  g_ptr_array_add (self->result->left_out,
                   g_strdup_printf ("{ \"what\": \"%s\", \"why\": \"%s\" }", path, why));
}

static void append_value (Making  *self,
                          guint    index,
                          guint    indent,
                          GString *out);

/* Whether a value inside of a value that is kept stays out of the file, which is noted. */
static gboolean
stays_out (Making *self,
           guint   index)
{
  if (is_cipher (self, index))
    note_left_out (self, index, CIPHER);
  else if (is_masked (self, index))
    note_left_out (self, index, MASKED);
  else
    return FALSE;

  return TRUE;
}

static void
append_container (Making  *self,
                  guint    index,
                  guint    indent,
                  GString *out)
{
  gboolean is_object = get (self, index)->type == WB_JSON_OBJECT;
  gboolean empty = TRUE;

  g_string_append_c (out, is_object ? '{' : '[');
  for (guint i = next_child (self, index, index); i != 0; i = next_child (self, index, i))
    {
      const WbJsonValue *value = get (self, i);

      if (stays_out (self, i))
        continue;
      g_string_append_printf (out, "%s\n%*s", empty ? "" : ",", (int) indent + 2, "");
      empty = FALSE;
      if (is_object)
        {
          g_string_append_len (out, self->json.text + value->key_start,
                               (gssize) (value->key_end - value->key_start));
          g_string_append (out, ": ");
        }
      append_value (self, i, indent + 2, out);
    }
  if (!empty)
    g_string_append_printf (out, "\n%*s", (int) indent, "");
  g_string_append_c (out, is_object ? '}' : ']');
}

/* A scalar as it is spelled: a number may be larger than any that a program computes with. */
static void
append_value (Making  *self,
              guint    index,
              guint    indent,
              GString *out)
{
  const WbJsonValue *value = get (self, index);

  if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
    append_container (self, index, indent, out);
  else
    g_string_append_len (out, self->json.text + value->start,
                         (gssize) (value->end - value->start));
}

/* Notes a value that is not in the file, unless it is one that must not be there either. */
static void
note_value (Making    *self,
            GPtrArray *values,
            guint      index)
{
  const WbJsonValue *value = get (self, index);
  WbSecret           secret = wb_secret_values_get (wb_connection_json_get_secrets (&self->json),
                                                    index);
  g_autofree char   *path = NULL;
  g_autoptr (GString) text = NULL;

  if (stays_out (self, index))
    return;
  if (secret != WB_SECRET_NONE)
    {
      note_left_out (self, index, SENSITIVE);
      return;
    }
  if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
    {
      for (guint i = index + 1;
           i < wb_json_scan_get_n (self->json.scan) && get (self, i)->start < value->end; i++)
        {
          if (get (self, i)->depth <= MAX_NOTE_DEPTH)
            continue;
          note_left_out (self, index, TOO_DEEP);
          return;
        }
    }

  path = dup_path (self, index);
  text = g_string_new (NULL);
  append_value (self, index, 8, text);
  g_ptr_array_add (values, g_strdup_printf ("{ \"what\": \"%s\", \"is\": %s }", path, text->str));
}

/* Gives a value its documented place. */
static void
place (Making   *self,
       guint     index,
       WbFormKey key)
{
  const WbJsonValue *value = get (self, index);
  const char        *documented = wb_form_key_to_string (key);
  gsize              length = value->key_end - value->key_start - 2;
  gboolean           in_config = value->parent != 0;
  g_autofree char   *path = NULL;
  g_autofree char   *new_path = NULL;

  self->found[key] = index;
  if (length == strlen (documented)
      && memcmp (self->json.text + value->key_start + 1, documented, length) == 0
      && in_config == (key > WB_FORM_CONFIG)
      && (!in_config || find_key (self, (guint) value->parent) == WB_FORM_CONFIG))
    return;
  path = dup_path (self, index);
  new_path = dup_new_path (key);
  g_ptr_array_add (self->result->renamed,
                   g_strdup_printf ("{ \"from\": \"%s\", \"to\": \"%s\" }", path, new_path));
}

static gboolean
is_spelled (Making   *self,
            guint     index,
            WbFormKey key)
{
  gsize            length;
  g_autofree char *spelled = dup_key (self, index, &length);

  return strcmp (spelled, wb_form_key_to_string (key)) == 0;
}

/* Takes one member of the settings, or one beside them that belongs there. */
static void
take_setting (Making   *self,
              guint     index,
              WbFormKey key)
{
  if (is_masked (self, index))
    {
      note_left_out (self, index, MASKED);
      self->missed[key] = TRUE;
    }
  else if (self->found[key] != 0)
    note_left_out (self, index, REPEATED);
  else
    place (self, index, key);
}

/* The documented spelling of a key comes before others, and what is in the settings before what is
 * beside them. */
static void
take_known (Making  *self,
            guint    container,
            gboolean spelled)
{
  for (guint i = next_child (self, container, container); i != 0;
       i = next_child (self, container, i))
    {
      WbFormKey key = find_key (self, i);

      if (key < WB_N_FORM_KEYS && key > WB_FORM_CONFIG && is_spelled (self, i, key) == spelled
          && !is_cipher (self, i))
        take_setting (self, i, key);
    }
}

/* What is in the settings under keys that are not documented. */
static void
take_others (Making *self,
             guint   config)
{
  for (guint i = next_child (self, config, config); i != 0; i = next_child (self, config, i))
    {
      WbFormKey key = find_key (self, i);

      if (is_cipher (self, i))
        {
          note_left_out (self, i, CIPHER);
          self->missed[WB_FORM_PASSWORD] = TRUE;
        }
      else if (key < WB_N_FORM_KEYS && key > WB_FORM_CONFIG)
        continue;
      else if (wb_connection_key_is_set_by_service (self->json.text, get (self, i)))
        note_value (self, self->result->set_by_service, i);
      else if (is_masked (self, i))
        {
          g_autofree char *path = dup_path (self, i);

          note_left_out (self, i, MASKED);
          g_ptr_array_add (self->result->missing, g_steal_pointer (&path));
        }
      else
        g_array_append_val (self->kept, i);
    }
}

/* What stands beside the settings, but for the keys that the documented form has there. */
static void
take_outer (Making *self)
{
  for (guint i = next_child (self, 0, 0); i != 0; i = next_child (self, 0, i))
    {
      WbFormKey key = find_key (self, i);

      if (key <= WB_FORM_CONFIG && self->found[key] == i)
        continue;
      if (is_cipher (self, i))
        note_left_out (self, i, CIPHER);
      else if (key <= WB_FORM_CONFIG)
        note_left_out (self, i, REPEATED);
      else if (key < WB_N_FORM_KEYS)
        continue;
      else if (wb_connection_key_is_set_by_service (self->json.text, get (self, i)))
        note_value (self, self->result->set_by_service, i);
      else
        note_value (self, self->result->beside, i);
    }
}

static gboolean
fail (GError    **error,
      const char *reason)
{
  /* Translators: %s is a sentence on what is wrong. */
  g_set_error (error, WB_ERROR, WB_ERROR_SERVICE, _ ("The reply is not a connection. %s"), reason);

  return FALSE;
}

/* Finds name, type, description and settings. */
static gboolean
find_frame (Making  *self,
            GError **error)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = next_child (self, 0, 0); i != 0; i = next_child (self, 0, i))
        {
          WbFormKey key = find_key (self, i);

          if (key <= WB_FORM_CONFIG && self->found[key] == 0
              && is_spelled (self, i, key) == (pass == 0))
            place (self, i, key);
        }
    }

  if (self->found[WB_FORM_NAME] == 0
      || get (self, self->found[WB_FORM_NAME])->type != WB_JSON_STRING
      || get (self, self->found[WB_FORM_NAME])->end
             - get (self, self->found[WB_FORM_NAME])->start
           == 2)
    return fail (error, _ ("It has no name."));
  if (self->found[WB_FORM_TYPE] == 0
      || get (self, self->found[WB_FORM_TYPE])->type != WB_JSON_STRING)
    return fail (error, _ ("It has no type."));
  if (self->found[WB_FORM_CONFIG] != 0
      && get (self, self->found[WB_FORM_CONFIG])->type != WB_JSON_OBJECT
      && get (self, self->found[WB_FORM_CONFIG])->type != WB_JSON_NULL)
    return fail (error, _ ("Its settings are not a JSON object."));

  return TRUE;
}

static int
compare_keys (const void *a,
              const void *b,
              void       *user_data)
{
  Making          *self = user_data;
  guint            x = *(const guint *) a;
  guint            y = *(const guint *) b;
  g_autofree char *x_key = dup_key (self, x, NULL);
  g_autofree char *y_key = dup_key (self, y, NULL);
  int              order = strcmp (x_key, y_key);

  return order != 0 ? order : (x > y) - (x < y);
}

/* A member of the file, at its place. */
static void
append_member (Making     *self,
               const char *key,
               guint       index,
               guint       indent,
               gboolean   *first)
{
  GString *out = self->result->text;

  g_string_append_printf (out, "%s\n%*s", *first ? "" : ",", (int) indent, "");
  *first = FALSE;
  if (key != NULL)
    g_string_append_printf (out, "\"%s\"", key);
  else
    g_string_append_len (out, self->json.text + get (self, index)->key_start,
                         (gssize) (get (self, index)->key_end - get (self, index)->key_start));
  g_string_append (out, ": ");
  append_value (self, index, indent, out);
}

/* A key as it came, unless it came twice. */
static void
append_kept (Making   *self,
             guint     number,
             gboolean *first)
{
  guint index = g_array_index (self->kept, guint, number);

  if (number > 0)
    {
      g_autofree char *key = dup_key (self, index, NULL);
      g_autofree char *before = dup_key (self, g_array_index (self->kept, guint, number - 1), NULL);

      if (strcmp (key, before) == 0)
        {
          note_left_out (self, index, REPEATED);
          return;
        }
    }
  append_member (self, NULL, index, 4, first);
}

static void
append_type (Making *self)
{
  guint              index = self->found[WB_FORM_TYPE];
  const WbJsonValue *value = get (self, index);
  g_autofree char   *type = wb_json_unescape (self->json.text, value->start, value->end, NULL);
  const char        *documented = wb_form_type_find (type);

  g_string_append (self->result->text, ",\n  \"type\": ");
  if (documented == NULL)
    {
      append_value (self, index, 2, self->result->text);
      return;
    }
  g_string_append_printf (self->result->text, "\"%s\"", documented);
  if (strcmp (type, documented) == 0)
    return;
  g_ptr_array_add (self->result->renamed,
                   g_strdup_printf ("{ \"from\": \"type %s\", \"to\": \"type %s\" }", type,
                                    documented));
}

static void
write_file (Making *self)
{
  GString *out = self->result->text;
  gboolean first = TRUE;
  gboolean has_config = self->found[WB_FORM_CONFIG] != 0 || self->kept->len > 0;

  g_string_append_c (out, '{');
  append_member (self, "name", self->found[WB_FORM_NAME], 2, &first);
  append_type (self);
  if (self->found[WB_FORM_DESCRIPTION] != 0)
    append_member (self, "description", self->found[WB_FORM_DESCRIPTION], 2, &first);

  for (guint key = WB_FORM_CONFIG + 1; key < WB_N_FORM_KEYS; key++)
    has_config = has_config || self->found[key] != 0;
  if (has_config)
    {
      g_string_append (out, ",\n  \"config\": {");
      first = TRUE;
      for (guint key = WB_FORM_CONFIG + 1; key < WB_N_FORM_KEYS; key++)
        {
          if (self->found[key] != 0)
            append_member (self, wb_form_key_to_string ((WbFormKey) key), self->found[key], 4,
                           &first);
        }
      for (guint i = 0; i < self->kept->len; i++)
        append_kept (self, i, &first);
      g_string_append (out, first ? "}" : "\n  }");
    }
  g_string_append (out, "\n}\n");
}

static gboolean
make (Making  *self,
      GError **error)
{
  guint              config;
  const WbJsonValue *name;

  if (!find_frame (self, error))
    return FALSE;

  config = self->found[WB_FORM_CONFIG];
  if (config != 0 && get (self, config)->type == WB_JSON_NULL)
    config = self->found[WB_FORM_CONFIG] = 0;
  if (config != 0)
    {
      take_known (self, config, TRUE);
      take_known (self, config, FALSE);
      take_others (self, config);
    }
  take_known (self, 0, TRUE);
  take_known (self, 0, FALSE);
  take_outer (self);
  g_array_sort_with_data (self->kept, compare_keys, self);

  name = get (self, self->found[WB_FORM_NAME]);
  self->result->name = wb_json_unescape (self->json.text, name->start, name->end, NULL);
  write_file (self);
  for (guint key = 0; key < WB_N_FORM_KEYS; key++)
    {
      if (self->missed[key] && self->found[key] == 0)
        g_ptr_array_add (self->result->missing, dup_new_path ((WbFormKey) key));
    }

  return TRUE;
}

void
wb_rebuilt_connection_free (WbRebuiltConnection *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->left_out);
  g_ptr_array_unref (self->set_by_service);
  g_ptr_array_unref (self->beside);
  g_free (self);
}

/**
 * wb_rebuilt_connection_new:
 * @reply: the JSON object of one connection as the service sent it, in any dialect
 * @search: (inout): gets its secrets
 * @error: return location, for a reply that is not a connection
 *
 * Returns: (transfer full): the connection, or %NULL with %WB_ERROR_SERVICE and a sentence without
 *   anything from the reply
 */
WbRebuiltConnection *
wb_rebuilt_connection_new (GBytes         *reply,
                           WbSecretSearch *search,
                           GError        **error)
{
  g_autoptr (WbRebuiltConnection) result = NULL;
  g_autoptr (GError) invalid = NULL;
  g_auto (Making) self = { 0 };

  if (g_bytes_get_size (reply) > MAX_REPLY_BYTES)
    {
      fail (error, _ ("It is too large."));
      return NULL;
    }
  if (!wb_connection_json_init (&self.json, reply, &invalid))
    {
      fail (error, invalid->message);
      return NULL;
    }
  if (!self.json.is_object)
    {
      fail (error, _ ("It is not a JSON object."));
      return NULL;
    }

  result = g_new0 (WbRebuiltConnection, 1);
  result->text = g_string_new (NULL);
  result->missing = g_ptr_array_new_with_free_func (g_free);
  result->renamed = g_ptr_array_new_with_free_func (g_free);
  result->left_out = g_ptr_array_new_with_free_func (g_free);
  result->set_by_service = g_ptr_array_new_with_free_func (g_free);
  result->beside = g_ptr_array_new_with_free_func (g_free);
  self.result = result;
  self.kept = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!make (&self, error))
    return NULL;
  wb_secret_elsewhere_collect (search, wb_connection_json_get_secrets (&self.json));

  return g_steal_pointer (&result);
}
