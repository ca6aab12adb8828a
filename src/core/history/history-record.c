/* history-record.c: what the history says about one export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/history/history-record.h"

#include "core/error.h"

/* A sentence, not a page. */
#define MAX_MESSAGE_BYTES 1000

G_DEFINE_FINAL_TYPE (WbHistoryRecord, wb_history_record, G_TYPE_OBJECT)

static void
wb_history_record_finalize (GObject *object)
{
  WbHistoryRecord *self = WB_HISTORY_RECORD (object);

  g_free (self->account_id);
  g_free (self->account);
  g_free (self->mark);
  g_free (self->workspace_id);
  g_free (self->workspace);
  g_free (self->source);
  g_free (self->sha256);
  g_free (self->file);
  g_free (self->result);
  g_free (self->message);

  G_OBJECT_CLASS (wb_history_record_parent_class)->finalize (object);
}

static void
wb_history_record_class_init (WbHistoryRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_history_record_finalize;
}

static void
wb_history_record_init (WbHistoryRecord *self)
{
}

WbHistoryRecord *
wb_history_record_new (void)
{
  return g_object_new (WB_TYPE_HISTORY_RECORD, NULL);
}

/* The name of a workspace that the account has stored, or an empty one. */
static char *
dup_workspace_name (WbAccount  *account,
                    const char *workspace_id)
{
  GListModel *workspaces = wb_account_get_workspaces (account);

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (g_str_equal (wb_workspace_get_id (workspace), workspace_id))
        return g_strdup (wb_workspace_get_name (workspace));
    }

  return g_strdup ("");
}

/**
 * wb_history_record_begin:
 * @account: the account; one without a name is not stored
 * @project_id: (nullable): the project, by which an account that is not stored is known
 * @workspace_id: the workspace, or empty for the service's default one
 * @source: where its connections are asked for
 *
 * Returns: (transfer full): what is known of an export that begins now
 */
WbHistoryRecord *
wb_history_record_begin (WbAccount  *account,
                         const char *project_id,
                         const char *workspace_id,
                         WbSource    source)
{
  WbHistoryRecord *self;
  gboolean         stored;

  g_return_val_if_fail (WB_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (workspace_id != NULL, NULL);

  stored = *wb_account_get (account, WB_ACCOUNT_NAME) != '\0';
  self = wb_history_record_new ();
  self->started = g_get_real_time () / G_USEC_PER_SEC;
  self->finished = self->started;
  self->account_id = g_strdup (stored ? wb_account_get_uuid (account) : project_id);
  self->account = g_strdup (wb_account_get (account, WB_ACCOUNT_NAME));
  self->mark = g_strdup (wb_account_get (account, WB_ACCOUNT_MARK));
  self->workspace_id = g_strdup (workspace_id);
  self->workspace = dup_workspace_name (account, workspace_id);
  self->source = g_strdup (wb_source_to_string (source));
  self->result = g_strdup (WB_HISTORY_UNFINISHED);

  return self;
}

/**
 * wb_history_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): one with the same ID, to be changed and put in its place
 */
WbHistoryRecord *
wb_history_record_copy (WbHistoryRecord *self)
{
  WbHistoryRecord *copy;

  g_return_val_if_fail (WB_IS_HISTORY_RECORD (self), NULL);

  copy = wb_history_record_new ();
  copy->id = self->id;
  copy->started = self->started;
  copy->finished = self->finished;
  copy->account_id = g_strdup (self->account_id);
  copy->account = g_strdup (self->account);
  copy->mark = g_strdup (self->mark);
  copy->workspace_id = g_strdup (self->workspace_id);
  copy->workspace = g_strdup (self->workspace);
  copy->source = g_strdup (self->source);
  copy->n_connections = self->n_connections;
  copy->size_bytes = self->size_bytes;
  copy->sha256 = g_strdup (self->sha256);
  copy->file = g_strdup (self->file);
  copy->result = g_strdup (self->result);
  copy->message = g_strdup (self->message);

  return copy;
}

/**
 * wb_history_record_set_file:
 * @self: a record
 * @file: (nullable): what was saved; %NULL for standard output
 */
void
wb_history_record_set_file (WbHistoryRecord *self,
                            GFile           *file)
{
  g_return_if_fail (WB_IS_HISTORY_RECORD (self));

  g_free (self->file);
  self->file = file != NULL ? g_file_get_uri (file) : g_strdup (WB_HISTORY_STANDARD_OUTPUT);
}

/**
 * wb_history_record_set_error:
 * @self: a record
 * @error: (nullable): why it failed; %NULL if it did not
 */
void
wb_history_record_set_error (WbHistoryRecord *self,
                             const GError    *error)
{
  g_return_if_fail (WB_IS_HISTORY_RECORD (self));

  g_free (self->result);
  g_free (self->message);
  self->result = g_strdup (error != NULL ? wb_error_kind_to_string (wb_error_get_kind (error))
                                         : WB_HISTORY_OK);
  self->message = NULL;
  if (error != NULL)
    {
      g_autofree char *start = g_strndup (error->message, MAX_MESSAGE_BYTES);

      self->message = g_utf8_make_valid (start, -1);
    }
}

/* Whether a workspace's connections were fetched and saved. */
gboolean
wb_history_record_is_good (WbHistoryRecord *self)
{
  g_return_val_if_fail (WB_IS_HISTORY_RECORD (self), FALSE);

  return g_strcmp0 (self->result, WB_HISTORY_OK) == 0 && self->file != NULL
         && *self->file != '\0';
}

/* %NULL where nothing was saved, and for standard output. It may be gone by now, or be another. */
GFile *
wb_history_record_dup_file (WbHistoryRecord *self)
{
  g_return_val_if_fail (WB_IS_HISTORY_RECORD (self), NULL);

  if (self->file == NULL || *self->file == '\0'
      || g_str_equal (self->file, WB_HISTORY_STANDARD_OUTPUT))
    return NULL;

  return g_file_new_for_uri (self->file);
}
