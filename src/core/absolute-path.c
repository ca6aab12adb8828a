/* absolute-path.c: a path that leads to the same file from any folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/absolute-path.h"

#include <stdlib.h>
#include <unistd.h>

/**
 * wb_absolute_path_new:
 * @path: a path, absolute or from the current folder
 *
 * In place of a current folder that was removed, GLib takes the root, where the path would lead to
 * another file.
 *
 * Returns: (transfer full): the path as an absolute one, without dots; or as it is, if there is no
 *   current folder, so that it leads nowhere
 */
char *
wb_absolute_path_new (const char *path)
{
  char    *current;
  gboolean is_gone;

  g_return_val_if_fail (path != NULL, NULL);

  current = getcwd (NULL, 0);
  is_gone = current == NULL && !g_path_is_absolute (path);
  free (current);

  return is_gone ? g_strdup (path) : g_canonicalize_filename (path, NULL);
}
