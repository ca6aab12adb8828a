/* descriptor.c: names that stand for open files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/descriptor.h"

#include <string.h>

#include "core/absolute-path.h"

/* Longer chains are taken for files. */
#define MAX_LINKS 8

static int
parse (const char *path)
{
  static const char *const streams[] = { "/dev/stdin", "/dev/stdout", "/dev/stderr" };
  static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      if (g_str_equal (path, streams[i]))
        return (int) i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      guint64 fd;

      if (g_str_has_prefix (path, folders[i])
          && g_ascii_string_to_unsigned (path + strlen (folders[i]), 10, 0, G_MAXINT, &fd, NULL))
        return (int) fd;
    }

  return -1;
}

/**
 * wb_cli_descriptor_find:
 * @path: a file's name
 * @standard: the standard stream that `-` stands for
 *
 * Knows the names that the kernel and the shells give open files, as in `-o >(sha256sum)`, also
 * behind symbolic links.
 *
 * Returns: the open file that @path stands for, or -1
 */
int
wb_cli_descriptor_find (const char *path,
                        int         standard)
{
  g_autofree char *name = wb_absolute_path_new (path);
  int              fd = g_str_equal (path, "-") ? standard : parse (path);

  for (guint i = 0; i < MAX_LINKS && fd < 0; i++)
    {
      g_autofree char *target = g_file_read_link (name, NULL);
      g_autofree char *folder = g_path_get_dirname (name);

      if (target == NULL)
        break;
      g_free (name);
      name = g_canonicalize_filename (target, folder);
      fd = parse (name);
    }

  return fd;
}
