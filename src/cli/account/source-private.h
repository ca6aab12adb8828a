/* source-private.h: the parts of a source: its account, and the credentials for it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "cli/account/source.h"

G_BEGIN_DECLS

/* stored-account.c */
gboolean       wb_cli_stored_account_is_there (void);
WbAccount     *wb_cli_stored_account_find   (const char                *name,
                                             WbClouds                  *clouds,
                                             GError                   **error);
char          *wb_cli_stored_workspace_find (WbAccount                 *account,
                                             const char                *typed,
                                             gboolean                   any,
                                             GError                   **error);

/* typed-account.c */
WbAccount     *wb_cli_typed_account_new     (const WbCliExportOptions  *options,
                                             WbCliEnvironment          *environment,
                                             WbAuthMethod               method,
                                             WbClouds                  *clouds,
                                             GError                   **error);

/* credentials.c */
gboolean       wb_cli_credentials_are_given (WbCliSecrets              *secrets,
                                             WbAuthMethod               method);
WbCredentials *wb_cli_credentials_find      (WbCliSource               *source,
                                             WbCliSecrets              *secrets,
                                             GCancellable              *cancellable,
                                             GError                   **error);

G_END_DECLS
