/* char-width.h: widths by the font
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int wb_char_width_get_px (GtkWidget *widget,
                          int        n_chars);

G_END_DECLS
