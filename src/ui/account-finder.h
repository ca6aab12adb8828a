/* account-finder.h: fills in an account's project or workspaces from what the service lists
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/account-form.h"
#include "ui/find-window.h"

G_BEGIN_DECLS

void wb_account_finder_run (GtkWindow     *parent,
                            WbFindWhat     what,
                            WbAccountForm *form,
                            WbSecrets     *secrets,
                            WbClouds      *clouds);

G_END_DECLS
