/* region-row.h: a row that chooses one of a cloud's regions, with search
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/clouds.h"

G_BEGIN_DECLS

#define WB_TYPE_REGION_ROW (wb_region_row_get_type ())
G_DECLARE_FINAL_TYPE (WbRegionRow, wb_region_row, WB, REGION_ROW, AdwActionRow)

void        wb_region_row_set_cloud (WbRegionRow   *self,
                                     const WbCloud *cloud);
void        wb_region_row_set_id    (WbRegionRow   *self,
                                     const char    *id);
const char *wb_region_row_get_id    (WbRegionRow   *self);

G_END_DECLS
