/* search-query.h: what a person looks for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

/**
 * WbSearchQuery:
 *
 * Words that must all be there, in any case: `prod`, `"two words"`; in what one key says:
 * `type:dws`, `host:10.0.`, `port:8000`; and, with a `-` in front, words that must not be there.
 * Immutable.
 */
typedef struct _WbSearchQuery WbSearchQuery;

WbSearchQuery *wb_search_query_new        (const char    *text);
void           wb_search_query_free       (WbSearchQuery *self);
gboolean       wb_search_query_is_empty   (WbSearchQuery *self);
gboolean       wb_search_query_matches    (WbSearchQuery *self,
                                           const char    *haystack,
                                           gsize          length);
GArray        *wb_search_query_find_spans (WbSearchQuery *self,
                                           const char    *key,
                                           const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSearchQuery, wb_search_query_free)

G_END_DECLS
