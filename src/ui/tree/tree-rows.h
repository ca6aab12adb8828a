/* tree-rows.h: the rows of a tree in a column view, and the widgets that show them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row's widget is one whose first column holds a #GtkTreeExpander. GTK has widgets only for rows
 * in sight. */
GtkWidget      *wb_tree_find_widget      (GtkColumnView     *view,
                                          GtkTreeListRow    *row);
GtkTreeListRow *wb_tree_find_row         (GtkColumnView     *view,
                                          GtkWidget         *widget);
GtkTreeListRow *wb_tree_dup_selected_row (GtkMultiSelection *rows);
guint64         wb_tree_count_selected   (GtkMultiSelection *rows);

G_END_DECLS
