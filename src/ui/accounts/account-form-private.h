/* account-form-private.h: the parts of an account's form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"
#include "ui/widgets/reason-row.h"

G_BEGIN_DECLS

/* --- account-rows: rows of a form, each for one setting of an account --- */

/**
 * WbAccountRows:
 * @rows: by the setting that they are for; %NULL for one that is elsewhere
 * @reasons: below them; %NULL for one that cannot be wrong
 *
 * A part of a widget, whose template has them.
 */
typedef struct
{
  GtkWidget   *rows[WB_ACCOUNT_N_FIELDS];
  WbReasonRow *reasons[WB_ACCOUNT_N_FIELDS];
} WbAccountRows;

/**
 * WbAccountRowNames:
 * @row: what the row is called in the template
 * @reason: (nullable): what the row for the reason below it is called
 * @summary: (nullable): for a row that is folded away: what is said of it from outside if it is set
 */
typedef struct
{
  WbAccountField field;
  const char    *row;
  const char    *reason;
  const char    *summary;
} WbAccountRowNames;

void         wb_account_rows_bind               (GtkWidgetClass          *widget_class,
                                                 gssize                   offset,
                                                 const WbAccountRowNames *names,
                                                 guint                    n_names);

void         wb_account_rows_read               (const WbAccountRows     *self,
                                                 WbAccount               *account);
void         wb_account_rows_write              (const WbAccountRows     *self,
                                                 WbAccount               *account);
void         wb_account_rows_touch              (const WbAccountRows     *self,
                                                 GtkWidget               *row);
void         wb_account_rows_validate           (const WbAccountRows     *self,
                                                 WbAccount               *account,
                                                 WbClouds                *clouds);
void         wb_account_rows_add_wanting        (const WbAccountRows     *self,
                                                 GPtrArray               *titles);

/* --- address-row: an address that follows from the region until a person overrides it --- */

#define WB_TYPE_ADDRESS_ROW (wb_address_row_get_type ())
G_DECLARE_FINAL_TYPE (WbAddressRow, wb_address_row, WB, ADDRESS_ROW, AdwEntryRow)

void         wb_address_row_set_derived         (WbAddressRow            *self,
                                                 const char              *derived);
void         wb_address_row_set_value           (WbAddressRow            *self,
                                                 const char              *value);
char        *wb_address_row_dup_value           (WbAddressRow            *self);
void         wb_address_row_set_example         (WbAddressRow            *self,
                                                 const char              *example);

/* --- ca-file-row: the path of a PEM file, typed or chosen --- */

#define WB_TYPE_CA_FILE_ROW (wb_ca_file_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCaFileRow, wb_ca_file_row, WB, CA_FILE_ROW, AdwEntryRow)

/* --- cloud-group: the rows for an account's cloud: which one, its region and addresses --- */

#define WB_TYPE_CLOUD_GROUP (wb_cloud_group_get_type ())
G_DECLARE_FINAL_TYPE (WbCloudGroup, wb_cloud_group, WB, CLOUD_GROUP, AdwPreferencesGroup)

void         wb_cloud_group_set_clouds          (WbCloudGroup            *self,
                                                 WbClouds                *clouds);
void         wb_cloud_group_read                (WbCloudGroup            *self,
                                                 WbAccount               *account);
void         wb_cloud_group_write               (WbCloudGroup            *self,
                                                 WbAccount               *account);
void         wb_cloud_group_validate            (WbCloudGroup            *self,
                                                 WbAccount               *account);
void         wb_cloud_group_add_rows            (WbCloudGroup            *self,
                                                 WbAccountRows           *rows);

/* --- workspace-row: one workspace's name and ID, to edit --- */

#define WB_TYPE_WORKSPACE_ROW (wb_workspace_row_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspaceRow, wb_workspace_row, WB, WORKSPACE_ROW, AdwPreferencesRow)

GtkWidget   *wb_workspace_row_new               (WbWorkspace             *workspace);

char        *wb_workspace_row_dup_name          (WbWorkspaceRow          *self);
char        *wb_workspace_row_dup_id            (WbWorkspaceRow          *self);
WbWorkspace *wb_workspace_row_dup_workspace     (WbWorkspaceRow          *self);
void         wb_workspace_row_set_reasons       (WbWorkspaceRow          *self,
                                                 const char              *name_reason,
                                                 const char              *id_reason);
gboolean     wb_workspace_row_has_reason        (WbWorkspaceRow          *self);
void         wb_workspace_row_focus_id          (WbWorkspaceRow          *self);

/* --- workspaces-group: an account's workspaces, to edit --- */

#define WB_TYPE_WORKSPACES_GROUP (wb_workspaces_group_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspacesGroup, wb_workspaces_group, WB, WORKSPACES_GROUP,
                      AdwPreferencesGroup)

void         wb_workspaces_group_set_workspaces (WbWorkspacesGroup       *self,
                                                 GListModel              *workspaces);
GListModel  *wb_workspaces_group_dup_workspaces (WbWorkspacesGroup       *self);
gboolean     wb_workspaces_group_get_complete   (WbWorkspacesGroup       *self);
void         wb_workspaces_group_add_items      (WbWorkspacesGroup       *self,
                                                 GListModel              *items);
void         wb_workspaces_group_add_id         (WbWorkspacesGroup       *self,
                                                 const char              *id);
void         wb_workspaces_group_focus          (WbWorkspacesGroup       *self);

G_END_DECLS
