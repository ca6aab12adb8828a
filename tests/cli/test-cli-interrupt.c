/* test-cli-interrupt.c: the second Ctrl+C ends the program at once, whatever blocks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli-run.h"

/* A pipe that has no room left, so that a write to it blocks. */
static void
open_full_pipe (int ends[2])
{
  static const char zeros[4096];
  g_autoptr (GError) error = NULL;

  g_unix_open_pipe (ends, FD_CLOEXEC, &error);
  g_assert_no_error (error);
  g_unix_set_fd_nonblocking (ends[1], TRUE, NULL);
  while (write (ends[1], zeros, sizeof zeros) > 0)
    ;
  while (write (ends[1], zeros, 1) > 0)
    ;
  g_assert_cmpint (errno, ==, EAGAIN);
  g_unix_set_fd_nonblocking (ends[1], FALSE, NULL);
}

static void
wait_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  gboolean *ended = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *ended = TRUE;
}

/* The summary blocks the main thread, which so never hears of the first signal. */
static void
test_blocked (gconstpointer data)
{
  int              signum = GPOINTER_TO_INT (data);
  char            *folder = cli_make_folder ();
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);
  g_autofree char *path = g_build_filename (folder, "out.zip", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ended = FALSE;
  int      ends[2];

  if (cli_skip_in_valgrind (CLI_WRITE_IN_VALGRIND))
    {
      cli_remove_folder (folder);
      return;
    }

  open_full_pipe (ends);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "export", "--sample",
                                         "--workspace=default", "-o", "out.zip", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher);
  g_subprocess_wait_async (process, NULL, wait_cb, &ended);

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  g_subprocess_send_signal (process, signum);
  /* Two signals of a number that come at once are one. */
  while (!ended)
    {
      g_subprocess_send_signal (process, SIGINT);
      g_main_context_iteration (NULL, FALSE);
    }

  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  close (ends[0]);
  cli_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/cli/interrupt/ctrl-c", GINT_TO_POINTER (SIGINT), test_blocked);
  g_test_add_data_func ("/cli/interrupt/terminate", GINT_TO_POINTER (SIGTERM), test_blocked);
  g_test_add_data_func ("/cli/interrupt/hang-up", GINT_TO_POINTER (SIGHUP), test_blocked);

  return g_test_run ();
}
