/* sentence.c: sentences, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/sentence.h"

#include <glib/gi18n-lib.h>

/**
 * wb_append_sentence:
 * @text: (inout): what has been said so far, or nothing
 * @sentence: what is said next
 *
 * Appends a sentence as the person's language does it: Chinese has no space between two.
 */
void
wb_append_sentence (GString    *text,
                    const char *sentence)
{
  g_autofree char *both = NULL;

  g_return_if_fail (text != NULL);
  g_return_if_fail (sentence != NULL);

  if (text->len == 0)
    {
      g_string_append (text, sentence);
      return;
    }
  /* Translators: two sentences, one after the other */
  both = g_strdup_printf (_ ("%s %s"), text->str, sentence);
  g_string_assign (text, both);
}
