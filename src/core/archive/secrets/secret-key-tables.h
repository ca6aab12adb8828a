/* secret-key-tables.h: the words that say whether a key names a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each ends with %NULL. All are folded as #WbKeyWords folds a key. */
extern const char *const wb_words_glued[];
extern const char *const wb_words_friends[];
extern const char *const wb_words_couples[][2];
extern const char *const wb_words_endings[];
extern const char *const wb_words_whole[];
extern const char *const wb_words_files[];
extern const char *const wb_words_key_makers[];
extern const char *const wb_words_about[];
extern const char *const wb_words_owners[];
extern const char *const wb_words_paths[];
extern const char *const wb_words_counts[];
extern const char *const wb_words_phrases[];
extern const char *const wb_words_phrases_about[];

G_END_DECLS
