/* secrets.h: an account's secret in the keyring, or in memory where there is none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

/**
 * WbSecrets:
 *
 * The program makes one and keeps it as long as it runs: where there is no keyring, it is what
 * holds the secrets of this run.
 */
#define WB_TYPE_SECRETS (wb_secrets_get_type ())
G_DECLARE_FINAL_TYPE (WbSecrets, wb_secrets, WB, SECRETS, GObject)

WbSecrets     *wb_secrets_new           (void);

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

void           wb_secrets_lookup_async  (WbSecrets            *self,
                                         WbAccount            *account,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
WbCredentials *wb_secrets_lookup_finish (WbSecrets            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

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
