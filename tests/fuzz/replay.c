/* replay.c: runs a fuzz target once for each file of its corpus, as a plain test
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

/* replay FOLDER */
int
main (int    argc,
      char **argv)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint       n = 0;

  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_print ("# %s\n", name);
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  LLVMFuzzerTestOneInput ((const uint8_t *) "", 0);

  g_print ("ok 1 - %u inputs\n1..1\n", n);

  return 0;
}
