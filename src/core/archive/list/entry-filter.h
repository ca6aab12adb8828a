/* entry-filter.h: which of an archive's entries a search leaves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"
#include "core/archive/list/search-query.h"

G_BEGIN_DECLS

/* All lists of one view share it. Properties: `text` (string, read and write), `n-matches`,
 * `n-total` (uint), `active`, `busy` (boolean). Lists follow its signal `changed`. */
#define WB_TYPE_ENTRY_FILTER (wb_entry_filter_get_type ())
G_DECLARE_FINAL_TYPE (WbEntryFilter, wb_entry_filter, WB, ENTRY_FILTER, GObject)

WbEntryFilter *wb_entry_filter_new           (WbArchive     *archive);
void           wb_entry_filter_set_archive   (WbEntryFilter *self,
                                              WbArchive     *archive);
void           wb_entry_filter_set_text      (WbEntryFilter *self,
                                              const char    *text);
const char    *wb_entry_filter_get_text      (WbEntryFilter *self);
gboolean       wb_entry_filter_get_active    (WbEntryFilter *self);
gboolean       wb_entry_filter_get_busy      (WbEntryFilter *self);
guint          wb_entry_filter_get_n_matches (WbEntryFilter *self);
guint          wb_entry_filter_get_n_total   (WbEntryFilter *self);
gboolean       wb_entry_filter_shows         (WbEntryFilter *self,
                                              guint          node);
GArray        *wb_entry_filter_find_spans    (WbEntryFilter *self,
                                              const char    *key,
                                              const char    *text);

G_END_DECLS
