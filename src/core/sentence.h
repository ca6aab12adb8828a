/* sentence.h: sentences, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_join_sentences  (const char *first,
                          const char *second);
void  wb_append_sentence (GString    *text,
                          const char *sentence);

G_END_DECLS
