/* remove-folder.c: what a test leaves of a folder of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "remove-folder.h"

#include <glib/gstdio.h>

void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}
