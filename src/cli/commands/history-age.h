/* history-age.h: which workspaces have no recent good export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account-store.h"
#include "core/history/history.h"

G_BEGIN_DECLS

gboolean   wb_cli_age_parse  (const char            *text,
                              gint64                *age_seconds,
                              GError               **error);
gboolean   wb_cli_age_print  (WbAccountStore        *store,
                              GPtrArray             *records,
                              const WbHistoryQuery  *query,
                              gint64                 age_seconds,
                              gboolean               json,
                              gboolean              *late,
                              GError               **error);

G_END_DECLS
