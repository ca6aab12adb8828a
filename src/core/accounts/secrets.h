/* secrets.h: an account's secret in the secret store, or in memory where there is none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

#define WB_TYPE_SECRETS (wb_secrets_get_type ())
G_DECLARE_FINAL_TYPE (WbSecrets, wb_secrets, WB, SECRETS, GObject)

WbSecrets     *wb_secrets_new           (void);

/* Where the secret went: a store that does not work is no failure, the secret is then kept in
 * memory for this run, and @kept_in_memory_reason says why in plain words. */
void           wb_secrets_store_async   (WbSecrets            *self,
                                         WbAccount            *account,
                                         WbCredentials        *credentials,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       wb_secrets_store_finish  (WbSecrets            *self,
                                         GAsyncResult         *result,
                                         char                **kept_in_memory_reason,
                                         GError              **error);

/* Credentials made of the account's domain and user and its secret; NULL without an error where
 * none is kept. */
void           wb_secrets_lookup_async  (WbSecrets            *self,
                                         WbAccount            *account,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
WbCredentials *wb_secrets_lookup_finish (WbSecrets            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/* Whether this run's memory is the only place that has the secret of this account. */
gboolean       wb_secrets_is_kept_in_memory (WbSecrets        *self,
                                             const char       *uuid);

void           wb_secrets_clear_async   (WbSecrets            *self,
                                         const char           *uuid,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       wb_secrets_clear_finish  (WbSecrets            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
