/* workspace.h: a workspace of an account, as a person listed it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbWorkspace:
 *
 * A part of an account, which a person named. Immutable; the ID is empty for the service's default
 * workspace. Properties, read-only: `name`, `id`.
 */
#define WB_TYPE_WORKSPACE (wb_workspace_get_type ())
G_DECLARE_FINAL_TYPE (WbWorkspace, wb_workspace, WB, WORKSPACE, GObject)

WbWorkspace *wb_workspace_new         (const char  *name,
                                       const char  *id);
const char  *wb_workspace_get_name    (WbWorkspace *self);
const char  *wb_workspace_get_id      (WbWorkspace *self);

/* NULL when well-formed, else a translated reason to show beside the field. */
char        *wb_workspace_validate_id (const char  *id);

G_END_DECLS
