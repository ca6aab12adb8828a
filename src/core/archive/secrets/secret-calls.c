/* secret-calls.c: secrets in lines of code that set something by its name
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-calls.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* A longer string is no name. */
#define MAX_NAME_BYTES 200

/* The functions whose first argument names what the second one is. Others, such as those that take
 * the names of columns, do not. */
static const char *const setters[] = {
  "addProperty",
  "config",
  "conf",
  "define",
  "option",
  "property",
  "put",
  "putenv",
  "putIfAbsent",
  "set",
  "setConf",
  "setdefault",
  "setenv",
  "setIfUnset",
  "setProperty",
  "setString",
};

static gboolean
is_setter (const char *string,
           gsize       end)
{
  for (guint i = 0; i < G_N_ELEMENTS (setters); i++)
    {
      gsize n = strlen (setters[i]);

      if (end >= n && memcmp (string + end - n, setters[i], n) == 0
          && (end == n || (!g_ascii_isalnum (string[end - n - 1]) && string[end - n - 1] != '_')))
        return TRUE;
    }

  return FALSE;
}

/* Returns: whether a string in quotes begins at @from; @text is what is in it */
static gboolean
read_quoted (const char *string,
             gsize       from,
             gsize       length,
             WbSpan     *text)
{
  if (from >= length || !wb_is_one_of (string[from], "\"'"))
    return FALSE;

  text->start = from + 1;
  text->end = text->start;
  while (text->end < length && string[text->end] != string[from]
         && !wb_is_one_of (string[text->end], "\r\n"))
    text->end += string[text->end] == '\\' && text->end + 1 < length ? 2 : 1;
  text->end = MIN (text->end, length);

  return TRUE;
}

/* Where the value of what is named up to @from begins: behind a comma, or what assigns to an
 * element. */
static gsize
find_value (const char *string,
            gsize       from,
            gsize       length,
            char        open)
{
  from = wb_skip_any (string, from, length, WB_SPACES);
  if (open == '(')
    return from < length && string[from] == ','
             ? wb_skip_any (string, from + 1, length, WB_SPACES)
             : length;

  if (from == length || string[from] != ']')
    return length;
  from = wb_skip_any (string, from + 1, length, WB_SPACES);

  return from + 1 < length && string[from] == '=' && string[from + 1] != '='
           ? wb_skip_any (string, from + 1, length, WB_SPACES)
           : length;
}

/**
 * wb_secret_calls_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets the values that code gives to what is called a secret:
 *   `option("password", "x")`, `environ["DB_PASSWORD"] = "x"`
 */
void
wb_secret_calls_find (const char *string,
                      gsize       length,
                      GArray     *parts)
{
  for (gsize i = 0; i < length; i++)
    {
      gsize  name_limit = MIN (i + MAX_NAME_BYTES, length);
      WbSpan name;
      WbSpan value;

      if (string[i] != '[' && (string[i] != '(' || !is_setter (string, i)))
        continue;
      if (!read_quoted (string, wb_skip_any (string, i + 1, name_limit, WB_SPACES), name_limit,
                        &name)
          || name.end + 1 >= length
          || !read_quoted (string, find_value (string, name.end + 1, length, string[i]), length,
                           &value))
        continue;

      wb_secret_parts_add_value (parts, string, value,
                                 wb_secret_key_judge (string + name.start, name.end - name.start));
      i = name.end;
    }
}
