/* accounts.c: `waybill-cli accounts`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/terminal/options.h"
#include "core/accounts/account-store.h"
#include "core/error.h"
#include "core/text.h"

static const WbCliCommand command = {
  .name = "accounts",
  /* Translators: the first three words are typed as they are, NAME stands for an account's name. */
  .parameters = N_ ("[list | show [NAME]]"),
  .summary = N_ ("Lists the accounts that the Waybill window stores, or shows one of them."),
  .description = { N_ (
    "A line of the list holds the account's name, how it signs in, its cloud, its region\n"
    "or its service address, and its mark if it has one, with tabs between. “show” prints a\n"
    "line for each setting: its name and its value, and for each workspace its ID and its\n"
    "name. Without NAME it is the only account. Passwords, keys and tokens are in the\n"
    "keyring and never shown.\n"
    "\n"
    "With --json the list is an array of objects with name, mark, auth, cloud, region,\n"
    "service_url and workspaces, each with id and name; an account that is shown has all\n"
    "settings.\n"
    "\n"
    "Exit status: 0 done, 2 usage, 8 the file of accounts cannot be read.\n") },
};

/* What the list has of an account. */
static const WbAccountField list_fields[] = {
  WB_ACCOUNT_NAME, WB_ACCOUNT_MARK, WB_ACCOUNT_CLOUD, WB_ACCOUNT_REGION, WB_ACCOUNT_SERVICE_URL
};

static void
append_value (GString    *text,
              const char *before,
              const char *value)
{
  g_autofree char *escaped = wb_text_escape (value, -1);

  g_string_append (text, before);
  g_string_append (text, escaped);
}

static void
append_list_line (GString   *text,
                  WbAccount *account)
{
  const char *region = wb_account_get (account, WB_ACCOUNT_REGION);

  append_value (text, "", wb_account_get (account, WB_ACCOUNT_NAME));
  append_value (text, "\t", wb_auth_method_to_string (wb_account_get_auth_method (account)));
  append_value (text, "\t", wb_account_get (account, WB_ACCOUNT_CLOUD));
  append_value (text, "\t",
                *region != '\0' ? region : wb_account_get (account, WB_ACCOUNT_SERVICE_URL));
  if (*wb_account_get (account, WB_ACCOUNT_MARK) != '\0')
    append_value (text, "\t", wb_account_get (account, WB_ACCOUNT_MARK));
  g_string_append_c (text, '\n');
}

/* Names of settings are never translated: scripts read these lines. */
static void
append_settings (GString   *text,
                 WbAccount *account)
{
  GListModel *workspaces = wb_account_get_workspaces (account);

  for (WbAccountField field = 0; field < WB_ACCOUNT_N_FIELDS; field++)
    {
      const char *value = wb_account_get (account, field);

      if (*value == '\0')
        continue;
      g_string_append (text, wb_account_field_get_info (field)->key);
      append_value (text, "\t", value);
      g_string_append_c (text, '\n');
    }
  append_value (text, "auth\t", wb_auth_method_to_string (wb_account_get_auth_method (account)));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      append_value (text, "workspace\t", wb_workspace_get_id (workspace));
      append_value (text, "\t", wb_workspace_get_name (workspace));
      g_string_append_c (text, '\n');
    }
}

/* The option's name in JSON's spelling; null where it is not set. */
static void
add_field (JsonBuilder   *builder,
           WbAccount     *account,
           WbAccountField field)
{
  const char      *value = wb_account_get (account, field);
  g_autofree char *name = g_strdup (wb_account_field_get_info (field)->key);

  wb_cli_json_add_string (builder, g_strdelimit (name, "-", '_'), *value != '\0' ? value : NULL);
}

static void
add_account (JsonBuilder *builder,
             WbAccount   *account,
             gboolean     whole)
{
  GListModel *workspaces = wb_account_get_workspaces (account);

  json_builder_begin_object (builder);
  for (guint i = 0; i < (whole ? WB_ACCOUNT_N_FIELDS : G_N_ELEMENTS (list_fields)); i++)
    add_field (builder, account, whole ? (WbAccountField) i : list_fields[i]);
  wb_cli_json_add_string (builder, "auth",
                          wb_auth_method_to_string (wb_account_get_auth_method (account)));
  json_builder_set_member_name (builder, "workspaces");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "id", wb_workspace_get_id (workspace));
      wb_cli_json_add_string (builder, "name", wb_workspace_get_name (workspace));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
list (WbAccountStore *store,
      gboolean        json,
      GError        **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      append_list_line (text, account);
      add_account (builder, account, FALSE);
    }
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return json ? wb_cli_output_json (node, error) : wb_cli_output_text (text->str, error);
}

static WbAccount *
find (WbAccountStore *store,
      const char     *name,
      GError        **error)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (store));
  WbAccount       *account = name != NULL ? wb_account_store_find_by_name (store, name) : NULL;
  g_autofree char *escaped = NULL;

  if (account != NULL)
    return g_object_ref (account);
  if (name == NULL && n == 1)
    return g_list_model_get_item (G_LIST_MODEL (store), 0);

  if (name != NULL)
    {
      escaped = wb_text_escape (name, -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: the name that a person typed. */
                   _ ("No stored account is named “%s”. See “waybill-cli accounts”."), escaped);
    }
  else if (n == 0)
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("No account is stored. Add one in the Waybill window."));
  else
    g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                         _ ("There are several accounts: say which one. See “waybill-cli "
                            "accounts”."));

  return NULL;
}

static gboolean
show (WbAccountStore *store,
      const char     *name,
      gboolean        json,
      GError        **error)
{
  g_autoptr (WbAccount) account = find (store, name, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (account == NULL)
    return FALSE;

  append_settings (text, account);
  add_account (builder, account, TRUE);
  node = json_builder_get_root (builder);

  return json ? wb_cli_output_json (node, error) : wb_cli_output_text (text->str, error);
}

static gboolean
run (char   **rest,
     gboolean json,
     GError **error)
{
  const char      *word = rest[1] != NULL ? rest[1] : "list";
  gboolean         shows = g_str_equal (word, "show");
  g_autofree char *path = wb_account_store_dup_default_path ();
  g_autoptr (WbAccountStore) store = wb_account_store_new (path);
  guint n_taken = rest[1] == NULL ? 0 : shows && rest[2] != NULL ? 2
                                                                 : 1;

  if (!shows && !g_str_equal (word, "list"))
    {
      g_autofree char *escaped = wb_text_escape (word, -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed; list and show are typed as they are. */
                   _ ("“%s” is neither list nor show. See “waybill-cli accounts --help”."),
                   escaped);
      return FALSE;
    }
  if (!wb_cli_options_take_none (&command, rest + n_taken, error)
      || !wb_account_store_load (store, error))
    return FALSE;

  return shows ? show (store, rest[2], json, error) : list (store, json, error);
}

WbCliStatus
wb_cli_accounts (char        **args,
                 WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  gboolean           json = wb_cli_options_want_json (args);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("An array, or an object with “show”"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, json, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, json);
}
