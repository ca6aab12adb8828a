/* export-options.h: the options of `waybill-cli export`, most of which `check` has too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/terminal/options.h"

G_BEGIN_DECLS

/**
 * WbCliExportOptions:
 * @output: (nullable): where to write, `-` for standard output
 *
 * As typed; %NULL where not given. @max_size_bytes is never 0, @secrets_fd is -1 if not given.
 */
typedef struct
{
  char    *output;
  char    *account;
  char    *workspace;
  gboolean is_check; /* of all workspaces, unless one is named */
  char    *cloud;
  char    *region;
  char    *service_url;
  char    *identity_url;
  char    *management_url;
  char    *ca_file;
  char    *project_id;
  char    *project_name;
  char    *auth;
  char    *domain;
  char    *domain_id;
  char    *user;
  char    *user_id;
  char    *agency_domain;
  char    *agency;
  int      secrets_fd;
  guint64  max_size_bytes;
  gboolean sample;
  gboolean force;
  gboolean json;
  gboolean quiet;
  gboolean verbose;
} WbCliExportOptions;

WbCliOptionsResult  wb_cli_export_options_parse (WbCliExportOptions  *self,
                                                 char               **args,
                                                 GError             **error);
WbCliOptionsResult  wb_cli_check_options_parse  (WbCliExportOptions  *self,
                                                 char               **args,
                                                 GError             **error);
void                wb_cli_export_options_clear (WbCliExportOptions  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbCliExportOptions, wb_cli_export_options_clear)

G_END_DECLS
