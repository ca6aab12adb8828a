/* schedule.c: `waybill-cli schedule`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "cli/account/export-options.h"
#include "cli/commands/schedule-quote.h"
#include "cli/terminal/program.h"
#include "core/absolute-path.h"
#include "core/error.h"
#include "core/history/history.h"
#include "core/text.h"

#define DEFAULT_HOUR 2
#define DEFAULT_MINUTE 30
#define DEFAULT_SYSTEM_SECRETS "/etc/waybill/secrets"

/* The descriptor that the secrets come through. */
#define SECRETS_FD "3"

/* Where the Flatpak's sandbox describes itself. */
#define SANDBOX "/.flatpak-info"

static gboolean
set_error (GError    **error,
           const char *sentence)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, sentence);

  return FALSE;
}

static gboolean
read_time (const char *text,
           guint      *hour,
           guint      *minute,
           GError    **error)
{
  g_autofree char *escaped = NULL;

  *hour = DEFAULT_HOUR;
  *minute = DEFAULT_MINUTE;
  if (text == NULL)
    return TRUE;
  if (strlen (text) == 5 && text[2] == ':' && strspn (text, G_CSET_DIGITS ":") == 5
      && sscanf (text, "%2u:%2u", hour, minute) == 2 && *hour < 24 && *minute < 60)
    return TRUE;

  escaped = wb_text_escape (text, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed; the option is typed as it is. */
               _ ("--at takes a time such as 02:30, not “%s”."), escaped);

  return FALSE;
}

static gboolean
check (const WbCliExportOptions *options,
       GError                  **error)
{
  if (options->batch.output_dir == NULL)
    return set_error (error, _ ("A schedule needs a folder for the files: give --output-dir."));
  if (options->secrets_fd >= 0)
    return set_error (error, _ ("A schedule hands over the secrets by itself: leave out "
                                "--secrets-fd, and name their file with --secrets-file."));
  if (g_file_test (SANDBOX, G_FILE_TEST_EXISTS))
    return set_error (error, _ ("Nothing outside can start the Flatpak’s own program by its path. "
                                "Install waybill-cli as a package for a schedule."));

  return TRUE;
}

/* What cannot stand in one line of a unit or a crontab. */
static gboolean
check_word (const char *word,
            GError    **error)
{
  g_autofree char *escaped = NULL;
  gsize            length = strlen (word);
  gboolean         is_right = g_utf8_validate (word, -1, NULL)
                      && (length == 0 || word[length - 1] != '\\');

  for (const char *p = word; is_right && *p != '\0'; p++)
    is_right = !g_ascii_iscntrl (*p);
  if (is_right)
    return TRUE;

  escaped = wb_text_escape (word, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: an argument that a person typed. */
               _ ("“%s” cannot stand in a schedule: it is not UTF-8 text, contains a line break or "
                  "another control character, or ends with a backslash."),
               escaped);

  return FALSE;
}

static char *
dup_absolute (const char *path,
              GError    **error)
{
  g_autofree char *absolute = wb_absolute_path_new (path);
  g_autofree char *escaped = NULL;

  if (g_path_is_absolute (absolute))
    return g_steal_pointer (&absolute);

  escaped = wb_text_escape (path, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: a path that a person typed. */
               _ ("“%s” leads nowhere, because the current folder was removed: give the whole "
                  "path."),
               escaped);

  return NULL;
}

/* The command as it runs from any folder.
 * Returns: (transfer full) (element-type utf8): its words */
static GPtrArray *
collect_words (const WbCliExportOptions *options,
               GError                  **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, wb_cli_find_program ("waybill-cli", BINDIR));
  g_ptr_array_add (words, g_strdup ("export"));
  for (guint i = 0; options->schedule.typed[i] != NULL; i++)
    {
      const char *word = options->schedule.typed[i];
      const char *value = NULL;

      if (g_str_has_prefix (word, "--output-dir=") || g_str_has_prefix (word, "--ca-file="))
        value = strchr (word, '=') + 1;
      if (value != NULL)
        {
          g_autofree char *path = dup_absolute (value, error);

          if (path == NULL)
            return NULL;
          g_ptr_array_add (words, g_strdup_printf ("%.*s%s", (int) (value - word), word, path));
        }
      else
        {
          g_ptr_array_add (words, g_strdup (word));
        }
    }
  g_ptr_array_add (words, g_strdup ("--secrets-fd"));
  g_ptr_array_add (words, g_strdup (SECRETS_FD));

  for (guint i = 0; i < words->len; i++)
    {
      if (!check_word (words->pdata[i], error))
        return NULL;
    }

  return g_steal_pointer (&words);
}

/* The history's folder, or the nearest one above it that is there. */
static char *
dup_history_folder (void)
{
  g_autofree char *path = wb_history_dup_default_path ();
  char            *folder = g_path_get_dirname (path);

  while (!g_file_test (folder, G_FILE_TEST_IS_DIR) && strlen (folder) > 1)
    {
      char *above = g_path_get_dirname (folder);

      g_free (folder);
      folder = above;
    }

  return folder;
}

static char *
join (GPtrArray *words,
      char *(*quote) (const char *word))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *quoted = quote (words->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", quoted);
    }

  return g_string_free (text, FALSE);
}

/* Only what is after a colon, to the end of the line. */
static char *
dup_credential_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "%", -1);

  return g_strjoinv ("%%", parts);
}

static char *
make_units (const WbCliExportOptions *options,
            GPtrArray                *words,
            const char               *secrets,
            const char               *history,
            guint                     hour,
            guint                     minute)
{
  g_autofree char *command = join (words, wb_cli_quote_for_exec);
  g_autofree char *credential = dup_credential_path (secrets);
  g_autofree char *folder = wb_absolute_path_new (options->batch.output_dir);
  g_autofree char *quoted_folder = wb_cli_quote_for_unit (folder);
  g_autofree char *quoted_history = wb_cli_quote_for_unit (history);
  GString         *text = g_string_new (NULL);

  g_string_append_printf (
    text,
    "# /etc/systemd/system/waybill-export.service\n"
    "[Unit]\n"
    "Description=Export of DataArts Studio connections\n"
    "Documentation=man:waybill-cli(1)\n"
    "Wants=network-online.target\n"
    "After=network-online.target\n"
    "\n"
    "[Service]\n"
    "Type=oneshot\n"
    "User=%s\n"
    "LoadCredential=secrets:%s\n"
    /* The shell opens the credential, and becomes the command. */
    "ExecStart=/bin/sh -c 'exec \"$$@\" " SECRETS_FD "<\"$$CREDENTIALS_DIRECTORY/secrets\"' "
    "waybill %s\n",
    g_get_user_name (), credential, command);
  if (options->batch.diff)
    g_string_append (text, "SuccessExitStatus=1\n");
  g_string_append_printf (
    text,
    "UMask=0077\n"
    "ReadWritePaths=%s %s\n"
    "ProtectSystem=strict\n"
    "ProtectHome=read-only\n"
    "PrivateTmp=yes\n"
    "PrivateDevices=yes\n"
    "ProtectClock=yes\n"
    "ProtectControlGroups=yes\n"
    "ProtectHostname=yes\n"
    "ProtectKernelLogs=yes\n"
    "ProtectKernelModules=yes\n"
    "ProtectKernelTunables=yes\n"
    "ProtectProc=invisible\n"
    "CapabilityBoundingSet=\n"
    "NoNewPrivileges=yes\n"
    "LockPersonality=yes\n"
    "MemoryDenyWriteExecute=yes\n"
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\n"
    "RestrictNamespaces=yes\n"
    "RestrictRealtime=yes\n"
    "RestrictSUIDSGID=yes\n"
    "SystemCallArchitectures=native\n"
    "SystemCallFilter=@system-service\n"
    "\n"
    "# /etc/systemd/system/waybill-export.timer\n"
    "[Unit]\n"
    "Description=Daily export of DataArts Studio connections\n"
    "\n"
    "[Timer]\n"
    "OnCalendar=*-*-* %02u:%02u:00\n"
    "RandomizedDelaySec=10min\n"
    "Persistent=yes\n"
    "\n"
    "[Install]\n"
    "WantedBy=timers.target\n",
    quoted_folder, quoted_history, hour, minute);

  return g_string_free (text, FALSE);
}

static char *
make_cron_line (GPtrArray  *words,
                const char *secrets,
                guint       hour,
                guint       minute)
{
  g_autofree char *command = join (words, wb_cli_quote_for_cron);
  g_autofree char *path = wb_cli_quote_for_cron (secrets);

  return g_strdup_printf ("%u %u * * * %s " SECRETS_FD "<%s\n", minute, hour, command, path);
}

static gboolean
run (const WbCliExportOptions *options,
     GError                  **error)
{
  const WbCliScheduleOptions *schedule = &options->schedule;
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *secrets = NULL;
  g_autofree char *history = NULL;
  g_autofree char *text = NULL;
  guint            hour;
  guint            minute;

  if (!check (options, error) || !read_time (schedule->at, &hour, &minute, error))
    return FALSE;
  words = collect_words (options, error);
  if (words == NULL)
    return FALSE;

  if (schedule->secrets_file != NULL)
    secrets = dup_absolute (schedule->secrets_file, error);
  else if (schedule->cron)
    secrets = g_build_filename (g_get_user_config_dir (), "waybill", "secrets", NULL);
  else
    secrets = g_strdup (DEFAULT_SYSTEM_SECRETS);
  history = schedule->cron ? NULL : dup_history_folder ();
  if (secrets == NULL || !check_word (secrets, error)
      || (history != NULL && !check_word (history, error)))
    return FALSE;
  text = schedule->cron ? make_cron_line (words, secrets, hour, minute)
                        : make_units (options, words, secrets, history, hour, minute);

  return wb_cli_output_text (text, error);
}

WbCliStatus
wb_cli_schedule (char        **args,
                 WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (WbCliExportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  parsed = wb_cli_schedule_options_parse (&options, g_strdupv (args), &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (&options, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, FALSE);
}
