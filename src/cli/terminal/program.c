/* program.c: where the two programs of the command line are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/program.h"

/**
 * wb_cli_find_program:
 * @name: one of them
 * @folder: where it is installed
 *
 * Returns: (transfer full): its path: beside the program that runs, as where they were built, or in
 *   the folder
 */
char *
wb_cli_find_program (const char *name,
                     const char *folder)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = NULL;
  g_autofree char *beside = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  if (self != NULL)
    {
      own_folder = g_path_get_dirname (self);
      beside = g_build_filename (own_folder, name, NULL);
      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&beside);
    }

  return g_build_filename (folder, name, NULL);
}
