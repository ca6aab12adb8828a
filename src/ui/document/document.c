/* document.c: what a window previews: an archive, where it came from and where it is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/document.h"

#include "core/file-name.h"
#include "core/save.h"
#include "core/text.h"
#include "ui/document/document-private.h"
#include "ui/widgets/weak.h"

G_DEFINE_FINAL_TYPE (WbDocument, wb_document, G_TYPE_OBJECT)

enum
{
  PROP_FILE = 1,
  PROP_ARCHIVE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  UNREADABLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static WbDocument *
document_new (WbSpool   *spool,
              WbArchive *archive)
{
  WbDocument *self = g_object_new (WB_TYPE_DOCUMENT, NULL);

  self->spool = g_object_ref (spool);
  self->archive = g_object_ref (archive);

  return self;
}

static void
wb_document_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  WbDocument *self = WB_DOCUMENT (object);

  switch (property_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_ARCHIVE:
      g_value_set_object (value, self->archive);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_document_finalize (GObject *object)
{
  WbDocument *self = WB_DOCUMENT (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->spool);
  g_clear_object (&self->archive);
  g_clear_object (&self->file);
  g_clear_pointer (&self->account_name, g_free);
  g_clear_pointer (&self->workspace_name, g_free);
  g_clear_pointer (&self->mark, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->suggested_name, g_free);
  g_clear_object (&self->record);
  g_clear_pointer (&self->when, g_date_time_unref);

  G_OBJECT_CLASS (wb_document_parent_class)->finalize (object);
}

static void
wb_document_class_init (WbDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_document_get_property;
  object_class->finalize = wb_document_finalize;

  properties[PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ARCHIVE] =
    g_param_spec_object ("archive", NULL, NULL, WB_TYPE_ARCHIVE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * WbDocument::unreadable:
   * @self: the document
   * @error: why
   *
   * Its archive cannot become complete.
   */
  signals[UNREADABLE] = g_signal_new ("unreadable", WB_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wb_document_init (WbDocument *self)
{
}

/**
 * wb_document_new_exported:
 * @spool: the bytes as the service sent them
 * @archive: the same bytes, parsed
 * @account_name: the account's name, not escaped
 * @workspace_name: the workspace's name, not escaped
 * @host: the service's host
 * @when: when the export was complete
 *
 * Returns: (transfer full): a document that is not saved yet
 */
WbDocument *
wb_document_new_exported (WbSpool    *spool,
                          WbArchive  *archive,
                          const char *account_name,
                          const char *workspace_name,
                          const char *host,
                          GDateTime  *when)
{
  g_autofree char *name = NULL;
  WbDocument      *self;

  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);
  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (account_name != NULL, NULL);
  g_return_val_if_fail (workspace_name != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (when != NULL, NULL);

  self = document_new (spool, archive);
  self->exported = TRUE;
  self->account_name = wb_text_escape (account_name, -1);
  self->workspace_name = wb_text_escape (workspace_name, -1);
  self->host = wb_text_escape (host, -1);
  self->when = g_date_time_to_local (when);
  name = wb_file_name_fill (WB_FILE_NAME_TEMPLATE, account_name, workspace_name, self->when);
  self->suggested_name = wb_archive_is_rebuilt (archive)
                           ? wb_file_name_add_suffix (name, WB_DOCUMENT_REBUILT)
                           : g_steal_pointer (&name);

  return self;
}

static void
complete_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbDocument) self = wb_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbArchive) archive = wb_archive_complete_finish (WB_ARCHIVE (source), result, &error);

  if (self == NULL)
    return;

  g_clear_object (&self->reading);
  if (archive == NULL)
    {
      g_signal_emit (self, signals[UNREADABLE], 0, error);
      return;
    }
  g_set_object (&self->archive, archive);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARCHIVE]);
}

/* Nobody else has the archive's files read. The reading does not hold the document. */
static void
complete (WbDocument *self)
{
  self->reading = g_cancellable_new ();
  wb_archive_complete_async (self->archive, self->reading, complete_cb, wb_weak_new (self));
}

/**
 * wb_document_new_opened:
 * @spool: the file's bytes
 * @archive: the same bytes, parsed; if it is not complete, the document has it become so
 * @file: the file
 * @when: (nullable): when it was changed last
 *
 * Returns: (transfer full): a document
 */
WbDocument *
wb_document_new_opened (WbSpool   *spool,
                        WbArchive *archive,
                        GFile     *file,
                        GDateTime *when)
{
  WbDocument *self;

  g_return_val_if_fail (WB_IS_SPOOL (spool), NULL);
  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = document_new (spool, archive);
  self->file = g_object_ref (file);
  self->when = when != NULL ? g_date_time_to_local (when) : NULL;
  if (!wb_archive_is_complete (archive))
    complete (self);

  return self;
}

/**
 * wb_document_new_unlocked:
 * @locked: a document that was opened from a file
 * @archive: the same bytes, opened with a password
 *
 * Returns: (transfer full): a document of the same file
 */
WbDocument *
wb_document_new_unlocked (WbDocument *locked,
                          WbArchive  *archive)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (locked), NULL);

  return wb_document_new_opened (locked->spool, archive, locked->file, locked->when);
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  WbDocument *self = g_task_get_source_object (task);

  if (!wb_save_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_set_object (&self->file, g_task_get_task_data (task));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  g_task_return_boolean (task, TRUE);
}

/**
 * wb_document_save_async:
 * @self: a document
 * @target: the file a person chose; the caller has asked before it is replaced
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes the original bytes unchanged, never anything made from the parsed archive.
 */
void
wb_document_save_async (WbDocument         *self,
                        GFile              *target,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (target));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_document_save_async);
  g_task_set_task_data (task, g_object_ref (target), g_object_unref);
  wb_save_async (self->spool, target, TRUE, cancellable, save_cb, g_object_ref (task));
}

/* Returns %TRUE once the file is complete and on disk. */
gboolean
wb_document_save_finish (WbDocument   *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_document_set_mark (WbDocument *self,
                      const char *mark,
                      const char *color)
{
  g_return_if_fail (WB_IS_DOCUMENT (self));
  g_return_if_fail (mark != NULL);
  g_return_if_fail (color != NULL);

  g_free (self->mark);
  self->mark = wb_text_escape (mark, -1);
  self->mark_color = g_intern_string (color);
}

const char *
wb_document_get_mark (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->mark != NULL ? self->mark : "";
}

void
wb_document_set_record (WbDocument      *self,
                        WbHistoryRecord *record)
{
  g_return_if_fail (WB_IS_DOCUMENT (self));
  g_return_if_fail (record == NULL || WB_IS_HISTORY_RECORD (record));

  g_set_object (&self->record, record);
}

WbHistoryRecord *
wb_document_get_record (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->record;
}

const char *
wb_document_get_mark_color (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->mark_color != NULL ? self->mark_color : "";
}

WbSpool *
wb_document_get_spool (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->spool;
}

WbArchive *
wb_document_get_archive (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->archive;
}

GFile *
wb_document_get_file (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->file;
}

/* Whether closing it would lose an export. */
gboolean
wb_document_get_unsaved (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), FALSE);

  return self->exported && self->file == NULL;
}

int
wb_document_compare_time (WbDocument *self,
                          WbDocument *other)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), 0);
  g_return_val_if_fail (WB_IS_DOCUMENT (other), 0);

  return self->when != NULL && other->when != NULL
           ? g_date_time_compare (self->when, other->when)
           : 0;
}
