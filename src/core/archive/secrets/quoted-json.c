/* quoted-json.c: JSON that stands in a text, also where it is cut off
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/quoted-json.h"

#include <string.h>

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/**
 * wb_quoted_json_find:
 * @string: any UTF-8
 * @from: where to begin
 * @length: how many bytes
 *
 * Returns: where the next thing begins that may be a JSON object with members, or @length
 */
gsize
wb_quoted_json_find (const char *string,
                     gsize       from,
                     gsize       length)
{
  for (gsize i = from; i < length; i++)
    {
      gsize next = i + 1;

      if (string[i] != '{')
        continue;
      while (next < length && is_space (string[next]))
        next++;
      if (next < length && string[next] == '"')
        return i;
    }

  return length;
}

/**
 * wb_quoted_json_find_end:
 * @string: any UTF-8
 * @start: where an object begins in it
 * @length: how many bytes
 *
 * Returns: the offset behind the bracket that closes the object, or 0 if none does
 */
gsize
wb_quoted_json_find_end (const char *string,
                         gsize       start,
                         gsize       length)
{
  gboolean in_string = FALSE;
  guint    depth = 0;

  for (gsize i = start; i < length; i++)
    {
      if (in_string && string[i] == '\\')
        i++;
      else if (string[i] == '"')
        in_string = !in_string;
      else if (!in_string && string[i] == '{')
        depth++;
      else if (!in_string && string[i] == '}' && --depth == 0)
        return i + 1;
    }

  return 0;
}

/* Cuts off an escape that is not whole: a string that is cut at any place is valid then. */
static void
end_string (GString *whole,
            gsize    start)
{
  gsize i = start;

  while (i < whole->len)
    {
      gsize n = whole->str[i] != '\\' ? 1 : i + 1 < whole->len && whole->str[i + 1] == 'u' ? 6
                                                                                           : 2;

      if (i + n > whole->len)
        g_string_truncate (whole, i);
      i += n;
    }
  g_string_append_c (whole, '"');
}

/**
 * wb_quoted_json_dup_whole:
 * @string: an object of JSON that is cut off
 * @length: how many bytes
 * @whole_length: (out): how many bytes there are then
 *
 * Takes away what is only half of a member, but keeps the start of a string, and closes what is
 * open.
 *
 * Returns: (transfer full): JSON, if @string was the start of some; it begins as that does
 */
char *
wb_quoted_json_dup_whole (const char *string,
                          gsize       length,
                          gsize      *whole_length)
{
  g_autoptr (GString) closing = g_string_new (NULL); /* the one that is needed first is the last */
  GString *whole;
  gsize    kept = 0;    /* bytes up to which all is whole, but for what is open */
  gsize    quote = 0;   /* where the last string begins */
  char     last = '\0'; /* what stands before this, but for spaces and strings */
  gboolean in_string = FALSE;
  gboolean is_value = FALSE; /* the last string is no key */

  for (gsize i = 0; i < length; i++)
    {
      char c = string[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        {
          if (in_string && is_value)
            kept = i + 1;
          else if (!in_string)
            {
              quote = i;
              is_value = last == ':' || (closing->len > 0 && closing->str[closing->len - 1] == ']');
            }
          in_string = !in_string;
        }
      else if (!in_string && !is_space (c))
        {
          if (c == '{' || c == '[')
            g_string_append_c (closing, c == '{' ? '}' : ']');
          else if ((c == '}' || c == ']') && closing->len > 0)
            g_string_truncate (closing, closing->len - 1);
          if (c == ',')
            kept = i;
          else if (c == '{' || c == '}' || c == '[' || c == ']')
            kept = i + 1;
          last = c;
        }
    }

  if (in_string && is_value)
    {
      whole = g_string_new_len (string, (gssize) length);
      end_string (whole, quote + 1);
    }
  else
    whole = g_string_new_len (string, (gssize) kept);
  for (gsize i = closing->len; i > 0; i--)
    g_string_append_c (whole, closing->str[i - 1]);
  *whole_length = whole->len;

  return g_string_free (whole, FALSE);
}
