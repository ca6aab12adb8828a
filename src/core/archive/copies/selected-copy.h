/* selected-copy.h: copies of some of an archive's files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* The spool is for wb_save_async(). It is not what the service sent, so it is not an export. */
void     wb_selected_copy_async  (WbArchive            *archive,
                                  const guint          *nodes,
                                  guint                 n_nodes,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
WbSpool *wb_selected_copy_finish (GAsyncResult         *result,
                                  GError              **error);

/* The most that is copied. */
#define WB_JSON_COPY_MAX_BYTES ((gsize) 64 * 1024 * 1024)

/**
 * WbJsonCopy:
 * @text: (owned): the connection's JSON, or an array of several
 * @n_connections: how many are in it
 * @n_secrets: how many secrets of theirs are masked
 * @n_left_out: how many files are not JSON objects, or cannot be read
 */
typedef struct
{
  char *text;
  guint n_connections;
  guint n_secrets;
  guint n_left_out;
} WbJsonCopy;

void        wb_json_copy_free   (WbJsonCopy           *self);
void        wb_json_copy_async  (WbArchive            *archive,
                                 const guint          *nodes,
                                 guint                 n_nodes,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
WbJsonCopy *wb_json_copy_finish (GAsyncResult         *result,
                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJsonCopy, wb_json_copy_free)

G_END_DECLS
