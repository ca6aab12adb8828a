/* search-highlight.h: marks in texts what a search has found in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/list/entry-filter.h"

G_BEGIN_DECLS

/* One for all labels of a view as long as they live; each archive has a filter of its own. */
#define WB_TYPE_SEARCH_HIGHLIGHT (wb_search_highlight_get_type ())
G_DECLARE_FINAL_TYPE (WbSearchHighlight, wb_search_highlight, WB, SEARCH_HIGHLIGHT, GObject)

WbSearchHighlight *wb_search_highlight_new        (void);
void               wb_search_highlight_set_filter (WbSearchHighlight *self,
                                                   WbEntryFilter     *filter);
void               wb_search_highlight_add_label  (WbSearchHighlight *self,
                                                   GtkInscription    *label,
                                                   const char        *key);

G_END_DECLS
