/* key-words.h: a key, cut into its words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_KEY_MAX_WORDS 40

/**
 * WbKeyWords:
 * @words: (unowned): in small letters, without accents and without digits at their ends
 * @n: how many; what a key has more than %WB_KEY_MAX_WORDS is left out at its beginning
 * @folded: (owned): the whole key likewise, a space where it is cut
 * @joined: (owned): without the spaces
 * @is_prose: it has spaces of its own, as a sentence has
 * @is_noise: every word has one or two letters, because of humps that cut nothing
 */
typedef struct
{
  const char *words[WB_KEY_MAX_WORDS];
  guint       n;
  char       *folded;
  char       *joined;
  gboolean    is_prose;
  gboolean    is_noise;

  char *storage; /* (owned): of the words */
} WbKeyWords;

void wb_key_words_init  (WbKeyWords *self,
                         const char *key,
                         gsize       length);
void wb_key_words_clear (WbKeyWords *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbKeyWords, wb_key_words_clear)

G_END_DECLS
