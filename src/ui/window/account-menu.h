/* account-menu.h: one account's workspaces as a section of a menu
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

GListModel *wb_account_menu_dup_workspaces (WbAccount   *account);
void        wb_account_menu_append         (GMenu       *menu,
                                            WbAccount   *account,
                                            const char  *action);

G_END_DECLS
