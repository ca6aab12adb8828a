/* source-view.h: a file's contents as text, in colours, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/connection/connection.h"
#include "ui/details/reveal.h"

G_BEGIN_DECLS

/* Made by the connection view when a person first looks at the source, and kept as long as the view
 * lives. Actions: source.reveal. Ctrl+F finds in the text while it has the focus. */
#define WB_TYPE_SOURCE_VIEW (wb_source_view_get_type ())
G_DECLARE_FINAL_TYPE (WbSourceView, wb_source_view, WB, SOURCE_VIEW, AdwBin)

GtkWidget *wb_source_view_new            (void);
void       wb_source_view_set_connection (WbSourceView *self,
                                          WbConnection *connection,
                                          const char   *problem);
WbReveal  *wb_source_view_get_reveal     (WbSourceView *self);

G_END_DECLS
