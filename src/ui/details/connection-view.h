/* connection-view.h: what is inside the entry that is selected, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/list/entry-list.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

/* One for each preview. It keeps the connection of the entry that is selected, with its secrets. */
#define WB_TYPE_CONNECTION_VIEW (wb_connection_view_get_type ())
G_DECLARE_FINAL_TYPE (WbConnectionView, wb_connection_view, WB, CONNECTION_VIEW, AdwBin)

void     wb_connection_view_set_document (WbConnectionView *self,
                                          WbDocument       *document);
void     wb_connection_view_set_entry    (WbConnectionView *self,
                                          WbEntry          *entry);
gboolean wb_connection_view_get_busy     (WbConnectionView *self);

G_END_DECLS
