/* secret-lines.c: secrets in lines and sentences, with no mark between a name and its value
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-lines.h"

#include <string.h>

#include "core/archive/secrets/secret-parts.h"

/* So many words of a sentence belong together: `the password of the test system is …`. */
#define MAX_WORDS_BETWEEN 8
#define MIN_ODD_BYTES 6

#define MAX_STATEMENT_BYTES ((gsize) 200)

/* `host:port:database:user:SECRET`, a line of .pgpass. */
static void
read_login (const char *string,
            WbSpan      line,
            GArray     *parts)
{
  gsize    colons[4];
  guint    n = 0;
  gboolean is_hex = TRUE;
  WbSpan   secret;

  for (gsize i = line.start; i < line.end; i++)
    {
      if (string[i] == ':' && n == G_N_ELEMENTS (colons))
        return;
      if (string[i] == ':')
        colons[n++] = i;
    }
  if (n < G_N_ELEMENTS (colons) || colons[1] == colons[0] + 1)
    return;
  for (gsize i = colons[0] + 1; i < colons[1]; i++)
    {
      if (!g_ascii_isdigit (string[i]) && string[i] != '*')
        return;
    }
  /* Groups of hexadecimal digits: the address of a network card. */
  for (gsize i = line.start; i < colons[0]; i++)
    is_hex = is_hex && g_ascii_isxdigit (string[i]);
  secret = (WbSpan){ colons[3] + 1, line.end };
  if (!is_hex)
    wb_secret_parts_add (parts, string, secret.start, secret.end);
}

/* Also of other scripts. */
static gboolean
has_only_letters (const char *string,
                  WbSpan      word)
{
  for (gsize i = word.start; i < word.end; i++)
    {
      if (!g_ascii_isalpha (string[i]) && (guchar) string[i] < 0x80)
        return FALSE;
    }

  return TRUE;
}

static WbSpan
get_word (const char *string,
          gsize       from,
          gsize       end)
{
  WbSpan word;

  word.start = wb_skip_any (string, from, end, WB_SPACES);
  word.end = wb_find_any (string, word.start, end, WB_SPACES);

  return word;
}

/* `spark.hadoop.fs.s3a.secret.key SECRET`, `requirepass SECRET`: a line of a name and a value. Two
 * words of a language, such as `password reset`, are none. */
static gboolean
read_setting (const char *string,
              WbSpan      line,
              gboolean    in_file,
              GArray     *parts)
{
  WbSpan       name = get_word (string, line.start, line.end);
  WbSpan       value = get_word (string, name.end, line.end);
  WbSpan       rest = get_word (string, value.end, line.end);
  WbKeyVerdict verdict;

  if (value.end == value.start || rest.end > rest.start)
    return FALSE;
  if (!in_file && has_only_letters (string, name) && has_only_letters (string, value))
    return TRUE;
  if (!g_ascii_isalpha (string[name.start])
      || wb_find_any (string, name.start, name.end, ":=,;\"'({<@") < name.end)
    return TRUE;

  verdict = wb_secret_key_judge (string + name.start, name.end - name.start);
  wb_secret_parts_add_value (parts, string, value, verdict);

  return TRUE;
}

static void
read_lines (const char *string,
            gsize       length,
            GArray     *parts)
{
  WbSpan line = { 0 };
  guint  n_settings = 0; /* lines of two words before this one */

  while (line.start < length)
    {
      const char *end = memchr (string + line.start, '\n', length - line.start);

      line.end = end != NULL ? (gsize) (end - string) : length;
      if (memchr (string + line.start, ' ', line.end - line.start) == NULL)
        read_login (string, line, parts);
      else
        n_settings += read_setting (string, line, n_settings > 0, parts);
      line.start = line.end + 1;
    }
}

static gboolean
is_copula (const char *string,
           WbSpan      word)
{
  static const char *const copulas[] = { "is", "was", "are", "ist", "war", "lautet", "est", "es" };

  for (guint i = 0; i < G_N_ELEMENTS (copulas); i++)
    {
      if (word.end - word.start == strlen (copulas[i])
          && g_ascii_strncasecmp (string + word.start, copulas[i], strlen (copulas[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Letters together with digits or signs; those at its ends belong to the sentence. */
static gboolean
is_odd (const char *string,
        WbSpan      word)
{
  gboolean letters = FALSE;
  gboolean others = FALSE;

  for (gsize i = word.start; i < word.end; i++)
    {
      if (g_ascii_isalpha (string[i]))
        letters = TRUE;
      else if (string[i] != '-' && string[i] != '/' && (guchar) string[i] < 0x80)
        others = TRUE;
    }

  return word.end - word.start >= MIN_ODD_BYTES && letters && others;
}

/* `The password for the test system is SECRET.` */
static void
read_sentences (const char *string,
                gsize       length,
                GArray     *parts)
{
  WbSpan   word = get_word (string, 0, length);
  guint    left = 0; /* words that may still follow the one that names a secret */
  gboolean is_next = FALSE;

  while (word.end > word.start)
    {
      WbSpan bare = word;

      while (bare.end > bare.start && wb_is_one_of (string[bare.end - 1], ".,;:!?)\"'"))
        bare.end--;
      bare.start = wb_skip_any (string, bare.start, bare.end, "(\"'");
      if (is_next && is_odd (string, bare))
        wb_secret_parts_add (parts, string, bare.start, bare.end);
      is_next = left > 0 && is_copula (string, bare);
      if (has_only_letters (string, bare)
          && wb_secret_key_judge (string + bare.start, bare.end - bare.start) == WB_KEY_SECRET)
        left = MAX_WORDS_BETWEEN;
      else if (left > 0)
        left = bare.end < word.end && wb_is_one_of (string[bare.end], ".!?") ? 0 : left - 1;
      word = get_word (string, word.end, length);
    }
}

/**
 * wb_secret_lines_find:
 * @string: any UTF-8
 * @length: how many bytes
 * @parts: (element-type WbSpan): gets where secrets stand in lines of .pgpass, in lines of a name
 *   and a value, and in sentences that tell one
 */
void
wb_secret_lines_find (const char *string,
                      gsize       length,
                      GArray     *parts)
{
  read_lines (string, length, parts);
  if (memchr (string, ' ', length) != NULL)
    read_sentences (string, length, parts);
}

/**
 * wb_secret_lines_is_statement:
 * @value: what stands behind a colon
 * @length: how many bytes
 *
 * Returns: whether it says something of what is in front of the colon, as `token: it has expired`
 *   and `signature fail:signature expired` do. A passphrase has none of these verbs at its
 *   beginning, nor these states at its end
 */
gboolean
wb_secret_lines_is_statement (const char *value,
                              gsize       length)
{
  static const char *const verbs[] = { "is", "are", "was", "has", "must", "cannot", "should", "may",
                                       "does", "did", "ist", "muss", "darf", "wurde", NULL };
  static const char *const states[] = { "expired", "invalid", "missing", "required", "wrong",
                                        "incorrect", "failed", "fail", "denied", "rejected",
                                        "revoked", "malformed", "found", "exist", "exists",
                                        "mismatch", "abgelaufen", "falsch", NULL };
  g_autofree char         *lower = NULL;
  g_auto (GStrv) words = NULL;
  guint n;

  /* The first sentence of several. */
  for (gsize i = 1; i < length && i <= MAX_STATEMENT_BYTES; i++)
    {
      if (value[i] == ' ' && value[i - 1] == '.')
        length = i;
    }
  if (length > MAX_STATEMENT_BYTES)
    return FALSE;

  lower = g_ascii_strdown (value, (gssize) length);
  if (strspn (lower, " .!" G_CSET_a_2_z) != length)
    return FALSE;

  words = g_strsplit_set (g_strdelimit (g_strstrip (lower), ".!", ' '), " ", -1);
  n = g_strv_length (words);
  while (n > 0 && *words[n - 1] == '\0')
    n--;

  return n > 1
         && (g_strv_contains (states, words[n - 1])
             || g_strv_contains (verbs, words[0])
             || (g_str_equal (words[0], "it") && g_strv_contains (verbs, words[1])));
}
