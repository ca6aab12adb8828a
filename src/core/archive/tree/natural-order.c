/* natural-order.c: names in the order a person expects
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/natural-order.h"

#include <string.h>

/* Names from outside may have 64 KiB, and are compared a million times. */
#define MAX_NATURAL_BYTES ((gsize) 1024)

/* Inline, for these are asked some million times. */
static inline int
fold (char c)
{
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (guchar) c;
}

static inline gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* The length of a run of digits without leading zeros; moves @at to its first one. */
static gsize
measure_digits (const char *text,
                gsize       length,
                gsize      *at)
{
  gsize end;

  while (*at + 1 < length && text[*at] == '0' && is_digit (text[*at + 1]))
    (*at)++;
  for (end = *at; end < length && is_digit (text[end]);)
    end++;

  return end - *at;
}

/* As wb_natural_compare(), but 0 for all that only case or leading zeros tell apart. */
static int
compare_start (const char *a,
               gsize       a_length,
               const char *b,
               gsize       b_length)
{
  gsize i = 0;
  gsize j = 0;

  while (i < a_length && j < b_length)
    {
      int order;

      if (is_digit (a[i]) && is_digit (b[j]))
        {
          gsize a_digits = measure_digits (a, a_length, &i);
          gsize b_digits = measure_digits (b, b_length, &j);

          if (a_digits != b_digits)
            return a_digits > b_digits ? 1 : -1;
          order = memcmp (a + i, b + j, a_digits);
          if (order != 0)
            return order;
          i += a_digits;
          j += b_digits;
          continue;
        }

      order = fold (a[i]) - fold (b[j]);
      if (order != 0)
        return order;
      i++;
      j++;
    }

  return (i < a_length) - (j < b_length);
}

/**
 * wb_natural_compare:
 * @a: bytes
 * @a_length: how many
 * @b: others
 * @b_length: how many
 *
 * Numbers count as numbers (`rds2` stands before `rds10`), and ASCII letters without their case.
 * Works on the bytes themselves: a collation key for each of 50,000 names takes a noticeable time,
 * and the names of connections are ASCII letters and digits. Other characters follow in the order
 * of their code points. Only the first %MAX_NATURAL_BYTES are looked at so closely.
 *
 * Returns: less than, equal to or greater than 0; 0 only if the bytes are equal
 */
int
wb_natural_compare (const char *a,
                    gsize       a_length,
                    const char *b,
                    gsize       b_length)
{
  int order = compare_start (a, MIN (a_length, MAX_NATURAL_BYTES),
                             b, MIN (b_length, MAX_NATURAL_BYTES));

  if (order == 0)
    order = memcmp (a, b, MIN (a_length, b_length));
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/**
 * wb_caseless_compare:
 * @a: bytes
 * @a_length: how many
 * @b: others
 * @b_length: how many
 *
 * Returns: less than, equal to or greater than 0; 0 if the bytes are equal but for the case of
 *   ASCII letters
 */
int
wb_caseless_compare (const char *a,
                     gsize       a_length,
                     const char *b,
                     gsize       b_length)
{
  gsize length = MIN (a_length, b_length);

  for (gsize i = 0; i < length; i++)
    {
      int order = fold (a[i]) - fold (b[i]);

      if (order != 0)
        return order;
    }

  return (a_length > b_length) - (a_length < b_length);
}
