/* spool.h: a file's bytes that nobody else can change or find, and their SHA-256
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbSpool:
 *
 * An export that came in, or a file that was opened. Everything that shows, reads or saves
 * it holds a reference; the bytes are gone with the last one.
 */
#define WB_TYPE_SPOOL (wb_spool_get_type ())
G_DECLARE_FINAL_TYPE (WbSpool, wb_spool, WB, SPOOL, GObject)

WbSpool    *wb_spool_new_take       (int                   fd,
                                     guint64               size_bytes,
                                     char                 *sha256);
WbSpool    *wb_spool_open           (const char           *path,
                                     GError              **error);
gboolean    wb_spool_hash           (WbSpool              *self,
                                     GCancellable         *cancellable,
                                     GError              **error);

int         wb_spool_get_fd         (WbSpool              *self);
guint64     wb_spool_get_size_bytes (WbSpool              *self);
const char *wb_spool_get_sha256     (WbSpool              *self);
gboolean    wb_spool_is_own         (WbSpool              *self);

/* --- spool-file: an own file without a name, for the bytes of a spool --- */

int         wb_spool_open_unnamed   (const char           *folder,
                                     GError              **error);
void        wb_spool_set_write_error (int                  fd,
                                     int                   saved_errno,
                                     GError              **error);

/* --- spool-load: a spool made of a file that a person chose --- */

void        wb_spool_load_async     (GFile                *file,
                                     guint64               max_size_bytes,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
WbSpool    *wb_spool_load_finish    (GAsyncResult         *result,
                                     GError              **error);

/* --- spool-receive: a spool made of a stream --- */

/**
 * WbSpoolProgress:
 * @size_bytes: how many bytes have come so far
 * @user_data: as given
 *
 * Called on the caller's main context while bytes come in.
 */
typedef void (*WbSpoolProgress) (guint64  size_bytes,
                                 gpointer user_data);

void        wb_spool_receive_async  (int                   fd,
                                     GInputStream         *source,
                                     guint64               max_size_bytes,
                                     WbSpoolProgress       progress,
                                     gpointer              progress_data,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
WbSpool    *wb_spool_receive_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
