/* show.c: `waybill-cli show`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/archive/connection/connection.h"
#include "core/error.h"
#include "core/text.h"

static const WbCliCommand command = {
  .name = "show",
  .parameters = N_ ("FILE PATH"),
  .summary = N_ ("Shows one connection of an exported ZIP file."),
  .description = { N_ (
    "FILE may be - for standard input. PATH is what “list” prints, in JSON too, or a\n"
    "connection's name. Passwords and other secrets are shown as dots, unless --reveal is\n"
    "given. A file that is not a connection in JSON form is only shown with --reveal. The\n"
    "password of an encrypted ZIP file comes from WAYBILL_ZIP_PASSWORD, or is asked for on\n"
    "the terminal.\n"
    "\n"
    "With --json the output is an object {\"path\",\"form\",\"name\",\"type\",\"description\",\n"
    "\"address\",\"clear_secrets\",\"fields\":[{\"key\",\"value\",\"secret\",\"included\"}]},\n"
    "where the value of a secret is null; or, for what is not JSON, {\"path\",\"form\",\n"
    "\"error\",\"text\"}.\n"
    "\n"
    "Exit status: 0 done, 1 other failure, 2 usage, 7 not a valid archive, 8 the file cannot\n"
    "be read, 130 interrupted.\n") },
};

typedef struct
{
  gboolean json;
  gboolean reveal;
} Options;

static void
append_line (GString    *text,
             const char *label,
             const char *value)
{
  if (*value != '\0')
    g_string_append_printf (text, "%s: %s\n", label, value);
}

static char *
connection_to_text (WbConnection *connection,
                    const char   *path,
                    gboolean      reveal)
{
  GString *text = g_string_new (NULL);
  guint    n_secrets = wb_connection_get_n_clear_secrets (connection);

  append_line (text, _ ("Path"), path);
  append_line (text, _ ("Name"), wb_connection_get_name (connection));
  append_line (text, _ ("Type"), wb_connection_get_type_name (connection));
  append_line (text, _ ("Description"), wb_connection_get_description (connection));
  append_line (text, _ ("Address"), wb_connection_get_address (connection));
  if (n_secrets > 0)
    {
      gboolean styled = wb_cli_output_has_styles (STDOUT_FILENO);
      /* Translators: how many secrets the ZIP shows. */
      g_autofree char *finding = g_strdup_printf (ngettext ("%u secret in clear text",
                                                            "%u secrets in clear text", n_secrets),
                                                  n_secrets);

      g_string_append_printf (text, "%s%s%s\n", styled ? WB_CLI_STYLE_FINDING : "", finding,
                              styled ? WB_CLI_STYLE_END : "");
    }
  if (wb_connection_get_n_fields (connection) > 0)
    g_string_append_c (text, '\n');
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      const WbConnectionField *field = wb_connection_get_field (connection, i);
      g_autofree char         *shown = wb_connection_field_dup_shown (field);

      g_string_append_printf (text, "%s: %s\n", field->label,
                              reveal && field->included ? field->value : shown);
    }

  return g_string_free (text, FALSE);
}

static void
add_fields (JsonBuilder  *builder,
            WbConnection *connection,
            gboolean      reveal)
{
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < wb_connection_get_n_fields (connection); i++)
    {
      const WbConnectionField *field = wb_connection_get_field (connection, i);
      const char              *value = field->value;

      if (field->secret && !reveal && field->included)
        value = field->masked;
      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "key", field->key);
      wb_cli_json_add_string (builder, "value", value);
      json_builder_set_member_name (builder, "secret");
      json_builder_add_boolean_value (builder, field->secret);
      json_builder_set_member_name (builder, "included");
      json_builder_add_boolean_value (builder, field->included);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
print_json (WbConnection *connection,
            const char   *path,
            gboolean      reveal,
            GError      **error)
{
  static const char *const forms[] = { "json", "text", "binary" };
  WbConnectionForm         form = wb_connection_get_form (connection);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "path", path);
  wb_cli_json_add_string (builder, "form", forms[form]);
  if (form == WB_CONNECTION_JSON)
    {
      wb_cli_json_add_string (builder, "name", wb_connection_get_name (connection));
      wb_cli_json_add_string (builder, "type", wb_connection_get_type_name (connection));
      wb_cli_json_add_string (builder, "description",
                              wb_connection_get_description (connection));
      wb_cli_json_add_string (builder, "address", wb_connection_get_address (connection));
      json_builder_set_member_name (builder, "clear_secrets");
      json_builder_add_int_value (builder, wb_connection_get_n_clear_secrets (connection));
      add_fields (builder, connection, reveal);
    }
  else
    {
      g_autofree char *text = reveal ? wb_connection_dup_revealed_text (connection) : NULL;

      wb_cli_json_add_string (builder, "error", wb_connection_get_parse_error (connection));
      wb_cli_json_add_string (builder, "text", text);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
print_text (WbConnection *connection,
            const char   *path,
            gboolean      reveal,
            GError      **error)
{
  g_autofree char *text = NULL;

  if (wb_connection_get_form (connection) == WB_CONNECTION_JSON)
    text = connection_to_text (connection, path, reveal);
  else
    {
      wb_cli_output_note ("%s: %s", path, wb_connection_get_parse_error (connection));
      if (!reveal)
        {
          wb_cli_output_note (_ ("It may contain passwords anywhere. Use --reveal to see it."));
          return TRUE;
        }
      text = wb_connection_dup_revealed_text (connection);
    }

  return wb_cli_output_text (text, error);
}

/* The readable part of a damaged file is still shown. */
static void
tell_problems (WbArchive  *archive,
               guint       node,
               const char *path)
{
  WbProblems       problems = wb_archive_get_node_problems (archive, node);
  g_autofree char *text = wb_problems_to_text (problems & ~(WbProblems) WB_PROBLEM_NOT_JSON);

  if (*text == '\0')
    return;
  g_strdelimit (text, "\n", ' ');
  wb_cli_output_finding ("%s: %s", path, text);
}

static gboolean
run (char         **rest,
     const Options *options,
     WbCliSecrets  *secrets,
     GError       **error)
{
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (WbConnection) connection = NULL;
  g_autofree char *path = NULL;
  int              node;

  if (rest[1] == NULL || rest[2] == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("FILE and PATH are needed. See “waybill-cli show --help”."));
      return FALSE;
    }
  if (!wb_cli_options_take_none (&command, rest + 2, error))
    return FALSE;

  wb_cli_interrupt_exit ();
  archive = wb_cli_archive_open (rest[1], wb_archive_open_types, NULL, error);
  if (archive == NULL
      || !wb_cli_archive_unlock (&archive, rest[1], secrets, WB_CLI_UNLOCK_IF_GIVEN, NULL, error))
    return FALSE;
  node = wb_cli_archive_find (archive, rest[2]);
  /* A connection's own name is among what is encrypted. */
  if (node < 0
      || (wb_archive_get_node_problems (archive, (guint) node) & WB_PROBLEM_ENCRYPTED) != 0)
    {
      if (!wb_cli_archive_unlock (&archive, rest[1], secrets, WB_CLI_UNLOCK_ASK, NULL, error))
        return FALSE;
      node = wb_cli_archive_find (archive, rest[2]);
    }
  if (node < 0)
    {
      g_autofree char *escaped = wb_text_escape (rest[2], -1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: the path that a person typed; list is the name of a command. */
                   _ ("The ZIP file contains no “%s”. “waybill-cli list” shows its contents."),
                   escaped);
      return FALSE;
    }

  path = wb_archive_dup_path (archive, (guint) node);
  contents = wb_archive_read (archive, (guint) node, NULL, error);
  if (contents == NULL)
    {
      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), path);
      return FALSE;
    }
  tell_problems (archive, (guint) node, path);
  connection = wb_connection_new (contents);

  return options->json ? print_json (connection, path, options->reveal, error)
                       : print_text (connection, path, options->reveal, error);
}

WbCliStatus
wb_cli_show (char        **args,
             WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  Options            options = { .json = wb_cli_options_want_json (args) };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("A JSON object"), NULL },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &options.reveal, N_ ("Show secrets too"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, &options, secrets, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, options.json);
}
