/* directory.c: `waybill-cli workspaces` and `waybill-cli projects`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>

#include "cli/account/session.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/wait.h"
#include "core/service/directory/directory.h"
#include "core/text.h"

static GListModel *
fetch (WbCliSession *session,
       gboolean      projects,
       GCancellable *cancellable,
       char        **note,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (projects)
    {
      wb_directory_list_projects_async (session->sign_in,
                                        wb_account_get_default_project (session->source->account),
                                        cancellable, wb_cli_wait_cb, &result);
      return wb_directory_list_projects_finish (session->sign_in, wb_cli_wait (&result), error);
    }

  wb_directory_list_workspaces_async (session->sign_in, cancellable, wb_cli_wait_cb, &result);

  return wb_directory_list_workspaces_finish (session->sign_in, wb_cli_wait (&result), note, error);
}

static void
append_line (GString         *text,
             WbDirectoryItem *item,
             gboolean         project)
{
  g_autofree char *id = wb_text_escape (wb_directory_item_get_id (item), -1);
  g_autofree char *name = wb_text_escape (wb_directory_item_get_name (item), -1);
  g_autofree char *instance = wb_text_escape (wb_directory_item_get_instance (item), -1);

  g_string_append_printf (text, "%s\t%s", id, name);
  if (!project)
    g_string_append_printf (text, "\t%s", instance);
  g_string_append_c (text, '\n');
}

static void
add_item (JsonBuilder     *builder,
          WbDirectoryItem *item,
          gboolean         project)
{
  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "id", wb_directory_item_get_id (item));
  wb_cli_json_add_string (builder, "name", wb_directory_item_get_name (item));
  if (!project)
    wb_cli_json_add_string (builder, "instance", wb_directory_item_get_instance (item));
  json_builder_end_object (builder);
}

static gboolean
print (GListModel *items,
       gboolean    projects,
       gboolean    json,
       GError    **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (WbDirectoryItem) item = g_list_model_get_item (items, i);

      append_line (text, item, projects);
      add_item (builder, item, projects);
    }
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return json ? wb_cli_output_json (node, error) : wb_cli_output_text (text->str, error);
}

static gboolean
run (const WbCliExportOptions *options,
     WbCliSecrets             *secrets,
     GError                  **error)
{
  g_autoptr (GCancellable) cancellable = wb_cli_interrupt_new ();
  g_autoptr (WbCliSession) session = wb_cli_session_new (options, secrets, cancellable, error);
  g_autoptr (GListModel) items = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *note = NULL;

  if (session == NULL)
    return FALSE;

  items = fetch (session, options->lists_projects, cancellable, &note, &failure);
  if (items == NULL && wb_cli_session_add_passcode (session, secrets, cancellable, &failure))
    items = fetch (session, options->lists_projects, cancellable, &note, &failure);
  if (items == NULL)
    {
      wb_cli_session_name_account (session, options, failure);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (note != NULL)
    {
      g_autofree char *escaped = wb_text_escape (note, -1);

      wb_cli_output_note ("%s", escaped);
    }

  return print (items, options->lists_projects, options->json, error);
}

static WbCliStatus
list (char        **args,
      gboolean      projects,
      WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (WbCliExportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean json = wb_cli_options_want_json (args);

  parsed = wb_cli_directory_options_parse (&options, projects, g_strdupv (args), &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN
      && wb_cli_secrets_read_fd (secrets, options.secrets_fd, &error)
      && run (&options, secrets, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, json);
}

WbCliStatus
wb_cli_workspaces (char        **args,
                   WbCliSecrets *secrets)
{
  return list (args, FALSE, secrets);
}

WbCliStatus
wb_cli_projects (char        **args,
                 WbCliSecrets *secrets)
{
  return list (args, TRUE, secrets);
}
