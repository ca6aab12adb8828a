/* fault-shim.c: one call of a program to the C library fails, or is its last
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* To be preloaded. The environment says what fails:
 *
 * FAULT_KIND: `files` (calls about files below FAULT_FOLDER), `threads` or `memory`
 * FAULT_AT: which of these calls, from 1
 * FAULT_ERRNO: how; 0 kills the program before the call
 * FAULT_HIT: a file that is made when it happens
 *
 * The functions are declared here alone: the C library's headers may make others of them. */

#define LARGE_BYTES (128 * 1024)

static const char *kind;
static const char *folder;
static long        fault_at;
static int         fault_errno;
static atomic_long n_calls;

__attribute__ ((constructor)) static void
read_environment (void)
{
  const char *at = getenv ("FAULT_AT");
  const char *number = getenv ("FAULT_ERRNO");

  kind = getenv ("FAULT_KIND");
  folder = getenv ("FAULT_FOLDER");
  fault_at = at != NULL ? atol (at) : 0;
  fault_errno = number != NULL ? atoi (number) : EIO;
}

static int
is_of (const char *wanted)
{
  return kind != NULL && fault_at > 0 && strcmp (kind, wanted) == 0;
}

/* Counts the call, and says whether it is the one. */
static int
fails (void)
{
  const char *hit;

  if (atomic_fetch_add (&n_calls, 1) + 1 != fault_at)
    return 0;
  hit = getenv ("FAULT_HIT");
  if (hit != NULL)
    syscall (SYS_close, syscall (SYS_openat, AT_FDCWD, hit, O_CREAT | O_WRONLY, 0600));
  if (fault_errno == 0)
    syscall (SYS_kill, getpid (), SIGKILL);
  errno = fault_errno;

  return 1;
}

static int
is_below_folder (int         fd,
                 const char *path)
{
  char link_path[64];
  char target[PATH_MAX];
  long length;

  if (folder == NULL)
    return 0;
  if (path != NULL && *path == '/')
    return strncmp (path, folder, strlen (folder)) == 0;
  if (fd == AT_FDCWD)
    length = syscall (SYS_getcwd, target, sizeof target - 1);
  else
    {
      snprintf (link_path, sizeof link_path, "/proc/self/fd/%d", fd);
      length = syscall (SYS_readlinkat, AT_FDCWD, link_path, target, sizeof target - 1);
    }
  if (length < 0)
    return 0;
  target[length] = '\0';

  return strncmp (target, folder, strlen (folder)) == 0;
}

static int
file_fails (int         fd,
            const char *path)
{
  return is_of ("files") && is_below_folder (fd, path) && fails ();
}

#define NEXT(name, type) ((type) dlsym (RTLD_NEXT, name))

static mode_t
take_mode (int     flags,
           va_list more)
{
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (more, mode_t) : 0;
}

#define OPEN(name)                                                   \
  int shim_##name (const char *path, int flags, ...) __asm__(#name); \
  int shim_##name (const char *path, int flags, ...)                 \
  {                                                                  \
    va_list more;                                                    \
    mode_t  mode;                                                    \
                                                                     \
    va_start (more, flags);                                          \
    mode = take_mode (flags, more);                                  \
    va_end (more);                                                   \
    if (file_fails (AT_FDCWD, path))                                 \
      return -1;                                                     \
                                                                     \
    return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);  \
  }
OPEN (open)
OPEN (open64)

#define OPENAT(name)                                                         \
  int shim_##name (int fd, const char *path, int flags, ...) __asm__(#name); \
  int shim_##name (int fd, const char *path, int flags, ...)                 \
  {                                                                          \
    va_list more;                                                            \
    mode_t  mode;                                                            \
                                                                             \
    va_start (more, flags);                                                  \
    mode = take_mode (flags, more);                                          \
    va_end (more);                                                           \
    if (file_fails (fd, path))                                               \
      return -1;                                                             \
                                                                             \
    return (int) syscall (SYS_openat, fd, path, flags, mode);                \
  }
OPENAT (openat)
OPENAT (openat64)

/* CALL (name, result, parameters, arguments, fd, path): one that GLib or we call by this name. */
#define CALL(name, result, parameters, arguments, fd_of, path_of) \
  result shim_##name parameters __asm__(#name);                   \
  result shim_##name parameters                                   \
  {                                                               \
    if (file_fails (fd_of, path_of))                              \
      return -1;                                                  \
                                                                  \
    return NEXT (#name, result (*) parameters) arguments;         \
  }
CALL (read, ssize_t, (int fd, void *bytes, size_t length), (fd, bytes, length), fd, NULL)
CALL (write, ssize_t, (int fd, const void *bytes, size_t length), (fd, bytes, length), fd, NULL)
CALL (pread64, ssize_t, (int fd, void *bytes, size_t length, long at), (fd, bytes, length, at), fd,
      NULL)
CALL (pwrite64, ssize_t, (int fd, const void *bytes, size_t length, long at),
      (fd, bytes, length, at), fd, NULL)
CALL (copy_file_range, ssize_t,
      (int fd, long *at, int to, long *to_at, size_t length, unsigned flags),
      (fd, at, to, to_at, length, flags), to, NULL)
CALL (sendfile64, ssize_t, (int to, int fd, long *at, size_t length), (to, fd, at, length), to,
      NULL)
CALL (fsync, int, (int fd), (fd), fd, NULL)
CALL (fdatasync, int, (int fd), (fd), fd, NULL)
CALL (fchmod, int, (int fd, mode_t mode), (fd, mode), fd, NULL)
CALL (fchown, int, (int fd, uid_t user, gid_t group), (fd, user, group), fd, NULL)
CALL (fsetxattr, int, (int fd, const char *name, const void *bytes, size_t length, int flags),
      (fd, name, bytes, length, flags), fd, NULL)
CALL (fremovexattr, int, (int fd, const char *name), (fd, name), fd, NULL)
CALL (ftruncate64, int, (int fd, long length), (fd, length), fd, NULL)
CALL (flock, int, (int fd, int operation), (fd, operation), fd, NULL)
CALL (rename, int, (const char *from, const char *to), (from, to), AT_FDCWD, to)
CALL (renameat2, int,
      (int from_fd, const char *from, int to_fd, const char *to, unsigned flags),
      (from_fd, from, to_fd, to, flags), to_fd, to)
CALL (link, int, (const char *from, const char *to), (from, to), AT_FDCWD, to)
CALL (linkat, int, (int from_fd, const char *from, int to_fd, const char *to, int flags),
      (from_fd, from, to_fd, to, flags), to_fd, to)
CALL (mkdir, int, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path)

int shim_pthread_create (pthread_t *, const pthread_attr_t *, void *(*) (void *),
                         void *) __asm__("pthread_create");

int
shim_pthread_create (pthread_t            *thread,
                     const pthread_attr_t *attributes,
                     void *(*start) (void *),
                     void *data)
{
  if (is_of ("threads") && fails ())
    return fault_errno;

  return NEXT ("pthread_create",
               int (*) (pthread_t *, const pthread_attr_t *, void *(*) (void *), void *)) (
    thread, attributes, start, data);
}

extern void *__libc_malloc (size_t);
extern void *__libc_calloc (size_t, size_t);
extern void *__libc_realloc (void *, size_t);

void *shim_malloc (size_t) __asm__("malloc");
void *shim_calloc (size_t, size_t) __asm__("calloc");
void *shim_realloc (void *, size_t) __asm__("realloc");

static int
memory_fails (size_t size)
{
  return size >= LARGE_BYTES && is_of ("memory") && fails ();
}

void *
shim_malloc (size_t size)
{
  return memory_fails (size) ? NULL : __libc_malloc (size);
}

void *
shim_calloc (size_t n,
             size_t size)
{
  return memory_fails (n * size) ? NULL : __libc_calloc (n, size);
}

void *
shim_realloc (void  *block,
              size_t size)
{
  return memory_fails (size) ? NULL : __libc_realloc (block, size);
}
