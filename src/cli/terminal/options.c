/* options.c: a command's options, read the same way for all commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/options.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"
#include "core/error.h"
#include "core/text.h"

/* GOption does not say what an error means: every error is one of usage. */
static void
make_usage_error (const WbCliCommand *command,
                  const GError       *cause,
                  GError            **error)
{
  g_autofree char *message = wb_text_escape (cause->message, -1);

  /* Translators: a sentence without its full stop, and the name of a command. */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s. See “waybill-cli %s --help”."),
               message, command->name);
}

/* GOption leaves the mark before names that begin like an option. */
static void
remove_end_mark (char **args)
{
  guint i;

  for (i = 0; args[i] != NULL && g_strcmp0 (args[i], "--") != 0; i++)
    ;
  if (args[i] == NULL)
    return;

  g_free (args[i]);
  for (; args[i] != NULL; i++)
    args[i] = args[i + 1];
}

/* Names and paths are UTF-8 in every locale, so that a job with LC_ALL=C accepts them, too. So
 * options with text are declared as file names and checked here. */
static gboolean
is_utf8 (const GOptionEntry *entry)
{
  const char *value = NULL;
  char      **values = NULL;

  if (entry->arg == G_OPTION_ARG_FILENAME)
    value = *(char **) entry->arg_data;
  else
    values = *(char ***) entry->arg_data;
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (!g_utf8_validate (values[i], -1, NULL))
        return FALSE;
    }

  return value == NULL || g_utf8_validate (value, -1, NULL);
}

static gboolean
check_utf8 (const WbCliCommand *command,
            const GOptionEntry *entries,
            GError            **error)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    {
      if ((entry->arg != G_OPTION_ARG_FILENAME && entry->arg != G_OPTION_ARG_FILENAME_ARRAY)
          || g_strcmp0 (entry->arg_description, "FILE") == 0
          || g_strcmp0 (entry->arg_description, "FOLDER") == 0)
        continue;
      if (!is_utf8 (entry))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       /* Translators: an option's name, and the name of a command. */
                       _ ("The value of --%s is not UTF-8 text. See “waybill-cli %s --help”."),
                       entry->long_name, command->name);
          return FALSE;
        }
    }

  return TRUE;
}

static char *
dup_description (const WbCliCommand *command)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; command->description[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", _ (command->description[i]));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_cli_options_parse:
 * @command: the command
 * @entries: its options, with a %NULL entry at the end; text options are %G_OPTION_ARG_FILENAME
 * @args: (inout): the command's name and what followed it; options are taken out
 * @error: return location
 *
 * Reads a command's options. `--help` is among them.
 *
 * Returns: whether to go on
 */
WbCliOptionsResult
wb_cli_options_parse (const WbCliCommand *command,
                      const GOptionEntry *entries,
                      char             ***args,
                      GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->parameters);
  g_autoptr (GError) cause = NULL;
  g_autofree char   *description = dup_description (command);
  g_autofree char   *program = g_strconcat ("waybill-cli ", command->name, NULL);
  gboolean           help = FALSE;
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    G_OPTION_ENTRY_NULL
  };

  /* GOption takes the name for the usage line from here. Its own --help would leave through
   * exit(), and in the locale's encoding. */
  g_set_prgname (program);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, args, &cause))
    {
      make_usage_error (command, cause, error);
      return WB_CLI_OPTIONS_ERROR;
    }
  remove_end_mark (*args);

  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      if (!wb_cli_output_text (text, error))
        return WB_CLI_OPTIONS_ERROR;
      return WB_CLI_OPTIONS_HELP;
    }

  if (!check_utf8 (command, entries, error))
    return WB_CLI_OPTIONS_ERROR;

  return WB_CLI_OPTIONS_RUN;
}

/* Fails unless nothing is left but the command's name. */
gboolean
wb_cli_options_take_none (const WbCliCommand *command,
                          char              **args,
                          GError            **error)
{
  g_autofree char *escaped = NULL;

  if (g_strv_length (args) <= 1)
    return TRUE;

  escaped = wb_text_escape (args[1], -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: an argument that a person typed, and the name of a command. */
               _ ("“%s” is one argument too many. See “waybill-cli %s --help”."),
               escaped, command->name);

  return FALSE;
}

/**
 * wb_cli_options_parse_size:
 * @text: a number of bytes, with K, M or G behind it for powers of 1024
 * @size_bytes: (out): the bytes
 * @error: return location
 *
 * Returns: %TRUE if @text is a size above zero
 */
gboolean
wb_cli_options_parse_size (const char *text,
                           guint64    *size_bytes,
                           GError    **error)
{
  guint64 value = 0;
  char   *end = NULL;
  guint   shift = 0;

  if (g_ascii_isdigit (*text))
    value = g_ascii_strtoull (text, &end, 10);
  if (end != NULL)
    switch (*end)
      {
      case 'K':
        shift = 10;
        break;
      case 'M':
        shift = 20;
        break;
      case 'G':
        shift = 30;
        break;
      default:
        break;
      }

  if (end == NULL || (shift > 0 ? end[1] : *end) != '\0' || value == 0
      || value > ((guint64) G_MAXINT64 >> shift))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed. */
                   _ ("“%s” is not a size. Give a number of bytes, or one with K, M or G, "
                      "such as 500M."),
                   text);
      return FALSE;
    }

  *size_bytes = value << shift;

  return TRUE;
}

/**
 * wb_cli_options_parse_number:
 * @option: the option, such as `--retry`
 * @text: its value, as typed
 * @min: the least
 * @max: the most
 * @number: (out): the number
 * @error: return location
 *
 * Returns: %TRUE if @text is a number in these limits, in decimal digits
 */
gboolean
wb_cli_options_parse_number (const char *option,
                             const char *text,
                             guint64     min,
                             guint64     max,
                             guint64    *number,
                             GError    **error)
{
  g_autofree char *escaped = NULL;

  if (g_ascii_string_to_unsigned (text, 10, min, max, number, NULL))
    return TRUE;

  escaped = wb_text_escape (text, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: an option’s name, two numbers, and what a person typed. */
               _ ("%s takes a number from %u to %u, not “%s”."), option, (guint) min, (guint) max,
               escaped);

  return FALSE;
}

/**
 * wb_cli_options_want_json:
 * @args: a command's arguments, not yet read
 *
 * Even an error in the options is reported as JSON.
 *
 * Returns: whether `--json` is among them
 */
gboolean
wb_cli_options_want_json (char **args)
{
  for (guint i = 0; args[i] != NULL && g_strcmp0 (args[i], "--") != 0; i++)
    {
      if (g_strcmp0 (args[i], "--json") == 0)
        return TRUE;
    }

  return FALSE;
}
