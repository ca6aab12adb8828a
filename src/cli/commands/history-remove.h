/* history-remove.h: takes records out of the history
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/history/history.h"

G_BEGIN_DECLS

GPtrArray *wb_cli_history_remove (WbHistory    *history,
                                  GPtrArray    *records,
                                  char        **typed,
                                  GError      **error);

G_END_DECLS
