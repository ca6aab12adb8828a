/* fd.c: all of what a file descriptor is to take or give
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/**
 * wb_fd_open_file:
 * @path: (type filename): a file on this computer
 * @info: (out caller-allocates): what it is
 *
 * Opens a regular file for reading.
 *
 * Returns: a file descriptor to close, or -1; errno is %EISDIR for a folder, a pipe or a device
 */
int
wb_fd_open_file (const char  *path,
                 struct stat *info)
{
  int fd;
  int saved_errno;

  /* Non-blocking, or a pipe without a writer would hang us before fstat() says what it is. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return -1;

  saved_errno = fstat (fd, info) != 0 ? errno : S_ISREG (info->st_mode) ? 0
                                                                        : EISDIR;
  if (saved_errno == 0)
    return fd;

  close (fd);
  errno = saved_errno;

  return -1;
}

gboolean
wb_fd_write_all (int           fd,
                 gconstpointer bytes,
                 gsize         length)
{
  const guint8 *p = bytes;

  while (length > 0)
    {
      gssize n = write (fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      p += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/**
 * wb_fd_read_at:
 * @fd: a file; its own position is neither used nor changed
 * @buffer: (out caller-allocates): @length bytes
 * @length: how many bytes
 * @offset: from where
 *
 * Returns: how many bytes were there, fewer than @length only at the file's end; -1 on failure
 */
gssize
wb_fd_read_at (int      fd,
               gpointer buffer,
               gsize    length,
               guint64  offset)
{
  guint8 *p = buffer;
  gsize   done = 0;

  while (done < length)
    {
      gssize n = pread (fd, p + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

/**
 * wb_fd_read_capped:
 * @fd: a file
 * @max_bytes: how long it may be
 * @length: (out): how many bytes were read; more than @max_bytes if the file is longer
 *
 * Returns: (transfer full) (nullable): the file's bytes, and a NUL byte behind them
 */
char *
wb_fd_read_capped (int    fd,
                   gsize  max_bytes,
                   gsize *length)
{
  char  *bytes = g_malloc (max_bytes + 2);
  gssize n = wb_fd_read_at (fd, bytes, max_bytes + 1, 0);

  if (n < 0)
    {
      int saved_errno = errno;

      g_free (bytes);
      errno = saved_errno;
      return NULL;
    }

  bytes[n] = '\0';
  *length = (gsize) n;

  return bytes;
}
