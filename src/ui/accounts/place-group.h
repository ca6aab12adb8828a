/* place-group.h: the rows that say where an account is: cloud, region, addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/accounts/account-rows.h"

G_BEGIN_DECLS

#define WB_TYPE_PLACE_GROUP (wb_place_group_get_type ())
G_DECLARE_FINAL_TYPE (WbPlaceGroup, wb_place_group, WB, PLACE_GROUP, AdwPreferencesGroup)

void wb_place_group_set_clouds (WbPlaceGroup  *self,
                                WbClouds      *clouds);
void wb_place_group_read       (WbPlaceGroup  *self,
                                WbAccount     *account);
void wb_place_group_write      (WbPlaceGroup  *self,
                                WbAccount     *account);
void wb_place_group_check      (WbPlaceGroup  *self,
                                WbAccount     *account);
void wb_place_group_add_rows   (WbPlaceGroup  *self,
                                WbAccountRows *rows);

G_END_DECLS
