/* test-cli-secrets.c: where secrets come from, and that they go nowhere else
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "cli-fixture.h"
#include "sample-fixture.h"
#include "core/input-limits.h"

static void
set_up (CliFixture   *fixture,
        gconstpointer data)
{
  cli_fixture_set_up (fixture, data);
  scripted_service_set_text (fixture->service, 500, NULL, "");
}

static CliRun *
start (CliFixture        *fixture,
       const char *const *environment,
       const char        *method,
       CliRunFlags        flags)
{
  const char *const more[] = { "--auth", method, "--domain", "Bäcker", "--user", "jürgen",
                               "--verbose", NULL };

  return cli_fixture_start (fixture, fixture->service->url, environment, more, flags);
}

static gboolean
contains (const char *bytes,
          gsize       length,
          const char *text)
{
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

static char *
read_proc (CliRun     *run,
           const char *name,
           gsize      *length)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/%s",
                                           g_subprocess_get_identifier (run->process), name);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);

  return contents;
}

/* Seen from another process while the program is at work, and in all it says. */
static void
test_hidden (CliFixture   *fixture,
             gconstpointer data)
{
  static const char *const methods[] = { "password", "key", "token" };

  if (cli_skip_in_valgrind ("the program has a copy of its environment"))
    return;

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4");
  fixture->service->hang = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (CliRun) run = start (fixture, cli_canaries, methods[i], CLI_RUN_DEFAULT);
      g_autofree char *environ_bytes = NULL;
      g_autofree char *cmdline = NULL;
      g_autofree char *limits = NULL;
      gsize            environ_length;
      gsize            cmdline_length;
      gsize            limits_length;

      while (fixture->service->n_chunks <= i)
        g_main_context_iteration (NULL, TRUE);

      environ_bytes = read_proc (run, "environ", &environ_length);
      cmdline = read_proc (run, "cmdline", &cmdline_length);
      limits = read_proc (run, "limits", &limits_length);
      g_subprocess_send_signal (run->process, SIGINT);
      cli_end (run);

      g_assert_true (contains (environ_bytes, environ_length, "HOME="));
      g_assert_false (contains (environ_bytes, environ_length, CANARY));
      g_assert_true (contains (cmdline, cmdline_length, "export"));
      g_assert_false (contains (cmdline, cmdline_length, CANARY));
      g_assert_true (g_regex_match_simple ("Max core file size +0 +0 ", limits, 0, 0));
      g_assert_false (contains (run->out->str, run->out->len, CANARY));
      g_assert_false (contains (run->err->str, run->err->len, CANARY));
      g_assert_true (contains (run->err->str, run->err->len, "DEBUG"));
      g_assert_true (contains (run->err->str, run->err->len, " POST http://"));
      g_assert_cmpint (run->status, ==, 130);
    }
  g_assert_cmpstr (fixture->service->token, ==, CANARY "-5");
}

/* Even where somebody takes the limit away, or it does not count, there is no memory in a dump. */
static void
test_crash (CliFixture   *fixture,
            gconstpointer data)
{
  const struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };
  g_autoptr (CliRun) run = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autofree char *filter = NULL;
  const char      *name;
  gsize            filter_length;

  if (cli_skip_in_valgrind ("it writes a core dump of its own"))
    return;

  scripted_service_set_text (fixture->service, 200, NULL, "PK\3\4");
  fixture->service->hang = TRUE;
  run = start (fixture, cli_canaries, "token", CLI_RUN_DEFAULT);
  while (fixture->service->n_chunks == 0)
    g_main_context_iteration (NULL, TRUE);

  filter = read_proc (run, "coredump_filter", &filter_length);
  g_assert_cmpuint (g_ascii_strtoull (filter, NULL, 16), ==, 0);
  if (prlimit ((pid_t) g_ascii_strtoll (g_subprocess_get_identifier (run->process), NULL, 10),
               RLIMIT_CORE, &unlimited, NULL)
      != 0)
    g_test_message ("The limit stays: %s", g_strerror (errno));
  g_subprocess_send_signal (run->process, SIGABRT);
  cli_end (run);

  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize            length;

      g_test_message ("%s", name);
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_false (contains (contents, length, CANARY));
    }
}

static void
test_unusable (CliFixture   *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *variable;
    const char *value;
    const char *says;
  } cases[] = {
    { "token", "WAYBILL_TOKEN", CANARY "\n", "" },
    { "token", "WAYBILL_TOKEN", CANARY "\xff", "UTF-8" },
    { "password", "WAYBILL_PASSWORD", CANARY "\xe4", "UTF-8" },
    { "password", "WAYBILL_PASSWORD", CANARY "\xed\xa0\x80", "UTF-8" },
    { "password", "WAYBILL_PASSWORD", CANARY "\n", "invisible" },
    { "key", "WAYBILL_ACCESS_KEY", CANARY "\xc3", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char  *pair = g_strconcat (cases[i].variable, "=", cases[i].value, NULL);
      const char *const environment[] = { pair, NULL };
      g_autoptr (CliRun) run = start (fixture, environment, cases[i].method, CLI_RUN_DEFAULT);

      cli_end (run);
      g_test_message ("%s", run->err->str);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, cases[i].variable));
      g_assert_nonnull (strstr (run->err->str, cases[i].says));
      g_assert_null (strstr (run->err->str, CANARY));
      g_assert_cmpuint (fixture->service->n_exports, ==, 0);
    }
}

/* Without a terminal the way out is named, and nothing is requested. */
static void
test_none (CliFixture   *fixture,
           gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *environment[2];
    const char *variable;
  } cases[] = {
    { "password", { NULL }, "WAYBILL_PASSWORD" },
    { "password", { "WAYBILL_PASSWORD=", NULL }, "WAYBILL_PASSWORD" },
    { "key", { NULL }, "WAYBILL_ACCESS_KEY" },
    { "key", { "WAYBILL_ACCESS_KEY=x", NULL }, "WAYBILL_SECRET_KEY" },
    { "key", { "WAYBILL_SECRET_KEY=x", NULL }, "WAYBILL_ACCESS_KEY" },
    { "token", { "WAYBILL_PASSWORD=x", NULL }, "WAYBILL_TOKEN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) run = start (fixture, cases[i].environment, cases[i].method,
                                      CLI_RUN_DEFAULT);

      cli_end (run);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_nonnull (strstr (run->err->str, cases[i].variable));
      g_assert_cmpuint (fixture->service->n_exports, ==, 0);
    }
}

static void
test_prompt (CliFixture   *fixture,
             gconstpointer data)
{
  g_autoptr (CliRun) run = start (fixture, NULL, "token", CLI_RUN_TERMINAL);

  cli_expect (run, "Token: ");
  g_assert_false (cli_echoes (run));

  /* A line is edited as elsewhere: Ctrl+U starts anew, Backspace takes a whole character back. */
  cli_type (run, "wrong\025" CANARY "ü\177\n");
  cli_end (run);

  g_assert_cmpint (run->status, ==, 5);
  g_assert_cmpstr (fixture->service->token, ==, CANARY);
  g_assert_null (strstr (run->err->str, "canary"));
  g_assert_null (strstr (run->err->str, "wrong"));
  g_assert_true (cli_echoes (run));
}

/* Longer than the line a terminal holds on its own. */
static void
test_prompt_long (CliFixture   *fixture,
                  gconstpointer data)
{
  g_autoptr (CliRun) run = start (fixture, NULL, "token", CLI_RUN_TERMINAL);
  g_autofree char *token = g_strnfill (9000, 'x');

  cli_expect (run, "Token: ");
  cli_type (run, token);
  cli_type (run, "\n");
  cli_end (run);

  /* Not g_assert_cmpstr(), which would print them. */
  g_assert_true (g_strcmp0 (fixture->service->token, token) == 0);
  g_assert_null (strstr (run->err->str, "xxx"));
  g_assert_true (cli_echoes (run));
}

/* Nothing is sent of an answer that is longer than is taken. */
static void
test_prompt_too_long (CliFixture   *fixture,
                      gconstpointer data)
{
  g_autoptr (CliRun) run = start (fixture, NULL, "token", CLI_RUN_TERMINAL);
  g_autofree char *answer = g_strnfill (WB_PROMPT_MAX_BYTES, 'x');

  cli_expect (run, "Token: ");
  cli_type (run, answer);
  cli_expect (run, "too long");
  cli_end (run);

  g_assert_cmpint (run->status, ==, 2);
  g_assert_cmpuint (fixture->service->n_exports, ==, 0);
  g_assert_true (cli_echoes (run));
}

static void
test_prompt_key (CliFixture   *fixture,
                 gconstpointer data)
{
  g_autoptr (CliRun) run = start (fixture, NULL, "key", CLI_RUN_TERMINAL);

  cli_expect (run, "Access key (AK): ");
  cli_type (run, CANARY "-A\n");
  cli_expect (run, "Secret key (SK): ");
  g_assert_false (cli_echoes (run));
  cli_type (run, CANARY "-S\n");
  cli_end (run);

  g_assert_cmpuint (fixture->service->n_exports, ==, 1);
  g_assert_null (strstr (run->err->str, CANARY));
  g_assert_true (cli_echoes (run));
}

/* By a key on the terminal, and by a signal from elsewhere. */
static void
test_prompt_interrupted (CliFixture   *fixture,
                         gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CliRun) run = start (fixture, NULL, "password", CLI_RUN_TERMINAL);

      cli_expect (run, "Password of jürgen in Bäcker: ");
      cli_type (run, CANARY);
      if (i == 0)
        cli_type (run, "\003");
      else
        g_subprocess_send_signal (run->process, SIGTERM);
      cli_end (run);

      g_assert_cmpint (run->status, ==, 130);
      g_assert_null (strstr (run->err->str, CANARY));
      g_assert_true (cli_echoes (run));
      g_assert_cmpuint (fixture->service->n_exports, ==, 0);
    }
}

static void
test_prompt_empty (CliFixture   *fixture,
                   gconstpointer data)
{
  static const char *const answers[] = { "\n", "\004", "x\b\n" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (CliRun) run = start (fixture, NULL, "token", CLI_RUN_TERMINAL);

      cli_expect (run, "Token: ");
      cli_type (run, answers[i]);
      cli_end (run);
      g_assert_cmpint (run->status, ==, 2);
      g_assert_true (cli_echoes (run));
      g_assert_cmpuint (fixture->service->n_exports, ==, 0);
    }
}

/* A real sign-in with a typed password. */
static void
test_prompt_password (SampleFixture *fixture,
                      gconstpointer  data)
{
  const char       *password = wb_credentials_get_password (fixture->password);
  const char *const more[] = { "--domain", wb_credentials_get_domain (fixture->password), "--user",
                               wb_credentials_get_user (fixture->password), NULL };
  g_autoptr (CliRun) run = NULL;

  run = sample_fixture_start_with (fixture, "export", "password", NULL, more, CLI_RUN_TERMINAL);
  cli_expect (run, ": ");
  cli_type (run, password);
  cli_type (run, "\n");
  cli_end (run);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_null (strstr (run->err->str, password));
  g_assert_null (strstr (run->out->str, password));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/cli/secrets/" name, CliFixture, NULL, set_up, function, cli_fixture_tear_down)
  ADD ("hidden", test_hidden);
  ADD ("crash", test_crash);
  ADD ("unusable", test_unusable);
  ADD ("none", test_none);
  ADD ("prompt", test_prompt);
  ADD ("prompt-long", test_prompt_long);
  ADD ("prompt-too-long", test_prompt_too_long);
  ADD ("prompt-key", test_prompt_key);
  ADD ("prompt-interrupted", test_prompt_interrupted);
  ADD ("prompt-empty", test_prompt_empty);
#undef ADD
  g_test_add ("/cli/secrets/prompt-password", SampleFixture, NULL, sample_fixture_set_up,
              test_prompt_password, sample_fixture_tear_down);

  return g_test_run ();
}
