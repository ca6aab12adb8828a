/* archive.h: a ZIP file as an immutable tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-digest.h"
#include "core/archive/rebuilt/waybill-note.h"
#include "core/archive/tree/node-kind.h"
#include "core/archive/zip/problems.h"
#include "core/archive/zip/zip-index.h"
#include "core/spool.h"

G_BEGIN_DECLS

/* One ZIP file, opened. It is made in one go, in a thread if asked for asynchronously, and does not
 * change, so all threads can use it; it holds its spool. Nodes are numbered: 0 is the root; the
 * numbers of a folder's children have no meaning. */
#define WB_TYPE_ARCHIVE (wb_archive_get_type ())
G_DECLARE_FINAL_TYPE (WbArchive, wb_archive, WB, ARCHIVE, GObject)

WbArchive   *wb_archive_open              (WbSpool              *spool,
                                           GCancellable         *cancellable,
                                           GError              **error);
WbArchive   *wb_archive_open_types        (WbSpool              *spool,
                                           GCancellable         *cancellable,
                                           GError              **error);
WbArchive   *wb_archive_open_index        (WbSpool              *spool,
                                           GCancellable         *cancellable,
                                           GError              **error);
void         wb_archive_open_async        (WbSpool              *spool,
                                           gboolean              names_first,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
WbArchive   *wb_archive_open_finish       (GAsyncResult         *result,
                                           GError              **error);

gboolean     wb_archive_is_complete       (WbArchive            *self);
void         wb_archive_complete_async    (WbArchive            *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
WbArchive   *wb_archive_complete_finish   (WbArchive            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* --- archive-unlock: an archive whose encrypted entries a password opens --- */

gboolean     wb_archive_check_password    (const char           *password,
                                           GError              **error);
gboolean     wb_archive_is_locked         (WbArchive            *self);
WbArchive   *wb_archive_unlock            (WbArchive            *self,
                                           const char           *password,
                                           GCancellable         *cancellable,
                                           GError              **error);
void         wb_archive_unlock_async      (WbArchive            *self,
                                           const char           *password,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
WbArchive   *wb_archive_unlock_finish     (GAsyncResult         *result,
                                           GError              **error);

guint        wb_archive_get_n_nodes       (WbArchive            *self);
WbZipIndex  *wb_archive_get_index         (WbArchive            *self);
guint        wb_archive_get_n_records     (WbArchive            *self);
guint        wb_archive_get_n_files       (WbArchive            *self);
guint        wb_archive_get_n_connections (WbArchive            *self);
guint        wb_archive_get_n_clear_secrets
                                          (WbArchive            *self);
guint64      wb_archive_get_unpacked_bytes
                                          (WbArchive            *self);
gboolean     wb_archive_is_rebuilt        (WbArchive            *self);
WbSource     wb_archive_get_source        (WbArchive            *self);
char        *wb_archive_dup_rebuilt_text  (WbArchive            *self);
const GPtrArray *
             wb_archive_get_missing_passwords
                                          (WbArchive            *self);
char        *wb_archive_dup_comment       (WbArchive            *self);
WbProblems   wb_archive_get_problems      (WbArchive            *self);

/* One node. Names and paths are escaped by wb_text_escape(); type is what the connection says
 * it is, escaped likewise, or the empty string. The root's name and path are empty: an archive does
 * not know what its file is called. */
WbNodeKind   wb_archive_get_kind          (WbArchive            *self,
                                           guint                 node);
char        *wb_archive_dup_name          (WbArchive            *self,
                                           guint                 node);
char        *wb_archive_dup_path          (WbArchive            *self,
                                           guint                 node);
const char  *wb_archive_peek_name         (WbArchive            *self,
                                           guint                 node,
                                           gsize                *length);
const char  *wb_archive_peek_path         (WbArchive            *self,
                                           guint                 node,
                                           gsize                *length);
const char  *wb_archive_get_text          (WbArchive            *self,
                                           guint                 node,
                                           WbDigestText          text);
const char  *wb_archive_get_type_name     (WbArchive            *self,
                                           guint                 node);
const char  *wb_archive_get_address       (WbArchive            *self,
                                           guint                 node);
guint64      wb_archive_get_size_bytes    (WbArchive            *self,
                                           guint                 node);
WbProblems   wb_archive_get_node_problems (WbArchive            *self,
                                           guint                 node);
gboolean     wb_archive_is_extra          (WbArchive            *self,
                                           guint                 node);
int          wb_archive_get_record        (WbArchive            *self,
                                           guint                 node);
int          wb_archive_get_parent        (WbArchive            *self,
                                           guint                 node);
const guint *wb_archive_get_children      (WbArchive            *self,
                                           guint                 node,
                                           guint                *n_children);

void         wb_archive_read_digest       (WbArchive            *self,
                                           guint                 node,
                                           WbConnectionDigest   *digest,
                                           GCancellable         *cancellable);
GBytes      *wb_archive_read              (WbArchive            *self,
                                           guint                 node,
                                           GCancellable         *cancellable,
                                           GError              **error);
void         wb_archive_read_async        (WbArchive            *self,
                                           guint                 node,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GBytes      *wb_archive_read_finish       (WbArchive            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
