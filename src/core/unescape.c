/* unescape.c: the escapes of JSON and of addresses, undone
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/unescape.h"

#include <string.h>

/* The number that so many hexadecimal digits make, or -1 if they do not stand there. */
static int
read_hex (const char *text,
          gsize       length,
          guint       n_digits)
{
  int value = 0;

  if (length < n_digits)
    return -1;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (text[i]);
    }

  return value;
}

/**
 * wb_unescape_percent:
 * @text: any bytes
 * @length: how many
 *
 * Returns: the byte that `%XX` at their start stands for, or -1 if none does
 */
int
wb_unescape_percent (const char *text,
                     gsize       length)
{
  return length >= 3 && *text == '%' ? read_hex (text + 1, length - 1, 2) : -1;
}

/**
 * wb_unescape_percents:
 * @text: any bytes
 * @length: how many
 *
 * Returns: (transfer full): the bytes that are meant, NUL perhaps too; a `%` that begins no escape
 *   stands for itself
 */
GString *
wb_unescape_percents (const char *text,
                      gsize       length)
{
  GString *bytes = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      int byte = wb_unescape_percent (text + i, length - i);

      g_string_append_c (bytes, byte >= 0 ? (char) byte : text[i]);
      if (byte >= 0)
        i += 2;
    }

  return bytes;
}

/**
 * wb_unescape_unicode:
 * @text: any bytes
 * @length: how many
 * @c: (out): the character that `\uXXXX` at their start stands for, or a surrogate pair of those;
 *   a half of a pair that stands alone is left as it is, and is not a character
 *
 * Returns: how many bytes it takes, 6 or 12; 0 if there is none
 */
gsize
wb_unescape_unicode (const char *text,
                     gsize       length,
                     gunichar   *c)
{
  int unit = length >= 6 && text[0] == '\\' && text[1] == 'u' ? read_hex (text + 2, 4, 4)
                                                              : -1;
  int low = -1;

  if (unit < 0)
    return 0;

  *c = (gunichar) unit;
  if (unit < 0xd800 || unit > 0xdbff)
    return 6;
  if (length >= 12 && text[6] == '\\' && text[7] == 'u')
    low = read_hex (text + 8, 4, 4);
  if (low < 0xdc00 || low > 0xdfff)
    return 6;
  *c = 0x10000 + ((*c - 0xd800) << 10) + ((gunichar) low - 0xdc00);

  return 12;
}

/**
 * wb_unescape_json:
 * @text: any bytes
 * @length: how many, at least one
 * @bytes: (out caller-allocates) (array fixed-size=4): the character that an escape at their start
 *   stands for, or else the byte there; U+FFFD for half of a surrogate pair
 * @n_bytes: (out): how many bytes that is
 *
 * Returns: how many bytes it takes in @text
 */
gsize
wb_unescape_json (const char *text,
                  gsize       length,
                  char       *bytes,
                  gsize      *n_bytes)
{
  static const char letters[] = "bfnrt";
  static const char controls[] = "\b\f\n\r\t";
  const char       *letter;
  gunichar          c;
  gsize             n;

  *n_bytes = 1;
  *bytes = *text;
  if (*text != '\\' || length < 2)
    return 1;

  n = wb_unescape_unicode (text, length, &c);
  if (n > 0)
    {
      *n_bytes = (gsize) g_unichar_to_utf8 (c >= 0xd800 && c <= 0xdfff ? 0xfffd : c, bytes);
      return n;
    }

  letter = strchr (letters, text[1]);
  *bytes = letter != NULL && *letter != '\0' ? controls[letter - letters] : text[1];

  return 2;
}

static gsize
unescape_one (WbEscapes   escapes,
              const char *text,
              gsize       length,
              char       *bytes,
              gsize      *n_bytes)
{
  int byte;

  if (escapes == WB_ESCAPES_JSON)
    return wb_unescape_json (text, length, bytes, n_bytes);

  *n_bytes = 1;
  *bytes = *text == '+' && escapes == WB_ESCAPES_FORM ? ' ' : *text;
  byte = wb_unescape_percent (text, length);
  if (byte < 0)
    return 1;
  *bytes = (char) byte;

  return 3;
}

/**
 * wb_unescaped_unescape:
 * @self: bytes
 * @escapes: which escapes to undo
 * @unescaped: (out caller-allocates): what they stand for, where there is something to undo; all
 *   zero before
 *
 * Returns: whether there is
 */
gboolean
wb_unescaped_unescape (const WbUnescaped *self,
                       WbEscapes          escapes,
                       WbUnescaped       *unescaped)
{
  const char marks[] = { '\\', '%', '+' };
  gsize      at = 0;

  if (self->length == 0 || memchr (self->bytes, marks[escapes], self->length) == NULL)
    return FALSE;

  unescaped->bytes = g_malloc (self->length + 8);
  unescaped->map = g_new (gsize, self->length + 9);
  while (at < self->length)
    {
      gsize n_bytes;
      gsize n = unescape_one (escapes, self->bytes + at, self->length - at,
                              unescaped->bytes + unescaped->length, &n_bytes);

      for (gsize i = 0; i < n_bytes; i++)
        unescaped->map[unescaped->length++] = wb_unescaped_get_offset (self, at);
      at += n;
    }
  unescaped->map[unescaped->length] = wb_unescaped_get_offset (self, self->length);

  return TRUE;
}

/**
 * wb_unescaped_get_offset:
 * @self: bytes
 * @at: one of them, or their end
 *
 * Returns: where it is in the string that they come from
 */
gsize
wb_unescaped_get_offset (const WbUnescaped *self,
                         gsize              at)
{
  return self->map != NULL ? self->map[at] : at;
}

void
wb_unescaped_clear (WbUnescaped *self)
{
  g_free (self->bytes);
  g_free (self->map);
}
