/* commands.h: what waybill-cli can do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "cli/terminal/output.h"

G_BEGIN_DECLS

/* Each takes its own arguments, its name first, and the secrets that the environment held, prints
 * its results and errors, and returns the exit status. */
WbCliStatus wb_cli_export         (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_schedule       (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_check          (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_accounts       (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_workspaces     (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_projects       (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_history        (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_list           (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_show           (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_compare        (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_redact         (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_encrypt        (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_verify         (char         **args,
                                   WbCliSecrets  *secrets);
WbCliStatus wb_cli_sample_service (char         **args,
                                   WbCliSecrets  *secrets);

G_END_DECLS
