/* panes.h: a list and its details, side by side or one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Side by side while both are as wide as they want to be, in characters of the font; in a narrow
 * window the list alone, and when it is asked for, the details with a button that leads back.
 * Properties: `start-child` and `end-child` (#GtkWidget, write), `start-chars` and `end-chars`
 * (int, write), `folded` (boolean, read-only: not side by side), `covered` (boolean, read-only: the
 * details are shown instead of the list). */
#define WB_TYPE_PANES (wb_panes_get_type ())
G_DECLARE_FINAL_TYPE (WbPanes, wb_panes, WB, PANES, AdwBin)

gboolean wb_panes_get_folded  (WbPanes *self);
void     wb_panes_show_end    (WbPanes *self);
void     wb_panes_show_start  (WbPanes *self);

G_END_DECLS
