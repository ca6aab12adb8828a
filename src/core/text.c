/* text.c: bytes from outside, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/text.h"

#include <string.h>

/* Control characters can drive a terminal, format characters (direction overrides, zero-width
 * ones) can make one name look like another, and separators break a line in two. */
static gboolean
is_unsafe (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Scripts whose letters look different when they are joined, or are not. */
static gboolean
is_joining_letter (gunichar c)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_ARABIC, G_UNICODE_SCRIPT_SYRIAC, G_UNICODE_SCRIPT_NKO,
    G_UNICODE_SCRIPT_MANDAIC, G_UNICODE_SCRIPT_MONGOLIAN, G_UNICODE_SCRIPT_DEVANAGARI,
    G_UNICODE_SCRIPT_BENGALI, G_UNICODE_SCRIPT_GURMUKHI, G_UNICODE_SCRIPT_GUJARATI,
    G_UNICODE_SCRIPT_ORIYA, G_UNICODE_SCRIPT_TAMIL, G_UNICODE_SCRIPT_TELUGU,
    G_UNICODE_SCRIPT_KANNADA, G_UNICODE_SCRIPT_MALAYALAM, G_UNICODE_SCRIPT_SINHALA,
    G_UNICODE_SCRIPT_KHMER, G_UNICODE_SCRIPT_MYANMAR, G_UNICODE_SCRIPT_TIBETAN
  };

  if (!g_unichar_isalpha (c) && !g_unichar_ismark (c))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      if (g_unichar_get_script (c) == scripts[i])
        return TRUE;
    }

  return FALSE;
}

/* A picture, or what changes the one before it: its form, or the colour of a skin. */
static gboolean
is_emoji (gunichar c)
{
  return c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff)
         || (c >= 0x2190 && g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL);
}

/* Whether an invisible character is a part of what is written: a joiner between two parts of an
 * emoji, or between letters that it joins or keeps apart. Anywhere else it only makes two names
 * look alike. */
static gboolean
is_needed (gunichar    c,
           const char *start,
           const char *p,
           const char *end)
{
  const char *next = g_utf8_next_char (p);
  gunichar    before, behind;

  if ((c != 0x200c && c != 0x200d && c != 0x180e) || p == start || next >= end)
    return FALSE;
  before = g_utf8_get_char_validated (g_utf8_prev_char (p), p - g_utf8_prev_char (p));
  behind = g_utf8_get_char_validated (next, end - next);
  if (before >= (gunichar) -2 || behind >= (gunichar) -2)
    return FALSE;

  return (c == 0x200d && is_emoji (before) && is_emoji (behind))
         || (is_joining_letter (before) && is_joining_letter (behind));
}

/**
 * wb_text_escape:
 * @bytes: any bytes, from a service, a file or a person
 * @length: how many, or -1 if they end with a NUL byte
 *
 * Writes control characters and direction controls as `\u{NNNN}` (`\xNN` below U+0080), and bytes
 * that are not UTF-8 as `\xNN`. Joiners stay inside emoji and where letters need them. The result
 * is one line of valid UTF-8 that is safe for a terminal and for a label.
 *
 * Returns: (transfer full): the text
 */
char *
wb_text_escape (const char *bytes,
                gssize      length)
{
  g_autoptr (GString) out = NULL;
  const char *p;
  const char *end;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (length < 0)
    length = (gssize) strlen (bytes);
  out = g_string_sized_new ((gsize) length + 1);
  end = bytes + length;

  for (p = bytes; p < end;)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);

      /* A NUL byte reads as "incomplete" or as 0, depending on GLib's version. */
      if (*p == '\0' || c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar) *p);
          p++;
          continue;
        }

      if (!is_unsafe (c) || is_needed (c, bytes, p, end))
        g_string_append_unichar (out, c);
      else if (c < 0x80)
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_printf (out, "\\u{%04X}", c);
      p = g_utf8_next_char (p);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wb_text_escape_json:
 * @json: a valid JSON text
 *
 * A JSON generator leaves direction controls as they are. They can only stand inside strings, so
 * replacing them by JSON escapes keeps the text's meaning.
 *
 * Returns: (transfer full): the same JSON, safe for a terminal
 */
char *
wb_text_escape_json (const char *json)
{
  g_autoptr (GString) out = NULL;
  const char *p;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (json, -1, NULL), NULL);

  out = g_string_sized_new (strlen (json) + 1);
  for (p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20 || !is_unsafe (c))
        g_string_append_unichar (out, c);
      else if (c < 0x10000)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_printf (out, "\\u%04x\\u%04x",
                                0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wb_text_is_one_line:
 * @text: what a person typed
 *
 * Returns: %FALSE if it is not UTF-8, or has a control character or a separator of lines. Format
 *   characters are let through, for emoji are made with them.
 */
gboolean
wb_text_is_one_line (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL
          || type == G_UNICODE_LINE_SEPARATOR
          || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }

  return TRUE;
}

/* A piece of a text ends in front of a character that belongs to none before it, once it is long
 * enough; and in any case before it gets too long. */
#define PIECE_BYTES 128
#define MAX_PIECE_BYTES 256

static const char *
find_piece_end (const char *text)
{
  const char *p = text;

  while (*p != '\0' && p - text < MAX_PIECE_BYTES)
    {
      gunichar c = g_utf8_get_char (p);
      /* Korean vowels and last consonants become one with what is before them. */
      gboolean is_jamo = c >= 0x1100 && c <= 0x11ff;

      if (p - text >= PIECE_BYTES && (c < 0x80 || (!g_unichar_ismark (c) && !is_jamo)))
        break;
      p = g_utf8_next_char (p);
    }

  return p;
}

/**
 * wb_text_normalize:
 * @text: valid UTF-8
 * @mode: how
 *
 * A g_utf8_normalize() that does not take four times as long for a text twice as long, as that does
 * for many letters with accents.
 *
 * Returns: (transfer full): the text, normalized
 */
char *
wb_text_normalize (const char    *text,
                   GNormalizeMode mode)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char      *end = find_piece_end (text);
      g_autofree char *piece = g_utf8_normalize (text, end - text, mode);

      g_string_append (out, piece);
      text = end;
    }

  return g_string_free (out, FALSE);
}
