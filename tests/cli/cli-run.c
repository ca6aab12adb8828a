/* cli-run.c: runs the built waybill-cli, while the test's main context goes on
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-run.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

#include "own-folder.h"

/* One stream of the program's. */
typedef struct
{
  CliRun  *run;
  GString *text;
} Reader;

static void
new_session_cb (gpointer user_data)
{
  setsid ();
  /* As a shell does; GIO in the test ignores it. */
  signal (SIGPIPE, SIG_DFL);
  /* A test that fails takes the program with it. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (GPOINTER_TO_INT (user_data))
    ioctl (STDIN_FILENO, TIOCSCTTY, 0);
}

static gboolean
read_cb (int          fd,
         GIOCondition condition,
         gpointer     user_data)
{
  Reader *reader = user_data;
  char    bytes[4096];
  gssize  n = read (fd, bytes, sizeof bytes);

  if (n > 0)
    {
      g_string_append_len (reader->text, bytes, n);
      return G_SOURCE_CONTINUE;
    }
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;

  reader->run->n_open--;

  return G_SOURCE_REMOVE;
}

static void
follow (CliRun  *self,
        int      fd,
        GString *text)
{
  Reader *reader = g_new (Reader, 1);

  *reader = (Reader){ self, text };
  self->n_open++;
  g_unix_set_fd_nonblocking (fd, TRUE, NULL);
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, fd, G_IO_IN | G_IO_HUP | G_IO_ERR, read_cb, reader,
                      g_free);
}

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CliRun *self = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  self->status = g_subprocess_get_if_exited (self->process)
                   ? g_subprocess_get_exit_status (self->process)
                   : -1;
  self->n_open--;
}

static gboolean
readable_cb (GPollableInputStream *stream,
             gpointer              user_data)
{
  gboolean *readable = user_data;

  *readable = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * cli_start:
 * @folder: its current folder
 * @environment: (nullable): `NAME=VALUE`, beside the test's own
 * @arguments: what follows the program's name
 * @flags: how
 *
 * Returns: (transfer full): the running program
 */
CliRun *
cli_start (const char        *folder,
           const char *const *environment,
           const char *const *arguments,
           CliRunFlags        flags)
{
  gboolean         terminal = (flags & CLI_RUN_TERMINAL) != 0;
  CliRun          *self = g_new0 (CliRun, 1);
  int              slave = -1;
  int              ends[2];
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocessFlags process_flags = G_SUBPROCESS_FLAGS_NONE;
  GInputStream    *out; /* (unowned) (nullable) */

  self->folder = g_strdup (folder);
  self->out = g_string_new (NULL);
  self->err = g_string_new (NULL);
  self->terminal = -1;
  if (!terminal)
    process_flags |= G_SUBPROCESS_FLAGS_STDERR_PIPE;
  if (!(flags & (CLI_RUN_TERMINAL_OUTPUT | CLI_RUN_OUTPUT_FULL | CLI_RUN_OUTPUT_CLOSED)))
    process_flags |= G_SUBPROCESS_FLAGS_STDOUT_PIPE;

  launcher = g_subprocess_launcher_new (process_flags);
  g_subprocess_launcher_set_cwd (launcher, folder);
  for (guint i = 0; environment != NULL && environment[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (environment[i], "=", 2);

      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }
  if (terminal)
    {
      const struct winsize size = { .ws_row = 24, .ws_col = flags & CLI_RUN_NARROW ? 20 : 80 };

      g_assert_no_errno (openpty (&self->terminal, &slave, NULL, NULL, &size));
      fcntl (self->terminal, F_SETFD, FD_CLOEXEC);
      fcntl (slave, F_SETFD, FD_CLOEXEC);
      g_subprocess_launcher_take_stdin_fd (launcher, dup (slave));
      if (flags & CLI_RUN_TERMINAL_OUTPUT)
        g_subprocess_launcher_take_stdout_fd (launcher, dup (slave));
      g_subprocess_launcher_take_stderr_fd (launcher, slave);
    }
  if (flags & CLI_RUN_OUTPUT_FULL)
    g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  if (flags & CLI_RUN_OUTPUT_CLOSED)
    {
      g_unix_open_pipe (ends, FD_CLOEXEC, &error);
      g_assert_no_error (error);
      close (ends[0]);
      g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);
    }
  g_subprocess_launcher_set_child_setup (launcher, new_session_cb, GINT_TO_POINTER (terminal),
                                         NULL);

  g_ptr_array_add (argv, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata,
                                                &error);
  g_assert_no_error (error);
  /* With this its side of the terminal is closed here: once the program is gone, reading ends. */
  g_clear_object (&launcher);

  self->n_open++;
  g_subprocess_wait_async (self->process, NULL, exited_cb, self);
  out = g_subprocess_get_stdout_pipe (self->process);
  if (out != NULL && !(flags & CLI_RUN_OUTPUT_UNREAD))
    follow (self, g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (out)), self->out);
  if (terminal)
    follow (self, self->terminal, self->err);
  else
    follow (self,
            g_unix_input_stream_get_fd (
              G_UNIX_INPUT_STREAM (g_subprocess_get_stderr_pipe (self->process))),
            self->err);

  return self;
}

/**
 * cli_end:
 * @self: a program
 *
 * Runs the main context until the program has ended and all it wrote is read.
 */
void
cli_end (CliRun *self)
{
  while (self->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * cli_run_free:
 * @self: (transfer full): a program that has ended
 *
 * Frees what is known of it.
 */
void
cli_run_free (CliRun *self)
{
  g_assert_cmpuint (self->n_open, ==, 0);

  if (self->terminal >= 0)
    close (self->terminal);
  g_object_unref (self->process);
  g_string_free (self->out, TRUE);
  g_string_free (self->err, TRUE);
  g_free (self->folder);
  g_free (self);
}

/**
 * cli_run:
 * @folder: its current folder
 * @environment: (nullable): `NAME=VALUE`, beside the test's own
 * @arguments: what follows the program's name
 *
 * Returns: (transfer full): the program after its end
 */
CliRun *
cli_run (const char        *folder,
         const char *const *environment,
         const char *const *arguments)
{
  CliRun *self = cli_start (folder, environment, arguments, CLI_RUN_DEFAULT);

  cli_end (self);

  return self;
}

/**
 * cli_run_line:
 * @folder: its current folder
 * @status: how it must end
 * @arguments: what follows the program's name, with single spaces between
 *
 * Returns: (transfer full): the program after its end
 */
CliRun *
cli_run_line (const char *folder,
              int         status,
              const char *arguments)
{
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);
  CliRun *self = cli_run (folder, NULL, (const char *const *) words);

  if (self->status != status)
    g_test_message ("%s: %s%s", arguments, self->out->str, self->err->str);
  g_assert_cmpint (self->status, ==, status);

  return self;
}

/**
 * cli_await_output:
 * @self: a program whose standard output is unread
 *
 * Runs the main context until there is some.
 */
void
cli_await_output (CliRun *self)
{
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (
    G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (self->process)), NULL);
  gboolean readable = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), &readable, NULL);
  g_source_attach (source, NULL);
  while (!readable)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * cli_expect:
 * @self: a program with a terminal
 * @text: what it is to say
 *
 * Runs the main context until it stands on the terminal.
 */
void
cli_expect (CliRun     *self,
            const char *text)
{
  while (strstr (self->err->str, text) == NULL)
    {
      g_assert_cmpuint (self->n_open, >, 0);
      g_main_context_iteration (NULL, TRUE);
    }
}

/**
 * cli_type:
 * @self: a program with a terminal
 * @text: what a person types or pastes
 *
 * Runs the main context while the terminal has no room.
 */
void
cli_type (CliRun     *self,
          const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n = write (self->terminal, text, MIN (length, 512));

      if (n < 0)
        {
          g_assert_cmpint (errno, ==, EAGAIN);
          g_main_context_iteration (NULL, FALSE);
          continue;
        }
      text += n;
      length -= (gsize) n;
    }
}

/**
 * cli_echoes:
 * @self: a program with a terminal
 *
 * Returns: whether the terminal shows what is typed, line by line
 */
gboolean
cli_echoes (CliRun *self)
{
  struct termios state;

  g_assert_no_errno (tcgetattr (self->terminal, &state));

  return (state.c_lflag & ECHO) && (state.c_lflag & ICANON);
}

/**
 * cli_make_folder:
 *
 * Returns: (transfer full): a new empty folder
 */
char *
cli_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cli-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

/**
 * cli_remove_folder:
 * @folder: (transfer full): a folder with files in it
 *
 * Removes both.
 */
void
cli_remove_folder (char *folder)
{
  remove_folder (folder);
  g_free (folder);
}

/**
 * cli_skip_in_valgrind:
 * @reason: why a test cannot run in build-aux/memcheck
 *
 * Returns: %TRUE if it does, and now counts as skipped
 */
gboolean
cli_skip_in_valgrind (const char *reason)
{
  g_autofree char *message = g_strdup_printf ("in valgrind: %s", reason);

  if (g_getenv ("IN_VALGRIND") == NULL)
    return FALSE;

  g_test_skip (message);

  return TRUE;
}
