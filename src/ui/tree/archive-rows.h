/* archive-rows.h: an archive as the rows of a tree, folded and selected as a person left them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/list/entry-list.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

#define WB_TYPE_ARCHIVE_ROWS (wb_archive_rows_get_type ())
G_DECLARE_FINAL_TYPE (WbArchiveRows, wb_archive_rows, WB, ARCHIVE_ROWS, GObject)

WbArchiveRows     *wb_archive_rows_new            (void);

void               wb_archive_rows_set_document   (WbArchiveRows *self,
                                                   WbDocument    *document);
void               wb_archive_rows_sort           (WbArchiveRows *self,
                                                   WbSortKey      key,
                                                   gboolean       descending);

GtkMultiSelection *wb_archive_rows_get_selection  (WbArchiveRows *self);
WbEntryOrder      *wb_archive_rows_get_order      (WbArchiveRows *self);
WbEntryFilter     *wb_archive_rows_get_filter     (WbArchiveRows *self);

G_END_DECLS
