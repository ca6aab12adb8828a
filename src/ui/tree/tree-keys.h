/* tree-keys.h: the keys Left and Right in a column view that shows a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In a column view of GTK 4.8 the rows have the focus, so the keys of the expanders do not work. */
GtkEventController *wb_tree_keys_new   (GtkMultiSelection *rows);
void                wb_tree_keys_go_to (GtkWidget         *view,
                                        GtkMultiSelection *rows,
                                        GtkTreeListRow    *row);

G_END_DECLS
