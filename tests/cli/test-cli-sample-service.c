/* test-cli-sample-service.c: what `waybill-cli sample-service` prints can be pasted
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "cli-run.h"
#include "core/archive/zip/zip-index.h"
#include "core/spool.h"

static const char *const arguments[] = { "sample-service", NULL };

/* PATH, with the built program on it. */
static char *
dup_path (void)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);
  g_autofree char *bin = g_path_get_dirname (program);

  return g_strconcat (bin, ":", g_getenv ("PATH"), NULL);
}

static void
test_commands (void)
{
  char            *folder = cli_make_folder ();
  g_autofree char *file = g_build_filename (folder, "DLF_All_DataConnections.zip", NULL);
  g_autofree char *path = dup_path ();
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

/* What is typed wrong is said, and no service starts. */
static void
test_usage (void)
{
  static const struct
  {
    const char *option;
    const char *value;
    const char *said;
  } cases[] = {
    { "--answer", "export", "“export” is not an answer" },
    { "--answer", "export=", "“export=” is not an answer" },
    { "--answer", "export=999", "“export=999” is not an answer" },
    { "--answer", "nothing=200", "“nothing=200” is not an answer" },
    { "--answer", "=", "“=” is not an answer" },
    { "--answer", "", "“” is not an answer" },
    { "--dialect", "kebab", "“kebab” is not a dialect" },
    { "--port", "65536", "65536" },
    { "--port", "x", "x" },
  };
  char *folder = cli_make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const typed[] = { "sample-service", cases[i].option, cases[i].value, NULL };
      g_autoptr (CliRun) run = cli_run (folder, NULL, typed);

      g_test_message ("%s %s: %s", cases[i].option, cases[i].value, run->err->str);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_cmpstr (run->out->str, ==, "");
      g_assert_nonnull (strstr (run->err->str, cases[i].said));
    }
  cli_remove_folder (folder);
}

/* An export that it refuses is refused; the other calls are as they were. */
static void
test_answers (void)
{
  static const char *const typed[] = {
    "sample-service", "--answer=export=410", "--answer=list=200", "--dialect=snake", NULL
  };
  char            *folder = cli_make_folder ();
  g_autofree char *path = dup_path ();
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "PATH", path, TRUE);
  g_autoptr (CliRun) run = cli_start (folder, NULL, typed, CLI_RUN_DEFAULT);
  g_auto (GStrv) lines = NULL;
  guint n_commands = 0;

  while (strstr (run->out->str, "other than") == NULL)
    g_main_context_iteration (NULL, TRUE);

  lines = g_strsplit (run->out->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      static const int statuses[] = { 5, 0 };

      for (guint j = 0; g_str_has_prefix (lines[i], "  WAYBILL_") && j < 2; j++)
        {
          const char       *more = j == 0 ? "" : " --source list -o a.zip --force";
          g_autofree char  *line = g_strconcat (lines[i], more, NULL);
          const char *const argv[] = { "/bin/sh", "-c", line, NULL };
          g_autoptr (GError) error = NULL;
          g_autofree char *said = NULL;
          int              status;

          n_commands++;
          g_spawn_sync (folder, (char **) argv, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                        NULL, NULL, &said, &status, &error);
          g_assert_no_error (error);
          g_test_message ("%s", said);
          g_assert_cmpint (WEXITSTATUS (status), ==, statuses[j]);
        }
    }
  g_assert_cmpuint (n_commands, ==, 4);

  g_subprocess_send_signal (run->process, SIGINT);
  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
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
  g_test_add_func ("/cli/sample-service/usage", test_usage);
  g_test_add_func ("/cli/sample-service/answers", test_answers);

  return g_test_run ();
}
