/* list.c: `waybill-cli list`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands/listed-path.h"
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
    "in bytes, with tabs between. Control characters and invalid bytes are written as \\xNN\n"
    "or \\u{NNNN}. Folders are not listed.\n"
    "\n"
    "With --json the output is an array of {\"path\",\"name\",\"type\",\"size_bytes\"}, where\n"
    "“name” is the path's last part; with --names and --json, an array of paths. Each path\n"
    "is there once: #2 stands behind that of a second entry with the same one.\n"
    "\n"
    "Exit status: 0 done, 2 usage, 7 not a valid archive, 8 the file cannot be read,\n"
    "130 interrupted.\n") },
};

typedef struct
{
  WbZipIndex  *index;   /* (owned) */
  WbArchive   *archive; /* (owned) (nullable): not for names alone */
  guint       *nodes;   /* (owned) (nullable): a node for each record, 0 for none */
  WbCliListed *listed;  /* (owned) (nullable): a path for each record, for JSON */
  gboolean     json;
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->index, wb_zip_index_free);
  g_clear_object (&self->archive);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->listed, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

/* Names, sizes and their order are the index's; types are in the contents. */
static gboolean
listing_load (Listing    *self,
              const char *path,
              gboolean    names_only,
              GError    **error)
{
  g_autoptr (WbSpool) spool = wb_spool_open (path, error);

  if (spool == NULL)
    return FALSE;

  self->index = wb_zip_index_read (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool), NULL,
                                   error);
  if (self->index != NULL && names_only)
    return TRUE;
  if (self->index != NULL)
    self->archive = wb_archive_open_types (spool, NULL, error);
  if (self->archive == NULL)
    {
      g_autofree char *escaped = wb_text_escape (path, -1);

      /* Translators: a file's name, before a sentence on what is wrong with it. */
      g_prefix_error (error, _ ("“%s”: "), escaped);
      return FALSE;
    }

  self->nodes = g_new0 (guint, MAX (wb_zip_index_get_n (self->index), 1));
  for (guint node = 0; node < wb_archive_get_n_nodes (self->archive); node++)
    {
      int record = wb_archive_get_record (self->archive, node);

      if (record >= 0 && (guint) record < wb_zip_index_get_n (self->index))
        self->nodes[record] = node;
    }

  return TRUE;
}

static const char *
get_type_name (Listing *self,
               guint    record)
{
  if (self->archive == NULL || self->nodes[record] == 0)
    return "";

  return wb_archive_get_type_name (self->archive, self->nodes[record]);
}

static gboolean
is_plain (const WbZipEntry *entry)
{
  for (guint i = 0; i < entry->path_length; i++)
    {
      if (entry->path[i] < 0x20 || entry->path[i] > 0x7e)
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_path (const WbZipEntry *entry,
            GError          **error)
{
  g_autofree char *escaped = NULL;

  if (is_plain (entry))
    return wb_cli_output_bytes (entry->path, entry->path_length, error);

  escaped = wb_text_escape (entry->path, entry->path_length);

  return wb_cli_output_bytes (escaped, strlen (escaped), error);
}

static gboolean
write_line (Listing *self,
            guint    record,
            GError **error)
{
  const WbZipEntry *entry = wb_zip_index_get (self->index, record);
  g_autofree char  *rest = NULL;

  if (!write_path (entry, error))
    return FALSE;
  if (self->archive == NULL)
    return wb_cli_output_bytes ("\n", 1, error);

  rest = g_strdup_printf ("\t%s\t%" G_GUINT64_FORMAT "\n", get_type_name (self, record),
                          entry->size_bytes);

  return wb_cli_output_bytes (rest, strlen (rest), error);
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
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, slash != NULL ? slash + 1 : path);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, get_type_name (self, record));
  json_builder_set_member_name (builder, "size_bytes");
  json_builder_add_int_value (builder, (gint64) MIN (entry->size_bytes, (guint64) G_MAXINT64));
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
      wb_cli_output_note ("%s: %s", path, text);
    }

  if (n > MAX_PROBLEMS)
    /* Translators: how many entries are not named; a list of some stands before. */
    wb_cli_output_note (ngettext ("%u more entry has problems.", "%u more entries have problems.",
                                  n - MAX_PROBLEMS),
                        n - MAX_PROBLEMS);
}

static gboolean
run (char   **rest,
     gboolean names_only,
     gboolean json,
     GError **error)
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

  wb_cli_interrupt_exit ();
  setvbuf (stdout, NULL, _IOFBF, OUTPUT_BUFFER_BYTES);
  if (!listing_load (&listing, rest[1], names_only, error)
      || !listing_write (&listing, error))
    return FALSE;
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
  gboolean           names_only = FALSE;
  gboolean           json = wb_cli_options_want_json (args);
  const GOptionEntry entries[] = {
    { "names", 0, 0, G_OPTION_ARG_NONE, &names_only,
      N_ ("Paths alone; nothing is unpacked"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("A JSON array"), NULL },
    G_OPTION_ENTRY_NULL
  };

  parsed = wb_cli_options_parse (&command, entries, &rest, &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && run (rest, names_only, json, &error))
    return WB_CLI_DONE;

  return wb_cli_output_error (error, json);
}
