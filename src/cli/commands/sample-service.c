/* sample-service.c: `waybill-cli sample-service`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/error.h"
#include "core/text.h"
#include "sample/sample-service.h"

static const WbCliCommand command = {
  .name = "sample-service",
  .summary = N_ ("Runs a small service with made-up data on this computer, until Ctrl+C."),
  .description = { N_ (
    "It speaks the real protocol on 127.0.0.1, with a new user, password and keys each run,\n"
    "and prints commands that export from it.\n"
    "\n"
    "Exit status: 0 stopped, 1 could not start, 2 usage.\n") },
};

/* As typed, for each WbSampleAnswer. */
static const char *const answers[] = {
  [WB_SAMPLE_RIGHT] = "200",
  [WB_SAMPLE_WITHDRAWN] = "APIG.0101",
  [WB_SAMPLE_WITHDRAWN_SHARED] = "APIGW.0101",
  [WB_SAMPLE_GONE] = "410",
  [WB_SAMPLE_REFUSED] = "403",
};

static gboolean
parse_port (const char *text,
            guint      *port,
            GError    **error)
{
  guint64          value;
  g_autofree char *escaped = NULL;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    {
      *port = (guint) value;
      return TRUE;
    }

  escaped = wb_text_escape (text, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed. */
               _ ("“%s” is not a port. Give a number from 0 to 65535; 0 takes any free one."),
               escaped);

  return FALSE;
}

/* @options: (nullable) (array zero-terminated=1): each a call, `=`, and what it answers. */
static gboolean
set_answers (WbSampleService *service,
             char           **options,
             GError         **error)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (options[i], "=", 2);
      g_autofree char *escaped = NULL;
      WbSource         call;
      guint            answer = 0;

      while (parts[0] != NULL && parts[1] != NULL && answer < G_N_ELEMENTS (answers)
             && !g_str_equal (answers[answer], parts[1]))
        answer++;
      if (parts[0] != NULL && parts[1] != NULL && answer < G_N_ELEMENTS (answers)
          && wb_source_from_string (parts[0], &call))
        {
          wb_sample_service_set_answer (service, call, (WbSampleAnswer) answer);
          continue;
        }

      escaped = wb_text_escape (options[i], -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed; words to type; and words to type. */
                   _ ("“%s” is not an answer. Give a call (%s), “=”, and what it answers (%s)."),
                   escaped, "export, list, management", "200, 403, 410, APIG.0101, APIGW.0101");
      return FALSE;
    }

  return TRUE;
}

/* @dialect: (nullable): as typed. */
static gboolean
set_dialect (WbSampleService *service,
             const char      *dialect,
             GError         **error)
{
  g_autofree char *escaped = NULL;

  if (dialect == NULL || g_str_equal (dialect, "camel") || g_str_equal (dialect, "snake"))
    {
      wb_sample_service_set_dialect (service, g_strcmp0 (dialect, "snake") == 0
                                                ? WB_SAMPLE_DIALECT_SNAKE
                                                : WB_SAMPLE_DIALECT_CAMEL);
      return TRUE;
    }

  escaped = wb_text_escape (dialect, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed. */
               _ ("“%s” is not a dialect. Give “camel” or “snake”."), escaped);

  return FALSE;
}

static void
append_workspaces (GString   *text,
                   WbAccount *account)
{
  GListModel *workspaces = wb_account_get_workspaces (account);

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *id = wb_workspace_get_id (workspace);

      g_string_append_printf (text, "  %-32s  %s\n", *id != '\0' ? id : "default",
                              wb_workspace_get_name (workspace));
    }
}

/* Printing credentials is right only here: they are made up, and valid for this run of this
 * service. */
static char *
describe (WbSampleService *service)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WbAccount) account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) password = wb_sample_service_dup_credentials (service,
                                                                          WB_AUTH_PASSWORD);
  g_autoptr (WbCredentials) key = wb_sample_service_dup_credentials (service, WB_AUTH_KEY);
  const char      *url = wb_sample_service_get_url (service);
  g_autofree char *quoted_domain = g_shell_quote (wb_credentials_get_domain (password));
  g_autofree char *quoted_user = g_shell_quote (wb_credentials_get_user (password));
  g_autofree char *quoted_password = g_shell_quote (wb_credentials_get_password (password));
  g_autofree char *quoted_access = g_shell_quote (wb_credentials_get_access_key (key));
  g_autofree char *quoted_secret = g_shell_quote (wb_credentials_get_secret_key (key));
  g_autofree char *address = g_strdup_printf ("--service-url %s --identity-url %s "
                                              "--management-url %s --project-id %s",
                                              url, url, url,
                                              wb_sample_service_get_project_id (service));

  /* Translators: an address, such as http://127.0.0.1:8080. */
  g_string_append_printf (text, _ ("The sample service runs at %s. Ctrl+C stops it.\n"), url);
  g_string_append (text, "\n");
  g_string_append (text, _ ("Workspaces:\n"));
  append_workspaces (text, account);
  g_string_append (text, "\n");
  g_string_append (text, _ ("Export with a password:\n"));
  g_string_append_printf (text,
                          "  WAYBILL_PASSWORD=%s waybill-cli export %s --domain %s --user %s\n",
                          quoted_password, address, quoted_domain, quoted_user);
  g_string_append (text, "\n");
  g_string_append (text, _ ("Export with an access key:\n"));
  g_string_append_printf (text,
                          "  WAYBILL_ACCESS_KEY=%s WAYBILL_SECRET_KEY=%s "
                          "waybill-cli export --auth key %s\n",
                          quoted_access, quoted_secret, address);
  g_string_append (text, "\n");
  g_string_append (text, _ ("Add --workspace and an ID for a workspace other than “default”.\n"));
  g_string_append_printf (text,
                          /* Translators: an ID. */
                          _ ("Management Center knows the default workspace as %s.\n"),
                          WB_SAMPLE_DEFAULT_ID);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run (WbSampleService *service,
     guint            port,
     GError         **error)
{
  g_autoptr (GCancellable) cancellable = wb_cli_interrupt_new ();
  g_autofree char *text = NULL;

  if (!wb_sample_service_start (service, port, error))
    return FALSE;

  text = describe (service);
  if (!wb_cli_output_text (text, error))
    {
      wb_sample_service_stop (service);
      return FALSE;
    }

  /* The service runs until it is stopped: that is not an error. */
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  wb_sample_service_stop (service);

  return TRUE;
}

WbCliStatus
wb_cli_sample_service (char        **args,
                       WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autofree char *port_text = NULL;
  g_autofree char *dialect = NULL;
  g_auto (GStrv) answer_options = NULL;
  guint              port = 0;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_FILENAME, &port_text,
      N_ ("Listen on port N (default: any free one)"), N_ ("N") },
    { "answer", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &answer_options,
      N_ ("Answer a call (export, list or management) with 403, 410, APIG.0101 or APIGW.0101, as "
          "export=410 does; can be repeated"),
      N_ ("CALL=ANSWER") },
    { "dialect", 0, 0, G_OPTION_ARG_FILENAME, &dialect,
      N_ ("How Management Center writes keys and counts pages: camel (default) or snake"),
      N_ ("DIALECT") },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN
      && wb_cli_options_take_none (&command, rest, &error)
      && (port_text == NULL || parse_port (port_text, &port, &error))
      && set_answers (service, answer_options, &error)
      && set_dialect (service, dialect, &error)
      && run (service, port, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, FALSE);
}
