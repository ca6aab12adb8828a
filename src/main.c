/* main.c: the window's program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "core/core-dumps.h"
#include "core/service/http/proxy-resolver.h"
#include "ui/application.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (WbApplication) application = NULL;
  g_auto (GStrv) ignored = NULL;

  wb_core_dumps_forbid ();
  /* libarchive converts the time of each entry. Where the zone is not named, the C library looks
   * for it on the disk each time, which takes as long as to unpack the entry. */
  g_setenv ("TZ", ":/etc/localtime", FALSE);
  ignored = wb_proxy_environment_clean ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  for (guint i = 0; ignored[i] != NULL; i++)
    /* Translators: the name of an environment variable, such as https_proxy. */
    g_message (_ ("The variable %s is ignored: its value is not the address of a proxy."),
               ignored[i]);

  application = wb_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
