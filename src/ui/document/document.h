/* document.h: what a window previews: an archive, where it came from and where it is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"
#include "core/history/history-record.h"

G_BEGIN_DECLS

/* Made of a finished export or of a file that was opened; its window and a comparison hold it.
 * Properties, read-only and notified: `file` (#GFile: opened from or last saved to, or NULL), and
 * `archive` (#WbArchive), which becomes complete where a large file was opened; if it cannot, the
 * signal `unreadable` says why. All the rest never changes, but for whether it is unsaved:
 * exported, and kept nowhere yet. */
#define WB_TYPE_DOCUMENT (wb_document_get_type ())
G_DECLARE_FINAL_TYPE (WbDocument, wb_document, WB, DOCUMENT, GObject)

WbDocument *wb_document_new_exported  (WbSpool              *spool,
                                       WbArchive            *archive,
                                       const char           *account_name,
                                       const char           *workspace_name,
                                       const char           *host,
                                       GDateTime            *when);
WbDocument *wb_document_new_opened    (WbSpool              *spool,
                                       WbArchive            *archive,
                                       GFile                *file,
                                       GDateTime            *when);

WbDocument *wb_document_new_unlocked  (WbDocument           *locked,
                                       WbArchive            *archive);

void        wb_document_save_async    (WbDocument           *self,
                                       GFile                *target,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    wb_document_save_finish   (WbDocument           *self,
                                       GAsyncResult         *result,
                                       GError              **error);

/* The mark of the account that it was exported from, a word, and its color, one of
 * wb_account_get_colors(); empty without. */
void        wb_document_set_mark      (WbDocument           *self,
                                       const char           *mark,
                                       const char           *color);
const char *wb_document_get_mark      (WbDocument           *self);
const char *wb_document_get_mark_color
                                      (WbDocument           *self);

/* What the history says of its export; NULL for a file, and for the sample's data. */
void        wb_document_set_record    (WbDocument           *self,
                                       WbHistoryRecord      *record);
WbHistoryRecord *
            wb_document_get_record    (WbDocument           *self);

WbSpool    *wb_document_get_spool     (WbDocument           *self);
WbArchive  *wb_document_get_archive   (WbDocument           *self);
GFile      *wb_document_get_file      (WbDocument           *self);
gboolean    wb_document_get_unsaved   (WbDocument           *self);

/* Less than 0 if its bytes are known to be older than the other's, more than 0 if newer. */
int         wb_document_compare_time  (WbDocument           *self,
                                       WbDocument           *other);

/* Escaped for showing, but not for markup. */
char       *wb_document_dup_title     (WbDocument           *self);
char       *wb_document_dup_short_name
                                      (WbDocument           *self);
char       *wb_document_dup_place     (WbDocument           *self);
char       *wb_document_dup_age       (WbDocument           *self);
char       *wb_document_dup_origin    (WbDocument           *self);

/* To suggest in a file dialog. */
char       *wb_document_dup_suggested_name
                                      (WbDocument           *self);
char       *wb_document_dup_copy_name (WbDocument           *self,
                                       const char           *suffix);

G_END_DECLS
