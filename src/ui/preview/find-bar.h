/* find-bar.h: where a person types what to look for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: `searching` (boolean, read and write): whether it is there; `text` (string,
 * read-only): what is looked for, empty when it is not there. Signal: `leave`, when the person goes
 * on to what was found. */
#define WB_TYPE_FIND_BAR (wb_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbFindBar, wb_find_bar, WB, FIND_BAR, AdwBin)

void        wb_find_bar_set_capture_widget (WbFindBar  *self,
                                            GtkWidget  *widget);
void        wb_find_bar_start              (WbFindBar  *self);
const char *wb_find_bar_get_text           (WbFindBar  *self);
void        wb_find_bar_set_count          (WbFindBar  *self,
                                            const char *count);

G_END_DECLS
