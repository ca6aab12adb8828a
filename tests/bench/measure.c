/* measure.c: runs a command, and says what it took
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* measure COMMAND…: its output is thrown away. Prints its seconds, its seconds of processors, its
 * peak memory in KiB and its exit status; descendants count.
 *
 * A new program inherits the peak memory of who started it, so this one is small: it uses no
 * library but C's. */

static double
get_seconds (const struct timespec *time)
{
  return (double) time->tv_sec + (double) time->tv_nsec / 1e9;
}

static double
to_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

int
main (int   argc,
      char *argv[])
{
  struct rusage   usage;
  struct timespec started;
  struct timespec ended;
  pid_t           pid;
  int             status = 0;

  if (argc < 2)
    return 2;

  clock_gettime (CLOCK_MONOTONIC, &started);
  pid = fork ();
  if (pid < 0)
    return 2;
  if (pid == 0)
    {
      dup2 (open ("/dev/null", O_RDWR), STDOUT_FILENO);
      execvp (argv[1], argv + 1);
      _exit (127);
    }
  if (wait4 (pid, &status, 0, &usage) < 0)
    return 2;
  clock_gettime (CLOCK_MONOTONIC, &ended);

  printf ("%.6f %.6f %ld %d\n",
          get_seconds (&ended) - get_seconds (&started),
          to_seconds (&usage.ru_utime) + to_seconds (&usage.ru_stime), usage.ru_maxrss,
          WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));

  return EXIT_SUCCESS;
}
