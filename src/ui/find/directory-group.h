/* directory-group.h: projects or workspaces that the service knows, to tick
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

#define WB_TYPE_DIRECTORY_GROUP (wb_directory_group_get_type ())
G_DECLARE_FINAL_TYPE (WbDirectoryGroup, wb_directory_group, WB, DIRECTORY_GROUP,
                      AdwPreferencesGroup)

void        wb_directory_group_set_items  (WbDirectoryGroup *self,
                                           GListModel       *items,
                                           gboolean          one_only,
                                           GListModel       *known,
                                           const char       *note);
gboolean    wb_directory_group_get_chosen (WbDirectoryGroup *self);
GListModel *wb_directory_group_dup_chosen (WbDirectoryGroup *self);

G_END_DECLS
