/* history-row.h: one export in the list of all
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/accounts/account-store.h"
#include "core/history/history-record.h"

G_BEGIN_DECLS

#define WB_TYPE_HISTORY_ROW (wb_history_row_get_type ())
G_DECLARE_FINAL_TYPE (WbHistoryRow, wb_history_row, WB, HISTORY_ROW, GtkBox)

GtkWidget *wb_history_row_new        (WbAccountStore  *store);
void       wb_history_row_set_record (WbHistoryRow    *self,
                                      WbHistoryRecord *record);

/* All of it, for a screen reader; escaped, as the next. */
char      *wb_history_row_dup_text   (WbHistoryRecord *record);
/* What a row has no room for: the file, its SHA-256, what went wrong. */
char      *wb_history_row_dup_more   (WbHistoryRecord *record);

G_END_DECLS
