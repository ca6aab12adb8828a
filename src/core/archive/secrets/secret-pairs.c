/* secret-pairs.c: secrets whose name stands beside them, and is not their key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-pairs.h"

#include <string.h>

#include "core/archive/secrets/secret-forms.h"
#include "core/archive/secrets/secret-keys.h"

/* The product's own migration API documents its links so:
 * `{"name": "linkConfig.password", "value": …}` (CDM, creating a link). Others do as well, under
 * these keys, in any order. */
static const char *const value_keys[] = {
  "value",
  "val",
  "content",
  "default",
  "defaultvalue",
  NULL,
};
static const char *const name_keys[] = {
  "name",
  "key",
  "id",
  "prop",
  "property",
  "param",
  "parameter",
  "field",
  "label",
  "header",
  "option",
  "attribute",
  "variable",
  "env",
  NULL,
};

/* What says of the value beside it that it is a secret, whatever its name. */
static const char *const marker_keys[] = {
  "sensitive",
  "secret",
  "secure",
  "encrypted",
  "protected",
  "masked",
  "password",
  "issensitive",
  "issecret",
  "issecure",
  "isencrypted",
  "ispassword",
  NULL,
};
static const char *const type_keys[] = { "type", "format", "inputtype", NULL };

/* No key of these tables is longer. */
#define MAX_KEY_BYTES 16

/* What a key or a string says, also where it is spelled `p\u0061ssword`. */
static const char *
peek_string (const char *text,
             gsize       start,
             gsize       end,
             char      **unescaped,
             gsize      *length)
{
  *length = end - start - 2;
  if (memchr (text + start, '\\', end - start) == NULL)
    return text + start + 1;
  *unescaped = wb_json_unescape (text, start, end, length);

  return *unescaped;
}

/* Small letters and no separators: `default_value` is `defaultvalue`. Gives FALSE for a key that is
 * in no table. */
static gboolean
fold (const char *key,
      gsize       length,
      char        folded[MAX_KEY_BYTES + 1])
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (key[i] == '_' || key[i] == '-')
        continue;
      if (!g_ascii_isalpha (key[i]) || n == MAX_KEY_BYTES)
        return FALSE;
      folded[n++] = g_ascii_tolower (key[i]);
    }
  folded[n] = '\0';

  return n > 0;
}

static gboolean
fold_key (const char        *text,
          const WbJsonValue *value,
          char               folded[MAX_KEY_BYTES + 1])
{
  g_autofree char *unescaped = NULL;
  const char      *key;
  gsize            length;

  if (value->key_end == value->key_start)
    return FALSE;
  key = peek_string (text, value->key_start, value->key_end, &unescaped, &length);

  return fold (key, length, folded);
}

/**
 * wb_secret_pairs_get_role:
 * @key: a key
 * @length: how many bytes
 *
 * Returns: whether it is that of a name with a value beside it, or of the value
 */
WbPairRole
wb_secret_pairs_get_role (const char *key,
                          gsize       length)
{
  char folded[MAX_KEY_BYTES + 1];

  if (!fold (key, length, folded))
    return WB_PAIR_NONE;
  if (g_strv_contains (name_keys, folded))
    return WB_PAIR_NAME;

  return g_strv_contains (value_keys, folded) ? WB_PAIR_VALUE : WB_PAIR_NONE;
}

static gboolean
is_value_key (const char        *text,
              const WbJsonValue *value)
{
  char folded[MAX_KEY_BYTES + 1];

  if (value->key_end == value->key_start
      || strchr ("vVcCdD\\_-", text[value->key_start + 1]) == NULL)
    return FALSE;

  return fold_key (text, value, folded) && g_strv_contains (value_keys, folded);
}

/* `true`, `"true"` or 1. */
static gboolean
is_true (const char        *text,
         const WbJsonValue *value)
{
  g_autofree char *unescaped = NULL;
  const char      *string;
  gsize            length;

  if (value->type != WB_JSON_STRING)
    return value->type == WB_JSON_TRUE
           || (value->end - value->start == 1 && text[value->start] == '1');
  string = peek_string (text, value->start, value->end, &unescaped, &length);

  return length == 4 && g_ascii_strncasecmp (string, "true", 4) == 0;
}

static gboolean
is_secret_type (const char        *text,
                const WbJsonValue *value)
{
  g_autofree char *unescaped = NULL;
  const char      *type;
  gsize            length;

  if (value->type != WB_JSON_STRING)
    return FALSE;
  type = peek_string (text, value->start, value->end, &unescaped, &length);

  return (length == 8 && g_ascii_strncasecmp (type, "password", 8) == 0)
         || (length == 6 && g_ascii_strncasecmp (type, "secret", 6) == 0);
}

static WbKeyVerdict
judge_string (const char        *text,
              const WbJsonValue *value)
{
  return value->type == WB_JSON_STRING
           ? wb_secret_key_judge_json (text, value->start, value->end)
           : WB_KEY_PLAIN;
}

/* What a member says of the value beside it. */
static WbKeyVerdict
judge_member (const char        *text,
              const WbJsonValue *value)
{
  char folded[MAX_KEY_BYTES + 1];

  if (!fold_key (text, value, folded))
    return WB_KEY_PLAIN;
  if (g_strv_contains (name_keys, folded))
    return judge_string (text, value);
  if (g_strv_contains (marker_keys, folded))
    return is_true (text, value) ? WB_KEY_SECRET : WB_KEY_PLAIN;
  if (g_strv_contains (type_keys, folded))
    return is_secret_type (text, value) ? WB_KEY_SECRET : WB_KEY_PLAIN;

  return WB_KEY_PLAIN;
}

/* Whether an array holds values of a list of pairs, `[["user", "u"], ["password", "p"]]`, or a
 * command's arguments, `["--password", "p"]`: the one before names the one behind it. */
static gboolean
is_named_by_previous (const char *text,
                      WbJsonScan *scan,
                      guint       previous,
                      guint       value)
{
  const WbJsonValue *name = wb_json_scan_get (scan, previous);
  const WbJsonValue *array = wb_json_scan_get (scan, (guint) name->parent);
  g_autofree char   *unescaped = NULL;
  const char        *first;
  gsize              length;

  if (name->type != WB_JSON_STRING || name->end - name->start < 3)
    return FALSE;
  first = peek_string (text, name->start, name->end, &unescaped, &length);
  if (*first == '-')
    return memchr (first, '=', length) == NULL;

  return previous == (guint) name->parent + 1 && value == previous + 1 && array->parent >= 0
         && wb_json_scan_get (scan, (guint) array->parent)->type == WB_JSON_ARRAY;
}

static void
strengthen (guint8      *verdicts,
            guint        value,
            WbKeyVerdict verdict)
{
  verdicts[value] = MAX (verdicts[value], (guint8) verdict);
}

static void
find_in_arrays (const char *text,
                WbJsonScan *scan,
                guint8     *verdicts)
{
  guint n = wb_json_scan_get_n (scan);

  for (guint i = 2; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      const WbJsonValue *before = wb_json_scan_get (scan, i - 1);

      if (value->parent >= 0 && value->parent == before->parent
          && wb_json_scan_get (scan, (guint) value->parent)->type == WB_JSON_ARRAY
          && is_named_by_previous (text, scan, i - 1, i))
        strengthen (verdicts, i, judge_string (text, before));
    }
}

static gboolean
has_form (const char        *text,
          const WbJsonValue *value,
          gboolean (*form) (const char *, gsize))
{
  g_autofree char *unescaped = NULL;
  const char      *string;
  gsize            length;

  if (value->type != WB_JSON_STRING || value->parent < 0)
    return FALSE;
  string = peek_string (text, value->start, value->end, &unescaped, &length);

  return form (string, length);
}

/* An access key's ID and its secret under whatever keys, but in one object. */
static void
find_access_keys (const char *text,
                  WbJsonScan *scan,
                  guint8     *verdicts)
{
  guint              n = wb_json_scan_get_n (scan);
  g_autofree guint8 *has_id = g_new0 (guint8, n);
  gboolean           found = FALSE;

  for (guint i = 1; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (has_form (text, value, wb_secret_forms_is_key_id))
        {
          has_id[value->parent] = TRUE;
          found = TRUE;
        }
    }
  for (guint i = 1; i < n && found; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (value->parent >= 0 && has_id[value->parent]
          && has_form (text, value, wb_secret_forms_is_key_text))
        strengthen (verdicts, i, WB_KEY_SECRET);
    }
}

/**
 * wb_secret_pairs_find:
 * @text: a JSON text
 * @scan: where its values stand
 *
 * Returns: (transfer full) (array): for each value of the scan, a #WbKeyVerdict by what stands
 *   beside it; free it
 */
guint8 *
wb_secret_pairs_find (const char *text,
                      WbJsonScan *scan)
{
  guint              n = wb_json_scan_get_n (scan);
  guint8            *verdicts = g_new0 (guint8, n);
  g_autofree guint8 *is_pair = g_new0 (guint8, n);
  g_autofree guint8 *said = g_new0 (guint8, n); /* of an object: what its members say */
  gboolean           found = FALSE;

  for (guint i = 1; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (value->parent >= 0 && is_value_key (text, value))
        {
          is_pair[value->parent] = TRUE;
          found = TRUE;
        }
    }
  for (guint i = 1; i < n && found; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (value->parent >= 0 && is_pair[value->parent] && value->key_end > value->key_start)
        strengthen (said, (guint) value->parent, judge_member (text, value));
    }
  for (guint i = 1; i < n && found; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);

      if (value->parent >= 0 && said[value->parent] != WB_KEY_PLAIN && is_value_key (text, value))
        verdicts[i] = said[value->parent];
    }
  find_in_arrays (text, scan, verdicts);
  find_access_keys (text, scan, verdicts);

  return verdicts;
}
