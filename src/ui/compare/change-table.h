/* change-table.h: what changed inside one file, key by key, old and new side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/compare/compare.h"

G_BEGIN_DECLS

/* Part of the difference view. */
#define WB_TYPE_CHANGE_TABLE (wb_change_table_get_type ())
G_DECLARE_FINAL_TYPE (WbChangeTable, wb_change_table, WB, CHANGE_TABLE, AdwBin)

void     wb_change_table_set_changes (WbChangeTable    *self,
                                      WbDifferenceKind  kind,
                                      GArray           *changes,
                                      gboolean          all);
gboolean wb_change_table_move        (WbChangeTable    *self,
                                      int               step);

G_END_DECLS
