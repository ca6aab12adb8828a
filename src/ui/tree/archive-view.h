/* archive-view.h: a document's archive as a tree in columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/list/entry-list.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

/* Properties: `selected` (#WbEntry, read-only, notified with each change of the selection: the one
 * that is selected, or NULL), `search` (string, read-only, notified with each result), `sort-key`
 * (string `name`, `type`, `address` or `size`, read and write) and `sort-descending` (boolean, read
 * and write). The last two follow a click on a column's header. Signal `opened`: a file was
 * clicked, which selects it, or the selected one was activated. */
#define WB_TYPE_ARCHIVE_VIEW (wb_archive_view_get_type ())
G_DECLARE_FINAL_TYPE (WbArchiveView, wb_archive_view, WB, ARCHIVE_VIEW, AdwBin)

void               wb_archive_view_remember_columns
                                                (WbArchiveView *self,
                                                 GSettings     *settings);
void               wb_archive_view_set_document (WbArchiveView *self,
                                                 WbDocument    *document);
void               wb_archive_view_focus_rows   (WbArchiveView *self);
void               wb_archive_view_set_search   (WbArchiveView *self,
                                                 const char    *text);
WbEntryFilter     *wb_archive_view_get_filter   (WbArchiveView *self);
void               wb_archive_view_select_first (WbArchiveView *self);
void               wb_archive_view_select_next  (WbArchiveView *self,
                                                 gboolean       backward);
gboolean           wb_archive_view_select_node  (WbArchiveView *self,
                                                 guint          node);
WbEntry           *wb_archive_view_dup_selected (WbArchiveView *self);
guint              wb_archive_view_get_n_selected
                                                (WbArchiveView *self);
GArray            *wb_archive_view_dup_selected_files
                                                (WbArchiveView *self);
GtkSelectionModel *wb_archive_view_get_model    (WbArchiveView *self);
void               wb_archive_view_fill_sort_menu
                                                (GMenu         *menu,
                                                 const char    *action);

G_END_DECLS
