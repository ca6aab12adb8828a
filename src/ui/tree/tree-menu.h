/* tree-menu.h: the context menu of the rows of a tree in a column view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkPopover *wb_tree_menu_new (GtkWidget         *parent,
                              GtkColumnView     *view,
                              GtkMultiSelection *rows,
                              GMenuModel        *menu);

G_END_DECLS
