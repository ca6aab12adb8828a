/* column-sorting.h: which column of a view sorts its rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A person can sort by the column. That sorts nothing: the view's lists sort themselves. */
void     wb_column_sorting_add  (GtkColumnViewColumn *column,
                                 guint                key);

/* For the signal `changed` of the view's sorter. */
gboolean wb_column_sorting_read (GtkSorter           *sorter,
                                 guint               *key,
                                 gboolean            *descending);

G_END_DECLS
