/* fold.h: widgets beside each other, or below each other where they have no room
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every child is at least as wide as it must be. What is left of a line goes to the children that
 * expand, or else to all. */
#define WB_TYPE_FOLD (wb_fold_get_type ())
G_DECLARE_FINAL_TYPE (WbFold, wb_fold, WB, FOLD, GtkWidget)

G_END_DECLS
