/* document.c: what a window previews: an archive, where it came from and where it is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/save.h"
#include "core/service/export/export.h"
#include "core/text.h"

struct _WbDocument
{
  GObject parent_instance;

  WbSpool   *spool;          /* (owned) */
  WbArchive *archive;        /* (owned) */
  GFile     *file;           /* (owned) (nullable) */
  gboolean   exported;       /* by this run, not opened from a file */
  char      *account_name;   /* (owned) (nullable): only when exported, as the next two */
  char      *workspace_name; /* (owned) (nullable) */
  char      *host;           /* (owned) (nullable) */
  GDateTime *when;           /* (owned) (nullable): exported or last changed, local time */
};

G_DEFINE_FINAL_TYPE (WbDocument, wb_document, G_TYPE_OBJECT)

enum
{
  PROP_FILE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A folder as a person calls it: "~" for their own. */
static char *
dup_short_name (GFile *folder)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *below_home = g_file_get_relative_path (home, folder);

  if (g_file_equal (folder, home))
    return g_strdup ("~");
  if (below_home != NULL)
    return g_build_filename ("~", below_home, NULL);

  return g_file_get_parse_name (folder);
}

static WbDocument *
document_new (WbSpool   *spool,
              WbArchive *archive)
{
  WbDocument *self = g_object_new (WB_TYPE_DOCUMENT, NULL);

  self->spool = g_object_ref (spool);
  self->archive = g_object_ref (archive);

  return self;
}

/* A moment as a person would say it today: the time alone, else with the date. */
static char *
format_when (GDateTime *when)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (now) == g_date_time_get_year (when)
      && g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (when))
    /* Translators: a time of today, in the way strftime writes it, for example 09:41. */
    return g_date_time_format (when, C_ ("time of today", "%H:%M"));

  /* Translators: a date and time, in the way strftime writes it: 23 Nov 2026, 09:41. */
  return g_date_time_format (when, C_ ("date and time", "%-d %b %Y, %H:%M"));
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_document_finalize (GObject *object)
{
  WbDocument *self = WB_DOCUMENT (object);

  g_clear_object (&self->spool);
  g_clear_object (&self->archive);
  g_clear_object (&self->file);
  g_clear_pointer (&self->account_name, g_free);
  g_clear_pointer (&self->workspace_name, g_free);
  g_clear_pointer (&self->host, g_free);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wb_document_init (WbDocument *self)
{
}

/**
 * wb_document_new_exported:
 * @spool: the bytes as the service sent them
 * @archive: the same, understood
 * @account_name: whose account
 * @workspace_name: of which workspace
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
  WbDocument *self;

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

  return self;
}

/**
 * wb_document_new_opened:
 * @spool: the file's bytes
 * @archive: the same, understood
 * @file: where they are from
 * @when: (nullable): when it was last changed
 *
 * Returns: (transfer full): a document that is where it was
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

  return self;
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
 * @target: the file a person chose; whoever asked has confirmed that it may be replaced
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes the bytes as they came, never what was understood of them.
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

/**
 * wb_document_save_finish:
 * @self: a document
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether the file is complete and on disk
 */
gboolean
wb_document_save_finish (WbDocument   *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wb_document_get_spool:
 * @self: a document
 *
 * Returns: (transfer none): its bytes
 */
WbSpool *
wb_document_get_spool (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->spool;
}

/**
 * wb_document_get_archive:
 * @self: a document
 *
 * Returns: (transfer none): its tree
 */
WbArchive *
wb_document_get_archive (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->archive;
}

/**
 * wb_document_get_file:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): where it was opened from or last saved to
 */
GFile *
wb_document_get_file (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->file;
}

/**
 * wb_document_get_unsaved:
 * @self: a document
 *
 * Returns: whether closing it would lose an export
 */
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

/**
 * wb_document_dup_file_name:
 * @self: a document
 *
 * Returns: (transfer full): its file's name, or the one the service gives every export
 */
char *
wb_document_dup_file_name (WbDocument *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (self->file == NULL)
    return g_strdup (WB_EXPORT_FILE_NAME);

  name = g_file_get_basename (self->file);

  return wb_text_escape (name != NULL ? name : "", -1);
}

/**
 * wb_document_dup_short_name:
 * @self: a document
 *
 * Returns: (transfer full): what tells it from others: when it was exported, for the service gives
 *   every export the same name, or its file's name
 */
char *
wb_document_dup_short_name (WbDocument *self)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (!self->exported)
    return wb_document_dup_file_name (self);

  when = format_when (self->when);
  /* Translators: a time of today, or a date and time. */
  return g_strdup_printf (_ ("Export of %s"), when);
}

/**
 * wb_document_dup_copy_name:
 * @self: a document
 * @suffix: what kind of copy it is
 *
 * Returns: (transfer full): a file name to suggest for a copy that is not what the service sent
 */
char *
wb_document_dup_copy_name (WbDocument *self,
                           const char *suffix)
{
  g_autofree char *name = NULL;
  char            *dot;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (suffix != NULL, NULL);

  name = wb_document_dup_file_name (self);
  dot = strrchr (name, '.');
  if (dot != NULL && dot > name && g_ascii_strcasecmp (dot, ".zip") == 0)
    *dot = '\0';

  return g_strdup_printf ("%s-%s.zip", name, suffix);
}

/**
 * wb_document_dup_place:
 * @self: a document
 *
 * Returns: (transfer full): for the second line of a title: its folder, or the account and
 *   workspace it was exported from
 */
char *
wb_document_dup_place (WbDocument *self)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (self->exported)
    return g_strdup_printf ("%s · %s", self->account_name, self->workspace_name);

  folder = g_file_get_parent (self->file);
  name = dup_short_name (folder != NULL ? folder : self->file);

  return wb_text_escape (name, -1);
}

/**
 * wb_document_dup_origin:
 * @self: a document
 *
 * Returns: (transfer full): a sentence: when it came and from where
 */
char *
wb_document_dup_origin (WbDocument *self)
{
  g_autofree char *when = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  place = wb_document_dup_place (self);
  if (self->when == NULL)
    /* Translators: a folder's name. */
    return g_strdup_printf (_ ("Opened from %s"), place);

  when = format_when (self->when);
  if (!self->exported)
    /* Translators: a date and time, and a folder. */
    return g_strdup_printf (_ ("Last changed %s, opened from %s"), when, place);

  /* Translators: a time, “account · workspace”, and the service's host name. */
  return g_strdup_printf (_ ("Exported %s from %s (%s)"), when, place, self->host);
}
