/* json-scan.c: strict JSON, with the place of every value in the text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/json-scan-private.h"
#include "core/unescape.h"

struct _WbJsonScan
{
  GArray *values; /* (owned) (element-type WbJsonValue) */
};

/**
 * wb_json_check:
 * @text: bytes from outside
 * @length_bytes: how many
 * @error: return location
 *
 * Judges by RFC 8259 to the letter: UTF-8 without a byte order mark, no comments, no trailing
 * commas, nothing after the value, at most %WB_JSON_MAX_DEPTH levels. Equal keys in one object
 * are let through, as the RFC does.
 *
 * Returns: %FALSE with a %WB_ERROR_INVALID that says where it breaks and why
 */
gboolean
wb_json_check (const char *text,
               gsize       length_bytes,
               GError    **error)
{
  WbJsonGrammar grammar = { 0 };

  g_return_val_if_fail (text != NULL || length_bytes == 0, FALSE);

  return wb_json_grammar_run (&grammar, text != NULL ? text : "", length_bytes, error);
}

/**
 * wb_json_parse:
 * @text: bytes from outside
 * @length_bytes: how many
 * @error: return location
 *
 * Strict where json-glib is not: wb_json_check() first, and no `\u0000`, at which json-glib would
 * cut a string.
 *
 * Returns: (transfer full): the document, or %NULL with an error
 */
JsonNode *
wb_json_parse (const char *text,
               gsize       length_bytes,
               GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  WbJsonGrammar grammar = { 0 };

  g_return_val_if_fail (text != NULL || length_bytes == 0, NULL);

  if (!wb_json_grammar_run (&grammar, text != NULL ? text : "", length_bytes, error))
    return NULL;

  if (grammar.has_nul)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("This JSON holds a NUL character, which no setting can have."));
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length_bytes, error))
    return NULL;

  return json_parser_steal_root (parser);
}

/**
 * wb_json_scan_new:
 * @text: bytes from outside
 * @length_bytes: how many
 * @error: return location
 *
 * Returns: (transfer full): where each value stands, or %NULL with an error as from
 *   wb_json_check()
 */
WbJsonScan *
wb_json_scan_new (const char *text,
                  gsize       length_bytes,
                  GError    **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (WbJsonValue));
  WbJsonGrammar grammar = { .values = values };
  WbJsonScan   *self;

  g_return_val_if_fail (text != NULL || length_bytes == 0, NULL);

  if (!wb_json_grammar_run (&grammar, text != NULL ? text : "", length_bytes, error))
    return NULL;

  self = g_new0 (WbJsonScan, 1);
  self->values = g_steal_pointer (&values);

  return self;
}

void
wb_json_scan_free (WbJsonScan *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->values);
  g_free (self);
}

guint
wb_json_scan_get_n (WbJsonScan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->values->len;
}

/**
 * wb_json_scan_get:
 * @self: a scan
 * @index: from 0, the outermost value
 *
 * Returns: (transfer none): one value; it lives as long as @self
 */
const WbJsonValue *
wb_json_scan_get (WbJsonScan *self,
                  guint       index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->values->len, NULL);

  return &g_array_index (self->values, WbJsonValue, index);
}

/**
 * wb_json_unescape:
 * @text: a text that wb_json_scan_new() accepted
 * @start: where a string or key begins, at its opening quote
 * @end: where it ends, behind its closing quote
 * @length_bytes: (out) (optional): the result's length, which may hold NUL bytes
 *
 * Returns: (transfer full): the string itself, as UTF-8
 */
char *
wb_json_unescape (const char *text,
                  gsize       start,
                  gsize       end,
                  gsize      *length_bytes)
{
  g_autoptr (GString) out = NULL;
  const char *p = text + start + 1;
  const char *last = text + end - 1;

  g_return_val_if_fail (end >= start + 2, NULL);
  g_return_val_if_fail (text[start] == '"' && *last == '"', NULL);

  out = g_string_sized_new (end - start);
  while (p < last)
    {
      const char *escape = memchr (p, '\\', (gsize) (last - p));
      char        bytes[4];
      gsize       n_bytes;

      if (escape == NULL)
        escape = last;
      g_string_append_len (out, p, (gssize) (escape - p));
      p = escape;
      if (p == last)
        break;

      p += wb_unescape_json (p, (gsize) (last - p), bytes, &n_bytes);
      g_string_append_len (out, bytes, (gssize) n_bytes);
    }

  if (length_bytes != NULL)
    *length_bytes = out->len;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wb_json_map_string:
 * @text: a JSON text
 * @start: where a string or key begins, at its opening quote
 * @end: where it ends, behind its closing quote
 * @length: how many bytes it has without escapes
 *
 * Returns: (transfer full) (array): where each byte of the unescaped string begins in the text, and
 *   where the last one ends
 */
gsize *
wb_json_map_string (const char *text,
                    gsize       start,
                    gsize       end,
                    gsize       length)
{
  gsize *map = g_new (gsize, length + 1);
  gsize  at = start + 1;
  gsize  n = 0;

  while (at < end - 1)
    {
      char  bytes[4];
      gsize n_bytes;
      gsize unit = wb_unescape_json (text + at, end - 1 - at, bytes, &n_bytes);

      for (; n_bytes > 0 && n < length; n_bytes--)
        map[n++] = at;
      at += unit;
    }
  while (n <= length)
    map[n++] = end - 1;

  return map;
}
