/* shown-pair.c: two values that differ, written so that a person sees where
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/shown-pair.h"

#include <string.h>

#include "core/text.h"

/* What is shown of a value, and of it what stands before a difference that lies behind it. */
#define MAX_VALUE_CHARS 1024
#define CONTEXT_CHARS 40

/* Masks are made of it. */
#define WB_DOT 0x2022

/* Folds what looks alike: normal forms, all kinds of space, characters without a width. */
static char *
fold (const WbPlainValue *value)
{
  g_autofree char *valid = g_utf8_make_valid (value->text, (gssize) value->length);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iszerowidth (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (folded, c);
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* Cyrillic and Greek letters that stand in the place of Latin ones cannot be told from them. */
static gboolean
swaps_alphabets (const char *a,
                 const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      gunichar       x = g_utf8_get_char (a);
      gunichar       y = g_utf8_get_char (b);
      GUnicodeScript x_script = g_unichar_get_script (x);
      GUnicodeScript y_script = g_unichar_get_script (y);

      if (x != y && x_script != y_script
          && (x_script == G_UNICODE_SCRIPT_LATIN || y_script == G_UNICODE_SCRIPT_LATIN))
        return TRUE;
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }

  return FALSE;
}

static gboolean
look_alike (const WbPlainValue *a,
            const WbPlainValue *b)
{
  g_autofree char *a_folded = fold (a);
  g_autofree char *b_folded = fold (b);

  return g_str_equal (a_folded, b_folded)
         || (g_utf8_strlen (a_folded, -1) == g_utf8_strlen (b_folded, -1)
             && swaps_alphabets (a_folded, b_folded));
}

static gboolean
has_space_at_an_end (const WbPlainValue *value)
{
  return value->length == 0 || g_ascii_isspace (value->text[0])
         || g_ascii_isspace (value->text[value->length - 1]);
}

/* Where both stop being the same, at the start of a character. */
static gsize
find_difference (const WbPlainValue *a,
                 const WbPlainValue *b)
{
  gsize i = 0;

  while (i < a->length && i < b->length && a->text[i] == b->text[i])
    i++;
  while (i > 0 && i < a->length && ((guchar) a->text[i] & 0xc0) == 0x80)
    i--;

  return i;
}

/* Where to begin, so that the difference is not cut away. */
static gsize
find_start (const WbPlainValue *a,
            const WbPlainValue *b)
{
  gsize difference = find_difference (a, b);

  if (MAX (a->length, b->length) <= MAX_VALUE_CHARS || difference < MAX_VALUE_CHARS / 2)
    return 0;
  for (guint i = 0; i < CONTEXT_CHARS; i++)
    {
      do
        difference--;
      while (((guchar) a->text[difference] & 0xc0) == 0x80);
    }

  return difference;
}

/* Spells every character that is not plain ASCII, for so it can be told from another. */
static char *
spell (const char *escaped)
{
  GString *out = g_string_new (NULL);

  for (const char *p = escaped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 || c == WB_DOT)
        g_string_append_unichar (out, c);
      else
        g_string_append_printf (out, "\\u{%04X}", c);
    }

  return g_string_free (out, FALSE);
}

static char *
show (const WbPlainValue *value,
      gsize               start,
      gboolean            quoted,
      gboolean            spelled)
{
  gsize            from = MIN (start, value->length);
  gsize            length = MIN (value->length - from, MAX_VALUE_CHARS * 4);
  g_autofree char *escaped = wb_text_escape (value->text + from, (gssize) length);
  g_autofree char *text = spelled ? spell (escaped) : g_steal_pointer (&escaped);
  const char      *quote = quoted && value->type == WB_JSON_STRING ? "\"" : "";
  gboolean         cut = from + length < value->length;

  if (g_utf8_strlen (text, -1) > MAX_VALUE_CHARS)
    {
      *g_utf8_offset_to_pointer (text, MAX_VALUE_CHARS) = '\0';
      cut = TRUE;
    }

  return g_strconcat (quote, from > 0 ? "…" : "", text, cut ? "…" : "", quote, NULL);
}

/**
 * wb_shown_pair:
 * @a: a value
 * @b: another one; with its secrets masked, it may look the same
 * @a_shown: (out) (transfer full): the first one, escaped
 * @b_shown: (out) (transfer full): the second one, escaped
 *
 * Writes both so that it shows in what they differ: a string in quotes where the other one is a
 * number, or where a space at its end counts; characters spelled out where both would look the
 * same; and of long ones the part around the first difference.
 */
void
wb_shown_pair (const WbPlainValue *a,
               const WbPlainValue *b,
               char              **a_shown,
               char              **b_shown)
{
  gboolean strings = a->type == WB_JSON_STRING && b->type == WB_JSON_STRING;
  gboolean same = a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
  gboolean spelled = strings && !same && look_alike (a, b);
  gboolean quoted = spelled || a->type != b->type || has_space_at_an_end (a)
                    || has_space_at_an_end (b);
  gsize start = same ? 0 : find_start (a, b);

  *a_shown = show (a, start, quoted, spelled);
  *b_shown = show (b, start, quoted, spelled);
}
