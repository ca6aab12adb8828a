/* start-button.h: the way on from a list that is still empty
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_start_button_follow (GtkButton  *button,
                             GListModel *accounts);

G_END_DECLS
