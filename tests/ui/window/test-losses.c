/* test-losses.c: the display, the bus or the session goes away in the middle of an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <gdk/x11/gdkx.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "fault-server.h"

/* The part of the program that is in the middle of an export. */
static WbWindow *
begin_export (FaultServer *server)
{
  const char      *reply = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nPK";
  g_autofree char *url = fault_server_dup_url (server);
  WbAccount       *account = ui_add_account (url, TRUE);
  WbWindow        *window = ui_open_window ();

  ui_sign_in (account);
  fault_server_add (server, reply, (gssize) strlen (reply), FAULT_HOLD);
  wb_window_export (window);
  ui_wait_until (ui_find (window, GTK_TYPE_LABEL, "Receiving…") != NULL);

  return window;
}

/* As if the screen's server had ended: the window cannot go on. */
static void
test_display_in_process (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);

  begin_export (server);
  shutdown (ConnectionNumber (gdk_x11_display_get_xdisplay (gdk_display_get_default ())),
            SHUT_RDWR);
  ui_wait_until (FALSE);
}

/* As if the bus had ended: the export goes on, and what is there can still be saved. */
static void
test_bus_in_process (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  GIOStream *stream = g_dbus_connection_get_stream (bus);
  WbWindow  *window = begin_export (server);

  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), TRUE, TRUE,
                     NULL);
  ui_wait_until (g_dbus_connection_is_closed (bus));
  ui_wait_for_frames (window, 2);
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  ui_activate (window, "win.cancel");
  ui_wait_until (!ui_is_enabled (window, "cancel"));
  ui_close_window (window);
}

/* At a log-out. */
static void
test_terminated_in_process (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);

  begin_export (server);
  raise (SIGTERM);
}

/* Stopped as for a suspend, and then on as before. */
static void
test_stopped_in_process (void)
{
  g_autoptr (FaultServer) server = fault_server_new (NULL);
  WbWindow *window = begin_export (server);

  raise (SIGSTOP);
  ui_wait_for_frames (window, 2);
  g_assert_cmpstr (wb_window_get_page (window), ==, "exporting");
  ui_activate (window, "win.cancel");
  ui_wait_until (!ui_is_enabled (window, "cancel"));
  ui_close_window (window);
}

static void
assert_nothing_left (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      g_assert_false (g_str_has_suffix (name, ".zip"));
      g_assert_null (strstr (name, ".spool."));
      g_assert_null (strstr (name, ".waybill-"));
      if (g_file_test (below, G_FILE_TEST_IS_DIR) && !g_file_test (below, G_FILE_TEST_IS_SYMLINK))
        assert_nothing_left (below);
    }
}

/* Runs a test of this program in a process of its own, to its end. */
static GSubprocess *
run (const char *path)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  int          status;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  process = g_subprocess_launcher_spawn (launcher, &error, self, "--GTestSubprocess", "-p", path,
                                         NULL);
  g_assert_no_error (error);
  if (g_str_has_suffix (path, "stopped"))
    {
      pid_t pid = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (process), NULL, 10);

      while (waitid (P_PID, (id_t) pid, &(siginfo_t){ 0 }, WSTOPPED | WNOWAIT) != 0)
        ;
      kill (pid, SIGCONT);
    }
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  status = g_subprocess_get_status (process);
  g_test_message ("%s: %x", path, (guint) status);
  assert_nothing_left (g_get_home_dir ());

  return process;
}

static void
test_display (void)
{
  g_autoptr (GSubprocess) process = run ("/losses/subprocess/display");

  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

static void
test_bus (void)
{
  g_autoptr (GSubprocess) process = run ("/losses/subprocess/bus");

  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
test_terminated (void)
{
  g_autoptr (GSubprocess) process = run ("/losses/subprocess/terminated");

  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGTERM);
}

static void
test_stopped (void)
{
  g_autoptr (GSubprocess) process = run ("/losses/subprocess/stopped");

  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  gboolean is_subprocess = FALSE;

  for (int i = 1; i < argc; i++)
    is_subprocess = is_subprocess || g_str_equal (argv[i], "--GTestSubprocess");
  /* Two of them on one bus would be one program. */
  if (is_subprocess)
    ui_test_init (&argc, &argv);
  else
    g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/losses/display", test_display);
  g_test_add_func ("/losses/bus", test_bus);
  g_test_add_func ("/losses/terminated", test_terminated);
  g_test_add_func ("/losses/stopped", test_stopped);
  g_test_add_func ("/losses/subprocess/display", test_display_in_process);
  g_test_add_func ("/losses/subprocess/bus", test_bus_in_process);
  g_test_add_func ("/losses/subprocess/terminated", test_terminated_in_process);
  g_test_add_func ("/losses/subprocess/stopped", test_stopped_in_process);

  return g_test_run ();
}
