/* key-words.c: a key, cut into its words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/secrets/key-words.h"

#include <string.h>

#include "core/text.h"

typedef enum
{
  LETTER_NONE,
  LETTER_UPPER,
  LETTER_LOWER, /* or without case */
  LETTER_DIGIT,
} Letter;

static Letter
get_letter (gunichar c)
{
  if (g_unichar_isupper (c))
    return LETTER_UPPER;
  if (g_unichar_isdigit (c))
    return LETTER_DIGIT;

  /* Latin marks are gone by now; others belong to the letters before them. */
  return g_unichar_isalpha (c) || g_unichar_ismark (c) ? LETTER_LOWER : LETTER_NONE;
}

/* Characters that only look different become what they are compatible with; what cannot be seen
 * goes, so that it cuts no word. The accents of Latin letters go, too. */
static char *
dup_plain (const char *key,
           gsize       length)
{
  g_autofree char *valid = NULL;
  g_autofree char *apart = NULL;
  g_autoptr (GString) plain = NULL;
  gboolean after_latin = FALSE;
  gboolean is_ascii = TRUE;

  for (gsize i = 0; i < length && is_ascii; i++)
    is_ascii = (guchar) key[i] < 0x80;
  if (is_ascii)
    return g_strndup (key, length);

  valid = g_utf8_make_valid (key, (gssize) length);
  apart = wb_text_normalize (valid, G_NORMALIZE_ALL);
  plain = g_string_sized_new (length);
  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c) && after_latin)
        continue;
      if (g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      after_latin = g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN;
      g_string_append_unichar (plain, c);
    }

  /* Marks of other scripts, such as those of Japanese and Korean, belong to their letters. */
  return wb_text_normalize (plain->str, G_NORMALIZE_ALL_COMPOSE);
}

/* Where a word begins: `aB`, and the last capital of `ABc`. */
static gboolean
is_hump (Letter before,
         Letter letter,
         Letter behind)
{
  if (letter != LETTER_UPPER || before == LETTER_NONE)
    return FALSE;

  return before != LETTER_UPPER || behind == LETTER_LOWER;
}

static void
append_space (GString *folded)
{
  if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
}

/* Words with a space between them. */
static char *
dup_folded (const char *plain,
            gboolean   *has_humps)
{
  GString *folded = g_string_new ("");
  Letter   before = LETTER_NONE;

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      Letter   letter = get_letter (c);
      Letter   behind = get_letter (g_utf8_get_char (g_utf8_next_char (p)));

      if (letter == LETTER_NONE)
        append_space (folded);
      else
        {
          if (is_hump (before, letter, behind))
            {
              append_space (folded);
              *has_humps = TRUE;
            }
          g_string_append_unichar (folded, g_unichar_tolower (c));
        }
      before = letter;
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);

  return g_string_free (folded, FALSE);
}

static void
add_word (WbKeyWords *self,
          char       *word)
{
  gsize length = strlen (word);

  while (length > 0 && g_ascii_isdigit (word[length - 1]))
    word[--length] = '\0';
  if (length == 0)
    return;

  if (self->n == WB_KEY_MAX_WORDS)
    {
      memmove (self->words, self->words + 1, (WB_KEY_MAX_WORDS - 1) * sizeof *self->words);
      self->n--;
    }
  self->words[self->n++] = word;
  self->is_noise = self->is_noise && length <= 2;
}

/**
 * wb_key_words_init:
 * @self: (out caller-allocates): the words
 * @key: a key, or what stands in front of a separator
 * @length: how many bytes; what is not UTF-8 cuts words
 */
void
wb_key_words_init (WbKeyWords *self,
                   const char *key,
                   gsize       length)
{
  g_autofree char *plain = dup_plain (key, length);
  gboolean         has_humps = FALSE;
  char            *word;
  char            *rest;

  *self = (WbKeyWords){ .is_noise = TRUE };
  self->folded = dup_folded (plain, &has_humps);
  self->is_prose = strpbrk (plain, " \t") != NULL;
  self->storage = g_strdup (self->folded);
  self->joined = g_strdup (self->folded);

  rest = self->storage;
  while ((word = strsep (&rest, " ")) != NULL)
    add_word (self, word);
  self->is_noise = self->is_noise && has_humps;

  rest = self->joined;
  for (const char *p = self->folded; *p != '\0'; p++)
    {
      if (*p != ' ')
        *rest++ = *p;
    }
  *rest = '\0';
}

void
wb_key_words_clear (WbKeyWords *self)
{
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->joined, g_free);
  g_clear_pointer (&self->storage, g_free);
}
