/* shrink.h: buttons that give way in a narrow window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void wb_shrink_buttons (GtkWidget *root);

G_END_DECLS
