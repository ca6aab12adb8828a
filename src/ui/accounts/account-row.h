/* account-row.h: an account in the list of all, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"

G_BEGIN_DECLS

GtkWidget *wb_account_row_new (WbAccount *account,
                               WbClouds  *clouds);

G_END_DECLS
