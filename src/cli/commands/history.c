/* history.c: `waybill-cli history`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/commands/history-age.h"
#include "cli/commands/history-remove.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/error.h"
#include "core/text.h"

static const WbCliCommand command = {
  .name = "history",
  .summary = N_ ("Lists the exports there were, or tells which workspaces have no recent one."),
  .description = {
    N_ ("A line holds when the export ended (in UTC), the account, the workspace, how the\n"
        "connections were fetched (export, list or management), how many there are, the size in\n"
        "bytes, the result, the file and the account's mark, with tabs between, the newest first.\n"
        "On a terminal it is a table in local time. The result is ok, unsaved (only looked at),\n"
        "unfinished (under way, or ended by force) or the kind of an error. The file is a path\n"
        "where it has one.\n"
        "\n"
        "With --max-age the output says when the last good export of each workspace was, and the\n"
        "status is 1 if one has none that is young enough. A good one was fetched and saved. All\n"
        "workspaces count that are stored in an account or in the history; --account and\n"
        "--workspace choose from these. The first line sums it up.\n"
        "\n"),
    N_ ("With --json the output is an array of objects with account_id, account, mark,\n"
        "workspace_id, workspace, source, connections, bytes, sha256, file, result, message,\n"
        "started and finished; with --max-age, of account_id, account, workspace_id, workspace,\n"
        "last_good and late.\n"
        "\n"
        "Exit status: 0 done, 1 a workspace has no good export within --max-age, 2 usage, 8 the\n"
        "history or the file of accounts cannot be read, 130 interrupted.\n"
        "\n"),
    N_ ("The last column of a line, and “id” in JSON, is the record’s ID. --remove takes a record\n"
        "out of the history and prints it; with “all” it takes out all records that --account\n"
        "and --workspace choose. The files stay.\n") },
};

typedef struct
{
  char    *account;   /* (owned) (nullable) */
  char    *workspace; /* (owned) (nullable) */
  char    *max_age;   /* (owned) (nullable) */
  char    *limit;     /* (owned) (nullable) */
  char   **remove;    /* (owned) (nullable): IDs */
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->account);
  g_free (self->workspace);
  g_free (self->max_age);
  g_free (self->limit);
  g_strfreev (self->remove);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef enum
{
  COLUMN_FINISHED,
  COLUMN_ACCOUNT,
  COLUMN_WORKSPACE,
  COLUMN_SOURCE,
  COLUMN_CONNECTIONS,
  COLUMN_SIZE,
  COLUMN_RESULT,
  COLUMN_FILE,
  COLUMN_MARK,
  COLUMN_ID,
  N_COLUMNS
} Column;

static const char *const headings[N_COLUMNS] = {
  [COLUMN_FINISHED] = N_ ("Finished"),
  [COLUMN_ACCOUNT] = N_ ("Account"),
  [COLUMN_WORKSPACE] = N_ ("Workspace"),
  /* Translators: where the connections came from: the export, a list, or Management Center. */
  [COLUMN_SOURCE] = N_ ("Source"),
  [COLUMN_CONNECTIONS] = N_ ("Connections"),
  [COLUMN_SIZE] = N_ ("Size"),
  [COLUMN_RESULT] = N_ ("Result"),
  [COLUMN_FILE] = N_ ("File"),
  [COLUMN_MARK] = N_ ("Mark"),
  [COLUMN_ID] = N_ ("ID"),
};

static char *
dup_time (gint64      unix_time,
          gboolean    local,
          const char *format)
{
  g_autoptr (GDateTime) time = local ? g_date_time_new_from_unix_local (unix_time)
                                     : g_date_time_new_from_unix_utc (unix_time);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("?");
}

/* A path where the file has one, else its URI. */
static char *
dup_file (WbHistoryRecord *record)
{
  g_autoptr (GFile) file = wb_history_record_dup_file (record);
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  return path != NULL ? path : g_strdup (record->file);
}

static const char *
get_result (WbHistoryRecord *record)
{
  if (g_str_equal (record->result, WB_HISTORY_OK) && !wb_history_record_is_good (record))
    return "unsaved";

  return record->result;
}

/* Returns: (transfer full): escaped text */
static char *
dup_cell (WbHistoryRecord *record,
          Column           column,
          gboolean         for_person)
{
  g_autofree char *file = NULL;

  switch (column)
    {
    case COLUMN_FINISHED:
      return for_person ? dup_time (record->finished, TRUE, "%F %R")
                        : dup_time (record->finished, FALSE, "%FT%TZ");
    case COLUMN_ACCOUNT:
      return wb_text_escape (*record->account != '\0' ? record->account : record->account_id, -1);
    case COLUMN_WORKSPACE:
      return wb_text_escape (*record->workspace != '\0' ? record->workspace
                                                        : record->workspace_id,
                             -1);
    case COLUMN_SOURCE:
      return wb_text_escape (record->source, -1);
    case COLUMN_CONNECTIONS:
      return g_strdup_printf ("%u", record->n_connections);
    case COLUMN_SIZE:
      return for_person ? g_format_size (record->size_bytes)
                        : g_strdup_printf ("%" G_GUINT64_FORMAT, record->size_bytes);
    case COLUMN_RESULT:
      return wb_text_escape (get_result (record), -1);
    case COLUMN_FILE:
      file = dup_file (record);
      return wb_text_escape (file, -1);
    case COLUMN_MARK:
      return wb_text_escape (record->mark, -1);
    case COLUMN_ID:
      return g_strdup_printf ("%" G_GINT64_FORMAT, record->id);
    case N_COLUMNS:
    default:
      return NULL;
    }
}

/* In columns of the terminal; ideographs take two. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

static char *
to_table (GPtrArray *records)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);
  guint    widths[N_COLUMNS] = { 0 };

  for (guint row = 0; row <= records->len; row++)
    {
      for (Column column = 0; column < N_COLUMNS; column++)
        {
          char *cell = row == 0 ? g_strdup (_ (headings[column]))
                                : dup_cell (g_ptr_array_index (records, row - 1), column, TRUE);

          widths[column] = MAX (widths[column], get_width (cell));
          g_ptr_array_add (cells, cell);
        }
    }

  for (guint i = 0; i < cells->len; i++)
    {
      Column      column = i % N_COLUMNS;
      const char *cell = g_ptr_array_index (cells, i);
      int         gap = (int) (widths[column] - get_width (cell));
      gboolean    is_number = column == COLUMN_CONNECTIONS || column == COLUMN_SIZE
                           || column == COLUMN_ID;

      g_string_append_printf (text, "%*s%s%*s", is_number ? gap : 0, "", cell,
                              is_number ? 2 : gap + 2, "");
      if (column == N_COLUMNS - 1)
        {
          while (text->str[text->len - 1] == ' ')
            g_string_truncate (text, text->len - 1);
          g_string_append_c (text, '\n');
        }
    }

  return g_string_free (text, FALSE);
}

static char *
to_lines (GPtrArray *records)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      for (Column column = 0; column < N_COLUMNS; column++)
        {
          g_autofree char *cell = dup_cell (g_ptr_array_index (records, i), column, FALSE);

          g_string_append_printf (text, "%s%s", column > 0 ? "\t" : "", cell);
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static void
add_record (JsonBuilder     *builder,
            WbHistoryRecord *record)
{
  g_autofree char *file = dup_file (record);
  g_autofree char *started = dup_time (record->started, FALSE, "%FT%TZ");
  g_autofree char *finished = dup_time (record->finished, FALSE, "%FT%TZ");

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "account_id", record->account_id);
  wb_cli_json_add_string (builder, "account", or_null (record->account));
  wb_cli_json_add_string (builder, "mark", or_null (record->mark));
  wb_cli_json_add_string (builder, "workspace_id", record->workspace_id);
  wb_cli_json_add_string (builder, "workspace", or_null (record->workspace));
  wb_cli_json_add_string (builder, "source", record->source);
  json_builder_set_member_name (builder, "connections");
  json_builder_add_int_value (builder, record->n_connections);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) record->size_bytes);
  wb_cli_json_add_string (builder, "sha256", or_null (record->sha256));
  wb_cli_json_add_string (builder, "file", or_null (file));
  wb_cli_json_add_string (builder, "result", get_result (record));
  wb_cli_json_add_string (builder, "message", or_null (record->message));
  wb_cli_json_add_string (builder, "started", started);
  wb_cli_json_add_string (builder, "finished", finished);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, record->id);
  json_builder_end_object (builder);
}

static gboolean
print (GPtrArray *records,
       gboolean   json,
       GError   **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (!json && records->len == 0)
    return TRUE;
  if (!json)
    {
      text = isatty (STDOUT_FILENO) ? to_table (records) : to_lines (records);
      return wb_cli_output_text (text, error);
    }

  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    add_record (builder, g_ptr_array_index (records, i));
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
check_options (const Options *options,
               char         **rest,
               guint64       *limit,
               gint64        *max_age_seconds,
               GError       **error)
{
  if ((options->max_age != NULL) + (options->limit != NULL) + (options->remove != NULL) > 1)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: two options, such as --password and --token. */
                   _ ("Use either %s or %s, not both."),
                   options->max_age != NULL ? "--max-age" : "--remove",
                   options->limit != NULL ? "--limit" : "--remove");
      return FALSE;
    }

  return wb_cli_options_take_none (&command, rest, error)
         && (options->limit == NULL
             || wb_cli_options_parse_number ("--limit", options->limit, 1, G_MAXINT32, limit,
                                             error))
         && (options->max_age == NULL
             || wb_cli_age_parse (options->max_age, max_age_seconds, error));
}

/* @late: (out): with an age: whether a workspace has no good export within it */
static gboolean
run (const Options *options,
     char         **rest,
     gboolean      *late,
     GError       **error)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autofree char *accounts_path = wb_account_store_dup_default_path ();
  g_autoptr (WbHistory) history = wb_history_new (path);
  g_autoptr (WbAccountStore) store = wb_account_store_new (accounts_path);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *notice = NULL;
  WbHistoryQuery   query = { .account = options->account, .workspace = options->workspace };
  guint64          limit = 0;
  gint64           max_age_seconds = 0;
  WbAccount       *account;

  if (!check_options (options, rest, &limit, &max_age_seconds, error))
    return FALSE;
  wb_cli_interrupt_exit ();
  /* Nothing else needs the accounts, whose file may be broken. */
  if ((options->account != NULL || options->max_age != NULL)
      && !wb_account_store_load (store, error))
    return FALSE;

  /* It may have had another name then. */
  account = wb_account_store_find_by_name (store, options->account);
  if (account != NULL)
    query.account = wb_account_get_uuid (account);
  query.limit = (guint) limit;
  records = wb_history_list (history, &query, error);
  notice = wb_history_take_notice (history);
  if (notice != NULL)
    {
      g_autofree char *escaped = wb_text_escape (notice, -1);

      wb_cli_output_finding ("%s", escaped);
    }
  if (records != NULL && options->remove != NULL)
    {
      GPtrArray *removed = wb_cli_history_remove (history, records, options->remove, error);

      g_ptr_array_unref (records);
      records = removed;
    }
  if (records == NULL)
    return FALSE;

  return options->max_age != NULL
           ? wb_cli_age_print (store, records, &query, max_age_seconds, options->json, late, error)
           : print (records, options->json, error);
}

WbCliStatus
wb_cli_history (char        **args,
                WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (Options) options = { .json = wb_cli_options_want_json (args) };
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  gboolean           late = FALSE;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &options.account,
      N_ ("Only this account, by its name or ID"), N_ ("NAME") },
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, &options.workspace,
      N_ ("Only this workspace, by its name or ID"), N_ ("ID") },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &options.limit, N_ ("Only the newest N"), N_ ("N") },
    { "remove", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.remove,
      N_ ("Take the record with this ID out of the history, or “all”; can be repeated"),
      N_ ("ID") },
    { "max-age", 0, 0, G_OPTION_ARG_FILENAME, &options.max_age,
      N_ ("End with 1 if a workspace has no good export younger than this, such as 26h or 2d"),
      N_ ("AGE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("A JSON array"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (&options, rest, &late, &error))
    return late ? WB_CLI_LATE : WB_CLI_DONE;

  return wb_cli_output_error (error, options.json);
}
