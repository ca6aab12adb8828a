/* sentence.c: sentences, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/sentence.h"

#include <glib/gi18n-lib.h>

/**
 * wb_join_sentences:
 * @first: a sentence
 * @second: the one that comes next
 *
 * Joins two sentences as the person's language does it: Chinese has no space between them.
 *
 * Returns: (transfer full): both
 */
char *
wb_join_sentences (const char *first,
                   const char *second)
{
  g_return_val_if_fail (first != NULL, NULL);
  g_return_val_if_fail (second != NULL, NULL);

  /* Translators: two sentences, one after the other */
  return g_strdup_printf (_ ("%s %s"), first, second);
}

/**
 * wb_append_sentence:
 * @text: (inout): what has been said so far, or nothing
 * @sentence: what is said next
 *
 * Appends a sentence as wb_join_sentences() does.
 */
void
wb_append_sentence (GString    *text,
                    const char *sentence)
{
  g_autofree char *both = NULL;

  g_return_if_fail (text != NULL);
  g_return_if_fail (sentence != NULL);

  both = text->len > 0 ? wb_join_sentences (text->str, sentence) : g_strdup (sentence);
  g_string_assign (text, both);
}
