/* one-form.c: keys and values that the service's sources spell differently
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/one-form.h"

#include <string.h>

#include "core/archive/rebuilt/reply.h"

/* Whether a value is one of the settings, as against what stands beside or inside of them. */
static gboolean
is_setting (WbConnectionJson *json,
            guint             value)
{
  int parent = wb_reply_get (json, value)->parent;

  return parent > 0 && wb_reply_get (json, (guint) parent)->parent == 0
         && wb_reply_find_key (json, (guint) parent) == WB_FORM_CONFIG;
}

/**
 * wb_one_form_dup_key:
 * @json: a connection in any dialect
 * @value: one of its values that has a key
 * @in_config: (out): whether the key belongs into the settings, but stands beside them
 * @length: (out): how many bytes
 *
 * Returns: (transfer full): the documented key; for one that is not documented, and a connection's
 *   or a setting's, small letters without `_`; else the key as it is
 */
char *
wb_one_form_dup_key (WbConnectionJson *json,
                     guint             value,
                     gboolean         *in_config,
                     gsize            *length)
{
  gboolean  beside = wb_reply_get (json, value)->parent == 0;
  char     *key = wb_reply_dup_key (json, value, length);
  gsize     n = 0;
  WbFormKey known;

  *in_config = FALSE;
  if (!beside && !is_setting (json, value))
    return key;

  known = wb_form_key_find (key, *length);
  if (known < WB_N_FORM_KEYS && (beside || known > WB_FORM_CONFIG))
    {
      g_free (key);
      key = g_strdup (wb_form_key_to_string (known));
      *in_config = beside && known > WB_FORM_CONFIG;
      *length = strlen (key);
      return key;
    }
  for (gsize i = 0; i < *length; i++)
    {
      if (key[i] != '_')
        key[n++] = g_ascii_tolower (key[i]);
    }
  *length = n;

  return key;
}

/**
 * wb_one_form_is_empty:
 * @json: a connection
 * @value: one of its values
 *
 * Returns: whether it says as little as if it were not there
 */
gboolean
wb_one_form_is_empty (WbConnectionJson *json,
                      guint             value)
{
  const WbJsonValue *scanned = wb_reply_get (json, value);

  switch (scanned->type)
    {
    case WB_JSON_NULL:
      return TRUE;
    case WB_JSON_STRING:
      return scanned->end - scanned->start == strlen ("\"\"");
    case WB_JSON_OBJECT:
    case WB_JSON_ARRAY:
      return wb_reply_next_child (json, value, value) == 0;
    case WB_JSON_NUMBER:
    case WB_JSON_TRUE:
    case WB_JSON_FALSE:
    default:
      return FALSE;
    }
}

/* A scalar without quotes: the sources write ports and switches as strings or not. */
static char *
dup_plain (WbConnectionJson *json,
           guint             value,
           gsize            *length)
{
  const WbJsonValue *scanned = wb_reply_get (json, value);

  if (scanned->type == WB_JSON_STRING)
    return wb_json_unescape (json->text, scanned->start, scanned->end, length);
  *length = scanned->end - scanned->start;

  return g_strndup (json->text + scanned->start, *length);
}

/**
 * wb_one_form_equal:
 * @a: a connection
 * @a_value: one of its values
 * @b: another one
 * @b_value: one of its values, under the same key
 *
 * Returns: whether both mean the same, although two sources spell them differently: `8000` and
 *   `"8000"`, the names of a type, nothing in two forms
 */
gboolean
wb_one_form_equal (WbConnectionJson *a,
                   guint             a_value,
                   WbConnectionJson *b,
                   guint             b_value)
{
  gsize            a_length, b_length;
  g_autofree char *a_plain = NULL;
  g_autofree char *b_plain = NULL;
  const char      *a_type;

  if (wb_one_form_is_empty (a, a_value) || wb_one_form_is_empty (b, b_value))
    return wb_one_form_is_empty (a, a_value) && wb_one_form_is_empty (b, b_value);

  a_plain = dup_plain (a, a_value, &a_length);
  b_plain = dup_plain (b, b_value, &b_length);
  if (a_length == b_length && memcmp (a_plain, b_plain, a_length) == 0)
    return TRUE;
  if (a_value != a->keys.values[WB_KEY_TYPE] || b_value != b->keys.values[WB_KEY_TYPE])
    return FALSE;
  a_type = wb_form_type_find (a_plain);

  return a_type != NULL && a_type == wb_form_type_find (b_plain);
}
