/* list-tab.h: Tab leaves a list, rather than going from row to row
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_list_tab_add (GtkWidget *list);

G_END_DECLS
