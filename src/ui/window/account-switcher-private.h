/* account-switcher-private.h: what the parts of the account switcher share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window/account-switcher.h"

G_BEGIN_DECLS

/* The account and workspace that are chosen, while accounts come and go. Properties, read-only,
 * notified: `account`, `workspace`. */
#define WB_TYPE_ACCOUNT_CHOICE (wb_account_choice_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountChoice, wb_account_choice, WB, ACCOUNT_CHOICE, GObject)

WbAccountChoice *wb_account_choice_new           (void);

WbAccountStore  *wb_account_choice_get_store     (WbAccountChoice *self);
void             wb_account_choice_set_store     (WbAccountChoice *self,
                                                  WbAccountStore  *store);
WbAccount       *wb_account_choice_get_account   (WbAccountChoice *self);
WbWorkspace     *wb_account_choice_get_workspace (WbAccountChoice *self);
void             wb_account_choice_select        (WbAccountChoice *self,
                                                  const char      *uuid,
                                                  const char      *workspace_id);

/* The accounts and their workspaces as rows of a menu. */
GListModel *wb_account_menu_dup_workspaces (WbAccount      *account);
void        wb_account_menu_fill           (GtkListBox     *list,
                                            WbAccountStore *store);
void        wb_account_menu_check          (GtkListBox     *list,
                                            GVariant       *chosen);
void        wb_account_menu_activate       (GtkListBoxRow  *row);

G_END_DECLS
