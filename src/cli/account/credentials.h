/* credentials.h: the secrets for an export: from the environment, the secret store, or a prompt
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "cli/account/source.h"

G_BEGIN_DECLS

WbCredentials *wb_cli_credentials_find (WbCliSource   *source,
                                        WbCliSecrets  *secrets,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
