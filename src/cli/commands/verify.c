/* verify.c: `waybill-cli verify`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/rebuilt-archive.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/archive/tree/verification.h"
#include "core/error.h"
#include "core/text.h"

static const WbCliCommand command = {
  .name = "verify",
  /* Translators: stands for files' names in the line that shows how a command is used. */
  .parameters = N_ ("FILE…"),
  .summary = N_ ("Reads everything in exported ZIP files, and says what is wrong."),
  .description = { N_ (
    "Checks for each entry that its contents can be read and have the right checksum, that its\n"
    "own header agrees with the list, and that a connection is JSON. Prints a line for each\n"
    "file, and one for each entry that is not right. The password of an encrypted ZIP file\n"
    "comes from WAYBILL_ZIP_PASSWORD, or is asked for on the terminal.\n"
    "\n"
    "With --json there is an object for each file, on a line of its own: {\"file\",\"rebuilt\",\n"
    "\"source\",\"entries\",\"connections\",\"missing_passwords\",\"problems\"}. The last two are\n"
    "arrays of {\"path\",\"name\",\"settings\"} and of {\"path\",\"problem\"}.\n"
    "\n"
    "Exit status: 0 all is right, 1 other failure, 2 usage, 7 something is wrong, 8 a file\n"
    "cannot be read, 130 interrupted.\n") },
};

static gboolean
print_faults (WbArchive  *archive,
              const char *path,
              GArray     *faults,
              GError    **error)
{
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_files = wb_archive_get_n_files (archive);

  if (faults->len == 0)
    g_string_append_printf (text,
                            /* Translators: a ZIP file's name, and how many files are in it. */
                            ngettext ("%s: %u file, all right\n", "%s: %u files, all right\n",
                                      n_files),
                            escaped, n_files);
  for (guint i = 0; i < faults->len; i++)
    {
      const WbFault   *fault = &g_array_index (faults, WbFault, i);
      g_autofree char *entry = wb_archive_dup_path (archive, fault->node);
      g_autofree char *words = wb_problems_to_text (fault->problems);

      g_strdelimit (words, "\n", ' ');
      g_string_append_printf (text, "%s: %s: %s\n", escaped, entry, words);
    }

  return wb_cli_output_text (text->str, error);
}

static gboolean
print_json (WbArchive  *archive,
            const char *path,
            GArray     *faults,
            GError    **error)
{
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "file", escaped);
  wb_cli_rebuilt_add_source (builder, archive);
  json_builder_set_member_name (builder, "entries");
  json_builder_add_int_value (builder, wb_archive_get_n_files (archive));
  json_builder_set_member_name (builder, "connections");
  json_builder_add_int_value (builder, wb_archive_get_n_connections (archive));
  wb_cli_rebuilt_add_missing (builder, archive);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    {
      const WbFault   *fault = &g_array_index (faults, WbFault, i);
      g_autofree char *entry = wb_archive_dup_path (archive, fault->node);
      g_autofree char *words = wb_problems_to_text (fault->problems);

      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "path", entry);
      wb_cli_json_add_string (builder, "problem", g_strdelimit (words, "\n", ' '));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
verify (const char   *path,
        gboolean      json,
        WbCliSecrets *secrets,
        gboolean     *is_right,
        GError      **error)
{
  g_autoptr (WbArchive) archive = wb_cli_archive_open (path, wb_archive_open_types, NULL, error);
  g_autoptr (GArray) faults = NULL;

  if (archive == NULL
      || !wb_cli_archive_unlock (&archive, path, secrets, WB_CLI_UNLOCK_ASK, NULL, error))
    return FALSE;

  faults = wb_verification_new (archive, NULL, error);
  if (faults == NULL)
    return FALSE;
  *is_right = faults->len == 0;
  if (json)
    return print_json (archive, path, faults, error);
  wb_cli_rebuilt_tell (archive);

  return print_faults (archive, path, faults, error);
}

/* One file that is wrong does not keep the others from being looked at. */
static WbCliStatus
verify_all (char        **paths,
            gboolean      json,
            WbCliSecrets *secrets)
{
  WbCliStatus result = WB_CLI_DONE;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean    is_right = FALSE;
      WbCliStatus status = WB_CLI_DONE;

      if (!verify (paths[i], json, secrets, &is_right, &error))
        status = wb_cli_output_error (error, json);
      else if (!is_right)
        status = WB_CLI_NOT_AN_ARCHIVE;

      if (result == WB_CLI_DONE || status == WB_CLI_NOT_AN_ARCHIVE)
        result = status;
    }

  return result;
}

WbCliStatus
wb_cli_verify (char        **args,
               WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  gboolean           json = wb_cli_options_want_json (args);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("A JSON object for each file"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && rest[1] == NULL)
    g_set_error_literal (&error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("No FILE was given. See “waybill-cli verify --help”."));
  if (error != NULL)
    return wb_cli_output_error (error, json);

  wb_cli_interrupt_exit ();

  return verify_all (rest + 1, json, secrets);
}
