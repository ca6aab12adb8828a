/* test-withdrawn.c: services that have withdrawn their export are remembered
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/withdrawn.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define ONE "https://dayu-dlf.eu-de.otc.t-systems.com"
#define OTHER "https://dayu;dlf.example.com:8443"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "waybill", "services.ini", NULL);
}

static void
test_remember (void)
{
  g_autofree char *path = dup_path ();

  g_remove (path);
  g_assert_false (wb_withdrawn_is_known (ONE));

  /* What is as it was writes no file. */
  wb_withdrawn_remember (ONE, FALSE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  wb_withdrawn_remember (ONE, TRUE);
  wb_withdrawn_remember (ONE, TRUE);
  wb_withdrawn_remember (OTHER, TRUE);
  g_assert_true (wb_withdrawn_is_known (ONE));
  g_assert_true (wb_withdrawn_is_known (OTHER));
  g_assert_false (wb_withdrawn_is_known ("https://dayu-dlf.eu-nl.otc.t-systems.com"));

  wb_withdrawn_remember (ONE, FALSE);
  g_assert_false (wb_withdrawn_is_known (ONE));
  g_assert_true (wb_withdrawn_is_known (OTHER));
}

static void
test_damaged (void)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "\377 no key file", -1, &error);
  g_assert_no_error (error);
  g_assert_false (wb_withdrawn_is_known (ONE));
  wb_withdrawn_remember (ONE, TRUE);
  g_assert_true (wb_withdrawn_is_known (ONE));
  g_remove (path);
}

/* Where nothing can be written, nothing is said. */
static void
test_no_folder (void)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_remove (path);
  g_assert_no_errno (g_mkdir_with_parents (path, 0700));
  wb_withdrawn_remember (ONE, TRUE);
  g_assert_false (wb_withdrawn_is_known (ONE));
  g_assert_no_errno (g_rmdir (path));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/withdrawn/remember", test_remember);
  g_test_add_func ("/withdrawn/damaged", test_damaged);
  g_test_add_func ("/withdrawn/no-folder", test_no_folder);

  return g_test_run ();
}
