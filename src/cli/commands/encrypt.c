/* encrypt.c: `waybill-cli encrypt`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/target.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "cli/terminal/wait.h"
#include "core/archive/copies/encrypted-copy.h"
#include "core/error.h"
#include "core/text.h"
#include "core/wipe.h"

static const WbCliCommand command = {
  .name = "encrypt",
  .parameters = N_ ("IN OUT"),
  .summary = N_ ("Saves a copy of an exported ZIP file that only a password opens."),
  .description = { N_ (
    "The contents are encrypted with AES-256, which 7-Zip, WinZip and others open. Names, sizes\n"
    "and times of the entries stay visible. The password comes from WAYBILL_ZIP_PASSWORD, or is\n"
    "asked for twice on the terminal; whoever loses it loses the contents. If IN is encrypted,\n"
    "its password comes from the same variable, or is asked for first. An entry that cannot be\n"
    "read means that no copy is made. OUT may be - for standard output.\n"
    "\n"
    "Exit status: 0 done, 1 other failure, 2 usage, 7 not a valid archive, 8 local file,\n"
    "130 interrupted.\n") },
};

static WbSpool *
make_copy (WbArchive    *archive,
           WbCliSecrets *secrets,
           GCancellable *cancellable,
           GError      **error)
{
  char *password = wb_cli_zip_password_new (secrets, cancellable, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (password == NULL)
    return NULL;

  wb_encrypted_copy_async (archive, password, cancellable, wb_cli_wait_cb, &result);
  wb_wipe_and_free (password);

  return wb_encrypted_copy_finish (wb_cli_wait (&result), error);
}

static gboolean
run (char        **rest,
     gboolean      force,
     WbCliSecrets *secrets,
     GError      **error)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (WbSpool) copy = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *text = NULL;

  if (rest[1] == NULL || rest[2] == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("IN and OUT are needed. See “waybill-cli encrypt --help”."));
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
  copy = make_copy (archive, secrets, cancellable, error);
  if (copy == NULL || !wb_cli_target_save (rest[2], force, copy, cancellable, error))
    return FALSE;
  if (wb_cli_target_is_standard_output (rest[2]))
    return TRUE;

  escaped = wb_text_escape (rest[2], -1);
  /* Translators: a file's name, and its SHA-256 */
  text = g_strdup_printf (_ ("Saved %s, encrypted, SHA-256 %s\n"), escaped,
                          wb_spool_get_sha256 (copy));

  return wb_cli_output_text (text, error);
}

WbCliStatus
wb_cli_encrypt (char        **args,
                WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  gboolean           force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Replace OUT if it exists"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, force, secrets, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, FALSE);
}
