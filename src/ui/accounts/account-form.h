/* account-form.h: the rows in which a person edits one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"
#include "ui/sign-in/secret-group.h"

G_BEGIN_DECLS

#define WB_TYPE_ACCOUNT_FORM (wb_account_form_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountForm, wb_account_form, WB, ACCOUNT_FORM, AdwPreferencesPage)

void           wb_account_form_set_account       (WbAccountForm  *self,
                                                  WbContext      *context,
                                                  WbAccount      *account);
WbAccount     *wb_account_form_dup_account       (WbAccountForm  *self);
char          *wb_account_form_dup_wanting       (WbAccountForm  *self);
gboolean       wb_account_form_get_changed       (WbAccountForm  *self);
void           wb_account_form_set_unchanged     (WbAccountForm  *self);
void           wb_account_form_focus             (WbAccountForm  *self);
void           wb_account_form_focus_project     (WbAccountForm  *self);
void           wb_account_form_focus_workspaces  (WbAccountForm  *self);
WbSecretGroup *wb_account_form_get_secret        (WbAccountForm  *self);
void           wb_account_form_set_project_id    (WbAccountForm  *self,
                                                  const char     *id);
void           wb_account_form_add_workspaces    (WbAccountForm  *self,
                                                  GListModel     *items);
void           wb_account_form_set_token_expires (WbAccountForm  *self,
                                                  GDateTime      *expires);

G_END_DECLS
