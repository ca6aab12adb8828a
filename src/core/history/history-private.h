/* history-private.h: the database of a history, for what asks it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WbDatabaseState:
 * @WB_DATABASE_READY: a history of this version
 * @WB_DATABASE_ABSENT: there is no file, or nothing in it yet
 * @WB_DATABASE_DAMAGED: SQLite cannot read it, or finds it inconsistent
 * @WB_DATABASE_FOREIGN: a database of something else
 * @WB_DATABASE_NEWER: a history of a newer version
 * @WB_DATABASE_LOCKED: another process did not let it be asked, and an error says so
 * @WB_DATABASE_FAILED: it could not be asked, and an error says why
 */
typedef enum
{
  WB_DATABASE_READY,
  WB_DATABASE_ABSENT,
  WB_DATABASE_DAMAGED,
  WB_DATABASE_FOREIGN,
  WB_DATABASE_NEWER,
  WB_DATABASE_LOCKED,
  WB_DATABASE_FAILED,
} WbDatabaseState;

/* How long another process may write. It needs some milliseconds. */
#define WB_DATABASE_PATIENCE_MS (20 * 1000)

WbDatabaseState wb_database_open         (const char       *path,
                                          gboolean          create,
                                          gboolean          check,
                                          guint             patience_ms,
                                          sqlite3         **database,
                                          GError          **error);
WbDatabaseState wb_database_judge        (sqlite3          *database,
                                          const char       *path,
                                          GError          **error);
void            wb_database_set_unusable (GError          **error,
                                          const char       *path,
                                          const char       *reason);
gboolean        wb_database_set_aside    (const char       *path,
                                          char            **notice,
                                          GError          **error);

G_END_DECLS
