/* account-window.h: adds or edits one account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

#define WB_TYPE_ACCOUNT_WINDOW (wb_account_window_get_type ())
G_DECLARE_FINAL_TYPE (WbAccountWindow, wb_account_window, WB, ACCOUNT_WINDOW, AdwWindow)

GtkWindow *wb_account_window_new (WbContext *context,
                                  GtkWindow *parent,
                                  WbAccount *account);

G_END_DECLS
