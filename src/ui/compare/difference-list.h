/* difference-list.h: what changed between two archives as a list, grouped by what happened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/compare/compare.h"

G_BEGIN_DECLS

/* A handle on one line, made when a view asks for it: a difference, or the heading of a group. */
#define WB_TYPE_DIFFERENCE_LINE (wb_difference_line_get_type ())
G_DECLARE_FINAL_TYPE (WbDifferenceLine, wb_difference_line, WB, DIFFERENCE_LINE, GObject)

WbComparison     *wb_difference_line_get_comparison (WbDifferenceLine *self);
WbDifferenceKind  wb_difference_line_get_kind       (WbDifferenceLine *self);
int               wb_difference_line_get_index      (WbDifferenceLine *self);
const char       *wb_difference_line_get_name       (WbDifferenceLine *self);
char             *wb_difference_line_dup_about      (WbDifferenceLine *self);
char             *wb_difference_line_dup_heading    (WbDifferenceLine *self);

/* A #GListModel of them. */
#define WB_TYPE_DIFFERENCE_LIST (wb_difference_list_get_type ())
G_DECLARE_FINAL_TYPE (WbDifferenceList, wb_difference_list, WB, DIFFERENCE_LIST, GObject)

WbDifferenceList   *wb_difference_list_new    (WbComparison *comparison,
                                               gboolean      all);

/* difference-factory.c */

GtkListItemFactory *wb_difference_factory_new (void);

G_END_DECLS
