/* schedule-quote.c: words and paths as systemd and cron read them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/schedule-quote.h"

#include <string.h>

/* What no shell and no unit file takes for anything else. */
#define PLAIN G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./:=@,+"

static gboolean
is_plain (const char *word)
{
  return *word != '\0' && strspn (word, PLAIN) == strlen (word);
}

/* @doubled: characters that stand for themselves when they stand twice */
static char *
quote_for_systemd (const char *word,
                   const char *doubled)
{
  GString *text = g_string_new ("\"");

  for (const char *p = word; *p != '\0'; p++)
    {
      if (*p == '\\' || *p == '"')
        g_string_append_c (text, '\\');
      else if (strchr (doubled, *p) != NULL)
        g_string_append_c (text, *p);
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');

  return g_string_free (text, FALSE);
}

/**
 * wb_cli_quote_for_exec:
 * @word: a word of a command, without control characters
 *
 * By systemd.service(5), “Command lines”: quotes and backslashes as in C, `%%` for a specifier's
 * sign, and `$$` for a variable's.
 *
 * Returns: (transfer full): the word for `ExecStart=`, not its first one
 */
char *
wb_cli_quote_for_exec (const char *word)
{
  return is_plain (word) ? g_strdup (word) : quote_for_systemd (word, "%$");
}

/**
 * wb_cli_quote_for_unit:
 * @path: a path without control characters
 *
 * As above, but variables are not replaced there.
 *
 * Returns: (transfer full): the path for a list of them, such as `ReadWritePaths=`
 */
char *
wb_cli_quote_for_unit (const char *path)
{
  return is_plain (path) ? g_strdup (path) : quote_for_systemd (path, "%");
}

/**
 * wb_cli_quote_for_cron:
 * @word: a word of a command, without control characters
 *
 * The shell's single quotes. By crontab(5) a percent sign ends the command unless a backslash is
 * before it, which some crons take away and others leave to the shell: outside the quotes, both
 * come to the same.
 *
 * Returns: (transfer full): the word for the command of a crontab
 */
char *
wb_cli_quote_for_cron (const char *word)
{
  GString *text;

  if (is_plain (word))
    return g_strdup (word);

  text = g_string_new ("'");
  for (const char *p = word; *p != '\0'; p++)
    {
      if (*p == '\'')
        g_string_append (text, "'\\''");
      else if (*p == '%')
        g_string_append (text, "'\\%'");
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '\'');

  return g_string_free (text, FALSE);
}
