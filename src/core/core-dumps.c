/* core-dumps.c: a crash leaves no secret on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/core-dumps.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/**
 * wb_core_dumps_forbid:
 *
 * To be called first in main(). The kernel does not keep to the limit where it hands a dump to a
 * program, such as systemd-coredump or apport: the dump it gets contains none of our memory
 * (core(5), "Controlling which mappings are written to the core dump").
 *
 * The process stays dumpable otherwise: xdg-desktop-portal refuses one that is not.
 */
void
wb_core_dumps_forbid (void)
{
  const struct rlimit none = { 0, 0 };
  int                 fd;

  setrlimit (RLIMIT_CORE, &none);

  fd = open ("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    return;
  if (write (fd, "0", 1) != 1)
    g_debug ("What a core dump may hold could not be limited");
  close (fd);
}
