/* search-text.h: text in the form in which it is searched
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of a file is kept as lines of a key and a value, folded. A line begins with the
 * first of these, its value with the second; neither can be in a folded text. */
#define WB_SEARCH_LINE '\n'
#define WB_SEARCH_VALUE '\x1f'

void wb_search_append_folded (GString    *out,
                              const char *text,
                              gsize       length);
void wb_search_append_line   (GString    *out,
                              const char *key,
                              gsize       key_length,
                              const char *value,
                              gsize       value_length);

G_END_DECLS
