/* preview.h: a document to review: its summary, its tree, and the entry that is selected
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/tree/archive-view.h"
#include "ui/details/connection-view.h"

G_BEGIN_DECLS

/* A window has one from its first document on, for as long as it lives. Properties, read and write:
 * `position` (int): the width of the tree in application pixels, -1 to leave it, `searching`
 * (boolean): whether the search bar is open. Actions: preview.select (a node), preview.sort-by,
 * preview.sort-descending. */
#define WB_TYPE_PREVIEW (wb_preview_get_type ())
G_DECLARE_FINAL_TYPE (WbPreview, wb_preview, WB, PREVIEW, AdwBin)

void              wb_preview_set_document        (WbPreview  *self,
                                                  WbDocument *document);
void              wb_preview_find                (WbPreview  *self);
void              wb_preview_find_again          (WbPreview  *self,
                                                  gboolean    backward);
void              wb_preview_add_areas           (WbPreview  *self,
                                                  GPtrArray  *areas);
WbArchiveView    *wb_preview_get_archive_view    (WbPreview  *self);
WbConnectionView *wb_preview_get_connection_view (WbPreview  *self);

G_END_DECLS
