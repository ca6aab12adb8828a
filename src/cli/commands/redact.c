/* redact.c: `waybill-cli redact`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/rebuilt-archive.h"
#include "cli/commands/target.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "cli/terminal/wait.h"
#include "core/archive/copies/redact.h"
#include "core/error.h"
#include "core/text.h"

/* More entries that were left out are only counted. */
#define MAX_NAMED 10

static const WbCliCommand command = {
  .name = "redact",
  .parameters = N_ ("IN OUT"),
  .summary = N_ ("Saves a copy of an exported ZIP file without its passwords."),
  .description = { N_ (
    "Passwords and other secrets are replaced with *********; a secret of six or more\n"
    "characters is also replaced wherever else it occurs. Addresses, user names and\n"
    "descriptions stay. Entries that Waybill does not fully understand are left out and\n"
    "named; if none is left, nothing is saved. REDACTED.txt in the copy gives the SHA-256 of\n"
    "IN. The same IN gives the same bytes. OUT may be - for standard output. Importing such a\n"
    "copy would lose the passwords.\n"
    "\n"
    "With --json the output is an object {\"file\",\"bytes\",\"sha256\",\"connections\",\n"
    "\"secrets_replaced\",\"left_out\",\"rebuilt\",\"source\",\"missing_passwords\"}.\n"
    "\n"
    "Exit status: 0 done, 1 other failure, 2 usage, 7 not a valid archive, 8 local file,\n"
    "130 interrupted.\n") },
};

static void
tell_left_out (GPtrArray *left_out)
{
  guint n_named = MIN (left_out->len, MAX_NAMED);

  for (guint i = 0; i < n_named; i++)
    /* Translators: an entry's path in the ZIP. */
    wb_cli_output_note (_ ("Left out: %s"), (const char *) g_ptr_array_index (left_out, i));
  if (left_out->len > n_named)
    /* Translators: how many entries are not named; a list of some stands before. */
    wb_cli_output_note (ngettext ("%u more entry was left out.", "%u more entries were left out.",
                                  left_out->len - n_named),
                        left_out->len - n_named);
}

static gboolean
print_summary (const char  *path,
               WbRedaction *redaction,
               GError     **error)
{
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autofree char *text = NULL;

  /* Translators: a file's name, how many connections it holds, how many secrets were replaced, its
   * SHA-256 */
  text = g_strdup_printf (ngettext ("Saved %s: %u connection, %u secrets replaced, SHA-256 %s\n",
                                    "Saved %s: %u connections, %u secrets replaced, SHA-256 %s\n",
                                    redaction->n_connections),
                          escaped, redaction->n_connections, redaction->n_secrets,
                          wb_spool_get_sha256 (redaction->spool));

  return wb_cli_output_text (text, error);
}

static gboolean
print_json (const char  *path,
            WbRedaction *redaction,
            WbArchive   *archive,
            GError     **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "file", path);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) wb_spool_get_size_bytes (redaction->spool));
  wb_cli_json_add_string (builder, "sha256", wb_spool_get_sha256 (redaction->spool));
  json_builder_set_member_name (builder, "connections");
  json_builder_add_int_value (builder, redaction->n_connections);
  json_builder_set_member_name (builder, "secrets_replaced");
  json_builder_add_int_value (builder, redaction->n_secrets);
  json_builder_set_member_name (builder, "left_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < redaction->left_out->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (redaction->left_out, i));
  json_builder_end_array (builder);
  wb_cli_rebuilt_add_source (builder, archive);
  wb_cli_rebuilt_add_missing (builder, archive);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
run (char        **rest,
     gboolean      force,
     gboolean      json,
     WbCliSecrets *secrets,
     GError      **error)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbRedaction) redaction = NULL;

  if (rest[1] == NULL || rest[2] == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("IN and OUT are needed. See “waybill-cli redact --help”."));
      return FALSE;
    }
  if (!wb_cli_options_take_none (&command, rest + 2, error)
      || !wb_cli_target_check (rest[2], force, error))
    return FALSE;

  cancellable = wb_cli_interrupt_new ();
  archive = wb_cli_archive_open (rest[1], wb_archive_open_types, cancellable, error);
  if (archive == NULL
      || !wb_cli_archive_unlock (&archive, rest[1], secrets, WB_CLI_UNLOCK_ASK, cancellable,
                                 error))
    return FALSE;
  wb_redact_async (archive, cancellable, wb_cli_wait_cb, &result);
  redaction = wb_redact_finish (wb_cli_wait (&result), error);
  if (redaction == NULL)
    return FALSE;
  tell_left_out (redaction->left_out);
  wb_cli_rebuilt_tell (archive);
  if (redaction->n_connections == 0 && redaction->left_out->len > 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                           _ ("Waybill does not fully understand any connection in IN, so nothing "
                              "would be left in the copy. It was not saved."));
      return FALSE;
    }
  if (!wb_cli_target_save (rest[2], force, redaction->spool, cancellable, error))
    return FALSE;

  if (wb_cli_target_is_standard_output (rest[2]))
    return TRUE;

  return json ? print_json (rest[2], redaction, archive, error)
              : print_summary (rest[2], redaction, error);
}

WbCliStatus
wb_cli_redact (char        **args,
               WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  gboolean           force = FALSE;
  gboolean           json = wb_cli_options_want_json (args);
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Replace OUT if it exists"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("A JSON object"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, force, json, secrets, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, json);
}
