/* shortcut-row.h: what can be done by keys, and by which
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_SHORTCUT_ROW (wb_shortcut_row_get_type ())
G_DECLARE_FINAL_TYPE (WbShortcutRow, wb_shortcut_row, WB, SHORTCUT_ROW, AdwPreferencesRow)

G_END_DECLS
