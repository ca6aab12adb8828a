/* new-file.c: a file that takes its place when it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"

/* A file without a name gets its name from here. */
#define DESCRIPTORS "/proc/self/fd"

/* The name's share in a temporary name, which with its ends must stay below NAME_MAX. */
#define MAX_NAME_BYTES 200

/* g_mkstemp() requires it. */
#define TEMPORARY_ENDING "XXXXXX"
#define MAX_TRIES 100

/* Stands between a file's name and the ending, in the names of temporary files. */
#define MARK ".waybill-"

/* As Linux calls what getfacl(1) shows. */
#define ACCESS_LIST "system.posix_acl_access"
#define MAX_ACCESS_LIST_BYTES 4096

/* Where the file system knows no locks, only age tells that nobody is at work on a file. */
#define LEFTOVER_SECONDS (60 * 60)

struct _WbNewFile
{
  char    *path;      /* (owned) */
  char    *folder;    /* (owned): where it is */
  char    *prefix;    /* (owned): the start of the names of temporary files for it */
  char    *temporary; /* (owned) (nullable): the file's path, while it has another name */
  int      fd;        /* (owned) */
  int      lock;      /* (owned): the same file; tells other programs that it is being written */
  gboolean is_refused_a_name;
};

static char *
dup_template (WbNewFile *self)
{
  g_autofree char *name = g_strconcat (self->prefix, TEMPORARY_ENDING, NULL);

  return g_build_filename (self->folder, name, NULL);
}

static gboolean
is_temporary_name (const char *name)
{
  gsize length = strlen (name);
  gsize end = strlen (MARK) + strlen (TEMPORARY_ENDING);

  return name[0] == '.' && length > end && g_str_has_prefix (name + length - end, MARK);
}

/* Who writes a file holds a lock on it until it is in its place or gone, so this one is nobody's
 * if it can be locked. */
static gboolean
is_abandoned (int                fd,
              const struct stat *info)
{
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  return errno != EWOULDBLOCK
         && info->st_mtime < g_get_real_time () / G_USEC_PER_SEC - LEFTOVER_SECONDS;
}

/* Removes what programs that were killed left behind in this folder, which can hold secrets. */
static void
remove_leftovers (WbNewFile *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      struct stat      st;
      int              fd;

      if (!is_temporary_name (name))
        continue;
      path = g_build_filename (self->folder, name, NULL);
      fd = open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      if (fd < 0)
        fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
      if (fd < 0)
        continue;
      if (fstat (fd, &st) == 0 && S_ISREG (st.st_mode) && st.st_uid == geteuid ()
          && is_abandoned (fd, &st) && g_unlink (path) != 0)
        g_debug ("What was left of an earlier save is still there");
      close (fd);
    }
}

static int
open_without_name (WbNewFile *self)
{
  int fd;

  if (access (DESCRIPTORS, F_OK) != 0)
    return -1;

  fd = open (self->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  /* It may get a temporary name later. */
  if (fd >= 0)
    flock (fd, LOCK_EX | LOCK_NB);

  return fd;
}

/* Another program may have taken the file for abandoned before it was locked; it is gone then. */
static gboolean
is_locked (int fd)
{
  struct stat st;

  return flock (fd, LOCK_EX) != 0 || fstat (fd, &st) != 0 || st.st_nlink > 0;
}

static int
open_with_name (WbNewFile *self)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *path = dup_template (self);
      int              fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0600);

      if (fd < 0)
        return -1;
      if (is_locked (fd))
        {
          self->temporary = g_steal_pointer (&path);
          return fd;
        }
      close (fd);
    }
  errno = EBUSY;

  return -1;
}

static gboolean
link_at (WbNewFile  *self,
         const char *path)
{
  g_autofree char *descriptor = g_strdup_printf (DESCRIPTORS "/%d", self->fd);

  return linkat (AT_FDCWD, descriptor, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* Its own name, or where that is taken, and may be replaced, another one beside it.
 * Returns: 0, or the errno */
static int
give_name (WbNewFile *self,
           gboolean   overwrite)
{
  int error = link_at (self, self->path) ? 0 : errno;

  for (guint i = 0; i < MAX_TRIES && error == EEXIST && overwrite; i++)
    {
      g_autofree char *path = dup_template (self);

      for (char *p = path + strlen (path) - strlen (TEMPORARY_ENDING); *p != '\0'; p++)
        *p = (char) g_random_int_range ('a', 'z' + 1);
      error = link_at (self, path) ? 0 : errno;
      if (error == 0)
        self->temporary = g_steal_pointer (&path);
    }

  return error;
}

/* Whether an errno says that the file system has no such call. */
static gboolean
is_unknown (int error)
{
  return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP;
}

static gboolean
try_place (WbNewFile *self,
           gboolean   overwrite)
{
  struct stat st;
  int         result;

  if (overwrite)
    return rename (self->temporary, self->path) == 0;

  result = renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path, RENAME_NOREPLACE);
  if (result == 0 || !is_unknown (errno))
    return result == 0;

  /* Not every file system knows that flag; a hard link refuses an existing name as well. */
  if (link (self->temporary, self->path) == 0)
    {
      g_unlink (self->temporary);
      return TRUE;
    }
  if (errno != EPERM && !is_unknown (errno))
    return FALSE;

  /* Nor does it know links: all that is left is to look first. */
  if (lstat (self->path, &st) == 0)
    errno = EEXIST;

  return errno == ENOENT && rename (self->temporary, self->path) == 0;
}

static void
close_all (WbNewFile *self)
{
  if (self->fd >= 0)
    close (g_steal_fd (&self->fd));
  if (self->lock >= 0)
    close (g_steal_fd (&self->lock));
}

/* On some file servers a file that is open cannot be renamed, not even by who opened it. */
static gboolean
take_place (WbNewFile *self,
            gboolean   overwrite)
{
  if (try_place (self, overwrite))
    return TRUE;
  if (errno != EBUSY && errno != ETXTBSY)
    return FALSE;

  close_all (self);

  return try_place (self, overwrite);
}

/* The rename itself must survive a power cut. Some file systems cannot sync a folder; the file is
 * complete either way, so that is no failure. */
static void
sync_folder (WbNewFile *self)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("The folder could not be synced");
  close (fd);
}

static WbNewFile *
new_file_new (const char *path)
{
  WbNewFile       *self = g_new0 (WbNewFile, 1);
  g_autofree char *name = g_path_get_basename (path);

  self->path = g_strdup (path);
  self->folder = g_path_get_dirname (path);
  self->prefix = g_strdup_printf (".%.*s" MARK, MAX_NAME_BYTES, name);
  self->fd = -1;
  self->lock = -1;
  remove_leftovers (self);

  return self;
}

/* Returns: whether the file has the access list of the existing one, or like that none */
static gboolean
keep_access_list (WbNewFile *self)
{
  char   list[MAX_ACCESS_LIST_BYTES];
  gssize length = getxattr (self->path, ACCESS_LIST, list, sizeof list);

  if (length >= 0)
    return fsetxattr (self->fd, ACCESS_LIST, list, (gsize) length, 0) == 0;
  /* It may have got one from its folder. */
  if (errno == ENODATA)
    return fremovexattr (self->fd, ACCESS_LIST) == 0 || errno == ENODATA;

  return errno == ENOTSUP;
}

static gboolean
keep_group (WbNewFile *self,
            gid_t      group)
{
  struct stat st;

  return (fstat (self->fd, &st) == 0 && st.st_gid == group)
         || fchown (self->fd, (uid_t) -1, group) == 0;
}

/* Who may use the existing file may use the new one, and nobody else. */
static void
keep_access (WbNewFile *self)
{
  struct stat st;
  mode_t      mode;

  if (stat (self->path, &st) != 0)
    return;

  mode = st.st_mode & 0777;
  /* With an access list, the group's share is that of all whom it names. For another group, it is
   * that of everybody. */
  if (!keep_group (self, st.st_gid) || !keep_access_list (self))
    mode &= 0707 | (mode & 07) << 3;
  if (fchmod (self->fd, mode) != 0)
    g_debug ("The mode of the existing file could not be kept");
}

/* @with_name: whether it needs a name from the start */
static WbNewFile *
open_file (const char *path,
           gboolean    with_name,
           GError    **error)
{
  g_autoptr (WbNewFile) self = new_file_new (path);

  self->fd = with_name ? -1 : open_without_name (self);
  if (self->fd < 0)
    self->fd = open_with_name (self);
  if (self->fd < 0)
    {
      wb_error_set_from_errno (error, errno, _ ("No file can be created in this folder"));
      return NULL;
    }

  keep_access (self);

  return g_steal_pointer (&self);
}

/**
 * wb_new_file_open:
 * @path: where the file is to be, without a symbolic link at its end
 * @error: return location
 *
 * Opens an empty file in the folder of @path. It has no name as long as it is not whole, so that
 * nothing of it is left should the program be killed; where the file system does not know such
 * files, it has a hidden one, and a lock for as long as it is written. Files of such names that
 * nobody has locked are removed. What is in an export may hold passwords: unless an existing file
 * says otherwise, nobody else may read it.
 *
 * Returns: (transfer full): the file, or %NULL with an error of kind %WB_ERROR_KIND_LOCAL_FILE
 */
WbNewFile *
wb_new_file_open (const char *path,
                  GError    **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_file (path, FALSE, error);
}

/**
 * wb_new_file_adopt:
 * @path: where the file is to be, without a symbolic link at its end
 * @fd: a whole file without a name that the caller alone has
 *
 * Takes that file instead of an empty one, so that nothing has to be copied.
 *
 * Returns: (transfer full) (nullable): the file; %NULL if it lies on another file system
 */
WbNewFile *
wb_new_file_adopt (const char *path,
                   int         fd)
{
  g_autoptr (WbNewFile) self = NULL;
  struct stat folder;
  struct stat st;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (fd >= 0, NULL);

  self = new_file_new (path);
  if (access (DESCRIPTORS, F_OK) != 0 || stat (self->folder, &folder) != 0 || fstat (fd, &st) != 0
      || st.st_dev != folder.st_dev)
    return NULL;
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (self->fd < 0)
    return NULL;
  flock (self->fd, LOCK_EX | LOCK_NB);
  keep_access (self);

  return g_steal_pointer (&self);
}

/* One that is not in its place is gone. */
void
wb_new_file_free (WbNewFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->temporary != NULL)
    g_unlink (self->temporary);
  close_all (self);
  g_free (self->temporary);
  g_free (self->prefix);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/**
 * wb_new_file_place:
 * @self: a file with all its bytes
 * @overwrite: whether a file that is there already may be replaced
 * @error: return location
 *
 * Sees to it that the bytes are on the disk, and then puts the file into its place. To be called
 * once.
 *
 * Returns: %TRUE if it is there; else nothing has changed
 */
gboolean
wb_new_file_place (WbNewFile *self,
                   gboolean   overwrite,
                   GError   **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  /* Where a file system has no such call, nobody can do better. */
  if (fsync (self->fd) != 0 && !is_unknown (errno))
    {
      wb_error_set_from_errno (error, errno, _ ("The file cannot be written"));
      return FALSE;
    }

  if (self->temporary == NULL)
    {
      int saved_errno = give_name (self, overwrite);

      if (saved_errno != 0)
        {
          self->is_refused_a_name = saved_errno != EEXIST;
          wb_error_set_from_errno (error, saved_errno, _ ("The file cannot be put into its place"));
          return FALSE;
        }
    }
  /* A network file system, which has no files without names, may keep its bad news until now. */
  else if ((self->lock = fcntl (self->fd, F_DUPFD_CLOEXEC, 0)) < 0
           || close (g_steal_fd (&self->fd)) != 0)
    {
      wb_error_set_from_errno (error, errno, _ ("The file cannot be written"));
      return FALSE;
    }

  if (self->temporary != NULL && !take_place (self, overwrite))
    {
      wb_error_set_from_errno (error, errno, _ ("The file cannot be put into its place"));
      return FALSE;
    }
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self);

  return TRUE;
}

/* Returns: %FALSE, with @needs_name if it may succeed with a file that has a name all the time */
static gboolean
write_and_place (const char   *path,
                 gboolean      with_name,
                 gboolean      overwrite,
                 WbNewFileFunc func,
                 gpointer      user_data,
                 gboolean     *needs_name,
                 GError      **error)
{
  g_autoptr (WbNewFile) file = open_file (path, with_name, error);
  gboolean done;

  *needs_name = FALSE;
  if (file == NULL)
    return FALSE;

  done = func (file->fd, user_data, error) && wb_new_file_place (file, overwrite, error);
  *needs_name = file->is_refused_a_name;

  return done;
}

/**
 * wb_new_file_write:
 * @path: where the file is to be, without a symbolic link at its end
 * @overwrite: whether a file that is there already may be replaced
 * @func: writes all that it is to hold, perhaps a second time
 * @user_data: for @func
 * @error: return location
 *
 * Puts a file as of wb_new_file_open() into its place, or leaves all as it was.
 *
 * Returns: %TRUE if it is on the disk, or %FALSE with an error of @func or of kind
 *   %WB_ERROR_KIND_LOCAL_FILE
 */
gboolean
wb_new_file_write (const char   *path,
                   gboolean      overwrite,
                   WbNewFileFunc func,
                   gpointer      user_data,
                   GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean needs_name;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (write_and_place (path, FALSE, overwrite, func, user_data, &needs_name, &local_error))
    return TRUE;
  if (needs_name)
    return write_and_place (path, TRUE, overwrite, func, user_data, &needs_name, error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

typedef struct
{
  const char *bytes;
  gsize       length;
} Text;

static gboolean
write_text (int      fd,
            gpointer user_data,
            GError **error)
{
  const Text *text = user_data;

  if (fchmod (fd, 0600) != 0)
    g_debug ("The file system keeps no modes");
  if (wb_fd_write_all (fd, text->bytes, text->length))
    return TRUE;

  wb_error_set_from_errno (error, errno, _ ("The file cannot be written"));

  return FALSE;
}

/**
 * wb_new_file_write_text:
 * @path: a small file, without a symbolic link at its end
 * @text: all that it is to hold
 * @length: its length in bytes
 * @error: return location
 *
 * Replaces the file whole, or leaves it as it was. It is for its owner alone.
 *
 * Returns: %TRUE if it is on the disk, or %FALSE with an error of kind %WB_ERROR_KIND_LOCAL_FILE
 */
gboolean
wb_new_file_write_text (const char *path,
                        const char *text,
                        gsize       length,
                        GError    **error)
{
  return wb_new_file_write (path, TRUE, write_text, &(Text){ text, length }, error);
}
