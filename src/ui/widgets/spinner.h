/* spinner.h: says that something is under way, and stands still for whoever wants no motion
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A GtkSpinner, or a still icon where the desktop's animations are off: GTK 4.24's own spins on. */
#define WB_TYPE_SPINNER (wb_spinner_get_type ())
G_DECLARE_FINAL_TYPE (WbSpinner, wb_spinner, WB, SPINNER, AdwBin)

void wb_spinner_set_spinning (WbSpinner *self,
                              gboolean   spinning);

G_END_DECLS
