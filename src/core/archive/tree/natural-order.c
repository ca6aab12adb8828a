/* natural-order.c: names in the order a person expects
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/natural-order.h"

#include <string.h>

/* Names from outside may have 64 KiB. */
#define MAX_NATURAL_BYTES ((gsize) 1024)

static inline int
fold (char c)
{
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (guchar) c;
}

/* ASCII, and no NUL byte. */
static gboolean
is_plain (const char *name,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) name[i] >= 0x80 || name[i] == '\0')
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_natural_key:
 * @name: bytes
 * @length: how many
 *
 * Numbers count as numbers (`rds2` stands before `rds10`), case does not count, and the order of
 * characters is that of the user's language. Only the first %MAX_NATURAL_BYTES count.
 *
 * Returns: (transfer full): a key to sort by, for strcmp(); names that are different may have the
 *   same
 */
char *
wb_natural_key (const char *name,
                gsize       length)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;

  length = MIN (length, MAX_NATURAL_BYTES);
  if (is_plain (name, length))
    {
      folded = g_ascii_strdown (name, (gssize) length);
    }
  else
    {
      valid = g_utf8_make_valid (name, (gssize) length);
      folded = g_utf8_casefold (valid, -1);
    }

  return g_utf8_collate_key_for_filename (folded, -1);
}

/**
 * wb_caseless_compare:
 * @a: bytes
 * @a_length: how many
 * @b: others
 * @b_length: how many
 *
 * Returns: less than, equal to or greater than 0; 0 if the bytes are equal except for the case of
 *   ASCII letters
 */
int
wb_caseless_compare (const char *a,
                     gsize       a_length,
                     const char *b,
                     gsize       b_length)
{
  gsize length = MIN (a_length, b_length);
  gsize i = 0;

  /* Names that stand beside each other begin alike. */
  while (i + 8 <= length && memcmp (a + i, b + i, 8) == 0)
    i += 8;
  for (; i < length; i++)
    {
      int order = fold (a[i]) - fold (b[i]);

      if (order != 0)
        return order;
    }

  return (a_length > b_length) - (a_length < b_length);
}
