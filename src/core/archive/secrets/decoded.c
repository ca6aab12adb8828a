/* decoded.c: bytes as they are meant, and where they come from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/decoded.h"

#include <string.h>

static gboolean
read_hex (const char *p,
          gsize       left,
          guint       n_digits,
          gunichar   *value)
{
  *value = 0;
  if (left < n_digits)
    return FALSE;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *value = *value << 4 | (gunichar) g_ascii_xdigit_value (p[i]);
    }

  return TRUE;
}

/* One unit at @p: writes what it stands for and returns how long it is. */
static gsize
decode_unit (WbDecoding  decoding,
             const char *p,
             gsize       left,
             char       *out,
             gsize      *n_out)
{
  static const char letters[] = "bfnrt";
  static const char controls[] = "\b\f\n\r\t";
  gunichar          c, low;
  const char       *letter;

  *n_out = 1;
  *out = *p;
  if (decoding != WB_DECODE_BACKSLASHES)
    {
      if (*p == '+' && decoding == WB_DECODE_PERCENTS_AND_PLUS)
        *out = ' ';
      if (*p != '%' || !read_hex (p + 1, left - 1, 2, &c))
        return 1;
      *out = (char) c;
      return 3;
    }

  if (*p != '\\' || left < 2)
    return 1;
  if (p[1] == 'u' && read_hex (p + 2, left - 2, 4, &c))
    {
      gsize length = 6;

      if (c >= 0xd800 && c <= 0xdbff && left >= 12 && p[6] == '\\' && p[7] == 'u'
          && read_hex (p + 8, 4, 4, &low) && low >= 0xdc00 && low <= 0xdfff)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          length = 12;
        }
      if (c >= 0xd800 && c <= 0xdfff)
        c = 0xfffd;
      *n_out = (gsize) g_unichar_to_utf8 (c, out);
      return length;
    }
  letter = strchr (letters, p[1]);
  *out = letter != NULL && *letter != '\0' ? controls[letter - letters] : p[1];

  return 2;
}

void
wb_decoded_clear (WbDecoded *self)
{
  g_free (self->bytes);
  g_free (self->map);
}

/**
 * wb_decoded_get_offset:
 * @self: bytes
 * @at: one of them, or their end
 *
 * Returns: where it is in the string that they come from
 */
gsize
wb_decoded_get_offset (const WbDecoded *self,
                       gsize            at)
{
  return self->map != NULL ? self->map[at] : at;
}

/**
 * wb_decoded_decode:
 * @self: bytes
 * @decoding: what to decode
 * @decoded: (out caller-allocates): what it makes of them, where there is something to decode; all
 *   zero before
 *
 * Returns: whether there is
 */
gboolean
wb_decoded_decode (const WbDecoded *self,
                   WbDecoding       decoding,
                   WbDecoded       *decoded)
{
  const char marks[] = { '\\', '%', '+' };
  gsize      at = 0;

  if (self->length == 0 || memchr (self->bytes, marks[decoding], self->length) == NULL)
    return FALSE;

  decoded->bytes = g_malloc (self->length + 8);
  decoded->map = g_new (gsize, self->length + 9);
  while (at < self->length)
    {
      gsize n_out;
      gsize n = decode_unit (decoding, self->bytes + at, self->length - at,
                             decoded->bytes + decoded->length, &n_out);

      for (gsize i = 0; i < n_out; i++)
        decoded->map[decoded->length++] = wb_decoded_get_offset (self, at);
      at += n;
    }
  decoded->map[decoded->length] = wb_decoded_get_offset (self, self->length);

  return TRUE;
}
