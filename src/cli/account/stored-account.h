/* stored-account.h: which stored account and workspace are meant
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

WbAccount *wb_cli_stored_account_find   (const char  *name,
                                         WbClouds    *clouds,
                                         GError     **error);
char      *wb_cli_stored_workspace_find (WbAccount   *account,
                                         const char  *typed,
                                         gboolean     any,
                                         GError     **error);

G_END_DECLS
