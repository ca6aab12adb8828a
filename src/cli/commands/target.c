/* target.c: where an export is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/target.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/terminal/wait.h"
#include "core/error.h"
#include "core/save.h"
#include "core/text.h"

static gboolean
is_standard_output (const char *path)
{
  return g_strcmp0 (path, "-") == 0;
}

static gboolean
set_file_error (const char *path,
                const char *reason,
                GError    **error)
{
  g_autofree char *escaped = wb_text_escape (path, -1);

  /* Translators: a file, and what is wrong with it */
  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE, _ ("Could not save as “%s”: %s"),
               escaped, reason);

  return FALSE;
}

static gboolean
is_below (const char *path,
          const char *folder)
{
  const gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Returns whether the user gave the sandbox access to this folder, or to a parent of it, by
 * path. */
static gboolean
is_given (GKeyFile   *sandbox,
          const char *folder)
{
  g_auto (GStrv) given = g_key_file_get_string_list (sandbox, "Context", "filesystems", NULL, NULL);

  for (gsize i = 0; given != NULL && given[i] != NULL; i++)
    {
      char *mode = strrchr (given[i], ':');

      if (mode != NULL)
        *mode = '\0';
      if (is_below (folder, given[i]))
        return TRUE;
    }

  return FALSE;
}

/* Flatpak creates the folders that it has no access to in memory, on the file system of the
 * sandbox's root, and they vanish with the sandbox. Its folders for temporary files vanish,
 * too, on any file system. flatpak-metadata(5) describes the key file. In a sandbox for a
 * build nobody looks for files afterwards. */
static gboolean
ends_with_sandbox (const char        *folder,
                   const struct stat *info)
{
  g_autoptr (GKeyFile) sandbox = g_key_file_new ();
  struct stat root;
  char       *resolved;
  gboolean    ends;

  if (!g_key_file_load_from_file (sandbox, "/.flatpak-info", G_KEY_FILE_NONE, NULL)
      || g_key_file_get_boolean (sandbox, "Instance", "build", NULL))
    return FALSE;

  if (stat ("/", &root) == 0 && root.st_dev == info->st_dev)
    return TRUE;

  resolved = realpath (folder, NULL);
  ends = resolved != NULL && (is_below (resolved, "/tmp") || is_below (resolved, "/var/tmp"))
         && !is_given (sandbox, resolved);
  free (resolved);

  return ends;
}

static gboolean
check_folder (const char *path,
              GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat      info;

  if (stat (folder, &info) != 0)
    return set_file_error (path, g_strerror (errno), error);
  if (!S_ISDIR (info.st_mode))
    return set_file_error (path, g_strerror (ENOTDIR), error);
  if (access (folder, W_OK | X_OK) != 0)
    return set_file_error (path, g_strerror (errno), error);
  if (ends_with_sandbox (folder, &info))
    return set_file_error (path,
                           _ ("the Flatpak cannot see this folder. Give it to this one call with "
                              "“flatpak run --filesystem=FOLDER”, or redirect “-o -”."),
                           error);

  return TRUE;
}

static gboolean
check_standard_output (GError **error)
{
  if (!isatty (STDOUT_FILENO))
    return TRUE;

  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("A ZIP file would garble the terminal: redirect standard output, or "
                          "give -o a file's name."));

  return FALSE;
}

/**
 * wb_cli_target_check:
 * @path: a file's name, or `-`
 * @overwrite: whether an existing file may be replaced
 * @error: return location
 *
 * Finds out what would stop the save before the cloud is asked for anything: it records each
 * export in its audit log.
 *
 * Returns: %TRUE if nothing is in the way now
 */
gboolean
wb_cli_target_check (const char *path,
                     gboolean    overwrite,
                     GError    **error)
{
  struct stat info;
  char       *resolved;
  gboolean    ok;

  if (is_standard_output (path))
    return check_standard_output (error);

  if (stat (path, &info) != 0)
    return errno == ENOENT ? check_folder (path, error)
                           : set_file_error (path, g_strerror (errno), error);

  if (S_ISDIR (info.st_mode))
    return set_file_error (path, _ ("it is a folder."), error);
  if (!S_ISREG (info.st_mode))
    return set_file_error (path, _ ("it is not a regular file."), error);
  if (!overwrite)
    return set_file_error (path,
                           _ ("it exists already. Give another name, or replace it with --force."),
                           error);

  /* A save through a symbolic link replaces the file that the link points to. */
  resolved = realpath (path, NULL);
  ok = check_folder (resolved != NULL ? resolved : path, error);
  free (resolved);

  return ok;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (wb_save_to_fd (data, STDOUT_FILENO, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Writes in a thread: a reader that does not read blocks the write, but must not block Ctrl+C. */
static gboolean
write_to_standard_output (WbSpool      *spool,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, wb_cli_wait_cb, &result);

  g_task_set_source_tag (task, write_to_standard_output);
  g_task_set_task_data (task, g_object_ref (spool), g_object_unref);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, write_thread);

  if (g_task_propagate_boolean (G_TASK (wb_cli_wait (&result)), error))
    return TRUE;

  g_prefix_error (error, "%s: ", _ ("Standard output"));

  return FALSE;
}

/**
 * wb_cli_target_save:
 * @path: a file's name, or `-`
 * @overwrite: whether an existing file may be replaced
 * @spool: what to write
 * @cancellable: (nullable): cancels
 * @error: return location
 *
 * Returns: %TRUE if all of it is written
 */
gboolean
wb_cli_target_save (const char   *path,
                    gboolean      overwrite,
                    WbSpool      *spool,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;

  if (is_standard_output (path))
    return write_to_standard_output (spool, cancellable, error);

  file = g_file_new_for_path (path);
  wb_save_async (spool, file, overwrite, cancellable, wb_cli_wait_cb, &result);

  return wb_save_finish (wb_cli_wait (&result), error);
}
