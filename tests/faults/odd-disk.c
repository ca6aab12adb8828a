/* odd-disk.c: a file system that shows a folder under the rules of another, or of none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define FUSE_USE_VERSION 35
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* odd-disk FOLDER MOUNT-POINT [RULE=ERRNO]…: stays until it is unmounted. What a rule names fails
 * with that number:
 *
 * link, chmod, fsync, close, read, unlink, rename
 * replace: a rename over a file that is there
 * replace-open: one of a file, or over one, that somebody has open
 * noreplace: a rename that is to fail if there is a file
 * full: a write beyond FULL_BYTES
 *
 * There are no unnamed files, as libfuse 3.14 cannot make them. */

#define FULL_BYTES (200 * 1024)
#define MAX_OPEN 256

static const char *folder;
static char      **rules;
static int         n_rules;

/* Who has what open, by inode; there is one thread. */
static ino_t open_files[MAX_OPEN];

static int
get_rule (const char *name)
{
  size_t length = strlen (name);

  for (int i = 0; i < n_rules; i++)
    {
      if (strncmp (rules[i], name, length) == 0 && rules[i][length] == '=')
        return atoi (rules[i] + length + 1);
    }

  return 0;
}

static const char *
full_path (const char *path,
           char       *buffer)
{
  snprintf (buffer, PATH_MAX, "%s%s", folder, path);

  return buffer;
}

#define FULL(path) full_path (path, (char[PATH_MAX]){ 0 })
#define RESULT(call) ((call) < 0 ? -errno : 0)

static int
is_open (const char *path)
{
  struct stat st;

  if (lstat (FULL (path), &st) != 0)
    return 0;
  for (int i = 0; i < MAX_OPEN; i++)
    {
      if (open_files[i] == st.st_ino)
        return 1;
    }

  return 0;
}

static void
note_open (int   fd,
           ino_t from,
           ino_t to)
{
  struct stat st;

  if (to != 0 && fstat (fd, &st) == 0)
    to = st.st_ino;
  if (from != 0 && fstat (fd, &st) == 0)
    from = st.st_ino;
  for (int i = 0; i < MAX_OPEN; i++)
    {
      if (open_files[i] == from)
        {
          open_files[i] = to;
          return;
        }
    }
}

static int
odd_getattr (const char            *path,
             struct stat           *st,
             struct fuse_file_info *info)
{
  return info != NULL ? RESULT (fstat ((int) info->fh, st)) : RESULT (lstat (FULL (path), st));
}

static int
odd_readdir (const char             *path,
             void                   *buffer,
             fuse_fill_dir_t         fill,
             off_t                   offset,
             struct fuse_file_info  *info,
             enum fuse_readdir_flags flags)
{
  DIR           *dir = opendir (FULL (path));
  struct dirent *entry;

  (void) offset;
  (void) info;
  (void) flags;
  if (dir == NULL)
    return -errno;
  while ((entry = readdir (dir)) != NULL)
    fill (buffer, entry->d_name, NULL, 0, 0);
  closedir (dir);

  return 0;
}

static int
take_fd (int                    fd,
         struct fuse_file_info *info)
{
  if (fd < 0)
    return -errno;
  note_open (fd, 0, 1);
  info->fh = (uint64_t) fd;

  return 0;
}

static int
odd_open (const char            *path,
          struct fuse_file_info *info)
{
  return take_fd (open (FULL (path), info->flags | O_CLOEXEC), info);
}

static int
odd_create (const char            *path,
            mode_t                 mode,
            struct fuse_file_info *info)
{
  return take_fd (open (FULL (path), info->flags | O_CLOEXEC, mode), info);
}

static int
odd_release (const char            *path,
             struct fuse_file_info *info)
{
  (void) path;
  note_open ((int) info->fh, 1, 0);
  close ((int) info->fh);

  return 0;
}

static int
odd_read (const char            *path,
          char                  *bytes,
          size_t                 length,
          off_t                  offset,
          struct fuse_file_info *info)
{
  ssize_t n;

  (void) path;
  if (get_rule ("read") != 0)
    return -get_rule ("read");
  n = pread ((int) info->fh, bytes, length, offset);

  return n < 0 ? -errno : (int) n;
}

static int
odd_write (const char            *path,
           const char            *bytes,
           size_t                 length,
           off_t                  offset,
           struct fuse_file_info *info)
{
  ssize_t n;

  (void) path;
  if (get_rule ("full") != 0 && offset + (off_t) length > FULL_BYTES)
    return -get_rule ("full");
  n = pwrite ((int) info->fh, bytes, length, offset);

  return n < 0 ? -errno : (int) n;
}

/* close() returns what this does; nobody minds where a file was only read. */
static int
odd_flush (const char            *path,
           struct fuse_file_info *info)
{
  (void) path;
  (void) info;

  return -get_rule ("close");
}

static int
odd_fsync (const char            *path,
           int                    data_only,
           struct fuse_file_info *info)
{
  (void) path;
  (void) data_only;
  (void) info;

  return -get_rule ("fsync");
}

static int
odd_rename (const char  *from,
            const char  *to,
            unsigned int flags)
{
  int exists = access (FULL (to), F_OK) == 0;

  if (flags != 0 && get_rule ("noreplace") != 0)
    return -get_rule ("noreplace");
  if (get_rule ("rename") != 0)
    return -get_rule ("rename");
  if (exists && get_rule ("replace") != 0)
    return -get_rule ("replace");
  if (get_rule ("replace-open") != 0 && (is_open (from) || is_open (to)))
    return -get_rule ("replace-open");

  return RESULT (renameat2 (AT_FDCWD, FULL (from), AT_FDCWD, FULL (to), flags));
}

static int
odd_link (const char *from,
          const char *to)
{
  return get_rule ("link") != 0 ? -get_rule ("link") : RESULT (link (FULL (from), FULL (to)));
}

static int
odd_unlink (const char *path)
{
  return get_rule ("unlink") != 0 ? -get_rule ("unlink") : RESULT (unlink (FULL (path)));
}

static int
odd_chmod (const char            *path,
           mode_t                 mode,
           struct fuse_file_info *info)
{
  (void) info;

  return get_rule ("chmod") != 0 ? -get_rule ("chmod") : RESULT (chmod (FULL (path), mode));
}

static int
odd_truncate (const char            *path,
              off_t                  length,
              struct fuse_file_info *info)
{
  (void) info;

  return RESULT (truncate (FULL (path), length));
}

static int
odd_utimens (const char            *path,
             const struct timespec  times[2],
             struct fuse_file_info *info)
{
  (void) info;

  return RESULT (utimensat (AT_FDCWD, FULL (path), times, AT_SYMLINK_NOFOLLOW));
}

static int
odd_mkdir (const char *path,
           mode_t      mode)
{
  return RESULT (mkdir (FULL (path), mode));
}

static int
odd_rmdir (const char *path)
{
  return RESULT (rmdir (FULL (path)));
}

static int
odd_statfs (const char     *path,
            struct statvfs *st)
{
  return RESULT (statvfs (FULL (path), st));
}

/* Nothing is kept in the kernel: each call is to arrive here. Whoever started this hears of the
 * first. */
static void *
odd_init (struct fuse_conn_info *connection,
          struct fuse_config    *config)
{
  (void) connection;
  config->attr_timeout = 0;
  config->entry_timeout = 0;
  config->negative_timeout = 0;
  config->hard_remove = 1;
  puts ("mounted");
  fflush (stdout);

  return NULL;
}

static const struct fuse_operations operations = {
  .init = odd_init,
  .getattr = odd_getattr,
  .readdir = odd_readdir,
  .open = odd_open,
  .create = odd_create,
  .release = odd_release,
  .read = odd_read,
  .write = odd_write,
  .flush = odd_flush,
  .fsync = odd_fsync,
  .rename = odd_rename,
  .link = odd_link,
  .unlink = odd_unlink,
  .chmod = odd_chmod,
  .truncate = odd_truncate,
  .utimens = odd_utimens,
  .mkdir = odd_mkdir,
  .rmdir = odd_rmdir,
  .statfs = odd_statfs,
};

int
main (int   argc,
      char *argv[])
{
  char  foreground[] = "-f";
  char  one_thread[] = "-s";
  char *arguments[] = { argv[0], foreground, one_thread, argc > 2 ? argv[2] : NULL, NULL };

  if (argc < 3)
    return 2;

  folder = argv[1];
  rules = argv + 3;
  n_rules = argc - 3;

  return fuse_main (4, arguments, &operations, NULL);
}
