/* secret-values.c: which values of a JSON text are secrets, and where they stand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secret-values.h"

#include "core/archive/secret-keys.h"
#include "core/archive/secret-strings.h"

#include <string.h>

/* JSON in a string in JSON in a string …; what lies deeper is a secret as a whole. */
#define MAX_NESTING 4

struct _WbSecretValues
{
  guint8 *marks; /* (owned): a #WbSecret for each of the scan's values */
  GArray *spans; /* (owned) (element-type WbSecretSpan): in the text's order */
};

static void
clear_span (gpointer data)
{
  WbSecretSpan *span = data;

  g_free (span->secret);
}

static char *
dup_bytes (const char *bytes,
           gsize       length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';

  return copy;
}

static gboolean
looks_like_json (const char *string,
                 gsize       length)
{
  gsize i = 0;

  while (i < length && strchr (" \t\r\n", string[i]) != NULL && string[i] != '\0')
    i++;

  return i < length && (string[i] == '{' || string[i] == '[');
}

static void find_secrets (WbSecretValues *self,
                          const char     *text,
                          WbJsonScan     *scan,
                          guint           nesting);

static void
add_span (WbSecretValues *self,
          guint           value,
          gboolean        whole,
          gsize           start,
          gsize           end,
          const char     *secret,
          gsize           secret_length)
{
  WbSecretSpan span = {
    .value = value,
    .whole = whole,
    .start = start,
    .end = end,
    .secret = dup_bytes (secret, secret_length),
    .secret_length = secret_length,
  };

  g_array_append_val (self->spans, span);
}

/* What is secret in the JSON of a string, as parts of that string. */
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
      add_span (self, index, TRUE, value->start, value->end, string, length);
      return TRUE;
    }

  inner = g_new0 (WbSecretValues, 1);
  find_secrets (inner, string, scan, nesting + 1);
  if (inner->spans->len > 0)
    map = wb_secret_map_string (text, value->start, value->end, length);
  for (guint i = 0; i < inner->spans->len; i++)
    {
      const WbSecretSpan *span = &g_array_index (inner->spans, WbSecretSpan, i);
      const WbJsonValue  *inner_value = wb_json_scan_get (scan, span->value);
      gboolean            quotes = span->whole && inner_value->type == WB_JSON_STRING;

      add_span (self, index, FALSE, map[span->start + quotes], map[span->end - quotes],
                span->secret, span->secret_length);
    }

  return TRUE;
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
    {
      g_autoptr (GArray) parts = wb_secret_string_find (string, length);
      g_autofree gsize *map = NULL;

      if (parts != NULL)
        map = wb_secret_map_string (text, value->start, value->end, length);
      for (guint i = 0; parts != NULL && i < parts->len; i++)
        {
          const WbSecretPart *part = &g_array_index (parts, WbSecretPart, i);

          add_span (self, index, FALSE, map[part->start], map[part->end], string + part->start,
                    part->end - part->start);
        }
    }

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
  g_autoptr (GArray) parts = NULL;
  g_autofree gsize *map = NULL;

  if (value->key_end == value->key_start)
    return;
  key = wb_json_unescape (text, value->key_start, value->key_end, &length);
  parts = wb_secret_string_find (key, length);
  if (parts == NULL)
    return;

  map = wb_secret_map_string (text, value->key_start, value->key_end, length);
  for (guint i = 0; i < parts->len; i++)
    {
      const WbSecretPart *part = &g_array_index (parts, WbSecretPart, i);

      add_span (self, index, FALSE, map[part->start], map[part->end], key + part->start,
                part->end - part->start);
    }
}

static gboolean
has_secret_key (const char        *text,
                const WbJsonValue *value)
{
  gsize            length;
  g_autofree char *key = NULL;

  if (value->key_end == value->key_start)
    return FALSE;
  if (memchr (text + value->key_start, '\\', value->key_end - value->key_start) == NULL)
    return wb_secret_key_check (text + value->key_start + 1,
                                value->key_end - value->key_start - 2);

  key = wb_json_unescape (text, value->key_start, value->key_end, &length);
  return wb_secret_key_check (key, length);
}

static void
find_secrets (WbSecretValues *self,
              const char     *text,
              WbJsonScan     *scan,
              guint           nesting)
{
  guint              n = wb_json_scan_get_n (scan);
  g_autofree guint8 *below = g_new0 (guint8, n);

  self->marks = g_new0 (guint8, n);
  self->spans = g_array_new (FALSE, FALSE, sizeof (WbSecretSpan));
  g_array_set_clear_func (self->spans, clear_span);

  for (guint i = 0; i < n; i++)
    {
      const WbJsonValue *value = wb_json_scan_get (scan, i);
      gboolean           is_secret = (value->parent >= 0 && below[value->parent])
                           || has_secret_key (text, value);

      find_in_key (self, i, value, text);
      if (value->type == WB_JSON_OBJECT || value->type == WB_JSON_ARRAY)
        below[i] = is_secret;
      else if (value->type == WB_JSON_STRING)
        {
          gsize            length;
          g_autofree char *string = wb_json_unescape (text, value->start, value->end, &length);

          if (!is_secret)
            find_in_string (self, i, value, text, string, length, nesting);
          else if (wb_secret_is_left_out (string, length))
            self->marks[i] = WB_SECRET_LEFT_OUT;
          else
            {
              self->marks[i] = WB_SECRET_PRESENT;
              add_span (self, i, TRUE, value->start, value->end, string, length);
            }
        }
      else if (is_secret && value->type == WB_JSON_NULL)
        self->marks[i] = WB_SECRET_LEFT_OUT;
      else if (is_secret)
        {
          self->marks[i] = WB_SECRET_PRESENT;
          add_span (self, i, TRUE, value->start, value->end, text + value->start,
                    value->end - value->start);
        }
    }
}

/**
 * wb_secret_values_new:
 * @text: a JSON text
 * @scan: where its values stand
 *
 * A value is a secret if its own key or one it lies under says so. Parts of a string are, if it is
 * an address with a password, settings, or JSON, that hold one. What is on the screen, is copied,
 * searched, compared, redacted or printed goes by this.
 *
 * Returns: (transfer full): the secrets
 */
WbSecretValues *
wb_secret_values_new (const char *text,
                      WbJsonScan *scan)
{
  WbSecretValues *self;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (scan != NULL, NULL);

  self = g_new0 (WbSecretValues, 1);
  find_secrets (self, text, scan, 0);

  return self;
}

void
wb_secret_values_free (WbSecretValues *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self->marks);
  g_free (self);
}

/**
 * wb_secret_values_get:
 * @self: the secrets of a text
 * @value: number of a value in its scan
 *
 * Returns: what it is; only scalars are marked
 */
WbSecret
wb_secret_values_get (WbSecretValues *self,
                      guint           value)
{
  g_return_val_if_fail (self != NULL, WB_SECRET_PRESENT);

  return self->marks[value];
}

guint
wb_secret_values_get_n_spans (WbSecretValues *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->spans->len;
}

/**
 * wb_secret_values_get_span:
 * @self: the secrets of a text
 * @index: less than wb_secret_values_get_n_spans()
 *
 * Returns: (transfer none): one of the places where secrets stand, in the text's order and apart
 *   from each other
 */
const WbSecretSpan *
wb_secret_values_get_span (WbSecretValues *self,
                           guint           index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->spans->len, NULL);

  return &g_array_index (self->spans, WbSecretSpan, index);
}

/* The first span of a value; they are in the order of values. */
static guint
find_first_span (WbSecretValues *self,
                 guint           value)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->spans, WbSecretSpan, middle).value < value)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* A string or a key between its quotes, with the mask in the place of its secrets. */
static char *
dup_masked_string (WbSecretValues *self,
                   const char     *text,
                   guint           value,
                   gsize           start,
                   gsize           end,
                   const char     *mask,
                   gsize          *length)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  gsize done = start;

  for (guint i = find_first_span (self, value); i < self->spans->len; i++)
    {
      const WbSecretSpan *span = &g_array_index (self->spans, WbSecretSpan, i);

      if (span->value != value)
        break;
      if (span->start < start || span->end > end)
        continue;
      g_string_append_len (raw, text + done, (gssize) (span->start - done));
      g_string_append (raw, mask);
      done = span->end;
    }
  g_string_append_len (raw, text + done, (gssize) (end - done));

  return wb_json_unescape (raw->str, 0, raw->len, length);
}

/**
 * wb_secret_values_dup_masked:
 * @self: the secrets of a text
 * @text: the text
 * @scan: where its values stand
 * @value: a scalar
 * @mask: what to put in the place of secrets
 * @length: (out): how many bytes
 *
 * Returns: (transfer full): a string without its escapes, another scalar as it is spelled; without
 *   its secrets
 */
char *
wb_secret_values_dup_masked (WbSecretValues *self,
                             const char     *text,
                             WbJsonScan     *scan,
                             guint           value,
                             const char     *mask,
                             gsize          *length)
{
  const WbJsonValue *scalar = wb_json_scan_get (scan, value);

  if (self->marks[value] == WB_SECRET_PRESENT)
    {
      *length = strlen (mask);
      return g_strdup (mask);
    }
  if (scalar->type != WB_JSON_STRING)
    {
      *length = scalar->end - scalar->start;
      return dup_bytes (text + scalar->start, *length);
    }
  if (self->marks[value] != WB_SECRET_PARTIAL)
    return wb_json_unescape (text, scalar->start, scalar->end, length);

  return dup_masked_string (self, text, value, scalar->start, scalar->end, mask, length);
}

/**
 * wb_secret_values_dup_key:
 * @self: the secrets of a text
 * @text: the text
 * @scan: where its values stand
 * @value: a value with a key
 * @mask: what to put in the place of secrets
 * @length: (out): how many bytes
 *
 * Returns: (transfer full): the key without its escapes and without secrets
 */
char *
wb_secret_values_dup_key (WbSecretValues *self,
                          const char     *text,
                          WbJsonScan     *scan,
                          guint           value,
                          const char     *mask,
                          gsize          *length)
{
  const WbJsonValue *member = wb_json_scan_get (scan, value);

  return dup_masked_string (self, text, value, member->key_start, member->key_end, mask, length);
}

/**
 * wb_secret_map_string:
 * @text: a JSON text
 * @start: where a string or key begins, at its opening quote
 * @end: where it ends, behind its closing quote
 * @length: how many bytes it has without escapes
 *
 * Returns: (transfer full) (array): where each byte of the unescaped string begins in the text, and
 *   where the last one ends
 */
gsize *
wb_secret_map_string (const char *text,
                      gsize       start,
                      gsize       end,
                      gsize       length)
{
  gsize *map = g_new (gsize, length + 1);
  gsize  at = start + 1;
  gsize  n = 0;

  while (at < end - 1)
    {
      gsize  unit = 1;
      gssize n_bytes = 1;

      if (text[at] == '\\')
        {
          g_autofree char *string = NULL;
          gsize            unescaped;

          unit = text[at + 1] != 'u' ? 2 : 6;
          /* A surrogate has its other half behind it, or the text would not have been accepted. */
          if (unit == 6 && g_ascii_tolower (text[at + 2]) == 'd'
              && strchr ("89abAB", text[at + 3]) != NULL)
            unit = 12;
          string = g_strdup_printf ("\"%.*s\"", (int) unit, text + at);
          g_free (wb_json_unescape (string, 0, unit + 2, &unescaped));
          n_bytes = (gssize) unescaped;
        }
      for (; n_bytes > 0 && n < length; n_bytes--)
        map[n++] = at;
      at += unit;
    }
  while (n <= length)
    map[n++] = end - 1;

  return map;
}
