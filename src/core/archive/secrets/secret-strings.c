/* secret-strings.c: secrets inside of addresses and settings in a string
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-strings.h"

#include <string.h>

#include "core/archive/secrets/secret-commands.h"
#include "core/archive/secrets/secret-forms.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-tokens.h"
#include "core/archive/secrets/secret-xml.h"
#include "core/span.h"
#include "core/unescape.h"

/* No setting has a longer name. */
#define MAX_KEY_BYTES ((gsize) 200)

/* An escaped address in an escaped address in … */
#define MAX_DECODINGS 3

/* In doubt a part is a secret: a person can reveal what is hidden. */

static gboolean
is_one_of (char        c,
           const char *set)
{
  return c != '\0' && strchr (set, c) != NULL;
}

static gsize
find_any (const char *string,
          gsize       from,
          gsize       end,
          const char *set)
{
  while (from < end && !is_one_of (string[from], set))
    from++;

  return from;
}

/* Where the last @c of a range is, or its end. */
static gsize
find_last (const char *string,
           gsize       from,
           gsize       end,
           char        c)
{
  const char *last = memrchr (string + from, c, end - from);

  return last != NULL ? (gsize) (last - string) : end;
}

static void
add_part (GArray     *parts,
          const char *string,
          gsize       start,
          gsize       end)
{
  WbSpan part = { .start = start, .end = end };

  if (end > start && !wb_secret_is_left_out (string + start, end - start))
    g_array_append_val (parts, part);
}

/* Whether an `@` stands in a parameter: `?user=me@example.com`, `;principal=hive/host@REALM`. */
static gboolean
is_in_parameter (const char *string,
                 gsize       from,
                 gsize       at)
{
  gsize query = find_last (string, from, at, '?');

  if (query == at)
    query = find_last (string, from, at, ';');

  return query < at && find_any (string, query, at, "=") < at;
}

/* `user:password@host` at @from, behind `://`. The password may hold what should have been encoded:
 * it then reaches to @last_at, the last one up to @end, where the address ends. A quote does not
 * end it: a password may hold one. Digits may be a port, or how a password begins: that reaches to
 * @port_at, if there is one. */
static void
find_user_info (const char *string,
                gsize       from,
                gsize       last_at,
                gsize       port_at,
                gsize       end,
                GArray     *parts)
{
  gsize authority_end = find_any (string, from, end, "/?#");
  gsize at = find_last (string, from, authority_end, '@');
  gsize colon = find_any (string, from, MIN (at, authority_end), ":");
  gsize digits_end = colon + 1;

  if (at < authority_end)
    {
      /* A password with a slash: of two readings the one that hides more. */
      if (colon < at)
        add_part (parts, string, colon + 1, port_at < end ? MAX (at, port_at) : at);
      return;
    }
  if (colon == authority_end)
    return;

  while (digits_end < end && g_ascii_isdigit (string[digits_end]))
    digits_end++;
  if (digits_end == end || is_one_of (string[digits_end], "\"'<>)]}"))
    return;
  at = is_one_of (string[digits_end], ",/?#") ? port_at : last_at;
  if (at < end && at > colon)
    add_part (parts, string, colon + 1, at);
}

/* Linear, for a string from outside may be nothing but `://`. */
static void
find_addresses (const char *string,
                gsize       length,
                GArray     *parts)
{
  gsize end = 0;
  gsize last_at = 0;
  gsize port_at = 0;

  for (gsize i = 0; i + 3 <= length; i++)
    {
      if (memcmp (string + i, "://", 3) != 0)
        continue;
      if (i + 3 > end)
        {
          end = find_any (string, i + 3, length, " \t\r\n");
          last_at = find_last (string, i + 3, end, '@');
          port_at = is_in_parameter (string, i + 3, last_at) ? end : last_at;
        }
      find_user_info (string, i + 3, last_at, port_at, end, parts);
    }
}

static gboolean
has_prefix (const char *string,
            gsize       length,
            const char *prefix)
{
  return length >= strlen (prefix) && g_ascii_strncasecmp (string, prefix, strlen (prefix)) == 0;
}

/* `jdbc:oracle:thin:user/password@…`, and `user:password@host` as a word of its own. */
static void
find_in_word (const char *string,
              gsize       from,
              gsize       end,
              gboolean    in_sentence,
              GArray     *parts)
{
  const char *word = string + from;
  gsize       length = end - from;
  gsize       at = find_last (string, from, end, '@');
  gsize       start;
  gsize       n_digits = 0;

  if (at == end)
    return;

  if (has_prefix (word, length, "jdbc:oracle:"))
    {
      start = find_any (string, from, at, "/");
      if (start < at)
        add_part (parts, string, start + 1, at);
      return;
    }
  if (has_prefix (word, length, "mailto:") || has_prefix (word, length, "jdbc:")
      || memmem (word, length, "://", 3) != NULL)
    return;

  start = find_any (string, from, at, ":/");
  while (from + n_digits < start && g_ascii_isdigit (string[from + n_digits]))
    n_digits++;
  if (start < at && string[start] == ':' && (!in_sentence || from + n_digits < start))
    add_part (parts, string, start + 1, at);
}

static void
find_bare_user_info (const char *string,
                     gsize       length,
                     GArray     *parts)
{
  static const char spaces[] = " \t\r\n";
  gboolean          in_sentence = find_any (string, 0, length, spaces) < length;

  for (gsize from = 0; from < length;)
    {
      gsize end = find_any (string, from, length, spaces);

      while (in_sentence && from < end && is_one_of (string[from], "(<[\"'"))
        from++;
      find_in_word (string, from, end, in_sentence, parts);
      from = end + 1;
    }
}

static WbKeyVerdict
judge_key (const char *key,
           gsize       length)
{
  WbKeyVerdict verdict = wb_secret_key_judge (key, length);
  g_autoptr (GString) plain = NULL;

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
         && (g_ascii_isalnum (string[end]) || is_one_of (string[end], "_-.:")))
    end++;

  return end > from && end + 1 < length && string[end] == '=' && is_one_of (string[end + 1], "\"'");
}

/* Where a quoted value ends: at a quote that something other than more of the value follows. */
static gsize
find_closing (const char *string,
              gsize       from,
              gsize       length,
              char        quote)
{
  for (gsize i = from; i < length; i++)
    {
      if (string[i] == quote)
        {
          gsize next = i + 1;

          while (next < length && is_one_of (string[next], " \t\\"))
            next++;
          if (next == length || is_one_of (string[next], ",;&}])>\r\n")
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

  while (from < length && is_one_of (string[from], "\r\n"))
    from++;
  while (from + indent < length && string[from + indent] == ' ')
    indent++;
  while (from < length)
    {
      gsize spaces = 0;

      while (from + spaces < length && string[from + spaces] == ' ')
        spaces++;
      if (spaces < indent)
        break;
      from = MIN (find_any (string, from, length, "\n") + 1, length);
    }

  return from;
}

/* The value behind a separator, by what stands before its key: a parameter of an address ends at
 * `&`, a setting at `;`, anything else at the end of the line. */
static gsize
add_value (const char  *string,
           gsize        from,
           gsize        length,
           char         before,
           WbKeyVerdict verdict,
           GArray      *parts)
{
  gsize end;

  while (from < length && is_one_of (string[from], " \t\r\n"))
    from++;
  if (from + 1 < length && string[from] == '\\' && is_one_of (string[from + 1], "\"'"))
    from++;
  if (from == length)
    return from;

  if (is_one_of (string[from], "|>") && from + 1 < length && is_one_of (string[from + 1], "\r\n"))
    {
      from++;
      end = find_block_end (string, from, length);
    }
  else if (is_one_of (string[from], "\"'"))
    {
      from++;
      end = find_closing (string, from, length, string[from - 1]);
    }
  else if (before == ';' && string[from] == '{')
    end = find_any (string, ++from, length, "}\r\n");
  else if (before == '?' || before == '&' || before == '#')
    end = find_any (string, from, length, "&\r\n");
  else if (before == '-')
    end = find_any (string, from, length, " \t\r\n");
  else if (is_one_of (before, "\"'"))
    end = find_any (string, from, length, before == '"' ? "\"\r\n" : "'\r\n");
  else
    end = find_any (string, from, length, before == ';' ? ";\r\n" : "\r\n");
  if (wb_secret_key_hides (verdict, string + from, end - from))
    add_part (parts, string, from, end);

  return end;
}

/* The colons of `arn:aws:secretsmanager:…:secret:name` give nothing a value. */
static gboolean
is_resource_name (const char *word,
                  gsize       length)
{
  return has_prefix (word, length, "arn:") || has_prefix (word, length, "urn:")
         || has_prefix (word, length, "sha256:");
}

/* How many bytes of a separator are here: `=`, `:`, or those of Chinese and Japanese. */
static gsize
count_separator (const char *string,
                 gsize       at,
                 gsize       length)
{
  if (string[at] == '=' || string[at] == ':')
    return 1;
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
      gboolean is_quote = is_one_of (c, "\"'");

      if (is_quote && !is_open_quote (string, start, end, c))
        return start;
      if (is_quote || (c == '-' && (i - 1 == start || is_one_of (string[i - 2], " \t"))))
        {
          *before = c;
          return i;
        }
    }

  return start;
}

/* `password=…` and `"password": …`: an address with parameters, settings, a sentence. */
static void
find_assignments (const char *string,
                  gsize       length,
                  GArray     *parts)
{
  gsize clause = 0; /* where begins what may be a key */
  gsize word = 0;   /* where begins what has no space in it */

  for (gsize i = 0; i < length; i++)
    {
      gsize        start = clause;
      gsize        end = i;
      gsize        n = count_separator (string, i, length);
      gboolean     quoted;
      char         before;
      WbKeyVerdict verdict;

      if (is_one_of (string[i], "?&;,{}[]()\r\n|<>#"))
        clause = i + 1;
      if (is_one_of (string[i], " \t\r\n\"'=,;"))
        word = i + 1;
      if (n == 0 || (string[i] == ':' && is_resource_name (string + word, i - word)))
        continue;

      clause = i + n;
      quoted = end > start && is_one_of (string[end - 1], "\"'\\");
      while (end > start && is_one_of (string[end - 1], " \t\"'\\"))
        end--;
      if (end - start > MAX_KEY_BYTES)
        start = end - MAX_KEY_BYTES;
      /* The colon in `the token service is at https://…` does not assign a value. */
      if (string[i] == ':' && i + 2 < length && string[i + 1] == '/' && string[i + 2] == '/')
        for (gsize j = start; j < end; j++)
          {
            if (is_one_of (string[j], " \t"))
              start = j + 1;
          }
      before = start > 0 ? string[start - 1] : '\0';
      if (!quoted)
        start = find_key (string, start, end, &before);
      if (end == start)
        continue;
      verdict = judge_key (string + start, end - start);
      if (verdict == WB_KEY_PLAIN)
        continue;

      clause = add_value (string, i + n, length, before, verdict, parts);
      if (clause > i + n)
        i = clause - 1;
    }
}

static void
find_all (const char *string,
          gsize       length,
          GArray     *parts)
{
  gboolean found = FALSE;

  wb_secret_forms_find (string, length, parts);
  if (length >= WB_SECRET_TOKEN_MIN_BYTES)
    wb_secret_tokens_find (string, length, parts);
  if (memchr (string, ' ', length) != NULL || memchr (string, ':', length) != NULL)
    wb_secret_commands_find (string, length, parts);
  if (memchr (string, '<', length) != NULL || memmem (string, length, "&lt;", 4) != NULL)
    wb_secret_xml_find (string, length, parts);

  /* Most strings are names, hosts and numbers. */
  for (gsize i = 0; i < length && !found; i++)
    found = string[i] == '@' || count_separator (string, i, length) > 0;
  if (!found)
    return;

  find_addresses (string, length, parts);
  find_bare_user_info (string, length, parts);
  find_assignments (string, length, parts);
}

/* An address in a parameter of an address, and once more: each is written with more escapes. */
static void
find_encoded (const char *string,
              gsize       length,
              GArray     *parts)
{
  WbUnescaped plain = { .bytes = (char *) string, .length = length };
  gboolean    is_owned = FALSE;

  for (guint i = 0; i < MAX_DECODINGS; i++)
    {
      WbUnescaped next = { 0 };
      guint       n_before = parts->len;

      if (!wb_unescaped_unescape (&plain, WB_ESCAPES_PERCENT, &next))
        break;
      if (is_owned)
        wb_unescaped_clear (&plain);
      plain = next;
      is_owned = TRUE;
      find_all (plain.bytes, plain.length, parts);
      for (guint j = n_before; j < parts->len; j++)
        {
          WbSpan *part = &g_array_index (parts, WbSpan, j);

          part->start = wb_unescaped_get_offset (&plain, part->start);
          part->end = wb_unescaped_get_offset (&plain, part->end);
        }
    }
  if (is_owned)
    wb_unescaped_clear (&plain);
}

/**
 * wb_secret_string_find:
 * @string: any UTF-8, which may hold NUL bytes
 * @length: how many bytes
 *
 * Finds passwords in the user part and among the parameters of addresses (`jdbc:` ones too), and
 * values that something before them calls a secret. A value that is empty or all `*` is not one.
 *
 * Returns: (transfer full) (nullable) (element-type WbSpan): the secrets in it, in order and
 *   apart from each other, or %NULL for none
 */
GArray *
wb_secret_string_find (const char *string,
                       gsize       length)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (WbSpan));

  find_all (string, length, parts);
  if (memchr (string, '%', length) != NULL)
    find_encoded (string, length, parts);
  if (parts->len == 0)
    return NULL;
  wb_spans_join (parts);

  return g_steal_pointer (&parts);
}
