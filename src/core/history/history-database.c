/* history-database.c: a history's database: opening, checking and migrating it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/history/history-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"

/* "Wblh" in ASCII: SQLite keeps it at byte 68, where file(1) looks, too. */
#define APPLICATION_ID 0x57626c68

#define LOCK_WAIT_MS 20

#define MAX_SET_ASIDE 1000

/* Each takes a database one version on, the first from an empty file. Never change one that was
 * released; add another. */
static const char *const migrations[] = {
  "CREATE TABLE exports ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  started INTEGER NOT NULL,"
  "  finished INTEGER NOT NULL,"
  "  account_id TEXT NOT NULL,"
  "  account TEXT NOT NULL,"
  "  mark TEXT NOT NULL,"
  "  workspace_id TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  source TEXT NOT NULL,"
  "  n_connections INTEGER NOT NULL,"
  "  size_bytes INTEGER NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  file TEXT NOT NULL,"
  "  result TEXT NOT NULL,"
  "  message TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX exports_by_workspace ON exports (workspace_id, finished);"
  "CREATE INDEX exports_by_time ON exports (finished);",
};

/* The first name beside the file that is not taken. */
static char *
dup_aside_path (const char *path)
{
  for (guint i = 1; i < MAX_SET_ASIDE; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken-%u", path, i);
      struct stat      info;

      if (lstat (aside, &info) != 0)
        return g_steal_pointer (&aside);
    }

  return NULL;
}

/**
 * wb_database_set_unusable:
 * @error: return location
 * @path: the file
 * @reason: (nullable): a clause; %NULL if it stays damaged whatever is done
 */
void
wb_database_set_unusable (GError    **error,
                          const char *path,
                          const char *reason)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, WB_ERROR, WB_ERROR_LOCAL_FILE,
               /* Translators: a file's path, and the system's or the database's reason. */
               _ ("The history “%s” cannot be used: %s."), shown,
               reason != NULL ? reason : _ ("it is damaged"));
}

/**
 * wb_database_judge:
 * @database: (nullable): a connection on which a call has failed
 * @path: its file
 * @error: return location for %WB_DATABASE_FAILED and %WB_DATABASE_LOCKED: %WB_ERROR_LOCAL_FILE
 *
 * Distinguishes what the system does not allow now from what is wrong with the file. SQLite
 * reports damage not only as such: a table whose name has changed by a bit is an ordinary error.
 */
WbDatabaseState
wb_database_judge (sqlite3    *database,
                   const char *path,
                   GError    **error)
{
  int code = database != NULL ? sqlite3_errcode (database) & 0xff : SQLITE_NOMEM;

  switch (code)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      wb_database_set_unusable (error, path, _ ("another process has it locked"));
      return WB_DATABASE_LOCKED;
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_TOOBIG:
    case SQLITE_NOLFS:
    case SQLITE_AUTH:
      {
        int saved_errno = database != NULL ? sqlite3_system_errno (database) : 0;

        wb_database_set_unusable (error, path,
                                  saved_errno != 0 && code != SQLITE_FULL ? g_strerror (saved_errno)
                                                                          : sqlite3_errstr (code));
        return WB_DATABASE_FAILED;
      }
    default:
      return WB_DATABASE_DAMAGED;
    }
}

/* Makes an empty file for its owner alone; SQLite gives its journal the same mode. Of a folder that
 * is there already the mode is its owner's business. */
static gboolean
make_file (const char *path,
           GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    close (fd);
  if (fd >= 0 || errno == EEXIST)
    return TRUE;

  wb_database_set_unusable (error, path, g_strerror (errno));

  return FALSE;
}

/* Whether there is one now, and no pipe or device, which SQLite would wait for. */
static WbDatabaseState
look_at_file (const char *path,
              GError    **error)
{
  struct stat info;
  int         result = stat (path, &info);

  if (result != 0 && (errno == ENOENT || errno == ENOTDIR))
    return WB_DATABASE_ABSENT;
  if (result == 0 && S_ISREG (info.st_mode))
    {
      if ((info.st_mode & 077) != 0 && chmod (path, 0600) != 0)
        g_debug ("The history's mode could not be changed: %s", g_strerror (errno));
      return WB_DATABASE_READY;
    }

  wb_database_set_unusable (error, path, result != 0 ? g_strerror (errno) : _ ("it is not a file"));

  return WB_DATABASE_FAILED;
}

static gboolean
execute (sqlite3    *database,
         const char *sql)
{
  return sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Returns: whether the first column of the first row could be read as a number */
static gboolean
ask_number (sqlite3    *database,
            const char *sql,
            gint64     *number)
{
  sqlite3_stmt *statement = NULL;
  gboolean      done;

  done = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) == SQLITE_OK
         && sqlite3_step (statement) == SQLITE_ROW;
  if (done)
    *number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return done;
}

/* Within one transaction: two processes may do this at once, and this one may be killed. */
static gboolean
migrate (sqlite3 *database)
{
  gint64           version = 0;
  gboolean         done;
  g_autofree char *marks = NULL;

  if (!execute (database, "BEGIN IMMEDIATE"))
    return FALSE;

  done = ask_number (database, "PRAGMA user_version", &version);
  for (gsize i = (gsize) version; done && i < G_N_ELEMENTS (migrations); i++)
    done = execute (database, migrations[i]);
  marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
                           APPLICATION_ID, (int) G_N_ELEMENTS (migrations));

  return done && execute (database, marks);
}

/* Returns: (nullable): the tables and indices, to compare */
static char *
dup_schema (sqlite3 *database)
{
  sqlite3_stmt *statement = NULL;
  char         *schema = NULL;

  if (sqlite3_prepare_v2 (database,
                          "SELECT group_concat(type || name || tbl_name || sql, ';') FROM "
                          "(SELECT * FROM sqlite_schema WHERE sql IS NOT NULL"
                          " AND name NOT LIKE 'sqlite_%' ORDER BY name)",
                          -1, &statement, NULL)
        == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    schema = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);

  return schema;
}

/* Whether it has the tables that a new one has: a changed bit in the name of a column is no damage
 * to SQLite. */
static gboolean
has_schema (sqlite3 *database)
{
  g_autofree char *found = dup_schema (database);
  g_autofree char *expected = NULL;
  sqlite3         *model = NULL;

  if (sqlite3_open (":memory:", &model) == SQLITE_OK && migrate (model))
    expected = dup_schema (model);
  sqlite3_close (model);

  return expected == NULL || g_strcmp0 (found, expected) == 0;
}

static gboolean
is_sound (sqlite3 *database)
{
  sqlite3_stmt *statement = NULL;
  gboolean      sound;

  sound = sqlite3_prepare_v2 (database, "PRAGMA integrity_check (1)", -1, &statement, NULL)
            == SQLITE_OK
          && sqlite3_step (statement) == SQLITE_ROW
          && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);

  return sound && has_schema (database);
}

/* Whose it is, and of which version. */
static WbDatabaseState
identify (sqlite3    *database,
          const char *path,
          gboolean    create,
          GError    **error)
{
  gint64 application = 0;
  gint64 version = 0;
  gint64 n_tables = 0;

  if (!ask_number (database, "PRAGMA application_id", &application)
      || !ask_number (database, "PRAGMA user_version", &version)
      || !ask_number (database, "SELECT count(*) FROM sqlite_schema", &n_tables))
    return wb_database_judge (database, path, error);

  if (application == 0 && version == 0 && n_tables == 0)
    {
      if (!create)
        return WB_DATABASE_ABSENT;
    }
  else if (application != APPLICATION_ID)
    return WB_DATABASE_FOREIGN;
  else if (version < 0)
    return WB_DATABASE_DAMAGED;
  else if (version > (gint64) G_N_ELEMENTS (migrations))
    return WB_DATABASE_NEWER;
  else if (version == (gint64) G_N_ELEMENTS (migrations))
    return WB_DATABASE_READY;

  return migrate (database) ? WB_DATABASE_READY : wb_database_judge (database, path, error);
}

/**
 * wb_database_open:
 * @path: the file
 * @create: whether to make it, and its folder, where there is none
 * @check: whether to read all of it, to find damage
 * @patience_ms: how long to wait for another process that writes
 * @database: (out): a connection, with %WB_DATABASE_READY; close it with sqlite3_close()
 * @error: return location for %WB_DATABASE_FAILED and %WB_DATABASE_LOCKED: %WB_ERROR_LOCAL_FILE
 *
 * The journal is SQLite's usual one, which rolls back: a write-ahead log needs memory that
 * processes share, which network file systems do not have, and two more files that are there all
 * the time. A record is on the disk when a call has ended.
 */
WbDatabaseState
wb_database_open (const char *path,
                  gboolean    create,
                  gboolean    check,
                  guint       patience_ms,
                  sqlite3   **database,
                  GError    **error)
{
  WbDatabaseState state = look_at_file (path, error);
  sqlite3        *opened = NULL;

  if (state == WB_DATABASE_ABSENT && create)
    state = make_file (path, error) ? look_at_file (path, error) : WB_DATABASE_FAILED;
  if (state != WB_DATABASE_READY)
    return state;

  if (sqlite3_open_v2 (path, &opened, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    state = wb_database_judge (opened, path, error);
  else
    {
      sqlite3_busy_timeout (opened, (int) patience_ms);
      /* The file may be anybody's: its schema runs no function, and nothing writes into it. */
      sqlite3_db_config (opened, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      /* EXTRA: the journal's removal is on the disk, too. What is sorted stays in memory. */
      if (!execute (opened, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                            "PRAGMA synchronous = EXTRA"))
        state = wb_database_judge (opened, path, error);
      else
        state = identify (opened, path, create, error);
    }

  /* SQLite does not write where the header asks for a later version of its own. */
  if (state == WB_DATABASE_READY && sqlite3_db_readonly (opened, NULL) == 1
      && access (path, W_OK) == 0)
    state = WB_DATABASE_DAMAGED;
  else if (state == WB_DATABASE_READY && check && !is_sound (opened))
    state = wb_database_judge (opened, path, error);

  if (state == WB_DATABASE_READY)
    *database = g_steal_pointer (&opened);
  sqlite3_close (opened);

  return state;
}

/* Keeps others from setting the file aside, too. Goes on in a file system without locks. */
static int
lock_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; fd >= 0 && i < WB_DATABASE_PATIENCE_MS / LOCK_WAIT_MS; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
        break;
      g_usleep (LOCK_WAIT_MS * 1000);
    }

  return fd;
}

static char *
describe (WbDatabaseState state,
          const char     *path,
          const char     *aside)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *name = g_path_get_basename (aside);
  g_autofree char *name_shown = g_filename_display_name (name);

  if (state == WB_DATABASE_NEWER)
    /* Translators: a file's path, and the name it has now. */
    return g_strdup_printf (_ ("The history “%s” is of a newer version of Waybill: it is kept as "
                               "“%s”, and a new one begins."),
                            shown, name_shown);
  if (state == WB_DATABASE_FOREIGN)
    /* Translators: a file's path, and the name it has now. */
    return g_strdup_printf (_ ("“%s” is not a history: it is kept as “%s”, and a new one begins."),
                            shown, name_shown);

  /* Translators: a file's path, and the name it has now. */
  return g_strdup_printf (_ ("The history “%s” is damaged: it is kept as “%s”, and a new one "
                             "begins."),
                          shown, name_shown);
}

/**
 * wb_database_set_aside:
 * @path: the file
 * @notice: (out): a sentence that says so, or %NULL if another process has done it
 * @error: return location: %WB_ERROR_LOCAL_FILE
 *
 * Gives the file another name, unless another process has put a sound one in its place by now.
 *
 * Returns: whether the name is free, or a sound one has it
 */
gboolean
wb_database_set_aside (const char *path,
                       char      **notice,
                       GError    **error)
{
  g_autofree char *aside = NULL;
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *aside_journal = NULL;
  sqlite3         *database = NULL;
  WbDatabaseState  now;
  gboolean         done = TRUE;
  int              lock = lock_folder (path);

  *notice = NULL;
  now = wb_database_open (path, FALSE, TRUE, WB_DATABASE_PATIENCE_MS, &database, error);
  if (now == WB_DATABASE_FAILED || now == WB_DATABASE_LOCKED)
    done = FALSE;
  else if (now == WB_DATABASE_READY || now == WB_DATABASE_ABSENT)
    sqlite3_close (database);
  else
    {
      aside = dup_aside_path (path);
      errno = EEXIST;
      done = aside != NULL && rename (path, aside) == 0;
      if (!done)
        wb_database_set_unusable (error, path, g_strerror (errno));
    }

  if (done && aside != NULL)
    {
      /* A journal that stayed would be taken for that of the next database. */
      aside_journal = g_strconcat (aside, "-journal", NULL);
      rename (journal, aside_journal);
      *notice = describe (now, path, aside);
    }
  if (lock >= 0)
    close (lock);

  return done;
}
