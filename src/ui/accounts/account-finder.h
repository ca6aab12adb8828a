/* account-finder.h: lets the service complete an account's form, or check it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/accounts/account-form.h"
#include "ui/find/find-window.h"

G_BEGIN_DECLS

void wb_account_finder_find  (WbContext     *context,
                              GtkWindow     *parent,
                              WbFindWhat     what,
                              WbAccountForm *form);
void wb_account_finder_check (WbContext     *context,
                              GtkWindow     *parent,
                              WbAccountForm *form);

G_END_DECLS
