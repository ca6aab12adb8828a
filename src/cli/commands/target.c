/* target.c: where an export is written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/target.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/terminal/descriptor.h"
#include "cli/terminal/wait.h"
#include "core/error.h"
#include "core/new-file.h"
#include "core/save.h"
#include "core/text.h"
#include "core/thread.h"

/* Nothing tells that a pipe has a reader now. */
#define PIPE_POLL_MS 100

static gboolean
is_pipe (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && S_ISFIFO (info.st_mode);
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

/* Makes a file there and removes it again: rights alone do not tell. */
static gboolean
check_folder (const char *shown,
              const char *path,
              GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat      info;
  g_autoptr (WbNewFile) trial = NULL;
  g_autoptr (GError) reason = NULL;

  if (stat (folder, &info) != 0)
    return set_file_error (shown, g_strerror (errno), error);
  if (!S_ISDIR (info.st_mode))
    return set_file_error (shown, g_strerror (ENOTDIR), error);
  if (ends_with_sandbox (folder, &info))
    return set_file_error (shown,
                           _ ("the Flatpak cannot see this folder. Give it to this one call with "
                              "“flatpak run --filesystem=FOLDER”, or redirect “-o -”."),
                           error);

  trial = wb_new_file_open (path, &reason);

  return trial != NULL || set_file_error (shown, reason->message, error);
}

/* In a folder such as /tmp nobody may replace the file of another user. */
static gboolean
check_owner (const char        *path,
             const char        *resolved,
             const struct stat *info,
             GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (resolved);
  struct stat      folder_info;

  if (geteuid () == 0 || stat (folder, &folder_info) != 0
      || !(folder_info.st_mode & S_ISVTX)
      || info->st_uid == geteuid () || folder_info.st_uid == geteuid ())
    return TRUE;

  return set_file_error (path, _ ("it belongs to another user. Give another name."), error);
}

static gboolean
check_descriptor (const char *path,
                  int         fd,
                  GError    **error)
{
  int flags = fcntl (fd, F_GETFL);

  if (flags < 0)
    return set_file_error (path, g_strerror (errno), error);
  if ((flags & O_ACCMODE) == O_RDONLY)
    return set_file_error (path,
                           _ ("it is not open for writing. Redirect it into a file, or give a "
                              "file’s name."),
                           error);
  if (!isatty (fd))
    return TRUE;

  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("A ZIP file would garble the terminal: redirect standard output, or "
                          "give -o a file's name."));

  return FALSE;
}

static gboolean
check_existing (const char        *path,
                const struct stat *info,
                gboolean           overwrite,
                GError           **error)
{
  char    *resolved;
  gboolean ok;

  if (S_ISFIFO (info->st_mode))
    return access (path, W_OK) == 0 || set_file_error (path, g_strerror (errno), error);
  if (S_ISDIR (info->st_mode))
    return set_file_error (path, _ ("it is a folder."), error);
  if (!S_ISREG (info->st_mode))
    return set_file_error (path, _ ("it is not a regular file."), error);
  if (!overwrite)
    return set_file_error (path,
                           _ ("it exists already. Give another name, or replace it with --force."),
                           error);

  /* A save through a symbolic link replaces the file that the link points to. */
  resolved = realpath (path, NULL);
  ok = check_owner (path, resolved != NULL ? resolved : path, info, error)
       && check_folder (path, resolved != NULL ? resolved : path, error);
  free (resolved);

  return ok;
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
  int         fd = wb_cli_descriptor_find (path, STDOUT_FILENO);
  int         saved_errno;

  if (fd >= 0)
    return check_descriptor (path, fd, error);
  if (*path == '\0')
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The name of the file to save as is empty. Give a name, or - for "
                              "standard output."));
      return FALSE;
    }

  if (stat (path, &info) == 0)
    return check_existing (path, &info, overwrite, error);

  saved_errno = errno;
  if (saved_errno != ENOENT)
    return set_file_error (path, g_strerror (saved_errno), error);
  if (lstat (path, &info) == 0)
    return set_file_error (path, _ ("it is a symbolic link to nothing. Remove the link, or give "
                                    "another name."),
                           error);

  return check_folder (path, path, error);
}

/**
 * wb_cli_target_is_standard_output:
 * @path: a file's name, or `-`
 *
 * Returns: whether what is written there comes between the command's own lines
 */
gboolean
wb_cli_target_is_standard_output (const char *path)
{
  return wb_cli_descriptor_find (path, STDOUT_FILENO) == STDOUT_FILENO;
}

/**
 * wb_cli_target_dup_folder:
 * @path: a file's name, or `-`
 *
 * Returns: (transfer full) (nullable): the folder that the file will be in
 */
char *
wb_cli_target_dup_folder (const char *path)
{
  char *resolved;
  char *folder;

  if (wb_cli_descriptor_find (path, STDOUT_FILENO) >= 0 || is_pipe (path))
    return NULL;

  resolved = realpath (path, NULL);
  folder = g_path_get_dirname (resolved != NULL ? resolved : path);
  free (resolved);

  return folder;
}

/* A pipe with a name can be opened when somebody reads from it. Nothing tells when that is, so
 * this looks from time to time.
 * Returns: the pipe, or -1 */
static int
open_pipe (const char   *path,
           GCancellable *cancellable)
{
  GPollFD  cancelled;
  gboolean can_cancel = g_cancellable_make_pollfd (cancellable, &cancelled);
  int      fd;

  while ((fd = open (path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)) < 0
         && (errno == ENXIO || errno == EINTR) && !g_cancellable_is_cancelled (cancellable))
    g_poll (&cancelled, can_cancel ? 1 : 0, PIPE_POLL_MS);
  if (can_cancel)
    g_cancellable_release_fd (cancellable);
  if (fd >= 0)
    fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) & ~O_NONBLOCK);

  return fd;
}

typedef struct
{
  WbSpool *spool; /* (owned) */
  char    *path;  /* (owned) */
} Write;

static void
write_free (Write *self)
{
  g_object_unref (self->spool);
  g_free (self->path);
  g_free (self);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Write   *self = data;
  int      named = wb_cli_descriptor_find (self->path, STDOUT_FILENO);
  int      fd = named >= 0 ? named : open_pipe (self->path, cancellable);
  GError  *error = NULL;
  gboolean done = FALSE;

  if (fd >= 0)
    done = wb_save_to_fd (self->spool, fd, cancellable, &error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    set_file_error (self->path, g_strerror (errno), &error);
  if (fd >= 0 && named < 0)
    close (fd);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Writes in a thread: a reader that does not read blocks the write, but must not block Ctrl+C. */
static gboolean
write_to_open_file (const char   *path,
                    WbSpool      *spool,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, wb_cli_wait_cb, &result);
  Write *self = g_new0 (Write, 1);

  self->spool = g_object_ref (spool);
  self->path = g_strdup (path);
  g_task_set_source_tag (task, write_to_open_file);
  g_task_set_task_data (task, self, (GDestroyNotify) write_free);
  wb_thread_run_task (task, write_thread);

  if (g_task_propagate_boolean (G_TASK (wb_cli_wait (&result)), error))
    return TRUE;

  if (wb_cli_target_is_standard_output (path)
      && wb_error_get_kind (*error) == WB_ERROR_KIND_LOCAL_FILE)
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

  if (wb_cli_descriptor_find (path, STDOUT_FILENO) >= 0 || is_pipe (path))
    return write_to_open_file (path, spool, cancellable, error);

  file = g_file_new_for_path (path);
  wb_save_move_async (spool, file, overwrite, cancellable, wb_cli_wait_cb, &result);

  return wb_save_finish (wb_cli_wait (&result), error);
}
