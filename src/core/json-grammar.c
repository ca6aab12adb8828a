/* json-grammar.c: one strict run over a JSON text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/json-scan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/unescape.h"

static gboolean
fail (WbJsonGrammar *self,
      const char    *reason)
{
  self->reason = reason;

  return FALSE;
}

static void
skip_space (WbJsonGrammar *self)
{
  while (self->p < self->end
         && (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' || *self->p == '\t'))
    self->p++;
}

static gboolean
scan_word (WbJsonGrammar *self,
           const char    *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return fail (self, N_ ("a value is expected here"));

  self->p += length;

  return TRUE;
}

static gboolean
scan_digits (WbJsonGrammar *self)
{
  const char *start = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;

  return self->p > start || fail (self, N_ ("a digit is expected here"));
}

static gboolean
scan_number (WbJsonGrammar *self)
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

/* At the `u` of an escape. Surrogates must come in pairs. */
static gboolean
scan_unicode_escape (WbJsonGrammar *self)
{
  gunichar c;
  gsize    length = wb_unescape_unicode (self->p - 1, (gsize) (self->end - self->p) + 1, &c);

  if (length == 0)
    return fail (self, N_ ("\\u needs four hexadecimal digits"));

  self->p += length - 1;
  if (c >= 0xd800 && c <= 0xdfff)
    return fail (self, N_ ("half of a surrogate pair is not a character"));
  if (c == 0)
    self->has_nul = TRUE;

  return TRUE;
}

static gboolean
scan_string (WbJsonGrammar *self)
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
scan_scalar (WbJsonGrammar *self,
             WbJsonType     type)
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
scan_key (WbJsonGrammar *self,
          WbJsonValue   *value)
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
set_end (WbJsonGrammar *self,
         int            index)
{
  if (self->values != NULL)
    g_array_index (self->values, WbJsonValue, index).end = (gsize) (self->p - self->text);
}

/* The whole text. A loop with a stack of its own, so that no depth can exhaust the thread's. */
static gboolean
scan_text (WbJsonGrammar *self)
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
set_error (WbJsonGrammar *self,
           GError       **error)
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

/**
 * wb_json_grammar_run:
 * @self: a run that has not begun
 * @text: bytes from outside
 * @length_bytes: how many
 * @error: return location
 *
 * Returns: %FALSE with an error as from wb_json_check()
 */
gboolean
wb_json_grammar_run (WbJsonGrammar *self,
                     const char    *text,
                     gsize          length_bytes,
                     GError       **error)
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
