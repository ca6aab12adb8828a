/* workspace-row.h: one workspace's name and ID, to edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

#define WB_TYPE_WORKSPACE_ROW (wb_workspace_row_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspaceRow, wb_workspace_row, WB, WORKSPACE_ROW, AdwPreferencesRow)

GtkWidget   *wb_workspace_row_new           (WbWorkspace    *workspace);

char        *wb_workspace_row_dup_name      (WbWorkspaceRow *self);
char        *wb_workspace_row_dup_id        (WbWorkspaceRow *self);
WbWorkspace *wb_workspace_row_dup_workspace (WbWorkspaceRow *self);
void         wb_workspace_row_set_reasons   (WbWorkspaceRow *self,
                                             const char     *name_reason,
                                             const char     *id_reason);
gboolean     wb_workspace_row_has_reason    (WbWorkspaceRow *self);
void         wb_workspace_row_set_removable (WbWorkspaceRow *self,
                                             gboolean        removable);
void         wb_workspace_row_focus_id      (WbWorkspaceRow *self);

G_END_DECLS
