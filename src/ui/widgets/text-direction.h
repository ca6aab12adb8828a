/* text-direction.h: text that runs from left to right in a window that runs from right to left
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean wb_text_runs_left_to_right (const char *text);
void     wb_label_align_with_window (GtkLabel   *label);

G_END_DECLS
