/* main.c: the window's program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>

#include "ui/application.h"

/* A crash must not leave secrets on the disk. */
static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (WbApplication) application = NULL;

  forbid_core_dumps ();
  /* libarchive converts the time of each entry. Where the zone is not named, the C library looks
   * for it on the disk each time, which takes as long as to unpack the entry. */
  g_setenv ("TZ", ":/etc/localtime", FALSE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = wb_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
