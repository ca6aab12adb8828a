/* spool-file.c: an own file without a name, for the bytes of a spool
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/error.h"

/* What is beside the file to save can become that file (save.c); elsewhere nothing of it may. */
#define CAN_HAVE_NAME 0
#define NEVER_HAS_NAME O_EXCL

/* O_TMPFILE where the file system knows it, else a name that is gone at once. The name is one that
 * a later save removes, should the program be killed in between. */
static int
open_in (const char *folder,
         int         flags)
{
  int              fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC | flags, 0600);
  g_autofree char *path = NULL;

  if (fd >= 0)
    return fd;

  path = g_build_filename (folder, ".spool.waybill-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (path);

  return fd;
}

static int
open_in_cache (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "waybill", NULL);

  return g_mkdir_with_parents (folder, 0700) == 0 ? open_in (folder, NEVER_HAS_NAME) : -1;
}

/**
 * wb_spool_open_unnamed:
 * @folder: (nullable): where the bytes are to be saved later
 * @error: return location: of kind %WB_ERROR_KIND_LOCAL_FILE
 *
 * An own file that has no name: in @folder, else in `$TMPDIR`, in the cache folder or in `/tmp`. A
 * user without a home on a disk that cannot be written still has memory.
 *
 * Returns: (transfer full): the file, open for reading and writing, or -1
 */
int
wb_spool_open_unnamed (const char *folder,
                       GError    **error)
{
  const char *temporary = g_getenv ("TMPDIR");
  int         fd = folder != NULL ? open_in (folder, CAN_HAVE_NAME) : -1;

  if (fd < 0 && temporary != NULL && g_path_is_absolute (temporary))
    fd = open_in (temporary, NEVER_HAS_NAME);
  if (fd < 0)
    fd = open_in_cache ();
  if (fd < 0)
    fd = open_in ("/tmp", NEVER_HAS_NAME);
  if (fd < 0)
    fd = memfd_create ("waybill-spool", MFD_CLOEXEC);
  if (fd < 0)
    wb_error_set_from_errno (error, errno, _ ("No temporary file can be created"));

  return fd;
}

/**
 * wb_spool_set_write_error:
 * @fd: a file of wb_spool_open_unnamed()
 * @saved_errno: what a write to it left in `errno`
 * @error: return location: of kind %WB_ERROR_KIND_LOCAL_FILE
 *
 * Distinguishes a lack of space, which a person can mend, from a broken disk.
 */
void
wb_spool_set_write_error (int      fd,
                          int      saved_errno,
                          GError **error)
{
  g_autofree char *descriptor = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (descriptor, NULL);
  gboolean         on_disk = path != NULL && !g_str_has_prefix (path, "/memfd:");
  g_autofree char *folder = on_disk ? g_path_get_dirname (path) : g_strdup (_ ("memory"));
  g_autofree char *shown = g_filename_display_name (folder);

  if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
    /* Translators: a folder's path, or “memory”; the system's reason follows. */
    wb_error_set_from_errno (error, saved_errno, _ ("The data does not fit into “%s”"), shown);
  else
    /* Translators: a folder's path, or “memory”; the system's reason follows. */
    wb_error_set_from_errno (error, saved_errno, _ ("The data cannot be written into “%s”"),
                             shown);
}
