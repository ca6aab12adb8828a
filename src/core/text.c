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

/**
 * wb_text_escape:
 * @bytes: any bytes, from a service, a file or a person
 * @length: how many, or -1 if they end with a NUL byte
 *
 * Writes control characters and direction controls as `\u{NNNN}` (`\xNN` below U+0080), and bytes
 * that are not UTF-8 as `\xNN`. The result is one line of valid UTF-8 that is safe for a terminal
 * and for a label.
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

      if (!is_unsafe (c))
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
