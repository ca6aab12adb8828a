/* main.c: the start of waybill-cli, which does itself what needs no account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/start.h"
#include "cli/terminal/options.h"
#include "cli/terminal/program.h"
#include "core/core-dumps.h"
#include "core/error.h"
#include "core/text.h"

#define SERVICE_PROGRAM "waybill-cli-service"

typedef WbCliStatus (*Run) (char        **args,
                            WbCliSecrets *secrets);

typedef struct
{
  const char *name;
  const char *summary;
  Run         run; /* (nullable): %NULL for what waybill-cli-service does */
} Command;

#define OWN(name, summary, run) { name, summary, run },
#define SERVICE(name, summary, run) { name, summary, NULL },

static const Command commands[] = { WB_CLI_COMMANDS (OWN, SERVICE) };

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
static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (name, commands[i].name) == 0)
        return &commands[i];
    }

  return NULL;
}

/* Becomes the program that has the libraries for the network, the keyring and the history. To load
 * them takes longer than most of what is done here. Returns only if there is none. */
static void
become_service (char **argv)
{
  g_autofree char *program = wb_cli_find_program (SERVICE_PROGRAM, LIBEXECDIR);

  execv (program, argv);
}

static WbCliStatus
miss_service (gboolean json)
{
  g_autofree char *program = wb_cli_find_program (SERVICE_PROGRAM, LIBEXECDIR);
  g_autofree char *escaped = wb_text_escape (program, -1);
  g_autoptr (GError) error = g_error_new (WB_ERROR, WB_ERROR_FAILED,
                                          /* Translators: a program's file. */
                                          _ ("A part of Waybill is missing: “%s”. Install "
                                             "Waybill again."),
                                          escaped);

  return wb_cli_output_error (error, json);
}

/* `help COMMAND` is another way to say `COMMAND --help`. */
static WbCliStatus
help (char        **args,
      WbCliSecrets *secrets)
{
  const char    *name = args[1];
  char          *asked[] = { args[1], (char *) "--help", NULL };
  const Command *command = find_command (name);

  if (name == NULL || is_one_of (name, "--help", "-h") || g_str_equal (name, "help"))
    return print_help ();
  if (command == NULL)
    return refuse (name, FALSE);

  return command->run != NULL ? command->run (asked, secrets) : miss_service (FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (WbCliSecrets) secrets = NULL;
  const char    *word = argc > 1 ? argv[1] : NULL;
  const Command *command = find_command (g_strcmp0 (word, "help") == 0 ? argv[2] : word);

  wb_core_dumps_forbid ();
  /* The environment goes along as it is, with the secrets in it. */
  if (command != NULL && command->run == NULL)
    become_service (argv);
  secrets = wb_cli_start ();

  if (g_strcmp0 (word, "help") == 0)
    return help (argv + 1, secrets);
  if (command != NULL)
    return command->run != NULL ? command->run (argv + 1, secrets)
                                : miss_service (wb_cli_options_want_json (argv));
  if (is_one_of (word, "--help", "-h"))
    return print_help ();
  if (is_one_of (word, "--version", "-V"))
    return print ("waybill-cli " VERSION "\n");

  return refuse (word, wb_cli_options_want_json (argv));
}
