/* test-cli-schedule.c: `waybill-cli schedule`, whose output systemd, cron and the shell read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-run.h"

/* What one of the readers takes for something else. */
static const char *const words[] = {
  "plain",
  "two words",
  "O'Neil",
  "a \"quote\"",
  "100%",
  "%h",
  "5\\%",
  "$HOME",
  "${HOME}",
  "$$",
  "a\\b",
  "tab\\t",
  "a;b",
  "; rm",
  "#c",
  "a&b|c>d<e",
  "*?[a]",
  "~root",
  "`id`",
  "$(id)",
  "!x",
  "München 生产",
  "a'b\"c%d$e",
  "-",
  "x=y",
  "'%'",
  "\\'%",
  "{workspace} {date}",
};

static CliRun *
run (const char        *folder,
     const char *const *more,
     int                status)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  CliRun *self;

  g_ptr_array_add (arguments, (gpointer) "schedule");
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) more[i]);
  g_ptr_array_add (arguments, NULL);
  self = cli_run (folder, NULL, (const char *const *) arguments->pdata);
  g_test_message ("%d\n%s%s", self->status, self->out->str, self->err->str);
  g_assert_cmpint (self->status, ==, status);

  return self;
}

/* All words as the names of accounts. */
static CliRun *
run_words (const char *folder,
           const char *one,
           const char *secrets)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strdup ("--output-dir=/srv/back up"));
  g_ptr_array_add (arguments, g_strdup (one));
  g_ptr_array_add (arguments, g_strdup_printf ("--secrets-file=%s", secrets));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_ptr_array_add (arguments, g_strdup ("--account"));
      g_ptr_array_add (arguments, g_strdup (words[i]));
    }
  g_ptr_array_add (arguments, NULL);

  return run (folder, (const char *const *) arguments->pdata, 0);
}

static void
assert_words (char **found,
              guint  first)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *expected = g_strdup_printf ("--account=%s", words[i]);

      g_assert_nonnull (found[first + i]);
      g_assert_cmpstr (found[first + i], ==, expected);
    }
}

/* A cron that takes the backslash before a percent sign away, or leaves it to the shell. */
static void
test_cron (void)
{
  g_autofree char *folder = cli_make_folder ();
  g_autofree char *secrets = g_build_filename (folder, "my 'secrets' 5%", NULL);
  g_autoptr (CliRun) self = NULL;
  const char *command;

  g_assert_true (g_file_set_contents (secrets, "WAYBILL_TOKEN=t\n", -1, NULL));
  self = run_words (folder, "--cron", secrets);
  g_assert_true (g_str_has_prefix (self->out->str, "30 2 * * * /"));
  g_assert_cmpint (strchr (self->out->str, '\n') - self->out->str, ==,
                   (gssize) self->out->len - 1);
  command = strchr (self->out->str, '/');

  for (guint removes = 0; removes < 2; removes++)
    {
      g_autoptr (GString) read = g_string_new (command);
      g_autofree char *script = NULL;
      g_autofree char *out = NULL;
      g_auto (GStrv) lines = NULL;
      const char *argv[] = { "/bin/sh", "-c", NULL, NULL };
      int         status;

      /* Where a cron would end the command. */
      for (gsize i = 0; i < read->len; i++)
        {
          if (read->str[i] == '%')
            g_assert_cmpint (read->str[i - 1], ==, '\\');
        }
      if (removes)
        g_string_replace (read, "\\%", "%", 0);
      /* The words, and then the secrets, in place of the program. */
      script = g_strdup_printf ("show () { printf '%%s\\n' \"$@\"; cat <&3; }; show %s", read->str);
      argv[2] = script;
      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out,
                                   NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
      lines = g_strsplit (out, "\n", -1);
      g_assert_cmpstr (lines[1], ==, "export");
      g_assert_cmpstr (lines[2], ==, "--output-dir=/srv/back up");
      assert_words (lines, 3);
      g_assert_cmpstr (lines[3 + G_N_ELEMENTS (words)], ==, "--secrets-fd");
      g_assert_cmpstr (lines[5 + G_N_ELEMENTS (words)], ==, "WAYBILL_TOKEN=t");
    }
  g_remove (secrets);
  cli_remove_folder (g_steal_pointer (&folder));
}

static char *
dup_setting (CliRun     *run,
             const char *name)
{
  const char *start = strstr (run->out->str, name);

  g_assert_nonnull (start);
  start += strlen (name);

  return g_strndup (start, strcspn (start, "\n"));
}

/* As systemd.service(5) and systemd.syntax(7) have it: words, quotes, backslashes; then specifiers
 * and variables. */
static char **
read_words (const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  while (*text != '\0')
    {
      g_autoptr (GString) word = g_string_new (NULL);
      char quote = '\0';

      text += strspn (text, " ");
      for (; *text != '\0' && (quote != '\0' || *text != ' '); text++)
        {
          if (*text == quote)
            quote = '\0';
          else if (quote == '\0' && (*text == '"' || *text == '\''))
            quote = *text;
          else if (*text == '\\')
            g_string_append_c (word, *++text);
          else if (*text == '%' || *text == '$')
            {
              g_assert_cmpint (text[1], ==, *text);
              g_string_append_c (word, *++text);
            }
          else
            g_string_append_c (word, *text);
        }
      g_assert_cmpint (quote, ==, '\0');
      g_ptr_array_add (found, g_strdup (word->str));
    }
  g_ptr_array_add (found, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

static void
test_words (void)
{
  char *folder = cli_make_folder ();
  g_autoptr (CliRun) self = run_words (folder, "--at=23:05", "/etc/my secrets 5%");
  g_autofree char *exec = dup_setting (self, "\nExecStart=");
  g_autofree char *credential = dup_setting (self, "\nLoadCredential=");
  g_autofree char *paths = dup_setting (self, "\nReadWritePaths=");
  g_autofree char *calendar = dup_setting (self, "\nOnCalendar=");
  g_auto (GStrv) found = read_words (exec);

  g_assert_cmpstr (found[0], ==, "/bin/sh");
  g_assert_cmpstr (found[2], ==, "exec \"$@\" 3<\"$CREDENTIALS_DIRECTORY/secrets\"");
  g_assert_cmpstr (found[5], ==, "export");
  g_assert_cmpstr (found[6], ==, "--output-dir=/srv/back up");
  assert_words (found, 7);
  g_assert_cmpstr (found[7 + G_N_ELEMENTS (words)], ==, "--secrets-fd");
  g_assert_cmpstr (credential, ==, "secrets:/etc/my secrets 5%%");
  g_assert_true (g_str_has_prefix (paths, "\"/srv/back up\" /"));
  g_assert_cmpstr (calendar, ==, "*-*-* 23:05:00");
  cli_remove_folder (folder);
}

/* Returns: systemd's own word for the two units of the output */
static int
verify (const char *folder,
        const char *program,
        const char *text)
{
  g_autofree char  *service = g_build_filename (folder, "waybill-export.service", NULL);
  g_autofree char  *timer = g_build_filename (folder, "waybill-export.timer", NULL);
  const char       *second = strstr (text, "# /etc/systemd/system/waybill-export.timer");
  const char *const argv[] = { program, "verify", "--man=no", service, timer, NULL };
  g_autofree char  *err = NULL;
  int               status;

  g_assert_nonnull (second);
  g_assert_true (g_file_set_contents (service, text, second - text, NULL));
  g_assert_true (g_file_set_contents (timer, second, -1, NULL));
  g_assert_true (g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                               &err, &status, NULL));
  g_test_message ("%s", err);
  g_remove (service);
  g_remove (timer);

  /* It warns of an unknown setting, and still ends with 0. */
  return status != 0 || strstr (err, "waybill-export") != NULL;
}

static void
test_verify (void)
{
  g_autofree char *program = g_find_program_in_path ("systemd-analyze");
  char            *folder = NULL;
  g_autoptr (CliRun) self = NULL;
  g_autoptr (GString) wrong = NULL;

  if (program == NULL)
    {
      g_test_skip ("systemd-analyze is not installed");
      return;
    }

  folder = cli_make_folder ();
  self = run_words (folder, "--diff", "/etc/my secrets 5%");
  g_assert_nonnull (strstr (self->out->str, "\nSuccessExitStatus=1\n"));
  g_assert_cmpint (verify (folder, program, self->out->str), ==, 0);

  wrong = g_string_new (self->out->str);
  g_string_replace (wrong, "ProtectSystem=strict", "ProtectSystems=strict", 1);
  g_assert_cmpint (verify (folder, program, wrong->str), !=, 0);
  cli_remove_folder (folder);
}

static void
test_usage (void)
{
  static const struct
  {
    const char *arguments[4];
    const char *err;
  } cases[] = {
    { { NULL }, "give --output-dir." },
    { { "--output-dir=.", "--at", "24:00" }, "--at takes a time such as 02:30, not “24:00”." },
    { { "--output-dir=.", "--at", "2:30" }, "--at takes a time" },
    { { "--output-dir=.", "--at", "12:60" }, "--at takes a time" },
    { { "--output-dir=.", "--secrets-fd", "3" }, "--secrets-file" },
    { { "--output-dir=.", "--jobs", "99" }, "--jobs takes a number" },
    { { "--output-dir=.", "-o", "a.zip" }, "not both" },
    { { "--output-dir=.", "--account", "a\nb" }, "cannot stand in a schedule" },
    { { "--output-dir=a\\", "--account", "a" }, "cannot stand in a schedule" },
    { { "--output-dir=.", "--unknown" }, "--unknown" },
  };
  char *folder = cli_make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliRun) self = run (folder, cases[i].arguments, 2);

      g_assert_nonnull (strstr (self->err->str, cases[i].err));
      g_assert_cmpuint (self->out->len, ==, 0);
    }
  cli_remove_folder (folder);
}

/* The root is not in its place. */
static void
test_removed_folder (void)
{
  static const char *const options[] = {
    "--account a --output-dir=.",
    "--region eu-de --output-dir=/srv --ca-file=ca.pem",
    "--account a --output-dir=/srv --secrets-file=secrets",
  };
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli",
                                                    "waybill-cli", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char  *folder = cli_make_folder ();
      g_autofree char  *script = g_strdup_printf ("rmdir '%s' && exec '%s' schedule %s",
                                                  folder, program, options[i]);
      const char *const argv[] = { "/bin/sh", "-c", script, NULL };
      g_autofree char  *out = NULL;
      g_autofree char  *err = NULL;
      int               status;

      g_assert_true (g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out,
                                   &err, &status, NULL));
      g_assert_cmpint (WEXITSTATUS (status), ==, 2);
      g_assert_nonnull (strstr (err, "current folder was removed"));
      g_assert_cmpstr (out, ==, "");
    }
}

/* It stands in the units as well, but for cron's. */
static void
test_data_folder (void)
{
  char            *folder = cli_make_folder ();
  g_autofree char *data = g_strconcat (folder, "/a\nUser=root", NULL);
  g_autofree char *variable = g_strconcat ("XDG_DATA_HOME=", data, NULL);
  const char      *environment[] = { variable, NULL };
  const char      *arguments[] = { "schedule", "--output-dir=/srv", NULL, NULL };
  g_autoptr (CliRun) units = NULL;
  g_autoptr (CliRun) cron = NULL;

  g_assert_cmpint (g_mkdir_with_parents (data, 0700), ==, 0);
  units = cli_run (folder, environment, arguments);
  g_assert_cmpint (units->status, ==, 2);
  g_assert_nonnull (strstr (units->err->str, "a\\x0aUser=root” cannot stand in a schedule"));
  g_assert_cmpuint (units->out->len, ==, 0);

  arguments[2] = "--cron";
  cron = cli_run (folder, environment, arguments);
  g_assert_cmpint (cron->status, ==, 0);
  g_assert_cmpint (g_rmdir (data), ==, 0);
  cli_remove_folder (folder);
}

/* Nothing outside could start the program that is in it. */
static void
test_sandbox (void)
{
  static const char *const more[] = { "--cron", "--all-workspaces", "--output-dir=/srv", NULL };
  g_autofree char         *folder = cli_make_folder ();
  CliRun                  *self = run (folder, more, 2);

  g_assert_nonnull (strstr (self->err->str, "Flatpak"));
  cli_run_free (self);
  cli_remove_folder (g_steal_pointer (&folder));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_test_add_func ("/cli/schedule/sandbox", test_sandbox);
      return g_test_run ();
    }
  g_test_add_func ("/cli/schedule/cron", test_cron);
  g_test_add_func ("/cli/schedule/words", test_words);
  g_test_add_func ("/cli/schedule/verify", test_verify);
  g_test_add_func ("/cli/schedule/usage", test_usage);
  g_test_add_func ("/cli/schedule/removed-folder", test_removed_folder);
  g_test_add_func ("/cli/schedule/data-folder", test_data_folder);

  return g_test_run ();
}
