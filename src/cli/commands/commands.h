/* commands.h: what waybill-cli can do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "cli/terminal/output.h"

G_BEGIN_DECLS

/**
 * WB_CLI_COMMANDS:
 * @OWN: what to make of a command that waybill-cli does itself: its name, its summary to be
 *   translated, its function
 * @SERVICE: likewise, of one that needs an account, a service or the history, which
 *   waybill-cli-service does
 *
 * All commands, in the order of the help.
 */
#define WB_CLI_COMMANDS(OWN, SERVICE) \
  SERVICE ("check", N_ ("Check an account step by step, without an export"), wb_cli_check) \
  SERVICE ("export", N_ ("Save all connections of a workspace as a ZIP file"), wb_cli_export) \
  SERVICE ("schedule", \
           N_ ("Print what runs an export every day: systemd units, or a line for cron"), \
           wb_cli_schedule) \
  SERVICE ("accounts", N_ ("List the stored accounts, or show one"), wb_cli_accounts) \
  SERVICE ("workspaces", N_ ("List the workspaces that an account can reach"), \
           wb_cli_workspaces) \
  SERVICE ("projects", N_ ("List the projects that an account can reach"), wb_cli_projects) \
  SERVICE ("history", N_ ("List the exports there were, for monitoring too"), wb_cli_history) \
  OWN ("list", N_ ("List what is in such a ZIP file"), wb_cli_list) \
  OWN ("show", N_ ("Show one connection in it"), wb_cli_show) \
  OWN ("compare", N_ ("Show what changed between two of them"), wb_cli_compare) \
  OWN ("redact", N_ ("Save a copy of one without its passwords"), wb_cli_redact) \
  OWN ("encrypt", N_ ("Save a copy of one that only a password opens"), wb_cli_encrypt) \
  OWN ("verify", N_ ("Read everything in them, and say what is wrong"), wb_cli_verify) \
  SERVICE ("sample-service", N_ ("Run a small service with made-up data, to try things out"), \
           wb_cli_sample_service)

/* Each takes its own arguments, its name first, and the secrets that the environment held, prints
 * its results and errors, and returns the exit status. */
#define DECLARE(name, summary, run) WbCliStatus run (char **args, WbCliSecrets *secrets);
WB_CLI_COMMANDS (DECLARE, DECLARE)
#undef DECLARE

G_END_DECLS
