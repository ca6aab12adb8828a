/* named-workspace.h: the account and workspace that another program named
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"

G_BEGIN_DECLS

gboolean wb_named_workspace_find (WbAccountStore  *store,
                                  const char      *account_name,
                                  const char      *workspace_name,
                                  WbAccount      **account,
                                  WbWorkspace    **workspace,
                                  GError         **error);

G_END_DECLS
