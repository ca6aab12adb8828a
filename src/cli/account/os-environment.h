/* os-environment.h: OpenStack's variables, where they are for the identity service in use
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

gboolean wb_cli_os_environment_is_for (const char *identity_url);
void     wb_cli_os_environment_fill   (WbAccount  *account,
                                       WbClouds   *clouds);

G_END_DECLS
