/* motion.h: nothing turns for whoever wants no motion
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_motion_follow_settings (GdkDisplay *display);

G_END_DECLS
