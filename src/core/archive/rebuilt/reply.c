/* reply.c: what the service says of one connection, as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/reply.h"

#include <string.h>

/* So many stars stand for something, whatever its key. */
#define MIN_STARS 3

/* JSON in a string in JSON in a string: nobody nests it deeper. */
#define MAX_STRING_DEPTH 4

const WbJsonValue *
wb_reply_get (WbConnectionJson *json,
              guint             index)
{
  return wb_json_scan_get (json->scan, index);
}

/**
 * wb_reply_next_child:
 * @json: a reply
 * @container: one of its objects or arrays
 * @child: a value in it, or @container itself for the first one
 *
 * Returns: the value behind it, 0 if there is none
 */
guint
wb_reply_next_child (WbConnectionJson *json,
                     guint             container,
                     guint             child)
{
  gsize end = wb_reply_get (json, container)->end;

  for (guint i = child + 1; i < wb_json_scan_get_n (json->scan); i++)
    {
      const WbJsonValue *value = wb_reply_get (json, i);

      if (value->start >= end)
        return 0;
      if (value->parent == (int) container)
        return i;
    }

  return 0;
}

char *
wb_reply_dup_key (WbConnectionJson *json,
                  guint             index,
                  gsize            *length)
{
  const WbJsonValue *value = wb_reply_get (json, index);

  return wb_json_unescape (json->text, value->key_start, value->key_end, length);
}

/**
 * wb_reply_find_key:
 * @json: a reply
 * @index: one of its values that has a key
 *
 * Returns: the documented key that its own stands for, or %WB_N_FORM_KEYS
 */
WbFormKey
wb_reply_find_key (WbConnectionJson *json,
                   guint             index)
{
  gsize            length;
  g_autofree char *key = wb_reply_dup_key (json, index, &length);

  return wb_form_key_find (key, length);
}

/* Whether stars stand where a secret would: with letters in their place, one is found there. */
static gboolean
holds_stars (const char *string,
             gsize       length)
{
  g_autofree char *filled = g_memdup2 (string, length + 1);
  g_autoptr (GArray) parts = NULL;
  gboolean found = FALSE;

  if (memmem (filled, length, "***", MIN_STARS) == NULL)
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

/* Whether a string is JSON with an encrypted password in it. */
static gboolean
holds_cipher (const char *string,
              gsize       length,
              guint       depth)
{
  g_autoptr (WbJsonScan) scan = NULL;

  if (depth == MAX_STRING_DEPTH || memchr (string, '{', length) == NULL)
    return FALSE;
  scan = wb_json_scan_new (string, length, NULL);
  for (guint i = 0; scan != NULL && i < wb_json_scan_get_n (scan); i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      g_autofree char   *text = NULL;
      gsize              text_length;

      if (value->key_end > value->key_start)
        {
          g_autofree char *key = wb_json_unescape (string, value->key_start, value->key_end,
                                                   &text_length);

          if (wb_form_key_is_cipher (key, text_length))
            return TRUE;
        }
      if (value->type != WB_JSON_STRING)
        continue;
      text = wb_json_unescape (string, value->start, value->end, &text_length);
      if (holds_cipher (text, text_length, depth + 1))
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_reply_is_cipher:
 * @json: a reply
 * @index: one of its values
 *
 * Returns: whether it is an encrypted password, belongs to one, or is JSON in a string with one in
 *   it
 */
gboolean
wb_reply_is_cipher (WbConnectionJson *json,
                    guint             index)
{
  const WbJsonValue *value = wb_reply_get (json, index);
  gsize              length;

  if (value->key_end > value->key_start)
    {
      g_autofree char *key = wb_reply_dup_key (json, index, &length);

      if (wb_form_key_is_cipher (key, length))
        return TRUE;
    }
  if (value->type == WB_JSON_STRING)
    {
      g_autofree char *string = wb_json_unescape (json->text, value->start, value->end,
                                                  &length);

      return holds_cipher (string, length, 0);
    }

  return FALSE;
}

/**
 * wb_reply_is_masked:
 * @json: a reply
 * @index: one of its values
 *
 * Returns: whether the service has left it out: a secret that is empty or stands for itself, any
 *   string of nothing but stars, and one with stars in the place of a password
 */
gboolean
wb_reply_is_masked (WbConnectionJson *json,
                    guint             index)
{
  const WbJsonValue *value = wb_reply_get (json, index);
  g_autofree char   *string = NULL;
  gsize              length;

  if (wb_secret_values_get (wb_connection_json_get_secrets (json), index)
      == WB_SECRET_LEFT_OUT)
    return TRUE;
  if (value->type != WB_JSON_STRING)
    return FALSE;
  string = wb_json_unescape (json->text, value->start, value->end, &length);

  return (length >= MIN_STARS && strspn (string, "*") == length) || holds_stars (string, length);
}

/**
 * wb_reply_dup_path:
 * @json: a reply
 * @index: one of its values
 *
 * Returns: (transfer full): where it stands, such as `dw_config.db_password`, with the escapes of
 *   JSON, so that it can stand between quotes
 */
char *
wb_reply_dup_path (WbConnectionJson *json,
                   guint             index)
{
  GString *path = g_string_new (NULL);

  while (index != 0)
    {
      const WbJsonValue *value = wb_reply_get (json, index);

      if (path->len > 0)
        g_string_prepend_c (path, '.');
      if (value->key_end > value->key_start)
        g_string_prepend_len (path, json->text + value->key_start + 1,
                              (gssize) (value->key_end - value->key_start - 2));
      else
        g_string_prepend (path, "[]");
      index = (guint) value->parent;
    }

  return g_string_free (path, FALSE);
}
