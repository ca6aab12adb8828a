/* error-page.h: what happened, what to do about it, and what to report to the support
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account-store.h"
#include "core/source.h"

G_BEGIN_DECLS

/* A page of the window's template. Its buttons are the window's actions: win.export-again,
 * win.export-from, win.edit-account and win.check-account, with the account that failed as their
 * target, win.open and win.back; and app.request-log and app.help. */
#define WB_TYPE_ERROR_PAGE (wb_error_page_get_type ())
G_DECLARE_FINAL_TYPE (WbErrorPage, wb_error_page, WB, ERROR_PAGE, AdwBin)

void     wb_error_page_show_export_error (WbErrorPage    *self,
                                          const GError   *error,
                                          WbAccount      *account,
                                          WbWorkspace    *workspace,
                                          gboolean        has_preview);
void     wb_error_page_offer_source       (WbErrorPage    *self,
                                          WbSource        source);
void     wb_error_page_show_open_error   (WbErrorPage    *self,
                                          const GError   *error,
                                          GFile          *file);
gboolean wb_error_page_follow            (WbErrorPage    *self,
                                          WbAccountStore *store);
void     wb_error_page_focus_button      (WbErrorPage    *self);

G_END_DECLS
