/* typed-account.h: an account made of what is typed on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/export-options.h"
#include "core/accounts/account.h"

G_BEGIN_DECLS

WbAccount *wb_cli_typed_account_new       (const WbCliExportOptions  *options,
                                           WbAuthMethod               method,
                                           WbClouds                  *clouds,
                                           GError                   **error);
gboolean   wb_cli_typed_account_is_wanted (const WbCliExportOptions  *options);

G_END_DECLS
