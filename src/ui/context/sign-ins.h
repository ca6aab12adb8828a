/* sign-ins.h: one sign-in for each account and run, shared by the windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* Keeps an account's sign-in, with its token, until the account is edited or removed. */
#define WB_TYPE_SIGN_INS (wb_sign_ins_get_type ())
G_DECLARE_FINAL_TYPE (WbSignIns, wb_sign_ins, WB, SIGN_INS, GObject)

WbSignIns *wb_sign_ins_new         (WbAccountStore *store);
WbAccount *wb_sign_ins_find_stored (WbSignIns      *self,
                                    WbAccount      *draft);
WbSignIn  *wb_sign_ins_get         (WbSignIns      *self,
                                    WbAccount      *account);
void       wb_sign_ins_keep        (WbSignIns      *self,
                                    WbAccount      *account,
                                    WbSignIn       *sign_in);
void       wb_sign_ins_forget      (WbSignIns      *self,
                                    const char     *uuid);
void       wb_sign_ins_fail        (WbSignIns      *self,
                                    WbAccount      *account,
                                    const GError   *error);

G_END_DECLS
