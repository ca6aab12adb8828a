/* accounts-window.h: the list of all accounts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

#define WB_TYPE_ACCOUNTS_WINDOW (wb_accounts_window_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountsWindow, wb_accounts_window, WB, ACCOUNTS_WINDOW, AdwWindow)

GtkWindow *wb_accounts_window_new (WbContext *context,
                                   GtkWindow *parent);

G_END_DECLS
