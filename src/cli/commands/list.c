/* list.c: `waybill-cli list`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands/archive-file.h"
#include "cli/commands/listed-path.h"
#include "cli/commands/rebuilt-archive.h"
#include "cli/commands/zip-password.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/options.h"
#include "core/archive/tree/archive.h"
#include "core/archive/zip/zip-index.h"
#include "core/error.h"
#include "core/text.h"

/* An archive may hold a million entries; a write for each line would cost more than the reading. */
#define OUTPUT_BUFFER_BYTES (256 * 1024)

/* More entries with problems are only counted. */
#define MAX_PROBLEMS 10

static const WbCliCommand command = {
  .name = "list",
  /* Translators: stands for a file's name in the line that shows how a command is used. */
  .parameters = N_ ("FILE"),
  .summary = N_ ("Lists the files in an exported ZIP file, in their order there."),
  .description = { N_ (
    "A line holds the path, the connection's type (empty where there is none) and the size\n"
    "in bytes, with tabs between, or the columns that --columns names: path, name (the path's\n"
    "last part), type, address, size. Control characters and invalid bytes are written as\n"
    "\\xNN or \\u{NNNN}. Folders are not listed. FILE may be - for standard input.\n"
    "\n"
    "With --json the output is an array of {\"path\",\"name\",\"type\",\"size_bytes\"}, or of\n"
    "what --columns names; with --names and --json, an array of paths. Each path is there\n"
    "once: #2 stands behind that of a second entry with the same one. In a ZIP file that\n"
    "Waybill rebuilt, each object also has \"rebuilt\" and \"source\", and that of a connection\n"
    "\"missing_passwords\", unless --columns is used.\n"
    "\n"
    "Types in an encrypted ZIP file are listed if WAYBILL_ZIP_PASSWORD opens it.\n"
    "\n"
    "Exit status: 0 done, 1 other failure, 2 usage, 7 not a valid archive, 8 the file cannot\n"
    "be read, 130 interrupted.\n") },
};

typedef enum
{
  COLUMN_PATH,
  COLUMN_NAME,
  COLUMN_TYPE,
  COLUMN_ADDRESS,
  COLUMN_SIZE,
  N_COLUMNS
} Column;

static const struct
{
  const char *name;   /* as it is typed; never translated */
  const char *member; /* in JSON */
} column_names[N_COLUMNS] = {
  [COLUMN_PATH] = { "path", "path" },
  [COLUMN_NAME] = { "name", "name" },
  [COLUMN_TYPE] = { "type", "type" },
  [COLUMN_ADDRESS] = { "address", "address" },
  [COLUMN_SIZE] = { "size", "size_bytes" },
};

static const Column line_columns[] = { COLUMN_PATH, COLUMN_TYPE, COLUMN_SIZE };
static const Column json_columns[] = { COLUMN_PATH, COLUMN_NAME, COLUMN_TYPE, COLUMN_SIZE };

typedef struct
{
  WbZipIndex  *names;   /* (owned) (nullable): where nothing else is wanted */
  WbZipIndex  *index;   /* (unowned): these names, or the archive's */
  WbArchive   *archive; /* (owned) (nullable): not for names alone */
  guint       *nodes;   /* (owned) (nullable): a node for each record, 0 for none */
  WbCliListed *listed;  /* (owned) (nullable): a path for each record, for JSON */
  GArray      *columns; /* (owned) (element-type Column) */
  gboolean     json;
  gboolean     chosen; /* the columns were named */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->names, wb_zip_index_unref);
  g_clear_object (&self->archive);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->listed, g_free);
  g_clear_pointer (&self->columns, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static gboolean
has_column (Listing *self,
            Column   column)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (g_array_index (self->columns, Column, i) == column)
        return TRUE;
    }

  return FALSE;
}

/* Names, sizes and their order are the index's; types and addresses are in the contents. */
static gboolean
listing_load (Listing      *self,
              const char   *path,
              gboolean      names_only,
              WbCliSecrets *secrets,
              GError      **error)
{
  g_autoptr (WbSpool) spool = wb_cli_archive_load (path, error);

  if (spool == NULL)
    return FALSE;

  if (names_only)
    self->names = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool),
                                     NULL, error);
  else
    self->archive = has_column (self, COLUMN_ADDRESS) ? wb_archive_open (spool, NULL, error)
                                                      : wb_archive_open_types (spool, NULL, error);
  if (self->names == NULL && self->archive == NULL)
    {
      g_autofree char *escaped = wb_cli_archive_dup_shown_path (path);

      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), escaped);
      return FALSE;
    }

  self->index = self->names;
  if (names_only)
    return TRUE;

  if (!wb_cli_archive_unlock (&self->archive, path, secrets, WB_CLI_UNLOCK_IF_GIVEN, NULL, error))
    return FALSE;

  self->index = wb_archive_get_index (self->archive);
  self->nodes = g_new0 (guint, MAX (wb_zip_index_get_n (self->index), 1));
  for (guint node = 0; node < wb_archive_get_n_nodes (self->archive); node++)
    {
      int record = wb_archive_get_record (self->archive, node);

      if (record >= 0 && (guint) record < wb_zip_index_get_n (self->index))
        self->nodes[record] = node;
    }

  return TRUE;
}

/* @text: (nullable): what a person named, with commas between */
static gboolean
listing_choose_columns (Listing    *self,
                        const char *text,
                        GError    **error)
{
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  self->chosen = names != NULL;
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  if (names == NULL && self->json)
    g_array_append_vals (self->columns, json_columns, G_N_ELEMENTS (json_columns));
  else if (names == NULL)
    g_array_append_vals (self->columns, line_columns, G_N_ELEMENTS (line_columns));

  for (guint i = 0; names != NULL && (names[i] != NULL || i == 0); i++)
    {
      const char      *name = names[i] != NULL ? g_strstrip (names[i]) : "";
      g_autofree char *escaped = NULL;
      Column           column = COLUMN_PATH;

      while (column < N_COLUMNS && strcmp (name, column_names[column].name) != 0)
        column++;
      if (column < N_COLUMNS)
        {
          g_array_append_val (self->columns, column);
          continue;
        }
      escaped = wb_text_escape (name, -1);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: what a person typed; the five words are typed as they are. */
                   _ ("“%s” is not a column. The columns are path, name, type, address and size."),
                   escaped);
      return FALSE;
    }

  return TRUE;
}

static const char *
get_text (Listing *self,
          guint    record,
          Column   column)
{
  if (self->archive == NULL || self->nodes[record] == 0)
    return "";

  return column == COLUMN_TYPE
           ? wb_archive_get_type_name (self->archive, self->nodes[record])
           : wb_archive_get_address (self->archive, self->nodes[record]);
}

static gboolean
is_plain (const char *text,
          guint       length)
{
  for (guint i = 0; i < length; i++)
    {
      if (text[i] < 0x20 || text[i] > 0x7e)
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_name (const char *name,
            guint       length,
            GError    **error)
{
  g_autofree char *escaped = NULL;

  if (is_plain (name, length))
    return wb_cli_output_bytes (name, length, error);

  escaped = wb_text_escape (name, length);

  return wb_cli_output_bytes (escaped, strlen (escaped), error);
}

static gboolean
write_column (Listing *self,
              guint    record,
              Column   column,
              GError **error)
{
  const WbZipEntry *entry = wb_zip_index_get (self->index, record);
  char              size[32];
  const char       *slash;
  const char       *text;
  guint             start;

  switch (column)
    {
    case COLUMN_PATH:
      return write_name (entry->path, entry->path_length, error);
    case COLUMN_NAME:
      slash = memrchr (entry->path, '/', entry->path_length);
      start = slash != NULL ? (guint) (slash + 1 - entry->path) : 0;
      return write_name (entry->path + start, entry->path_length - start, error);
    case COLUMN_SIZE:
      g_snprintf (size, sizeof size, "%" G_GUINT64_FORMAT, entry->size_bytes);
      return wb_cli_output_bytes (size, strlen (size), error);
    case COLUMN_TYPE:
    case COLUMN_ADDRESS:
    case N_COLUMNS:
    default:
      text = get_text (self, record, column);
      return wb_cli_output_bytes (text, strlen (text), error);
    }
}

static gboolean
write_line (Listing *self,
            guint    record,
            GError **error)
{
  guint n_columns = self->archive != NULL ? self->columns->len : 1;

  for (guint i = 0; i < n_columns; i++)
    {
      Column column = self->archive != NULL ? g_array_index (self->columns, Column, i)
                                            : COLUMN_PATH;

      if ((i > 0 && !wb_cli_output_bytes ("\t", 1, error))
          || !write_column (self, record, column, error))
        return FALSE;
    }

  return wb_cli_output_bytes ("\n", 1, error);
}

/* In a rebuilt archive, each entry says so, and each connection what is missing. */
static void
add_rebuilt (Listing     *self,
             guint        record,
             JsonBuilder *builder)
{
  const GPtrArray *missing = wb_archive_get_missing_passwords (self->archive);
  guint            node = self->nodes[record];

  wb_cli_rebuilt_add_source (builder, self->archive);
  if (wb_archive_get_kind (self->archive, node) != WB_NODE_CONNECTION)
    return;

  json_builder_set_member_name (builder, "missing_passwords");
  json_builder_begin_array (builder);
  /* In the order of nodes, which is not that of records. */
  for (guint i = 0; i < missing->len; i++)
    {
      const WbMissingPassword *one = g_ptr_array_index (missing, i);

      for (guint k = 0; one->node == node && one->settings[k] != NULL; k++)
        json_builder_add_string_value (builder, one->settings[k]);
    }
  json_builder_end_array (builder);
}

static JsonNode *
entry_to_json (Listing *self,
               guint    record)
{
  const WbZipEntry *entry = wb_zip_index_get (self->index, record);
  g_autofree char  *path = wb_cli_listed_dup_path (&self->listed[record]);
  const char       *slash = strrchr (path, '/');
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (self->archive == NULL)
    return json_node_init_string (json_node_alloc (), path);

  json_builder_begin_object (builder);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column column = g_array_index (self->columns, Column, i);

      json_builder_set_member_name (builder, column_names[column].member);
      if (column == COLUMN_SIZE)
        json_builder_add_int_value (builder,
                                    (gint64) MIN (entry->size_bytes, (guint64) G_MAXINT64));
      else if (column == COLUMN_PATH)
        json_builder_add_string_value (builder, path);
      else if (column == COLUMN_NAME)
        json_builder_add_string_value (builder, slash != NULL ? slash + 1 : path);
      else
        json_builder_add_string_value (builder, get_text (self, record, column));
    }
  if (!self->chosen && wb_archive_is_rebuilt (self->archive))
    add_rebuilt (self, record, builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* An element a line, written as it is made: the array is never in memory as a whole. */
static gboolean
write_element (Listing *self,
               guint    record,
               gboolean first,
               GError **error)
{
  g_autoptr (JsonNode) node = entry_to_json (self, record);
  g_autofree char *text = wb_cli_json_to_text (node);

  return wb_cli_output_bytes (first ? "\n  " : ",\n  ", first ? 3 : 4, error)
         && wb_cli_output_bytes (text, strlen (text), error);
}

static void
number_paths (Listing *self)
{
  guint n = wb_zip_index_get_n (self->index);

  self->listed = g_new0 (WbCliListed, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const WbZipEntry *entry = wb_zip_index_get (self->index, i);

      if ((entry->flags & WB_ZIP_ENTRY_FOLDER) == 0)
        self->listed[i] = (WbCliListed){ .path = entry->path, .length = entry->path_length };
    }
  wb_cli_listed_number (self->listed, n);
}

static gboolean
listing_write (Listing *self,
               GError **error)
{
  gboolean first = TRUE;

  if (self->json)
    number_paths (self);
  if (self->json && !wb_cli_output_bytes ("[", 1, error))
    return FALSE;

  for (guint i = 0; i < wb_zip_index_get_n (self->index); i++)
    {
      if (wb_zip_index_get (self->index, i)->flags & WB_ZIP_ENTRY_FOLDER)
        continue;
      if (!(self->json ? write_element (self, i, first, error) : write_line (self, i, error)))
        return FALSE;
      first = FALSE;
    }

  if (self->json && !wb_cli_output_bytes (first ? "]\n" : "\n]\n", first ? 2 : 3, error))
    return FALSE;

  return wb_cli_output_flush (error);
}

/* A file that can be listed may still hold contents that cannot be trusted. */
static void
tell_problems (Listing *self)
{
  guint n = 0;

  if (self->archive == NULL || wb_archive_get_problems (self->archive) == WB_PROBLEM_NONE)
    return;

  for (guint i = 0; i < wb_zip_index_get_n (self->index); i++)
    {
      WbProblems       problems = wb_archive_get_node_problems (self->archive, self->nodes[i]);
      g_autofree char *path = NULL;
      g_autofree char *text = NULL;

      if (self->nodes[i] == 0 || problems == WB_PROBLEM_NONE || ++n > MAX_PROBLEMS)
        continue;
      path = wb_archive_dup_path (self->archive, self->nodes[i]);
      text = wb_problems_to_text (problems);
      g_strdelimit (text, "\n", ' ');
      wb_cli_output_finding ("%s: %s", path, text);
    }

  if (n > MAX_PROBLEMS)
    /* Translators: how many entries are not named; a list of some stands before. */
    wb_cli_output_note (ngettext ("%u more entry has problems.", "%u more entries have problems.",
                                  n - MAX_PROBLEMS),
                        n - MAX_PROBLEMS);
}

static gboolean
run (char        **rest,
     gboolean      names_only,
     const char   *columns,
     gboolean      json,
     WbCliSecrets *secrets,
     GError      **error)
{
  g_auto (Listing) listing = { .json = json };

  if (rest[1] == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("No FILE was given. See “waybill-cli list --help”."));
      return FALSE;
    }
  if (!wb_cli_options_take_none (&command, rest + 1, error))
    return FALSE;
  if (names_only && columns != NULL)
    {
      /* Translators: two options, such as --password and --token. */
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Use either %s or %s, not both."),
                   "--names", "--columns");
      return FALSE;
    }
  if (!listing_choose_columns (&listing, columns, error))
    return FALSE;

  wb_cli_interrupt_exit ();
  setvbuf (stdout, NULL, _IOFBF, OUTPUT_BUFFER_BYTES);
  if (!listing_load (&listing, rest[1], names_only, secrets, error)
      || !listing_write (&listing, error))
    return FALSE;
  if (listing.archive != NULL)
    wb_cli_rebuilt_tell (listing.archive);
  tell_problems (&listing);

  return TRUE;
}

WbCliStatus
wb_cli_list (char        **args,
             WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (GStrv) rest = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  g_autofree char   *columns = NULL;
  gboolean           names_only = FALSE;
  gboolean           json = wb_cli_options_want_json (args);
  const GOptionEntry entries[] = {
    { "names", 0, 0, G_OPTION_ARG_NONE, &names_only,
      N_ ("Only paths; nothing is unpacked"), NULL },
    { "columns", 0, 0, G_OPTION_ARG_FILENAME, &columns,
      N_ ("These columns, with commas between (default: path,type,size)"), N_ ("LIST") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("A JSON array"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, names_only, columns, json, secrets, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, json);
}
