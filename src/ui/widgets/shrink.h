/* shrink.h: buttons that give way in a narrow window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_shrink_buttons (GtkWidget *root);
void wb_shrink_last    (GtkWidget *bar);

G_END_DECLS
