/* sample-account.h: the sample service of this run, and its account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"
#include "core/accounts/credentials.h"

G_BEGIN_DECLS

typedef struct _WbSampleAccount WbSampleAccount;

WbSampleAccount *wb_sample_account_new             (void);
void             wb_sample_account_free            (WbSampleAccount  *self);

WbAccount       *wb_sample_account_start           (WbSampleAccount  *self,
                                                    WbAccountStore   *store,
                                                    GError          **error);
void             wb_sample_account_stop            (WbSampleAccount  *self);
WbCredentials   *wb_sample_account_dup_credentials (WbSampleAccount  *self,
                                                    WbAccount        *account);

G_END_DECLS
