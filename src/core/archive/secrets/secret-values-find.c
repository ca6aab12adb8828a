/* secret-values-find.c: the secrets of a JSON text are found
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-values-private.h"

#include <string.h>

#include "core/archive/secrets/quoted-json.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-pairs.h"
#include "core/archive/secrets/secret-strings.h"

/* JSON in a string in JSON in a string …; what lies deeper is a secret as a whole. */
#define MAX_NESTING 4

/* Objects that are cut off, each of which may only look like one, in one string. */
#define MAX_OPEN 8

static WbSecretValues *find_secrets (const char *text,
                                     WbJsonScan *scan,
                                     guint       nesting);

static gboolean
looks_like_json (const char *string,
                 gsize       length)
{
  gsize i = 0;

  while (i < length && strchr (" \t\r\n", string[i]) != NULL && string[i] != '\0')
    i++;

  return i < length && (string[i] == '{' || string[i] == '[');
}

/* Finds the secrets in the JSON of a string, as parts of that string. */
static gboolean
find_nested (WbSecretValues    *self,
             guint              index,
             const WbJsonValue *value,
             const char        *text,
             const char        *string,
             gsize              length,
             guint              nesting)
{
  g_autoptr (WbJsonScan) scan = NULL;
  g_autoptr (WbSecretValues) inner = NULL;
  g_autofree gsize *map = NULL;

  if (!looks_like_json (string, length))
    return FALSE;
  scan = wb_json_scan_new (string, length, NULL);
  if (scan == NULL)
    return FALSE;
  if (nesting == MAX_NESTING)
    {
      wb_secret_values_add (self, index, TRUE, (WbSpan){ value->start, value->end }, string,
                            length);
      return TRUE;
    }

  inner = find_secrets (string, scan, nesting + 1);
  if (inner->spans->len > 0)
    map = wb_json_map_string (text, value->start, value->end, length);
  for (guint i = 0; i < inner->spans->len; i++)
    {
      const WbSecretSpan *span = &g_array_index (inner->spans, WbSecretSpan, i);
      const WbJsonValue  *inner_value = wb_json_scan_get (scan, span->value);
      gboolean            quotes = span->whole && inner_value->type == WB_JSON_STRING;

      wb_secret_values_add (self, index, FALSE,
                            (WbSpan){ map[span->place.start + quotes],
                                      map[span->place.end - quotes] },
                            span->secret, span->secret_length);
    }

  return TRUE;
}

/* Adds the secrets of @object, @length bytes of JSON that stand at @start, and writes over it in
 * @rest. What was cut off in front of its brackets is not in @rest. */
static void
add_object (GArray     *parts,
            GString    *rest,
            gsize       start,
            const char *object,
            gsize       length,
            guint       nesting)
{
  g_autoptr (WbJsonScan) scan = wb_json_scan_new (object, length, NULL);
  g_autoptr (WbSecretValues) inner = NULL;
  gsize end = MIN (start + length, rest->len);

  if (scan == NULL)
    return;

  inner = find_secrets (object, scan, nesting + 1);
  for (guint i = 0; i < inner->spans->len; i++)
    {
      const WbSecretSpan *span = &g_array_index (inner->spans, WbSecretSpan, i);
      WbSpan              part = { start + span->place.start, start + span->place.end };

      /* The quotes of a string stay. */
      if (span->whole && object[span->place.start] == '"')
        {
          part.start++;
          part.end--;
        }
      g_array_append_val (parts, part);
    }
  for (gsize i = start + 1; i + 1 < end; i++)
    rest->str[i] = 'x';
}

/* Adds the secrets of the JSON objects that stand in a sentence, such as one that quotes a
 * connection. The last one may be cut off.
 *
 * Returns: (transfer full): the sentence without what is in them */
static GString *
add_quoted (GArray     *parts,
            const char *string,
            gsize       length,
            guint       nesting)
{
  GString *rest = g_string_new_len (string, (gssize) length);
  gsize    start = 0;
  guint    n_open = 0;

  while (n_open < MAX_OPEN && (start = wb_quoted_json_find (string, start, length)) < length)
    {
      gsize            end = wb_quoted_json_find_end (string, start, length);
      gsize            whole_length;
      g_autofree char *whole = NULL;

      if (end > 0)
        {
          add_object (parts, rest, start, string + start, end - start, nesting);
          start = end;
          continue;
        }
      whole = wb_quoted_json_dup_whole (string + start, length - start, &whole_length);
      add_object (parts, rest, start, whole, whole_length, nesting);
      n_open++;
      start++;
    }

  return rest;
}

static GArray *
find_parts (const char *string,
            gsize       length,
            guint       nesting)
{
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GArray) around = NULL;
  g_autoptr (GString) rest = NULL;

  if (nesting == MAX_NESTING || wb_quoted_json_find (string, 0, length) == length)
    return wb_secret_string_find (string, length);

  parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));
  rest = add_quoted (parts, string, length, nesting);
  around = wb_secret_string_find (rest->str, length);
  if (around != NULL)
    g_array_append_vals (parts, around->data, around->len);
  if (parts->len == 0)
    return NULL;
  wb_spans_join (parts);

  return g_steal_pointer (&parts);
}

/* Finds the secrets in @string, which stands in @text between @start and @end, quotes included. */
static void
add_parts (WbSecretValues *self,
           guint           index,
           const char     *text,
           gsize           start,
           gsize           end,
           const char     *string,
           gsize           length,
           guint           nesting)
{
  g_autoptr (GArray) parts = find_parts (string, length, nesting);
  g_autofree gsize *map = NULL;

  if (parts == NULL)
    return;

  map = wb_json_map_string (text, start, end, length);
  for (guint i = 0; i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      wb_secret_values_add (self, index, FALSE, (WbSpan){ map[part->start], map[part->end] },
                            string + part->start, part->end - part->start);
    }
}

static void
find_in_string (WbSecretValues    *self,
                guint              index,
                const WbJsonValue *value,
                const char        *text,
                const char        *string,
                gsize              length,
                guint              nesting)
{
  guint n_before = self->spans->len;

  if (!find_nested (self, index, value, text, string, length, nesting))
    add_parts (self, index, text, value->start, value->end, string, length, nesting);

  if (self->spans->len > n_before)
    self->marks[index] = g_array_index (self->spans, WbSecretSpan, n_before).whole
                           ? WB_SECRET_PRESENT
                           : WB_SECRET_PARTIAL;
}

/* `password=…` or an address with a password as a key. */
static void
find_in_key (WbSecretValues    *self,
             guint              index,
             const WbJsonValue *value,
             const char        *text)
{
  gsize            length;
  g_autofree char *key = NULL;

  if (value->key_end == value->key_start)
    return;

  key = wb_json_unescape (text, value->key_start, value->key_end, &length);
  add_parts (self, index, text, value->key_start, value->key_end, key, length, MAX_NESTING);
}

static WbKeyVerdict
judge_key (const char        *text,
           const WbJsonValue *value)
{
  return value->key_end > value->key_start
           ? wb_secret_key_judge_json (text, value->key_start, value->key_end)
           : WB_KEY_PLAIN;
}

static WbSecretValues *
find_secrets (const char *text,
              WbJsonScan *scan,
              guint       nesting)
{
  WbSecretValues    *self = wb_secret_values_new_empty (text, scan);
  guint              n = wb_json_scan_get_n (scan);
  g_autofree guint8 *below = g_new0 (guint8, n);
  g_autofree guint8 *beside = wb_secret_pairs_find (text, scan);

  for (guint i = 0; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      gboolean           is_below = value->parent >= 0 && below[value->parent];
      WbKeyVerdict       verdict = is_below ? WB_KEY_SECRET : judge_key (text, value);

      verdict = MAX (verdict, (WbKeyVerdict) beside[i]);

      find_in_key (self, i, value, text);
      if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
        below[i] = verdict != WB_KEY_PLAIN;
      else if (value->type == WB_JSON_STRING)
        {
          gsize            length;
          g_autofree char *string = wb_json_unescape (text, value->start, value->end, &length);

          if (!wb_secret_key_hides (verdict, string, length))
            find_in_string (self, i, value, text, string, length, nesting);
          else if (wb_secret_is_left_out (string, length))
            self->marks[i] = WB_SECRET_LEFT_OUT;
          else
            {
              self->marks[i] = WB_SECRET_PRESENT;
              wb_secret_values_add (self, i, TRUE, (WbSpan){ value->start, value->end }, string,
                                    length);
            }
        }
      else if (verdict != WB_KEY_PLAIN && value->type == WB_JSON_NULL)
        self->marks[i] = WB_SECRET_LEFT_OUT;
      else if (wb_secret_key_hides (verdict, text + value->start, value->end - value->start))
        {
          self->marks[i] = WB_SECRET_PRESENT;
          wb_secret_values_add (self, i, TRUE, (WbSpan){ value->start, value->end },
                                text + value->start, value->end - value->start);
        }
    }

  return self;
}

/**
 * wb_secret_values_new:
 * @text: a JSON text, which must live as long as its secrets
 * @scan: where its values stand, which must live as long, too
 *
 * A value is a secret if its own key or that of an object around it says so. A part of a string is
 * a secret if the string is an address with a password, or settings or JSON that hold one. The
 * window, copies, search, comparison, redaction and the command line all use these places.
 *
 * Returns: (transfer full): the secrets
 */
WbSecretValues *
wb_secret_values_new (const char *text,
                      WbJsonScan *scan)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (scan != NULL, NULL);

  return find_secrets (text, scan, 0);
}

/**
 * wb_secret_values_find_parts:
 * @string: any UTF-8
 * @length: how many bytes
 *
 * Returns: (transfer full) (nullable) (element-type WbSpan): what is secret in it, in its order;
 *   also in JSON objects that stand in it
 */
GArray *
wb_secret_values_find_parts (const char *string,
                             gsize       length)
{
  return find_parts (string, length, 0);
}
