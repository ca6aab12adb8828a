/* one-stop.h: a row of a list at which Tab stops once, and that says all it shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_one_stop_class_init (GtkWidgetClass *row_class,
                             const char     *copy_action);
void wb_one_stop_init       (GtkWidget      *row,
                             GtkLabel       *value);
void wb_one_stop_set_name   (GtkWidget      *row,
                             const char     *label,
                             const char     *value);

G_END_DECLS
