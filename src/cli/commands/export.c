/* export.c: `waybill-cli export`
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/commands.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/account/session.h"
#include "cli/commands/export-many.h"
#include "cli/commands/export-record.h"
#include "cli/commands/rebuilt-archive.h"
#include "cli/commands/target.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/wait.h"
#include "core/archive/tree/node-tree.h"
#include "core/error.h"
#include "core/service/export/export.h"
#include "core/text.h"

/* What the ZIP holds, for the result.
 * @archive: (owned) (nullable): if it is a rebuilt one */
typedef struct
{
  guint      n_files;
  guint      n_connections;
  WbArchive *archive;
} Contents;

static void
contents_clear (Contents *self)
{
  g_clear_object (&self->archive);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

/* An export, whatever is in it: its index is read, and no file. */
static gboolean
count (WbSpool      *spool,
       Contents     *contents,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (WbZipIndex) index = wb_zip_index_read (wb_spool_get_fd (spool),
                                                    wb_spool_get_size_bytes (spool),
                                                    cancellable, error);

  if (index == NULL)
    return FALSE;

  wb_node_tree_count (index, &contents->n_files, &contents->n_connections);

  return TRUE;
}

static gboolean
look (WbExport     *job,
      WbSpool      *spool,
      Contents     *contents,
      GCancellable *cancellable,
      GError      **error)
{
  if (wb_export_get_source (job) == WB_SOURCE_EXPORT)
    return count (spool, contents, cancellable, error);

  contents->archive = wb_archive_open (spool, cancellable, error);
  if (contents->archive == NULL)
    return FALSE;

  contents->n_files = wb_archive_get_n_files (contents->archive);
  contents->n_connections = wb_archive_get_n_connections (contents->archive);

  return TRUE;
}

static char *
format_time (GDateTime *time)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (time);

  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}

static void
add_source (JsonBuilder    *builder,
            const Contents *contents)
{
  if (contents->archive != NULL)
    {
      wb_cli_rebuilt_add_source (builder, contents->archive);
      wb_cli_rebuilt_add_missing (builder, contents->archive);
      return;
    }

  json_builder_set_member_name (builder, "rebuilt");
  json_builder_add_boolean_value (builder, FALSE);
  wb_cli_json_add_string (builder, "source", wb_source_to_string (WB_SOURCE_EXPORT));
  json_builder_set_member_name (builder, "missing_passwords");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static gboolean
print_json (const char     *path,
            WbSpool        *spool,
            const Contents *contents,
            WbCliSource    *source,
            WbSignIn       *sign_in,
            WbExport       *job,
            GError        **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *started = format_time (wb_export_get_started (job));
  g_autofree char *finished = format_time (wb_export_get_finished (job));

  json_builder_begin_object (builder);
  wb_cli_json_add_string (builder, "file", path);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) wb_spool_get_size_bytes (spool));
  wb_cli_json_add_string (builder, "sha256", wb_spool_get_sha256 (spool));
  json_builder_set_member_name (builder, "entries");
  json_builder_add_int_value (builder, contents->n_files);
  json_builder_set_member_name (builder, "connections");
  json_builder_add_int_value (builder, contents->n_connections);
  add_source (builder, contents);
  if (*wb_account_get (source->account, WB_ACCOUNT_MARK) != '\0')
    wb_cli_json_add_string (builder, "mark", wb_account_get (source->account, WB_ACCOUNT_MARK));
  wb_cli_json_add_string (builder, "workspace", source->workspace_id);
  wb_cli_json_add_string (builder, "project_id", wb_sign_in_get_project_id (sign_in));
  wb_cli_json_add_string (builder, "service", source->endpoints->service_url);
  wb_cli_json_add_string (builder, "started", started);
  wb_cli_json_add_string (builder, "finished", finished);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return wb_cli_output_json (node, error);
}

static gboolean
print_summary (const char     *path,
               WbSpool        *spool,
               const Contents *contents,
               WbCliSource    *source,
               GError        **error)
{
  g_autofree char *prefix = wb_cli_source_dup_prefix (source);
  g_autofree char *escaped = wb_text_escape (path, -1);
  g_autofree char *size = g_format_size (wb_spool_get_size_bytes (spool));
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  /* Translators: a file's name, how many connections it holds, its size, its SHA-256 */
  text = g_strdup_printf (ngettext ("Saved %s: %u connection, %s, SHA-256 %s\n",
                                    "Saved %s: %u connections, %s, SHA-256 %s\n",
                                    contents->n_connections),
                          escaped, contents->n_connections, size, wb_spool_get_sha256 (spool));
  line = g_strconcat (prefix, text, NULL);

  return wb_cli_output_text (line, error);
}

static WbSpool *
fetch (WbExport                 *job,
       const WbCliExportOptions *options,
       GCancellable             *cancellable,
       GError                  **error)
{
  g_autoptr (WbCliProgress) progress = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!options->quiet && isatty (STDERR_FILENO))
    progress = wb_cli_progress_new (job);
  wb_export_run_async (job, cancellable, wb_cli_wait_cb, &result);

  return wb_export_run_finish (job, wb_cli_wait (&result), error);
}

static gboolean
check_target (const char               *path,
              const WbCliExportOptions *options,
              GError                  **error)
{
  if (!options->json || !wb_cli_target_is_standard_output (path))
    return wb_cli_target_check (path, options->force, error);

  /* Translators: two options, such as --password and --token. */
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Use either %s or %s, not both."), "--json",
               "-o -");

  return FALSE;
}

static WbExport *
new_job (WbCliSession             *session,
         const WbCliExportOptions *options,
         WbSource                  source,
         const char               *path)
{
  WbExport        *job = wb_export_new (session->sign_in, session->source->workspace_id,
                                        options->max_size_bytes);
  g_autofree char *folder = wb_cli_target_dup_folder (path);

  wb_export_set_folder (job, folder);
  wb_export_set_source (job, source);

  return job;
}

static const char *
get_path (const WbCliExportOptions *options,
          WbSource                  source)
{
  if (options->output != NULL)
    return options->output;

  return source == WB_SOURCE_EXPORT ? WB_EXPORT_FILE_NAME : WB_EXPORT_REBUILT_FILE_NAME;
}

/* An unattended backup never becomes something else unless it is told so, and then says it.
 * Takes no error: @failure stays the caller's. */
static void
tell_next (const GError *failure,
           WbSource      source)
{
  if (source == WB_SOURCE_LIST)
    /* Translators: a sentence on what went wrong. */
    wb_cli_output_note (_ ("%s Trying DataArts Factory’s list of connections."), failure->message);
  else
    /* Translators: a sentence on what went wrong. */
    wb_cli_output_note (_ ("%s Trying Management Center’s list of connections."),
                        failure->message);
}

/* Without `--source auto` the next source is only named. */
static void
name_next (WbExport *job,
           GError   *failure)
{
  WbSource         next;
  g_autofree char *message = NULL;

  if (!wb_export_get_next_source (job, &next))
    return;

  message = failure->message;
  /* Translators: a sentence on what went wrong, and an option. */
  failure->message = g_strdup_printf (_ ("%s With %s, an archive is rebuilt from the service’s "
                                         "lists instead, which any Viewer may read; its passwords "
                                         "are missing."),
                                      message, "--source auto");
}

/* One source after the other, as far as the options allow.
 * Returns: (nullable): the last job, with what came of it in @spool or @error */
static WbExport *
fetch_first (WbCliSession             *session,
             const WbCliExportOptions *options,
             WbCliSecrets             *secrets,
             GCancellable             *cancellable,
             WbSpool                 **spool,
             GError                  **error)
{
  WbSource source = options->source;

  for (;;)
    {
      const char *path = get_path (options, source);
      g_autoptr (WbExport) job = new_job (session, options, source, path);
      g_autoptr (GError) failure = NULL;

      *spool = fetch (job, options, cancellable, &failure);
      if (*spool == NULL
          && wb_cli_session_add_passcode (session, secrets, cancellable, &failure))
        {
          g_clear_object (&job);
          job = new_job (session, options, source, path);
          *spool = fetch (job, options, cancellable, &failure);
        }
      if (session->source->sample == NULL)
        wb_export_remember_answer (job, failure);
      if (*spool != NULL)
        return g_steal_pointer (&job);

      if (options->may_go_on && wb_export_get_next_source (job, &source))
        {
          tell_next (failure, source);
          if (check_target (get_path (options, source), options, error))
            continue;
          return NULL;
        }

      if (!options->may_go_on)
        name_next (job, failure);
      wb_cli_session_name_account (session, options, failure);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
}

/* Everything between the first request and the file. */
static gboolean
fetch_and_save (WbCliSession             *session,
                const WbCliExportOptions *options,
                WbCliSecrets             *secrets,
                WbCliExportRecord        *record,
                GCancellable             *cancellable,
                WbExport                **job,
                WbSpool                 **spool,
                Contents                 *contents,
                GError                  **error)
{
  const char *path;

  *job = fetch_first (session, options, secrets, cancellable, spool, error);
  if (*job == NULL || !look (*job, *spool, contents, cancellable, error))
    return FALSE;

  path = get_path (options, wb_export_get_source (*job));
  wb_cli_export_record_promise (record, *spool, contents->n_connections,
                                wb_export_get_source (*job), path);

  return wb_cli_target_save (path, options->force, *spool, cancellable, error);
}

static gboolean
run (const WbCliExportOptions *options,
     WbCliSecrets             *secrets,
     GError                  **error)
{
  const char *path;
  g_autoptr (GCancellable) cancellable = wb_cli_interrupt_new ();
  g_autoptr (WbCliSession) session = NULL;
  g_autoptr (WbCliExportRecord) record = NULL;
  g_autoptr (WbExport) job = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) failure = NULL;
  g_auto (Contents) contents = { 0 };
  gboolean saved;

  if (!check_target (get_path (options, options->source), options, error))
    return FALSE;
  session = wb_cli_session_new (options, secrets, cancellable, error);
  if (session == NULL)
    return FALSE;

  record = wb_cli_export_record_new (session, options->source);
  saved = fetch_and_save (session, options, secrets, record, cancellable, &job, &spool, &contents,
                          &failure);
  wb_cli_export_record_end (record, failure);
  if (!saved)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  path = get_path (options, wb_export_get_source (job));
  if (options->json)
    return print_json (path, spool, &contents, session->source, session->sign_in, job, error);
  if (options->quiet)
    return TRUE;

  if (!wb_cli_target_is_standard_output (path)
      && !print_summary (path, spool, &contents, session->source, error))
    return FALSE;
  if (contents.archive != NULL)
    wb_cli_rebuilt_tell (contents.archive);

  return TRUE;
}

/* A check makes the same requests but the last, and names the one that fails. */
static void
point_to_check (GError *error)
{
  g_autofree char *message = NULL;

  switch (wb_error_get_kind (error))
    {
    case WB_ERROR_KIND_SIGN_IN:
    case WB_ERROR_KIND_NOT_PERMITTED:
    case WB_ERROR_KIND_SERVICE:
    case WB_ERROR_KIND_NETWORK:
      message = error->message;
      /* Translators: a sentence about what went wrong. */
      error->message = g_strdup_printf (_ ("%s “waybill-cli check” with the same options tries "
                                           "each step, and exports nothing."),
                                        message);
      break;
    default:
      break;
    }
}

WbCliStatus
wb_cli_export (char        **args,
               WbCliSecrets *secrets)
{
  WbCliOptionsResult parsed;
  g_auto (WbCliExportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean json = wb_cli_options_want_json (args);

  parsed = wb_cli_export_options_parse (&options, g_strdupv (args), &error);
  if (parsed == WB_CLI_OPTIONS_HELP)
    return WB_CLI_DONE;
  if (parsed == WB_CLI_OPTIONS_RUN && wb_cli_batch_options_get_given (&options.batch) != NULL)
    return wb_cli_export_many (&options, secrets);
  if (parsed == WB_CLI_OPTIONS_RUN
      && wb_cli_secrets_read_fd (secrets, options.secrets_fd, &error)
      && run (&options, secrets, &error))
    return WB_CLI_DONE;

  if (parsed == WB_CLI_OPTIONS_RUN)
    point_to_check (error);

  return wb_cli_output_error (error, json);
}
