/* history.h: which exports there were, kept in a database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/history/history-record.h"

G_BEGIN_DECLS

/**
 * WbHistory:
 *
 * The records of all exports, in one SQLite database for its owner alone. Several processes and
 * threads may use the same one at once. The calls without `_async` block.
 *
 * Nothing depends on a history: a caller says the error in one line and goes on. A database that
 * is damaged, no history, or of a newer version is kept under another name, and a new one begins;
 * wb_history_take_notice() has the sentence that says so. For a process that has it locked, the
 * first call waits `patience-ms` (uint); the next ones do not, until one succeeds.
 */
#define WB_TYPE_HISTORY (wb_history_get_type ())
G_DECLARE_FINAL_TYPE (WbHistory, wb_history, WB, HISTORY, GObject)

/**
 * WbHistoryQuery:
 * @account: (nullable): an account ID, or the name of an account; %NULL for any
 * @workspace: (nullable): a workspace ID, or the name of a workspace; %NULL for any, empty for the
 *   service's default one
 * @folder: (nullable): those that were saved into this folder, and not into one within it
 * @only_good: those that were fetched and saved
 * @limit: how many at most; 0 for all
 */
typedef struct
{
  const char *account;
  const char *workspace;
  GFile      *folder;
  gboolean    only_good;
  guint       limit;
} WbHistoryQuery;

char            *wb_history_dup_default_path (void);
WbHistory       *wb_history_new              (const char            *path);

gboolean         wb_history_put              (WbHistory             *self,
                                              WbHistoryRecord       *record,
                                              GError               **error);
GPtrArray       *wb_history_list             (WbHistory             *self,
                                              const WbHistoryQuery  *query,
                                              GError               **error);
gboolean         wb_history_remove           (WbHistory             *self,
                                              gint64                 id,
                                              GError               **error);

char            *wb_history_take_notice      (WbHistory             *self);

/* --- history-async: the same in threads --- */

void             wb_history_put_async        (WbHistory             *self,
                                              WbHistoryRecord       *record,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
gboolean         wb_history_put_finish       (WbHistory             *self,
                                              GAsyncResult          *result,
                                              GError               **error);
void             wb_history_list_async       (WbHistory             *self,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
GPtrArray       *wb_history_list_finish      (WbHistory             *self,
                                              GAsyncResult          *result,
                                              GError               **error);
void             wb_history_remove_async     (WbHistory             *self,
                                              gint64                 id,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
gboolean         wb_history_remove_finish    (WbHistory             *self,
                                              GAsyncResult          *result,
                                              GError               **error);

G_END_DECLS
