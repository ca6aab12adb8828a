/* interrupt.c: what Ctrl+C and a request to end do
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/terminal/interrupt.h"

#include <glib-unix.h>
#include <signal.h>
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

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE;
}

static void
exit_cb (int signum)
{
  _exit (WB_CLI_INTERRUPTED);
}

/**
 * wb_cli_interrupt_new:
 *
 * From now on SIGINT, SIGTERM and SIGHUP do not end the process: they cancel, and whoever is at
 * work cleans up behind itself. Needs the main context to run.
 *
 * Returns: (transfer full): what they cancel
 */
GCancellable *
wb_cli_interrupt_new (void)
{
  GCancellable *cancellable = g_cancellable_new ();

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      if (is_wanted (signals[i]))
        g_unix_signal_add_full (G_PRIORITY_HIGH, signals[i], cancel_cb,
                                g_object_ref (cancellable), g_object_unref);
    }

  return cancellable;
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
  const struct sigaction action = { .sa_handler = exit_cb };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      if (is_wanted (signals[i]))
        sigaction (signals[i], &action, NULL);
    }
}
