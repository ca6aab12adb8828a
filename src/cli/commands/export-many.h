/* export-many.h: `waybill-cli export` of several workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/export-options.h"
#include "cli/account/secret-environment.h"
#include "cli/terminal/output.h"

G_BEGIN_DECLS

WbCliStatus wb_cli_export_many (const WbCliExportOptions *options,
                                WbCliSecrets             *secrets);

G_END_DECLS
