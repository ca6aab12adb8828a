/* folder-lock.c: one run at a time in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/folder-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/error.h"
#include "core/text.h"

/**
 * wb_folder_lock:
 * @folder: a folder
 * @fd: (out): a descriptor to close when the run is over; the end of the process does it as well
 * @error: return location: %WB_ERROR_LOCAL_FILE
 *
 * An advisory lock on the folder itself, so that nothing is left behind. Some network file systems
 * cannot lock a folder: there, two runs are not kept apart.
 *
 * Returns: %FALSE if another run is at work there, or the folder cannot be opened
 */
gboolean
wb_folder_lock (const char *folder,
                int        *fd,
                GError    **error)
{
  g_autofree char *shown = wb_text_escape (folder, -1);

  *fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (*fd < 0)
    {
      /* Translators: a folder; the system's reason follows. */
      wb_error_set_from_errno (error, errno, _ ("The folder “%s” cannot be opened"), shown);
      return FALSE;
    }
  if (flock (*fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return TRUE;

  close (*fd);
  *fd = -1;
  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
               /* Translators: a folder. */
               _ ("Another run of Waybill is saving into “%s”. Wait until it is done, or give "
                  "another folder."),
               shown);

  return FALSE;
}
