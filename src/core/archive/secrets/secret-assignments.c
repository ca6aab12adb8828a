/* secret-assignments.c: values in a string that something in front of them calls a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-assignments.h"

#include <string.h>

#include "core/archive/secrets/secret-lines.h"
#include "core/archive/secrets/secret-pairs.h"
#include "core/archive/secrets/secret-parts.h"
#include "core/span.h"
#include "core/unescape.h"

/* No setting has a longer name. */
#define MAX_KEY_BYTES ((gsize) 200)

/* In doubt a value is a secret: a person can reveal what is hidden. */

/* Behind the last `where` of SQL, and behind a host: each of many addresses has another key, and
 * takes long to read. */
static gsize
skip_statement (const char *key,
                gsize       length)
{
  static const char where[] = " where ";
  const char       *at = memrchr (key, '@', length);

  if (at != NULL)
    return (gsize) (at - key) + 1;
  for (gsize i = length; i >= strlen (where); i--)
    {
      gsize start = i - strlen (where);

      if (g_ascii_strncasecmp (key + start, where, strlen (where)) == 0)
        return i;
    }

  return 0;
}

static WbKeyVerdict
judge_key (const char *key,
           gsize       length,
           gboolean    is_jaas)
{
  gsize        skipped = skip_statement (key, length);
  WbKeyVerdict verdict = wb_secret_key_judge (key + skipped, length - skipped);
  g_autoptr (GString) plain = NULL;
  g_auto (WbUnescaped) json = { 0 };

  /* Each user's password, by the server's own settings: `user_alice="…"`. */
  if (is_jaas && verdict == WB_KEY_PLAIN)
    {
      while (length > 0 && wb_is_one_of (*key, " \t\r\n"))
        {
          key++;
          length--;
        }
      if (wb_has_prefix (key, length, "user_"))
        return WB_KEY_SECRET;
    }
  /* A piece of JSON may spell it `p\u0061ssword`. */
  if (verdict == WB_KEY_PLAIN
      && wb_unescaped_unescape (&(WbUnescaped){ (char *) key, NULL, length }, WB_ESCAPES_JSON,
                                &json))
    return wb_secret_key_judge (json.bytes, json.length);
  if (verdict != WB_KEY_PLAIN || memchr (key, '%', length) == NULL)
    return verdict;

  plain = wb_unescape_percents (key, length);

  return wb_secret_key_judge (plain->str, plain->len);
}

/* `name="` */
static gboolean
begins_attribute (const char *string,
                  gsize       from,
                  gsize       length)
{
  gsize end = from;

  while (end < length && end - from < MAX_KEY_BYTES
         && (g_ascii_isalnum (string[end]) || wb_is_one_of (string[end], "_-.:")))
    end++;

  return end > from && end + 1 < length && string[end] == '='
         && wb_is_one_of (string[end + 1], "\"'");
}

/* `\"\n`, in a string around that escapes both. */
static gboolean
ends_escaped_line (const char *string,
                   gsize       at,
                   gsize       length)
{
  return at >= 2 && string[at - 1] == '\\' && string[at - 2] != '\\' && at + 2 < length
         && string[at + 1] == '\\' && wb_is_one_of (string[at + 2], "rn");
}

/* Where a quoted value ends: at a quote that something other than more of the value follows. */
static gsize
find_closing (const char *string,
              gsize       from,
              gsize       length,
              char        quote)
{
  gboolean escaped = from >= 2 && string[from - 2] == '\\';

  for (gsize i = from; i < length; i++)
    {
      if (string[i] == quote)
        {
          gsize next = wb_skip_any (string, i + 1, length, " \t\\");

          if (next == length || wb_is_one_of (string[next], ",;&}])>\r\n")
              || (escaped && ends_escaped_line (string, i, length))
              || (string[next] == '/' && next + 1 < length && string[next + 1] == '>')
              || (next > i + 1 && begins_attribute (string, next, length)))
            return i > from && string[i - 1] == '\\' ? i - 1 : i;
        }
    }

  return length;
}

/* Where the lines of a block of YAML end, which are indented as deep as its first one. */
static gsize
find_block_end (const char *string,
                gsize       from,
                gsize       length)
{
  gsize indent = 0;

  from = wb_skip_any (string, from, length, "\r\n");
  while (from + indent < length && string[from + indent] == ' ')
    indent++;
  while (from < length)
    {
      gsize spaces = 0;

      while (from + spaces < length && string[from + spaces] == ' ')
        spaces++;
      if (spaces < indent)
        break;
      from = MIN (wb_find_any (string, from, length, "\n") + 1, length);
    }

  return from;
}

/* Whether a block of YAML begins here: `|`, `>-`, `|2+`, and nothing else in the line. */
static gboolean
begins_block (const char *string,
              gsize       from,
              gsize       length)
{
  gsize end = from + 1;

  while (end < length && end - from <= 2
         && (wb_is_one_of (string[end], "+-") || g_ascii_isdigit (string[end])))
    end++;

  return wb_is_one_of (string[from], "|>") && end < length && wb_is_one_of (string[end], "\r\n");
}

/* Where the line ends, with those that it continues on: a backslash ends each but the last, and a
 * space before it makes it that of a shell. */
static gsize
find_line_end (const char *string,
               gsize       from,
               gsize       length)
{
  gsize end = wb_find_any (string, from, length, "\r\n");

  while (end < length && end > from + 1 && string[end - 1] == '\\'
         && !wb_is_one_of (string[end - 2], " \t\\"))
    {
      from = end + (string[end] == '\r' && end + 1 < length && string[end + 1] == '\n' ? 2 : 1);
      end = wb_find_any (string, from, length, "\r\n");
    }

  return end;
}

/* The value behind a separator at @from, by what stands before its key: a parameter of an address
 * ends at `&`, a setting at `;`, anything else at the end of the line. */
static WbSpan
find_value (const char *string,
            gsize       from,
            gsize       length,
            char        before)
{
  gsize end;

  from = wb_skip_any (string, from, length, WB_SPACES);
  if (from + 1 < length && string[from] == '\\' && wb_is_one_of (string[from + 1], "\"'"))
    from++;
  if (from == length)
    return (WbSpan){ from, from };

  if (begins_block (string, from, length))
    {
      from = wb_find_any (string, from, length, "\r\n");
      end = find_block_end (string, from, length);
    }
  else if (wb_is_one_of (string[from], "\"'"))
    {
      from++;
      end = find_closing (string, from, length, string[from - 1]);
    }
  else if (before == ';' && string[from] == '{')
    end = wb_find_any (string, ++from, length, "}\r\n");
  else if (before == '?' || before == '&' || before == '#')
    end = wb_find_any (string, from, length, "&\r\n");
  else if (before == '-')
    end = wb_find_any (string, from, length, " \t\r\n");
  /* The gateway's `canonicalRequest:GET|/v1|…|x-security-token:…|` */
  else if (before == '|')
    end = wb_find_any (string, from, length, "|\r\n");
  else if (wb_is_one_of (before, "\"'"))
    end = wb_find_any (string, from, length, before == '"' ? "\"\r\n" : "'\r\n");
  else if (before == ';')
    end = wb_find_any (string, from, length, ";\r\n");
  else
    end = find_line_end (string, from, length);

  return (WbSpan){ from, end };
}

/* `name: DB_PASSWORD` and `value: …`, in either order; each belongs to one of the other. */
typedef struct
{
  gboolean has_name;
  gboolean has_value;
  WbSpan   name;
  gsize    from;   /* where the value begins, behind its separator */
  char     before; /* what stands before its key */
} Pair;

/* Returns: where the value ends if it is that of a secret, else 0 */
static gsize
end_pair (Pair       *self,
          const char *string,
          gsize       length,
          GArray     *parts)
{
  WbSpan       value = { 0 };
  WbKeyVerdict named;

  if (!self->has_name || !self->has_value)
    return 0;

  named = wb_secret_key_judge (string + self->name.start, self->name.end - self->name.start);
  if (named != WB_KEY_PLAIN)
    {
      value = find_value (string, self->from, length, self->before);
      wb_secret_parts_add_value (parts, string, value, named);
    }
  *self = (Pair){ 0 };

  return value.end;
}

static gsize
read_pair (Pair       *self,
           const char *string,
           gsize       from,
           gsize       length,
           WbPairRole  role,
           char        before,
           GArray     *parts)
{
  if (role == WB_PAIR_NAME)
    {
      self->has_name = TRUE;
      self->name = find_value (string, from, MIN (from + MAX_KEY_BYTES, length), before);
    }
  else if (role == WB_PAIR_VALUE)
    {
      self->has_value = TRUE;
      self->from = from;
      self->before = before;
    }

  return end_pair (self, string, length, parts);
}

/* The colons of `arn:aws:secretsmanager:…:secret:name` give nothing a value. */
static gboolean
is_resource_name (const char *word,
                  gsize       length)
{
  return wb_has_prefix (word, length, "arn:") || wb_has_prefix (word, length, "urn:")
         || wb_has_prefix (word, length, "sha256:");
}

/* R's `password <- "…"`; of numbers it may be a comparison. */
static gboolean
is_arrow (const char *string,
          gsize       at,
          gsize       length)
{
  if (at + 2 > length || memcmp (string + at, "<-", 2) != 0)
    return FALSE;
  at = wb_skip_any (string, at + 2, length, " \t");

  return at < length && wb_is_one_of (string[at], "\"'");
}

/* How many bytes of a separator are here: `=`, `:`, `:=`, `<-`, or one of Chinese and Japanese. */
gsize
wb_secret_count_separator (const char *string,
                           gsize       at,
                           gsize       length)
{
  if (string[at] == ':' && at + 1 < length && string[at + 1] == '=')
    return 2;
  if (string[at] == '=' || string[at] == ':')
    return 1;
  if (is_arrow (string, at, length))
    return 2;
  if (string[at] == "＝"[0] && at + 3 <= length
      && (memcmp (string + at, "＝", 3) == 0 || memcmp (string + at, "：", 3) == 0))
    return 3;

  return 0;
}

/* Whether the last quote before @end opens something. */
static gboolean
is_open_quote (const char *string,
               gsize       start,
               gsize       end,
               char        quote)
{
  gboolean open = FALSE;

  for (gsize i = start; i < end; i++)
    open = open != (string[i] == quote);

  return open;
}

/* Where the key that ends at @end begins, within the clause from @start on, and what stands before
 * it: an option's dash, or the quote that the value ends with, too. */
static gsize
find_key (const char *string,
          gsize       start,
          gsize       end,
          char       *before)
{
  for (gsize i = end; i > start; i--)
    {
      char     c = string[i - 1];
      gboolean is_quote = wb_is_one_of (c, "\"'");

      if (is_quote && !is_open_quote (string, start, end, c))
        return start;
      if (is_quote || (c == '-' && (i - 1 == start || wb_is_one_of (string[i - 2], " \t"))))
        {
          *before = c;
          return i;
        }
    }

  return start;
}

/**
 * wb_secret_assignments_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets the values of what is called a secret, as in `password=…` and
 *   `"password": …`: an address with parameters, settings, a sentence
 */
void
wb_secret_assignments_find (const char *string,
                            gsize       length,
                            GArray     *parts)
{
  gsize clause = 0; /* where begins what may be a key */
  gsize word = 0;   /* where begins what has no space in it */
  Pair  pair = { 0 };
  /* Java's way to name what signs in, in the settings of Kafka. */
  gboolean is_jaas = memmem (string, length, "LoginModule", strlen ("LoginModule")) != NULL;

  for (gsize i = 0; i < length; i++)
    {
      gsize        start = clause;
      gsize        end = i;
      gsize        n = wb_secret_count_separator (string, i, length);
      gboolean     quoted;
      char         before;
      WbKeyVerdict verdict;
      WbSpan       value;

      if (wb_is_one_of (string[i], "?&;,{}[]()\r\n|<>#"))
        clause = i + 1;
      if (wb_is_one_of (string[i], " \t\r\n\"'=,;"))
        word = i + 1;
      if (string[i] == '}')
        pair = (Pair){ 0 };
      if (n == 0 || (string[i] == ':' && is_resource_name (string + word, i - word)))
        continue;

      i += n - 1;
      clause = i + 1;
      if (n > 1)
        word = clause;
      quoted = end > start && wb_is_one_of (string[end - 1], "\"'\\");
      while (end > start && wb_is_one_of (string[end - 1], " \t\"'\\"))
        end--;
      if (end - start > MAX_KEY_BYTES)
        start = end - MAX_KEY_BYTES;
      /* The colon in `the token service is at https://…` does not assign a value. */
      if (string[i] == ':' && i + 2 < length && string[i + 1] == '/' && string[i + 2] == '/')
        for (gsize j = start; j < end; j++)
          {
            if (wb_is_one_of (string[j], " \t"))
              start = j + 1;
          }
      before = start > 0 ? string[start - 1] : '\0';
      if (!quoted)
        start = find_key (string, start, end, &before);
      if (end == start)
        continue;
      verdict = judge_key (string + start, end - start, is_jaas);
      if (verdict == WB_KEY_PLAIN)
        {
          start = wb_skip_any (string, start, end, " \t\"'");
          end = read_pair (&pair, string, clause, length,
                           wb_secret_pairs_get_role (string + start, end - start), before, parts);
          if (end > clause)
            {
              clause = end;
              i = end - 1;
            }
          continue;
        }

      value = find_value (string, clause, length, before);
      if (string[i] != '='
          && wb_secret_lines_is_statement (string + value.start, value.end - value.start))
        continue;

      wb_secret_parts_add_value (parts, string, value, verdict);
      if (value.end > clause)
        i = value.end - 1;
      clause = value.end;
    }
}
