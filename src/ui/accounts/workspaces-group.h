/* workspaces-group.h: an account's workspaces, to edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_WORKSPACES_GROUP (wb_workspaces_group_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspacesGroup, wb_workspaces_group, WB, WORKSPACES_GROUP,
                      AdwPreferencesGroup)

void        wb_workspaces_group_set_workspaces (WbWorkspacesGroup *self,
                                                GListModel        *workspaces);
GListModel *wb_workspaces_group_dup_workspaces (WbWorkspacesGroup *self);
gboolean    wb_workspaces_group_get_complete   (WbWorkspacesGroup *self);
void        wb_workspaces_group_add_items      (WbWorkspacesGroup *self,
                                                GListModel        *items);
void        wb_workspaces_group_add_id         (WbWorkspacesGroup *self,
                                                const char        *id);
void        wb_workspaces_group_focus          (WbWorkspacesGroup *self);

G_END_DECLS
