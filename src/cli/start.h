/* start.h: how both programs of the command line begin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/commands/commands.h"

G_BEGIN_DECLS

WbCliSecrets *wb_cli_start (void);

G_END_DECLS
