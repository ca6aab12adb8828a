/* export-options.h: the options of `waybill-cli export`, most of which `check` has too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/batch-options.h"
#include "cli/account/schedule-options.h"
#include "cli/terminal/options.h"
#include "core/accounts/account.h"
#include "core/source.h"

G_BEGIN_DECLS

/**
 * WbCliExportOptions:
 * @output: (nullable): where to write, `-` for standard output
 * @settings: of an account that is not stored
 * @account: (nullable): if one was given
 * @workspace: (nullable): likewise
 * @batch: of an export of several workspaces, with all of both
 * @schedule: of a schedule for one
 * @source: which calls to make
 * @may_go_on: to another source, where that one is withdrawn or not permitted
 *
 * As typed; %NULL where not given. @max_size_bytes is never 0, @secrets_fd is -1 if not given.
 */
typedef struct
{
  char    *output;
  char    *account;
  char    *os_cloud;
  char    *workspace;
  gboolean is_check;       /* of all workspaces, unless one is named */
  gboolean lists_projects; /* so that none is needed */
  char    *auth;
  char    *settings[WB_ACCOUNT_N_FIELDS];
  int      secrets_fd;
  guint64  max_size_bytes;
  WbSource source;
  gboolean may_go_on;
  int      retry_limit;     /* -1 if not given */
  guint    timeout_seconds; /* of the whole run; 0 for none */
  gboolean sample;
  gboolean force;
  gboolean json;
  gboolean quiet;
  gboolean verbose;
  WbCliBatchOptions    batch;
  WbCliScheduleOptions schedule;
} WbCliExportOptions;

WbCliOptionsResult  wb_cli_export_options_parse (WbCliExportOptions  *self,
                                                 char               **args,
                                                 GError             **error);
WbCliOptionsResult  wb_cli_check_options_parse  (WbCliExportOptions  *self,
                                                 char               **args,
                                                 GError             **error);
WbCliOptionsResult  wb_cli_schedule_options_parse
                                                (WbCliExportOptions  *self,
                                                 char               **args,
                                                 GError             **error);
WbCliOptionsResult  wb_cli_directory_options_parse
                                                (WbCliExportOptions  *self,
                                                 gboolean             projects,
                                                 char               **args,
                                                 GError             **error);
void                wb_cli_export_options_clear (WbCliExportOptions  *self);
char               *wb_cli_dup_setting_option   (WbAccountField       field);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbCliExportOptions, wb_cli_export_options_clear)

G_END_DECLS
