/* difference-view.h: the difference that is selected, and what changed in its file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/compare/difference-list.h"

G_BEGIN_DECLS

/* Part of the compare window. It reads the two files of a difference when that is selected. */
#define WB_TYPE_DIFFERENCE_VIEW (wb_difference_view_get_type ())
G_DECLARE_FINAL_TYPE (WbDifferenceView, wb_difference_view, WB, DIFFERENCE_VIEW, AdwBin)

void     wb_difference_view_set_line (WbDifferenceView *self,
                                      WbDifferenceLine *line,
                                      gboolean          all);
gboolean wb_difference_view_move     (WbDifferenceView *self,
                                      int               step);
void     wb_difference_view_enter    (WbDifferenceView *self,
                                      int               step);

G_END_DECLS
