/* history.c: which exports there were, kept in a database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/history/history.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/error.h"
#include "core/fd.h"
#include "core/history/history-private.h"
#include "core/sha256.h"

#define COLUMNS                                                                         \
  "id, started, finished, account_id, account, mark, workspace_id, workspace, source, " \
  "n_connections, size_bytes, sha256, file, result, message"

struct _WbHistory
{
  GObject parent_instance;

  char *path; /* (owned) */

  GMutex   mutex; /* for all below, and one call at a time */
  gboolean checked;
  guint    patience_ms; /* for another process that writes */
  gboolean is_tired;    /* of one that did not come to an end */
  char    *notice;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WbHistory, wb_history, G_TYPE_OBJECT)

enum
{
  PROP_PATIENCE_MS = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* What a call does with the database. Returns: %FALSE if SQLite has failed */
typedef gboolean (*Work) (sqlite3 *database,
                          gpointer data);

static void
wb_history_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  WbHistory *self = WB_HISTORY (object);

  switch (property_id)
    {
    case PROP_PATIENCE_MS:
      g_value_set_uint (value, self->is_tired ? 0 : self->patience_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_history_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  WbHistory *self = WB_HISTORY (object);

  switch (property_id)
    {
    case PROP_PATIENCE_MS:
      self->patience_ms = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_history_finalize (GObject *object)
{
  WbHistory *self = WB_HISTORY (object);

  g_free (self->path);
  g_free (self->notice);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (wb_history_parent_class)->finalize (object);
}

static void
wb_history_class_init (WbHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_history_get_property;
  object_class->set_property = wb_history_set_property;
  object_class->finalize = wb_history_finalize;

  properties[PROP_PATIENCE_MS] =
    g_param_spec_uint ("patience-ms", NULL, NULL, 0, G_MAXINT, WB_DATABASE_PATIENCE_MS,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_history_init (WbHistory *self)
{
  g_mutex_init (&self->mutex);
  self->patience_ms = WB_DATABASE_PATIENCE_MS;
}

/* One try. The database is open during a call alone: another process may set it aside meanwhile,
 * and what is written into a file without its name is lost. */
static WbDatabaseState
try_work (WbHistory *self,
          gboolean   create,
          Work       work,
          gpointer   data,
          GError   **error)
{
  sqlite3        *database = NULL;
  WbDatabaseState state = wb_database_open (self->path, create, !self->checked,
                                            self->is_tired ? 0 : self->patience_ms, &database,
                                            error);

  if (state == WB_DATABASE_READY)
    {
      self->checked = TRUE;
      if (!work (database, data))
        state = wb_database_judge (database, self->path, error);
      sqlite3_close (database);
    }
  /* A night of many exports waits once for a process that hangs, and not for each record. */
  self->is_tired = state == WB_DATABASE_LOCKED;

  return state;
}

static gboolean
do_work (WbHistory *self,
         gboolean   create,
         Work       work,
         gpointer   data,
         GError   **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GError) failure = NULL;
  WbDatabaseState state = try_work (self, create, work, data, &failure);

  if (state != WB_DATABASE_READY && state != WB_DATABASE_ABSENT && state != WB_DATABASE_FAILED
      && state != WB_DATABASE_LOCKED)
    {
      g_autofree char *notice = NULL;

      self->checked = FALSE;
      if (!wb_database_set_aside (self->path, &notice, error))
        return FALSE;
      if (notice != NULL)
        {
          g_free (self->notice);
          self->notice = g_steal_pointer (&notice);
        }
      state = try_work (self, create, work, data, &failure);
    }

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (state != WB_DATABASE_READY && state != WB_DATABASE_ABSENT)
    wb_database_set_unusable (error, self->path, NULL);

  return state == WB_DATABASE_READY || state == WB_DATABASE_ABSENT;
}

static void
bind_text (sqlite3_stmt *statement,
           int           position,
           const char   *text)
{
  /* What is not UTF-8 would make the file look damaged to a reader. */
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    sqlite3_bind_text (statement, position, g_utf8_make_valid (text, -1), -1, g_free);
  else
    sqlite3_bind_text (statement, position, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
}

static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static gboolean
put (sqlite3 *database,
     gpointer data)
{
  WbHistoryRecord *record = data;
  const char      *texts[] = { record->account_id, record->account, record->mark,
                               record->workspace_id, record->workspace, record->source };
  const char      *end_texts[] = { record->sha256, record->file, record->result, record->message };
  sqlite3_stmt    *statement = NULL;
  gboolean         done;

  if (sqlite3_prepare_v2 (database,
                          "INSERT OR REPLACE INTO exports (" COLUMNS ") "
                          "VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          -1, &statement, NULL)
      != SQLITE_OK)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, record->id);
  sqlite3_bind_int64 (statement, 2, record->started);
  sqlite3_bind_int64 (statement, 3, record->finished);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    bind_text (statement, 4 + (int) i, texts[i]);
  sqlite3_bind_int64 (statement, 10, record->n_connections);
  sqlite3_bind_int64 (statement, 11, (gint64) record->size_bytes);
  for (gsize i = 0; i < G_N_ELEMENTS (end_texts); i++)
    bind_text (statement, 12 + (int) i, end_texts[i]);

  done = sqlite3_step (statement) == SQLITE_DONE;
  sqlite3_finalize (statement);
  if (done)
    record->id = sqlite3_last_insert_rowid (database);

  return done;
}

static WbHistoryRecord *
read_record (sqlite3_stmt *statement)
{
  WbHistoryRecord *record = wb_history_record_new ();

  record->id = sqlite3_column_int64 (statement, 0);
  record->started = sqlite3_column_int64 (statement, 1);
  record->finished = sqlite3_column_int64 (statement, 2);
  record->account_id = dup_text (statement, 3);
  record->account = dup_text (statement, 4);
  record->mark = dup_text (statement, 5);
  record->workspace_id = dup_text (statement, 6);
  record->workspace = dup_text (statement, 7);
  record->source = dup_text (statement, 8);
  record->n_connections = (guint) CLAMP (sqlite3_column_int64 (statement, 9), 0, G_MAXUINT);
  record->size_bytes = (guint64) MAX (sqlite3_column_int64 (statement, 10), 0);
  record->sha256 = dup_text (statement, 11);
  record->file = dup_text (statement, 12);
  record->result = dup_text (statement, 13);
  record->message = dup_text (statement, 14);

  return record;
}

/* A query, and what comes of it. */
typedef struct
{
  const WbHistoryQuery *query;
  const char           *where;
  GPtrArray            *records; /* (owned) (element-type WbHistoryRecord) */
} Search;

static gboolean
search (sqlite3 *database,
        gpointer data)
{
  Search               *self = data;
  const WbHistoryQuery *query = self->query;
  g_autofree char      *sql = NULL;
  g_autofree char      *folder = query->folder != NULL ? g_file_get_uri (query->folder) : NULL;
  sqlite3_stmt         *statement = NULL;
  int                   result;

  g_ptr_array_set_size (self->records, 0);

  /* Of a folder: what begins with its URI and has no further slash. */
  sql = g_strconcat (
    "SELECT " COLUMNS " FROM exports WHERE (?1 IS NULL OR account_id = ?1 OR account = ?1)"
    " AND (?2 IS NULL OR workspace_id = ?2 OR workspace = ?2)"
    " AND (?3 IS NULL OR (substr(file, 1, length(?3)) = ?3"
    "                  AND instr(substr(file, length(?3) + 1), '/') = 0))"
    " AND (NOT ?4 OR (result = 'ok' AND file <> ''))",
    self->where, " ORDER BY finished DESC, id DESC LIMIT ?5", NULL);
  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;

  if (folder != NULL && !g_str_has_suffix (folder, "/"))
    {
      char *with_slash = g_strconcat (folder, "/", NULL);

      g_free (folder);
      folder = with_slash;
    }
  if (query->account != NULL)
    bind_text (statement, 1, query->account);
  if (query->workspace != NULL)
    bind_text (statement, 2, query->workspace);
  if (folder != NULL)
    bind_text (statement, 3, folder);
  sqlite3_bind_int (statement, 4, query->only_good);
  sqlite3_bind_int64 (statement, 5, query->limit != 0 ? (gint64) query->limit : -1);

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (self->records, read_record (statement));
  sqlite3_finalize (statement);

  return result == SQLITE_DONE;
}

static gboolean
remove_record (sqlite3 *database,
               gpointer data)
{
  const gint64 *id = data;
  sqlite3_stmt *statement = NULL;
  gboolean      done;

  done = sqlite3_prepare_v2 (database, "DELETE FROM exports WHERE id = ?", -1, &statement, NULL)
           == SQLITE_OK
         && sqlite3_bind_int64 (statement, 1, *id) == SQLITE_OK
         && sqlite3_step (statement) == SQLITE_DONE;
  sqlite3_finalize (statement);

  return done;
}

static gboolean
is_saved (WbHistoryRecord *record)
{
  g_autoptr (GFile) file = wb_history_record_dup_file (record);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *sha256 = NULL;
  struct stat      info;
  int              fd;

  if (path == NULL || *record->sha256 == '\0')
    return FALSE;
  fd = wb_fd_open_file (path, &info);
  if (fd < 0)
    return FALSE;
  if ((guint64) info.st_size == record->size_bytes)
    sha256 = wb_sha256_of_fd (fd, record->size_bytes, NULL, NULL);
  close (fd);

  return g_strcmp0 (sha256, record->sha256) == 0;
}

/* A process can be killed after its file has its name and before the record says so: where the
 * file is what the record promised, the export was good. */
static gboolean
settle (WbHistory *self,
        GError   **error)
{
  const WbHistoryQuery all = { 0 };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Search unfinished = { &all, " AND result = 'unfinished' AND file <> ''", records };

  if (!do_work (self, FALSE, search, &unfinished, error))
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GError) failure = NULL;

      if (!is_saved (record))
        continue;
      wb_history_record_set_error (record, NULL);
      if (!do_work (self, TRUE, put, record, &failure))
        g_debug ("The history stays as it is: %s", failure->message);
    }

  return TRUE;
}

char *
wb_history_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "waybill", "history.db", NULL);
}

/* Neither the file nor its folder need be there. */
WbHistory *
wb_history_new (const char *path)
{
  WbHistory *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_HISTORY, NULL);
  self->path = g_strdup (path);

  return self;
}

/**
 * wb_history_put:
 * @self: a history
 * @record: what to write; it takes the place of the one with its ID, or gets an ID
 * @error: return location: %WB_ERROR_LOCAL_FILE
 *
 * Lose nothing to a kill: put a record as %WB_HISTORY_UNFINISHED with file, size and SHA-256
 * before the file gets its name, and as it ended afterwards. Between the two, a reader looks at
 * the file itself.
 *
 * Returns: whether it is on the disk
 */
gboolean
wb_history_put (WbHistory       *self,
                WbHistoryRecord *record,
                GError         **error)
{
  g_return_val_if_fail (WB_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WB_IS_HISTORY_RECORD (record), FALSE);

  return do_work (self, TRUE, put, record, error);
}

/**
 * wb_history_list:
 * @self: a history
 * @query: (nullable): which ones; %NULL for all
 * @error: return location: %WB_ERROR_LOCAL_FILE
 *
 * Returns: (transfer full) (element-type WbHistoryRecord): the records, the newest first; none if
 *   there is no history
 */
GPtrArray *
wb_history_list (WbHistory            *self,
                 const WbHistoryQuery *query,
                 GError              **error)
{
  const WbHistoryQuery all = { 0 };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Search asked = { query != NULL ? query : &all, "", records };

  g_return_val_if_fail (WB_IS_HISTORY (self), NULL);

  if (!settle (self, error) || !do_work (self, FALSE, search, &asked, error))
    return NULL;

  return g_steal_pointer (&records);
}

/* What was saved stays where it is. A record that is gone is no error. */
gboolean
wb_history_remove (WbHistory *self,
                   gint64     id,
                   GError   **error)
{
  g_return_val_if_fail (WB_IS_HISTORY (self), FALSE);

  return do_work (self, FALSE, remove_record, &id, error);
}

/* The sentence on a database that was set aside, once; %NULL if there is none. */
char *
wb_history_take_notice (WbHistory *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (WB_IS_HISTORY (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);

  return g_steal_pointer (&self->notice);
}
