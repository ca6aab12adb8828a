/* copying.h: copies a text, and says so in a toast
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_copy_text   (GtkWidget  *widget,
                     const char *text,
                     const char *label);
void wb_copy_secret (GtkWidget  *widget,
                     const char *secret,
                     const char *label);

G_END_DECLS
