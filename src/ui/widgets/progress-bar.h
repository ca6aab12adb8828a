/* progress-bar.h: how far a long operation is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/progress.h"

G_BEGIN_DECLS

/* What is over before does not flicker. */
#define WB_PROGRESS_PATIENCE_MS 1000

/* A bar that is seen only once the work has taken that long. */
#define WB_TYPE_PROGRESS_BAR (wb_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbProgressBar, wb_progress_bar, WB, PROGRESS_BAR, AdwBin)

void wb_progress_bar_set_progress  (WbProgressBar *self,
                                    WbProgress    *progress);
void wb_progress_bar_show_progress (WbProgressBar *self,
                                    WbProgress    *progress);

G_END_DECLS
