/* archive-columns.h: the columns of an archive's tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/list/entry-list.h"
#include "ui/tree/search-highlight.h"

G_BEGIN_DECLS

void        wb_archive_columns_add       (GtkColumnView     *view,
                                          WbSearchHighlight *highlight);
void        wb_archive_columns_sort      (GtkColumnView     *view,
                                          WbSortKey          key,
                                          gboolean           descending);
const char *wb_archive_columns_get_id    (WbSortKey          key);
gboolean    wb_archive_columns_find_key  (const char        *id,
                                          WbSortKey         *key);
void        wb_archive_columns_fill_menu (GMenu             *menu,
                                          const char        *action);

G_END_DECLS
