/* sendable.h: what can stand in a header of a request
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

gboolean wb_is_sendable              (const char    *value);
gboolean wb_is_sendable_id           (const char    *value);
gboolean wb_sendable_check           (WbCredentials *credentials,
                                      const char    *project_id,
                                      GError       **error);
gboolean wb_sendable_check_workspace (const char    *workspace_id,
                                      GError       **error);

G_END_DECLS
