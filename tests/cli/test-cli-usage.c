/* test-cli-usage.c: what the program says when it is called the wrong way, or asked for help
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/wait.h>

#include "cli-run.h"
#include "core/json-scan.h"
#include "own-folder.h"

#define MAX_ARGUMENTS 10

typedef struct
{
  const char *name;
  const char *arguments[MAX_ARGUMENTS];
  const char *says; /* on standard error */
} Case;

/* An argument that is not UTF-8, and one that would drive a terminal. */
#define INVALID_BYTES "a\xff\xfe"
#define CONTROL "a\033[31m\nb"

static const Case cases[] = {
  { "no-command", { NULL }, "waybill-cli --help" },
  { "unknown-command", { "frobnicate", NULL }, "“frobnicate”" },
  { "control-command", { CONTROL, NULL }, "“a\\x1b[31m\\x0ab”" },
  { "invalid-command", { INVALID_BYTES, NULL }, "“a\\xff\\xfe”" },
  { "unknown-option", { "export", "--frobnicate", NULL }, "waybill-cli export --help" },
  { "control-option", { "export", "--" CONTROL, NULL }, "\\x1b[31m\\x0ab" },
  { "invalid-option", { "export", "--" INVALID_BYTES, NULL }, "waybill-cli export --help" },
  { "password-option", { "export", "--password", "x", NULL }, "waybill-cli export --help" },
  { "missing-value", { "export", "--account", NULL }, "waybill-cli export --help" },
  { "invalid-value", { "export", "--account", INVALID_BYTES, NULL }, "--account" },
  { "extra-argument", { "export", "--sample", "x", NULL }, "“x”" },
  { "json-to-stdout", { "export", "--sample", "-o", "-", "--json", NULL }, "--json or -o -" },
  { "two-sources", { "export", "--sample", "--account", "x", NULL }, "--account or --sample" },
  { "account-and-address",
    { "export", "--account", "x", "--identity-url", "https://x.test", NULL },
    "--account or --identity-url" },
  { "sample-and-address", { "export", "--sample", "--cloud", "otc", NULL }, "--sample or --cloud" },
  { "two-projects",
    { "export", "--project-id", "x", "--project-name", "y", NULL },
    "--project-id or --project-name" },
  { "bad-auth", { "export", "--sample", "--auth", "magic", NULL }, "password, key or token" },
  { "size-zero", { "export", "--sample", "--max-size", "0", NULL }, "“0” is not a size" },
  { "size-negative", { "export", "--sample", "--max-size=-1", NULL }, "“-1” is not a size" },
  { "size-words", { "export", "--sample", "--max-size", "1GB", NULL }, "“1GB” is not a size" },
  { "size-fraction", { "export", "--sample", "--max-size", "1.5G", NULL }, "not a size" },
  { "size-empty", { "export", "--sample", "--max-size", "", NULL }, "not a size" },
  { "size-huge", { "export", "--sample", "--max-size", "9999999999G", NULL }, "not a size" },
  { "size-beyond",
    { "export", "--sample", "--max-size", "99999999999999999999999", NULL },
    "not a size" },
  { "no-source", { "export", NULL }, "--sample" },
  { "no-such-account", { "export", "--account", "Production", NULL }, "“Production”" },
  { "bad-cloud", { "export", "--cloud", "x", NULL }, "otc, huawei, huawei-eu" },
  { "bad-region", { "export", "--cloud", "otc", "--region", "x", NULL }, "eu-de" },
  { "region-alone", { "export", "--region", "eu-de", NULL }, "--cloud" },
  { "plain-http",
    { "export", "--service-url", "http://example.test", "--identity-url", "https://x.test", NULL },
    "--service-url: " },
  { "nothing-of-a-host",
    { "export", "--service-url", "。", "--identity-url", "https://x.test", NULL },
    "--service-url: The host name is missing" },
  { "nothing-of-an-identity-host",
    { "check", "--service-url", "https://x.test", "--identity-url", "\ufe0e/v3", NULL },
    "--identity-url: The host name is missing" },
  { "nothing-of-a-management-host",
    { "check", "--cloud", "otc", "--region", "eu-de", "--management-url", "｡", NULL },
    "--management-url: The host name is missing" },
  { "invisible-domain",
    { "export", "--cloud", "otc", "--region", "eu-de", "--user", "u", "--domain", "\u200b", NULL },
    "--domain: " },
  { "no-identity", { "export", "--service-url", "https://example.test", NULL }, "--identity-url" },
  { "no-user", { "export", "--cloud", "otc", "--region", "eu-de", NULL }, "--auth key" },
  { "no-domain",
    { "export", "--cloud", "otc", "--region", "eu-de", "--user", "u", NULL },
    "--domain: " },
  { "no-user-for-password",
    { "export", "--cloud", "otc", "--region", "eu-de", "--auth", "password", NULL },
    "--domain: " },
  { "help-unknown", { "help", "frobnicate", NULL }, "“frobnicate”" },
  { "list-nothing", { "list", NULL }, "waybill-cli list --help" },
  { "list-two", { "list", "a", "b", NULL }, "“b”" },
  { "port-words", { "sample-service", "--port", "x", NULL }, "“x” is not a port" },
  { "port-high", { "sample-service", "--port", "65536", NULL }, "not a port" },
};

static const char *const json_option[] = { "export", "--json", "--frobnicate\033", NULL };
static const char *const json_command[] = { "frobnicate", "--json", NULL };

static void
test_usage (gconstpointer data)
{
  const Case *c = data;
  char       *folder = cli_make_folder ();
  g_autoptr (CliRun) run = cli_run (folder, NULL, c->arguments);

  g_test_message ("%s", run->err->str);
  g_assert_cmpint (run->status, ==, 2);
  if (!g_strv_contains (c->arguments, "--json"))
    g_assert_cmpstr (run->out->str, ==, "");
  g_assert_nonnull (strstr (run->err->str, c->says));

  /* One line, and nothing in it that is not for a terminal. */
  g_assert_true (g_str_has_prefix (run->err->str, "waybill-cli: "));
  g_assert_true (strchr (run->err->str, '\n') == run->err->str + run->err->len - 1);
  g_assert_null (strchr (run->err->str, '\033'));
  g_assert_true (g_utf8_validate (run->err->str, -1, NULL));

  g_assert_cmpuint (count_files (folder), ==, 0);
  cli_remove_folder (folder);
}

static void
test_json (gconstpointer data)
{
  const char *const *arguments = data;
  char              *folder = cli_make_folder ();
  g_autoptr (CliRun) run = cli_run (folder, NULL, arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = wb_json_parse (run->out->str, run->out->len, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_cmpint (run->status, ==, 2);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 1);
  object = json_object_get_object_member (json_node_get_object (node), "error");
  g_assert_cmpuint (json_object_get_size (object), ==, 6);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "invalid");
  g_assert_true (json_object_get_null_member (object, "code"));
  g_assert_true (json_object_get_null_member (object, "request_id"));
  g_assert_nonnull (strstr (json_object_get_string_member (object, "message"), "--help"));
  g_assert_nonnull (strstr (run->err->str, "--help"));
  cli_remove_folder (folder);
}

static void
test_help (void)
{
  static const struct
  {
    const char *arguments[3];
    const char *says[4];
  } helps[] = {
    { { "--help", NULL }, { "export", "list", "sample-service", "--version" } },
    { { "-h", NULL }, { "export", "list", "sample-service", "COMMAND" } },
    { { "help", NULL }, { "export", "list", "sample-service", "COMMAND" } },
    { { "help", "list", NULL }, { "waybill-cli list [OPTION…] FILE", "--columns", "", "" } },
    { { "help", "export", NULL }, { "waybill-cli export [OPTION…]", "--workspace=ID", "", "" } },
    { { "help", "help", NULL }, { "export", "list", "sample-service", "COMMAND" } },
    { { "-V", NULL }, { "waybill-cli " VERSION "\n", "", "", "" } },
    { { "export", "--help", NULL },
      { "waybill-cli export [OPTION…]", "--workspace=ID", "WAYBILL_SECRET_KEY", "130 interr" } },
    { { "list", "-h", NULL }, { "waybill-cli list [OPTION…] FILE", "--names", "--json", "xNN" } },
    { { "sample-service", "--help", NULL }, { "sample-service [OPTION…]", "--port=N", "", "" } },
    { { "--version", NULL }, { "waybill-cli " VERSION "\n", "", "", "" } },
  };
  /* Text is UTF-8 in every locale. */
  static const char *const environments[][2] = { { "LC_ALL=C.UTF-8", NULL }, { "LC_ALL=C", NULL } };
  char                    *folder = cli_make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    for (guint j = 0; j < G_N_ELEMENTS (environments); j++)
      {
        g_autoptr (CliRun) run = cli_run (folder, environments[j], helps[i].arguments);

        g_assert_cmpint (run->status, ==, 0);
        g_assert_cmpstr (run->err->str, ==, "");
        for (guint k = 0; k < G_N_ELEMENTS (helps[i].says); k++)
          {
            if (strstr (run->out->str, helps[i].says[k]) == NULL)
              g_error ("No “%s” in: %s", helps[i].says[k], run->out->str);
          }
        for (const char *line = run->out->str; *line != '\0';)
          {
            const char *end = strchr (line, '\n');

            g_assert_nonnull (end);
            line = end + 1;
          }
      }
  cli_remove_folder (folder);
}

/* No option exists that would take a secret. */
static void
test_no_secret_option (void)
{
  static const char *const arguments[] = { "export", "--help", NULL };
  static const char *const options[] = {
    "--password",
    "--access-key",
    "--secret-key",
    "--security-token",
    "--token",
    "--passcode",
    "--secret ",
    "--secret=",
  };
  char *folder = cli_make_folder ();
  g_autoptr (CliRun) run = cli_run (folder, NULL, arguments);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_null (strstr (run->out->str, options[i]));
  cli_remove_folder (folder);
}

/* Nor one that leaves a certificate unchecked. */
static void
test_no_insecure_option (void)
{
  static const char *const commands[] = { "export", "check", "workspaces", "projects" };
  static const char *const options[] = {
    "insecure",
    "--no-verify",
    "--skip-verify",
    "--no-check",
    "--ignore-cert",
    "-k,",
  };
  char *folder = cli_make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *const arguments[] = { commands[i], "--help", NULL };
      g_autoptr (CliRun) run = cli_run (folder, NULL, arguments);

      g_assert_nonnull (strstr (run->out->str, "--ca-file"));
      for (guint j = 0; j < G_N_ELEMENTS (options); j++)
        g_assert_null (strstr (run->out->str, options[j]));
    }
  cli_remove_folder (folder);
}

static void
test_full_output (void)
{
  static const char *const arguments[] = { "--help", NULL };
  char                    *folder = cli_make_folder ();
  CliRun                  *run = cli_start (folder, NULL, arguments, CLI_RUN_OUTPUT_FULL);

  cli_end (run);
  g_assert_cmpint (run->status, ==, 8);
  g_assert_nonnull (strstr (run->err->str, "standard output"));
  cli_run_free (run);
  cli_remove_folder (folder);
}

/* The system's loader prints what it would load, and does not start the program. */
static void
test_libraries (void)
{
  const char *const arguments[] = { "--version", NULL };
  const char *const environment[] = { "LD_TRACE_LOADED_OBJECTS=1", NULL };
  const char *const others[] = { "libarchive", "libsoup", "libsecret", "libsqlite3", "libyaml" };
  char             *folder;
  g_autoptr (CliRun) run = NULL;

  if (cli_skip_in_valgrind ("it is the loader here"))
    return;

  folder = cli_make_folder ();
  run = cli_run (folder, environment, arguments);
  g_assert_nonnull (strstr (run->out->str, "libglib-2.0"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (strstr (run->out->str, others[i]));
  cli_remove_folder (folder);
}

/* One of the two programs alone. */
static void
test_missing_part (void)
{
  g_autofree char *built = g_test_build_filename (G_TEST_BUILT, "..", "src", "cli", "waybill-cli",
                                                  NULL);
  g_autofree char *alone = g_build_filename (g_get_home_dir (), "alone", NULL);
  char            *arguments[] = { alone, (char *) "export", (char *) "--sample", NULL };
  char            *version[] = { alone, (char *) "--version", NULL };
  g_autoptr (GFile) from = g_file_new_for_path (built);
  g_autoptr (GFile) to = g_file_new_for_path (alone);
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  int              status;

  if (g_file_test (LIBEXECDIR "/waybill-cli-service", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("Waybill is installed on this system");
      return;
    }

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, version, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &complaint,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  g_assert_nonnull (strstr (complaint, "A part of Waybill is missing: “"));
}

/* Of an argument of any length, no more is said again than a person reads. */
static void
test_long_arguments (void)
{
  char             *folder = cli_make_folder ();
  g_autofree char  *text = g_strnfill (100000, 'x');
  g_autofree char  *option = g_strconcat ("--", text, NULL);
  const char *const calls[][3] = {
    { text, NULL },
    { "list", option, NULL },
    { "export", text, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const char *arguments[] = { calls[i][0], calls[i][1], calls[i][2], NULL };
      g_autoptr (CliRun) run = cli_run (folder, NULL, arguments);

      g_assert_cmpint (run->status, ==, 2);
      g_assert_cmpuint (run->err->len, <, 5000);
      g_assert_nonnull (strstr (run->err->str, "xxx…xxx"));
    }
  cli_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/usage/long-arguments", test_long_arguments);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/usage/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_usage);
    }
  g_test_add_data_func ("/cli/usage/json-option", json_option, test_json);
  g_test_add_data_func ("/cli/usage/json-command", json_command, test_json);
  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/no-secret-option", test_no_secret_option);
  g_test_add_func ("/cli/usage/no-insecure-option", test_no_insecure_option);
  g_test_add_func ("/cli/usage/full-output", test_full_output);
  g_test_add_func ("/cli/usage/libraries", test_libraries);
  g_test_add_func ("/cli/usage/missing-part", test_missing_part);

  return g_test_run ();
}
