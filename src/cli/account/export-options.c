/* export-options.c: the options of `waybill-cli export`, most of which `check` has too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/export-options.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/spool.h"

/* Those that come first in the list below, and that a check does not have. */
#define N_EXPORT_ONLY 4

/* The descriptions of both commands begin and end with these. */
static const char secrets_help[] = N_ (
  "Passwords and keys are taken from the secret store (for a stored account), from a\n"
  "prompt on the terminal, or from the environment or --secrets-fd, which go first:\n"
  "  WAYBILL_PASSWORD, and WAYBILL_PASSCODE for a one-time code\n"
  "  WAYBILL_ACCESS_KEY, WAYBILL_SECRET_KEY, WAYBILL_SECURITY_TOKEN\n"
  "  WAYBILL_TOKEN\n"
  "Without any of these, HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK and\n"
  "HUAWEICLOUD_SDK_SECURITY_TOKEN are taken, and the variables that begin with OS_ if\n"
  "OS_AUTH_URL is the identity address in use.\n");

static const char status_help[] = N_ (
  "Exit status: 0 done, 1 other failure, 2 usage, 3 sign-in refused, 4 not permitted,\n"
  "5 the service refused or failed, 6 network or TLS, 7 not a valid archive,\n"
  "8 local file, 130 interrupted.\n");

static const char export_json_help[] = N_ (
  "With --json the result is one line on standard output:\n"
  "  {\"file\",\"bytes\",\"sha256\",\"entries\",\"workspace\",\"project_id\",\"service\",\n"
  "   \"started\",\"finished\"}\n"
  "where “entries” counts files, not folders. A failure is\n"
  "  {\"error\":{\"kind\",\"code\",\"message\",\"request_id\"}}\n");

static const char check_json_help[] = N_ (
  "With --json the result is one line on standard output:\n"
  "  {\"ok\",\"failed\",\"steps\":[{\"step\",\"result\",\"milliseconds\",\"message\",\"code\",\n"
  "   \"request_id\"}]}\n");

static const WbCliCommand export_command = {
  .name = "export",
  .summary = N_ ("Exports all data connections of a workspace as the ZIP file the service makes."),
  .description = { secrets_help, export_json_help, status_help },
};

static const WbCliCommand check_command = {
  .name = "check",
  .summary = N_ ("Checks an account step by step, and names the step that fails. Exports nothing."),
  .description = { secrets_help, check_json_help, status_help },
};

/* Which settings an account or the sample service brings along, so that nothing else is taken. */
static const char *
find_address_option (const WbCliExportOptions *self)
{
  const struct
  {
    const char *name;
    const char *value;
  } options[] = {
    { "--cloud", self->cloud },
    { "--region", self->region },
    { "--service-url", self->service_url },
    { "--identity-url", self->identity_url },
    { "--management-url", self->management_url },
    { "--ca-file", self->ca_file },
    { "--project-id", self->project_id },
    { "--project-name", self->project_name },
    { "--domain", self->domain },
    { "--domain-id", self->domain_id },
    { "--user", self->user },
    { "--user-id", self->user_id },
    { "--agency-domain", self->agency_domain },
    { "--agency", self->agency },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].value != NULL)
      return options[i].name;

  return NULL;
}

static gboolean
set_conflict (const char *one,
              const char *other,
              GError    **error)
{
  /* Translators: two options, such as --password and --token. */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Use either %s or %s, not both."), one, other);

  return FALSE;
}

static gboolean
check (const WbCliExportOptions *self,
       GError                  **error)
{
  const char *address = find_address_option (self);

  if (self->account != NULL && self->sample)
    return set_conflict ("--account", "--sample", error);
  if (self->account != NULL && address != NULL)
    return set_conflict ("--account", address, error);
  if (self->sample && address != NULL)
    return set_conflict ("--sample", address, error);
  if (self->project_id != NULL && self->project_name != NULL)
    return set_conflict ("--project-id", "--project-name", error);
  if (self->domain != NULL && self->domain_id != NULL)
    return set_conflict ("--domain", "--domain-id", error);
  if (self->user != NULL && self->user_id != NULL)
    return set_conflict ("--user", "--user-id", error);
  if (self->json && g_strcmp0 (self->output, "-") == 0)
    return set_conflict ("--json", "-o -", error);

  return TRUE;
}

static WbCliOptionsResult
parse (WbCliExportOptions *self,
       const WbCliCommand *command,
       guint               n_skipped,
       char              **args,
       GError            **error)
{
  g_auto (GStrv) rest = args;
  g_autofree char   *max_size = NULL;
  WbCliOptionsResult result;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("Save as FILE, or write to standard output if it is - "
          "(default: DLF_All_DataConnections.zip in this folder)"),
      "FILE" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force,
      N_ ("Replace FILE if it is there already"), NULL },
    { "max-size", 0, 0, G_OPTION_ARG_FILENAME, &max_size,
      N_ ("Stop when more than N bytes come; K, M and G are powers of 1024 (default: 2G)"), "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet,
      N_ ("Show no progress and no summary; failures are still told"), NULL },
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &self->account,
      N_ ("Use this stored account (default: the only one)"), "NAME" },
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, &self->workspace,
      N_ ("Take this workspace, or a stored one of this name "
          "(default: the account's only one, the sample's first, else “default”; a check "
          "takes all of the account's)"),
      "ID" },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample,
      N_ ("Use made-up data from a service inside this program"), NULL },
    { "cloud", 0, 0, G_OPTION_ARG_FILENAME, &self->cloud,
      N_ ("Without a stored account: otc, huawei or huawei-eu"), "CLOUD" },
    { "region", 0, 0, G_OPTION_ARG_FILENAME, &self->region,
      N_ ("The cloud's region, such as eu-de"), "REGION" },
    { "service-url", 0, 0, G_OPTION_ARG_FILENAME, &self->service_url,
      N_ ("DataArts Factory's address, instead of the region's"), "URL" },
    { "identity-url", 0, 0, G_OPTION_ARG_FILENAME, &self->identity_url,
      N_ ("The identity service's address, instead of the region's"), "URL" },
    { "management-url", 0, 0, G_OPTION_ARG_FILENAME, &self->management_url,
      N_ ("Management Center's address, which lists workspaces, instead of the region's"), "URL" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_ ("Trust the certificate authorities in this PEM file"), "FILE" },
    { "project-id", 0, 0, G_OPTION_ARG_FILENAME, &self->project_id,
      N_ ("The project's ID"), "ID" },
    { "project-name", 0, 0, G_OPTION_ARG_FILENAME, &self->project_name,
      N_ ("The project's name, in place of its ID (password sign-in only)"), "NAME" },
    { "auth", 0, 0, G_OPTION_ARG_FILENAME, &self->auth,
      N_ ("How to sign in: password, key or token (default: as the account does, "
          "else password)"),
      "METHOD" },
    { "domain", 0, 0, G_OPTION_ARG_FILENAME, &self->domain,
      N_ ("The account (domain) name, for a password"), "NAME" },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &self->user,
      N_ ("The user name, for a password"), "NAME" },
    { "domain-id", 0, 0, G_OPTION_ARG_FILENAME, &self->domain_id,
      N_ ("The account's (domain's) ID, in place of its name"), "ID" },
    { "user-id", 0, 0, G_OPTION_ARG_FILENAME, &self->user_id,
      N_ ("The user's ID, in place of the name"), "ID" },
    { "agency-domain", 0, 0, G_OPTION_ARG_FILENAME, &self->agency_domain,
      N_ ("The account (domain) that delegates its project to this one"), "NAME" },
    { "agency", 0, 0, G_OPTION_ARG_FILENAME, &self->agency,
      N_ ("The agency by which it delegates"), "NAME" },
    { "secrets-fd", 0, 0, G_OPTION_ARG_INT, &self->secrets_fd,
      N_ ("Read secrets from this file descriptor, a line such as WAYBILL_PASSWORD=… for each"),
      "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Tell the result, or the failure, as JSON"), NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->verbose,
      N_ ("Tell of each request on standard error, without anything secret"), NULL },
    G_OPTION_ENTRY_NULL
  };

  *self = (WbCliExportOptions){
    .max_size_bytes = WB_SPOOL_DEFAULT_MAX_SIZE_BYTES,
    .secrets_fd = -1,
  };

  result = wb_cli_options_parse (command, entries + n_skipped, &rest, error);
  if (result != WB_CLI_OPTIONS_RUN)
    return result;

  if (!wb_cli_options_take_none (command, rest, error)
      || !check (self, error)
      || (max_size != NULL
          && !wb_cli_options_parse_size (max_size, &self->max_size_bytes, error)))
    return WB_CLI_OPTIONS_ERROR;

  return WB_CLI_OPTIONS_RUN;
}

/**
 * wb_cli_export_options_parse:
 * @self: (out caller-allocates): the options
 * @args: (transfer full): the command's name and its arguments
 * @error: return location
 *
 * Returns: whether to go on
 */
WbCliOptionsResult
wb_cli_export_options_parse (WbCliExportOptions *self,
                             char              **args,
                             GError            **error)
{
  return parse (self, &export_command, 0, args, error);
}

/**
 * wb_cli_check_options_parse:
 * @self: (out caller-allocates): the options
 * @args: (transfer full): the command's name and its arguments
 * @error: return location
 *
 * Returns: whether to go on
 */
WbCliOptionsResult
wb_cli_check_options_parse (WbCliExportOptions *self,
                            char              **args,
                            GError            **error)
{
  WbCliOptionsResult result = parse (self, &check_command, N_EXPORT_ONLY, args, error);

  self->is_check = TRUE;

  return result;
}

/**
 * wb_cli_export_options_clear:
 * @self: options
 *
 * Frees what is in them.
 */
void
wb_cli_export_options_clear (WbCliExportOptions *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->cloud, g_free);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->service_url, g_free);
  g_clear_pointer (&self->identity_url, g_free);
  g_clear_pointer (&self->management_url, g_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_pointer (&self->project_id, g_free);
  g_clear_pointer (&self->project_name, g_free);
  g_clear_pointer (&self->auth, g_free);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->domain_id, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->agency_domain, g_free);
  g_clear_pointer (&self->agency, g_free);
}
