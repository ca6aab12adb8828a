/* export-record.c: an export's record in the history, which never fails the export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/export-record.h"

#include "cli/commands/target.h"
#include "cli/terminal/output.h"
#include "core/history/history.h"
#include "core/text.h"

struct _WbCliExportRecord
{
  WbHistory       *history; /* (owned) (nullable): none for the sample service's made-up data */
  WbHistoryRecord *record;  /* (owned) (nullable) */
  WbCliSession    *session; /* outlives it */
  gboolean         told;    /* that the history cannot be used */
};

static void
put (WbCliExportRecord *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  if (self->history == NULL || self->told)
    return;

  self->record->finished = g_get_real_time () / G_USEC_PER_SEC;
  if (!wb_history_put (self->history, self->record, &error))
    {
      g_autofree char *escaped = wb_text_escape (error->message, -1);

      self->told = TRUE;
      wb_cli_output_finding ("%s", escaped);
    }

  notice = wb_history_take_notice (self->history);
  if (notice != NULL)
    {
      g_autofree char *escaped = wb_text_escape (notice, -1);

      wb_cli_output_finding ("%s", escaped);
    }
}

/**
 * wb_cli_export_record_new:
 * @session: an export that begins now; it outlives the record
 * @source: where it asks first
 *
 * The history has it from now on, as unfinished. What is wrong with the history is said once.
 *
 * Returns: (transfer full): its record
 */
WbCliExportRecord *
wb_cli_export_record_new (WbCliSession *session,
                          WbSource      source)
{
  WbCliExportRecord *self = g_new0 (WbCliExportRecord, 1);
  g_autofree char   *path = wb_history_dup_default_path ();

  self->session = session;
  if (session->source->sample == NULL)
    self->history = wb_history_new (path);
  self->record = wb_history_record_begin (session->source->account,
                                          wb_sign_in_get_project_id (session->sign_in),
                                          session->source->workspace_id, source);
  put (self);

  return self;
}

void
wb_cli_export_record_free (WbCliExportRecord *self)
{
  g_clear_object (&self->history);
  g_clear_object (&self->record);
  g_free (self);
}

/**
 * wb_cli_export_record_promise:
 * @self: a record
 * @spool: what is about to be saved
 * @n_connections: how many connections are in it
 * @source: where they come from
 * @path: where, or `-`
 *
 * If the program is killed after the file has its name, the history knows that it is good.
 */
void
wb_cli_export_record_promise (WbCliExportRecord *self,
                              WbSpool           *spool,
                              guint              n_connections,
                              WbSource           source,
                              const char        *path)
{
  g_autofree char *folder = wb_cli_target_dup_folder (path);
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (path) : NULL;

  self->record->n_connections = n_connections;
  g_free (self->record->source);
  self->record->source = g_strdup (wb_source_to_string (source));
  self->record->size_bytes = wb_spool_get_size_bytes (spool);
  g_free (self->record->sha256);
  self->record->sha256 = g_strdup (wb_spool_get_sha256 (spool));
  wb_history_record_set_file (self->record, file);
  put (self);
}

/**
 * wb_cli_export_record_end:
 * @self: a record
 * @error: (nullable): why the export failed, or was not saved
 */
void
wb_cli_export_record_end (WbCliExportRecord *self,
                          const GError      *error)
{
  const char *project_id = wb_sign_in_get_project_id (self->session->sign_in);

  /* For an account that is not stored, which the sign-in may have made known. */
  if (*wb_account_get (self->session->source->account, WB_ACCOUNT_NAME) == '\0')
    {
      g_free (self->record->account_id);
      self->record->account_id = g_strdup (project_id);
    }
  if (error != NULL)
    g_clear_pointer (&self->record->file, g_free);
  wb_history_record_set_error (self->record, error);
  put (self);
}
