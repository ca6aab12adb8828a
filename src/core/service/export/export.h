/* export.h: one export of a workspace's connections, checked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/sign-in.h"
#include "core/source.h"
#include "core/spool.h"

G_BEGIN_DECLS

/* The name the service gives the file, for every workspace. */
#define WB_EXPORT_FILE_NAME "DLF_All_DataConnections.zip"

/* What a rebuilt archive is called in its place. */
#define WB_EXPORT_REBUILT_FILE_NAME "DLF_All_DataConnections-rebuilt.zip"

typedef enum
{
  WB_EXPORT_IDLE,
  WB_EXPORT_SIGNING_IN,
  WB_EXPORT_REQUESTING,
  WB_EXPORT_WAITING,   /* for the time the service asked for; see retry-at */
  WB_EXPORT_RECEIVING,
  WB_EXPORT_READING,   /* connections, one after the other; not from WB_SOURCE_EXPORT */
  WB_EXPORT_CHECKING,
  WB_EXPORT_DONE,      /* or failed */
} WbExportState;

/* One export, or an archive rebuilt of what the service lists. It can be run once. The caller keeps
 * it for as long as its progress is shown; a run holds a reference, too.
 *
 * Properties, all read-only and notified: `state` (int), `received-bytes` (uint64), `total-bytes`
 * (int64, -1 while unknown), `retry-at` (int64, monotonic µs, 0 unless waiting), `n-read` and
 * `n-connections` (uint, 0 while unknown, and for WB_SOURCE_EXPORT). */
#define WB_TYPE_EXPORT (wb_export_get_type ())
G_DECLARE_FINAL_TYPE (WbExport, wb_export, WB, EXPORT, GObject)

WbExport      *wb_export_new                (WbSignIn             *sign_in,
                                             const char           *workspace_id,
                                             guint64               max_size_bytes);
void           wb_export_set_folder         (WbExport             *self,
                                             const char           *folder);
void           wb_export_set_source         (WbExport             *self,
                                             WbSource              source);

void           wb_export_run_async          (WbExport             *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
WbSpool       *wb_export_run_finish         (WbExport             *self,
                                             GAsyncResult         *result,
                                             GError              **error);

WbExportState  wb_export_get_state          (WbExport             *self);
guint64        wb_export_get_received_bytes (WbExport             *self);
gint64         wb_export_get_total_bytes    (WbExport             *self);
gint64         wb_export_get_retry_at       (WbExport             *self);
guint          wb_export_get_n_read         (WbExport             *self);
guint          wb_export_get_n_connections  (WbExport             *self);
double         wb_export_get_fraction       (WbExport             *self);
WbSource       wb_export_get_source         (WbExport             *self);

void           wb_export_remember_answer    (WbExport             *self,
                                             const GError         *failure);

/* After a failure: which source a person can be offered instead. */
gboolean       wb_export_get_next_source    (WbExport             *self,
                                             WbSource             *source);

/* In UTC; NULL before that. */
GDateTime     *wb_export_get_started        (WbExport             *self);
GDateTime     *wb_export_get_finished       (WbExport             *self);
char          *wb_export_describe           (WbExport             *self);

G_END_DECLS
