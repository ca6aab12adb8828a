/* scroll-to.h: brings a row of a column view into sight
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_scroll_to_row (GtkColumnView *view,
                       guint          position);

G_END_DECLS
