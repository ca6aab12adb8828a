/* cloud-group.h: the rows for an account's cloud: which one, its region and addresses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/accounts/account-rows.h"

G_BEGIN_DECLS

#define WB_TYPE_CLOUD_GROUP (wb_cloud_group_get_type ())
G_DECLARE_FINAL_TYPE (WbCloudGroup, wb_cloud_group, WB, CLOUD_GROUP, AdwPreferencesGroup)

void wb_cloud_group_set_clouds (WbCloudGroup  *self,
                                WbClouds      *clouds);
void wb_cloud_group_read       (WbCloudGroup  *self,
                                WbAccount     *account);
void wb_cloud_group_write      (WbCloudGroup  *self,
                                WbAccount     *account);
void wb_cloud_group_check      (WbCloudGroup  *self,
                                WbAccount     *account);
void wb_cloud_group_add_rows   (WbCloudGroup  *self,
                                WbAccountRows *rows);

G_END_DECLS
