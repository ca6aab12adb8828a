/* source-find-bar.h: finds a text in a source view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Part of the source view. Property: `searching` (boolean, read and write): it is shown, and what
 * it finds is marked. */
#define WB_TYPE_SOURCE_FIND_BAR (wb_source_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbSourceFindBar, wb_source_find_bar, WB, SOURCE_FIND_BAR, AdwBin)

void wb_source_find_bar_set_view (WbSourceFindBar *self,
                                  GtkSourceView   *view);
void wb_source_find_bar_start    (WbSourceFindBar *self);
void wb_source_find_bar_again    (WbSourceFindBar *self,
                                  gboolean         backward);

G_END_DECLS
