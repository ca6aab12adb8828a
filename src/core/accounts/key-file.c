/* key-file.c: a small key file for its owner alone, read with suspicion and replaced whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/input-limits.h"
#include "core/new-file.h"

/* Another process holds the lock for some milliseconds. */
#define LOCK_TRIES 50
#define LOCK_WAIT_US (20 * 1000)

#define MAX_SET_ASIDE 1000

static void
set_error_from_errno (GError    **error,
                      int         saved_errno,
                      const char *format,
                      const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", shown, 1);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "%s: %s", message->str,
               g_strerror (saved_errno));
}

static void
set_unreadable (GError    **error,
                int         saved_errno,
                const char *path)
{
  /* Translators: a file's path; the system's reason follows. */
  set_error_from_errno (error, saved_errno, _ ("Your accounts could not be read from “%s”"), path);
}

/* The first name beside the file that is not taken. */
static char *
dup_aside_path (const char *path)
{
  for (guint i = 1; i < MAX_SET_ASIDE; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken-%u", path, i);
      struct stat      info;

      if (lstat (aside, &info) != 0)
        return g_steal_pointer (&aside);
    }

  return NULL;
}

static void
set_damaged (GError    **error,
             const char *path,
             const char *reason)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *aside = dup_aside_path (path);
  g_autofree char *aside_name = g_path_get_basename (aside != NULL ? aside : path);
  g_autofree char *aside_shown = g_filename_display_name (aside_name);

  g_propagate_error (error,
                     wb_error_new_service (WB_ERROR_LOCAL_FILE, NULL, NULL, reason,
                                           /* Translators: both are names of files */
                                           _ ("The file with your accounts, “%s”, is damaged and "
                                              "was not read. It is left as it is; when you save an "
                                              "account, it is kept beside the new file as “%s”."),
                                           shown, aside_shown));
}

static GKeyFile *
parse (const char *text,
       gsize       length,
       const char *path,
       GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (length == 0)
    return g_steal_pointer (&file);

  if (length > WB_KEY_FILE_MAX_BYTES)
    set_damaged (error, path, "The file is larger than 1 MiB.");
  else if (memchr (text, '\0', length) != NULL)
    set_damaged (error, path, "The file contains a NUL byte.");
  else if (!g_utf8_validate (text, (gssize) length, NULL))
    set_damaged (error, path, "The file is not UTF-8.");
  else if (!g_key_file_load_from_data (file, text, length,
                                       G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                       &local_error))
    set_damaged (error, path, local_error->message);
  else
    return g_steal_pointer (&file);

  return NULL;
}

/**
 * wb_key_file_lock:
 * @path: the key file
 * @error: (out) (optional): an error of GIO, or %WB_ERROR_LOCAL_FILE
 *
 * Keeps other processes of this program from changing the file until the descriptor is closed:
 * what lies between reading and writing it would be lost otherwise. Makes the folder if need be.
 *
 * Returns: a file descriptor to close, or -1
 */
int
wb_key_file_lock (const char *path,
                  GError    **error)
{
  g_autofree char *folder = NULL;
  int              fd;

  g_return_val_if_fail (path != NULL, -1);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      /* Translators: a folder's path; the system's reason follows. */
      set_error_from_errno (error, errno, _ ("The folder “%s” could not be created"), folder);
      return -1;
    }

  /* The folder, because the file itself is replaced by each save. */
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    {
      /* Translators: a folder's path; the system's reason follows. */
      set_error_from_errno (error, errno, _ ("The folder “%s” could not be opened"), folder);
      return -1;
    }

  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      /* Saving goes on in a file system without locks. */
      if (flock (fd, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
        return fd;
      g_usleep (LOCK_WAIT_US);
    }

  close (fd);
  g_set_error_literal (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                       _ ("Another Waybill process is saving accounts right now. Try again."));

  return -1;
}

/**
 * wb_key_file_read:
 * @path: the key file
 * @damaged: (out) (optional): whether it is there but no key file; left alone on success
 * @error: (out) (optional): an error of GIO, or %WB_ERROR_LOCAL_FILE
 *
 * Takes away what rights others have on the file.
 *
 * Returns: (transfer full) (nullable): its contents, empty if there is no such file
 */
GKeyFile *
wb_key_file_read (const char *path,
                  gboolean   *damaged,
                  GError    **error)
{
  g_autofree char *text = NULL;
  gsize            length = 0;
  GKeyFile        *file;
  struct stat      info;
  int              fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = wb_fd_open_file (path, &info);
  if (fd < 0 && errno == ENOENT)
    return g_key_file_new ();
  if (fd < 0 && errno == EISDIR)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
                   /* Translators: a path. */
                   _ ("Your accounts are kept in “%s”, but that is not a file: move it away."),
                   shown);
      return NULL;
    }

  if (fd < 0)
    {
      set_unreadable (error, errno, path);
      return NULL;
    }

  if ((info.st_mode & 077) != 0 && fchmod (fd, 0600) != 0)
    g_debug ("The accounts file's mode could not be changed: %s", g_strerror (errno));

  text = wb_fd_read_capped (fd, WB_KEY_FILE_MAX_BYTES, &length);
  if (text == NULL)
    set_unreadable (error, errno, path);
  close (fd);
  if (text == NULL)
    return NULL;

  file = parse (text, length, path, error);
  if (file == NULL && damaged != NULL)
    *damaged = TRUE;

  return file;
}

/**
 * wb_key_file_write:
 * @path: the key file
 * @file: its new contents
 * @error: (out) (optional): a sentence
 *
 * The file is replaced whole or stays as it was, and is for its owner alone.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
wb_key_file_write (const char *path,
                   GKeyFile   *file,
                   GError    **error)
{
  g_autofree char *text = NULL;
  char            *target; /* from the C library */
  gsize            length_bytes;
  gboolean         written;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  text = g_key_file_to_data (file, &length_bytes, NULL);

  /* The file may be a link to settings that are kept elsewhere; the new file must not replace
   * the link. */
  target = realpath (path, NULL);
  written = wb_new_file_write_text (target != NULL ? target : path, text, length_bytes, error);
  free (target);
  if (!written)
    {
      /* Translators: put before the sentence that says what went wrong */
      g_prefix_error (error, "%s ", _ ("Your accounts could not be saved:"));
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_key_file_set_aside:
 * @path: the key file, which is damaged
 * @error: (out) (optional): an error of GIO
 *
 * Keeps the file under another name as well, before a new one takes its place.
 *
 * Returns: %TRUE if it is kept
 */
gboolean
wb_key_file_set_aside (const char *path,
                       GError    **error)
{
  g_autofree char *aside = NULL;
  int              saved_errno;

  g_return_val_if_fail (path != NULL, FALSE);

  aside = dup_aside_path (path);
  saved_errno = EEXIST;
  if (aside != NULL)
    {
      /* Some file systems know no second names; they get a gap of a moment instead. */
      if (link (path, aside) == 0 || rename (path, aside) == 0)
        return TRUE;
      saved_errno = errno;
    }

  /* Translators: a file's path; the system's reason follows. */
  set_error_from_errno (error, saved_errno, _ ("The damaged file “%s” could not be kept"), path);

  return FALSE;
}
