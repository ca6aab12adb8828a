/* source.h: where an export comes from: an account, its workspace, and how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/environment.h"
#include "cli/account/export-options.h"
#include "core/accounts/account.h"
#include "sample/sample-service.h"

G_BEGIN_DECLS

/**
 * WbCliSource:
 * @sample: (nullable): the running sample service, with `--sample`
 * @environment: other programs' variables
 * @clouds: the program's and the person's
 * @account: a stored account, the sample's, or one made of the options
 * @endpoints: the addresses that follow from it
 * @workspace_id: empty for the service's default workspace
 * @method: how to sign in
 * @stored: whether the keyring may have a secret for @account and @method
 */
typedef struct
{
  WbSampleService  *sample;
  WbCliEnvironment *environment;
  WbClouds         *clouds;
  WbAccount        *account;
  WbEndpoints      *endpoints;
  char             *workspace_id;
  WbAuthMethod      method;
  gboolean          stored;
} WbCliSource;

WbCliSource *wb_cli_source_new  (const WbCliExportOptions  *options,
                                 WbCliSecrets              *secrets,
                                 GError                   **error);
char        *wb_cli_source_dup_prefix
                                (WbCliSource               *self);
void         wb_cli_source_free (WbCliSource               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliSource, wb_cli_source_free)

G_END_DECLS
