/* service-main.c: the start of waybill-cli-service, which waybill-cli becomes for some commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/start.h"
#include "core/core-dumps.h"

#define OWN(name, summary, run)
#define SERVICE(name, summary, run) { name, run },

/* waybill-cli has let no other command through, and has their summaries. */
static const struct
{
  const char *name;
  WbCliStatus (*run) (char        **args,
                      WbCliSecrets *secrets);
} commands[] = { WB_CLI_COMMANDS (OWN, SERVICE) };

int
main (int   argc,
      char *argv[])
{
  g_autoptr (WbCliSecrets) secrets = NULL;
  gboolean    help = argc > 2 && g_strcmp0 (argv[1], "help") == 0;
  const char *name = argc > 1 ? argv[help ? 2 : 1] : NULL;
  char       *asked[] = { (char *) name, (char *) "--help", NULL };

  wb_core_dumps_forbid ();
  secrets = wb_cli_start ();
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (name, commands[i].name) == 0)
        return commands[i].run (help ? asked : argv + 1, secrets);
    }

  return WB_CLI_USAGE;
}
