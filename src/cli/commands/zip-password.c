/* zip-password.c: the password of a ZIP file, from the environment or the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/zip-password.h"

#include <glib/gi18n-lib.h>

#include "cli/account/secret-prompt.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/output.h"
#include "core/error.h"
#include "core/text.h"
#include "core/wipe.h"

#define MAX_TRIES 3

/* Puts the opened archive in the place of the locked one. */
static gboolean
unlock (WbArchive   **archive,
        const char   *password,
        GCancellable *cancellable,
        GError      **error)
{
  WbArchive *unlocked = wb_archive_unlock (*archive, password, cancellable, error);

  if (unlocked == NULL)
    return FALSE;

  g_object_unref (*archive);
  *archive = unlocked;

  return TRUE;
}

static gboolean
unlock_by_prompt (WbArchive   **archive,
                  const char   *path,
                  GCancellable *cancellable,
                  GError      **error)
{
  /* Translators: a ZIP file's name; the question on the terminal. */
  g_autofree char *question = g_strdup_printf (_ ("Password of “%s”"), path);

  for (guint i = 1;; i++)
    {
      g_autoptr (GError) reason = NULL;
      char    *password = wb_cli_secret_prompt (question, cancellable, error);
      gboolean unlocked;

      if (password == NULL)
        return FALSE;
      unlocked = unlock (archive, password, cancellable, &reason);
      wb_wipe_and_free (password);
      if (unlocked)
        return TRUE;
      if (!g_error_matches (reason, WB_ERROR, WB_ERROR_ZIP_PASSWORD) || i == MAX_TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      wb_cli_output_note ("%s", reason->message);
    }
}

/**
 * wb_cli_archive_unlock:
 * @archive: (inout): an archive; another one takes its place if it has encrypted entries
 * @path: the file it is in
 * @secrets: what the environment held
 * @how: whether to ask for the password
 * @cancellable: (nullable): as from wb_cli_interrupt_new(), or %NULL where a signal ends the
 *   process
 * @error: return location: %WB_ERROR_ZIP_PASSWORD
 *
 * Returns: whether the archive can be read, or need not be
 */
gboolean
wb_cli_archive_unlock (WbArchive   **archive,
                       const char   *path,
                       WbCliSecrets *secrets,
                       WbCliUnlock   how,
                       GCancellable *cancellable,
                       GError      **error)
{
  const char      *password = wb_cli_secrets_get (secrets, WB_CLI_ZIP_PASSWORD);
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autoptr (GCancellable) interrupt = NULL;
  gboolean unlocked;

  if (!wb_archive_is_locked (*archive))
    return TRUE;

  if (password != NULL)
    {
      if (unlock (archive, password, cancellable, error))
        return TRUE;
      /* Translators: a ZIP file's name and a variable's, before a sentence. */
      g_prefix_error (error, _ ("“%s”, WAYBILL_ZIP_PASSWORD: "), escaped);
      return FALSE;
    }
  if (how == WB_CLI_UNLOCK_IF_GIVEN)
    return TRUE;
  if (!wb_cli_secret_prompt_is_possible ())
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD,
                   /* Translators: a ZIP file's name. */
                   _ ("“%s” is encrypted, and there is no terminal to ask for its password. Set "
                      "WAYBILL_ZIP_PASSWORD."),
                   escaped);
      return FALSE;
    }

  /* A process that a signal ends would leave the terminal without echo. */
  if (cancellable != NULL)
    return unlock_by_prompt (archive, escaped, cancellable, error);
  interrupt = wb_cli_interrupt_new ();
  unlocked = unlock_by_prompt (archive, escaped, interrupt, error);
  wb_cli_interrupt_exit ();

  return unlocked;
}

/**
 * wb_cli_zip_password_new:
 * @secrets: what the environment held
 * @cancellable: (nullable): cancels the questions
 * @error: return location: %WB_ERROR_ZIP_PASSWORD
 *
 * The password for a new ZIP file; on the terminal it is asked for twice.
 *
 * Returns: (transfer full): it, for wb_wipe_and_free(), never empty
 */
char *
wb_cli_zip_password_new (WbCliSecrets *secrets,
                         GCancellable *cancellable,
                         GError      **error)
{
  const char *given = wb_cli_secrets_get (secrets, WB_CLI_ZIP_PASSWORD);
  char       *password;
  char       *again;

  if (given != NULL)
    {
      if (wb_archive_check_password (given, error))
        return g_strdup (given);
      g_prefix_error (error, "WAYBILL_ZIP_PASSWORD: ");
      return NULL;
    }
  if (!wb_cli_secret_prompt_is_possible ())
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_ZIP_PASSWORD,
                           _ ("There is no terminal to ask for a password. Set "
                              "WAYBILL_ZIP_PASSWORD."));
      return NULL;
    }

  for (;;)
    {
      g_autoptr (GError) reason = NULL;

      password = wb_cli_secret_prompt (_ ("Password of the copy"), cancellable, error);
      if (password == NULL)
        return NULL;
      if (!wb_archive_check_password (password, &reason))
        {
          wb_wipe_and_free (password);
          wb_cli_output_note ("%s", reason->message);
          continue;
        }
      again = wb_cli_secret_prompt (_ ("The same password again"), cancellable, error);
      if (again != NULL && g_str_equal (password, again))
        {
          wb_wipe_and_free (again);
          return password;
        }

      wb_wipe_and_free (password);
      if (again == NULL)
        return NULL;
      wb_wipe_and_free (again);
      wb_cli_output_note (_ ("The two passwords are different."));
    }
}
