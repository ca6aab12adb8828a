/* schedule-quote.h: words and paths as systemd and cron read them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wb_cli_quote_for_exec (const char *word);
char *wb_cli_quote_for_unit (const char *path);
char *wb_cli_quote_for_cron (const char *word);

G_END_DECLS
