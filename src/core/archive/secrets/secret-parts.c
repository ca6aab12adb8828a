/* secret-parts.c: what the readers of a string share: looking for bytes, and noting what is secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-parts.h"

#include <string.h>

gboolean
wb_is_one_of (char        c,
              const char *set)
{
  return c != '\0' && strchr (set, c) != NULL;
}

/* In any case of ASCII letters. */
gboolean
wb_has_prefix (const char *string,
               gsize       length,
               const char *prefix)
{
  return length >= strlen (prefix) && g_ascii_strncasecmp (string, prefix, strlen (prefix)) == 0;
}

/* Where the first byte of a range is that is in @set, or its end. */
gsize
wb_find_any (const char *string,
             gsize       from,
             gsize       end,
             const char *set)
{
  for (; from < end; from++)
    {
      for (const char *c = set; *c != '\0'; c++)
        {
          if (*c == string[from])
            return from;
        }
    }

  return from;
}

/* Where the first byte of a range is that is not in @set, or its end. */
gsize
wb_skip_any (const char *string,
             gsize       from,
             gsize       end,
             const char *set)
{
  while (from < end && wb_is_one_of (string[from], set))
    from++;

  return from;
}

/* Where the last @c of a range is, or its end. */
gsize
wb_find_last (const char *string,
              gsize       from,
              gsize       end,
              char        c)
{
  const char *last = memrchr (string + from, c, end - from);

  return last != NULL ? (gsize) (last - string) : end;
}

/**
 * wb_secret_parts_add:
 * @parts: (element-type WbSpan): gets the part, unless it is empty or left out
 * @string: what it is a part of
 * @start: where a secret begins
 * @end: where it ends
 */
void
wb_secret_parts_add (GArray     *parts,
                     const char *string,
                     gsize       start,
                     gsize       end)
{
  WbSpan part = { .start = start, .end = end };

  if (end > start && !wb_secret_is_left_out (string + start, end - start))
    g_array_append_val (parts, part);
}

/**
 * wb_secret_parts_add_value:
 * @parts: (element-type WbSpan): gets the value, unless it is no secret, empty or left out
 * @string: what it is a part of
 * @value: where it stands
 * @verdict: of the key that names it
 */
void
wb_secret_parts_add_value (GArray      *parts,
                           const char  *string,
                           WbSpan       value,
                           WbKeyVerdict verdict)
{
  if (value.end > value.start
      && wb_secret_key_hides (verdict, string + value.start, value.end - value.start))
    wb_secret_parts_add (parts, string, value.start, value.end);
}
