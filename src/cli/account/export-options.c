/* export-options.c: the options of `waybill-cli export`, most of which `check` has too
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/export-options.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/spool.h"
#include "core/text.h"

/* The options that come first in the list below, and that a check does not have. */
#define N_EXPORT_ONLY 5

/* Those, and the workspace, which a list of them does not have. */
#define N_NOT_OF_DIRECTORY 6

#define MAX_RETRIES 1000
#define MAX_TIMEOUT_SECONDS (7 * 24 * 60 * 60)

/* The descriptions of both commands begin and end with these. */
static const char secrets_help[] = N_ (
  "Passwords and keys are taken from the keyring (for a stored account), from a\n"
  "prompt on the terminal, or from the environment or --secrets-fd, which go first:\n"
  "  WAYBILL_PASSWORD, and WAYBILL_PASSCODE for a one-time code\n"
  "  WAYBILL_ACCESS_KEY, WAYBILL_SECRET_KEY, WAYBILL_SECURITY_TOKEN\n"
  "  WAYBILL_TOKEN\n"
  "Without any of these, other programs' variables are taken: those that begin with OS_ if\n"
  "OS_AUTH_URL is the identity address in use, with HW_ for Huawei Cloud, and with\n"
  "HUAWEICLOUD_SDK_. They name the cloud as well where no option and no account does.\n");

static const char status_help[] = N_ (
  "Exit status: 0 done, 1 other failure, 2 usage, 3 sign-in refused, 4 not permitted,\n"
  "5 the service refused or failed, 6 network or TLS, 7 not a valid archive,\n"
  "8 local file, 130 interrupted.\n");

static const char batch_help[] = N_ (
  "With --all-workspaces, --output-dir or another option of several workspaces there is a line\n"
  "for each of them, and with --json an object:\n"
  "  {\"account\",\"workspace\",\"workspace_name\",\"source\",\"result\",\"file\",\n"
  "   \"bytes\",\"sha256\",\"entries\",\"connections\",\"changes\",\"diff\",\"note\",\n"
  "   \"last_good\",\"error\"}\n"
  "and {\"summary\"} at the end. The exit status is the highest of all; with --diff, 1 means\n"
  "that something changed and nothing failed, and 9 any other failure.\n");

static const char export_json_help[] = N_ (
  "With --json the result is one line on standard output:\n"
  "  {\"file\",\"bytes\",\"sha256\",\"entries\",\"connections\",\"rebuilt\",\"source\",\n"
  "   \"missing_passwords\",\"workspace\",\"project_id\",\"service\",\"started\",\"finished\"}\n"
  "where “entries” counts files, not folders. A failure is\n"
  "  {\"error\":{\"kind\",\"message\",\"code\",\"status\",\"detail\",\"request_id\"}}\n"
  "where the last four are what the service said, or null.\n");

static const char check_json_help[] = N_ (
  "With --json the result is one line on standard output:\n"
  "  {\"ok\",\"failed\",\"steps\":[{\"step\",\"result\",\"milliseconds\",\"message\",\"code\",\n"
  "   \"status\",\"detail\",\"request_id\"}]}\n");

static const char source_help[] = N_ (
  "Where the service has withdrawn the export, --source auto reads its lists instead, and\n"
  "makes a ZIP file of them, which is called rebuilt: its passwords are missing.\n");

static const WbCliCommand export_command = {
  .name = "export",
  .summary = N_ ("Exports all data connections of a workspace as the ZIP file the service makes."),
  .description = { source_help, secrets_help, export_json_help, batch_help, status_help },
};

static const char schedule_help[] = N_ (
  "Takes all options of “export”, and requires --output-dir. Save the two units under the\n"
  "names in them, write the secrets into their file, for its owner alone, and enable and start\n"
  "waybill-export.timer. The line of --cron is for “crontab -e”.\n");

static const WbCliCommand schedule_command = {
  .name = "schedule",
  .summary = N_ ("Prints a systemd service and timer for a daily export with these options."),
  .description = { schedule_help },
};

static const WbCliCommand check_command = {
  .name = "check",
  .summary = N_ ("Checks an account step by step, and names the step that fails. Exports nothing."),
  .description = { secrets_help, check_json_help, status_help },
};

static const char directory_json_help[] = N_ (
  "With --json the list is an array of {\"id\",\"name\"}, and of workspaces\n"
  "{\"id\",\"name\",\"instance\"}; else a line for each, with tabs between.\n");

static const WbCliCommand workspaces_command = {
  .name = "workspaces",
  .summary = N_ ("Lists the workspaces of the account's project, as the service knows them."),
  .description = { secrets_help, directory_json_help, status_help },
};

static const WbCliCommand projects_command = {
  .name = "projects",
  .summary = N_ ("Lists the projects in which the user has rights."),
  .description = { secrets_help, directory_json_help, status_help },
};

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
has_account (const WbCliExportOptions *self)
{
  return self->account != NULL || self->batch.accounts != NULL;
}

/* An account or the sample service brings all settings along, so that nothing else is taken. */
static gboolean
check_settings (const WbCliExportOptions *self,
                GError                  **error)
{
  static const WbAccountField either[][2] = {
    { WB_ACCOUNT_PROJECT_ID, WB_ACCOUNT_PROJECT_NAME },
    { WB_ACCOUNT_DOMAIN, WB_ACCOUNT_DOMAIN_ID },
    { WB_ACCOUNT_USER, WB_ACCOUNT_USER_ID },
    { WB_ACCOUNT_APPLICATION_CREDENTIAL, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID },
    { WB_ACCOUNT_PROJECT_DOMAIN, WB_ACCOUNT_PROJECT_DOMAIN_ID },
  };
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      g_autofree char *option = wb_cli_dup_setting_option ((WbAccountField) i);

      if (self->settings[i] != NULL && has_account (self))
        return set_conflict ("--account", option, error);
      if (self->settings[i] != NULL && self->sample)
        return set_conflict ("--sample", option, error);
    }

  for (guint i = 0; i < G_N_ELEMENTS (either); i++)
    {
      g_autofree char *one = wb_cli_dup_setting_option (either[i][0]);
      g_autofree char *other = wb_cli_dup_setting_option (either[i][1]);

      if (self->settings[either[i][0]] != NULL && self->settings[either[i][1]] != NULL)
        return set_conflict (one, other, error);
    }

  return TRUE;
}

static gboolean
check (const WbCliExportOptions *self,
       GError                  **error)
{
  if (has_account (self) && self->sample)
    return set_conflict ("--account", "--sample", error);
  if (has_account (self) && self->os_cloud != NULL)
    return set_conflict ("--account", "--os-cloud", error);
  if (self->sample && self->os_cloud != NULL)
    return set_conflict ("--sample", "--os-cloud", error);

  return check_settings (self, error);
}

/* @retry, @timeout: (nullable): as typed */
static gboolean
check_limits (WbCliExportOptions *self,
              const char         *retry,
              const char         *timeout,
              GError            **error)
{
  guint64 number;

  if (retry != NULL)
    {
      if (!wb_cli_options_parse_number ("--retry", retry, 0, MAX_RETRIES, &number, error))
        return FALSE;
      self->retry_limit = (int) number;
    }
  if (timeout != NULL)
    {
      if (!wb_cli_options_parse_number ("--timeout", timeout, 1, MAX_TIMEOUT_SECONDS, &number,
                                        error))
        return FALSE;
      self->timeout_seconds = (guint) number;
    }

  return TRUE;
}

/* @source: (nullable): as typed */
static gboolean
check_source (WbCliExportOptions *self,
              const char         *source,
              GError            **error)
{
  g_autofree char *escaped = NULL;

  self->may_go_on = g_strcmp0 (source, "auto") == 0;
  if (source == NULL || self->may_go_on || wb_source_from_string (source, &self->source))
    return TRUE;

  escaped = wb_text_escape (source, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed, then words to type. */
               _ ("“%s” is not a source. Give one of these: %s."), escaped,
               "export, list, management, auto");

  return FALSE;
}

static void
add_settings (WbCliExportOptions *self,
              GArray             *entries)
{
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      const WbAccountFieldInfo *field = wb_account_field_get_info ((WbAccountField) i);
      const GOptionEntry        entry = {
               field->key,
               0,
               0,
               G_OPTION_ARG_FILENAME,
               &self->settings[i],
               field->option_help,
               field->option_value,
      };

      if (field->option_help != NULL)
        g_array_append_val (entries, entry);
    }
}

/* Those that are given once go where all other commands have them. */
static gboolean
read_batch (WbCliExportOptions *self,
            GError            **error)
{
  WbCliBatchOptions *batch = &self->batch;

  if (batch->accounts != NULL && g_strv_length (batch->accounts) == 1)
    self->account = g_strdup (batch->accounts[0]);
  if (batch->workspaces != NULL && g_strv_length (batch->workspaces) == 1)
    self->workspace = g_strdup (batch->workspaces[0]);
  if (!wb_cli_batch_options_read (batch, error))
    return FALSE;
  if (self->output != NULL && wb_cli_batch_options_get_given (batch) != NULL)
    return set_conflict ("--output", wb_cli_batch_options_get_given (batch), error);

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
  g_autofree char   *source = NULL;
  g_autofree char   *retry = NULL;
  g_autofree char   *timeout = NULL;
  WbCliOptionsResult result;
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  const GOptionEntry first[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("Save as FILE, or write to standard output if it is - "
          "(default: DLF_All_DataConnections.zip in this folder, with -rebuilt where it is one)"),
      N_ ("FILE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force,
      N_ ("Replace FILE if it exists"), NULL },
    { "max-size", 0, 0, G_OPTION_ARG_FILENAME, &max_size,
      N_ ("Stop if more than N bytes arrive; K, M and G are powers of 1024 "
          "(default: 2G)"),
      N_ ("N") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet,
      N_ ("Show no progress and no summary; errors are still reported"), NULL },
    { "source", 0, 0, G_OPTION_ARG_FILENAME, &source,
      N_ ("Read the connections from the service's export (default), list or management, or auto: "
          "the first of them that is not withdrawn and not refused"),
      N_ ("SOURCE") },
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, &self->workspace,
      N_ ("Use this workspace, or a stored one of this name (default: the "
          "account's only one, the sample's first, else “default”; a check "
          "uses all of the account's)"),
      N_ ("ID") },
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &self->account,
      N_ ("Use this stored account (default: the only one)"), N_ ("NAME") },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample,
      N_ ("Use made-up data from a service inside this program"), NULL },
  };
  const GOptionEntry last[] = {
    { "os-cloud", 0, 0, G_OPTION_ARG_FILENAME, &self->os_cloud,
      N_ ("Without a stored account: this cloud of OpenStack's clouds.yaml (default: "
          "OS_CLOUD)"),
      N_ ("NAME") },
    { "auth", 0, 0, G_OPTION_ARG_FILENAME, &self->auth,
      N_ ("How to sign in: password, key or token (default: as the account does, "
          "else password)"),
      N_ ("METHOD") },
    { "secrets-fd", 0, 0, G_OPTION_ARG_INT, &self->secrets_fd,
      N_ ("Read secrets from this file descriptor, a line such as WAYBILL_PASSWORD=… for each"),
      N_ ("N") },
    { "retry", 0, 0, G_OPTION_ARG_FILENAME, &retry,
      N_ ("Ask a busy service again N times at most, and one that cannot be reached "
          "(default: 4 and 3; 0: never)"),
      N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &timeout,
      N_ ("Give up when the whole run takes longer than this (default: no limit)"),
      N_ ("SECONDS") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Print the result or the error as JSON"), NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->verbose,
      N_ ("Log each request to standard error, without secrets"), NULL },
  };

  *self = (WbCliExportOptions){
    .max_size_bytes = WB_SPOOL_DEFAULT_MAX_SIZE_BYTES,
    .secrets_fd = -1,
    .retry_limit = -1,
  };

  g_array_append_vals (entries, first + n_skipped, G_N_ELEMENTS (first) - n_skipped);
  add_settings (self, entries);
  g_array_append_vals (entries, last, G_N_ELEMENTS (last));
  if (n_skipped == 0)
    wb_cli_batch_options_add (&self->batch, entries);
  if (command == &schedule_command)
    {
      wb_cli_schedule_options_add (&self->schedule, entries);
      wb_cli_schedule_options_collect (&self->schedule, entries, rest);
    }
  result = wb_cli_options_parse (command, (const GOptionEntry *) entries->data, &rest, error);
  if (result != WB_CLI_OPTIONS_RUN)
    return result;

  if (!wb_cli_options_take_none (command, rest, error)
      || !read_batch (self, error)
      || !check (self, error)
      || !check_source (self, source, error)
      || (max_size != NULL
          && !wb_cli_options_parse_size (max_size, &self->max_size_bytes, error))
      || !check_limits (self, retry, timeout, error))
    return WB_CLI_OPTIONS_ERROR;

  return WB_CLI_OPTIONS_RUN;
}

WbCliOptionsResult
wb_cli_export_options_parse (WbCliExportOptions *self,
                             char              **args,
                             GError            **error)
{
  return parse (self, &export_command, 0, args, error);
}

WbCliOptionsResult
wb_cli_schedule_options_parse (WbCliExportOptions *self,
                               char              **args,
                               GError            **error)
{
  return parse (self, &schedule_command, 0, args, error);
}

WbCliOptionsResult
wb_cli_check_options_parse (WbCliExportOptions *self,
                            char              **args,
                            GError            **error)
{
  WbCliOptionsResult result = parse (self, &check_command, N_EXPORT_ONLY, args, error);

  self->is_check = TRUE;

  return result;
}

/* With @projects the options of a list of projects, else of workspaces. */
WbCliOptionsResult
wb_cli_directory_options_parse (WbCliExportOptions *self,
                                gboolean            projects,
                                char              **args,
                                GError            **error)
{
  WbCliOptionsResult result = parse (self, projects ? &projects_command : &workspaces_command,
                                     N_NOT_OF_DIRECTORY, args, error);

  self->is_check = TRUE;
  self->lists_projects = projects;

  return result;
}

void
wb_cli_export_options_clear (WbCliExportOptions *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->os_cloud, g_free);
  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->auth, g_free);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    g_clear_pointer (&self->settings[i], g_free);
  wb_cli_batch_options_clear (&self->batch);
  wb_cli_schedule_options_clear (&self->schedule);
}

/* For example `--region`. */
char *
wb_cli_dup_setting_option (WbAccountField field)
{
  return g_strconcat ("--", wb_account_field_get_info (field)->key, NULL);
}
