/* secret-keys.c: what a secret's key is called
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/secret-keys.h"

#include <string.h>

#include "core/archive/secrets/key-words.h"
#include "core/archive/secrets/secret-key-tables.h"
#include "core/json-scan.h"

/* A key is cut into its words (`trustStorePass`: trust, store, pass), which are read from left to
 * right. The last word that has something to say decides, for the head of an English compound
 * stands at its end: in `passwordPolicy` the policy takes back what the password said, and in
 * `publicKeyPassword` the password speaks last. Nothing is looked for across a cut: `bypass_words`
 * holds no password. */

/* What follows a secret within one word: `passwordpolicy`, `passwortrichtlinie`. */
static gboolean
is_about (const char *rest)
{
  return g_strv_contains (wb_words_about, rest) || g_strv_contains (wb_words_phrases_about, rest);
}

static gboolean
word_is_secret (const char *word)
{
  gsize length = strlen (word);

  if (g_strv_contains (wb_words_whole, word))
    return TRUE;
  if (length < 6) /* the shortest one that is glued */
    return length > 3 && (g_str_has_suffix (word, "pwd") || g_str_has_suffix (word, "pw"));
  for (guint i = 0; wb_words_friends[i] != NULL; i++)
    {
      if (strstr (word, wb_words_friends[i]) != NULL)
        return FALSE;
    }
  for (guint i = 0; wb_words_glued[i] != NULL; i++)
    {
      const char *found = g_strrstr (word, wb_words_glued[i]);

      if (found != NULL && !is_about (found + strlen (wb_words_glued[i])))
        return TRUE;
    }
  for (guint i = 0; wb_words_endings[i] != NULL; i++)
    {
      if (g_str_has_suffix (word, wb_words_endings[i]))
        return TRUE;
    }

  return FALSE;
}

/* How many words from @i on make one that is written apart: `pass-word`, `mot de passe`. */
static guint
count_joined (const WbKeyWords *words,
              guint             i)
{
  g_autofree char *two = NULL;

  if (i + 2 < words->n && strcmp (words->words[i], "mot") == 0
      && strcmp (words->words[i + 1], "de") == 0 && strcmp (words->words[i + 2], "passe") == 0)
    return 3;
  if (i + 1 >= words->n)
    return 0;
  for (guint c = 0; wb_words_couples[c][0] != NULL; c++)
    {
      if (strcmp (words->words[i], wb_words_couples[c][0]) == 0
          && strcmp (words->words[i + 1], wb_words_couples[c][1]) == 0)
        return 2;
    }
  if (strcmp (words->words[i], "pass") != 0 && strcmp (words->words[i], "key") != 0
      && strcmp (words->words[i], "palavra") != 0)
    return 0;

  two = g_strconcat (words->words[i], words->words[i + 1], NULL);

  return g_strv_contains (wb_words_glued, two) || g_strv_contains (wb_words_whole, two) ? 2 : 0;
}

static const char *
get_word (const WbKeyWords *words,
          guint             i)
{
  return i < words->n ? words->words[i] : "";
}

/* Words that are a secret elsewhere, and are not among these neighbours. */
static gboolean
is_other_sense (const WbKeyWords *words,
                guint             i)
{
  const char *word = get_word (words, i);
  const char *before = i > 0 ? get_word (words, i - 1) : "";
  const char *behind = get_word (words, i + 1);

  /* A language, `sk_SK`. */
  if (strcmp (word, "sk") == 0)
    return strcmp (before, "sk") == 0 || strcmp (behind, "sk") == 0;
  /* A primary or foreign key, and a keyword. */
  if (strcmp (word, "clave") == 0)
    return g_str_has_prefix (before, "palabra") || strcmp (behind, "primaria") == 0
           || strcmp (behind, "foranea") == 0;
  if (strcmp (word, "token") == 0 || strcmp (word, "tokens") == 0)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_strv_contains (wb_words_counts, words->words[j]))
            return TRUE;
        }
    }

  return FALSE;
}

static WbKeyVerdict
read_words (const WbKeyWords *words)
{
  WbKeyVerdict verdict = WB_KEY_PLAIN;
  guint        n_read = 0; /* words that made the key a secret */

  for (guint i = 0; i < words->n; i++)
    {
      const char *word = words->words[i];
      guint       n_joined = count_joined (words, i);

      if (n_joined > 0)
        {
          verdict = WB_KEY_SECRET;
          n_read = n_joined;
          i += n_joined - 1;
        }
      else if (strcmp (word, "key") == 0 || strcmp (word, "keys") == 0)
        {
          if (i > 0 && g_strv_contains (wb_words_key_makers, words->words[i - 1]))
            {
              verdict = WB_KEY_SECRET;
              n_read = 2;
            }
        }
      else if (word_is_secret (word) && !is_other_sense (words, i))
        {
          verdict = g_strv_contains (wb_words_files, word) ? WB_KEY_SECRET_UNLESS_PATH
                                                           : WB_KEY_SECRET;
          n_read = 1;
        }
      else if (verdict == WB_KEY_PLAIN || (words->is_prose && i + 1 < words->n))
        continue;
      else if (g_strv_contains (wb_words_about, word)
               || (words->is_prose && g_strv_contains (wb_words_owners, word)))
        verdict = WB_KEY_PLAIN;
      else if (g_strv_contains (wb_words_paths, word))
        verdict = WB_KEY_SECRET_UNLESS_PATH;
    }

  return verdict == WB_KEY_SECRET && words->n > n_read ? WB_KEY_SECRET_UNLESS_FLAG : verdict;
}

static gboolean
has_phrase (const WbKeyWords *words)
{
  gboolean found = FALSE;

  for (guint i = 0; wb_words_phrases[i] != NULL && !found; i++)
    found = strstr (words->folded, wb_words_phrases[i]) != NULL;
  for (guint i = 0; wb_words_phrases_about[i] != NULL && found; i++)
    found = strstr (words->folded, wb_words_phrases_about[i]) == NULL;

  return found;
}

/* A file of keys, whose name ends in a number. */
static gboolean
has_pkcs12 (const WbKeyWords *words)
{
  g_auto (GStrv) all = g_strsplit (words->folded, " ", -1);

  return g_strv_contains ((const char *const *) all, "p12")
         || g_strv_contains ((const char *const *) all, "pkcs12");
}

static WbKeyVerdict
judge (const char *key,
       gsize       length)
{
  g_auto (WbKeyWords) words = { 0 };

  wb_key_words_init (&words, key, length);

  /* Management Center's encrypted password and its initialization vector. */
  if (strcmp (words.joined, "iv") == 0 || strcmp (words.joined, "encryptvalue") == 0
      || strcmp (words.joined, "encryptedvalue") == 0)
    return WB_KEY_SECRET;
  /* `user:password` for Kafka's schema registry. */
  if (g_str_has_suffix (words.joined, "authuserinfo"))
    return WB_KEY_SECRET;
  if (has_phrase (&words))
    return WB_KEY_SECRET;
  if (strstr (words.joined, "12") != NULL && has_pkcs12 (&words))
    return MAX (read_words (&words), WB_KEY_SECRET_UNLESS_PATH);
  /* Humps that cut nothing: `PaSsWoRd`. */
  if (words.is_noise && word_is_secret (words.joined))
    return WB_KEY_SECRET;

  return read_words (&words);
}

/**
 * wb_secret_key_judge:
 * @key: a key, without its path
 * @length: how many bytes
 *
 * Reads the key by the words of secret-key-tables.c.
 *
 * Returns: what the key says of its value
 */
WbKeyVerdict
wb_secret_key_judge (const char *key,
                     gsize       length)
{
  /* Thousands of connections have the same few keys. */
  static _Thread_local struct
  {
    char         key[32];
    gsize        length;
    WbKeyVerdict verdict;
  } known[64];
  guint hash = 5381;

  if (length == 0 || length > sizeof known[0].key)
    return judge (key, length);

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) key[i];
  hash %= G_N_ELEMENTS (known);
  if (known[hash].length != length || memcmp (known[hash].key, key, length) != 0)
    {
      known[hash].verdict = judge (key, length);
      known[hash].length = length;
      memcpy (known[hash].key, key, length);
    }

  return known[hash].verdict;
}

/**
 * wb_secret_key_judge_json:
 * @text: a JSON text
 * @start: where a string or key begins in it, at its opening quote
 * @end: where it ends, behind its closing quote
 *
 * Judges what the string says; an option's dashes are no part of its name.
 *
 * Returns: what it says of the value that it names
 */
WbKeyVerdict
wb_secret_key_judge_json (const char *text,
                          gsize       start,
                          gsize       end)
{
  const char      *name = text + start + 1;
  gsize            length = end - start - 2;
  g_autofree char *unescaped = NULL;

  if (memchr (name, '\\', length) != NULL)
    name = unescaped = wb_json_unescape (text, start, end, &length);
  while (length > 0 && *name == '-')
    {
      name++;
      length--;
    }

  return wb_secret_key_judge (name, length);
}

/* `secret/data/dwh`; base64 has capitals. */
static gboolean
is_relative_path (const char *value,
                  gsize       length)
{
  gboolean has_slash = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_islower (value[i]) && !g_ascii_isdigit (value[i])
          && strchr ("/._-", value[i]) == NULL)
        return FALSE;
      has_slash = has_slash || value[i] == '/';
    }

  return has_slash;
}

/* One line that begins as a path or address does. Base64 may begin with a slash too, but has `+` or
 * `=`. */
static gboolean
is_path (const char *value,
         gsize       length)
{
  static const char *const starts[] = { "/", "~/", "./", "../" };
  gboolean                 found = length > 3 && g_ascii_isalpha (value[0]) && value[1] == ':'
                   && (value[2] == '\\' || value[2] == '/');

  for (guint i = 0; i < G_N_ELEMENTS (starts) && !found; i++)
    found = length > strlen (starts[i]) && memcmp (value, starts[i], strlen (starts[i])) == 0;
  if (!found)
    {
      gsize n = 0;

      while (n < length && g_ascii_isalnum (value[n]))
        n++;
      found = n > 0 && n + 3 < length && memcmp (value + n, "://", 3) == 0;
    }

  if (!found)
    return is_relative_path (value, length);

  return memchr (value, '+', length) == NULL && memchr (value, '=', length) == NULL
         && memchr (value, '\n', length) == NULL;
}

static gboolean
is_flag (const char *value,
         gsize       length)
{
  static const char *const words[] = { "true", "false", "yes", "no", "on", "off" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i]) == length && g_ascii_strncasecmp (value, words[i], length) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * wb_secret_key_hides:
 * @verdict: what the key said
 * @value: its value, as text
 * @length: how many bytes
 *
 * Returns: whether the value must stay hidden until a person asks
 */
gboolean
wb_secret_key_hides (WbKeyVerdict verdict,
                     const char  *value,
                     gsize        length)
{
  switch (verdict)
    {
    case WB_KEY_PLAIN:
      return FALSE;
    case WB_KEY_SECRET_UNLESS_PATH:
      return !is_path (value, length) && !is_flag (value, length);
    case WB_KEY_SECRET_UNLESS_FLAG:
      return !is_flag (value, length);
    case WB_KEY_SECRET:
    default:
      return TRUE;
    }
}

/**
 * wb_secret_is_left_out:
 * @value: what stands in a secret's place
 * @length: how many bytes
 *
 * Returns: whether it is empty, nothing but `*`, or `Add password here`, which is how the services
 *   say that they left a secret out. The last one is what migration (CDM) says (its API reference,
 *   querying a link).
 */
gboolean
wb_secret_is_left_out (const char *value,
                       gsize       length)
{
  static const char words[] = "Add password here";

  if (length == strlen (words) && g_ascii_strncasecmp (value, words, length) == 0)
    return TRUE;
  for (gsize i = 0; i < length; i++)
    {
      if (value[i] != '*')
        return FALSE;
    }

  return TRUE;
}
