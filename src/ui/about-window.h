/* about-window.h: what the program is, what is new, and what a report needs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWindow *wb_about_window_new (GtkWindow *parent);

G_END_DECLS
