/* recent-files.h: the ZIP files that were opened or saved recently, as a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_recent_files_add         (GFile *file);
void wb_recent_files_update_menu (GMenu *menu,
                                  int    position);

G_END_DECLS
