/* start.c: how both programs of the command line begin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/start.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli/terminal/libraries.h"

/* If a standard stream is closed, the next file that is opened takes its number, and messages
 * are written into that file. The stand-in fails when it is used in the usual direction. */
static void
fill_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
        open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/**
 * wb_cli_start:
 *
 * To be called before there are threads, and once there may be no core dumps.
 *
 * Returns: (transfer full): the secrets that were in the environment
 */
WbCliSecrets *
wb_cli_start (void)
{
  WbCliSecrets *secrets;

  /* libarchive converts the time of each entry. Where the zone is not named, the C library looks
   * for it on the disk each time, which takes as long as to unpack the entry. */
  g_setenv ("TZ", ":/etc/localtime", FALSE);
  fill_standard_streams ();
  secrets = wb_cli_secrets_take ();
  wb_cli_libraries_quieten ();
  /* A reader that closes the pipe, or a file that may not grow, is an ordinary write error. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("waybill-cli");

  return secrets;
}
