/* unescape.c: the escapes of JSON, of addresses and of XML, undone
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

/* XML 1.0, 4.6. */
static const struct
{
  const char *name;
  char        c;
} entities[] = {
  { "&lt;", '<' },
  { "&gt;", '>' },
  { "&amp;", '&' },
  { "&quot;", '"' },
  { "&apos;", '\'' },
};

/* One of these, or `&#60;` or `&#x3c;`. Returns how many bytes it takes, 0 for none. */
static gsize
unescape_xml (const char *text,
              gsize       length,
              char       *bytes,
              gsize      *n_bytes)
{
  gboolean is_hex = length > 2 && text[1] == '#' && (text[2] == 'x' || text[2] == 'X');
  gsize    i = is_hex ? 3 : 2;
  gunichar c = 0;

  for (guint e = 0; e < G_N_ELEMENTS (entities); e++)
    {
      gsize n = strlen (entities[e].name);

      if (length >= n && memcmp (text, entities[e].name, n) == 0)
        {
          *bytes = entities[e].c;
          *n_bytes = 1;
          return n;
        }
    }
  if (length < 4 || text[0] != '&' || text[1] != '#')
    return 0;

  for (; i < length && c <= 0x10ffff; i++)
    {
      int digit = is_hex ? g_ascii_xdigit_value (text[i]) : g_ascii_digit_value (text[i]);

      if (digit < 0)
        break;
      c = c * (is_hex ? 16 : 10) + (gunichar) digit;
    }
  if (i == length || text[i] != ';' || c == 0 || !g_unichar_validate (c))
    return 0;
  *n_bytes = (gsize) g_unichar_to_utf8 (c, bytes);

  return i + 1;
}

/* Gives the byte there, if no escape begins there. Returns how many bytes it takes. */
static gsize
unescape_one (WbEscapes   escapes,
              const char *text,
              gsize       length,
              char       *bytes,
              gsize      *n_bytes)
{
  gsize n;
  int   byte;

  if (escapes == WB_ESCAPES_JSON)
    return wb_unescape_json (text, length, bytes, n_bytes);
  if (escapes == WB_ESCAPES_XML)
    {
      n = unescape_xml (text, length, bytes, n_bytes);
      if (n > 0)
        return n;
    }

  *n_bytes = 1;
  *bytes = *text == '+' && escapes == WB_ESCAPES_FORM ? ' ' : *text;
  byte = escapes != WB_ESCAPES_XML ? wb_unescape_percent (text, length) : -1;
  if (byte < 0)
    return 1;
  *bytes = (char) byte;

  return 3;
}

static void
undo_escapes (const WbUnescaped *self,
              WbEscapes          escapes,
              WbUnescaped       *unescaped)
{
  gsize at = 0;

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
}

static gboolean
is_ascii (char c)
{
  return (guchar) c < 0x80;
}

/* No letter has more marks; ordering them takes long. */
#define MAX_TOGETHER_BYTES 64

/* How many bytes from here on are to be looked at as one: a character and the marks behind it. */
static gsize
count_together (const char *text,
                gsize       length)
{
  gsize    n = 0;
  gunichar c;

  do
    {
      c = g_utf8_get_char_validated (text + n, (gssize) (length - n));
      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
        return MAX (n, 1);
      n += (gsize) g_unichar_to_utf8 (c, NULL);
      if (n < length && is_ascii (text[n]))
        return n;
      c = n < length ? g_utf8_get_char_validated (text + n, (gssize) (length - n)) : 0;
    }
  while (n < length && n < MAX_TOGETHER_BYTES && g_unichar_ismark (c));

  return n;
}

/* Compatibility decomposition (UAX #15, NFKD): each character by itself, so that it is known where
 * it comes from. */
static void
decompose (const WbUnescaped *self,
           WbUnescaped       *unescaped)
{
  g_autoptr (GString) bytes = g_string_sized_new (self->length);
  g_autoptr (GArray) map = g_array_sized_new (FALSE, FALSE, sizeof (gsize),
                                              (guint) self->length + 1);
  gsize offset;

  for (gsize at = 0; at < self->length;)
    {
      const char      *text = self->bytes + at;
      gsize            n = count_together (text, self->length - at);
      g_autofree char *apart = NULL;

      offset = wb_unescaped_get_offset (self, at);
      if (n > 1)
        apart = g_utf8_normalize (text, (gssize) n, G_NORMALIZE_ALL);
      if (apart != NULL)
        g_string_append (bytes, apart);
      else
        g_string_append_len (bytes, text, (gssize) n);
      while (map->len < bytes->len)
        g_array_append_val (map, offset);
      at += n;
    }
  offset = wb_unescaped_get_offset (self, self->length);
  g_array_append_val (map, offset);

  unescaped->length = bytes->len;
  unescaped->bytes = g_string_free (g_steal_pointer (&bytes), FALSE);
  unescaped->map = (gsize *) (void *) g_array_free (g_steal_pointer (&map), FALSE);
}

/* Whether there is something to undo, or at least may be. */
static gboolean
has_escapes (const WbUnescaped *self,
             WbEscapes          escapes)
{
  static const char marks[] = { '\\', '%', '+', '&' };

  if (self->length == 0)
    return FALSE;
  if (escapes != WB_ESCAPES_UNICODE)
    return memchr (self->bytes, marks[escapes], self->length) != NULL;

  for (gsize i = 0; i < self->length; i++)
    {
      if (!is_ascii (self->bytes[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_unescaped_unescape:
 * @self: bytes
 * @escapes: which escapes to undo
 * @unescaped: (out caller-allocates): what they stand for, where that is something else; all zero
 *   before
 *
 * Returns: whether it is
 */
gboolean
wb_unescaped_unescape (const WbUnescaped *self,
                       WbEscapes          escapes,
                       WbUnescaped       *unescaped)
{
  if (!has_escapes (self, escapes))
    return FALSE;

  if (escapes == WB_ESCAPES_UNICODE)
    decompose (self, unescaped);
  else
    undo_escapes (self, escapes, unescaped);
  if (unescaped->length != self->length
      || memcmp (unescaped->bytes, self->bytes, self->length) != 0)
    return TRUE;

  wb_unescaped_clear (unescaped);
  *unescaped = (WbUnescaped){ 0 };

  return FALSE;
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

/**
 * wb_unescaped_get_span:
 * @self: bytes
 * @start: one of them
 * @end: one behind it, or their end
 *
 * Returns: where they are in the string that they come from; what became several bytes counts
 *   whole
 */
WbSpan
wb_unescaped_get_span (const WbUnescaped *self,
                       gsize              start,
                       gsize              end)
{
  while (self->map != NULL && end > start && end < self->length
         && self->map[end] == self->map[end - 1])
    end++;

  return (WbSpan){ .start = wb_unescaped_get_offset (self, start),
                   .end = wb_unescaped_get_offset (self, end) };
}

void
wb_unescaped_clear (WbUnescaped *self)
{
  g_free (self->bytes);
  g_free (self->map);
}
