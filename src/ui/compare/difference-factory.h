/* difference-factory.h: how the lines of a list of differences look
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a list of #WbDifferenceLine. */
GtkListItemFactory *wb_difference_factory_new (void);

G_END_DECLS
