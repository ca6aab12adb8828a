/* schedule-options.c: the options of a schedule, beside those of the export that it is for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/schedule-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * wb_cli_schedule_options_add:
 * @self: where they are to be stored; outlives the parsing
 * @entries: (element-type GOptionEntry): those of the export
 *
 * Adds their entries.
 */
void
wb_cli_schedule_options_add (WbCliScheduleOptions *self,
                             GArray               *entries)
{
  const GOptionEntry own[] = {
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &self->at,
      N_ ("Run every day at this time (default: 02:30)"), N_ ("HH:MM") },
    { "secrets-file", 0, 0, G_OPTION_ARG_FILENAME, &self->secrets_file,
      N_ ("The file with the secrets, a line such as WAYBILL_PASSWORD=… for each (default: "
          "/etc/waybill/secrets, with --cron ~/.config/waybill/secrets)"),
      N_ ("FILE") },
    { "cron", 0, 0, G_OPTION_ARG_NONE, &self->cron,
      N_ ("Print a line for a crontab instead of systemd units"), NULL },
  };

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

/* Returns: (nullable): the entry of an option that was typed in its long form */
static const GOptionEntry *
find_entry (GArray     *entries,
            const char *word)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const GOptionEntry *entry = &g_array_index (entries, GOptionEntry, i);
      gsize               length = strlen (entry->long_name);

      if (g_str_has_prefix (word, "--") && strncmp (word + 2, entry->long_name, length) == 0
          && (word[2 + length] == '\0' || word[2 + length] == '='))
        return entry;
    }

  return NULL;
}

static gboolean
is_own (const WbCliScheduleOptions *self,
        const GOptionEntry         *entry)
{
  return entry->arg_data == &self->at || entry->arg_data == &self->secrets_file
         || entry->arg_data == &self->cron;
}

/**
 * wb_cli_schedule_options_collect:
 * @self: where the export's own are stored
 * @entries: (element-type GOptionEntry): all of them
 * @args: the command's name and what followed it, not yet read
 *
 * Keeps what was typed for the export, to be printed.
 */
void
wb_cli_schedule_options_collect (WbCliScheduleOptions *self,
                                 GArray               *entries,
                                 char                **args)
{
  g_autoptr (GPtrArray) typed = g_ptr_array_new ();

  for (guint i = 1; args[i] != NULL; i++)
    {
      const GOptionEntry *entry = find_entry (entries, args[i]);
      g_autofree char    *word = NULL;

      if (entry != NULL && entry->arg != G_OPTION_ARG_NONE && strchr (args[i], '=') == NULL
          && args[i + 1] != NULL)
        {
          word = g_strdup_printf ("%s=%s", args[i], args[i + 1]);
          i++;
        }
      else
        {
          word = g_strdup (args[i]);
        }
      if (entry == NULL || !is_own (self, entry))
        g_ptr_array_add (typed, g_steal_pointer (&word));
    }
  g_ptr_array_add (typed, NULL);
  self->typed = (char **) g_ptr_array_free (g_steal_pointer (&typed), FALSE);
}

void
wb_cli_schedule_options_clear (WbCliScheduleOptions *self)
{
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->secrets_file, g_free);
  g_clear_pointer (&self->typed, g_strfreev);
}
