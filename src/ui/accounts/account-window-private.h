/* account-window-private.h: what the parts of an account's window share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/accounts/account-form.h"
#include "ui/find/find.h"

G_BEGIN_DECLS

/* The service completes the form, or the account is checked; see account-finder.c. */
void wb_account_finder_find  (WbContext     *context,
                              GtkWindow     *parent,
                              WbFindWhat     what,
                              WbAccountForm *form);
void wb_account_finder_check (WbContext     *context,
                              GtkWindow     *parent,
                              WbAccountForm *form);

/* Stores an account, and then what it signs in with; see account-saver.c. */
void     wb_account_saver_run_async  (WbContext            *context,
                                      WbAccount            *account,
                                      WbCredentials        *credentials,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean wb_account_saver_run_finish (GAsyncResult         *result,
                                      char                **remark,
                                      GError              **error);

G_END_DECLS
