/* account-switcher.h: the header bar's menu of accounts and their workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/accounts/account-store.h"

G_BEGIN_DECLS

/* Properties, read-only, notified: `account`, `workspace`. */
#define WB_TYPE_ACCOUNT_SWITCHER (wb_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountSwitcher, wb_account_switcher, WB, ACCOUNT_SWITCHER, GtkWidget)

GtkWidget      *wb_account_switcher_new           (WbAccountStore    *store);

void            wb_account_switcher_set_store     (WbAccountSwitcher *self,
                                                   WbAccountStore    *store);
WbAccount      *wb_account_switcher_get_account   (WbAccountSwitcher *self);
WbWorkspace    *wb_account_switcher_get_workspace (WbAccountSwitcher *self);
void            wb_account_switcher_select        (WbAccountSwitcher *self,
                                                   const char        *uuid,
                                                   const char        *workspace_id);

G_END_DECLS
