/* secret-search.c: secrets wherever else they occur
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-search.h"

#include <string.h>

#include "core/archive/secrets/secret-keys.h"
#include "core/span.h"
#include "core/unescape.h"

/* An escaped string in an escaped address in … */
#define MAX_DEPTH 3
#define MIN_BASE64_CHARS 8

/* How many bytes may be compared for each byte of a text, and in any case. Only a text that
 * was made to take long needs more; it counts as a secret as a whole. */
#define COMPARED_PER_BYTE 256
#define COMPARED_MIN ((gsize) 64 * 1024)

typedef struct
{
  const char *bytes; /* (unowned) */
  gsize       length;
  int         parent; /* the longest of the others that this one begins with, or -1 */
} Pattern;

struct _WbSecretSearch
{
  GPtrArray *secrets;      /* (owned) (element-type GBytes) */
  GArray    *patterns;     /* (owned) (element-type Pattern): sorted, once it is sealed */
  guint8     starts[8192]; /* a bit for each pair of bytes that one of them begins with */
};

static guint
get_pair (const char *bytes)
{
  return (guint) (guchar) bytes[0] << 8 | (guchar) bytes[1];
}

static gsize
count_common (const char *a,
              const char *b,
              gsize       length)
{
  gsize n = 0;

  while (n + 64 <= length && memcmp (a + n, b + n, 64) == 0)
    n += 64;
  while (n < length && a[n] == b[n])
    n++;

  return n;
}

/* The length of the longest secret that begins here, or 0. That is the last one that sorts before
 * the text, or one that this one begins with. Uses up @budget. */
static gsize
match_at (WbSecretSearch *self,
          const char     *bytes,
          gsize           length,
          gsize          *budget)
{
  guint low = 0;
  guint high = self->patterns->len;
  gsize common = 0;
  guint pair;
  int   found;

  if (length < 2)
    return 0;
  pair = get_pair (bytes);
  if ((self->starts[pair >> 3] & 1 << (pair & 7)) == 0)
    return 0;

  while (low < high)
    {
      guint          middle = low + (high - low) / 2;
      const Pattern *pattern = &g_array_index (self->patterns, Pattern, middle);
      gsize          n = count_common (pattern->bytes, bytes, MIN (pattern->length, length));

      *budget -= MIN (*budget, n + 1);
      if (n == pattern->length
          || (n < length && (guchar) pattern->bytes[n] < (guchar) bytes[n]))
        {
          low = middle + 1;
          common = n;
        }
      else
        high = middle;
    }
  if (low == 0)
    return 0;

  for (found = (int) low - 1; found >= 0;)
    {
      const Pattern *pattern = &g_array_index (self->patterns, Pattern, (guint) found);

      if (pattern->length <= common)
        return pattern->length;
      found = pattern->parent;
      *budget -= MIN (*budget, 1);
    }

  return 0;
}

static gsize
get_budget (gsize length)
{
  return COMPARED_MIN + COMPARED_PER_BYTE * length;
}

static void
find_plain (WbSecretSearch    *self,
            const WbUnescaped *view,
            GArray            *parts)
{
  gsize budget = get_budget (view->length);
  gsize end = 0; /* of what was found last */

  for (gsize i = 0; i < view->length; i++)
    {
      gsize  n = match_at (self, view->bytes + i, view->length - i, &budget);
      WbSpan part;

      if (budget == 0)
        {
          part = (WbSpan){ .start = wb_unescaped_get_offset (view, 0),
                           .end = wb_unescaped_get_offset (view, view->length) };
          g_array_append_val (parts, part);
          return;
        }
      if (n == 0 || i + n <= end)
        continue;
      end = i + n;
      part = (WbSpan){ .start = wb_unescaped_get_offset (view, i),
                       .end = wb_unescaped_get_offset (view, end) };
      g_array_append_val (parts, part);
    }
}

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

/* Whether a secret is in what a run of base64 stands for. Where in it the coded text begins is not
 * known, so all four ways are tried. */
static gboolean
is_in_base64 (WbSecretSearch *self,
              const char     *values,
              gsize           n)
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
      if (wb_secret_search_is_in (self, decoded, length))
        return TRUE;
    }

  return FALSE;
}

/* A run of base64, over the ends of lines, is a secret as a whole if one is in it. */
static void
find_base64 (WbSecretSearch    *self,
             const WbUnescaped *view,
             GArray            *parts)
{
  g_autofree char *values = g_malloc (view->length + 1);
  gsize            i = 0;

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
      if (n >= MIN_BASE64_CHARS && is_in_base64 (self, values, n))
        {
          WbSpan part;

          while (end < view->length && view->bytes[end] == '=')
            end++;
          part = (WbSpan){ .start = wb_unescaped_get_offset (view, start),
                           .end = wb_unescaped_get_offset (view, end) };
          g_array_append_val (parts, part);
        }
      i = MAX (i, start + 1);
    }
}

static void
find_unescaped (WbSecretSearch    *self,
                const WbUnescaped *view,
                guint              depth,
                GArray            *parts)
{
  find_plain (self, view, parts);
  find_base64 (self, view, parts);
  if (depth == MAX_DEPTH)
    return;

  for (guint escapes = 0; escapes < WB_N_ESCAPES; escapes++)
    {
      g_auto (WbUnescaped) inner = { 0 };

      if (wb_unescaped_unescape (view, (WbEscapes) escapes, &inner))
        find_unescaped (self, &inner, depth + 1, parts);
    }
}

static int
compare_bytes (const void *a,
               const void *b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

WbSecretSearch *
wb_secret_search_new (void)
{
  WbSecretSearch *self = g_new0 (WbSecretSearch, 1);

  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->patterns = g_array_new (FALSE, FALSE, sizeof (Pattern));

  return self;
}

void
wb_secret_search_free (WbSecretSearch *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->patterns);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

/**
 * wb_secret_search_add:
 * @self: a set that is not sealed
 * @secret: a secret
 * @length: how many bytes
 *
 * Adds it, unless it has fewer than %WB_SECRET_MIN_CHARS characters or is only spaces.
 */
void
wb_secret_search_add (WbSecretSearch *self,
                      const char     *secret,
                      gsize           length)
{
  gsize    n_chars = 0;
  gboolean is_blank = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      n_chars += ((guchar) secret[i] & 0xc0) != 0x80;
      is_blank = is_blank && g_ascii_isspace (secret[i]);
    }
  if (is_blank || n_chars < WB_SECRET_MIN_CHARS || wb_secret_is_left_out (secret, length))
    return;

  g_ptr_array_add (self->secrets, g_bytes_new (secret, length));
}

/**
 * wb_secret_search_seal:
 * @self: a set with all its secrets
 *
 * Makes it ready to search.
 */
void
wb_secret_search_seal (WbSecretSearch *self)
{
  g_ptr_array_sort (self->secrets, compare_bytes);
  for (guint i = 0; i < self->secrets->len; i++)
    {
      GBytes *secret = g_ptr_array_index (self->secrets, i);
      Pattern pattern = { .parent = (int) self->patterns->len - 1 };
      guint   pair;

      if (i > 0 && g_bytes_equal (secret, g_ptr_array_index (self->secrets, i - 1)))
        continue;
      pattern.bytes = g_bytes_get_data (secret, &pattern.length);
      /* This one may begin with the previous one, or with one that the previous one begins with. */
      while (pattern.parent >= 0)
        {
          const Pattern *parent = &g_array_index (self->patterns, Pattern, (guint) pattern.parent);

          if (parent->length < pattern.length
              && memcmp (parent->bytes, pattern.bytes, parent->length) == 0)
            break;
          pattern.parent = parent->parent;
        }
      pair = get_pair (pattern.bytes);
      self->starts[pair >> 3] |= (guint8) (1 << (pair & 7));
      g_array_append_val (self->patterns, pattern);
    }
}

/**
 * wb_secret_search_is_in:
 * @self: a sealed set
 * @bytes: any bytes
 * @length: how many
 *
 * Returns: whether one of the secrets is among them as it is
 */
gboolean
wb_secret_search_is_in (WbSecretSearch *self,
                        const char     *bytes,
                        gsize           length)
{
  gsize budget = get_budget (length);

  for (gsize i = 0; i < length; i++)
    {
      if (match_at (self, bytes + i, length - i, &budget) > 0 || budget == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_secret_search_find:
 * @self: a sealed set
 * @string: any bytes
 * @length: how many
 *
 * Finds the secrets as they are, with JSON's or an address's escapes, and in base64, also one in
 * the other.
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

  if (self->patterns->len == 0)
    return NULL;

  parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));
  find_unescaped (self, &view, 0, parts);
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
