/* interrupt.c: what Ctrl+C and a request to end do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/interrupt.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "cli/terminal/output.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

/* nohup asks to go on when the terminal goes away. */
static gboolean
is_wanted (int signum)
{
  struct sigaction action;

  return signum != SIGHUP
         || (sigaction (signum, NULL, &action) == 0 && action.sa_handler != SIG_IGN);
}

/* What a signal handler may look at. */
static volatile sig_atomic_t was_interrupted;
static volatile sig_atomic_t terminal_is_changed;
static int                   wake_fd = -1;
static int                   terminal_fd;
static struct termios        terminal_before;

static void
exit_cb (int signum)
{
  if (terminal_is_changed)
    tcsetattr (terminal_fd, TCSANOW, &terminal_before);
  _exit (WB_CLI_INTERRUPTED);
}

/* The main context may be blocked, so the second signal does not go through it. */
static void
signal_cb (int signum)
{
  const uint64_t one = 1;
  int            saved_errno = errno;

  if (was_interrupted)
    exit_cb (signum);
  was_interrupted = TRUE;
  if (write (wake_fd, &one, sizeof one) != sizeof one)
    exit_cb (signum);
  errno = saved_errno;
}

static gboolean
cancel_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
handle (void (*handler) (int))
{
  const struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      if (is_wanted (signals[i]))
        sigaction (signals[i], &action, NULL);
    }
}

/**
 * wb_cli_interrupt_new:
 *
 * From now on the first SIGINT, SIGTERM or SIGHUP does not end the process: it cancels, and whoever
 * is at work cleans up behind itself. That needs the main context to run. The second one ends the
 * process at once. To be called once.
 *
 * Returns: (transfer full): what is cancelled
 */
GCancellable *
wb_cli_interrupt_new (void)
{
  GCancellable *cancellable = g_cancellable_new ();

  wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_fd < 0)
    {
      wb_cli_interrupt_exit ();
      return cancellable;
    }

  g_unix_fd_add_full (G_PRIORITY_HIGH, wake_fd, G_IO_IN, cancel_cb, g_object_ref (cancellable),
                      g_object_unref);
  handle (signal_cb);

  return cancellable;
}

/**
 * wb_cli_interrupt_set_terminal:
 * @fd: a terminal that is about to be changed
 * @before: (nullable): how it was before, or %NULL when it is so again
 *
 * Makes sure that a process that ends at once leaves the terminal as it found it.
 */
void
wb_cli_interrupt_set_terminal (int                   fd,
                               const struct termios *before)
{
  terminal_is_changed = FALSE;
  if (before == NULL)
    return;

  terminal_fd = fd;
  terminal_before = *before;
  terminal_is_changed = TRUE;
}

/**
 * wb_cli_interrupt_exit:
 *
 * From now on they end the process at once, with the exit status for it: for a command that
 * leaves nothing behind.
 */
void
wb_cli_interrupt_exit (void)
{
  handle (exit_cb);
}
