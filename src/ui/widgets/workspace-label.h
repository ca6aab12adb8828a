/* workspace-label.h: the label of a workspace
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/workspace.h"

G_BEGIN_DECLS

char *wb_workspace_dup_label (WbWorkspace *workspace);

G_END_DECLS
