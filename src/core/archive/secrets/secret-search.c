/* secret-search.c: a set of secrets to look for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-search.h"

#include <string.h>

#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-search-private.h"
#include "core/text.h"

/* How many bytes may be compared for each byte of a text, and in any case. Only a text that
 * was made to take long needs more; it counts as a secret as a whole. */
#define COMPARED_PER_BYTE 256
#define COMPARED_MIN ((gsize) 64 * 1024)

/* Of each text only those places are looked at that begin as a secret does. For each secret there
 * are so many bits to tell by. */
#define BITS_PER_SECRET 16
#define MIN_START_BITS 10
#define MAX_START_BITS 26

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
  gsize      shortest;     /* how many bytes the shortest of them has */
  gboolean   is_ascii;     /* whether all of them are */
  guint8    *starts;       /* (owned): bits, by a hash of the bytes that one of them begins with */
  guint      starts_shift; /* what makes a number of one of these bits of a hash */
};

static guint
hash_start (WbSecretSearch *self,
            const char     *bytes)
{
  guint32 start;

  memcpy (&start, bytes, sizeof start);

  return (start * 2654435761u) >> self->starts_shift;
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
  int   found;

  if (length < WB_SECRET_START_BYTES || !wb_secret_search_may_begin (self, bytes))
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
  self->shortest = G_MAXSIZE;
  self->is_ascii = TRUE;

  return self;
}

void
wb_secret_search_free (WbSecretSearch *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->starts);
  g_array_unref (self->patterns);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

static void
add_bytes (WbSecretSearch *self,
           const char     *bytes,
           gsize           length)
{
  g_ptr_array_add (self->secrets, g_bytes_new (bytes, length));
  self->shortest = MIN (self->shortest, length);
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
  gsize            n_chars = 0;
  gboolean         is_blank = TRUE;
  gboolean         is_ascii = TRUE;
  g_autofree char *valid = NULL;
  g_autofree char *apart = NULL;

  for (gsize i = 0; i < length; i++)
    {
      n_chars += ((guchar) secret[i] & 0xc0) != 0x80;
      is_blank = is_blank && g_ascii_isspace (secret[i]);
      is_ascii = is_ascii && (guchar) secret[i] < 0x80;
    }
  if (is_blank || n_chars < WB_SECRET_MIN_CHARS || wb_secret_is_left_out (secret, length))
    return;

  add_bytes (self, secret, length);
  if (is_ascii)
    return;
  /* As WB_ESCAPES_UNICODE makes it of each way to write it. */
  self->is_ascii = FALSE;
  valid = g_utf8_make_valid (secret, (gssize) length);
  apart = wb_text_normalize (valid, G_NORMALIZE_ALL);
  add_bytes (self, apart, strlen (apart));
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
  guint n_bits = MIN_START_BITS;

  while (n_bits < MAX_START_BITS && 1u << n_bits < self->secrets->len * BITS_PER_SECRET)
    n_bits++;
  self->starts = g_malloc0 ((1u << n_bits) / 8);
  self->starts_shift = 32 - n_bits;
  g_ptr_array_sort (self->secrets, compare_bytes);
  for (guint i = 0; i < self->secrets->len; i++)
    {
      GBytes *secret = g_ptr_array_index (self->secrets, i);
      Pattern pattern = { .parent = (int) self->patterns->len - 1 };
      guint   hash;

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
      hash = hash_start (self, pattern.bytes);
      self->starts[hash >> 3] |= (guint8) (1 << (hash & 7));
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
 * wb_secret_search_find_plain:
 * @self: a sealed set
 * @view: bytes
 * @parts: (element-type WbSpan): gets where secrets stand as they are in the string that the bytes
 *   come from
 */
void
wb_secret_search_find_plain (WbSecretSearch    *self,
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
          part = wb_unescaped_get_span (view, 0, view->length);
          g_array_append_val (parts, part);
          return;
        }
      if (n == 0 || i + n <= end)
        continue;
      end = i + n;
      part = wb_unescaped_get_span (view, i, end);
      g_array_append_val (parts, part);
    }
}

guint
wb_secret_search_get_n (WbSecretSearch *self)
{
  return self->patterns->len;
}

gsize
wb_secret_search_get_shortest (WbSecretSearch *self)
{
  return self->shortest;
}

gboolean
wb_secret_search_is_ascii (WbSecretSearch *self)
{
  return self->is_ascii;
}

/**
 * wb_secret_search_may_begin:
 * @self: a sealed set
 * @bytes: %WB_SECRET_START_BYTES bytes
 *
 * Returns: whether a secret may begin with them
 */
gboolean
wb_secret_search_may_begin (WbSecretSearch *self,
                            const char     *bytes)
{
  guint hash = hash_start (self, bytes);

  return (self->starts[hash >> 3] & 1 << (hash & 7)) != 0;
}
