/* shortcuts.h: the window that lists the keyboard shortcuts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_shortcuts_show (GtkWindow *window);

G_END_DECLS
