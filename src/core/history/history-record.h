/* history-record.h: what the history says about one export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "core/source.h"

G_BEGIN_DECLS

/* For @result; any other value is that of wb_error_kind_to_string(). */
#define WB_HISTORY_OK "ok"
#define WB_HISTORY_UNFINISHED "unfinished" /* under way, or ended by force */

/* For @file: where what was saved has no name. */
#define WB_HISTORY_STANDARD_OUTPUT "-"

/**
 * WbHistoryRecord:
 * @id: 0 until it is in a history; never given twice
 * @started: Unix time in seconds
 * @finished: Unix time in seconds; of an unfinished one, when it was written
 * @account_id: the UUID of a stored account, else the project ID
 * @account: the name of a stored account, else empty
 * @mark: the account's mark, such as *Production*, or empty
 * @workspace_id: the workspace's ID
 * @workspace: its name where that is known
 * @source: the name of the #WbSource
 * @n_connections: how many there are
 * @size_bytes: the size of what was saved
 * @sha256: the SHA-256 of what was saved, in lower-case hexadecimal; empty where nothing came
 * @file: the URI of what was saved, %WB_HISTORY_STANDARD_OUTPUT, or empty where nothing was saved
 * @result: %WB_HISTORY_OK, %WB_HISTORY_UNFINISHED, or the kind of an error
 * @message: a translated sentence on what went wrong, or empty
 *
 * Fill one in before it is put into a history, and leave it alone afterwards: threads share it.
 * The texts are owned. %NULL counts as empty, and a record from a history has no %NULL; its texts
 * are the service's words and a person's: escape them where they are shown.
 *
 * It holds neither contents nor secrets.
 */
struct _WbHistoryRecord
{
  GObject parent_instance;

  gint64  id;
  gint64  started;
  gint64  finished;
  char   *account_id;
  char   *account;
  char   *mark;
  char   *workspace_id;
  char   *workspace;
  char   *source;
  guint   n_connections;
  guint64 size_bytes;
  char   *sha256;
  char   *file;
  char   *result;
  char   *message;
};

#define WB_TYPE_HISTORY_RECORD (wb_history_record_get_type ())
G_DECLARE_FINAL_TYPE (WbHistoryRecord, wb_history_record, WB, HISTORY_RECORD, GObject)

WbHistoryRecord *wb_history_record_new       (void);
WbHistoryRecord *wb_history_record_begin     (WbAccount       *account,
                                              const char      *project_id,
                                              const char      *workspace_id,
                                              WbSource         source);
WbHistoryRecord *wb_history_record_copy      (WbHistoryRecord *self);
void             wb_history_record_set_file  (WbHistoryRecord *self,
                                              GFile           *file);
void             wb_history_record_set_error (WbHistoryRecord *self,
                                              const GError    *error);
gboolean         wb_history_record_is_good   (WbHistoryRecord *self);
GFile           *wb_history_record_dup_file  (WbHistoryRecord *self);

G_END_DECLS
