/* batch-options.c: the options of an export of several workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/batch-options.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/options.h"
#include "core/error.h"

/* As many as may be under way at once. */
#define MAX_JOBS 8
#define MAX_KEPT 100000

/* Some options can be given several times in an export. */
static void
make_array (GArray     *entries,
            const char *name,
            char     ***values)
{
  for (guint i = 0; i < entries->len; i++)
    {
      GOptionEntry *entry = &g_array_index (entries, GOptionEntry, i);

      if (!g_str_equal (entry->long_name, name))
        continue;
      entry->arg = G_OPTION_ARG_FILENAME_ARRAY;
      entry->arg_data = values;
    }
}

/**
 * wb_cli_batch_options_add:
 * @self: where they are to be stored; outlives the parsing
 * @entries: (element-type GOptionEntry): those of an export so far
 *
 * Adds their entries.
 */
void
wb_cli_batch_options_add (WbCliBatchOptions *self,
                          GArray            *entries)
{
  const GOptionEntry own[] = {
    { "all-workspaces", 0, 0, G_OPTION_ARG_NONE, &self->all_workspaces,
      N_ ("Export all workspaces that the service lists for each account; if it lists none, the "
          "stored ones"),
      NULL },
    { "output-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->output_dir,
      N_ ("Save into this folder, a file for each workspace (default: this folder)"),
      N_ ("FOLDER") },
    { "name-template", 0, 0, G_OPTION_ARG_FILENAME, &self->name_template,
      N_ ("Name the files by this template, with {account}, {workspace}, {date} and {time} "
          "(default: DLF_All_DataConnections with all four)"),
      N_ ("NAME") },
    { "jobs", 0, 0, G_OPTION_ARG_FILENAME, &self->jobs_text,
      N_ ("Export N workspaces at a time, from 1 to 8 (default: 2)"), N_ ("N") },
    { "if-changed", 0, 0, G_OPTION_ARG_NONE, &self->if_changed,
      N_ ("Write no file for a workspace that has not changed since its last file in the "
          "folder"),
      NULL },
    { "diff", 0, 0, G_OPTION_ARG_NONE, &self->diff,
      N_ ("Print what changed since the last file, and end with 1 if anything did"), NULL },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &self->keep_text,
      N_ ("After a good export, keep the newest N files of the workspace and remove older "
          "ones"),
      N_ ("N") },
    { "keep-days", 0, 0, G_OPTION_ARG_FILENAME, &self->keep_days_text,
      N_ ("After a good export, remove files of the workspace that are older than N days; with "
          "--keep, a file that either option keeps stays"),
      N_ ("N") },
    { "redact", 0, 0, G_OPTION_ARG_NONE, &self->redact,
      N_ ("Save only copies without secrets"), NULL },
    { "encrypt", 0, 0, G_OPTION_ARG_NONE, &self->encrypt,
      N_ ("Save only encrypted copies; their password is in WAYBILL_ZIP_PASSWORD"), NULL },
  };

  make_array (entries, "account", &self->accounts);
  make_array (entries, "workspace", &self->workspaces);
  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

static gboolean
read_number (const char *option,
             const char *text,
             guint       max,
             guint      *number,
             GError    **error)
{
  guint64 value;

  if (text == NULL)
    return TRUE;
  if (!wb_cli_options_parse_number (option, text, 1, max, &value, error))
    return FALSE;
  *number = (guint) value;

  return TRUE;
}

/**
 * wb_cli_batch_options_read:
 * @self: options that were parsed
 * @error: return location: %WB_ERROR_INVALID
 *
 * Returns: whether their values are right
 */
gboolean
wb_cli_batch_options_read (WbCliBatchOptions *self,
                           GError           **error)
{
  if (self->all_workspaces && self->workspaces != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: two options, such as --password and --token. */
                   _ ("Use either %s or %s, not both."), "--all-workspaces", "--workspace");
      return FALSE;
    }

  return read_number ("--jobs", self->jobs_text, MAX_JOBS, &self->n_parallel, error)
         && read_number ("--keep", self->keep_text, MAX_KEPT, &self->keep_n, error)
         && read_number ("--keep-days", self->keep_days_text, MAX_KEPT, &self->keep_days, error);
}

/**
 * wb_cli_batch_options_get_given:
 * @self: options that were read
 *
 * Returns: (nullable): one that makes the export one of several workspaces, if any does
 */
const char *
wb_cli_batch_options_get_given (const WbCliBatchOptions *self)
{
  const struct
  {
    const char *option;
    gboolean    is_given;
  } options[] = {
    { "--all-workspaces", self->all_workspaces },
    { "--output-dir", self->output_dir != NULL },
    { "--name-template", self->name_template != NULL },
    { "--jobs", self->n_parallel > 0 },
    { "--if-changed", self->if_changed },
    { "--diff", self->diff },
    { "--keep", self->keep_n > 0 },
    { "--keep-days", self->keep_days > 0 },
    { "--redact", self->redact },
    { "--encrypt", self->encrypt },
    { "--account", self->accounts != NULL && g_strv_length (self->accounts) > 1 },
    { "--workspace", self->workspaces != NULL && g_strv_length (self->workspaces) > 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (options[i].is_given)
        return options[i].option;
    }

  return NULL;
}

void
wb_cli_batch_options_clear (WbCliBatchOptions *self)
{
  g_clear_pointer (&self->accounts, g_strfreev);
  g_clear_pointer (&self->workspaces, g_strfreev);
  g_clear_pointer (&self->output_dir, g_free);
  g_clear_pointer (&self->name_template, g_free);
  g_clear_pointer (&self->jobs_text, g_free);
  g_clear_pointer (&self->keep_text, g_free);
  g_clear_pointer (&self->keep_days_text, g_free);
}
