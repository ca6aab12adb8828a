/* test-cli-target.c: where `waybill-cli export` writes, and what it refuses to overwrite
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/archive/zip/zip-index.h"
#include "core/spool.h"
#include "own-folder.h"
#include "sample-fixture.h"
#include "scripted-service.h"
#include "zip-maker.h"

#define FILE_NAME "DLF_All_DataConnections.zip"

static void
write_file (SampleFixture *fixture,
            const char    *name,
            const char    *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_text (SampleFixture *fixture,
             const char    *name,
             const char    *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_standard_output (SampleFixture *fixture,
                      gconstpointer  data)
{
  const char *const more[] = { "-o", "-", "--workspace", fixture->workspace_id, NULL };
  g_autoptr (CliRun) run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service,
                                                           fixture->workspace_id);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpmem (run->out->str, run->out->len, g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
  g_assert_cmpstr (run->err->str, ==, "");
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Messages of the libraries are not among the bytes. */
static void
test_debug_messages (SampleFixture *fixture,
                     gconstpointer  data)
{
  const char *const more[] = { "-o", "-", "--workspace", fixture->workspace_id, NULL };
  g_autoptr (GBytes) expected = wb_sample_service_dup_zip (fixture->service,
                                                           fixture->workspace_id);
  g_autoptr (WbCredentials) credentials = wb_sample_service_dup_credentials (fixture->service,
                                                                             WB_AUTH_TOKEN);
  g_autofree char  *token = g_strconcat ("WAYBILL_TOKEN=", wb_credentials_get_token (credentials),
                                         NULL);
  const char *const environment[] = { "G_MESSAGES_DEBUG=all", token, NULL };
  g_autoptr (CliRun) run = sample_fixture_start_with (fixture, "export", "token", environment, more,
                                                      0);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpmem (run->out->str, run->out->len, g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
  g_assert_nonnull (strstr (run->err->str, "DEBUG"));
}

static void
test_output_terminal (SampleFixture *fixture,
                      gconstpointer  data)
{
  static const char *const more[] = { "-o", "-", NULL };
  CliRun                  *run = sample_fixture_start (fixture, WB_AUTH_PASSWORD, more,
                                                       CLI_RUN_TERMINAL | CLI_RUN_TERMINAL_OUTPUT);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_null (strstr (run->err->str, "PK"));
  g_assert_nonnull (strstr (run->err->str, "terminal"));
  cli_run_free (run);
}

static void
test_output_fails (SampleFixture *fixture,
                   gconstpointer  data)
{
  static const char *const more[] = { "-o", "-", NULL };
  static const CliRunFlags flags[] = { CLI_RUN_OUTPUT_CLOSED, CLI_RUN_OUTPUT_FULL };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      CliRun *run = sample_fixture_start (fixture, WB_AUTH_PASSWORD, more, flags[i]);

      cli_end (run);
      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, 8);
      cli_run_free (run);
    }
}

/* Nothing is requested that could not be saved. */
static void
test_refused_before (SampleFixture *fixture,
                     gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  static const struct
  {
    const char *path;
    const char *force;
    const char *says;
  } cases[] = {
    { "there.zip", NULL, "--force" },
    { "link.zip", NULL, "--force" },
    { "folder", NULL, "folder" },
    { "folder", "--force", "folder" },
    { "/dev/null", "--force", "regular" },
    { "null", "--force", "regular" },
    { "", NULL, "empty" },
    { "nowhere.zip", NULL, "symbolic link" },
    { "nowhere.zip", "--force", "symbolic link" },
    { "loop.zip", NULL, "symbolic links" },
    { "/proc/out.zip", NULL, "No file can be created" },
    { "/dev/fd/99", NULL, "Bad file descriptor" },
    { "/dev/stdin", NULL, "open for writing" },
    { "new.zip/", NULL, "No such file" },
    { "missing/out.zip", NULL, "No such file" },
    { "there.zip/out.zip", NULL, "Not a directory" },
  };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  g_autofree char         *link = g_build_filename (fixture->folder, "link.zip", NULL);
  g_autofree char         *folder = g_build_filename (fixture->folder, "folder", NULL);
  static const char *const links[][2] = {
    { "null", "/dev/null" },
    { "nowhere.zip", "nowhere/at-all" },
    { "loop.zip", "loop.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, links[i][0], NULL);

      g_assert_no_errno (symlink (links[i][1], path));
    }
  write_file (fixture, "there.zip", "mine");
  g_assert_no_errno (symlink ("there.zip", link));
  g_assert_no_errno (g_mkdir (folder, 0700));
  scripted_service_set_text (scripted, 500, NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                        scripted->url, "--project-id", "p", "--auth", "token",
                                        "-o", cases[i].path, cases[i].force, NULL };
      g_autoptr (CliRun) run = cli_run (fixture->folder, environment, arguments);

      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, *cases[i].path != '\0' ? 8 : 2);
      g_assert_nonnull (strstr (run->err->str, cases[i].says));
    }

  g_assert_cmpuint (scripted->n_exports, ==, 0);
  assert_text (fixture, "there.zip", "mine");
  g_assert_cmpuint (count_files (fixture->folder), ==, 6);
}

/* A pipe with a name, and the names of open files, take the bytes as standard output does. */
static void
test_open_files (SampleFixture *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *output;
    const char *redirection;
  } cases[] = {
    { "/dev/stdout", ">out.zip" },
    { "/dev/stdout", "| cat >out.zip" },
    { "/proc/self/fd/1", ">out.zip" },
    { "link", ">out.zip" },
    { "/dev/fd/3", "3>out.zip" },
    { "pipe", "& cat pipe >out.zip; wait $!" },
  };
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *script = g_strdup_printf (
        "cd '%s' && ln -sf /dev/stdout link && rm -f pipe && mkfifo pipe; "
        "'%s' export --sample --workspace=default --quiet -o %s %s",
        fixture->folder, program, cases[i].output, cases[i].redirection);
      const char *const argv[] = { "/bin/sh", "-c", script, NULL };
      g_autofree char  *path = g_build_filename (fixture->folder, "out.zip", NULL);
      g_autofree char  *err = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (WbZipIndex) index = NULL;
      int status;

      g_test_message ("%s %s", cases[i].output, cases[i].redirection);
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &err, &status,
                    &error);
      g_assert_no_error (error);
      g_assert_cmpstr (err, ==, "");
      g_assert_cmpint (status, ==, 0);
      spool = wb_spool_open (path, &error);
      g_assert_no_error (error);
      index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                                 &error);
      g_assert_no_error (error);
      g_assert_no_errno (g_unlink (path));
    }
}

/* Neither a reader who does not read nor a pipe without a reader holds up Ctrl+C. */
static void
test_pipe_cancelled (SampleFixture *fixture,
                     gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                    scripted->url, "--project-id", "p", "--auth", "token",
                                    "-o", "pipe", NULL };
  g_autofree char  *path = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char  *much = g_strnfill (1024 * 1024, 'x');
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();

  wb_zip_maker_add (maker, &(WbZipItem){ .name = "much.conn", .data = much, .stored = TRUE });
  scripted->status = 200;
  scripted->body = wb_zip_maker_finish (maker, NULL);
  g_assert_no_errno (mkfifo (path, 0600));

  for (guint has_reader = 0; has_reader < 2; has_reader++)
    {
      int     fd = has_reader ? open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
      GPollFD readable = { .fd = fd, .events = G_IO_IN };
      g_autoptr (CliRun) run = cli_start (fixture->folder, environment, arguments,
                                          CLI_RUN_DEFAULT);

      while (scripted->n_exports <= has_reader
             || (has_reader && g_poll (&readable, 1, 0) == 0))
        g_main_context_iteration (NULL, FALSE);
      g_subprocess_send_signal (run->process, SIGINT);
      cli_end (run);
      g_assert_cmpint (run->status, ==, 130);
      if (fd >= 0)
        close (fd);
    }
}

static void
appear_cb (SoupServer        *server,
           SoupServerMessage *message,
           SampleFixture     *fixture)
{
  write_file (fixture, "out.zip", "mine");
}

/* A file that comes while the export runs is not replaced either. */
static void
test_refused_after (SampleFixture *fixture,
                    gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                    scripted->url, "--project-id", "p", "--auth", "token",
                                    "-o", "out.zip", NULL };
  g_autoptr (CliRun) run = NULL;

  scripted->status = 200;
  scripted->body = wb_sample_service_dup_zip (fixture->service, "");
  g_signal_connect (scripted->server, "request-started", G_CALLBACK (appear_cb), fixture);

  run = cli_run (fixture->folder, environment, arguments);
  g_test_message ("%s", run->err->str);
  g_assert_cmpint (run->status, ==, 8);
  g_assert_cmpuint (scripted->n_exports, ==, 1);
  assert_text (fixture, "out.zip", "mine");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_force (SampleFixture *fixture,
            gconstpointer  data)
{
  static const char *const more[] = { "-o", "link.zip", "--force", "--quiet", NULL };
  g_autofree char         *target = g_build_filename (fixture->folder, "there.zip", NULL);
  g_autofree char         *other = g_build_filename (fixture->folder, "other.zip", NULL);
  g_autofree char         *symbolic = g_build_filename (fixture->folder, "link.zip", NULL);
  g_autofree char         *points_to = NULL;
  g_autoptr (CliRun) run = NULL;

  write_file (fixture, "there.zip", "mine");
  g_assert_no_errno (link (target, other));
  g_assert_no_errno (symlink ("there.zip", symbolic));

  run = sample_fixture_run (fixture, WB_AUTH_PASSWORD, more);
  g_assert_cmpint (run->status, ==, 0);

  /* The link is still one, what it points to is new, and another name keeps what it had. */
  points_to = g_file_read_link (symbolic, NULL);
  g_assert_cmpstr (points_to, ==, "there.zip");
  sample_fixture_assert_file (fixture, "there.zip", "");
  assert_text (fixture, "other.zip", "mine");
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
}

/* A limit on the size of files is a failure like a full disk, not the end by a signal. */
static void
test_file_limit (SampleFixture *fixture,
                 gconstpointer  data)
{
  g_autofree char  *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                     "waybill-cli", NULL);
  g_autofree char  *script = g_strdup_printf ("ulimit -f 1 && cd '%s' && exec '%s' export --sample",
                                              fixture->folder, program);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autofree char  *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &err, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s", err);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 8);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Whatever is in a whole archive, it is saved as it was sent; what is wrong is said later. */
static void
test_hostile_contents (SampleFixture *fixture,
                       gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  static const char *const list[] = { "list", "out.zip", NULL };
  static const char *const said[] = { "c/bomb.conn: Too large", "c/locked.conn: The contents are "
                                                                "encrypted",
                                      "../up.conn: " };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                    scripted->url, "--project-id", "p", "--auth", "token",
                                    "-o", "out.zip", NULL };
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  gsize            bomb_bytes = 100 * 1024 * 1024;
  g_autofree char *bomb = g_malloc0 (bomb_bytes);
  g_autofree char *path = g_build_filename (fixture->folder, "out.zip", NULL);
  g_autofree char *saved = NULL;
  gsize            length;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) listed = NULL;

  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/bomb.conn",
                                         .data = bomb,
                                         .data_length = bomb_bytes });
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/locked.conn", .data = "{}", .flag_bits = 1 });
  wb_zip_maker_add_text (maker, "../up.conn", "{}");
  wb_zip_maker_add (maker, &(WbZipItem){ .name = "c/link",
                                         .data = "/etc/passwd",
                                         .mode = S_IFLNK | 0777 });
  scripted->status = 200;
  scripted->body = wb_zip_maker_finish (maker, NULL);

  run = cli_run (fixture->folder, environment, arguments);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, g_bytes_get_data (scripted->body, NULL),
                   g_bytes_get_size (scripted->body));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  listed = cli_run (fixture->folder, NULL, list);
  g_test_message ("%s", listed->err->str);
  g_assert_cmpint (listed->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (strstr (listed->err->str, said[i]));
}

/* Killed while the export comes in, it leaves nothing at all. */
static void
test_killed (SampleFixture *fixture,
             gconstpointer  data)
{
  static const char *const environment[] = { "WAYBILL_TOKEN=x", NULL };
  g_autoptr (ScriptedService) scripted = scripted_service_new (NULL);
  const char *const arguments[] = { "export", "--service-url", scripted->url, "--identity-url",
                                    scripted->url, "--project-id", "p", "--auth", "token",
                                    "-o", "there.zip", "--force", NULL };
  g_autoptr (CliRun) run = NULL;

  write_file (fixture, "there.zip", "mine");
  scripted_service_set_text (scripted, 200, NULL, "PK\3\4");
  scripted->hang = TRUE;
  run = cli_start (fixture->folder, environment, arguments, CLI_RUN_DEFAULT);
  while (scripted->n_chunks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_send_signal (run->process, SIGKILL);
  cli_end (run);

  assert_text (fixture, "there.zip", "mine");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

/* With standard streams closed, no message ends up in the file that is saved. */
static void
test_closed_streams (SampleFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char  *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                     "waybill-cli", NULL);
  g_autofree char  *script = g_strdup_printf ("cd '%s' && exec '%s' export --sample "
                                               "--workspace=default <&- >&- 2>&-",
                                              fixture->folder, program);
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autofree char  *path = g_build_filename (fixture->folder, FILE_NAME, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbZipIndex) index = NULL;
  int status;

  if (cli_skip_in_valgrind (CLI_CLOSED_IN_VALGRIND))
    return;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);

  /* The summary could not be told. */
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 8);
  spool = wb_spool_open (path, &error);
  g_assert_no_error (error);
  index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                             &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/cli/target/" name, SampleFixture, NULL, sample_fixture_set_up, function, \
              sample_fixture_tear_down)
  ADD ("standard-output", test_standard_output);
  ADD ("debug-messages", test_debug_messages);
  ADD ("output-terminal", test_output_terminal);
  ADD ("output-fails", test_output_fails);
  ADD ("refused-before", test_refused_before);
  ADD ("open-files", test_open_files);
  ADD ("pipe-cancelled", test_pipe_cancelled);
  ADD ("refused-after", test_refused_after);
  ADD ("force", test_force);
  ADD ("file-limit", test_file_limit);
  ADD ("hostile-contents", test_hostile_contents);
  ADD ("killed", test_killed);
  ADD ("closed-streams", test_closed_streams);
#undef ADD

  return g_test_run ();
}
