/* pane-layout.h: a width by the font, whatever is in the widget
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a widget with one child, as part of a leaflet, which folds when its parts do not have their
 * natural widths. Property: `width-chars` (int, read and write), the natural width in characters of
 * the widget's font, unless the child cannot be as narrow. */
#define WB_TYPE_PANE_LAYOUT (wb_pane_layout_get_type ())
G_DECLARE_FINAL_TYPE (WbPaneLayout, wb_pane_layout, WB, PANE_LAYOUT, GtkLayoutManager)

G_END_DECLS
