/* secret-search-encoded.c: secrets of a set, however they are written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-search-private.h"

#include <string.h>

#include "core/archive/secrets/secret-keys.h"

/* An escaped string in base64 in an escaped address in … */
#define MAX_DEPTH 3

static void find_in_view (WbSecretSearch    *self,
                          const WbUnescaped *view,
                          guint              depth,
                          GArray            *parts);

static int
get_base64_value (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (g_ascii_isdigit (c))
    return c - '0' + 52;
  if (c == '+' || c == '-')
    return 62;
  if (c == '/' || c == '_')
    return 63;

  return -1;
}

/* How many characters of base64 the shortest secret takes. */
static gsize
get_min_base64 (WbSecretSearch *self)
{
  return (wb_secret_search_get_shortest (self) * 8 + 5) / 6;
}

static gboolean
is_in_utf16 (WbSecretSearch *self,
             const char     *bytes,
             gsize           length,
             gboolean        big_endian)
{
  g_autoptr (GString) text = g_string_sized_new (length + 1);

  for (gsize i = 0; i + 2 <= length; i += 2)
    {
      guchar   high = (guchar) bytes[i + !big_endian];
      guchar   low = (guchar) bytes[i + big_endian];
      gunichar c = (gunichar) high << 8 | low;

      if (c >= 0xd800 && c <= 0xdbff && i + 4 <= length)
        {
          guint next = (guint) (guchar) bytes[i + 2 + !big_endian] << 8
                       | (guchar) bytes[i + 2 + big_endian];

          if (next >= 0xdc00 && next <= 0xdfff)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
              i += 2;
            }
        }
      g_string_append_unichar (text, c);
    }

  return wb_secret_search_is_in (self, text->str, text->len);
}

/* How many bytes from here on are text. What base64 does not stand for is none for long. */
static gsize
count_text (const char *bytes,
            gsize       length)
{
  gsize n = 0;

  while (n < length)
    {
      gunichar c = (guchar) bytes[n];

      if (c >= 0x80)
        c = g_utf8_get_char_validated (bytes + n, (gssize) (length - n));
      if (c > 0x10ffff || (c < 0x20 && c != '\t' && c != '\r' && c != '\n'))
        break;
      n += c < 0x80 ? 1 : (gsize) g_unichar_to_utf8 (c, NULL);
    }

  return n;
}

static gboolean
is_in_decoded (WbSecretSearch *self,
               char           *bytes,
               gsize           length,
               guint           depth)
{
  if (wb_secret_search_is_in (self, bytes, length))
    return TRUE;
  if (memchr (bytes, '\0', length) != NULL || !wb_secret_search_is_ascii (self))
    {
      for (guint skip = 0; skip < 2 && skip < length; skip++)
        {
          if (is_in_utf16 (self, bytes + skip, length - skip, FALSE)
              || is_in_utf16 (self, bytes + skip, length - skip, TRUE))
            return TRUE;
        }
    }

  for (gsize i = 0; i < length;)
    {
      gsize n = count_text (bytes + i, length - i);

      if (wb_secret_search_may_hold (self, bytes + i, n)
          && n >= wb_secret_search_get_shortest (self))
        {
          WbUnescaped view = { .bytes = bytes + i, .length = n };
          g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (WbSpan));

          find_in_view (self, &view, depth + 1, found);
          if (found->len > 0)
            return TRUE;
        }
      i += n + 1;
    }

  return FALSE;
}

/* Whether a secret is in what a run of base64 stands for. Where in it the coded text begins is not
 * known, so all four ways are tried. */
static gboolean
is_in_base64 (WbSecretSearch *self,
              const char     *values,
              gsize           n,
              guint           depth)
{
  g_autofree char *decoded = g_malloc (n + 1);

  for (gsize skip = 0; skip < 4 && skip < n; skip++)
    {
      guint bits = 0;
      guint n_bits = 0;
      gsize length = 0;

      for (gsize i = skip; i < n; i++)
        {
          bits = bits << 6 | (guchar) values[i];
          n_bits += 6;
          if (n_bits >= 8)
            {
              n_bits -= 8;
              decoded[length++] = (char) (bits >> n_bits & 0xff);
            }
        }
      if (is_in_decoded (self, decoded, length, depth))
        return TRUE;
    }

  return FALSE;
}

/* A run of base64, over the ends of lines, is a secret as a whole if one is in it. */
static void
find_base64 (WbSecretSearch    *self,
             const WbUnescaped *view,
             guint              depth,
             GArray            *parts)
{
  g_autofree char *values = NULL;
  gsize            min = get_min_base64 (self);
  gsize            i = 0;

  if (view->length < min)
    return;

  values = g_malloc (view->length);
  while (i < view->length)
    {
      gsize start = i;
      gsize end = i;
      gsize n = 0;

      for (; i < view->length; i++)
        {
          int value = get_base64_value (view->bytes[i]);

          if (value >= 0)
            {
              values[n++] = (char) value;
              end = i + 1;
            }
          else if (n == 0 || (view->bytes[i] != '\r' && view->bytes[i] != '\n'))
            break;
        }
      if (n >= min && is_in_base64 (self, values, n, depth))
        {
          WbSpan part;

          while (end < view->length && view->bytes[end] == '=')
            end++;
          part = wb_unescaped_get_span (view, start, end);
          g_array_append_val (parts, part);
        }
      i = MAX (i, start + 1);
    }
}

static void
find_in_view (WbSecretSearch    *self,
              const WbUnescaped *view,
              guint              depth,
              GArray            *parts)
{
  wb_secret_search_find_plain (self, view, parts);
  if (depth == MAX_DEPTH)
    return;

  find_base64 (self, view, depth, parts);
  for (guint escapes = 0; escapes < WB_N_ESCAPES; escapes++)
    {
      g_auto (WbUnescaped) inner = { 0 };

      /* Without a `+` that is the same as percent. */
      if (escapes == WB_ESCAPES_FORM && memchr (view->bytes, '+', view->length) == NULL)
        continue;
      if (wb_unescaped_unescape (view, (WbEscapes) escapes, &inner))
        find_in_view (self, &inner, depth + 1, parts);
    }
}

/**
 * wb_secret_search_may_hold:
 * @self: a sealed set
 * @string: any bytes
 * @length: how many
 *
 * Looks at each byte once, and compares none: most strings hold no secret.
 *
 * Returns: whether wb_secret_search_find() may find something
 */
gboolean
wb_secret_search_may_hold (WbSecretSearch *self,
                           const char     *string,
                           gsize           length)
{
  gsize    min_base64 = get_min_base64 (self);
  gsize    n_base64 = 0;
  gboolean may_hold = FALSE;

  if (wb_secret_search_get_n (self) == 0)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = string[i];

      if (c == '\\' || c == '%' || c == '+' || c == '&' || (guchar) c >= 0x80)
        return TRUE;
      if (get_base64_value (c) >= 0)
        may_hold = may_hold || ++n_base64 >= min_base64;
      else if (c != '\r' && c != '\n')
        n_base64 = 0;
      if (!may_hold && length - i >= WB_SECRET_START_BYTES)
        may_hold = wb_secret_search_may_begin (self, string + i);
    }

  return may_hold && length >= wb_secret_search_get_shortest (self);
}

/**
 * wb_secret_search_find:
 * @self: a sealed set
 * @string: any bytes
 * @length: how many
 *
 * Finds the secrets as they are, with the escapes of JSON, an address or XML, in another Unicode
 * normalization, and in base64 of UTF-8 and UTF-16; also one in the other.
 *
 * Returns: (transfer full) (nullable) (element-type WbSpan): where they are, in order and
 *   apart from each other, or %NULL for none
 */
GArray *
wb_secret_search_find (WbSecretSearch *self,
                       const char     *string,
                       gsize           length)
{
  WbUnescaped view = { .bytes = (char *) string, .length = length };
  g_autoptr (GArray) parts = NULL;

  if (!wb_secret_search_may_hold (self, string, length))
    return NULL;

  parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));
  find_in_view (self, &view, 0, parts);
  if (parts->len == 0)
    return NULL;

  wb_spans_join (parts);

  return g_steal_pointer (&parts);
}

/**
 * wb_secret_search_replace:
 * @self: a sealed set
 * @string: any bytes
 * @length: how many
 * @new_length: (out): how many bytes the result has
 *
 * Returns: (transfer full): the same with %WB_SECRET_STARS in the place of secrets
 */
char *
wb_secret_search_replace (WbSecretSearch *self,
                          const char     *string,
                          gsize           length,
                          gsize          *new_length)
{
  g_autoptr (GArray) parts = wb_secret_search_find (self, string, length);
  GString *out = g_string_sized_new (length + 1);
  gsize    done = 0;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbSpan *part = &g_array_index (parts, WbSpan, i);

      g_string_append_len (out, string + done, (gssize) (part->start - done));
      g_string_append (out, WB_SECRET_STARS);
      done = part->end;
    }
  g_string_append_len (out, string + done, (gssize) (length - done));
  *new_length = out->len;

  return g_string_free (out, FALSE);
}
