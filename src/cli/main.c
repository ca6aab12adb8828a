/* main.c: the start of waybill-cli
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/terminal/libraries.h"
#include "cli/terminal/options.h"
#include "core/core-dumps.h"
#include "core/error.h"
#include "core/text.h"

typedef WbCliStatus (*Run) (char        **args,
                            WbCliSecrets *secrets);

/* In the order of the help. */
static const struct
{
  const char *name;
  const char *summary;
  Run         run;
} commands[] = {
  { "check", N_ ("Check an account step by step, without an export"), wb_cli_check },
  { "export", N_ ("Save all connections of a workspace as a ZIP file"), wb_cli_export },
  { "schedule", N_ ("Print what runs an export every day: systemd units, or a line for cron"),
    wb_cli_schedule },
  { "accounts", N_ ("List the stored accounts, or show one"), wb_cli_accounts },
  { "workspaces", N_ ("List the workspaces that an account can reach"), wb_cli_workspaces },
  { "projects", N_ ("List the projects that an account can reach"), wb_cli_projects },
  { "history", N_ ("List the exports there were, for monitoring too"), wb_cli_history },
  { "list", N_ ("List what is in such a ZIP file"), wb_cli_list },
  { "show", N_ ("Show one connection in it"), wb_cli_show },
  { "compare", N_ ("Show what changed between two of them"), wb_cli_compare },
  { "redact", N_ ("Save a copy of one without its passwords"), wb_cli_redact },
  { "encrypt", N_ ("Save a copy of one that only a password opens"), wb_cli_encrypt },
  { "verify", N_ ("Read everything in them, and say what is wrong"), wb_cli_verify },
  { "sample-service", N_ ("Run a small service with made-up data, to try things out"),
    wb_cli_sample_service },
};

/* If a standard stream is closed, the next file that is opened takes its number, and messages
 * are written into that file. The stand-in fails when it is used in the usual direction. */
static void
fill_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
        open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

static gboolean
is_one_of (const char *word,
           const char *one,
           const char *other)
{
  return g_strcmp0 (word, one) == 0 || g_strcmp0 (word, other) == 0;
}

static WbCliStatus
print (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!wb_cli_output_text (text, &error))
    return wb_cli_output_error (error, FALSE);

  return WB_CLI_DONE;
}

static WbCliStatus
print_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, _ ("Usage:\n"
                            "  waybill-cli COMMAND [OPTION…]\n"
                            "\n"
                            "Exports the data connections of a DataArts Studio workspace, and "
                            "looks into such exports.\n"
                            "\n"
                            "Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-14s  %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append_printf (text, "  %-14s  %s\n", "help", _ ("Show the help of a command"));
  g_string_append (text, _ ("\n"
                            "Options:\n"
                            "  -h, --help      Show this help\n"
                            "  -V, --version   Show the version\n"
                            "\n"
                            "“waybill-cli help COMMAND” shows the help of a command.\n"));

  return print (text->str);
}

static WbCliStatus
refuse (const char *word,
        gboolean    json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *escaped = NULL;

  if (word == NULL)
    {
      error = g_error_new_literal (WB_ERROR, WB_ERROR_INVALID,
                                   _ ("No command was given. See “waybill-cli --help”."));
    }
  else
    {
      escaped = wb_text_escape (word, -1);
      error = g_error_new (WB_ERROR, WB_ERROR_INVALID,
                           /* Translators: what a person typed for a command. */
                           _ ("There is no command “%s”. See “waybill-cli --help”."), escaped);
    }

  return wb_cli_output_error (error, json);
}

/* %NULL if there is no such command. */
static Run
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (name, commands[i].name) == 0)
        return commands[i].run;
    }

  return NULL;
}

/* `help COMMAND` is another way to say `COMMAND --help`. */
static WbCliStatus
help (char        **args,
      WbCliSecrets *secrets)
{
  const char *name = args[1];
  char       *asked[] = { args[1], (char *) "--help", NULL };
  Run         run = find_command (name);

  if (name == NULL || is_one_of (name, "--help", "-h") || g_str_equal (name, "help"))
    return print_help ();

  return run != NULL ? run (asked, secrets) : refuse (name, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (WbCliSecrets) secrets = NULL;
  const char *word = argc > 1 ? argv[1] : NULL;
  Run         run;

  wb_core_dumps_forbid ();
  /* libarchive converts the time of each entry. Where the zone is not named, the C library looks
   * for it on the disk each time, which takes as long as to unpack the entry. */
  g_setenv ("TZ", ":/etc/localtime", FALSE);
  fill_standard_streams ();
  secrets = wb_cli_secrets_take ();
  wb_cli_libraries_quieten ();
  /* A reader that closes the pipe, or a file that may not grow, is an ordinary write error. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("waybill-cli");

  run = find_command (word);
  if (run != NULL)
    return run (argv + 1, secrets);
  if (g_strcmp0 (word, "help") == 0)
    return help (argv + 1, secrets);
  if (is_one_of (word, "--help", "-h"))
    return print_help ();
  if (is_one_of (word, "--version", "-V"))
    return print ("waybill-cli " VERSION "\n");

  return refuse (word, wb_cli_options_want_json (argv));
}
