/* json-scan.c: strict JSON, with the place of every value in the text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"

struct _WbJsonScan
{
  GArray *values; /* (owned) (element-type WbJsonValue) */
};

/* One run over a text. A failure leaves the reason and the place where it stops being JSON. */
typedef struct
{
  const char *text;
  const char *end;
  const char *p;
  GArray     *values;  /* (nullable): only the verdict is wanted */
  gboolean    has_nul; /* some string holds \u0000, which json-glib would cut there */
  const char *reason;  /* untranslated, or NULL while all is well */
} Scanner;

static gboolean
fail (Scanner    *self,
      const char *reason)
{
  self->reason = reason;
  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->p < self->end
         && (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' || *self->p == '\t'))
    self->p++;
}

static gboolean
scan_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return fail (self, N_ ("a value is expected here"));

  self->p += length;
  return TRUE;
}

static gboolean
scan_digits (Scanner *self)
{
  const char *start = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;

  return self->p > start || fail (self, N_ ("a digit is expected here"));
}

static gboolean
scan_number (Scanner *self)
{
  if (*self->p == '-')
    self->p++;

  if (self->p < self->end && *self->p == '0')
    self->p++;
  else if (!scan_digits (self))
    return FALSE;

  if (self->p < self->end && *self->p == '.')
    {
      self->p++;
      if (!scan_digits (self))
        return FALSE;
    }

  if (self->p < self->end && (*self->p == 'e' || *self->p == 'E'))
    {
      self->p++;
      if (self->p < self->end && (*self->p == '+' || *self->p == '-'))
        self->p++;
      if (!scan_digits (self))
        return FALSE;
    }

  return TRUE;
}

/* Four hexadecimal digits at @p, or -1. */
static int
parse_hex4 (const char *p,
            const char *end)
{
  int value = 0;

  if (end - p < 4)
    return -1;

  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (p[i]);
    }

  return value;
}

/* At the `u` of an escape. Surrogates must come in pairs: half of one is no character. */
static gboolean
scan_unicode_escape (Scanner *self)
{
  int unit = parse_hex4 (self->p + 1, self->end);

  if (unit < 0)
    return fail (self, N_ ("\\u needs four hexadecimal digits"));
  if (unit == 0)
    self->has_nul = TRUE;
  self->p += 5;

  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;

  if (unit <= 0xdbff && self->end - self->p >= 6 && self->p[0] == '\\' && self->p[1] == 'u')
    {
      int low = parse_hex4 (self->p + 2, self->end);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          self->p += 6;
          return TRUE;
        }
    }

  return fail (self, N_ ("half of a surrogate pair is no character"));
}

static gboolean
scan_string (Scanner *self)
{
  self->p++;

  while (self->p < self->end)
    {
      char c = *self->p;

      if (c == '"')
        {
          self->p++;
          return TRUE;
        }
      if ((guchar) c < 0x20)
        return fail (self, N_ ("a control character must be escaped"));
      if (c != '\\')
        {
          self->p++;
          continue;
        }

      self->p++;
      if (self->p < self->end && *self->p == 'u')
        {
          if (!scan_unicode_escape (self))
            return FALSE;
        }
      else if (self->p < self->end && *self->p != '\0' && strchr ("\"\\/bfnrt", *self->p) != NULL)
        self->p++;
      else
        return fail (self, N_ ("this escape is not known to JSON"));
    }

  return fail (self, N_ ("the text ends inside a string"));
}

static WbJsonType
type_at (const char *p)
{
  switch (*p)
    {
    case '{':
      return WB_JSON_OBJECT;
    case '[':
      return WB_JSON_ARRAY;
    case '"':
      return WB_JSON_STRING;
    case 't':
      return WB_JSON_TRUE;
    case 'f':
      return WB_JSON_FALSE;
    case 'n':
      return WB_JSON_NULL;
    default:
      return WB_JSON_NUMBER;
    }
}

static gboolean
scan_scalar (Scanner   *self,
             WbJsonType type)
{
  switch (type)
    {
    case WB_JSON_STRING:
      return scan_string (self);
    case WB_JSON_TRUE:
      return scan_word (self, "true");
    case WB_JSON_FALSE:
      return scan_word (self, "false");
    case WB_JSON_NULL:
      return scan_word (self, "null");
    case WB_JSON_NUMBER:
      if (*self->p != '-' && !g_ascii_isdigit (*self->p))
        return fail (self, N_ ("a value is expected here"));
      return scan_number (self);
    case WB_JSON_OBJECT:
    case WB_JSON_ARRAY:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Reads `"key" :` and leaves the key's place in @value. */
static gboolean
scan_key (Scanner     *self,
          WbJsonValue *value)
{
  skip_space (self);
  if (self->p >= self->end || *self->p != '"')
    return fail (self, N_ ("a key in double quotes is expected here"));

  value->key_start = (gsize) (self->p - self->text);
  if (!scan_string (self))
    return FALSE;
  value->key_end = (gsize) (self->p - self->text);

  skip_space (self);
  if (self->p >= self->end || *self->p != ':')
    return fail (self, N_ ("a colon is expected here"));

  self->p++;
  return TRUE;
}

static void
set_end (Scanner *self,
         int      index)
{
  if (self->values != NULL)
    g_array_index (self->values, WbJsonValue, index).end = (gsize) (self->p - self->text);
}

/* The whole text. A loop with a stack of its own, so that no depth can exhaust the thread's. */
static gboolean
scan_text (Scanner *self)
{
  struct
  {
    gboolean is_object;
    int      index;
  } open[WB_JSON_MAX_DEPTH];
  guint depth = 0;
  int   n_values = 0;

  for (;;)
    {
      WbJsonValue value = { .depth = depth, .parent = depth > 0 ? open[depth - 1].index : -1 };
      gboolean    opened = FALSE;

      if (depth > 0 && open[depth - 1].is_object && !scan_key (self, &value))
        return FALSE;

      skip_space (self);
      if (self->p >= self->end)
        return fail (self, N_ ("the text ends where a value is expected"));

      value.type = type_at (self->p);
      value.start = (gsize) (self->p - self->text);

      if (value.type == WB_JSON_OBJECT || value.type == WB_JSON_ARRAY)
        {
          if (depth == WB_JSON_MAX_DEPTH)
            return fail (self, N_ ("the values are nested too deeply"));

          open[depth].is_object = value.type == WB_JSON_OBJECT;
          open[depth].index = n_values;
          depth++;
          self->p++;
          opened = TRUE;
        }
      else if (!scan_scalar (self, value.type))
        return FALSE;

      value.end = (gsize) (self->p - self->text);
      if (self->values != NULL)
        g_array_append_val (self->values, value);
      if (n_values == G_MAXINT)
        return fail (self, N_ ("there are too many values"));
      n_values++;

      /* Close what ends here, up to the comma before the next value. */
      for (;;)
        {
          char closing;

          skip_space (self);
          if (depth == 0)
            return self->p == self->end || fail (self, N_ ("more text follows the value"));

          closing = open[depth - 1].is_object ? '}' : ']';
          if (self->p < self->end && *self->p == closing)
            {
              self->p++;
              depth--;
              set_end (self, open[depth].index);
              opened = FALSE;
              continue;
            }
          if (opened)
            break;
          if (self->p >= self->end || *self->p != ',')
            return fail (self, open[depth - 1].is_object ? N_ ("a comma or } is expected here")
                                                         : N_ ("a comma or ] is expected here"));
          self->p++;
          break;
        }
    }
}

static void
set_error (Scanner *self,
           GError **error)
{
  const char *line_start = self->text;
  guint       line = 1;

  for (const char *p = self->text; p < self->p; p++)
    {
      if (*p == '\n')
        {
          line++;
          line_start = p + 1;
        }
    }

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: %s is a reason such as “a colon is expected here” */
               _ ("This is not valid JSON at line %u, column %ld: %s."),
               line, g_utf8_strlen (line_start, self->p - line_start) + 1, _ (self->reason));
}

static gboolean
scanner_run (Scanner    *self,
             const char *text,
             gsize       length_bytes,
             GError    **error)
{
  const char *invalid;

  self->text = text;
  self->p = text;
  self->end = text + length_bytes;

  if (!g_utf8_validate_len (text, length_bytes, &invalid))
    {
      self->p = invalid;
      self->reason = N_ ("the bytes are not UTF-8 text");
    }
  else if (scan_text (self))
    return TRUE;

  set_error (self, error);
  return FALSE;
}

/**
 * wb_json_check:
 * @text: bytes from outside
 * @length_bytes: how many
 * @error: return location
 *
 * Judges by RFC 8259 to the letter: UTF-8 without a byte order mark, no comments, no trailing
 * commas, nothing behind the value, at most %WB_JSON_MAX_DEPTH levels. Equal keys in one object
 * are let through, as the RFC does.
 *
 * Returns: %FALSE with a %WB_ERROR_INVALID that says where it breaks and why
 */
gboolean
wb_json_check (const char *text,
               gsize       length_bytes,
               GError    **error)
{
  Scanner scanner = { 0 };

  g_return_val_if_fail (text != NULL || length_bytes == 0, FALSE);

  return scanner_run (&scanner, text != NULL ? text : "", length_bytes, error);
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
  Scanner scanner = { 0 };

  g_return_val_if_fail (text != NULL || length_bytes == 0, NULL);

  if (!scanner_run (&scanner, text != NULL ? text : "", length_bytes, error))
    return NULL;

  if (scanner.has_nul)
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
  Scanner     scanner = { .values = values };
  WbJsonScan *self;

  g_return_val_if_fail (text != NULL || length_bytes == 0, NULL);

  if (!scanner_run (&scanner, text != NULL ? text : "", length_bytes, error))
    return NULL;

  self = g_new0 (WbJsonScan, 1);
  self->values = g_steal_pointer (&values);
  return self;
}

/**
 * wb_json_scan_free:
 * @self: (transfer full): a scan
 */
void
wb_json_scan_free (WbJsonScan *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->values);
  g_free (self);
}

/**
 * wb_json_scan_get_n:
 * @self: a scan
 *
 * Returns: how many values there are, at least one
 */
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

static char
unescape_simple (char c)
{
  switch (c)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
    }
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
      if (*p != '\\')
        {
          g_string_append_c (out, *p++);
        }
      else if (p[1] != 'u')
        {
          g_string_append_c (out, unescape_simple (p[1]));
          p += 2;
        }
      else
        {
          gunichar c = (gunichar) parse_hex4 (p + 2, last);

          p += 6;
          if (c >= 0xd800 && c <= 0xdbff)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + ((gunichar) parse_hex4 (p + 2, last) - 0xdc00);
              p += 6;
            }
          g_string_append_unichar (out, c);
        }
    }

  if (length_bytes != NULL)
    *length_bytes = out->len;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
