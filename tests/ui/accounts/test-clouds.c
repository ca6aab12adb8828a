/* test-clouds.c: a person's own clouds that cannot be understood
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* The program starts all the same, with the clouds it knows, and says so once. */
static void
test_broken (void)
{
  WbApplication *program = ui_test_get_program ();
  WbWindow      *window;

  g_assert_cmpuint (wb_clouds_get_n (wb_context_get_clouds (ui_test_get_context ())), ==, 4);
  g_application_activate (G_APPLICATION (program));
  window = WB_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (program)));
  for (;;)
    {
      g_autofree char *texts = ui_dup_texts (window, FALSE);

      if (strstr (texts, "clouds.json”. clouds[0]: “<b>” is not a known") != NULL)
        break;
      g_main_context_iteration (NULL, TRUE);
    }

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = wb_clouds_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"clouds\": [{\"<b>\": 1}]}", -1, NULL));
  ui_test_init (&argc, &argv);

  g_test_add_func ("/clouds/broken", test_broken);

  return g_test_run ();
}
