/* test-cli-sample-service.c: what `waybill-cli sample-service` prints can be pasted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-run.h"
#include "core/archive/zip/zip-index.h"
#include "core/spool.h"

static const char *const arguments[] = { "sample-service", NULL };

static void
test_commands (void)
{
  char            *folder = cli_make_folder ();
  g_autofree char *file = g_build_filename (folder, "DLF_All_DataConnections.zip", NULL);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);
  g_autofree char *bin = g_path_get_dirname (program);
  g_autofree char *path = g_strconcat (bin, ":", g_getenv ("PATH"), NULL);
  g_autoptr (CliRun) run = cli_start (folder, NULL, arguments, CLI_RUN_DEFAULT);
  g_auto (GStrv) lines = NULL;
  guint n_commands = 0;

  while (strstr (run->out->str, "other than") == NULL)
    g_main_context_iteration (NULL, TRUE);

  lines = g_strsplit (run->out->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      const char *const argv[] = { "/bin/sh", "-c", lines[i], NULL };
      g_auto (GStrv) environment = NULL;

      if (!g_str_has_prefix (lines[i], "  WAYBILL_"))
        continue;

      n_commands++;
      environment = g_environ_setenv (g_get_environ (), "PATH", path, TRUE);
      g_spawn_sync (folder, (char **) argv, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                    NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      spool = wb_spool_open (file, &error);
      g_assert_no_error (error);
      index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                                 &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_zip_index_get_n (index), >, 0);
      g_assert_no_errno (g_remove (file));
    }
  g_assert_cmpuint (n_commands, ==, 2);

  /* Stopping it is how it ends when all is well. */
  g_subprocess_send_signal (run->process, SIGINT);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err->str, ==, "");
  cli_remove_folder (folder);
}

static void
test_port_taken (void)
{
  char *folder = cli_make_folder ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *port = NULL;
  g_autoptr (CliRun) run = NULL;

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &effective, &error);
  g_assert_no_error (error);
  port = g_strdup_printf ("%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));

  {
    const char *const on_port[] = { "sample-service", "--port", port, NULL };

    run = cli_run (folder, NULL, on_port);
  }
  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpstr (run->out->str, ==, "");
  g_assert_true (g_str_has_prefix (run->err->str, "waybill-cli: "));
  cli_remove_folder (folder);
}

/* Two runs share nothing that would let one sign in to the other. */
static void
test_new_secrets (void)
{
  char *folder = cli_make_folder ();
  g_autoptr (CliRun) one = cli_start (folder, NULL, arguments, CLI_RUN_DEFAULT);
  g_autoptr (CliRun) other = cli_start (folder, NULL, arguments, CLI_RUN_DEFAULT);
  g_auto (GStrv) words = NULL;
  guint n_secrets = 0;

  while (strstr (one->out->str, "other than") == NULL
         || strstr (other->out->str, "other than") == NULL)
    g_main_context_iteration (NULL, TRUE);

  words = g_strsplit_set (one->out->str, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "WAYBILL_"))
      {
        n_secrets++;
        g_assert_null (strstr (other->out->str, strchr (words[i], '=')));
      }
  g_assert_cmpuint (n_secrets, ==, 3);

  g_subprocess_send_signal (one->process, SIGTERM);
  g_subprocess_send_signal (other->process, SIGTERM);
  cli_end (one);
  cli_end (other);
  cli_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/sample-service/commands", test_commands);
  g_test_add_func ("/cli/sample-service/port-taken", test_port_taken);
  g_test_add_func ("/cli/sample-service/new-secrets", test_new_secrets);

  return g_test_run ();
}
